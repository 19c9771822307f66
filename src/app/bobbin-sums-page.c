/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-sums-page.h"

#include "bobbin-details-words.h"
#include "bobbin-sums.h"
#include "bobbin-words.h"

#include <glib/gi18n.h>

/* So many downloads are added up in one turn of the main loop. */
#define AT_A_TIME 1000

/* A selection that takes several turns is not looked at again sooner, in
 * microseconds. */
#define PAUSE G_USEC_PER_SEC

struct _BobbinSumsPage
{
  GtkWidget parent_instance;

  GtkSelectionModel *selection; /* NULL while nothing is shown */
  GtkBitset *selected;          /* what is being added up, NULL else */
  BobbinSums sums;              /* so far */
  guint64 next;                 /* of the selected ones, to be added */
  guint idle_id;
  gint64 not_before; /* monotonic microseconds */

  GtkLabel *title;
  GtkLabel *states;
  GtkLabel *size;
  GtkWidget *rate_name;
  GtkLabel *rate;
  GtkLabel *time;
  GtkWidget *folder_name;
  GtkLabel *folder;
};

G_DEFINE_FINAL_TYPE (BobbinSumsPage, bobbin_sums_page, GTK_TYPE_WIDGET)

static void
take_text (GtkLabel *label, char *text)
{
  g_autofree char *owned = text;

  if (g_strcmp0 (gtk_label_get_label (label), owned) != 0)
    gtk_label_set_label (label, owned);
}

static void
show_sums (BobbinSumsPage *self)
{
  const BobbinSums *sums = &self->sums;
  const gboolean receives = sums->states[BOBBIN_STATE_RECEIVING] > 0;

  take_text (self->title, bobbin_sums_words_for_title (sums));
  take_text (self->states, bobbin_sums_words_for_states (sums));
  take_text (self->size, bobbin_sums_words_for_size (sums));
  take_text (self->time, bobbin_words_for_duration (sums->own_time));
  gtk_widget_set_visible (self->rate_name, receives);
  gtk_widget_set_visible (GTK_WIDGET (self->rate), receives);
  take_text (self->rate, bobbin_words_for_rate (sums->rate));
  gtk_widget_set_visible (self->folder_name, sums->folder != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->folder), sums->folder != NULL);
  if (sums->folder != NULL)
    take_text (self->folder, bobbin_details_words_for_folder (sums->folder));
}

static void
stop (BobbinSumsPage *self)
{
  g_clear_handle_id (&self->idle_id, g_source_remove);
  g_clear_pointer (&self->selected, gtk_bitset_unref);
}

/* Returns: whether some are left */
static gboolean
add_some (BobbinSumsPage *self)
{
  const guint64 size = gtk_bitset_get_size (self->selected);

  for (guint i = 0; i < AT_A_TIME && self->next < size; i++, self->next++)
    {
      const guint position = gtk_bitset_get_nth (self->selected, (guint) self->next);
      g_autoptr (BobbinDownload) download = g_list_model_get_item (G_LIST_MODEL (self->selection), position);

      if (download != NULL)
        bobbin_sums_add (&self->sums, download);
    }
  if (self->next < size)
    return TRUE;
  show_sums (self);
  self->not_before = size > AT_A_TIME ? g_get_monotonic_time () + PAUSE : 0;
  g_clear_pointer (&self->selected, gtk_bitset_unref);
  return FALSE;
}

static gboolean
idle_cb (gpointer user_data)
{
  BobbinSumsPage *self = user_data;

  if (add_some (self))
    return G_SOURCE_CONTINUE;
  self->idle_id = 0;
  return G_SOURCE_REMOVE;
}

static void
start (BobbinSumsPage *self)
{
  stop (self);
  self->sums = (BobbinSums){ 0 };
  self->next = 0;
  self->selected = gtk_selection_model_get_selection (self->selection);
  if (add_some (self))
    self->idle_id = g_idle_add (idle_cb, self);
}

static void
bobbin_sums_page_dispose (GObject *object)
{
  BobbinSumsPage *self = BOBBIN_SUMS_PAGE (object);
  GtkWidget *child;

  stop (self);
  g_clear_object (&self->selection);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (bobbin_sums_page_parent_class)->dispose (object);
}

static void
bobbin_sums_page_class_init (BobbinSumsPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = bobbin_sums_page_dispose;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class, "/app/bobbin/Bobbin/bobbin-sums-page.ui");
  gtk_widget_class_bind_template_child (widget_class, BobbinSumsPage, title);
  gtk_widget_class_bind_template_child (widget_class, BobbinSumsPage, states);
  gtk_widget_class_bind_template_child (widget_class, BobbinSumsPage, size);
  gtk_widget_class_bind_template_child (widget_class, BobbinSumsPage, rate_name);
  gtk_widget_class_bind_template_child (widget_class, BobbinSumsPage, rate);
  gtk_widget_class_bind_template_child (widget_class, BobbinSumsPage, time);
  gtk_widget_class_bind_template_child (widget_class, BobbinSumsPage, folder_name);
  gtk_widget_class_bind_template_child (widget_class, BobbinSumsPage, folder);
}

static void
bobbin_sums_page_init (BobbinSumsPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * bobbin_sums_page_show:
 * @self: a page
 * @selection: (nullable): a selection of #BobbinDownload, %NULL for none
 *
 * Adds up what is selected now. To be called again whenever that changes.
 * Main thread.
 */
void
bobbin_sums_page_show (BobbinSumsPage *self, GtkSelectionModel *selection)
{
  stop (self);
  g_set_object (&self->selection, selection);
  if (selection != NULL)
    start (self);
}

/**
 * bobbin_sums_page_update:
 * @self: a page
 *
 * Adds up the same downloads again, which have gone on since. Main thread.
 */
void
bobbin_sums_page_update (BobbinSumsPage *self)
{
  if (self->selection != NULL && self->selected == NULL && g_get_monotonic_time () >= self->not_before)
    start (self);
}
