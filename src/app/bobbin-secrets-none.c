/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-secrets.h"

/* For a build without libsecret: nothing is remembered. */

gboolean
bobbin_secrets_are_available (void)
{
  return FALSE;
}

void
bobbin_secrets_lookup_async (const char *origin,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_return_boolean (task, FALSE);
}

gboolean
bobbin_secrets_lookup_finish (GAsyncResult *result, char **user, char **password)
{
  *user = NULL;
  *password = NULL;
  return g_task_propagate_boolean (G_TASK (result), NULL);
}

void
bobbin_secrets_store_async (const char *origin,
                            const char *user,
                            const char *password,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED, "Built without libsecret");
}

gboolean
bobbin_secrets_store_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
