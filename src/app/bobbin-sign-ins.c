/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-sign-ins.h"

#include "bobbin-secrets.h"
#include "bobbin-sign-in-dialog.h"
#include "bobbin-sign-in-origin.h"

#include <glib/gi18n.h>

struct _BobbinSignIns
{
  BobbinWindow *window; /* borrowed: it has this */
  BobbinQueue *queue;
  GCancellable *cancellable;
  GHashTable *places;    /* origin → owned Place */
  GQueue waiting;        /* of borrowed Place, to be asked for one after another */
  GtkWidget *dialog;     /* borrowed; NULL while none is open */
  gboolean is_resolving; /* the proxy of a download is looked up */
};

/* A site or a proxy. */
typedef struct
{
  BobbinSignIns *owner;
  char *origin;
  gboolean is_proxy;
  gboolean was_looked_up; /* in the keyring */
  gboolean is_busy;       /* something is under way for it */
  gboolean is_answered;   /* a sign-in was tried */
  gboolean is_declined;   /* the person does not want to be asked */
  gboolean is_due;        /* it was wanted while the person was not there */
  GtkWindow *parent;      /* of the dialog; borrowed */
} Place;

static void
place_free (gpointer data)
{
  Place *self = data;

  g_free (self->origin);
  g_free (self);
}

static Place *
ensure_place (BobbinSignIns *self, const char *origin, gboolean is_proxy)
{
  Place *place = g_hash_table_lookup (self->places, origin);

  if (place != NULL)
    return place;
  place = g_new0 (Place, 1);
  place->owner = self;
  place->origin = g_strdup (origin);
  place->is_proxy = is_proxy;
  place->parent = GTK_WINDOW (self->window);
  g_hash_table_insert (self->places, place->origin, place);
  return place;
}

static gboolean
is_for (const Place *place, BobbinDownload *download)
{
  g_autofree char *origin = NULL;

  if (!bobbin_sign_in_is_wanted (download) || place->is_proxy != bobbin_sign_in_is_for_proxy (download))
    return FALSE;
  origin = bobbin_sign_in_dup_origin (download);
  return origin != NULL ? g_str_equal (origin, place->origin) : place->is_proxy;
}

/* Returns: (element-type BobbinDownload): what waits for a sign-in there */
static GPtrArray *
find_downloads (const Place *place)
{
  GListModel *model = G_LIST_MODEL (place->owner->queue);
  GPtrArray *found = g_ptr_array_new_with_free_func (g_object_unref);
  guint n_failed = bobbin_queue_get_counts (place->owner->queue)->failed;

  for (guint i = 0; n_failed > 0 && i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (BobbinDownload) download = g_list_model_get_item (model, i);

      n_failed -= bobbin_download_get_state (download) == BOBBIN_STATE_FAILED;
      if (is_for (place, download))
        g_ptr_array_add (found, g_steal_pointer (&download));
    }
  return found;
}

static void
use (Place *place, const char *user, const char *password)
{
  g_autoptr (GPtrArray) downloads = find_downloads (place);
  g_autoptr (GUri) uri = g_uri_parse (place->origin, G_URI_FLAGS_NONE, NULL);
  BobbinQueue *queue = place->owner->queue;

  bobbin_credentials_set (bobbin_queue_get_settings (queue)->credentials, uri, user, password);
  for (guint i = 0; i < downloads->len; i++)
    bobbin_queue_retry (queue, g_ptr_array_index (downloads, i));
}

static void
remembered_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BobbinWindow) window = user_data;
  g_autoptr (GError) error = NULL;

  if (bobbin_secrets_store_finish (result, &error))
    return;
  g_message ("The sign-in was not remembered: %s", error->message);
  if (gtk_widget_get_realized (GTK_WIDGET (window)))
    bobbin_window_tell (window, _ ("The sign-in could not be remembered"));
}

static void show_next (BobbinSignIns *self);

static void
response_cb (BobbinSignInDialog *dialog, const char *response, Place *place)
{
  BobbinSignIns *self = place->owner;
  const char *user = bobbin_sign_in_dialog_get_user (dialog);
  const char *password = bobbin_sign_in_dialog_get_password (dialog);

  self->dialog = NULL;
  place->is_busy = FALSE;
  place->is_declined = !g_str_equal (response, BOBBIN_RESPONSE_SIGN_IN);
  if (!place->is_declined)
    {
      place->is_answered = TRUE;
      if (bobbin_sign_in_dialog_remembers (dialog))
        bobbin_secrets_store_async (place->origin, user, password, NULL, remembered_cb,
                                    g_object_ref (self->window));
      use (place, user, password);
    }
  show_next (self);
}

static void
show (Place *place)
{
  BobbinSignIns *self = place->owner;
  const BobbinSignInAsk ask = { place->origin, place->is_proxy, place->is_answered };

  self->dialog = bobbin_sign_in_dialog_new (place->parent, &ask);
  place->parent = GTK_WINDOW (self->window);
  g_signal_connect (self->dialog, "response", G_CALLBACK (response_cb), place);
  gtk_window_present (GTK_WINDOW (self->dialog));
}

static void
show_next (BobbinSignIns *self)
{
  if (self->dialog == NULL && !g_queue_is_empty (&self->waiting))
    show (g_queue_pop_head (&self->waiting));
}

static void
ask_person (Place *place)
{
  g_queue_push_tail (&place->owner->waiting, place);
  show_next (place->owner);
}

static void
looked_up_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GCancellable) cancellable = g_object_ref (g_task_get_cancellable (G_TASK (result)));
  g_autofree char *user = NULL;
  g_autofree char *password = NULL;
  const gboolean is_there = bobbin_secrets_lookup_finish (result, &user, &password);
  Place *place = user_data;

  if (g_cancellable_is_cancelled (cancellable)) /* the place is gone */
    return;
  if (!is_there)
    {
      ask_person (place);
      return;
    }
  place->is_busy = FALSE;
  place->is_answered = TRUE;
  use (place, user, password);
}

/* The keyring once, then the person. */
static void
ask (Place *place)
{
  if (place->is_busy)
    return;
  place->is_busy = TRUE;
  if (place->was_looked_up)
    {
      ask_person (place);
      return;
    }
  place->was_looked_up = TRUE;
  bobbin_secrets_lookup_async (place->origin, place->owner->cancellable, looked_up_cb, place);
}

typedef struct
{
  BobbinSignIns *self;
  gboolean is_wanted;
} Resolving;

/* By itself only when the person is there, and not again after a no. */
static void
consider (BobbinSignIns *self, const char *origin, gboolean is_proxy, gboolean is_wanted)
{
  Place *place = ensure_place (self, origin, is_proxy);

  if (place->is_declined && !is_wanted)
    return;
  place->is_due = !is_wanted && !gtk_window_is_active (GTK_WINDOW (self->window));
  if (!place->is_due)
    ask (place);
}

/* The person is back, or has just closed another window of ours. */
static void
active_cb (BobbinSignIns *self)
{
  GHashTableIter iter;
  Place *place;

  if (!gtk_window_is_active (GTK_WINDOW (self->window)))
    return;
  g_hash_table_iter_init (&iter, self->places);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *) &place))
    {
      g_autoptr (GPtrArray) downloads = place->is_due ? find_downloads (place) : NULL;

      place->is_due = FALSE;
      if (downloads != NULL && downloads->len > 0)
        ask (place);
    }
}

static void
resolved_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autofree Resolving *resolving = user_data;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) proxies = g_proxy_resolver_lookup_finish (G_PROXY_RESOLVER (object), result, &error);
  g_autofree char *origin
      = proxies != NULL && proxies[0] != NULL ? bobbin_sign_in_origin_of (proxies[0]) : NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)) /* all of it is gone */
    return;
  resolving->self->is_resolving = FALSE;
  if (origin != NULL)
    consider (resolving->self, origin, TRUE, resolving->is_wanted);
}

static void
consider_proxy (BobbinSignIns *self, BobbinDownload *download, gboolean is_wanted)
{
  const char *own = bobbin_queue_get_settings (self->queue)->proxy;
  g_autofree char *origin = own != NULL ? bobbin_sign_in_origin_of (own) : NULL;
  Resolving *resolving;

  if (origin != NULL)
    {
      consider (self, origin, TRUE, is_wanted);
      return;
    }
  if (self->is_resolving)
    return;
  self->is_resolving = TRUE;
  resolving = g_new0 (Resolving, 1);
  *resolving = (Resolving){ self, is_wanted };
  g_proxy_resolver_lookup_async (g_proxy_resolver_get_default (),
                                 bobbin_link_get_uri (bobbin_download_get_link (download)), self->cancellable,
                                 resolved_cb, resolving);
}

static void
consider_download (BobbinSignIns *self, BobbinDownload *download, gboolean is_wanted)
{
  g_autofree char *origin = NULL;

  if (!bobbin_sign_in_is_wanted (download))
    return;
  origin = bobbin_sign_in_dup_origin (download);
  if (origin != NULL)
    consider (self, origin, bobbin_sign_in_is_for_proxy (download), is_wanted);
  else
    consider_proxy (self, download, is_wanted);
}

static void
ended_cb (BobbinSignIns *self, BobbinDownload *download)
{
  consider_download (self, download, FALSE);
}

/**
 * bobbin_sign_ins_new:
 * @window: the window that has it
 * @queue: the downloads
 *
 * Returns: (transfer full): what asks for sign-ins from now on
 */
BobbinSignIns *
bobbin_sign_ins_new (BobbinWindow *window, BobbinQueue *queue)
{
  BobbinSignIns *self = g_new0 (BobbinSignIns, 1);

  self->window = window;
  self->queue = g_object_ref (queue);
  self->cancellable = g_cancellable_new ();
  self->places = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, place_free);
  g_signal_connect_swapped (queue, "ended", G_CALLBACK (ended_cb), self);
  g_signal_connect_swapped (window, "notify::is-active", G_CALLBACK (active_cb), self);
  return self;
}

/**
 * bobbin_sign_ins_free:
 * @self: (transfer full): what asks for sign-ins
 *
 * Stops asking.
 */
void
bobbin_sign_ins_free (BobbinSignIns *self)
{
  g_signal_handlers_disconnect_by_data (self->queue, self);
  g_signal_handlers_disconnect_by_data (self->window, self);
  g_cancellable_cancel (self->cancellable);
  if (self->dialog != NULL)
    {
      g_signal_handlers_disconnect_matched (self->dialog, G_SIGNAL_MATCH_FUNC, 0, 0, NULL, response_cb, NULL);
      gtk_window_destroy (GTK_WINDOW (self->dialog));
    }
  g_queue_clear (&self->waiting);
  g_hash_table_unref (self->places);
  g_object_unref (self->cancellable);
  g_object_unref (self->queue);
  g_free (self);
}

/**
 * bobbin_sign_ins_ask:
 * @self: what asks for sign-ins
 * @download: a download that wants one
 *
 * Asks because the person wants to sign in.
 */
void
bobbin_sign_ins_ask (BobbinSignIns *self, BobbinDownload *download)
{
  consider_download (self, download, TRUE);
}

/**
 * bobbin_sign_ins_ask_for_proxy:
 * @self: what asks for sign-ins
 * @parent: the window that the person is at
 * @address: the address of the proxy
 *
 * Asks for the sign-in of a proxy before it wants one.
 */
void
bobbin_sign_ins_ask_for_proxy (BobbinSignIns *self, GtkWindow *parent, const char *address)
{
  g_autofree char *origin = bobbin_sign_in_origin_of (address);
  Place *place;

  if (origin == NULL)
    return;
  place = ensure_place (self, origin, TRUE);
  place->parent = parent;
  place->was_looked_up = TRUE;
  ask (place);
}

/**
 * bobbin_sign_ins_take_from_address:
 * @self: what asks for sign-ins
 * @address: an address that a person has typed, perhaps with user and password
 *
 * Uses them as the sign-in there.
 */
void
bobbin_sign_ins_take_from_address (BobbinSignIns *self, const char *address)
{
  g_autoptr (GUri) uri = g_uri_parse (address, G_URI_FLAGS_HAS_PASSWORD, NULL);

  if (uri == NULL || g_uri_get_host (uri) == NULL || g_uri_get_user (uri) == NULL)
    return;
  bobbin_credentials_set (bobbin_queue_get_settings (self->queue)->credentials, uri, g_uri_get_user (uri),
                          g_uri_get_password (uri) != NULL ? g_uri_get_password (uri) : "");
}
