/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-link-private.h"

#include "bobbin-redirect.h"

#include <libsoup/soup.h>

static GUri *
parse (const BobbinLink *link)
{
  return g_uri_parse (bobbin_link_get_uri (link), SOUP_HTTP_URI_FLAGS, NULL);
}

/* What another origin may not know stays behind, as with a redirect. */
static void
copy_headers (BobbinLink *copy, const BobbinLink *self, GUri *from, GUri *to)
{
  const char *const *header = bobbin_link_get_headers (self);

  for (; header[0] != NULL; header += 2)
    {
      g_autofree char *value = bobbin_redirect_dup_header (from, to, header[0], header[1]);

      if (value != NULL)
        bobbin_link_add_header (copy, header[0], value, NULL);
    }
}

/* The same site knows the same people. */
static char *
dup_uri_with_user (const char *uri, GUri *from)
{
  g_autoptr (GUri) to = g_uri_parse (uri, SOUP_HTTP_URI_FLAGS | G_URI_FLAGS_PARSE_RELAXED, NULL);

  if (to == NULL || g_uri_get_host (to) == NULL || g_uri_get_userinfo (to) != NULL
      || g_uri_get_userinfo (from) == NULL || !bobbin_redirect_is_same_origin (from, to))
    return g_strdup (uri);
  return g_uri_join_with_user (SOUP_HTTP_URI_FLAGS, g_uri_get_scheme (to), g_uri_get_user (from),
                               g_uri_get_password (from), NULL, g_uri_get_host (to), g_uri_get_port (to),
                               g_uri_get_path (to), g_uri_get_query (to), NULL);
}

/**
 * bobbin_link_copy_to:
 * @self: a link
 * @uri: an absolute http or https URI, as a person pastes it
 * @error: return location for an error
 *
 * Makes a copy that leads to the same file at another address, with all that is
 * known of the file. Headers go along as with a redirect: to another origin
 * only those that cannot be a secret. User and password of @self go along to
 * the same origin, if @uri names none. Any thread.
 *
 * Sets what bobbin_link_new() does.
 *
 * Returns: (transfer full) (nullable): a link that nobody shares yet
 */
BobbinLink *
bobbin_link_copy_to (const BobbinLink *self, const char *uri, GError **error)
{
  g_autoptr (GUri) from = parse (self);
  g_autofree char *text = from != NULL ? dup_uri_with_user (uri, from) : g_strdup (uri);
  g_autoptr (BobbinLink) copy = bobbin_link_new (text, error);
  g_autoptr (GUri) to = copy != NULL ? parse (copy) : NULL;

  if (copy == NULL)
    return NULL;
  bobbin_link_set_name (copy, self->name);
  copy->folder = self->folder;
  if (self->extras == NULL)
    return g_steal_pointer (&copy);
  copy->extras = bobbin_link_extras_copy (self->extras);
  g_clear_pointer (&copy->extras->headers, g_strfreev);
  if (from != NULL && to != NULL)
    copy_headers (copy, self, from, to);
  return g_steal_pointer (&copy);
}
