/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * BobbinCredentials:
 *
 * Users and passwords that the person gave, by origin (scheme, host and port)
 * or, as .netrc has them, by host. In memory only. Any thread.
 */
typedef struct _BobbinCredentials BobbinCredentials;

BobbinCredentials *bobbin_credentials_new (void) G_GNUC_WARN_UNUSED_RESULT;
BobbinCredentials *bobbin_credentials_ref (BobbinCredentials *self);
void bobbin_credentials_unref (BobbinCredentials *self);

void bobbin_credentials_set (BobbinCredentials *self, GUri *origin, const char *user, const char *password);
void bobbin_credentials_set_host (BobbinCredentials *self,
                                  const char *host,
                                  const char *user,
                                  const char *password);
gboolean bobbin_credentials_lookup (BobbinCredentials *self, GUri *origin, char **user, char **password);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BobbinCredentials, bobbin_credentials_unref)

G_END_DECLS
