/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Sign-ins that the person wants to be remembered, in the keyring of the desktop and nowhere else. */

gboolean bobbin_secrets_are_available (void);

void bobbin_secrets_lookup_async (const char *origin,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
gboolean bobbin_secrets_lookup_finish (GAsyncResult *result, char **user, char **password);

void bobbin_secrets_store_async (const char *origin,
                                 const char *user,
                                 const char *password,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
gboolean bobbin_secrets_store_finish (GAsyncResult *result, GError **error);

G_END_DECLS
