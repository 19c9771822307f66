/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-footer.h"

#include "bobbin-bar.h"
#include "bobbin-limit-box.h"
#include "bobbin-row-layout.h"
#include "bobbin-run-words.h"
#include "bobbin-text-line.h"
#include "bobbin-words.h"

#include <glib/gi18n.h>

#define TICK_INTERVAL 100

struct _BobbinFooter
{
  GtkWidget parent_instance;

  BobbinQueue *queue;
  guint tick_id; /* runs while a run does: time passes also when no byte comes */
  guint narrow_id;
  gboolean is_narrow;
  gboolean told_narrow;
  gboolean comparison; /* whether to tell what working at once buys */
  gint64 told_at;      /* when the labels were told, in microseconds */

  GtkAdjustment *at_once;
  GtkWidget *limit_button;
  GtkLabel *limit_label;
  BobbinLimitBox *limit_box;
  BobbinLimitBox *narrow_limit_box;

  GtkWidget *wide;
  GtkWidget *progress;
  BobbinTextLine *elapsed;
  BobbinTextLine *estimate;
  GtkWidget *bars;
  BobbinBar *run_bar;
  BobbinBar *ghost_bar;
  GtkWidget *gain;
  BobbinTextLine *ratio;
  GtkWidget *result;
  BobbinTextLine *end;
  GtkWidget *end_bars;
  BobbinBar *end_run_bar;
  BobbinBar *end_ghost_bar;
  GtkWidget *figures;
  BobbinTextLine *count;
  BobbinTextLine *rate;

  GtkWidget *narrow;
  BobbinTextLine *summary;
  BobbinTextLine *summary_gain;
  GtkMenuButton *at_once_button;
};

enum
{
  PROP_COMPARISON = 1,
  PROP_NARROW,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (BobbinFooter, bobbin_footer, GTK_TYPE_WIDGET)

/* A line draws its text itself, so its label for others has to be told. */
static void
tell_label (BobbinTextLine *line)
{
  g_autofree char *text = bobbin_text_line_dup_text (line);

  gtk_accessible_update_property (GTK_ACCESSIBLE (line), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
}

/* While figures count, once a second is enough for those who listen. */
static void
tell_labels (BobbinFooter *self, gboolean running)
{
  const gint64 now = g_get_monotonic_time ();

  if (running && now - self->told_at < G_USEC_PER_SEC)
    return;
  self->told_at = now;
  tell_label (self->elapsed);
  tell_label (self->estimate);
  tell_label (self->ratio);
  tell_label (self->end);
  tell_label (self->count);
  tell_label (self->rate);
  tell_label (self->summary);
  tell_label (self->summary_gain);
}

static void
set_bars (BobbinBar *run_bar, BobbinBar *ghost_bar, const BobbinFigures *figures)
{
  const double longest = (double) MAX (figures->elapsed, figures->one_after_another);

  if (longest <= 0)
    return;
  bobbin_bar_set (run_bar, BOBBIN_BAR_RUN, (double) figures->elapsed / longest);
  bobbin_bar_set (ghost_bar, BOBBIN_BAR_GHOST, (double) figures->one_after_another / longest);
}

static void
update_progress (BobbinFooter *self, const BobbinFigures *figures)
{
  g_autofree char *elapsed = bobbin_words_for_duration (figures->elapsed);
  g_autofree char *other = bobbin_words_for_duration (figures->one_after_another);
  /* Translators: how long the run takes so far */
  g_autofree char *first = g_strdup_printf (_ ("Elapsed %s"), elapsed);
  /* Translators: how long the same would take, an estimate */
  g_autofree char *second = g_strdup_printf (_ ("One after another: about %s"), other);
  /* Translators: how many times faster, in large type above the word "faster" */
  g_autofree char *ratio = g_strdup_printf (_ ("%.1f×"), figures->ratio);

  bobbin_text_line_set_text (self->elapsed, first);
  gtk_widget_set_visible (GTK_WIDGET (self->estimate), figures->compares);
  gtk_widget_set_visible (self->bars, figures->compares);
  gtk_widget_set_visible (self->gain, figures->ratio > 0);
  if (!figures->compares)
    return;
  bobbin_text_line_set_text (self->estimate, second);
  set_bars (self->run_bar, self->ghost_bar, figures);
  if (figures->ratio > 0)
    bobbin_text_line_set_text (self->ratio, ratio);
}

static void
update_result (BobbinFooter *self, const BobbinFigures *figures)
{
  g_auto (BobbinPhrase) phrase = { 0 };

  bobbin_run_words_for_end (figures, &phrase);
  bobbin_text_line_take_phrase (self->end, &phrase);
  gtk_widget_set_visible (self->end_bars, figures->compares);
  if (figures->compares)
    set_bars (self->end_run_bar, self->end_ghost_bar, figures);
}

static void
update_count (BobbinFooter *self)
{
  const BobbinRun *run = bobbin_queue_get_run (self->queue);
  const BobbinCounts *counts = bobbin_queue_get_counts (self->queue);
  const guint total = bobbin_queue_get_run_total (self->queue);
  g_auto (BobbinPhrase) phrase = { 0 };

  bobbin_phrase_take (&phrase,
                      total > 0 ? bobbin_words_for_finished_of_total (run->finished, total)
                                : bobbin_words_for_finished_of_total (counts->finished, counts->total),
                      BOBBIN_RANK_KEEP);
  if (total > 0 && run->failed > 0)
    bobbin_phrase_take (&phrase, bobbin_words_for_failed (run->failed), BOBBIN_RANK_KEEP);
  bobbin_text_line_take_phrase (self->count, &phrase);
}

static char *
get_brief_count (BobbinFooter *self)
{
  /* Translators: downloads finished of all, where there is little room */
  return g_strdup_printf (_ ("%'u of %'u"), bobbin_queue_get_run (self->queue)->finished,
                          bobbin_queue_get_run_total (self->queue));
}

/* A run that ended because the rest was paused has stopped, not finished. */
static gboolean
has_finished (BobbinFooter *self, const BobbinFigures *figures)
{
  return figures->started && !figures->running && bobbin_queue_get_run (self->queue)->held == 0;
}

static void
update_summary (BobbinFooter *self, const BobbinFigures *figures)
{
  g_auto (BobbinPhrase) phrase = { 0 };
  g_auto (BobbinPhrase) gain = { 0 };
  g_autofree char *exact = bobbin_words_for_exact_duration (figures->elapsed);

  if (figures->started)
    bobbin_phrase_take (&phrase,
                        has_finished (self, figures) ? g_strdup_printf (_ ("Finished in %s"), exact)
                                                     : bobbin_words_for_duration (figures->elapsed),
                        BOBBIN_RANK_KEEP);
  bobbin_phrase_take (&phrase, get_brief_count (self), BOBBIN_RANK_KEEP);
  if (figures->running)
    bobbin_phrase_take (&phrase, bobbin_words_for_rate (bobbin_queue_get_rate (self->queue)),
                        BOBBIN_RANK_RATE);
  bobbin_text_line_take_phrase (self->summary, &phrase);
  bobbin_run_words_for_gain (figures, &gain);
  gtk_widget_set_visible (GTK_WIDGET (self->summary_gain), self->comparison && gain.n_pieces > 0);
  bobbin_text_line_take_phrase (self->summary_gain, &gain);
}

static void
update (BobbinFooter *self)
{
  BobbinFigures figures;
  g_autofree char *rate = NULL;
  gboolean finished;

  bobbin_figures_read (&figures, bobbin_queue_get_run (self->queue), g_get_monotonic_time ());
  finished = has_finished (self, &figures);
  rate = bobbin_run_words_for_rate (self->queue, &figures);
  gtk_widget_set_visible (self->progress, self->comparison && figures.started && !finished);
  gtk_widget_set_visible (self->result, self->comparison && finished);
  if (finished)
    update_result (self, &figures);
  else if (figures.started)
    update_progress (self, &figures);
  update_count (self);
  bobbin_text_line_set_text (self->rate, rate);
  gtk_widget_set_visible (GTK_WIDGET (self->rate), *rate != '\0');
  update_summary (self, &figures);
  tell_labels (self, figures.running);
}

static gboolean
tick_cb (gpointer user_data)
{
  BobbinFooter *self = user_data;

  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    update (self);
  if (bobbin_run_is_running (bobbin_queue_get_run (self->queue)))
    return G_SOURCE_CONTINUE;
  self->tick_id = 0;
  return G_SOURCE_REMOVE;
}

static void
queue_changed_cb (BobbinFooter *self)
{
  update (self);
  if (self->tick_id == 0 && bobbin_run_is_running (bobbin_queue_get_run (self->queue)))
    self->tick_id = g_timeout_add (TICK_INTERVAL, tick_cb, self);
}

static gboolean
output_cb (GtkSpinButton *spin, gpointer user_data)
{
  g_autofree char *text = bobbin_run_words_for_at_once (gtk_spin_button_get_value_as_int (spin));

  if (!g_str_equal (text, gtk_editable_get_text (GTK_EDITABLE (spin))))
    gtk_editable_set_text (GTK_EDITABLE (spin), text);
  return TRUE;
}

static int
input_cb (GtkSpinButton *spin, double *value, gpointer user_data)
{
  const int at_once = bobbin_run_words_read_at_once (gtk_editable_get_text (GTK_EDITABLE (spin)));

  if (at_once < 1)
    return GTK_INPUT_ERROR;
  *value = at_once;
  return TRUE;
}

static void
at_once_changed_cb (BobbinFooter *self)
{
  g_autofree char *text = bobbin_run_words_for_at_once ((int) gtk_adjustment_get_value (self->at_once));

  gtk_menu_button_set_label (self->at_once_button, text);
}

static void
limit_changed_cb (BobbinFooter *self, const char *key, GSettings *settings)
{
  g_autofree char *words = bobbin_limit_box_words_for (settings);
  /* Translators: spoken name of the button with the speed limit, which is %s */
  g_autofree char *label = g_strdup_printf (_ ("Speed Limit: %s"), words);

  gtk_label_set_label (self->limit_label, words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->limit_button), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  -1);
}

static void
follow_limit (BobbinFooter *self, GSettings *settings)
{
  bobbin_limit_box_set_up (self->limit_box, settings);
  bobbin_limit_box_set_up (self->narrow_limit_box, settings);
  g_signal_connect_object (settings, "changed::limit-speed", G_CALLBACK (limit_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (settings, "changed::speed-limit", G_CALLBACK (limit_changed_cb), self,
                           G_CONNECT_SWAPPED);
  limit_changed_cb (self, NULL, settings);
}

static void
tell_narrow_cb (gpointer user_data)
{
  BobbinFooter *self = user_data;

  self->narrow_id = 0;
  if (self->told_narrow == self->is_narrow)
    return;
  self->told_narrow = self->is_narrow;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NARROW]);
}

static void
bobbin_footer_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  BobbinFooter *self = BOBBIN_FOOTER (widget);

  int needed;

  gtk_widget_measure (self->wide, GTK_ORIENTATION_HORIZONTAL, -1, &needed, NULL, NULL, NULL);
  self->is_narrow = width < MAX (needed, BOBBIN_NARROW_BELOW);
  gtk_widget_set_child_visible (self->wide, !self->is_narrow);
  gtk_widget_set_child_visible (self->narrow, self->is_narrow);
  gtk_widget_allocate (self->is_narrow ? self->narrow : self->wide, width, height, -1, NULL);
  /* Others may change their size now, which must not happen in the middle of a layout. */
  if (self->told_narrow != self->is_narrow && self->narrow_id == 0)
    self->narrow_id = g_idle_add_once (tell_narrow_cb, self);
}

static void
bobbin_footer_measure (GtkWidget *widget,
                       GtkOrientation orientation,
                       int for_size,
                       int *minimum,
                       int *natural,
                       int *minimum_baseline,
                       int *natural_baseline)
{
  BobbinFooter *self = BOBBIN_FOOTER (widget);
  int wide_minimum, wide_natural, narrow_minimum;

  gtk_widget_measure (self->wide, orientation, -1, &wide_minimum, &wide_natural, NULL, NULL);
  gtk_widget_measure (self->narrow, orientation, -1, &narrow_minimum, NULL, NULL, NULL);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = narrow_minimum;
      *natural = wide_natural;
      return;
    }
  *minimum = *natural = MAX (wide_natural, narrow_minimum);
}

static void
bobbin_footer_get_property (GObject *object, guint id, GValue *value, GParamSpec *spec)
{
  BobbinFooter *self = BOBBIN_FOOTER (object);

  switch (id)
    {
    case PROP_COMPARISON:
      g_value_set_boolean (value, self->comparison);
      break;
    case PROP_NARROW:
      g_value_set_boolean (value, self->told_narrow);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
    }
}

/* Without the comparison its place is free for the other figures. */
static void
set_comparison (BobbinFooter *self, gboolean comparison)
{
  self->comparison = comparison;
  gtk_widget_set_halign (self->figures, comparison ? GTK_ALIGN_END : GTK_ALIGN_START);
  bobbin_text_line_set_xalign (self->count, comparison ? 1.0f : 0.0f);
  bobbin_text_line_set_xalign (self->rate, comparison ? 1.0f : 0.0f);
}

static void
bobbin_footer_set_property (GObject *object, guint id, const GValue *value, GParamSpec *spec)
{
  switch (id)
    {
    case PROP_COMPARISON:
      set_comparison (BOBBIN_FOOTER (object), g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
    }
}

static void
bobbin_footer_dispose (GObject *object)
{
  BobbinFooter *self = BOBBIN_FOOTER (object);

  g_clear_handle_id (&self->tick_id, g_source_remove);
  g_clear_handle_id (&self->narrow_id, g_source_remove);
  g_clear_object (&self->queue);
  g_clear_pointer (&self->wide, gtk_widget_unparent);
  g_clear_pointer (&self->narrow, gtk_widget_unparent);
  G_OBJECT_CLASS (bobbin_footer_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, BobbinFooter, at_once);
  gtk_widget_class_bind_template_child (widget_class, BobbinFooter, limit_button);
  gtk_widget_class_bind_template_child (widget_class, BobbinFooter, limit_label);
  gtk_widget_class_bind_template_child (widget_class, BobbinFooter, limit_box);
  gtk_widget_class_bind_template_child (widget_class, BobbinFooter, narrow_limit_box);
  gtk_widget_class_bind_template_child (widget_class, BobbinFooter, wide);
  gtk_widget_class_bind_template_child (widget_class, BobbinFooter, progress);
  gtk_widget_class_bind_template_child (widget_class, BobbinFooter, elapsed);
  gtk_widget_class_bind_template_child (widget_class, BobbinFooter, estimate);
  gtk_widget_class_bind_template_child (widget_class, BobbinFooter, bars);
  gtk_widget_class_bind_template_child (widget_class, BobbinFooter, run_bar);
  gtk_widget_class_bind_template_child (widget_class, BobbinFooter, ghost_bar);
  gtk_widget_class_bind_template_child (widget_class, BobbinFooter, gain);
  gtk_widget_class_bind_template_child (widget_class, BobbinFooter, ratio);
  gtk_widget_class_bind_template_child (widget_class, BobbinFooter, result);
  gtk_widget_class_bind_template_child (widget_class, BobbinFooter, end);
  gtk_widget_class_bind_template_child (widget_class, BobbinFooter, end_bars);
  gtk_widget_class_bind_template_child (widget_class, BobbinFooter, end_run_bar);
  gtk_widget_class_bind_template_child (widget_class, BobbinFooter, end_ghost_bar);
  gtk_widget_class_bind_template_child (widget_class, BobbinFooter, figures);
  gtk_widget_class_bind_template_child (widget_class, BobbinFooter, count);
  gtk_widget_class_bind_template_child (widget_class, BobbinFooter, rate);
  gtk_widget_class_bind_template_child (widget_class, BobbinFooter, narrow);
  gtk_widget_class_bind_template_child (widget_class, BobbinFooter, summary);
  gtk_widget_class_bind_template_child (widget_class, BobbinFooter, summary_gain);
  gtk_widget_class_bind_template_child (widget_class, BobbinFooter, at_once_button);
  gtk_widget_class_bind_template_callback (widget_class, input_cb);
  gtk_widget_class_bind_template_callback (widget_class, output_cb);
}

static void
bobbin_footer_class_init (BobbinFooterClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = bobbin_footer_get_property;
  object_class->set_property = bobbin_footer_set_property;
  object_class->dispose = bobbin_footer_dispose;
  widget_class->measure = bobbin_footer_measure;
  widget_class->size_allocate = bobbin_footer_size_allocate;

  /* whether the time is compared with one after another; else the figures stand in its place */
  properties[PROP_COMPARISON]
      = g_param_spec_boolean ("comparison", NULL, NULL, TRUE, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  /* whether the narrow form is shown */
  properties[PROP_NARROW]
      = g_param_spec_boolean ("narrow", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (BOBBIN_TYPE_BAR);
  g_type_ensure (BOBBIN_TYPE_LIMIT_BOX);
  g_type_ensure (BOBBIN_TYPE_TEXT_LINE);
  gtk_widget_class_set_css_name (widget_class, "footer");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class, "/app/bobbin/Bobbin/bobbin-footer.ui");
  bind_children (widget_class);
}

static void
bobbin_footer_init (BobbinFooter *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->comparison = TRUE;
  g_signal_connect_object (self->at_once, "value-changed", G_CALLBACK (at_once_changed_cb), self,
                           G_CONNECT_SWAPPED);
  at_once_changed_cb (self);
}

/**
 * bobbin_footer_set_up:
 * @self: a footer
 * @queue: what to tell about
 * @settings: where the number of downloads at once and the speed limit are kept
 *
 * Connects the footer. Call it once. Main thread.
 */
void
bobbin_footer_set_up (BobbinFooter *self, BobbinQueue *queue, GSettings *settings)
{
  self->queue = g_object_ref (queue);
  g_settings_bind (settings, "at-once", self->at_once, "value", G_SETTINGS_BIND_DEFAULT);
  follow_limit (self, settings);
  g_signal_connect_object (queue, "changed", G_CALLBACK (queue_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (queue, "run-finished", G_CALLBACK (queue_changed_cb), self, G_CONNECT_SWAPPED);
  queue_changed_cb (self);
}
