/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-unit.h"

#include <glib/gi18n.h>

#define KILO 1000

static char *
format_rate (int kilobytes)
{
  if (kilobytes < KILO)
    /* Translators: a speed limit; keep the no-break space before the unit */
    return g_strdup_printf (_ ("%d\302\240kB/s"), kilobytes);
  /* Translators: a speed limit, "5 MB/s" or "2.5 MB/s"; keep the no-break space before the unit */
  return g_strdup_printf (_ ("%g\302\240MB/s"), (double) kilobytes / KILO);
}

/**
 * bobbin_unit_format:
 * @unit: what is counted
 * @value: how many
 *
 * Returns: (transfer full): "30 s", "8 MB", "5 MB/s" or "No Limit"
 */
char *
bobbin_unit_format (BobbinUnit unit, int value)
{
  switch (unit)
    {
    case BOBBIN_UNIT_SECONDS:
      /* Translators: whole seconds, "11 s"; keep the no-break space before the unit */
      return g_strdup_printf (_ ("%d\302\240s"), value);
    case BOBBIN_UNIT_MEGABYTES:
      /* Translators: megabytes; keep the no-break space before the unit */
      return g_strdup_printf (_ ("%d\302\240MB"), value);
    case BOBBIN_UNIT_RATE:
      return format_rate (value);
    case BOBBIN_UNIT_CONNECTIONS:
    default:
      return value == 0 ? g_strdup (_ ("No Limit")) : g_strdup_printf ("%d", value);
    }
}

/* Kilobytes a second of a number and what follows it: megabytes unless it says
 * something else. */
static double
to_kilobytes (double number, const char *rest)
{
  while (*rest != '\0' && !g_ascii_isalpha (*rest))
    rest++;
  switch (g_ascii_tolower (*rest))
    {
    case 'k':
      return number;
    case 'g':
      return number * KILO * KILO;
    case 'b':
      return number / KILO;
    default:
      return number * KILO;
    }
}

/**
 * bobbin_unit_parse:
 * @unit: what is counted
 * @text: what a person has typed
 * @value: (out): how many
 *
 * Reads a number with or without its unit. Words without a number are 0 where
 * that means "any number".
 *
 * Returns: whether @text can be understood
 */
gboolean
bobbin_unit_parse (BobbinUnit unit, const char *text, int *value)
{
  char *rest;
  double number = g_strtod (text, &rest);

  if (rest == text && unit == BOBBIN_UNIT_CONNECTIONS)
    number = 0;
  else if (rest == text || !(number >= 0))
    return FALSE;
  if (unit == BOBBIN_UNIT_RATE)
    number = to_kilobytes (number, rest);
  *value = (int) CLAMP (number + 0.5, 0.0, (double) G_MAXINT);
  return TRUE;
}

static gboolean
output_cb (GtkSpinButton *spin, gpointer user_data)
{
  g_autofree char *text = bobbin_unit_format ((BobbinUnit) GPOINTER_TO_UINT (user_data),
                                              gtk_spin_button_get_value_as_int (spin));

  if (!g_str_equal (text, gtk_editable_get_text (GTK_EDITABLE (spin))))
    gtk_editable_set_text (GTK_EDITABLE (spin), text);
  return TRUE;
}

static int
input_cb (GtkSpinButton *spin, double *value, gpointer user_data)
{
  int parsed;

  if (!bobbin_unit_parse ((BobbinUnit) GPOINTER_TO_UINT (user_data),
                          gtk_editable_get_text (GTK_EDITABLE (spin)), &parsed))
    return GTK_INPUT_ERROR;
  *value = parsed;
  return TRUE;
}

/* A step is felt at every speed: about a tenth of it. */
static void
update_step (GtkAdjustment *adjustment)
{
  const double value = gtk_adjustment_get_value (adjustment);
  const double step = value < KILO         ? 100
                      : value < 10 * KILO  ? 500
                      : value < 100 * KILO ? 5 * KILO
                                           : 50 * KILO;

  gtk_adjustment_set_step_increment (adjustment, step);
}

/**
 * bobbin_unit_attach:
 * @unit: what is counted
 * @spin: a spin button
 *
 * Lets @spin show and read numbers with their unit. Main thread.
 */
void
bobbin_unit_attach (BobbinUnit unit, GtkSpinButton *spin)
{
  GtkAdjustment *adjustment = gtk_spin_button_get_adjustment (spin);

  g_signal_connect (spin, "output", G_CALLBACK (output_cb), GUINT_TO_POINTER (unit));
  g_signal_connect (spin, "input", G_CALLBACK (input_cb), GUINT_TO_POINTER (unit));
  gtk_spin_button_update (spin);
  if (unit != BOBBIN_UNIT_RATE)
    return;
  g_signal_connect (adjustment, "value-changed", G_CALLBACK (update_step), NULL);
  update_step (adjustment);
}
