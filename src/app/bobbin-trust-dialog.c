/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-trust-dialog.h"

#include "bobbin-error.h"
#include "bobbin-redirect.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#define RESPONSE_CANCEL "cancel"
#define RESPONSE_TRUST "trust"

typedef struct
{
  BobbinQueue *queue;
  char *place; /* host and port */
} Question;

static void
question_free (gpointer data, GClosure *closure)
{
  Question *self = data;

  g_object_unref (self->queue);
  g_free (self->place);
  g_free (self);
}

/**
 * bobbin_trust_is_wanted:
 * @download: a download
 *
 * Returns: whether it failed because of its server's certificate
 */
gboolean
bobbin_trust_is_wanted (BobbinDownload *download)
{
  return g_error_matches (bobbin_download_get_error (download), BOBBIN_ERROR, BOBBIN_ERROR_BAD_CERTIFICATE);
}

/* After a redirect, or for a mirror, it is not the link's own server.
 * Returns: (transfer full) (nullable): "host:port", as the engine has it */
static char *
dup_place (BobbinDownload *download)
{
  const char *origin = bobbin_error_get_origin (bobbin_download_get_error (download));
  g_autoptr (GUri) uri = origin != NULL ? g_uri_parse (origin, G_URI_FLAGS_SCHEME_NORMALIZE, NULL) : NULL;

  return uri != NULL ? bobbin_redirect_dup_authority (uri) : NULL;
}

static void
trust (const char *place)
{
  g_autoptr (GSettings) settings = g_settings_new (BOBBIN_APPLICATION_ID);
  g_auto (GStrv) trusted = g_settings_get_strv (settings, "trusted-hosts");
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) more = NULL;

  if (g_strv_contains ((const char *const *) trusted, place))
    return;
  g_strv_builder_addv (builder, (const char **) trusted);
  g_strv_builder_add (builder, place);
  more = g_strv_builder_end (builder);
  g_settings_set_strv (settings, "trusted-hosts", (const char *const *) more);
}

static void
retry_all (const Question *self)
{
  GListModel *model = G_LIST_MODEL (self->queue);

  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (BobbinDownload) download = g_list_model_get_item (model, i);
      g_autofree char *place = NULL;

      if (!bobbin_trust_is_wanted (download))
        continue;
      place = dup_place (download);
      if (g_strcmp0 (place, self->place) == 0)
        bobbin_queue_retry (self->queue, download);
    }
}

static void
response_cb (AdwMessageDialog *dialog, const char *response, Question *self)
{
  if (!g_str_equal (response, RESPONSE_TRUST))
    return;
  trust (self->place);
  retry_all (self);
}

/**
 * bobbin_trust_dialog_present:
 * @parent: the window that asks
 * @queue: whose downloads are tried again
 * @download: one that failed because of its server's certificate
 *
 * Asks whether any certificate of this one server is to be taken from now on.
 * Main thread.
 */
void
bobbin_trust_dialog_present (GtkWindow *parent, BobbinQueue *queue, BobbinDownload *download)
{
  g_autofree char *place = dup_place (download);
  Question *question;
  GtkWidget *dialog;

  if (place == NULL)
    return;
  dialog = adw_message_dialog_new (parent, _ ("Trust This Server?"), NULL);
  adw_message_dialog_format_body (
      ADW_MESSAGE_DIALOG (dialog),
      /* Translators: %s is a host and its port */
      _ ("The certificate of %s is not valid. Somebody on the way could pretend to be this server, and read "
         "or "
         "change what you download. Bobbin will take any certificate of this server, and of no other."),
      place);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), RESPONSE_CANCEL, _ ("_Cancel"),
                                    RESPONSE_TRUST, _ ("_Trust"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), RESPONSE_TRUST,
                                              ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), RESPONSE_CANCEL);
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), RESPONSE_CANCEL);
  question = g_new0 (Question, 1);
  question->queue = g_object_ref (queue);
  question->place = g_steal_pointer (&place);
  g_signal_connect_data (dialog, "response", G_CALLBACK (response_cb), question, question_free, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}
