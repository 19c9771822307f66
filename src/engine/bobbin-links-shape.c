/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-links-private.h"

#include "bobbin-curl-options.h"
#include "bobbin-plist.h"

#include <string.h>

/* How links come, told from the bytes, and only where these leave it open from
 * the name and the media type: names are given by whoever sends a file.
 */

/* How much of a file is looked at. Lists of aria2 may begin with many places
 * before the first option.
 */
#define LOOK_AT (64 * 1024)
#define LOOK_AT_LIST (1024 * 1024)
#define LOOK_AT_BYTES 4096

static const char *const html_elements[] = {
  "a",     "article", "audio", "b",       "base",  "blockquote", "body",     "br",     "center", "code",
  "div",   "dl",      "dt",    "em",      "font",  "form",       "frameset", "h1",     "h2",     "h3",
  "h4",    "head",    "hr",    "html",    "i",     "img",        "li",       "link",   "main",   "meta",
  "nav",   "ol",      "p",     "picture", "pre",   "script",     "section",  "source", "span",   "strong",
  "style", "table",   "tbody", "td",      "title", "tr",         "tt",       "u",      "ul",     "video",
};

static const struct
{
  const char *element;
  BobbinShape shape;
} xml_roots[] = {
  { "metalink", BOBBIN_SHAPE_METALINK }, { "plist", BOBBIN_SHAPE_WEBLOC }, { "rss", BOBBIN_SHAPE_FEED },
  { "feed", BOBBIN_SHAPE_FEED },         { "RDF", BOBBIN_SHAPE_FEED },
};

static const struct
{
  const char *section;
  BobbinShape shape;
} sections[] = {
  { "[InternetShortcut", BOBBIN_SHAPE_URL_FILE },
  { "[Desktop Entry]", BOBBIN_SHAPE_DESKTOP_FILE },
  { "[playlist]", BOBBIN_SHAPE_PLS },
};

/* Endings and media types, for what has no mark of its own. */
static const struct
{
  const char *ending;
  const char *media_type;
  BobbinShape shape;
} hints[] = {
  { ".html", "text/html", BOBBIN_SHAPE_HTML },
  { ".htm", "application/xhtml+xml", BOBBIN_SHAPE_HTML },
  { ".xhtml", NULL, BOBBIN_SHAPE_HTML },
  { ".m3u", "audio/x-mpegurl", BOBBIN_SHAPE_M3U },
  { ".m3u8", "application/vnd.apple.mpegurl", BOBBIN_SHAPE_M3U },
  { NULL, "audio/mpegurl", BOBBIN_SHAPE_M3U },
  { NULL, "application/x-mpegurl", BOBBIN_SHAPE_M3U },
  { ".uri", "text/x-uri", BOBBIN_SHAPE_URI_LIST },
  { NULL, "text/uri-list", BOBBIN_SHAPE_URI_LIST },
  { ".curlrc", NULL, BOBBIN_SHAPE_CURL_CONFIG },
};

static BobbinSpan
make_span (const char *text, gsize length, gsize max)
{
  return (BobbinSpan){ text, text + MIN (length, max) };
}

static gboolean
contains (BobbinSpan span, const char *text)
{
  return span.start != NULL
         && memmem (span.start, (gsize) (span.end - span.start), text, strlen (text)) != NULL;
}

/* A dictionary in the coding of BitTorrent. */
static gboolean
is_torrent (BobbinSpan text)
{
  return text.end - text.start > 4 && text.start[0] == 'd' && g_ascii_isdigit (text.start[1])
         && (contains (text, "4:info") || contains (text, "8:announce"));
}

static gboolean
is_text (BobbinSpan text)
{
  for (const char *p = text.start; p < text.end; p++)
    if ((guchar) *p < '\t')
      return FALSE;

  return TRUE;
}

/* The span behind the next @mark. */
static BobbinSpan
skip_past (BobbinSpan span, const char *mark)
{
  const char *found = memmem (span.start, (gsize) (span.end - span.start), mark, strlen (mark));

  return (BobbinSpan){ found != NULL ? found + strlen (mark) : span.end, span.end };
}

/* Declarations in brackets have angles of their own. */
static BobbinSpan
skip_doctype (BobbinSpan text)
{
  BobbinSpan after = skip_past (text, ">");
  const char *bracket = memchr (text.start, '[', (gsize) (after.start - text.start));

  if (bracket == NULL)
    return after;
  return skip_past (skip_past ((BobbinSpan){ bracket, text.end }, "]"), ">");
}

/* Everything that may stand before the first element. */
static BobbinSpan
skip_prolog (BobbinSpan text, gboolean *is_html)
{
  for (;;)
    {
      text = bobbin_span_strip (text);
      if (bobbin_span_has_prefix (text, "<?"))
        text = skip_past (text, "?>");
      else if (bobbin_span_has_prefix (text, "<!--"))
        text = skip_past (text, "-->");
      else if (bobbin_span_has_prefix (text, "<!doctype"))
        {
          *is_html = bobbin_span_has_prefix (text, "<!doctype html")
                     || bobbin_span_has_prefix (text, "<!doctype netscape");
          text = skip_doctype (text);
        }
      else
        return text;
    }
}

static gboolean
find_markup (BobbinSpan text, BobbinShape *shape)
{
  gboolean is_html = FALSE;
  BobbinSpan element = skip_prolog (text, &is_html);
  const char *end = element.start;
  g_autofree char *name = NULL;
  const char *local = NULL;

  *shape = BOBBIN_SHAPE_HTML;
  if (is_html)
    return TRUE;
  if (end == element.end || *end++ != '<')
    return FALSE;
  while (end < element.end && end - element.start < 32 && (g_ascii_isalnum (*end) || *end == ':'))
    end++;
  name = g_strndup (element.start + 1, (gsize) (end - element.start - 1));
  local = strchr (name, ':') != NULL ? strchr (name, ':') + 1 : name;

  for (guint i = 0; i < G_N_ELEMENTS (xml_roots); i++)
    if (strcmp (xml_roots[i].element, local) == 0)
      {
        *shape = xml_roots[i].shape;
        return TRUE;
      }
  for (guint i = 0; i < G_N_ELEMENTS (html_elements); i++)
    if (g_ascii_strcasecmp (html_elements[i], name) == 0)
      return TRUE;

  return FALSE;
}

/* The first line that says something. */
static BobbinSpan
find_first_line (BobbinSpan text)
{
  const char *p = text.start;

  while (p < text.end)
    {
      BobbinSpan line = bobbin_span_strip (bobbin_span_take_line (&p, text.end));

      if (line.start < line.end && strchr ("#;", *line.start) == NULL)
        return line;
    }

  return (BobbinSpan){ text.end, text.end };
}

/* Windows may write other sections before the one that counts. */
static gboolean
find_section (BobbinSpan text, BobbinShape *shape)
{
  const char *p = text.start;
  BobbinSpan first = find_first_line (text);

  if (first.start == first.end || *first.start != '[')
    return FALSE;
  while (p < text.end)
    {
      BobbinSpan line = bobbin_span_strip (bobbin_span_take_line (&p, text.end));

      for (guint i = 0; i < G_N_ELEMENTS (sections); i++)
        if (bobbin_span_has_prefix (line, sections[i].section))
          {
            *shape = sections[i].shape;
            return TRUE;
          }
    }

  return FALSE;
}

/* "curl …", "$ curl …", "C:\>curl.exe …" */
static gboolean
is_curl (BobbinSpan text)
{
  BobbinSpan line = find_first_line (text);
  const char *p = line.start;

  while (p < line.end && strchr ("$%> ", *p) != NULL)
    p++;
  line.start = p;
  if (bobbin_span_has_prefix (line, "curl.exe"))
    p += strlen ("curl.exe");
  else if (bobbin_span_has_prefix (line, "curl"))
    p += strlen ("curl");

  return p > line.start && p < line.end && (*p == ' ' || *p == '\t');
}

/* The option at the start of a line, %NULL if there is none. */
static char *
dup_option (BobbinSpan line, const char **rest)
{
  const char *p = line.start;

  while (p < line.end && *p == '-')
    p++;
  line.start = p;
  while (p < line.end && (g_ascii_isalnum (*p) || *p == '-'))
    p++;
  *rest = p;
  if (p == line.start || p - line.start > 32 || (p < line.end && strchr (" \t=:", *p) == NULL))
    return NULL;

  return g_strndup (line.start, (gsize) (p - line.start));
}

/* A link as an option, and another sign that this is no prose. */
static gboolean
is_curl_config (BobbinSpan text)
{
  const char *p = find_first_line (text).start;
  gboolean has_link = FALSE;
  gboolean has_sign = FALSE;

  while (p < text.end)
    {
      BobbinSpan line = bobbin_span_strip (bobbin_span_take_line (&p, text.end));
      const char *rest = NULL;
      const char *name = NULL;
      g_autofree char *option = dup_option (line, &rest);

      if (line.start == line.end || *line.start == '#')
        continue;
      if (option == NULL)
        return FALSE;
      while (rest < line.end && strchr (" \t=:", *rest) != NULL)
        rest++;
      if (strcmp (option, "url") == 0)
        {
          has_link = TRUE;
          has_sign = has_sign || (rest < line.end && *rest == '"') || *line.start == '-';
        }
      else if (*line.start == '-' || bobbin_curl_option_find (option, &name) != BOBBIN_CURL_SILENT)
        has_sign = TRUE;
      else if (name == option && rest < line.end) /* a switch has no value */
        return FALSE;
    }

  return has_link && has_sign;
}

static gboolean
is_link_line (BobbinSpan line)
{
  return bobbin_span_has_prefix (line, "http://") || bobbin_span_has_prefix (line, "https://")
         || bobbin_span_has_prefix (line, "ftp://") || bobbin_span_has_prefix (line, "magnet:");
}

/* "  out=name" below a link */
static gboolean
is_option_line (BobbinSpan line)
{
  BobbinSpan bare = bobbin_span_strip (line);
  const char *p = bare.start;

  if (line.start == bare.start)
    return FALSE;
  while (p < bare.end && (g_ascii_islower (*p) || *p == '-' || g_ascii_isdigit (*p)))
    p++;

  return p > bare.start && p < bare.end && *p == '=';
}

/* From the last slash on, empty if nothing follows it. */
static BobbinSpan
get_leaf (BobbinSpan link)
{
  const char *slash = memrchr (link.start, '/', (gsize) (link.end - link.start));

  return (BobbinSpan){ slash != NULL ? slash + 1 : link.end, link.end };
}

/* Places of one file have its name at their end. */
static gboolean
are_mirrors (BobbinSpan line)
{
  const char *tab = memchr (line.start, '\t', (gsize) (line.end - line.start));
  BobbinSpan first = { line.start, tab };
  BobbinSpan second = { tab != NULL ? tab + 1 : NULL, line.end };
  gsize length = 0;

  if (tab == NULL || !is_link_line (second))
    return FALSE;
  tab = memchr (second.start, '\t', (gsize) (second.end - second.start));
  second.end = tab != NULL ? tab : second.end;
  first = get_leaf (first);
  second = get_leaf (second);
  length = (gsize) (first.end - first.start);

  return length > 0 && length == (gsize) (second.end - second.start)
         && memcmp (first.start, second.start, length) == 0;
}

static gboolean
is_aria2 (BobbinSpan text)
{
  const char *p = text.start;
  gboolean after_link = FALSE;

  while (p < text.end)
    {
      BobbinSpan line = bobbin_span_take_line (&p, text.end);

      if (line.start == line.end || *line.start == '#')
        continue;
      if (after_link && is_option_line (line))
        return TRUE;
      after_link = is_link_line (line);
      if (after_link && are_mirrors (line))
        return TRUE;
    }

  return FALSE;
}

static gboolean
find_hint (const BobbinLinksOptions *options, BobbinShape *shape)
{
  const char *type = options->media_type != NULL ? options->media_type : "";
  gsize type_length = strcspn (type, "; ");

  for (guint i = 0; i < G_N_ELEMENTS (hints); i++)
    {
      const char *ending = hints[i].ending;
      const char *name = options->file_name;
      const char *media_type = hints[i].media_type;

      if ((media_type != NULL && strlen (media_type) == type_length
           && g_ascii_strncasecmp (media_type, type, type_length) == 0)
          || (ending != NULL && name != NULL && strlen (name) >= strlen (ending)
              && g_ascii_strcasecmp (name + strlen (name) - strlen (ending), ending) == 0))
        {
          *shape = hints[i].shape;
          return TRUE;
        }
    }

  return FALSE;
}

/* Tells how links come in @bytes, which are UTF-8 or some older encoding. */
BobbinShape
bobbin_links_guess_shape (const char *bytes, gsize length, const BobbinLinksOptions *options)
{
  BobbinSpan text = make_span (bytes, length, LOOK_AT);
  BobbinShape shape = BOBBIN_SHAPE_TEXT;

  if (bobbin_plist_is_binary (bytes, length))
    return BOBBIN_SHAPE_WEBLOC;
  if (is_torrent (text))
    return BOBBIN_SHAPE_TORRENT;
  if (find_markup (text, &shape) || find_section (text, &shape))
    return shape;
  if (bobbin_span_has_prefix (bobbin_span_strip (text), "#EXTM3U"))
    return BOBBIN_SHAPE_M3U;
  if (find_hint (options, &shape))
    return shape;
  if (!is_text (make_span (bytes, length, LOOK_AT_BYTES)))
    return BOBBIN_SHAPE_OTHER;
  if (is_curl (text))
    return BOBBIN_SHAPE_CURL;
  if (is_curl_config (text))
    return BOBBIN_SHAPE_CURL_CONFIG;
  if (is_aria2 (make_span (bytes, length, LOOK_AT_LIST)))
    return BOBBIN_SHAPE_ARIA2;

  return BOBBIN_SHAPE_TEXT;
}
