/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-add-summary.h"

#include "bobbin-add-words.h"

#include <glib/gi18n.h>

struct _BobbinAddSummary
{
  GtkBox parent_instance;

  guint bad_line; /* index of the line that the button leads to */

  GtkWidget *icon;
  GtkWidget *label;
  GtkWidget *button;
  GtkWidget *button_label;
  GtkWidget *make_button;
  GtkWidget *stop_button;
};

enum
{
  SIGNAL_LINE_WANTED,
  SIGNAL_LINKS_WANTED,
  SIGNAL_STOP_WANTED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BobbinAddSummary, bobbin_add_summary, GTK_TYPE_BOX)

static void
button_clicked (BobbinAddSummary *self)
{
  g_signal_emit (self, signals[SIGNAL_LINE_WANTED], 0, self->bad_line);
}

static void
make_clicked (BobbinAddSummary *self)
{
  g_signal_emit (self, signals[SIGNAL_LINKS_WANTED], 0);
}

static void
stop_clicked (BobbinAddSummary *self)
{
  g_signal_emit (self, signals[SIGNAL_STOP_WANTED], 0);
}

static void
bobbin_add_summary_class_init (BobbinAddSummaryClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  signals[SIGNAL_LINE_WANTED] = g_signal_new ("line-wanted", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                              NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
  signals[SIGNAL_LINKS_WANTED] = g_signal_new ("links-wanted", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                               0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_STOP_WANTED] = g_signal_new ("stop-wanted", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                              NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class, "/app/bobbin/Bobbin/bobbin-add-summary.ui");
  gtk_widget_class_bind_template_child (widget_class, BobbinAddSummary, icon);
  gtk_widget_class_bind_template_child (widget_class, BobbinAddSummary, label);
  gtk_widget_class_bind_template_child (widget_class, BobbinAddSummary, button);
  gtk_widget_class_bind_template_child (widget_class, BobbinAddSummary, button_label);
  gtk_widget_class_bind_template_child (widget_class, BobbinAddSummary, make_button);
  gtk_widget_class_bind_template_child (widget_class, BobbinAddSummary, stop_button);
  gtk_widget_class_bind_template_callback (widget_class, button_clicked);
  gtk_widget_class_bind_template_callback (widget_class, make_clicked);
  gtk_widget_class_bind_template_callback (widget_class, stop_clicked);
}

static void
bobbin_add_summary_init (BobbinAddSummary *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static char *
get_words_for_links (const BobbinAddPlan *plan, guint n_already)
{
  guint n_repeated = bobbin_add_plan_get_n_repeated (plan);
  g_autofree char *n_links = bobbin_add_words_for_n_links (bobbin_add_plan_get_n_links (plan));
  g_autoptr (GString) words = g_string_new (n_links);

  if (n_already > 0)
    {
      g_string_append (words, " · ");
      g_string_append_printf (words,
                              ngettext ("%'u already in the list", "%'u already in the list", n_already),
                              n_already);
    }
  if (n_repeated > 0)
    {
      g_string_append (words, " · ");
      /* Translators: lines with links that stand further up already */
      g_string_append_printf (words, ngettext ("%'u repeated", "%'u repeated", n_repeated), n_repeated);
    }
  return g_string_free (g_steal_pointer (&words), FALSE);
}

static char *
get_words_for_bad_lines (const BobbinAddPlan *plan)
{
  guint n_bad = bobbin_add_plan_get_n_bad (plan);

  if (n_bad == 0)
    return NULL;
  if (n_bad > 1)
    return g_strdup_printf (ngettext ("%'u line is not a link", "%'u lines are not links", n_bad), n_bad);
  return bobbin_add_words_for_line (bobbin_add_plan_get_text_links (plan),
                                    bobbin_add_plan_get_first_bad (plan));
}

static char *
get_words (const BobbinAddPlan *plan, guint n_already, gboolean any_bad)
{
  guint n_links = bobbin_add_plan_get_n_links (plan);
  guint64 n_pending = bobbin_links_get_n_pending (bobbin_add_plan_get_text_links (plan));

  if (n_pending > 0)
    {
      guint n_all = (guint) MIN (n_pending + n_links, G_MAXUINT);

      return g_strdup_printf (ngettext ("This makes %'u link", "This makes %'u links", n_all), n_all);
    }
  if (n_links == 0 && !any_bad && bobbin_add_plan_get_sources (plan)->len == 0)
    return g_strdup (_ ("Links, one on each line"));
  return get_words_for_links (plan, n_already);
}

/**
 * bobbin_add_summary_show:
 * @self: the line
 * @files: what the text was understood as, checked against the list
 *
 * Says how many links there are, and what is to be known about them.
 */
void
bobbin_add_summary_show (BobbinAddSummary *self, BobbinAddFiles *files)
{
  const BobbinAddPlan *plan = bobbin_add_files_get_plan (files);
  gboolean pending = bobbin_links_get_n_pending (bobbin_add_plan_get_text_links (plan)) > 0;
  g_autofree char *bad = get_words_for_bad_lines (plan);
  g_autofree char *links = get_words (plan, bobbin_add_files_get_n_already (files), bad != NULL);
  g_autofree char *words = bad != NULL ? g_strconcat (links, " · ", bad, NULL) : g_strdup (links);

  gtk_label_set_label (GTK_LABEL (self->label), links);
  gtk_widget_set_visible (self->icon, bobbin_add_plan_get_n_links (plan) > 0 && !pending);
  gtk_widget_set_visible (self->make_button, pending);
  gtk_widget_set_visible (self->stop_button, FALSE);
  gtk_widget_set_visible (self->button, bad != NULL);
  if (bad != NULL)
    {
      gtk_label_set_label (GTK_LABEL (self->button_label), bad);
      gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL, bad, -1);
    }
  self->bad_line = bad != NULL ? bobbin_add_plan_get_first_bad (plan) : 0;
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
}

/**
 * bobbin_add_summary_show_progress:
 * @self: the line
 * @permille: how far reading has come
 *
 * Says that reading takes its time, and offers to stop it.
 */
void
bobbin_add_summary_show_progress (BobbinAddSummary *self, int permille)
{
  g_autofree char *words = bobbin_add_words_for_progress (permille);

  gtk_label_set_label (GTK_LABEL (self->label), words);
  gtk_widget_hide (self->icon);
  gtk_widget_hide (self->button);
  gtk_widget_hide (self->make_button);
  gtk_widget_show (self->stop_button);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
}
