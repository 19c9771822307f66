/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-details.h"

#include "bobbin-address-dialog.h"
#include "bobbin-details-words.h"
#include "bobbin-digest-box.h"
#include "bobbin-launch.h"
#include "bobbin-parts-map.h"
#include "bobbin-phase-list.h"
#include "bobbin-row-look.h"
#include "bobbin-selection.h"
#include "bobbin-stack.h"
#include "bobbin-sums-page.h"
#include "bobbin-text-line.h"
#include "bobbin-tile.h"
#include "bobbin-try-list.h"
#include "bobbin-words.h"

#include <adwaita.h>
#include <glib/gi18n.h>

/* The least that its lines need. */
#define LEAST_WIDTH 300

#define TILE_SIZE 48

/* While a download waits for its next try the queue has no news. */
#define COUNTDOWN_INTERVAL 250

struct _BobbinDetails
{
  GtkWidget parent_instance;

  BobbinQueue *queue;
  GtkSelectionModel *selection;
  BobbinDownload *download; /* the one that is shown, or NULL */
  gulong changed_id;
  gulong queue_id; /* while on screen, as are the next two */
  gulong selection_id;
  gulong items_id;
  guint gather_id;
  guint countdown_id;
  int told_state; /* to assistive technology, as are the next two; -1 for none */
  int told_tenth;
  gboolean told_left;
  char *type_name; /* of the file whose type is shown */

  GtkStack *stack;
  GtkScrolledWindow *scroller;
  GtkBox *head;
  GtkWidget *tile;
  GtkLabel *name;
  BobbinTextLine *headline;
  GtkWidget *reason_box;
  GtkLabel *reason;
  GtkWidget *mend_button;
  GtkWidget *map_box;
  BobbinPartsMap *map;
  BobbinTextLine *map_line;
  GtkLabel *address;
  GtkWidget *change_address_button;
  GtkWidget *origin_name;
  GtkLabel *origin;
  GtkLabel *folder;
  GtkWidget *type_name_label;
  GtkLabel *type;
  GtkLabel *size;
  GtkWidget *phases_box;
  GtkLabel *phases_total;
  BobbinPhaseList *phases;
  GtkLabel *since;
  BobbinTextLine *elapsed;
  BobbinDigestBox *digest_box;
  GtkWidget *tries_box;
  BobbinTryList *tries;
  BobbinSumsPage *sums;
};

static guint notice_signal;

G_DEFINE_FINAL_TYPE (BobbinDetails, bobbin_details, GTK_TYPE_WIDGET)

/* A label asks for a new layout of the window whenever it is set. */
static void
take_text (GtkLabel *label, char *text)
{
  g_autofree char *owned = text;

  if (g_strcmp0 (gtk_label_get_label (label), owned) != 0)
    gtk_label_set_label (label, owned != NULL ? owned : "");
}

static void
tell (BobbinTextLine *line, const char *text)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (line), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
}

/* Assistive technology hears of a new state and of every tenth of the file, not
 * ten times a second. */
static gboolean
is_worth_telling (BobbinDetails *self, BobbinState state)
{
  const int tenth = (int) (bobbin_download_get_fraction (self->download) * 10.0);
  const gboolean left = bobbin_download_get_time_left (self->download) >= 0;

  if (self->told_state == (int) state && self->told_tenth == tenth && self->told_left == left)
    return FALSE;
  self->told_state = (int) state;
  self->told_tenth = tenth;
  self->told_left = left;
  return TRUE;
}

static void
update_head (BobbinDetails *self, BobbinState state)
{
  g_autofree char *name = bobbin_download_dup_name (self->download);
  g_autofree char *path = bobbin_download_dup_path (self->download);
  g_auto (BobbinPhrase) headline = { 0 };
  g_autofree char *spoken = NULL;

  if (g_strcmp0 (gtk_label_get_label (self->name), name) != 0)
    {
      gtk_label_set_label (self->name, name);
      gtk_widget_set_tooltip_text (GTK_WIDGET (self->name), name);
      bobbin_tile_set_name (BOBBIN_TILE (self->tile), name);
    }
  bobbin_tile_set_picture (BOBBIN_TILE (self->tile), path);
  bobbin_details_words_for_headline (self->queue, self->download, &headline);
  spoken = bobbin_phrase_join (&headline, BOBBIN_RANK_LAST);
  bobbin_text_line_take_phrase (self->headline, &headline);
  if (is_worth_telling (self, state))
    tell (self->headline, spoken);
}

static void
update_reason (BobbinDetails *self, BobbinState state)
{
  char *reason = bobbin_details_words_for_reason (self->download);

  gtk_widget_set_visible (self->reason_box, reason != NULL);
  gtk_widget_set_visible (self->mend_button, state == BOBBIN_STATE_FAILED);
  if (state == BOBBIN_STATE_FAILED)
    gtk_widget_add_css_class (GTK_WIDGET (self->reason), "failed");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->reason), "failed");
  take_text (self->reason, reason);
}

static void
update_map (BobbinDetails *self, BobbinState state)
{
  g_autoptr (GArray) ranges = bobbin_download_dup_ranges (self->download);
  const goffset total = bobbin_download_get_total (self->download);
  const gboolean shown
      = state != BOBBIN_STATE_FINISHED
        && (bobbin_download_is_active (self->download) || bobbin_download_get_received (self->download) > 0);
  g_autofree char *line = NULL;

  gtk_widget_set_visible (self->map_box, shown);
  if (!shown)
    return;
  bobbin_parts_map_set (self->map,
                        bobbin_download_is_active (self->download) ? BOBBIN_BAR_ACTIVE : BOBBIN_BAR_HELD,
                        ranges, total, MAX (bobbin_download_get_fraction (self->download), 0.0));
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->map), GTK_ACCESSIBLE_STATE_BUSY,
                               state == BOBBIN_STATE_CONNECTING, -1);
  line = bobbin_details_words_for_map (self->download, ranges);
  bobbin_text_line_set_text (self->map_line, line);
}

/* The system is asked about a name only once. */
static void
update_type (BobbinDetails *self)
{
  const BobbinOrigin *origin = bobbin_download_get_origin (self->download);
  const char *media_type = origin != NULL ? origin->media_type : NULL;
  g_autofree char *name = bobbin_download_dup_name (self->download);
  g_autofree char *key = g_strjoin ("\n", name, media_type, NULL);
  char *type;

  if (g_strcmp0 (self->type_name, key) == 0)
    return;
  g_free (self->type_name);
  self->type_name = g_steal_pointer (&key);
  type = bobbin_details_words_for_type (self->download);
  gtk_widget_set_visible (self->type_name_label, type != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->type), type != NULL);
  take_text (self->type, type);
}

static void
update_file (BobbinDetails *self, BobbinState state)
{
  const BobbinOrigin *origin = bobbin_download_get_origin (self->download);
  const char *final_uri = bobbin_download_get_final_uri (self->download);
  const gboolean sent_on = origin != NULL && final_uri != NULL && origin->n_redirects > 0;

  take_text (self->address, bobbin_link_dup_shown_uri (bobbin_download_get_link (self->download)));
  gtk_widget_set_visible (self->change_address_button, state != BOBBIN_STATE_FINISHED
                                                           && state != BOBBIN_STATE_FAILED
                                                           && !bobbin_download_is_active (self->download));
  gtk_widget_set_visible (self->origin_name, sent_on);
  gtk_widget_set_visible (GTK_WIDGET (self->origin), sent_on);
  if (sent_on)
    take_text (self->origin, bobbin_details_words_for_origin (origin));
  take_text (self->folder, bobbin_details_words_for_folder (bobbin_download_get_folder (self->download)));
  update_type (self);
  take_text (self->size, bobbin_details_words_for_size (self->download));
}

/* A time that stands still is told as exactly as it is short. */
static char *
dup_time_words (gint64 time)
{
  return time < G_USEC_PER_SEC ? bobbin_details_words_for_phase (time) : bobbin_words_for_duration (time);
}

static void
update_phases (BobbinDetails *self, BobbinState state)
{
  const BobbinOrigin *origin = bobbin_download_get_origin (self->download);
  const gint64 now = g_get_real_time ();
  g_autofree char *began = NULL;
  g_autofree char *elapsed = NULL;

  gtk_widget_set_visible (self->phases_box, origin != NULL && state != BOBBIN_STATE_CONNECTING);
  if (origin == NULL || state == BOBBIN_STATE_CONNECTING)
    return;
  bobbin_phase_list_set (self->phases, &origin->phases);
  take_text (self->phases_total, bobbin_details_words_for_phase (bobbin_phases_get_total (&origin->phases)));
  began = bobbin_details_words_for_time (origin->began, now);
  /* Translators: since when a file is received, "since 09:41:07" */
  take_text (self->since, g_strdup_printf (_ ("since %s"), began));
  if (state == BOBBIN_STATE_RECEIVING)
    elapsed = bobbin_words_for_duration (now - origin->began);
  else
    elapsed = dup_time_words (bobbin_download_get_own_time (self->download));
  if (bobbin_text_line_set_text (self->elapsed, elapsed) && state != BOBBIN_STATE_RECEIVING)
    tell (self->elapsed, elapsed);
}

static void
update_tries (BobbinDetails *self)
{
  gtk_widget_set_visible (self->tries_box, bobbin_download_get_tries (self->download) > 0);
  bobbin_try_list_show (self->tries, self->download);
}

static gboolean
count_down_cb (gpointer user_data)
{
  BobbinDetails *self = user_data;

  update_head (self, bobbin_download_get_state (self->download));
  return G_SOURCE_CONTINUE;
}

static void
update_countdown (BobbinDetails *self)
{
  const gboolean counts = self->download != NULL && bobbin_download_get_retry_at (self->download) != 0;

  if (counts && self->countdown_id == 0)
    self->countdown_id = g_timeout_add (COUNTDOWN_INTERVAL, count_down_cb, self);
  else if (!counts)
    g_clear_handle_id (&self->countdown_id, g_source_remove);
}

static void
update_one (BobbinDetails *self)
{
  const BobbinState state = bobbin_download_get_state (self->download);

  update_head (self, state);
  update_reason (self, state);
  update_map (self, state);
  update_file (self, state);
  update_phases (self, state);
  bobbin_digest_box_update (self->digest_box);
  update_tries (self);
  update_countdown (self);
}

/* Shows another download, or lets go of the last one. */
static void
set_download (BobbinDetails *self, BobbinDownload *download)
{
  if (self->download == download)
    return;
  if (self->download != NULL)
    g_clear_signal_handler (&self->changed_id, self->download);
  g_set_object (&self->download, download);
  bobbin_digest_box_show (self->digest_box, download);
  update_countdown (self);
  self->told_state = -1;
  if (download == NULL)
    return;
  self->changed_id
      = g_signal_connect_object (download, "changed", G_CALLBACK (update_one), self, G_CONNECT_SWAPPED);
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scroller), 0.0);
  update_one (self);
}

static void
show_selection (BobbinDetails *self)
{
  g_autoptr (GtkBitset) selected = gtk_selection_model_get_selection (self->selection);
  const guint64 n = gtk_bitset_get_size (selected);
  g_autoptr (BobbinDownload) only = NULL;

  if (n == 1)
    only = g_list_model_get_item (G_LIST_MODEL (self->selection), gtk_bitset_get_minimum (selected));
  set_download (self, only);
  bobbin_sums_page_show (self->sums, n > 1 ? self->selection : NULL);
  bobbin_stack_show (self->stack, n > 1 ? "several" : only != NULL ? "one" : "nothing");
}

static gboolean
gather_cb (gpointer user_data)
{
  BobbinDetails *self = user_data;

  self->gather_id = 0;
  show_selection (self);
  return G_SOURCE_REMOVE;
}

/* The list may change in many steps in one turn. */
static void
selection_changed_cb (BobbinDetails *self)
{
  if (self->gather_id == 0)
    self->gather_id = g_idle_add_full (G_PRIORITY_HIGH_IDLE, gather_cb, self, NULL);
}

/* A worker that lets go tells the queue alone. */
static void
queue_changed_cb (BobbinDetails *self)
{
  bobbin_sums_page_update (self->sums);
  if (self->download != NULL && !bobbin_download_is_active (self->download))
    update_one (self);
}

static void
follow (BobbinDetails *self)
{
  self->queue_id = g_signal_connect_object (self->queue, "changed", G_CALLBACK (queue_changed_cb), self,
                                            G_CONNECT_SWAPPED);
  self->selection_id = g_signal_connect_object (self->selection, "selection-changed",
                                                G_CALLBACK (selection_changed_cb), self, G_CONNECT_SWAPPED);
  self->items_id = g_signal_connect_object (self->selection, "items-changed",
                                            G_CALLBACK (selection_changed_cb), self, G_CONNECT_SWAPPED);
  show_selection (self);
}

static void
unfollow (BobbinDetails *self)
{
  g_clear_handle_id (&self->gather_id, g_source_remove);
  if (self->queue_id == 0)
    return;
  g_clear_signal_handler (&self->queue_id, self->queue);
  g_clear_signal_handler (&self->selection_id, self->selection);
  g_clear_signal_handler (&self->items_id, self->selection);
  bobbin_sums_page_show (self->sums, NULL);
  set_download (self, NULL);
}

static void
notice_cb (BobbinDetails *self, const char *text)
{
  g_signal_emit (self, notice_signal, 0, text);
}

static void
copy_address_cb (BobbinDetails *self)
{
  if (self->download == NULL)
    return;
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)),
                          bobbin_link_get_uri (bobbin_download_get_link (self->download)));
  notice_cb (self, _ ("Link copied"));
}

static void
change_address_cb (BobbinDetails *self)
{
  if (self->download != NULL)
    bobbin_address_dialog_present (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), self->queue,
                                   self->download);
}

static void
opened_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BobbinDetails) self = user_data;

  if (!bobbin_launch_finish (result, NULL))
    notice_cb (self, _ ("No program to open it with"));
}

/* The file manager points at the file if there is one. */
static void
open_folder_cb (BobbinDetails *self)
{
  GtkWindow *window = GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self)));
  g_autoptr (GPtrArray) paths = NULL;
  char *path;

  if (self->download == NULL)
    return;
  paths = g_ptr_array_new_with_free_func (g_free);
  path = bobbin_download_dup_path (self->download);
  g_ptr_array_add (paths, path != NULL ? path : g_strdup (bobbin_download_get_folder (self->download)));
  bobbin_launch_folder_async (window, paths, opened_cb, g_object_ref (self));
}

static void
bobbin_details_map (GtkWidget *widget)
{
  follow (BOBBIN_DETAILS (widget));
  GTK_WIDGET_CLASS (bobbin_details_parent_class)->map (widget);
}

static void
bobbin_details_unmap (GtkWidget *widget)
{
  unfollow (BOBBIN_DETAILS (widget));
  GTK_WIDGET_CLASS (bobbin_details_parent_class)->unmap (widget);
}

/* As wide as it likes to be, or as narrow as the window; what is in it does not
 * move the list. */
static void
bobbin_details_measure (GtkWidget *widget,
                        GtkOrientation orientation,
                        int for_size,
                        int *minimum,
                        int *natural,
                        int *minimum_baseline,
                        int *natural_baseline)
{
  gtk_widget_measure (gtk_widget_get_first_child (widget), orientation, for_size, minimum, natural, NULL,
                      NULL);
  if (orientation == GTK_ORIENTATION_VERTICAL)
    return;
  *minimum = MAX (*minimum, LEAST_WIDTH);
  *natural = MAX (*minimum, BOBBIN_DETAILS_WIDTH);
}

static void
bobbin_details_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  gtk_widget_size_allocate (gtk_widget_get_first_child (widget), &(GtkAllocation){ 0, 0, width, height }, -1);
}

static void
bobbin_details_dispose (GObject *object)
{
  BobbinDetails *self = BOBBIN_DETAILS (object);
  GtkWidget *child;

  if (self->queue != NULL)
    unfollow (self);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->selection);
  g_clear_object (&self->queue);
  G_OBJECT_CLASS (bobbin_details_parent_class)->dispose (object);
}

static void
bobbin_details_finalize (GObject *object)
{
  g_free (BOBBIN_DETAILS (object)->type_name);
  G_OBJECT_CLASS (bobbin_details_parent_class)->finalize (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, BobbinDetails, stack);
  gtk_widget_class_bind_template_child (widget_class, BobbinDetails, scroller);
  gtk_widget_class_bind_template_child (widget_class, BobbinDetails, head);
  gtk_widget_class_bind_template_child (widget_class, BobbinDetails, name);
  gtk_widget_class_bind_template_child (widget_class, BobbinDetails, headline);
  gtk_widget_class_bind_template_child (widget_class, BobbinDetails, reason_box);
  gtk_widget_class_bind_template_child (widget_class, BobbinDetails, reason);
  gtk_widget_class_bind_template_child (widget_class, BobbinDetails, mend_button);
  gtk_widget_class_bind_template_child (widget_class, BobbinDetails, map_box);
  gtk_widget_class_bind_template_child (widget_class, BobbinDetails, map);
  gtk_widget_class_bind_template_child (widget_class, BobbinDetails, map_line);
  gtk_widget_class_bind_template_child (widget_class, BobbinDetails, address);
  gtk_widget_class_bind_template_child (widget_class, BobbinDetails, change_address_button);
  gtk_widget_class_bind_template_child (widget_class, BobbinDetails, origin_name);
  gtk_widget_class_bind_template_child (widget_class, BobbinDetails, origin);
  gtk_widget_class_bind_template_child (widget_class, BobbinDetails, folder);
  gtk_widget_class_bind_template_child_full (widget_class, "type_name", FALSE,
                                             G_STRUCT_OFFSET (BobbinDetails, type_name_label));
  gtk_widget_class_bind_template_child (widget_class, BobbinDetails, type);
  gtk_widget_class_bind_template_child (widget_class, BobbinDetails, size);
  gtk_widget_class_bind_template_child (widget_class, BobbinDetails, phases_box);
  gtk_widget_class_bind_template_child (widget_class, BobbinDetails, phases_total);
  gtk_widget_class_bind_template_child (widget_class, BobbinDetails, phases);
  gtk_widget_class_bind_template_child (widget_class, BobbinDetails, since);
  gtk_widget_class_bind_template_child (widget_class, BobbinDetails, elapsed);
  gtk_widget_class_bind_template_child (widget_class, BobbinDetails, digest_box);
  gtk_widget_class_bind_template_child (widget_class, BobbinDetails, tries_box);
  gtk_widget_class_bind_template_child (widget_class, BobbinDetails, tries);
  gtk_widget_class_bind_template_child (widget_class, BobbinDetails, sums);
  gtk_widget_class_bind_template_callback (widget_class, notice_cb);
  gtk_widget_class_bind_template_callback (widget_class, copy_address_cb);
  gtk_widget_class_bind_template_callback (widget_class, change_address_cb);
  gtk_widget_class_bind_template_callback (widget_class, open_folder_cb);
}

static void
bobbin_details_class_init (BobbinDetailsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = bobbin_details_dispose;
  object_class->finalize = bobbin_details_finalize;
  widget_class->map = bobbin_details_map;
  widget_class->unmap = bobbin_details_unmap;
  widget_class->measure = bobbin_details_measure;
  widget_class->size_allocate = bobbin_details_size_allocate;
  notice_signal = g_signal_new ("notice", BOBBIN_TYPE_DETAILS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 1, G_TYPE_STRING);

  g_type_ensure (BOBBIN_TYPE_DIGEST_BOX);
  g_type_ensure (BOBBIN_TYPE_PARTS_MAP);
  g_type_ensure (BOBBIN_TYPE_PHASE_LIST);
  g_type_ensure (BOBBIN_TYPE_SUMS_PAGE);
  g_type_ensure (BOBBIN_TYPE_TEXT_LINE);
  g_type_ensure (BOBBIN_TYPE_TRY_LIST);
  gtk_widget_class_set_css_name (widget_class, "detailspanel");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class, "/app/bobbin/Bobbin/bobbin-details.ui");
  bind_children (widget_class);
}

static void
bobbin_details_init (BobbinDetails *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * bobbin_details_set_up:
 * @self: a panel
 * @queue: the queue that the downloads are in
 * @thumbnails: where pictures come from
 * @selection: a selection of #BobbinDownload to follow
 *
 * Connects the panel. Call it once, before it is shown. Main thread.
 */
void
bobbin_details_set_up (BobbinDetails *self,
                       BobbinQueue *queue,
                       BobbinThumbnails *thumbnails,
                       GtkSelectionModel *selection)
{
  self->queue = g_object_ref (queue);
  self->selection = g_object_ref (selection);
  self->tile = bobbin_tile_new (thumbnails);
  bobbin_tile_set_size (BOBBIN_TILE (self->tile), TILE_SIZE);
  gtk_box_prepend (self->head, self->tile);
}
