/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-sign-in-origin.h"

#include "bobbin-error.h"

#define UNAUTHORIZED 401
#define PROXY_AUTHENTICATION_REQUIRED 407

static const GError *
get_failure (BobbinDownload *download)
{
  return bobbin_download_get_state (download) == BOBBIN_STATE_FAILED ? bobbin_download_get_error (download)
                                                                     : NULL;
}

/**
 * bobbin_sign_in_is_for_proxy:
 * @download: a download
 *
 * Returns: whether it failed because the proxy wants a sign-in
 */
gboolean
bobbin_sign_in_is_for_proxy (BobbinDownload *download)
{
  const GError *error = get_failure (download);

  return error != NULL
         && (bobbin_error_get_status (error) == PROXY_AUTHENTICATION_REQUIRED
             || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_PROXY_NEED_AUTH)
             || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_PROXY_AUTH_FAILED));
}

/**
 * bobbin_sign_in_is_wanted:
 * @download: a download
 *
 * Returns: whether it failed because the site or the proxy wants a sign-in
 */
gboolean
bobbin_sign_in_is_wanted (BobbinDownload *download)
{
  const GError *error = get_failure (download);

  return error != NULL
         && (bobbin_error_get_status (error) == UNAUTHORIZED || bobbin_sign_in_is_for_proxy (download));
}

/**
 * bobbin_sign_in_origin_of:
 * @address: an address of a site or of a proxy
 *
 * Returns: (transfer full) (nullable): its scheme, host and port alone
 */
char *
bobbin_sign_in_origin_of (const char *address)
{
  g_autoptr (GUri) uri = g_uri_parse (address, G_URI_FLAGS_HAS_PASSWORD | G_URI_FLAGS_SCHEME_NORMALIZE, NULL);

  if (uri == NULL || g_uri_get_host (uri) == NULL)
    return NULL;
  return g_uri_join (G_URI_FLAGS_NONE, g_uri_get_scheme (uri), NULL, g_uri_get_host (uri),
                     g_uri_get_port (uri), "", NULL, NULL);
}

/**
 * bobbin_sign_in_dup_origin:
 * @download: a download that wants a sign-in
 *
 * Tells who wants it, which after a redirect is not the link's own site.
 *
 * Returns: (transfer full) (nullable): the address of the site or the proxy,
 *   without user and path; %NULL if it is a proxy that is not known
 */
char *
bobbin_sign_in_dup_origin (BobbinDownload *download)
{
  const char *asking = bobbin_error_get_origin (bobbin_download_get_error (download));

  if (asking == NULL && bobbin_sign_in_is_for_proxy (download))
    return NULL;
  return bobbin_sign_in_origin_of (
      asking != NULL ? asking : bobbin_link_get_uri (bobbin_download_get_link (download)));
}
