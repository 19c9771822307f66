/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-add-options.h"
#include "bobbin-link.h"

#include <glib/gi18n.h>

struct _BobbinAddOptions
{
  AdwExpanderRow parent_instance;

  GtkWidget *name_row;
  GtkWidget *referrer_row;
  GtkWidget *headers_row;
  GPtrArray *header_rows; /* owned array of borrowed rows */
};

enum
{
  SIGNAL_NAME_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BobbinAddOptions, bobbin_add_options, ADW_TYPE_EXPANDER_ROW)

static void
name_changed (BobbinAddOptions *self)
{
  g_signal_emit (self, signals[SIGNAL_NAME_CHANGED], 0);
}

/* What was wrong is being mended: stop saying so. */
static void
entry_changed (GtkWidget *row)
{
  gtk_widget_remove_css_class (row, "error");
  gtk_accessible_reset_state (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_STATE_INVALID);
}

static void
remove_header (GtkWidget *row)
{
  BobbinAddOptions *self = BOBBIN_ADD_OPTIONS (gtk_widget_get_ancestor (row, BOBBIN_TYPE_ADD_OPTIONS));

  g_ptr_array_remove (self->header_rows, row);
  gtk_widget_grab_focus (self->headers_row);
  adw_expander_row_remove (ADW_EXPANDER_ROW (self), row);
}

static void
add_header (BobbinAddOptions *self)
{
  GtkWidget *row = adw_entry_row_new ();
  GtkWidget *button = gtk_button_new_from_icon_name ("list-remove-symbolic");

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, _ ("Remove Header"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Remove Header"),
                                  -1);
  g_signal_connect_object (button, "clicked", G_CALLBACK (remove_header), row, G_CONNECT_SWAPPED);

  /* Translators: how a header of HTTP is written; keep the colon */
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ ("Name: Value"));
  adw_entry_row_add_suffix (ADW_ENTRY_ROW (row), button);
  g_signal_connect (row, "changed", G_CALLBACK (entry_changed), NULL);
  adw_expander_row_add_row (ADW_EXPANDER_ROW (self), row);
  g_ptr_array_add (self->header_rows, row);
  gtk_widget_grab_focus (row);
}

static void
bobbin_add_options_finalize (GObject *object)
{
  g_clear_pointer (&BOBBIN_ADD_OPTIONS (object)->header_rows, g_ptr_array_unref);

  G_OBJECT_CLASS (bobbin_add_options_parent_class)->finalize (object);
}

static void
bobbin_add_options_class_init (BobbinAddOptionsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = bobbin_add_options_finalize;

  signals[SIGNAL_NAME_CHANGED] = g_signal_new ("name-changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                               0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class, "/app/bobbin/Bobbin/bobbin-add-options.ui");
  gtk_widget_class_bind_template_child (widget_class, BobbinAddOptions, name_row);
  gtk_widget_class_bind_template_child (widget_class, BobbinAddOptions, referrer_row);
  gtk_widget_class_bind_template_child (widget_class, BobbinAddOptions, headers_row);
  gtk_widget_class_bind_template_callback (widget_class, name_changed);
  gtk_widget_class_bind_template_callback (widget_class, entry_changed);
  gtk_widget_class_bind_template_callback (widget_class, add_header);
}

static void
bobbin_add_options_init (BobbinAddOptions *self)
{
  self->header_rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * bobbin_add_options_set_single:
 * @self: the options
 * @single: whether they are for a single link
 *
 * Offers a name for the file only if there is one file.
 */
void
bobbin_add_options_set_single (BobbinAddOptions *self, gboolean single)
{
  gtk_widget_set_visible (self->name_row, single);
}

/**
 * bobbin_add_options_get_name:
 * @self: the options
 *
 * Returns: (transfer none) (nullable): the name that the person gave, if any.
 *   It may stand here from a time when there was a single link.
 */
const char *
bobbin_add_options_get_name (BobbinAddOptions *self)
{
  const char *name = gtk_editable_get_text (GTK_EDITABLE (self->name_row));

  return *name != '\0' ? name : NULL;
}

static void
complain (BobbinAddOptions *self, GtkWidget *row)
{
  gtk_widget_add_css_class (row, "error");
  gtk_accessible_update_state (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_STATE_INVALID,
                               GTK_ACCESSIBLE_INVALID_TRUE, -1);
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (self), TRUE);
  /* Taking the focus anew would select the text, which is to be mended and not replaced. */
  if ((gtk_widget_get_state_flags (row) & GTK_STATE_FLAG_FOCUS_WITHIN) == 0)
    gtk_widget_grab_focus (row);
}

/* The engine knows what a header may be; the link is only there to ask it. */
static gboolean
take_header (GStrvBuilder *headers, BobbinLink *probe, const char *name, const char *value)
{
  if (!bobbin_link_add_header (probe, name, value, NULL))
    return FALSE;

  g_strv_builder_add (headers, name);
  g_strv_builder_add (headers, value);
  return TRUE;
}

static gboolean
take_header_line (GStrvBuilder *headers, BobbinLink *probe, const char *text)
{
  const char *colon = strchr (text, ':');
  g_autofree char *name = NULL;
  g_autofree char *value = NULL;

  if (*text == '\0')
    return TRUE;
  if (colon == NULL)
    return FALSE;

  name = g_strstrip (g_strndup (text, (gsize) (colon - text)));
  value = g_strstrip (g_strdup (colon + 1));
  return take_header (headers, probe, name, value);
}

/**
 * bobbin_add_options_get_headers:
 * @self: the options
 * @headers: (out) (transfer full) (array zero-terminated=1): names and values in turn
 * @error: return location for a #GIOErrorEnum whose message is for the person
 *
 * Reads the headers to send with each request. If one of them cannot be sent,
 * its row is shown and takes the focus.
 *
 * Returns: whether all of them can be sent
 */
gboolean
bobbin_add_options_get_headers (BobbinAddOptions *self, char ***headers, GError **error)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autoptr (BobbinLink) probe = bobbin_link_new ("http://localhost/", NULL);
  const char *referrer = gtk_editable_get_text (GTK_EDITABLE (self->referrer_row));

  if (*referrer != '\0' && !take_header (builder, probe, "Referer", referrer))
    {
      complain (self, self->referrer_row);
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                           _ ("This referrer cannot be sent"));
      return FALSE;
    }

  for (guint i = 0; i < self->header_rows->len; i++)
    {
      GtkWidget *row = g_ptr_array_index (self->header_rows, i);

      if (take_header_line (builder, probe, gtk_editable_get_text (GTK_EDITABLE (row))))
        continue;
      complain (self, row);
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                           _ ("A header is a name, a colon and a value"));
      return FALSE;
    }

  *headers = g_strv_builder_end (builder);
  return TRUE;
}
