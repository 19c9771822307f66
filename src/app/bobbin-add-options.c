/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-add-options.h"

#include <glib/gi18n.h>

/* What the title of a row is as long as nothing is wrong with its text. */
#define USUAL_TITLE "bobbin-usual-title"

struct _BobbinAddOptions
{
  AdwExpanderRow parent_instance;

  GtkWidget *name_row;
  GtkWidget *user_row;
  GtkWidget *password_row;
  GtkWidget *referrer_row;
  GtkWidget *digest_row;
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

static void
set_title (GtkWidget *row, const char *title)
{
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
}

/* What was wrong is being mended: stop saying so. */
static void
entry_changed (GtkWidget *row)
{
  const char *title = g_object_get_data (G_OBJECT (row), USUAL_TITLE);

  if (title == NULL)
    return;
  set_title (row, title);
  g_object_set_data (G_OBJECT (row), USUAL_TITLE, NULL);
  gtk_widget_remove_css_class (row, "error");
  gtk_accessible_reset_state (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_STATE_INVALID);
}

/* The title says what the text was taken for, so that nobody has to know how long which checksum is. */
static void
show_digest (BobbinAddOptions *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->digest_row));
  g_autoptr (BobbinDigest) digest = bobbin_digest_parse (text);
  g_autofree char *algorithm = NULL;
  g_autofree char *title = NULL;

  if (!gtk_widget_get_sensitive (self->digest_row))
    title = g_strdup (_ ("Checksum, for a single link"));
  else if (digest == NULL)
    title = g_strdup (*text == '\0' ? _ ("Checksum") : _ ("Checksum, not whole yet"));
  else
    {
      algorithm = g_ascii_strup (bobbin_digest_get_algorithm (digest), -1);
      /* Translators: %s is an algorithm, such as SHA-256 */
      title = g_strdup_printf (_ ("Checksum, %s"), algorithm);
    }
  set_title (self->digest_row, title);
}

static void
digest_changed (BobbinAddOptions *self)
{
  entry_changed (self->digest_row);
  show_digest (self);
}

static void
show_scope (BobbinAddOptions *self, gboolean one_file, gboolean one_site)
{
  gtk_widget_set_visible (self->name_row, one_file);
  gtk_widget_set_sensitive (self->digest_row, one_file);
  show_digest (self);
  gtk_widget_set_sensitive (self->user_row, one_site);
  gtk_widget_set_sensitive (self->password_row, one_site);
  set_title (self->user_row, one_site ? _ ("User Name") : _ ("User Name, for links of one site"));
  set_title (self->password_row, one_site ? _ ("Password") : _ ("Password, for links of one site"));
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
  gtk_widget_class_bind_template_child (widget_class, BobbinAddOptions, user_row);
  gtk_widget_class_bind_template_child (widget_class, BobbinAddOptions, password_row);
  gtk_widget_class_bind_template_child (widget_class, BobbinAddOptions, referrer_row);
  gtk_widget_class_bind_template_child (widget_class, BobbinAddOptions, digest_row);
  gtk_widget_class_bind_template_child (widget_class, BobbinAddOptions, headers_row);
  gtk_widget_class_bind_template_callback (widget_class, name_changed);
  gtk_widget_class_bind_template_callback (widget_class, digest_changed);
  gtk_widget_class_bind_template_callback (widget_class, entry_changed);
  gtk_widget_class_bind_template_callback (widget_class, add_header);
}

static void
bobbin_add_options_init (BobbinAddOptions *self)
{
  self->header_rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  show_scope (self, FALSE, FALSE);
}

/**
 * bobbin_add_options_show_plan:
 * @self: the options
 * @plan: what they are for
 *
 * Offers a name and a checksum only if there is a single file, and a sign-in
 * only if all links are of one site: nobody gives a password to several.
 */
void
bobbin_add_options_show_plan (BobbinAddOptions *self, const BobbinAddPlan *plan)
{
  show_scope (self, bobbin_add_plan_get_n_links (plan) == 1, bobbin_add_plan_has_one_site (plan));
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

/* Says what is wrong in the row itself, where it can be mended.
 *
 * Returns: %FALSE */
static gboolean
complain (BobbinAddOptions *self, GtkWidget *row, const char *words)
{
  if (g_object_get_data (G_OBJECT (row), USUAL_TITLE) == NULL)
    g_object_set_data_full (G_OBJECT (row), USUAL_TITLE,
                            g_strdup (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row))), g_free);
  set_title (row, words);
  gtk_widget_add_css_class (row, "error");
  gtk_accessible_update_state (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_STATE_INVALID,
                               GTK_ACCESSIBLE_INVALID_TRUE, -1);
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (self), TRUE);
  /* Taking the focus anew would select the text, which is to be mended and not replaced. */
  if ((gtk_widget_get_state_flags (row) & GTK_STATE_FLAG_FOCUS_WITHIN) == 0)
    gtk_widget_grab_focus (row);
  return FALSE;
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

static gboolean
fill_headers (BobbinAddOptions *self, BobbinAddOrder *order)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autoptr (BobbinLink) probe = bobbin_link_new ("http://localhost/", NULL);
  const char *referrer = gtk_editable_get_text (GTK_EDITABLE (self->referrer_row));

  if (*referrer != '\0' && !take_header (builder, probe, "Referer", referrer))
    return complain (self, self->referrer_row, _ ("This referrer cannot be sent"));

  for (guint i = 0; i < self->header_rows->len; i++)
    {
      GtkWidget *row = g_ptr_array_index (self->header_rows, i);

      if (!take_header_line (builder, probe, gtk_editable_get_text (GTK_EDITABLE (row))))
        return complain (self, row, _ ("A header is a name, a colon and a value"));
    }

  order->headers = g_strv_builder_end (builder);
  return TRUE;
}

static gboolean
fill_digest (BobbinAddOptions *self, BobbinAddOrder *order)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->digest_row));

  if (*text == '\0' || bobbin_add_plan_get_n_links (order->plan) != 1)
    return TRUE;

  order->digest = bobbin_digest_parse (text);
  if (order->digest != NULL)
    return TRUE;
  return complain (self, self->digest_row, _ ("Not a checksum of SHA-256, SHA-512, SHA-1 or MD5"));
}

/**
 * bobbin_add_options_fill_order:
 * @self: the options
 * @order: an order
 *
 * Sets the headers and the checksum of @order. If there is something that
 * cannot be used, its row says so and takes the focus.
 *
 * Returns: whether all can be used
 */
gboolean
bobbin_add_options_fill_order (BobbinAddOptions *self, BobbinAddOrder *order)
{
  return fill_digest (self, order) && fill_headers (self, order);
}

/**
 * bobbin_add_options_sign_in:
 * @self: the options
 * @plan: what they are for
 * @credentials: where the sign-in goes
 *
 * Uses the user and the password for the site of all the links. They are kept
 * nowhere else.
 */
void
bobbin_add_options_sign_in (BobbinAddOptions *self, const BobbinAddPlan *plan, BobbinCredentials *credentials)
{
  const char *user = gtk_editable_get_text (GTK_EDITABLE (self->user_row));
  const char *password = gtk_editable_get_text (GTK_EDITABLE (self->password_row));
  g_autoptr (GUri) site = NULL;

  if (!bobbin_add_plan_has_one_site (plan) || (*user == '\0' && *password == '\0'))
    return;

  site = g_uri_parse (bobbin_link_get_uri (bobbin_add_plan_get_link (plan, 0)),
                      G_URI_FLAGS_HAS_PASSWORD | G_URI_FLAGS_ENCODED, NULL);
  if (site != NULL)
    bobbin_credentials_set (credentials, site, user, password);
}
