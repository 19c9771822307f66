/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-timeline-export.h"

#include "bobbin-timeline-svg.h"

#include <glib/gi18n.h>

typedef struct
{
  GBytes *contents;
  BobbinTimelineExportFunc func;
  GObject *object;
} Export;

static void
export_free (Export *self)
{
  g_bytes_unref (self->contents);
  g_object_unref (self->object);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Export, export_free)

static void
written_cb (GObject *file, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Export) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *name = g_file_get_basename (G_FILE (file));
  g_autofree char *shown = g_filename_display_name (name);
  g_autofree char *notice = NULL;

  if (g_file_replace_contents_finish (G_FILE (file), result, NULL, &error))
    /* Translators: %s is the name of a file */
    notice = g_strdup_printf (_ ("Saved “%s”"), shown);
  else
    /* Translators: the first %s is the name of a file, the second one says why */
    notice = g_strdup_printf (_ ("“%s” could not be saved: %s"), shown, error->message);
  self->func (notice, self->object);
}

static void
response_cb (GtkNativeDialog *dialog, int response, gpointer user_data)
{
  g_autoptr (Export) self = user_data;

  if (response == GTK_RESPONSE_ACCEPT)
    {
      g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
      GBytes *contents = self->contents;

      g_file_replace_contents_bytes_async (file, contents, NULL, FALSE, G_FILE_CREATE_REPLACE_DESTINATION,
                                           NULL, written_cb, g_steal_pointer (&self));
    }
  g_object_unref (dialog);
}

static char *
make_name (const BobbinRun *run, BobbinTimelineFormat format)
{
  g_autoptr (GDateTime) began = g_date_time_new_from_unix_local (run->began / G_USEC_PER_SEC);
  g_autofree char *date = began != NULL ? g_date_time_format (began, "%Y-%m-%d %H.%M") : g_strdup ("");
  /* Translators: the name of a file without its end; %s is a date */
  g_autofree char *name = g_strdup_printf (_ ("Timeline %s"), date);

  return g_strconcat (name, format == BOBBIN_TIMELINE_SVG ? ".svg" : ".csv", NULL);
}

static void
add_filter (GtkFileChooser *chooser, BobbinTimelineFormat format)
{
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();

  gtk_file_filter_set_name (filter,
                            format == BOBBIN_TIMELINE_SVG ? _ ("Pictures (SVG)") : _ ("Tables (CSV)"));
  gtk_file_filter_add_suffix (filter, format == BOBBIN_TIMELINE_SVG ? "svg" : "csv");
  gtk_file_chooser_add_filter (chooser, filter);
}

static GBytes *
make_contents (const BobbinTimelineSource *source, BobbinTimelineFormat format)
{
  const BobbinTimeline *timeline = bobbin_timeline_source_get_timeline (source);
  char *text = format == BOBBIN_TIMELINE_SVG
                   ? bobbin_timeline_to_svg (timeline, bobbin_timeline_source_get_run (source))
                   : bobbin_timeline_to_csv (timeline);

  return g_bytes_new_take (text, strlen (text));
}

/**
 * bobbin_timeline_export:
 * @widget: a widget in the window that asks
 * @source: a run that is over
 * @format: what to make of it
 * @func: what to do with a notice of how it went
 * @object: (type GObject): data for @func, kept until then
 *
 * Lets the person choose a file, and writes it. Main thread.
 */
void
bobbin_timeline_export (GtkWidget *widget,
                        const BobbinTimelineSource *source,
                        BobbinTimelineFormat format,
                        BobbinTimelineExportFunc func,
                        gpointer object)
{
  Export *self = g_new0 (Export, 1);
  g_autofree char *name = make_name (bobbin_timeline_source_get_run (source), format);
  GtkFileChooserNative *dialog
      = gtk_file_chooser_native_new (format == BOBBIN_TIMELINE_SVG ? _ ("Export as Picture")
                                                                   : _ ("Export as Table"),
                                     GTK_WINDOW (gtk_widget_get_root (widget)), GTK_FILE_CHOOSER_ACTION_SAVE,
                                     _ ("_Export"), NULL);

  self->contents = make_contents (source, format);
  self->func = func;
  self->object = g_object_ref (object);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (dialog), name);
  add_filter (GTK_FILE_CHOOSER (dialog), format);
  g_signal_connect (dialog, "response", G_CALLBACK (response_cb), self);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

/**
 * bobbin_timeline_export_copy:
 * @widget: whose clipboard to use
 * @source: a run
 *
 * Copies the table, for spreadsheets and for text. Main thread.
 */
void
bobbin_timeline_export_copy (GtkWidget *widget, const BobbinTimelineSource *source)
{
  const BobbinTimeline *timeline = bobbin_timeline_source_get_timeline (source);
  g_autoptr (GBytes) csv = make_contents (source, BOBBIN_TIMELINE_CSV);
  g_autofree char *text = bobbin_timeline_to_text (timeline);
  GdkContentProvider *providers[] = {
    gdk_content_provider_new_typed (G_TYPE_STRING, text),
    gdk_content_provider_new_for_bytes ("text/csv", csv),
  };
  g_autoptr (GdkContentProvider) both = gdk_content_provider_new_union (providers, G_N_ELEMENTS (providers));

  gdk_clipboard_set_content (gtk_widget_get_clipboard (widget), both);
}
