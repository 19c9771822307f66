/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-link.h"

#include "bobbin-host.h"
#include "bobbin-link-private.h"
#include "bobbin-uri.h"

#include <string.h>

/* What the transfer itself must say, because it parses the answer: where the
 * request goes and ends (Host, Content-Length and the other framing and
 * connection fields, RFC 9112 sections 3.2, 6 and 9), which bytes are asked for
 * (Range and the conditions), and in what coding (what is saved is what the
 * server has, not what was packed for the way). Credentials for a proxy would
 * go to the server.
 */
static const char *const own_headers[] = {
  "Accept-Encoding",
  "Connection",
  "Content-Encoding",
  "Content-Length",
  "Content-Range",
  "Expect",
  "Host",
  "HTTP2-Settings",
  "If-Match",
  "If-Modified-Since",
  "If-None-Match",
  "If-Range",
  "If-Unmodified-Since",
  "Keep-Alive",
  "Proxy-Authorization",
  "Proxy-Connection",
  "Range",
  "TE",
  "Trailer",
  "Transfer-Encoding",
  "Upgrade",
};

static const char *const no_headers[] = { NULL };

static BobbinLink *
link_alloc (const char *uri)
{
  gsize size = strlen (uri) + 1;
  BobbinLink *self = g_malloc0 (sizeof (BobbinLink) + size);

  g_atomic_ref_count_init (&self->ref_count);
  memcpy (self->uri, uri, size);

  return self;
}

/**
 * bobbin_link_new:
 * @uri: an absolute http or https URI, as a person pastes it
 * @error: return location for an error
 *
 * Makes a link; bobbin_uri_canonicalize() says what is taken and in which form
 * it is kept. User name and password stay in. Any thread.
 *
 * Sets %BOBBIN_ERROR_UNSUPPORTED_SCHEME or %BOBBIN_ERROR_NOT_A_LINK.
 *
 * Returns: (transfer full) (nullable): a link that nobody shares yet
 */
BobbinLink *
bobbin_link_new (const char *uri, GError **error)
{
  g_autofree char *text = NULL;

  g_return_val_if_fail (uri != NULL, NULL);

  text = bobbin_uri_canonicalize (uri, error);

  return text != NULL ? link_alloc (text) : NULL;
}

/**
 * bobbin_link_copy:
 * @self: a link
 *
 * Makes a copy that nobody shares, so that it can be changed. Any thread.
 *
 * Returns: (transfer full): the copy
 */
BobbinLink *
bobbin_link_copy (const BobbinLink *self)
{
  BobbinLink *copy = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  copy = link_alloc (self->uri);
  copy->name = g_strdup (self->name);
  copy->folder = self->folder;
  copy->extras = self->extras != NULL ? bobbin_link_extras_copy (self->extras) : NULL;

  return copy;
}

/**
 * bobbin_link_ref:
 * @self: a link
 *
 * Shares the link; from here on it must not change. Any thread.
 *
 * Returns: (transfer full): @self
 */
BobbinLink *
bobbin_link_ref (BobbinLink *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

/**
 * bobbin_link_unref:
 * @self: (transfer full): a link
 *
 * Drops one reference, and frees the link with the last one. Any thread.
 */
void
bobbin_link_unref (BobbinLink *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_free (self->name);
  g_clear_pointer (&self->extras, bobbin_link_extras_free);
  g_free (self);
}

/**
 * bobbin_link_get_uri:
 * @self: a link
 *
 * The URI for the request: pure ASCII, absolute, without a fragment, possibly
 * with a user name and a password. Never show or log it: that is what
 * bobbin_link_dup_shown_uri() is for. Any thread.
 *
 * Returns: (transfer none): the URI
 */
const char *
bobbin_link_get_uri (const BobbinLink *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->uri;
}

/* The host with its port, after scheme and user; ends at the path. */
static const char *
find_host (const BobbinLink *self, gsize *length)
{
  const char *authority = strstr (self->uri, "://") + 3;
  gsize authority_length = strcspn (authority, "/");
  const char *at = memchr (authority, '@', authority_length);
  const char *host = at != NULL ? at + 1 : authority;

  *length = authority_length - (gsize) (host - authority);
  return host;
}

/**
 * bobbin_link_dup_host:
 * @self: a link
 *
 * The host as a person reads it, with the port if it is not the scheme's own,
 * never with user name or password. Any thread.
 *
 * Returns: (transfer full): such as `example.org:8080`
 */
char *
bobbin_link_dup_host (const BobbinLink *self)
{
  gsize length = 0;
  gsize name_length = 0;
  const char *host = NULL;
  const char *port = NULL;
  g_autofree char *name = NULL;
  g_autofree char *shown = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  host = find_host (self, &length);
  name_length = strcspn (host, host[0] == '[' ? "]" : ":/") + (host[0] == '[' ? 1 : 0);
  port = host + name_length;
  name = g_strndup (host, name_length);
  shown = bobbin_host_dup_shown (name);

  return g_strdup_printf ("%s%.*s", shown, (int) (host + length - port), port);
}

/**
 * bobbin_link_dup_shown_uri:
 * @self: a link
 *
 * The URI for lists, logs and messages: with the host as a person reads it and
 * without user name and password. Any thread.
 *
 * Returns: (transfer full): valid UTF-8
 */
char *
bobbin_link_dup_shown_uri (const BobbinLink *self)
{
  gsize length = 0;
  const char *host = NULL;
  g_autofree char *shown = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  host = find_host (self, &length);
  shown = bobbin_link_dup_host (self);

  return g_strconcat (g_str_has_prefix (self->uri, "https:") ? "https://" : "http://", shown, host + length,
                      NULL);
}

/**
 * bobbin_link_get_name:
 * @self: a link
 *
 * The file name that the person gave, as given; bobbin_file_name_for_answer()
 * makes a safe one of it. Any thread.
 *
 * Returns: (transfer none) (nullable): the name, or %NULL if none was given
 */
const char *
bobbin_link_get_name (const BobbinLink *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->name;
}

/**
 * bobbin_link_set_name:
 * @self: a link that nobody shares yet
 * @name: (nullable): a file name, from the person; %NULL or an empty one takes
 *   it back
 *
 * Names the file to be. A name that came from the network (in a list, say) is
 * not the person's: pass it through bobbin_file_name_sanitize() first.
 */
void
bobbin_link_set_name (BobbinLink *self, const char *name)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (g_atomic_ref_count_compare (&self->ref_count, 1));

  g_free (self->name);
  self->name = name != NULL && name[0] != '\0' ? g_strdup (name) : NULL;
}

/**
 * bobbin_link_get_folder:
 * @self: a link
 *
 * The folder to save into. Any thread.
 *
 * Returns: (transfer none) (nullable) (type filename): the folder's path, or
 *   %NULL for the default
 */
const char *
bobbin_link_get_folder (const BobbinLink *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->folder;
}

/**
 * bobbin_link_set_folder:
 * @self: a link that nobody shares yet
 * @folder: (nullable) (type filename): the path of a folder
 *
 * Sets the folder to save into.
 */
void
bobbin_link_set_folder (BobbinLink *self, const char *folder)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (g_atomic_ref_count_compare (&self->ref_count, 1));

  self->folder = folder != NULL && folder[0] != '\0' ? g_intern_string (folder) : NULL;
}

/**
 * bobbin_link_get_headers:
 * @self: a link
 *
 * The request headers that came with the link. Any thread.
 *
 * Returns: (transfer none) (array zero-terminated=1): name, value, name,
 *   value…, ended by %NULL; empty if there are none
 */
const char *const *
bobbin_link_get_headers (const BobbinLink *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  if (self->extras == NULL || self->extras->headers == NULL)
    return no_headers;
  return (const char *const *) self->extras->headers;
}

/* RFC 9110 section 5.6.2 */
static gboolean
is_token (const char *text)
{
  if (text[0] == '\0')
    return FALSE;
  for (const char *p = text; *p != '\0'; p++)
    if (!g_ascii_isalnum (*p) && strchr ("!#$%&'*+-.^_`|~", *p) == NULL)
      return FALSE;

  return TRUE;
}

/* RFC 9110 section 5.5: no control character but the tab. */
static gboolean
is_field_value (const char *text)
{
  for (const char *p = text; *p != '\0'; p++)
    if (g_ascii_iscntrl (*p) && *p != '\t')
      return FALSE;

  return TRUE;
}

static gboolean
is_own_header (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (own_headers); i++)
    if (g_ascii_strcasecmp (name, own_headers[i]) == 0)
      return TRUE;

  return FALSE;
}

/**
 * bobbin_link_add_header:
 * @self: a link that nobody shares yet
 * @name: the field's name
 * @value: its value; white space around it is left out
 * @error: return location for an error
 *
 * Adds a header to the request (RFC 9110 sections 5.5 and 5.6.2). Fields that
 * the transfer itself is in charge of are refused, as is whatever could end
 * the field and begin another.
 *
 * Sets %G_IO_ERROR_INVALID_ARGUMENT.
 *
 * Returns: %TRUE if the header was added
 */
gboolean
bobbin_link_add_header (BobbinLink *self, const char *name, const char *value, GError **error)
{
  BobbinLinkExtras *extras = NULL;
  gsize n = 0;

  g_return_val_if_fail (self != NULL && name != NULL && value != NULL, FALSE);
  g_return_val_if_fail (g_atomic_ref_count_compare (&self->ref_count, 1), FALSE);

  if (!is_token (name) || !is_field_value (value))
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, "This is no valid header");
      return FALSE;
    }
  if (is_own_header (name))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, "The header %s can't be set", name);
      return FALSE;
    }

  extras = bobbin_link_ensure_extras (self);
  n = extras->headers != NULL ? g_strv_length (extras->headers) : 0;
  extras->headers = g_renew (char *, extras->headers, n + 3);
  extras->headers[n] = g_strdup (name);
  extras->headers[n + 1] = g_strstrip (g_strdup (value));
  extras->headers[n + 2] = NULL;

  return TRUE;
}
