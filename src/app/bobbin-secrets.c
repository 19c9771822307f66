/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-secrets.h"

#include <glib/gi18n.h>
#include <libsecret/secret.h>

#define ORIGIN "origin"
#define USER "user"

static const SecretSchema schema = {
  BOBBIN_APPLICATION_ID ".SignIn",
  SECRET_SCHEMA_NONE,
  { { ORIGIN, SECRET_SCHEMA_ATTRIBUTE_STRING }, { USER, SECRET_SCHEMA_ATTRIBUTE_STRING }, { NULL, 0 } },
};

typedef struct
{
  char *origin;
  char *user;
  char *password;
} SignIn;

static void
sign_in_free (gpointer data)
{
  SignIn *self = data;

  g_free (self->origin);
  g_free (self->user);
  secret_password_free (self->password);
  g_free (self);
}

/**
 * bobbin_secrets_are_available:
 *
 * Returns: whether this Bobbin can remember sign-ins
 */
gboolean
bobbin_secrets_are_available (void)
{
  return TRUE;
}

static void
retrieved_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GHashTable) attributes = secret_retrievable_get_attributes (SECRET_RETRIEVABLE (object));
  g_autoptr (GError) error = NULL;
  g_autoptr (SecretValue) value
      = secret_retrievable_retrieve_secret_finish (SECRET_RETRIEVABLE (object), result, &error);
  const char *user = g_hash_table_lookup (attributes, USER);
  const char *text = value != NULL ? secret_value_get_text (value) : NULL;
  SignIn *found;

  if (user == NULL || text == NULL)
    {
      g_task_return_pointer (task, NULL, NULL);
      return;
    }
  found = g_new0 (SignIn, 1);
  found->user = g_strdup (user);
  found->password = g_strdup (text);
  g_task_return_pointer (task, found, sign_in_free);
}

static void
found_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  GList *items = secret_password_search_finish (result, &error);

  if (error != NULL)
    g_message ("The keyring was not asked: %s", error->message);
  if (items != NULL)
    secret_retrievable_retrieve_secret (items->data, g_task_get_cancellable (task), retrieved_cb,
                                        g_object_ref (task));
  else
    g_task_return_pointer (task, NULL, NULL);
  g_list_free_full (items, g_object_unref);
}

/**
 * bobbin_secrets_lookup_async:
 * @origin: scheme, host and port of a site or of a proxy
 * @cancellable: (nullable): ends the search
 * @callback: called in the main loop
 * @user_data: for @callback
 *
 * Looks for a sign-in that was remembered. The keyring may ask the person to
 * unlock it.
 */
void
bobbin_secrets_lookup_async (const char *origin,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, bobbin_secrets_lookup_async);
  secret_password_search (&schema, SECRET_SEARCH_UNLOCK, cancellable, found_cb, task, ORIGIN, origin, NULL);
}

/**
 * bobbin_secrets_lookup_finish:
 * @result: what the callback got
 * @user: (out) (transfer full): the user's name
 * @password: (out) (transfer full): the password
 *
 * Returns: whether there is one
 */
gboolean
bobbin_secrets_lookup_finish (GAsyncResult *result, char **user, char **password)
{
  SignIn *found = g_task_propagate_pointer (G_TASK (result), NULL);

  *user = found != NULL ? g_steal_pointer (&found->user) : NULL;
  *password = found != NULL ? g_steal_pointer (&found->password) : NULL;
  if (found != NULL)
    sign_in_free (found);
  return *user != NULL;
}

static void
stored_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (secret_password_store_finish (result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/* What was remembered for another user of the same place is gone, or there was none. */
static void
cleared_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  const SignIn *new = g_task_get_task_data (task);
  g_autofree char *label = NULL;

  secret_password_clear_finish (result, NULL);
  /* Translators: how a sign-in is called in the keyring; %s is the address of a site */
  label = g_strdup_printf (_ ("Bobbin, %s"), new->origin);
  secret_password_store (&schema, SECRET_COLLECTION_DEFAULT, label, new->password,
                         g_task_get_cancellable (task), stored_cb, g_object_ref (task), ORIGIN, new->origin,
                         USER, new->user, NULL);
}

/**
 * bobbin_secrets_store_async:
 * @origin: scheme, host and port of a site or of a proxy
 * @user: the user's name
 * @password: the password
 * @cancellable: (nullable): ends it
 * @callback: called in the main loop
 * @user_data: for @callback
 *
 * Remembers a sign-in, in the place of what was remembered for @origin.
 */
void
bobbin_secrets_store_async (const char *origin,
                            const char *user,
                            const char *password,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  SignIn *new = g_new0 (SignIn, 1);

  new->origin = g_strdup (origin);
  new->user = g_strdup (user);
  new->password = g_strdup (password);
  g_task_set_source_tag (task, bobbin_secrets_store_async);
  g_task_set_task_data (task, new, sign_in_free);
  secret_password_clear (&schema, cancellable, cleared_cb, task, ORIGIN, origin, NULL);
}

/**
 * bobbin_secrets_store_finish:
 * @result: what the callback got
 * @error: return location for an error of the keyring
 *
 * Returns: whether the sign-in is remembered
 */
gboolean
bobbin_secrets_store_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
