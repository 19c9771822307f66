/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-demo-pictures.h"
#include "bobbin-demo-reply.h"

#include <libsoup/soup.h>
#include <string.h>

#define LONGEST_WAIT G_TIME_SPAN_MINUTE
#define LONGEST_STREAM ((guint64) 1 << 40)
#define MOST_REDIRECTS 100

/* A part of the tree of paths: @rest is what follows its prefix. Returns: %NULL if there is no such thing. */
typedef BobbinDemoReply *(*Route) (const char *rest, const char *query);

static BobbinDemoReply *
reply_new (guint status, const char *media_type)
{
  BobbinDemoReply *self = g_new0 (BobbinDemoReply, 1);

  self->status = status;
  self->media_type = g_strdup (media_type);
  self->cut = -1;

  return self;
}

/**
 * bobbin_demo_reply_new_text:
 * @status: HTTP status
 * @text: UTF-8
 *
 * Returns: (transfer full): a short text, sent at once
 */
BobbinDemoReply *
bobbin_demo_reply_new_text (guint status, const char *text)
{
  BobbinDemoReply *self = reply_new (status, "text/plain; charset=utf-8");

  self->size = (goffset) strlen (text);
  self->bytes = g_bytes_new (text, strlen (text));

  return self;
}

/**
 * bobbin_demo_reply_free:
 * @self: (transfer full): a reply
 */
void
bobbin_demo_reply_free (BobbinDemoReply *self)
{
  g_free (self->media_type);
  g_free (self->file_name);
  g_free (self->location);
  g_free (self->etag);
  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_free (self);
}

/* Reads decimal digits with at most one point: no sign, no exponent, no "inf". */
static gboolean
parse_seconds (const char *text, gint64 *microseconds)
{
  gsize whole = strspn (text, "0123456789");
  gsize fraction = text[whole] == '.' ? strspn (text + whole + 1, "0123456789") + 1 : 0;
  double seconds;

  if (whole == 0 || fraction == 1 || text[whole + fraction] != '\0')
    return FALSE;

  seconds = MIN (g_ascii_strtod (text, NULL), (double) LONGEST_WAIT / G_TIME_SPAN_SECOND);
  *microseconds = (gint64) (seconds * G_TIME_SPAN_SECOND + 0.5);

  return TRUE;
}

static gboolean
parse_number (const char *text, guint64 least, guint64 most, gint64 *number)
{
  guint64 value;

  if (!g_ascii_string_to_unsigned (text, 10, least, most, &value, NULL))
    return FALSE;

  *number = (gint64) value;

  return TRUE;
}

static gboolean
parse_status (const char *text, guint *status)
{
  gint64 number;

  if (!parse_number (text, 200, 599, &number))
    return FALSE;

  *status = (guint) number;

  return TRUE;
}

/* What goes into a header field as it is. */
static gboolean
parse_text (const char *text, char **field)
{
  for (const char *c = text; *c != '\0'; c++)
    if (g_ascii_iscntrl (*c))
      return FALSE;

  g_free (*field);
  *field = g_strdup (text);

  return *text != '\0';
}

static gboolean
apply_option (BobbinDemoReply *self, const char *name, const char *value)
{
  if (g_str_equal (name, "delay"))
    return parse_seconds (value, &self->delay);
  if (g_str_equal (name, "rate"))
    return parse_number (value, 1, G_MAXINT64, &self->rate);
  if (g_str_equal (name, "cut"))
    return parse_number (value, 0, G_MAXINT64, &self->cut);
  if (g_str_equal (name, "name"))
    return parse_text (value, &self->file_name);
  if (g_str_equal (name, "type"))
    return parse_text (value, &self->media_type);
  if (g_str_equal (name, "status"))
    return parse_status (value, &self->status);
  if (g_str_equal (name, "fast"))
    self->delay = self->rate = 0;

  return TRUE;
}

/* One `name=value` of a query, or a bare name. */
static gboolean
apply_pair (BobbinDemoReply *self, const char *pair)
{
  const char *equals = strchrnul (pair, '=');
  g_autofree char *name = g_uri_unescape_segment (pair, equals, NULL);
  g_autofree char *value = g_uri_unescape_string (*equals == '=' ? equals + 1 : "", NULL);

  return name != NULL && value != NULL && apply_option (self, name, value);
}

/* Returns: (transfer full): @self with the options of @query, or what is wrong with them. An error keeps its
 * delay, but says its own short text. */
static BobbinDemoReply *
reply_with_query (BobbinDemoReply *self, const char *query)
{
  g_autoptr (BobbinDemoReply) reply = self;
  g_auto (GStrv) pairs = g_strsplit (query != NULL ? query : "", "&", -1);

  for (guint i = 0; pairs[i] != NULL; i++)
    if (!apply_pair (reply, pairs[i]))
      return bobbin_demo_reply_new_text (SOUP_STATUS_BAD_REQUEST, "Not understood: the query\n");

  if (reply->status != SOUP_STATUS_OK)
    {
      BobbinDemoReply *error
          = bobbin_demo_reply_new_text (reply->status, soup_status_get_phrase (reply->status));

      error->delay = reply->delay;
      return error;
    }

  return g_steal_pointer (&reply);
}

static BobbinDemoReply *
reply_sleep (const char *rest, const char *query)
{
  g_autofree char *text = g_strdup_printf ("Done sleeping %s second(s)", rest);
  BobbinDemoReply *self;
  gint64 delay;

  if (!parse_seconds (rest, &delay))
    return NULL;

  self = bobbin_demo_reply_new_text (SOUP_STATUS_OK, text);
  self->delay = delay;

  return self;
}

static BobbinDemoReply *
reply_bytes (const char *rest, const char *query)
{
  BobbinDemoReply *self;
  gint64 size;

  if (!parse_number (rest, 0, LONGEST_STREAM, &size))
    return NULL;

  self = reply_new (SOUP_STATUS_OK, "application/octet-stream");
  self->size = size;
  self->etag = g_strdup_printf ("\"bytes-%" G_GINT64_FORMAT "\"", size);

  return reply_with_query (self, query);
}

static BobbinDemoReply *
reply_picture (const char *rest, const char *query)
{
  const BobbinDemoPicture *picture = bobbin_demo_picture_find (rest);
  BobbinDemoReply *self;

  if (picture == NULL)
    return NULL;

  self = reply_new (SOUP_STATUS_OK, "image/jpeg");
  self->bytes = bobbin_demo_picture_load (picture);
  self->size = (goffset) g_bytes_get_size (self->bytes);
  self->etag = g_strdup_printf ("\"%s-%" G_GINT64_FORMAT "\"", picture->name, (gint64) self->size);
  self->delay = picture->delay * G_TIME_SPAN_MILLISECOND;
  self->rate = self->size * 1000 / picture->duration;

  return reply_with_query (self, query);
}

/* `N/PATH`: one redirect nearer to PATH, which is on this server: "//host" would lead away from it. */
static BobbinDemoReply *
reply_redirect (const char *rest, const char *query)
{
  const char *path = strchrnul (rest, '/');
  g_autofree char *number = g_strndup (rest, (gsize) (path - rest));
  const char *mark = query != NULL ? "?" : "";
  BobbinDemoReply *self;
  gint64 left;

  if (!parse_number (number, 1, MOST_REDIRECTS, &left) || *path == '\0' || path[1] == '/')
    return NULL;
  if (query == NULL)
    query = "";

  self = bobbin_demo_reply_new_text (SOUP_STATUS_FOUND, "Elsewhere\n");
  if (left == 1)
    self->location = g_strconcat (path, mark, query, NULL);
  else
    self->location = g_strdup_printf ("/redirect/%d%s%s%s", (int) left - 1, path, mark, query);

  return self;
}

static const struct
{
  const char *prefix;
  Route route;
} routes[] = {
  { "/bytes/", reply_bytes },
  { "/pictures/", reply_picture },
  { "/redirect/", reply_redirect },
  { "/sleep/", reply_sleep },
};

/**
 * bobbin_demo_reply_new:
 * @path: path of a request, as it was sent
 * @query: (nullable): its query, as it was sent
 *
 * Decides what the demo server answers:
 *
 * - `/sleep/SECONDS`: after that time (at most a minute) a text that says so
 * - `/bytes/N`: the first N bytes of bobbin_demo_bytes_fill(), N up to 2⁴⁰
 * - `/pictures/NAME`, with or without `.jpg`: a picture at its own pace
 * - `/redirect/N/PATH`: N redirects, then PATH
 *
 * Bytes and pictures take `delay=SECONDS` (at most a minute), `rate=BYTES`
 * (a second), `fast` (no delay, no rate), `cut=BYTES` (then the connection is
 * closed), `name=FILE`, `type=MEDIA/TYPE` and `status=CODE` (of an error).
 *
 * Any thread.
 *
 * Returns: (transfer full): the reply; status 404 or 400 for anything else
 */
BobbinDemoReply *
bobbin_demo_reply_new (const char *path, const char *query)
{
  BobbinDemoReply *self = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (routes) && self == NULL; i++)
    if (g_str_has_prefix (path, routes[i].prefix))
      self = routes[i].route (path + strlen (routes[i].prefix), query);

  return self != NULL ? self : bobbin_demo_reply_new_text (SOUP_STATUS_NOT_FOUND, "No such thing here\n");
}
