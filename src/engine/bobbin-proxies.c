/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-proxies.h"

#include <libsoup/soup.h>

struct _BobbinProxies
{
  GObject parent_instance;

  char *own; /* address, NULL for the system's */
  BobbinCredentials *credentials;
  BobbinCredentials *given; /* with the addresses of proxies */
};

static void bobbin_proxies_init_resolver (GProxyResolverInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (BobbinProxies,
                               bobbin_proxies,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_PROXY_RESOLVER, bobbin_proxies_init_resolver))

static gboolean
lookup_user (BobbinProxies *self, GUri *proxy, char **user, char **password)
{
  return bobbin_credentials_lookup (self->given, proxy, user, password)
         || bobbin_credentials_lookup (self->credentials, proxy, user, password);
}

static char *
to_string (GUri *proxy, const char *scheme, const char *user, const char *password)
{
  return g_uri_join_with_user (G_URI_FLAGS_NONE, scheme, user, password, NULL, g_uri_get_host (proxy),
                               g_uri_get_port (proxy), "", NULL, NULL);
}

static gboolean
is_socks5 (const char *scheme)
{
  return g_str_equal (scheme, "socks5h") || g_str_equal (scheme, "socks");
}

/* libsoup 3.2 asks an HTTP proxy for itself instead of the site when its address
 * has a user, and has no other way to sign in at one than to be asked; GIO signs
 * in at all others, and only by their address. Its SOCKS5 lets the proxy look up
 * names, which others call "socks5h", and "socks" is that, too. */
static char *
adapt (BobbinProxies *self, const char *address)
{
  g_autoptr (GUri) proxy
      = g_uri_parse (address, G_URI_FLAGS_HAS_PASSWORD | G_URI_FLAGS_SCHEME_NORMALIZE, NULL);
  g_autofree char *user = NULL;
  g_autofree char *password = NULL;
  const char *scheme = proxy != NULL ? g_uri_get_scheme (proxy) : NULL;

  if (proxy == NULL || g_uri_get_host (proxy) == NULL || g_str_equal (scheme, "direct"))
    return g_strdup (address);
  if (g_uri_get_user (proxy) != NULL)
    bobbin_credentials_set (self->given, proxy, g_uri_get_user (proxy),
                            g_uri_get_password (proxy) != NULL ? g_uri_get_password (proxy) : "");
  if (g_str_equal (scheme, "http"))
    return to_string (proxy, scheme, NULL, NULL);
  lookup_user (self, proxy, &user, &password);
  return to_string (proxy, is_socks5 (scheme) ? "socks5" : scheme, user, password);
}

static char **
lookup_base (BobbinProxies *self, const char *uri, GCancellable *cancellable, GError **error)
{
  const char *const own[] = { self->own, NULL };

  if (self->own != NULL)
    return g_strdupv ((char **) own);
  return g_proxy_resolver_lookup (g_proxy_resolver_get_default (), uri, cancellable, error);
}

static char **
bobbin_proxies_lookup (GProxyResolver *resolver, const char *uri, GCancellable *cancellable, GError **error)
{
  BobbinProxies *self = BOBBIN_PROXIES (resolver);
  char **proxies = lookup_base (self, uri, cancellable, error);

  for (char **proxy = proxies; proxy != NULL && *proxy != NULL; proxy++)
    {
      char *adapted = adapt (self, *proxy);

      g_free (*proxy);
      *proxy = adapted;
    }
  return proxies;
}

static gboolean
bobbin_proxies_is_supported (GProxyResolver *resolver)
{
  return TRUE;
}

/* Workers wait for their answers, so nobody looks up in the background. */
static void
bobbin_proxies_init_resolver (GProxyResolverInterface *iface)
{
  iface->is_supported = bobbin_proxies_is_supported;
  iface->lookup = bobbin_proxies_lookup;
}

static void
bobbin_proxies_finalize (GObject *object)
{
  BobbinProxies *self = BOBBIN_PROXIES (object);

  g_free (self->own);
  bobbin_credentials_unref (self->credentials);
  bobbin_credentials_unref (self->given);
  G_OBJECT_CLASS (bobbin_proxies_parent_class)->finalize (object);
}

static void
bobbin_proxies_class_init (BobbinProxiesClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = bobbin_proxies_finalize;
}

static void
bobbin_proxies_init (BobbinProxies *self)
{
  self->given = bobbin_credentials_new ();
}

/**
 * bobbin_proxies_new:
 * @settings: settings whose proxy is the system's or one of their own
 *
 * Worker.
 *
 * Returns: (transfer full): a resolver
 */
BobbinProxies *
bobbin_proxies_new (BobbinSettings *settings)
{
  BobbinProxies *self = g_object_new (BOBBIN_TYPE_PROXIES, NULL);

  self->own = g_strdup (settings->proxy);
  self->credentials = bobbin_credentials_ref (settings->credentials);
  return self;
}

/**
 * bobbin_proxies_lookup_user:
 * @self: a resolver
 * @authority: host and port of an HTTP proxy that it has found, with a colon in
 *   between
 * @user: (out) (transfer full): the user's name
 * @password: (out) (transfer full): the password
 *
 * Looks for what the proxy's address had, then for what was given for its
 * origin. Worker.
 *
 * Returns: whether there are any
 */
gboolean
bobbin_proxies_lookup_user (BobbinProxies *self, const char *authority, char **user, char **password)
{
  g_autofree char *address = g_strconcat ("http://", authority, NULL);
  g_autoptr (GUri) proxy = g_uri_parse (address, SOUP_HTTP_URI_FLAGS, NULL);

  *user = NULL;
  *password = NULL;
  return proxy != NULL && lookup_user (self, proxy, user, password);
}
