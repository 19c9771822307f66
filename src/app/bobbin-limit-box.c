/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-limit-box.h"

#include "bobbin-unit.h"

#include <glib/gi18n.h>

/* Of a slow line, of half a usual one, and of a fast one, in kB/s. */
static const int presets[] = { 500, 2000, 10000 };

struct _BobbinLimitBox
{
  GtkWidget parent_instance;

  GSettings *settings;

  GtkSwitch *active;
  GtkSpinButton *speed;
  GtkBox *presets;
};

G_DEFINE_FINAL_TYPE (BobbinLimitBox, bobbin_limit_box, GTK_TYPE_WIDGET)

/**
 * bobbin_limit_box_words_for:
 * @settings: what the person has chosen
 *
 * Returns: (transfer full): the speed limit, "5 MB/s" or "No Limit"
 */
char *
bobbin_limit_box_words_for (GSettings *settings)
{
  if (!g_settings_get_boolean (settings, "limit-speed"))
    /* Translators: there is no speed limit */
    return g_strdup (C_ ("speed", "No Limit"));
  return bobbin_unit_format (BOBBIN_UNIT_RATE, g_settings_get_int (settings, "speed-limit"));
}

static void
preset_cb (GtkButton *button, gpointer data)
{
  BobbinLimitBox *self
      = BOBBIN_LIMIT_BOX (gtk_widget_get_ancestor (GTK_WIDGET (button), BOBBIN_TYPE_LIMIT_BOX));

  g_settings_set_int (self->settings, "speed-limit", GPOINTER_TO_INT (data));
  g_settings_set_boolean (self->settings, "limit-speed", TRUE);
}

static void
add_presets (BobbinLimitBox *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (presets); i++)
    {
      g_autofree char *words = bobbin_unit_format (BOBBIN_UNIT_RATE, presets[i]);
      GtkWidget *button = gtk_button_new_with_label (words);

      gtk_box_append (self->presets, button);
      g_signal_connect (button, "clicked", G_CALLBACK (preset_cb), GINT_TO_POINTER (presets[i]));
    }
}

static void
bobbin_limit_box_dispose (GObject *object)
{
  GtkWidget *child;

  g_clear_object (&BOBBIN_LIMIT_BOX (object)->settings);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (bobbin_limit_box_parent_class)->dispose (object);
}

static void
bobbin_limit_box_class_init (BobbinLimitBoxClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = bobbin_limit_box_dispose;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class, "/app/bobbin/Bobbin/bobbin-limit-box.ui");
  gtk_widget_class_bind_template_child (widget_class, BobbinLimitBox, active);
  gtk_widget_class_bind_template_child (widget_class, BobbinLimitBox, speed);
  gtk_widget_class_bind_template_child (widget_class, BobbinLimitBox, presets);
}

static void
bobbin_limit_box_init (BobbinLimitBox *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  bobbin_unit_attach (BOBBIN_UNIT_RATE, self->speed);
  add_presets (self);
}

/**
 * bobbin_limit_box_set_up:
 * @self: a box
 * @settings: where the limit is kept
 *
 * Connects the box. Call it once. Main thread.
 */
void
bobbin_limit_box_set_up (BobbinLimitBox *self, GSettings *settings)
{
  self->settings = g_object_ref (settings);
  g_settings_bind (settings, "limit-speed", self->active, "active", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "speed-limit", gtk_spin_button_get_adjustment (self->speed), "value",
                   G_SETTINGS_BIND_DEFAULT);
}
