/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-engine.h"

#include <libsoup/soup.h>

/**
 * bobbin_engine_init:
 *
 * Prepares libsoup and GIO for use on worker threads. First thing in main(),
 * before any thread is started; programs launched later have to be rid of
 * SOUP_FORCE_HTTP1.
 */
void
bobbin_engine_init (void)
{
  /* One file a connection at a time is what a download manager wants, and
   * libsoup 3.2 has no other switch for it. */
  g_setenv ("SOUP_FORCE_HTTP1", "1", TRUE);

  /* Types and defaults that would otherwise be made by whichever worker comes
   * first. */
  g_type_ensure (SOUP_TYPE_SESSION);
  g_proxy_resolver_get_default ();
  g_object_unref (g_resolver_get_default ());
}

/**
 * bobbin_engine_prepare_tls:
 *
 * Prepares GIO for TLS on worker threads, which takes as long as all the rest of
 * the start, so that it is left until there is something to ask over TLS. Does
 * nothing when called again. Main thread.
 */
void
bobbin_engine_prepare_tls (void)
{
  g_tls_backend_get_default ();
}
