/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-measure-dialog.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#define RESPONSE_CANCEL "cancel"
#define RESPONSE_MEASURE "measure"

#define FUNC_KEY "bobbin-measure-func"

static char *
get_body (guint n_links, goffset bytes)
{
  g_autofree char *size = g_format_size ((guint64) bytes);

  return g_strdup_printf (
      /* Translators: the plural follows the number of links; %s is a size */
      ngettext (
          "The %'u link of this run is downloaded once more: %s. The file goes into a folder of its own, "
          "which is removed afterwards.",
          "The %'u links of this run are downloaded once more, one after another: %s in all. The files go "
          "into a folder of their own, which is removed afterwards.",
          n_links),
      n_links, size);
}

static void
response_cb (GObject *object, const char *response, AdwMessageDialog *dialog)
{
  BobbinMeasureFunc func = (BobbinMeasureFunc) g_object_get_data (G_OBJECT (dialog), FUNC_KEY);

  if (g_str_equal (response, RESPONSE_MEASURE))
    func (object);
}

/**
 * bobbin_measure_dialog_ask:
 * @widget: a widget in the window that asks
 * @queue: a queue whose run is over
 * @func: what to do if the person wants it
 * @object: (type GObject): data for @func, which is not called any more once it
 *   has gone
 *
 * Says what measuring will fetch, and asks. Main thread.
 */
void
bobbin_measure_dialog_ask (GtkWidget *widget, BobbinQueue *queue, BobbinMeasureFunc func, gpointer object)
{
  goffset bytes;
  const guint n_links = bobbin_measure_count (queue, &bytes);
  g_autofree char *body = get_body (n_links, bytes);
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (gtk_widget_get_root (widget)),
                                              _ ("Measure One After Another?"), body);

  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), RESPONSE_CANCEL, _ ("_Cancel"),
                                    RESPONSE_MEASURE, _ ("_Measure"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), RESPONSE_MEASURE,
                                              ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), RESPONSE_MEASURE);
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), RESPONSE_CANCEL);
  g_object_set_data (G_OBJECT (dialog), FUNC_KEY, (gpointer) func);
  g_signal_connect_object (dialog, "response", G_CALLBACK (response_cb), object, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

/**
 * bobbin_measure_dialog_words_for_progress:
 * @measure: a measurement
 *
 * Returns: (transfer full): "Measuring one after another: 5 of 20"
 */
char *
bobbin_measure_dialog_words_for_progress (BobbinMeasure *measure)
{
  /* Translators: how many links have been downloaded once more, of how many */
  return g_strdup_printf (_ ("Measuring one after another: %'u of %'u"), bobbin_measure_get_n_ended (measure),
                          bobbin_measure_get_n_links (measure));
}
