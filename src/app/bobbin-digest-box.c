/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-digest-box.h"

#include "bobbin-bar.h"
#include "bobbin-details-words.h"
#include "bobbin-digest-job.h"
#include "bobbin-stack.h"
#include "bobbin-text-line.h"
#include "bobbin-words.h"

#include <glib/gi18n.h>

/* Between two looks at how far it is, in ms. */
#define TICK 100

#define OWN_TYPE G_CHECKSUM_SHA256

struct _BobbinDigestBox
{
  GtkWidget parent_instance;

  BobbinDownload *download; /* NULL before one was shown */
  BobbinDigest *own;        /* that the file has, by OWN_TYPE; NULL before it is known */
  BobbinDigest *pasted;     /* what the person compares with, NULL if that is none */
  BobbinDigest *other;      /* that the file has, by the algorithm of what was pasted */
  gboolean failed;          /* the file could not be read */
  BobbinDigestJob *job;     /* NULL while nothing is computed */
  guint tick_id;

  GtkLabel *known_name;
  GtkLabel *known_value;
  GtkWidget *known_copy;
  GtkLabel *own_name;
  GtkStack *own_stack;
  BobbinBar *progress;
  BobbinTextLine *percent;
  GtkLabel *own_value;
  GtkButton *own_button;
  GtkLabel *state;
  GtkWidget *compare_name;
  GtkEditable *entry;
  GtkWidget *verdict_box;
  GtkImage *verdict_icon;
  GtkLabel *verdict;
};

static guint notice_signal;

G_DEFINE_FINAL_TYPE (BobbinDigestBox, bobbin_digest_box, GTK_TYPE_WIDGET)

static void start (BobbinDigestBox *self, GChecksumType type);

static gboolean
is_finished (BobbinDigestBox *self)
{
  return bobbin_download_get_state (self->download) == BOBBIN_STATE_FINISHED;
}

/* Returns: (nullable): what the person, the list or the server has told */
static const BobbinDigest *
get_known (BobbinDigestBox *self)
{
  const BobbinDigest *known = bobbin_download_get_digest (self->download);

  return known != NULL ? known : bobbin_link_get_digest (bobbin_download_get_link (self->download));
}

/* Returns: (nullable): what the file has, as far as it was found out */
static const BobbinDigest *
get_found (BobbinDigestBox *self, GChecksumType type)
{
  const BobbinDigest *known = get_known (self);

  if (self->own != NULL && type == OWN_TYPE)
    return self->own;
  if (self->other != NULL && type == self->other->type)
    return self->other;
  if (bobbin_download_is_verified (self->download) && known != NULL && known->type == type)
    return known;
  return NULL;
}

static void
set_label (GtkLabel *label, const char *text)
{
  if (g_strcmp0 (gtk_label_get_label (label), text) != 0)
    gtk_label_set_label (label, text);
}

static void
show_hex (GtkLabel *name, GtkLabel *value, const BobbinDigest *digest)
{
  g_autofree char *algorithm = bobbin_details_words_for_algorithm (digest->type);
  g_autofree char *hex = bobbin_details_words_for_hex (digest->hex);

  set_label (name, algorithm);
  set_label (value, hex);
  if (g_strcmp0 (gtk_widget_get_tooltip_text (GTK_WIDGET (value)), digest->hex) != 0)
    gtk_widget_set_tooltip_text (GTK_WIDGET (value), digest->hex);
}

/* What is expected has a line of its own until the file is known to have it. */
static void
update_known (BobbinDigestBox *self)
{
  const BobbinDigest *known = get_known (self);
  const gboolean shown = known != NULL && (!is_finished (self) || known->type != OWN_TYPE);

  gtk_widget_set_visible (GTK_WIDGET (self->known_name), shown);
  gtk_widget_set_visible (GTK_WIDGET (self->known_value), shown);
  gtk_widget_set_visible (self->known_copy, shown);
  if (shown)
    show_hex (self->known_name, self->known_value, known);
}

static void
set_own_button (BobbinDigestBox *self, const char *icon, const char *label)
{
  gtk_button_set_icon_name (self->own_button, icon);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->own_button), label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->own_button), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  -1);
}

static void
update_own (BobbinDigestBox *self)
{
  const gboolean finished = is_finished (self);
  const BobbinDigest *own = finished ? get_found (self, OWN_TYPE) : NULL;
  g_autofree char *algorithm = bobbin_details_words_for_algorithm (OWN_TYPE);

  gtk_widget_set_visible (GTK_WIDGET (self->own_name), finished);
  gtk_widget_set_visible (GTK_WIDGET (self->own_stack), finished);
  gtk_widget_set_visible (GTK_WIDGET (self->own_button), finished && (own != NULL || self->job != NULL));
  set_label (self->own_name, algorithm);
  if (self->job != NULL)
    set_own_button (self, "process-stop-symbolic", _ ("Cancel"));
  else if (own != NULL)
    set_own_button (self, "edit-copy-symbolic", _ ("Copy Checksum"));
  if (own != NULL)
    show_hex (self->own_name, self->own_value, own);
  bobbin_stack_show (self->own_stack, self->job != NULL ? "busy" : own != NULL ? "value" : "ask");
}

static void
update_state (BobbinDigestBox *self)
{
  const gboolean known = get_known (self) != NULL;
  const char *text;

  if (bobbin_download_is_verified (self->download))
    text = _ ("Verified: the file has the checksum that was told");
  else if (self->failed)
    text = _ ("The file cannot be read");
  else if (is_finished (self))
    text = known ? _ ("Not checked") : _ ("None was told to check it by");
  else if (known)
    text = bobbin_download_get_n_parts (self->download) > 1 ? _ ("Checked when all parts are here")
                                                            : _ ("Checked when all of it is here");
  else
    text = _ ("None is known");
  set_label (self->state, text);
}

static void
set_verdict (BobbinDigestBox *self, const char *icon, const char *style, const char *text)
{
  gtk_widget_set_visible (self->verdict_box, text != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->verdict_icon), icon != NULL);
  gtk_widget_remove_css_class (GTK_WIDGET (self->verdict_icon), "success");
  gtk_widget_remove_css_class (GTK_WIDGET (self->verdict_icon), "error");
  if (style != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self->verdict_icon), style);
  gtk_image_set_from_icon_name (self->verdict_icon, icon);
  set_label (self->verdict, text != NULL ? text : "");
}

static void
update_verdict (BobbinDigestBox *self)
{
  const BobbinDigest *found = self->pasted != NULL ? get_found (self, self->pasted->type) : NULL;

  if (*gtk_editable_get_text (self->entry) == '\0' || !is_finished (self))
    set_verdict (self, NULL, NULL, NULL);
  else if (self->pasted == NULL)
    set_verdict (self, NULL, NULL, _ ("This is no checksum"));
  else if (found == NULL)
    set_verdict (self, NULL, NULL, self->job != NULL ? _ ("Being computed") : _ ("Not compared"));
  else if (bobbin_digest_equal (found, self->pasted))
    set_verdict (self, "object-select-symbolic", "success", _ ("The file has this checksum"));
  else
    set_verdict (self, "dialog-error-symbolic", "error", _ ("The file differs from this checksum"));
}

static gboolean
tick_cb (gpointer user_data)
{
  BobbinDigestBox *self = user_data;
  const double fraction = bobbin_digest_job_get_fraction (self->job);
  g_autofree char *text = bobbin_words_for_percent (fraction);

  bobbin_bar_set (self->progress, BOBBIN_BAR_ACTIVE, fraction);
  bobbin_text_line_set_text (self->percent, text);
  return G_SOURCE_CONTINUE;
}

static void
stop (BobbinDigestBox *self)
{
  g_clear_handle_id (&self->tick_id, g_source_remove);
  if (self->job != NULL)
    bobbin_digest_job_cancel (self->job);
  g_clear_pointer (&self->job, bobbin_digest_job_unref);
}

static void
take_digest (BobbinDigestBox *self, BobbinDigest *digest)
{
  BobbinDigest **place = digest->type == OWN_TYPE ? &self->own : &self->other;

  g_clear_pointer (place, bobbin_digest_free);
  *place = digest;
}

static void
computed_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BobbinDigestBox) self = user_data;
  g_autoptr (GError) error = NULL;
  BobbinDigest *digest = bobbin_digest_job_finish (result, &error);

  /* Whoever cancelled it has gone on to something else. */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  stop (self);
  self->failed = digest == NULL;
  if (digest != NULL)
    take_digest (self, digest);
  bobbin_digest_box_update (self);
  if (self->pasted != NULL && digest != NULL && get_found (self, self->pasted->type) == NULL)
    start (self, self->pasted->type);
}

static void
start (BobbinDigestBox *self, GChecksumType type)
{
  g_autofree char *path = bobbin_download_dup_path (self->download);

  if (path == NULL)
    return;
  stop (self);
  self->failed = FALSE;
  self->job = bobbin_digest_job_start (path, type, computed_cb, g_object_ref (self));
  self->tick_id = g_timeout_add (TICK, tick_cb, self);
  tick_cb (self);
  bobbin_digest_box_update (self);
}

static void
compute_cb (BobbinDigestBox *self)
{
  start (self, OWN_TYPE);
  gtk_widget_grab_focus (GTK_WIDGET (self->own_button));
}

/* What was pasted is compared with at once, whatever has to be computed. */
static void
pasted_cb (BobbinDigestBox *self)
{
  g_clear_pointer (&self->pasted, bobbin_digest_free);
  self->pasted = bobbin_details_parse_digest (gtk_editable_get_text (self->entry));
  if (self->pasted != NULL && self->job == NULL && get_found (self, self->pasted->type) == NULL)
    start (self, self->pasted->type);
  update_verdict (self);
}

static void
copy (BobbinDigestBox *self, const BobbinDigest *digest)
{
  if (digest == NULL)
    return;
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), digest->hex);
  g_signal_emit (self, notice_signal, 0, _ ("Checksum copied"));
}

static void
copy_known_cb (BobbinDigestBox *self)
{
  copy (self, get_known (self));
}

static void
own_button_cb (BobbinDigestBox *self)
{
  if (self->job == NULL)
    {
      copy (self, get_found (self, OWN_TYPE));
      return;
    }
  stop (self);
  bobbin_digest_box_update (self);
  gtk_widget_child_focus (GTK_WIDGET (self->own_stack), GTK_DIR_TAB_FORWARD);
}

static void
forget (BobbinDigestBox *self)
{
  stop (self);
  self->failed = FALSE;
  g_clear_pointer (&self->own, bobbin_digest_free);
  g_clear_pointer (&self->other, bobbin_digest_free);
  g_clear_pointer (&self->pasted, bobbin_digest_free);
}

static void
bobbin_digest_box_dispose (GObject *object)
{
  BobbinDigestBox *self = BOBBIN_DIGEST_BOX (object);
  GtkWidget *child;

  forget (self);
  g_clear_object (&self->download);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (bobbin_digest_box_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, BobbinDigestBox, known_name);
  gtk_widget_class_bind_template_child (widget_class, BobbinDigestBox, known_value);
  gtk_widget_class_bind_template_child (widget_class, BobbinDigestBox, known_copy);
  gtk_widget_class_bind_template_child (widget_class, BobbinDigestBox, own_name);
  gtk_widget_class_bind_template_child (widget_class, BobbinDigestBox, own_stack);
  gtk_widget_class_bind_template_child (widget_class, BobbinDigestBox, progress);
  gtk_widget_class_bind_template_child (widget_class, BobbinDigestBox, percent);
  gtk_widget_class_bind_template_child (widget_class, BobbinDigestBox, own_value);
  gtk_widget_class_bind_template_child (widget_class, BobbinDigestBox, own_button);
  gtk_widget_class_bind_template_child (widget_class, BobbinDigestBox, state);
  gtk_widget_class_bind_template_child (widget_class, BobbinDigestBox, compare_name);
  gtk_widget_class_bind_template_child (widget_class, BobbinDigestBox, entry);
  gtk_widget_class_bind_template_child (widget_class, BobbinDigestBox, verdict_box);
  gtk_widget_class_bind_template_child (widget_class, BobbinDigestBox, verdict_icon);
  gtk_widget_class_bind_template_child (widget_class, BobbinDigestBox, verdict);
  gtk_widget_class_bind_template_callback (widget_class, compute_cb);
  gtk_widget_class_bind_template_callback (widget_class, copy_known_cb);
  gtk_widget_class_bind_template_callback (widget_class, own_button_cb);
  gtk_widget_class_bind_template_callback (widget_class, pasted_cb);
}

static void
bobbin_digest_box_class_init (BobbinDigestBoxClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = bobbin_digest_box_dispose;
  notice_signal = g_signal_new ("notice", BOBBIN_TYPE_DIGEST_BOX, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 1, G_TYPE_STRING);
  g_type_ensure (BOBBIN_TYPE_BAR);
  g_type_ensure (BOBBIN_TYPE_TEXT_LINE);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class, "/app/bobbin/Bobbin/bobbin-digest-box.ui");
  bind_children (widget_class);
}

static void
bobbin_digest_box_init (BobbinDigestBox *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * bobbin_digest_box_show:
 * @self: a box
 * @download: (nullable): a download, %NULL to let go of the last one
 *
 * Goes on to another download; what was being computed for the last one is
 * given up. Main thread.
 */
void
bobbin_digest_box_show (BobbinDigestBox *self, BobbinDownload *download)
{
  if (!g_set_object (&self->download, download))
    return;
  forget (self);
  if (download == NULL)
    return;
  gtk_editable_set_text (self->entry, "");
  bobbin_digest_box_update (self);
}

/**
 * bobbin_digest_box_update:
 * @self: a box that shows a download
 *
 * Looks again at the download. Main thread.
 */
void
bobbin_digest_box_update (BobbinDigestBox *self)
{
  const gboolean finished = is_finished (self);

  update_known (self);
  update_own (self);
  update_state (self);
  gtk_widget_set_visible (self->compare_name, finished);
  gtk_widget_set_visible (GTK_WIDGET (self->entry), finished);
  update_verdict (self);
}
