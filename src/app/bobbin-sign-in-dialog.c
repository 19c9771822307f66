/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-sign-in-dialog.h"

#include "bobbin-secrets.h"

#include <glib/gi18n.h>

#define RESPONSE_CANCEL "cancel"

struct _BobbinSignInDialog
{
  AdwMessageDialog parent_instance;

  GtkWidget *user;
  GtkWidget *password;
  GtkWidget *remember; /* NULL where nothing can be remembered */
};

G_DEFINE_FINAL_TYPE (BobbinSignInDialog, bobbin_sign_in_dialog, ADW_TYPE_MESSAGE_DIALOG)

static void
user_changed_cb (BobbinSignInDialog *self)
{
  const char *user = gtk_editable_get_text (GTK_EDITABLE (self->user));

  adw_message_dialog_set_response_enabled (ADW_MESSAGE_DIALOG (self), BOBBIN_RESPONSE_SIGN_IN, *user != '\0');
}

static GtkWidget *
create_entry (GType type, const char *title)
{
  GtkWidget *row = g_object_new (type, "title", title, "activates-default", TRUE, NULL);

  adw_entry_row_set_enable_emoji_completion (ADW_ENTRY_ROW (row), FALSE);
  return row;
}

static GtkWidget *
create_remember_row (BobbinSignInDialog *self)
{
  GtkWidget *row = adw_action_row_new ();

  self->remember = gtk_check_button_new ();
  gtk_widget_set_valign (self->remember, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->remember), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Remember"), -1);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ ("Remember"));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), _ ("In the keyring of the desktop"));
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), self->remember);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), self->remember);
  return row;
}

static gboolean
nothing_cb (gpointer user_data)
{
  return G_SOURCE_REMOVE;
}

/* AdwPasswordEntryRow listens to its text without an end, and a key that closes
 * the dialog keeps the text alive for a moment: the row has to outlive it. */
static void
bobbin_sign_in_dialog_dispose (GObject *object)
{
  BobbinSignInDialog *self = BOBBIN_SIGN_IN_DIALOG (object);

  if (self->password != NULL)
    g_idle_add_full (G_PRIORITY_LOW, nothing_cb, g_object_ref (self->password), g_object_unref);
  self->password = NULL;
  G_OBJECT_CLASS (bobbin_sign_in_dialog_parent_class)->dispose (object);
}

static void
bobbin_sign_in_dialog_class_init (BobbinSignInDialogClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = bobbin_sign_in_dialog_dispose;
}

static void
bobbin_sign_in_dialog_init (BobbinSignInDialog *self)
{
  AdwMessageDialog *dialog = ADW_MESSAGE_DIALOG (self);
  GtkWidget *list = gtk_list_box_new ();

  self->user = create_entry (ADW_TYPE_ENTRY_ROW, _ ("User Name"));
  self->password = create_entry (ADW_TYPE_PASSWORD_ENTRY_ROW, _ ("Password"));
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_list_box_append (GTK_LIST_BOX (list), self->user);
  gtk_list_box_append (GTK_LIST_BOX (list), self->password);
  if (bobbin_secrets_are_available ())
    gtk_list_box_append (GTK_LIST_BOX (list), create_remember_row (self));
  g_signal_connect_object (self->user, "changed", G_CALLBACK (user_changed_cb), self, G_CONNECT_SWAPPED);

  adw_message_dialog_set_extra_child (dialog, list);
  adw_message_dialog_add_responses (dialog, RESPONSE_CANCEL, _ ("_Cancel"), BOBBIN_RESPONSE_SIGN_IN,
                                    _ ("_Sign In"), NULL);
  adw_message_dialog_set_response_appearance (dialog, BOBBIN_RESPONSE_SIGN_IN, ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (dialog, BOBBIN_RESPONSE_SIGN_IN);
  adw_message_dialog_set_close_response (dialog, RESPONSE_CANCEL);
  user_changed_cb (self);
}

/* What stands between this machine and a proxy, or itself, is its own affair. */
static gboolean
is_readable_on_the_way (const BobbinSignInAsk *ask, const char *host)
{
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (host);
  const gboolean is_local
      = g_str_equal (host, "localhost") || (address != NULL && g_inet_address_get_is_loopback (address));

  return !ask->is_proxy && g_str_has_prefix (ask->origin, "http:") && !is_local;
}

static const char *
get_body (const BobbinSignInAsk *ask, const char *host)
{
  if (ask->is_again)
    return _ ("This sign-in was not accepted");
  if (is_readable_on_the_way (ask, host))
    return _ ("The connection is not secure, others may read the password on its way");
  return ask->is_proxy ? _ ("Downloads go on through it once you have signed in")
                       : _ ("Its downloads go on once you have signed in");
}

/**
 * bobbin_sign_in_dialog_new:
 * @parent: the window that it belongs to
 * @ask: what to ask
 *
 * Returns: (transfer none): a dialog, not yet shown
 */
GtkWidget *
bobbin_sign_in_dialog_new (GtkWindow *parent, const BobbinSignInAsk *ask)
{
  BobbinSignInDialog *self = g_object_new (BOBBIN_TYPE_SIGN_IN_DIALOG, "transient-for", parent, NULL);
  g_autoptr (GUri) uri = g_uri_parse (ask->origin, G_URI_FLAGS_NONE, NULL);
  const char *host = uri != NULL && g_uri_get_host (uri) != NULL ? g_uri_get_host (uri) : ask->origin;
  /* Translators: %s is the name of a server */
  g_autofree char *heading
      = g_strdup_printf (ask->is_proxy ? _ ("Sign In to the Proxy %s") : _ ("Sign In to %s"), host);

  adw_message_dialog_set_heading (ADW_MESSAGE_DIALOG (self), heading);
  adw_message_dialog_set_body (ADW_MESSAGE_DIALOG (self), get_body (ask, host));
  gtk_widget_grab_focus (self->user);
  return GTK_WIDGET (self);
}

/**
 * bobbin_sign_in_dialog_get_user:
 * @self: a dialog
 *
 * Returns: (transfer none): the user's name
 */
const char *
bobbin_sign_in_dialog_get_user (BobbinSignInDialog *self)
{
  return gtk_editable_get_text (GTK_EDITABLE (self->user));
}

/**
 * bobbin_sign_in_dialog_get_password:
 * @self: a dialog
 *
 * Returns: (transfer none): the password
 */
const char *
bobbin_sign_in_dialog_get_password (BobbinSignInDialog *self)
{
  return gtk_editable_get_text (GTK_EDITABLE (self->password));
}

/**
 * bobbin_sign_in_dialog_remembers:
 * @self: a dialog
 *
 * Returns: whether the person wants the sign-in to be remembered
 */
gboolean
bobbin_sign_in_dialog_remembers (BobbinSignInDialog *self)
{
  return self->remember != NULL && gtk_check_button_get_active (GTK_CHECK_BUTTON (self->remember));
}
