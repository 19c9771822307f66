/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-http.h"

#include "bobbin-journey.h"

/* An idle connection is kept so long for the next request, in seconds. */
#define IDLE_TIMEOUT 30

/* libsoup's timers have their turn no more often, in microseconds. */
#define TURN_INTERVAL G_USEC_PER_SEC

struct _BobbinHttp
{
  GMainContext *context;
  SoupSession *session;
  BobbinProxies *proxies;   /* NULL for none */
  BobbinSettings *settings; /* that the session was made for, NULL before the first request */
  gint64 turned;            /* when libsoup's timers last had their turn, monotonic microseconds */
};

/**
 * bobbin_http_new:
 *
 * Makes the HTTP side of a worker. Any thread, but later one at a time, each
 * use between bobbin_http_enter() and bobbin_http_leave().
 *
 * Returns: (transfer full): the HTTP side
 */
BobbinHttp *
bobbin_http_new (void)
{
  BobbinHttp *self = g_new0 (BobbinHttp, 1);

  self->context = g_main_context_new ();
  return self;
}

static void
drop_session (BobbinHttp *self)
{
  g_clear_object (&self->session);
  g_clear_object (&self->proxies);
  g_clear_pointer (&self->settings, bobbin_settings_unref);
}

/**
 * bobbin_http_free:
 * @self: (transfer full): an HTTP side that no thread uses
 *
 * Closes its connections. Any thread.
 */
void
bobbin_http_free (BobbinHttp *self)
{
  /* The session's sources live in the context: it has to go first, and they
   * with it. */
  g_main_context_push_thread_default (self->context);
  drop_session (self);
  while (g_main_context_iteration (self->context, FALSE))
    ;
  g_main_context_pop_thread_default (self->context);
  g_main_context_unref (self->context);
  g_free (self);
}

/**
 * bobbin_http_enter:
 * @self: an HTTP side that no thread uses
 *
 * Makes @self the calling worker's own until bobbin_http_leave(), and lets
 * libsoup's timers that are due run there.
 */
void
bobbin_http_enter (BobbinHttp *self)
{
  gint64 now = g_get_monotonic_time ();

  g_main_context_push_thread_default (self->context);
  if (now - self->turned < TURN_INTERVAL)
    return;
  self->turned = now;
  while (g_main_context_iteration (self->context, FALSE))
    ;
}

/**
 * bobbin_http_leave:
 * @self: the HTTP side that the calling thread has entered
 */
void
bobbin_http_leave (BobbinHttp *self)
{
  g_main_context_pop_thread_default (self->context);
}

static gboolean
equal_lists (char **a, char **b)
{
  return a == NULL || b == NULL ? a == b : g_strv_equal ((const char *const *) a, (const char *const *) b);
}

/* Whether connections made for @a are good for @b. */
static gboolean
can_share_connections (const BobbinSettings *a, const BobbinSettings *b)
{
  return a->timeout == b->timeout && g_strcmp0 (a->proxy, b->proxy) == 0 && a->credentials == b->credentials
         && g_strcmp0 (a->ca_file, b->ca_file) == 0 && equal_lists (a->trusted_hosts, b->trusted_hosts);
}

static void
make_session (BobbinHttp *self, BobbinSettings *settings)
{
  gboolean use_proxy = settings->proxy == NULL || *settings->proxy != '\0';

  self->settings = bobbin_settings_ref (settings);
  /* Without a cookie jar and HSTS, which libsoup does not have unless asked:
   * what a server tells one download, no other tells on. */
  self->session
      = soup_session_new_with_options ("idle-timeout", IDLE_TIMEOUT, "timeout", settings->timeout, NULL);
  /* It decodes without limit and cuts damaged gzip silently: what is saved is
   * what the server has. */
  soup_session_remove_feature_by_type (self->session, SOUP_TYPE_CONTENT_DECODER);
  /* Each feature is asked about each message. */
  soup_session_remove_feature_by_type (self->session, SOUP_TYPE_WEBSOCKET_EXTENSION_MANAGER);
  if (use_proxy)
    self->proxies = bobbin_proxies_new (settings);
  soup_session_set_proxy_resolver (self->session, G_PROXY_RESOLVER (self->proxies));
}

/* The session is kept as long as the settings allow its connections. */
static void
use_settings (BobbinHttp *self, BobbinSettings *settings)
{
  if (self->settings != NULL
      && (self->settings == settings || can_share_connections (self->settings, settings)))
    return;
  drop_session (self);
  make_session (self, settings);
}

/**
 * bobbin_http_get:
 * @self: the HTTP side that the calling worker has entered
 * @request: what to ask for
 * @cancellable: (nullable): ends the call within a moment when cancelled; an
 *   answer that libsoup would keep in memory, however long, cancels it, too
 * @error: return location for an error
 *
 * Sends a GET, follows redirects to http and https, and checks the answer: it
 * is the whole file (then @first is 0), or, for a request for a part, either
 * just that part of the same file or the whole file. It signs in at sites and
 * proxies with what the link and the settings know. Earlier answers must have
 * been freed: other settings may close their connections.
 *
 * Sets %BOBBIN_ERROR_HTTP_STATUS with what the server said besides the status,
 * %BOBBIN_ERROR_BAD_CERTIFICATE with whose it is, %BOBBIN_ERROR_NO_CONTENT,
 * %BOBBIN_ERROR_BAD_ANSWER, %BOBBIN_ERROR_RANGE_REFUSED,
 * %BOBBIN_ERROR_BAD_REDIRECT, %BOBBIN_ERROR_INSECURE_REDIRECT,
 * %BOBBIN_ERROR_TOO_MANY_REDIRECTS, and %G_IO_ERROR, %G_RESOLVER_ERROR and
 * %G_TLS_ERROR codes.
 *
 * Returns: (transfer full) (nullable): the answer, its body unread
 */
BobbinAnswer *
bobbin_http_get (BobbinHttp *self, const BobbinRequest *request, GCancellable *cancellable, GError **error)
{
  use_settings (self, request->settings);
  return bobbin_journey_run (self->session, self->proxies, request, cancellable, error);
}
