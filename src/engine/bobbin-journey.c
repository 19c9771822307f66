/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-journey.h"

#include "bobbin-error.h"
#include "bobbin-hop.h"
#include "bobbin-redirect.h"
#include "bobbin-sign-in.h"

/* How often a nonce may be too old on one hop: once for the one kept by the
 * server, once for bad luck. */
#define MAX_STALE 2

/* What is shown to a site or a proxy on one hop. */
typedef struct
{
  char *value; /* of the header, NULL before it was asked for */
  guint nth;   /* of the users that are known, who is shown */
  guint n_stale;
} Pass;

/* One request on its way through redirects and doors. */
typedef struct
{
  const BobbinRequest *request;
  SoupSession *session;
  BobbinProxies *proxies;
  GCancellable *cancellable;
  GUri *origin; /* the link's own address */
  gboolean downgraded;
  guint n_redirects;
  gint64 asked;        /* when the first request began, monotonic microseconds */
  gint64 sent;         /* when the last request began */
  BobbinPhases phases; /* of the last request */

  /* of the hop */
  GUri *uri;
  Pass site;
  Pass proxy;
} Journey;

static void
pass_clear (Pass *self)
{
  g_free (self->value);
  *self = (Pass){ NULL };
}

static void
journey_clear (Journey *self)
{
  g_clear_pointer (&self->origin, g_uri_unref);
  g_clear_pointer (&self->uri, g_uri_unref);
  pass_clear (&self->site);
  pass_clear (&self->proxy);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Journey, journey_clear)

static gboolean
has_own_user (const Journey *self)
{
  return g_uri_get_user (self->origin) != NULL && bobbin_redirect_is_same_origin (self->origin, self->uri);
}

/* Who signs in at the site: first whom the link names, but at its own origin
 * only, then whom the person has named for this one. */
static gboolean
lookup_site_user (const Journey *self, guint nth, char **user, char **password)
{
  if (has_own_user (self) && nth-- == 0)
    {
      *user = g_strdup (g_uri_get_user (self->origin));
      *password
          = g_strdup (g_uri_get_password (self->origin) != NULL ? g_uri_get_password (self->origin) : "");
      return TRUE;
    }
  return nth == 0
         && bobbin_credentials_lookup (self->request->settings->credentials, self->uri, user, password);
}

static gboolean
lookup_proxy_user (const Journey *self, SoupMessage *message, guint nth, char **user, char **password)
{
  g_autofree char *proxy = bobbin_hop_dup_proxy (message);

  return nth == 0 && proxy != NULL && bobbin_proxies_lookup_user (self->proxies, proxy, user, password);
}

static char *
dup_site_target (const Journey *self)
{
  const char *query = g_uri_get_query (self->uri);

  return g_strconcat (g_uri_get_path (self->uri), query != NULL ? "?" : NULL, query, NULL);
}

/* Another challenge means that the last answer was wrong, unless it says that it
 * was only late. Returns: whether there is something else to show */
static gboolean
may_answer (Pass *pass, const char *challenges)
{
  if (pass->value == NULL)
    return TRUE;
  if (bobbin_sign_in_is_stale (challenges))
    return ++pass->n_stale <= MAX_STALE;
  pass->nth++;
  return TRUE;
}

static const char *
get_challenges (SoupMessage *message, const char *name)
{
  return soup_message_headers_get_list (soup_message_get_response_headers (message), name);
}

static gboolean
sign_in_at_site (Journey *self, SoupMessage *message)
{
  const char *challenges = get_challenges (message, "WWW-Authenticate");
  g_autofree char *target = dup_site_target (self);
  g_autofree char *user = NULL;
  g_autofree char *password = NULL;

  if (!may_answer (&self->site, challenges) || !lookup_site_user (self, self->site.nth, &user, &password))
    return FALSE;
  g_free (self->site.value);
  self->site.value = bobbin_sign_in_answer (challenges, target, user, password);
  return self->site.value != NULL;
}

static gboolean
sign_in_at_proxy (Journey *self, SoupMessage *message)
{
  const char *challenges = get_challenges (message, "Proxy-Authenticate");
  g_autofree char *target = g_uri_to_string (self->uri);
  g_autofree char *user = NULL;
  g_autofree char *password = NULL;

  if (!may_answer (&self->proxy, challenges)
      || !lookup_proxy_user (self, message, self->proxy.nth, &user, &password))
    return FALSE;
  g_free (self->proxy.value);
  self->proxy.value = bobbin_sign_in_answer (challenges, target, user, password);
  return self->proxy.value != NULL;
}

/* Returns: whether another try with what the person gave is worth it */
static gboolean
sign_in (Journey *self, SoupMessage *message)
{
  guint status = soup_message_get_status (message);

  return (status == 401 && sign_in_at_site (self, message))
         || (status == 407 && sign_in_at_proxy (self, message));
}

static BobbinBody *
send_once (Journey *self, SoupMessage **message, GError **error)
{
  BobbinHop hop = {
    .session = self->session,
    .proxies = self->proxies,
    .request = self->request,
    .origin = self->origin,
    .uri = self->uri,
    .authorization = self->site.value,
    .proxy_authorization = self->proxy.value,
  };

  self->sent = g_get_monotonic_time ();
  if (self->asked == 0)
    self->asked = self->sent;
  return bobbin_hop_send (&hop, self->cancellable, message, &self->phases, error);
}

/* Returns: (transfer full): the body of what there is at the place of the hop,
 *   with its message in @message */
static BobbinBody *
send_and_sign_in (Journey *self, SoupMessage **message, GError **error)
{
  for (;;)
    {
      BobbinBody *body = send_once (self, message, error);

      if (body == NULL || !sign_in (self, *message))
        return body;
      bobbin_body_drain (body, self->cancellable);
      bobbin_body_free (body);
      g_clear_object (message);
    }
}

/* Whether the place of the hop was told, or could have asked for, what nobody on
 * the way may know. */
static gboolean
holds_secrets (const Journey *self)
{
  return self->site.value != NULL || has_own_user (self)
         || (bobbin_redirect_is_same_origin (self->origin, self->uri)
             && bobbin_redirect_has_secrets (bobbin_link_get_headers (self->request->link)));
}

/* Goes on to where @message leads. */
static gboolean
follow (Journey *self, SoupMessage *message, GError **error)
{
  SoupMessageHeaders *headers = soup_message_get_response_headers (message);
  GUri *next = bobbin_redirect_resolve (self->uri, soup_message_headers_get_one (headers, "Location"), error);
  gboolean downgrade = next != NULL && bobbin_redirect_is_downgrade (self->uri, next);

  if (downgrade && holds_secrets (self))
    {
      g_set_error (error, BOBBIN_ERROR, BOBBIN_ERROR_INSECURE_REDIRECT, "A redirect from https to http");
      g_clear_pointer (&next, g_uri_unref);
    }
  if (next == NULL)
    return FALSE;
  self->downgraded |= downgrade;
  self->n_redirects++;
  pass_clear (&self->site);
  pass_clear (&self->proxy);
  g_uri_unref (self->uri);
  self->uri = next;
  return TRUE;
}

/* Notes the way that led to an answer; the time of all requests before
 * the last is that of redirects. */
static BobbinAnswer *
arrive (const Journey *self, BobbinAnswer *answer)
{
  if (answer == NULL)
    return NULL;
  answer->downgraded = self->downgraded;
  answer->n_redirects = self->n_redirects;
  answer->phases = self->phases;
  if (self->sent > self->asked)
    answer->phases.redirects = self->sent - self->asked;
  return answer;
}

/* Returns: (transfer full): the first answer that is no redirect */
static BobbinAnswer *
travel (Journey *self, GError **error)
{
  for (guint hop = 0; hop <= BOBBIN_HTTP_MAX_HOPS; hop++)
    {
      g_autoptr (SoupMessage) message = NULL;
      g_autoptr (BobbinBody) body = send_and_sign_in (self, &message, error);

      if (body == NULL)
        return NULL;
      if (!bobbin_redirect_is_one (soup_message_get_status (message)))
        return arrive (self, bobbin_answer_new (message, g_steal_pointer (&body), self->request, error));
      bobbin_body_drain (body, self->cancellable);
      if (!follow (self, message, error))
        return NULL;
    }
  g_set_error (error, BOBBIN_ERROR, BOBBIN_ERROR_TOO_MANY_REDIRECTS, "More than %d redirects",
               BOBBIN_HTTP_MAX_HOPS);
  return NULL;
}

/**
 * bobbin_journey_run:
 * @session: the worker's own
 * @proxies: (nullable): the session's resolver, %NULL if it has none
 * @request: what to ask for
 * @cancellable: (nullable): ends the call within a moment when cancelled
 * @error: return location for an error
 *
 * Asks, signs in and follows redirects as bobbin_http_get() describes. Worker.
 *
 * Sets what bobbin_http_get() does.
 *
 * Returns: (transfer full) (nullable): the answer, its body unread
 */
BobbinAnswer *
bobbin_journey_run (SoupSession *session,
                    BobbinProxies *proxies,
                    const BobbinRequest *request,
                    GCancellable *cancellable,
                    GError **error)
{
  g_auto (Journey) self = {
    .request = request,
    .session = session,
    .proxies = proxies,
    .cancellable = cancellable,
  };

  self.origin = g_uri_parse (bobbin_link_get_uri (request->link), SOUP_HTTP_URI_FLAGS, error);
  if (self.origin == NULL)
    return NULL;
  if (request->uri != NULL)
    self.uri = g_uri_parse (request->uri, SOUP_HTTP_URI_FLAGS, error);
  else
    self.uri = bobbin_redirect_dup_plain (self.origin);
  if (self.uri == NULL)
    return NULL;
  return travel (&self, error);
}
