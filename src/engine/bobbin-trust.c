/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-trust.h"

#include "bobbin-redirect.h"

static gboolean
is_trusted_host (const BobbinSettings *settings, GUri *uri)
{
  g_autofree char *host = NULL;

  if (settings->trusted_hosts == NULL)
    return FALSE;
  host = bobbin_redirect_dup_authority (uri);
  for (char **trusted = settings->trusted_hosts; *trusted != NULL; trusted++)
    if (g_ascii_strcasecmp (*trusted, host) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
is_signed (const char *ca_file, GUri *uri, GTlsCertificate *certificate)
{
  g_autoptr (GTlsDatabase) database = g_tls_file_database_new (ca_file, NULL);
  g_autoptr (GSocketConnectable) identity
      = g_network_address_new (g_uri_get_host (uri), (guint16) g_uri_get_port (uri));
  g_autoptr (GError) error = NULL;

  if (database == NULL)
    return FALSE;
  return g_tls_database_verify_chain (database, certificate, G_TLS_DATABASE_PURPOSE_AUTHENTICATE_SERVER,
                                      identity, NULL, G_TLS_DATABASE_VERIFY_NONE, NULL, &error)
             == 0
         && error == NULL;
}

/**
 * bobbin_trust_certificate:
 * @settings: how
 * @uri: what is asked for over TLS
 * @certificate: what the server showed, which the system does not trust
 *
 * Decides by the person's own exceptions: a file of further authorities, whose
 * certificates have to be right in everything else, or a host whose
 * certificates are taken unseen. Any thread.
 *
 * Returns: whether the connection may go on
 */
gboolean
bobbin_trust_certificate (const BobbinSettings *settings, GUri *uri, GTlsCertificate *certificate)
{
  return is_trusted_host (settings, uri)
         || (settings->ca_file != NULL && is_signed (settings->ca_file, uri, certificate));
}
