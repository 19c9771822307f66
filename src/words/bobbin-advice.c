/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-words.h"

#include <glib/gi18n.h>

/* What helps against an error, marked for translation. */
typedef struct
{
  int code;
  const char *advice;
} Advice;

static const Advice bobbin_advice[] = {
  { BOBBIN_ERROR_BAD_ANSWER, N_ ("retry later") },
  { BOBBIN_ERROR_TRUNCATED, N_ ("retry to go on from there") },
  { BOBBIN_ERROR_PART_LOST, N_ ("retry to begin anew") },
  { BOBBIN_ERROR_NO_FREE_NAME, N_ ("choose another folder") },
  { BOBBIN_ERROR_RANGE_REFUSED, N_ ("retry later") },
  { BOBBIN_ERROR_CHANGED, N_ ("retry when it is complete") },
  { BOBBIN_ERROR_TOO_SLOW, N_ ("retry later") },
  { BOBBIN_ERROR_CHECKSUM, N_ ("retry to fetch it anew") },
  { BOBBIN_ERROR_EXISTS, N_ ("move or rename the other file, then retry") },
  { BOBBIN_ERROR_INSECURE_REDIRECT, N_ ("your sign-in was not sent there") },
  { BOBBIN_ERROR_BAD_CERTIFICATE, N_ ("check the address, and this computer's clock") },
};

static const Advice io_advice[] = {
  { G_IO_ERROR_HOST_NOT_FOUND, N_ ("check the address") },
  { G_IO_ERROR_HOST_UNREACHABLE, N_ ("retry later") },
  { G_IO_ERROR_NETWORK_UNREACHABLE, N_ ("check the connection") },
  { G_IO_ERROR_CONNECTION_REFUSED, N_ ("retry later") },
  { G_IO_ERROR_TIMED_OUT, N_ ("retry later") },
  { G_IO_ERROR_CONNECTION_CLOSED, N_ ("retry to go on from there") },
  { G_IO_ERROR_PROXY_FAILED, N_ ("check the proxy in the preferences") },
  { G_IO_ERROR_PROXY_AUTH_FAILED, N_ ("sign in to the proxy to go on") },
  { G_IO_ERROR_PROXY_NEED_AUTH, N_ ("sign in to the proxy to go on") },
  { G_IO_ERROR_NO_SPACE, N_ ("make room, then retry") },
  { G_IO_ERROR_PERMISSION_DENIED, N_ ("choose another folder") },
  { G_IO_ERROR_READ_ONLY, N_ ("choose another folder") },
  { G_IO_ERROR_NOT_FOUND, N_ ("make the folder, then retry") },
};

static const Advice tls_advice[] = {
  { G_TLS_ERROR_BAD_CERTIFICATE, N_ ("check the address, and this computer's clock") },
};

static const char *
find_advice (const Advice *all, gsize n, int code)
{
  for (gsize i = 0; i < n; i++)
    if (all[i].code == code)
      return _ (all[i].advice);
  return NULL;
}

static char *
advice_for_status (const GError *error)
{
  const guint status = bobbin_error_get_status (error);
  const gint64 seconds = bobbin_error_get_retry_after (error);

  if (status == 401)
    return g_strdup (_ ("sign in to go on"));
  if (status == 407)
    return g_strdup (_ ("sign in to the proxy to go on"));
  if (seconds > 0)
    {
      g_autofree char *wait = bobbin_words_for_whole_seconds (seconds);

      /* Translators: a server is busy and asks us to wait, "asks to wait 20 min 0 s" */
      return g_strdup_printf (_ ("asks to wait %s"), wait);
    }
  if (status == 404 || status == 410)
    return g_strdup (_ ("check the address"));
  return status == 429 || status >= 500 ? g_strdup (_ ("retry later")) : NULL;
}

/**
 * bobbin_words_for_advice:
 * @error: why a download failed
 *
 * What the person can do about it: a fragment to follow that of
 * bobbin_words_for_error().
 *
 * Returns: (transfer full) (nullable): the advice, %NULL if there is none
 */
char *
bobbin_words_for_advice (const GError *error)
{
  if (g_error_matches (error, BOBBIN_ERROR, BOBBIN_ERROR_HTTP_STATUS))
    return advice_for_status (error);
  if (error->domain == BOBBIN_ERROR)
    return g_strdup (find_advice (bobbin_advice, G_N_ELEMENTS (bobbin_advice), error->code));
  if (error->domain == G_IO_ERROR)
    return g_strdup (find_advice (io_advice, G_N_ELEMENTS (io_advice), error->code));
  if (error->domain == G_RESOLVER_ERROR)
    return g_strdup (error->code == G_RESOLVER_ERROR_NOT_FOUND ? _ ("check the address")
                                                               : _ ("check the connection"));
  if (error->domain == G_TLS_ERROR)
    return g_strdup (find_advice (tls_advice, G_N_ELEMENTS (tls_advice), error->code));
  return NULL;
}

/**
 * bobbin_words_for_wait:
 * @wait: why a download does not move
 *
 * Returns: (nullable): the reason, for those that one fragment tells; places in
 *   line and retries have words of their own
 */
const char *
bobbin_words_for_wait (BobbinWait wait)
{
  switch (wait)
    {
    case BOBBIN_WAIT_HOST:
      /* Translators: why a download waits: its server has as many connections as it may have */
      return C_ ("reason", "host limit");
    case BOBBIN_WAIT_NETWORK:
      return C_ ("reason", "no network");
    case BOBBIN_WAIT_SPACE:
      return C_ ("reason", "disk full, goes on when there is room");
    case BOBBIN_WAIT_NONE:
    case BOBBIN_WAIT_IN_LINE:
    case BOBBIN_WAIT_RETRY:
    default:
      return NULL;
    }
}

/**
 * bobbin_words_for_unproven:
 *
 * Returns: what is to be said of a finished file of which nothing but the end of
 *   its connection told that it had come whole
 */
const char *
bobbin_words_for_unproven (void)
{
  /* Translators: of a file whose server did not tell how long it is, so that nobody knows if it is whole */
  return _ ("length unknown");
}

/**
 * bobbin_words_for_parts:
 * @n_parts: how many parts of a file are fetched at once
 *
 * Returns: (transfer full): "6 parts"
 */
char *
bobbin_words_for_parts (guint n_parts)
{
  return g_strdup_printf (ngettext ("%u part", "%u parts", n_parts), n_parts);
}
