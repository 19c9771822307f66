/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-curl.h"

#include "bobbin-curl-options.h"
#include "bobbin-encoding.h"
#include "bobbin-file-name.h"
#include "bobbin-links-private.h"
#include "bobbin-uri.h"

#include <string.h>

/* A longer name is none; it would be gone through for every link of a pattern. */
#define MAX_NAME 1024

/* What all the links of one command share. */
typedef struct
{
  GPtrArray *headers; /* "Name: value" */
  GString *cookies;
  GString *data; /* what comes behind the links with --get */
  char *user;    /* "user:password" */
  char *folder;
  gboolean is_get;
  gboolean has_body;
  gboolean no_glob;
  BobbinReason refusal;
  char *refused_for; /* the option's name */

  guint n_links;
  GPtrArray *outputs; /* names in the order of the links; NULL: the server's */
} Request;

typedef struct
{
  guint line;
  char *text;
  Request *request;
  guint index; /* among the links of the request */
} Target;

typedef struct
{
  guint line;
  BobbinReason reason;
  char *detail;
} Remark;

struct _BobbinCurl
{
  BobbinLinks *links;
  GPtrArray *requests; /* the last is being filled */
  GArray *targets;     /* Target, by line */
  GArray *remarks;     /* Remark, by line */
};

static void
request_free (gpointer data)
{
  Request *request = data;

  g_ptr_array_unref (request->headers);
  g_ptr_array_unref (request->outputs);
  g_string_free (request->cookies, TRUE);
  g_string_free (request->data, TRUE);
  g_free (request->user);
  g_free (request->folder);
  g_free (request->refused_for);
  g_free (request);
}

static void
target_clear (gpointer data)
{
  Target *target = data;

  g_free (target->text);
}

static void
remark_clear (gpointer data)
{
  Remark *remark = data;

  g_free (remark->detail);
}

BobbinCurl *
bobbin_curl_new (BobbinLinks *links)
{
  BobbinCurl *self = g_new0 (BobbinCurl, 1);

  self->links = links;
  self->requests = g_ptr_array_new_with_free_func (request_free);
  self->targets = g_array_new (FALSE, FALSE, sizeof (Target));
  g_array_set_clear_func (self->targets, target_clear);
  self->remarks = g_array_new (FALSE, FALSE, sizeof (Remark));
  g_array_set_clear_func (self->remarks, remark_clear);
  bobbin_curl_begin_command (self);

  return self;
}

void
bobbin_curl_free (BobbinCurl *self)
{
  g_array_unref (self->targets);
  g_array_unref (self->remarks);
  g_ptr_array_unref (self->requests);
  g_free (self);
}

static Request *
get_request (BobbinCurl *self)
{
  return g_ptr_array_index (self->requests, self->requests->len - 1);
}

/* Begins with new options, as curl does after --next. */
void
bobbin_curl_begin_command (BobbinCurl *self)
{
  Request *request = g_new0 (Request, 1);

  request->headers = g_ptr_array_new_with_free_func (g_free);
  request->outputs = g_ptr_array_new_with_free_func (g_free);
  request->cookies = g_string_new (NULL);
  request->data = g_string_new (NULL);
  g_ptr_array_add (self->requests, request);
}

/* Whether what follows the option belongs to it. */
gboolean
bobbin_curl_takes_value (const char *option)
{
  const char *name = NULL;

  return bobbin_curl_option_find (option, &name) >= BOBBIN_CURL_VALUE;
}

static void
remark (BobbinCurl *self, guint line, BobbinReason reason, const char *detail)
{
  Remark one = { line, reason, g_strdup (detail) };

  g_array_append_val (self->remarks, one);
}

static void
refuse (Request *request, BobbinReason reason, const char *name)
{
  if (request->refusal != BOBBIN_REASON_NONE)
    return;
  request->refusal = reason;
  request->refused_for = g_strdup (name);
}

static void
take_header (BobbinCurl *self, guint line, const char *text)
{
  if (text[0] == '@') /* a file of headers */
    remark (self, line, BOBBIN_REASON_OPTION, "header");
  else
    g_ptr_array_add (get_request (self)->headers, g_strdup (text));
}

static void
add_header (BobbinCurl *self, const char *name, const char *value)
{
  if (value[0] != '\0')
    g_ptr_array_add (get_request (self)->headers, g_strconcat (name, ": ", value, NULL));
}

/* Without "=" it is the name of a file. */
static void
take_cookie (BobbinCurl *self, guint line, const char *value)
{
  Request *request = get_request (self);

  if (strchr (value, '=') == NULL)
    remark (self, line, BOBBIN_REASON_OPTION, "cookie");
  else
    g_string_append_printf (request->cookies, "%s%s", request->cookies->len > 0 ? "; " : "", value);
}

/* --data-urlencode leaves alone what stands before the "=". */
static void
append_data (GString *data, const char *value, gboolean is_encoded)
{
  const char *equals = is_encoded ? strchr (value, '=') : NULL;
  const char *content = equals != NULL ? equals + 1 : value;
  g_autofree char *escaped = g_uri_escape_string (content, is_encoded ? NULL : "=&+%;,/:@!$'()*?~", FALSE);

  g_string_append (data, data->len > 0 ? "&" : "");
  if (equals != NULL && equals > value)
    g_string_append_len (data, value, content - value);
  g_string_append (data, escaped);
}

static void
take_data (BobbinCurl *self, const char *name, const char *value, gboolean is_encoded)
{
  Request *request = get_request (self);

  request->has_body = TRUE;
  if (value[0] == '@') /* what a file holds */
    refuse (request, BOBBIN_REASON_UPLOAD, name);
  else
    append_data (request->data, value, is_encoded);
}

static void
take_method (Request *request, const char *method)
{
  static const char *const sending[] = { "POST", "PUT", "PATCH", "DELETE" };

  if (g_ascii_strcasecmp (method, "GET") == 0)
    return;
  for (guint i = 0; i < G_N_ELEMENTS (sending); i++)
    if (g_ascii_strcasecmp (method, sending[i]) == 0)
      refuse (request, BOBBIN_REASON_UPLOAD, "request");
  refuse (request, BOBBIN_REASON_METHOD, "request");
}

static void
set_text (char **field, const char *value)
{
  g_free (*field);
  *field = g_strdup (value);
}

/* Takes an option, without its dashes, with its value or an empty text. */
void
bobbin_curl_take_option (BobbinCurl *self, guint line, const char *option, const char *value)
{
  Request *request = get_request (self);
  const char *name = NULL;
  g_autofree char *bearer = NULL;
  g_autofree char *referer = NULL;

  switch (bobbin_curl_option_find (option, &name))
    {
    case BOBBIN_CURL_SILENT:
    case BOBBIN_CURL_SILENT_VALUE:
      break;
    case BOBBIN_CURL_UNUSED:
    case BOBBIN_CURL_UNUSED_VALUE:
      remark (self, line, BOBBIN_REASON_OPTION, name);
      break;
    case BOBBIN_CURL_HEAD:
      refuse (request, BOBBIN_REASON_METHOD, name);
      break;
    case BOBBIN_CURL_GET:
      request->is_get = TRUE;
      break;
    case BOBBIN_CURL_NO_GLOB:
      request->no_glob = TRUE;
      break;
    case BOBBIN_CURL_NEXT:
      bobbin_curl_begin_command (self);
      break;
    case BOBBIN_CURL_REMOTE_NAME:
      g_ptr_array_add (request->outputs, NULL);
      break;
    case BOBBIN_CURL_URL:
      bobbin_curl_take_link (self, line, value);
      break;
    case BOBBIN_CURL_HEADER:
      take_header (self, line, value);
      break;
    case BOBBIN_CURL_COOKIE:
      take_cookie (self, line, value);
      break;
    case BOBBIN_CURL_USER:
      set_text (&request->user, value);
      break;
    case BOBBIN_CURL_BEARER:
      bearer = g_strconcat ("Bearer ", value, NULL);
      add_header (self, "Authorization", bearer);
      break;
    case BOBBIN_CURL_REFERER:
      referer = g_strndup (value, strcspn (value, ";"));
      add_header (self, "Referer", referer);
      break;
    case BOBBIN_CURL_AGENT:
      add_header (self, "User-Agent", value);
      break;
    case BOBBIN_CURL_OUTPUT:
      bobbin_curl_take_output (self, value);
      break;
    case BOBBIN_CURL_OUTPUT_DIR:
      set_text (&request->folder, value);
      break;
    case BOBBIN_CURL_REQUEST:
      take_method (request, value);
      break;
    case BOBBIN_CURL_DATA:
      take_data (self, name, value, FALSE);
      break;
    case BOBBIN_CURL_ENCODED_DATA:
      take_data (self, name, value, TRUE);
      break;
    case BOBBIN_CURL_UPLOAD:
      refuse (request, BOBBIN_REASON_UPLOAD, name);
      break;
    default:
      g_assert_not_reached ();
    }
}

/* Takes a link, with all that its command says before and after it. */
void
bobbin_curl_take_link (BobbinCurl *self, guint line, const char *text)
{
  Request *request = get_request (self);
  Target target = { .line = line, .request = request, .index = request->n_links++ };

  /* Too long: an empty one is no link either. */
  target.text = strlen (text) <= BOBBIN_URI_MAX ? bobbin_encoding_guess (text, strlen (text)) : g_strdup ("");
  g_array_append_val (self->targets, target);
}

/* Names the next link that has no name yet. */
void
bobbin_curl_take_output (BobbinCurl *self, const char *name)
{
  g_ptr_array_add (get_request (self)->outputs, g_strdup (name));
}

/* A command without a link is worth a word. */
void
bobbin_curl_end_command (BobbinCurl *self, guint line)
{
  if (get_request (self)->n_links == 0)
    remark (self, line, BOBBIN_REASON_NO_LINK, NULL);
}

/* Names that lead elsewhere leave only their last part. */
static void
set_output (const Target *target, BobbinLinks *links, BobbinLink *link, const char *output)
{
  const char *folder = target->request->folder;
  g_autofree char *path
      = folder != NULL && output[0] != '/' ? g_strconcat (folder, "/", output, NULL) : g_strdup (output);
  const char *leaf = output + strlen (output);
  g_autofree char *name = NULL;

  if (bobbin_links_set_path (link, path))
    return;
  while (leaf > output && leaf[-1] != '/' && leaf[-1] != '\\')
    leaf--;
  if (*leaf != '\0')
    {
      name = bobbin_file_name_sanitize (leaf);
      bobbin_link_set_name (link, name);
    }
  bobbin_links_add_reason (links, BOBBIN_REASON_LEAVES_FOLDER, path);
}

static const char *
get_output (const Target *target)
{
  const GPtrArray *outputs = target->request->outputs;
  const char *output = target->index < outputs->len ? g_ptr_array_index (outputs, target->index) : NULL;

  if (output == NULL || output[0] == '\0' || strlen (output) > MAX_NAME || strcmp (output, "-") == 0
      || strcmp (output, "/dev/null") == 0)
    return NULL;
  return output;
}

typedef struct
{
  BobbinLinks *links;
  const Target *target;
} Completion;

static void
complete (BobbinLink *link, const BobbinPattern *pattern, guint64 index, gpointer user_data)
{
  Completion *completion = user_data;
  const Request *request = completion->target->request;
  const char *output = get_output (completion->target);
  g_autofree char *name = output != NULL && pattern != NULL ? bobbin_pattern_dup_name (pattern, index, output)
                                                            : g_strdup (output);

  if (name != NULL)
    set_output (completion->target, completion->links, link, name);
  else if (request->folder != NULL && !bobbin_links_set_subfolder (link, request->folder))
    bobbin_links_add_reason (completion->links, BOBBIN_REASON_LEAVES_FOLDER, request->folder);
  for (guint i = 0; i < request->headers->len; i++)
    {
      const char *header = g_ptr_array_index (request->headers, i);
      g_autofree char *field = g_strndup (header, strcspn (header, ":;"));

      if (!bobbin_links_set_header (link, header))
        bobbin_links_add_reason (completion->links, BOBBIN_REASON_HEADER, field);
    }
  if (request->cookies->len > 0 && !bobbin_link_add_header (link, "Cookie", request->cookies->str, NULL))
    bobbin_links_add_reason (completion->links, BOBBIN_REASON_HEADER, "Cookie");
}

static char *
dup_userinfo (const char *user)
{
  gsize length = strcspn (user, ":");
  g_autofree char *name = g_strndup (user, length);
  g_autofree char *escaped = g_uri_escape_string (name, NULL, FALSE);
  g_autofree char *password
      = user[length] == ':' ? g_uri_escape_string (user + length + 1, NULL, FALSE) : NULL;

  return password != NULL ? g_strconcat (escaped, ":", password, "@", NULL)
                          : g_strconcat (escaped, "@", NULL);
}

/* The link with the user and the data that the command adds to it. */
static char *
dup_whole (const Target *target)
{
  const Request *request = target->request;
  const char *text = target->text;
  const char *colon = strstr (text, "://");
  const char *scheme
      = colon == NULL ? bobbin_span_guess_scheme ((BobbinSpan){ text, text + strlen (text) }) : NULL;
  GString *whole = g_string_new (scheme);
  gsize authority = 0;

  g_string_append (whole, text);
  colon = strstr (whole->str, "://");
  if (colon != NULL && request->user != NULL && memchr (colon + 3, '@', strcspn (colon + 3, "/?#")) == NULL)
    {
      g_autofree char *userinfo = dup_userinfo (request->user);

      authority = (gsize) (colon + 3 - whole->str);
      g_string_insert (whole, (gssize) authority, userinfo);
    }
  if (request->is_get && request->data->len > 0)
    {
      g_string_truncate (whole, strcspn (whole->str, "#"));
      g_string_append_printf (whole, "%c%s", strchr (whole->str, '?') != NULL ? '&' : '?',
                              request->data->str);
    }

  return g_string_free (whole, FALSE);
}

static void
add_target (BobbinCurl *self, const Target *target)
{
  const Request *request = target->request;
  guint max_expanded = request->no_glob ? 0 : MAX (self->links->options.max_expanded, BOBBIN_PATTERN_ASK);
  Completion completion = { self->links, target };
  g_autofree char *text = NULL;

  if (request->refusal != BOBBIN_REASON_NONE || (request->has_body && !request->is_get))
    {
      self->links->otherwise = BOBBIN_VERDICT_REFUSED;
      bobbin_links_add_reason (self->links,
                               request->refusal != BOBBIN_REASON_NONE ? request->refusal
                                                                      : BOBBIN_REASON_UPLOAD,
                               request->refused_for != NULL ? request->refused_for : "data");
      return;
    }
  text = dup_whole (target);
  self->links->otherwise = BOBBIN_VERDICT_NOT_A_LINK;
  bobbin_links_take_text (self->links, text, max_expanded, complete, &completion);
}

/* Makes the list of links, with a verdict for each of @n_lines lines. */
void
bobbin_curl_finish (BobbinCurl *self, guint n_lines)
{
  guint next_target = 0;
  guint next_remark = 0;

  for (guint line = 0; line < n_lines && bobbin_links_go_on (self->links, self->links->total); line++)
    {
      BobbinVerdict otherwise = BOBBIN_VERDICT_EMPTY;

      bobbin_links_begin_line (self->links);
      while (next_target < self->targets->len
             && g_array_index (self->targets, Target, next_target).line <= line)
        add_target (self, &g_array_index (self->targets, Target, next_target++));
      while (next_remark < self->remarks->len
             && g_array_index (self->remarks, Remark, next_remark).line <= line)
        {
          const Remark *one = &g_array_index (self->remarks, Remark, next_remark++);

          bobbin_links_add_reason (self->links, one->reason, one->detail);
          if (one->reason == BOBBIN_REASON_NO_LINK)
            otherwise = BOBBIN_VERDICT_REFUSED;
        }
      bobbin_links_end_line (self->links, otherwise);
    }
}
