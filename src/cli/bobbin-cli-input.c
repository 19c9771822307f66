/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "bobbin-cli-input.h"

#include "bobbin-cli-signals.h"
#include "bobbin-cli-text.h"
#include "bobbin-error.h"
#include "bobbin-links.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <string.h>
#include <unistd.h>

/* What is larger is not a list of links but something that took its place on
 * the command line by mistake.
 */
#define MAX_FILE (256 * 1024 * 1024)
#define PIECE 65536

static void
complaint_free (BobbinCliComplaint *complaint)
{
  g_free (complaint->input);
  g_free (complaint->text);
  g_error_free (complaint->error);
  g_free (complaint);
}

/**
 * bobbin_cli_input_new:
 *
 * Returns: (transfer full): an input without links
 */
BobbinCliInput *
bobbin_cli_input_new (void)
{
  BobbinCliInput *self = g_new0 (BobbinCliInput, 1);

  self->links = g_ptr_array_new_with_free_func ((GDestroyNotify) bobbin_link_unref);
  self->complaints = g_ptr_array_new_with_free_func ((GDestroyNotify) complaint_free);
  return self;
}

/**
 * bobbin_cli_input_free:
 * @self: (transfer full): an input
 */
void
bobbin_cli_input_free (BobbinCliInput *self)
{
  g_ptr_array_unref (self->links);
  g_ptr_array_unref (self->complaints);
  g_free (self);
}

static gboolean
set_error_from_errno (GError **error, int number, const char *name)
{
  g_autofree char *shown = bobbin_cli_text_clean (name);

  g_set_error (error, G_IO_ERROR, (int) g_io_error_from_errno (number), "%s: %s", shown, g_strerror (number));
  return FALSE;
}

/* Reads to the end; a signal that asks to stop is an error (EINTR). */
static GBytes *
read_all (int fd, const char *name, GError **error)
{
  g_autoptr (GByteArray) data = g_byte_array_new ();
  gssize n = 1;

  while (n > 0)
    {
      guint length = data->len;

      g_byte_array_set_size (data, length + PIECE);
      n = bobbin_cli_signals_read (fd, data->data + length, PIECE);
      g_byte_array_set_size (data, length + (guint) MAX (n, 0));
      if (data->len > MAX_FILE)
        {
          set_error_from_errno (error, EFBIG, name);
          return NULL;
        }
    }

  if (n < 0)
    {
      set_error_from_errno (error, errno, name);
      return NULL;
    }
  return g_byte_array_free_to_bytes (g_steal_pointer (&data));
}

static GBytes *
read_file (const char *name, GError **error)
{
  GBytes *data = NULL;
  int fd = -1;

  if (g_str_equal (name, "-"))
    return read_all (STDIN_FILENO, _ ("standard input"), error);

  fd = open (name, O_RDONLY | O_CLOEXEC);
  if (fd < 0)
    {
      set_error_from_errno (error, errno, name);
      return NULL;
    }

  data = read_all (fd, name, error);
  close (fd);
  return data;
}

static void
add_complaint (BobbinCliInput *self, const char *input, guint line, char *text, GError *error)
{
  BobbinCliComplaint *complaint = g_new0 (BobbinCliComplaint, 1);

  complaint->input = g_strdup (input);
  complaint->line = line;
  complaint->text = text;
  complaint->error = error;
  g_ptr_array_add (self->complaints, complaint);
}

static void
add_line (BobbinCliInput *self, const char *name, guint number, const BobbinLine *line)
{
  if (line->verdict == BOBBIN_VERDICT_REPEATED)
    self->n_repeated++;
  else if (line->verdict == BOBBIN_VERDICT_UNSUPPORTED_SCHEME)
    add_complaint (self, name, number, NULL,
                   g_error_new (BOBBIN_ERROR, BOBBIN_ERROR_UNSUPPORTED_SCHEME, "Neither http nor https"));
  else if (line->verdict != BOBBIN_VERDICT_EMPTY && line->verdict != BOBBIN_VERDICT_LINKS)
    add_complaint (self, name, number, NULL,
                   g_error_new (BOBBIN_ERROR, BOBBIN_ERROR_NOT_A_LINK, "Not a link"));
}

static gboolean
add_file (BobbinCliInput *self, const char *name, GError **error)
{
  g_autoptr (GBytes) data = read_file (name, error);
  const BobbinLinksOptions options = { .file_name = name };
  g_autoptr (BobbinLinks) links = NULL;

  if (data == NULL)
    return FALSE;
  links = bobbin_links_read (data, &options, error);
  if (links == NULL)
    {
      g_prefix_error (error, "%s: ", name);
      return FALSE;
    }

  for (guint i = 0; i < bobbin_links_get_n_lines (links); i++)
    add_line (self, name, i + 1, bobbin_links_get_line (links, i));
  for (guint i = 0; i < bobbin_links_get_n_links (links); i++)
    g_ptr_array_add (self->links, bobbin_link_copy (bobbin_links_get_link (links, i)));
  return TRUE;
}

/* An argument that is no link, without the password that it may hold. */
static char *
dup_shown_argument (const char *argument)
{
  const char *scheme_end = strstr (argument, "://");
  const char *authority = scheme_end != NULL ? scheme_end + 3 : argument;
  gsize length = strcspn (authority, "/?#");
  const char *at = memrchr (authority, '@', length);
  g_autofree char *without = NULL;

  if (at == NULL)
    return bobbin_cli_text_clean (argument);

  without = g_strdup_printf ("%.*s%s", (int) (authority - argument), argument, at + 1);
  return bobbin_cli_text_clean (without);
}

/* “host/path”, as people type it: what a list of links would take for a link,
 * if it has a path. Without one it is rather a file that is not there.
 */
static BobbinLink *
link_from_host_and_path (const char *argument)
{
  g_autoptr (BobbinLinks) links = NULL;

  if (strchr (argument, '/') == NULL || strpbrk (argument, " \t\n") != NULL)
    return NULL;

  links = bobbin_links_parse_text (argument, -1);
  if (bobbin_links_get_n_links (links) != 1)
    return NULL;
  return bobbin_link_copy (bobbin_links_get_link (links, 0));
}

static gboolean
add_argument (BobbinCliInput *self, const char *argument, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  BobbinLink *link = NULL;

  if (g_str_equal (argument, "-") || g_file_test (argument, G_FILE_TEST_EXISTS))
    return add_file (self, argument, error);

  link = bobbin_link_new (argument, &local_error);
  if (link == NULL && g_error_matches (local_error, BOBBIN_ERROR, BOBBIN_ERROR_NOT_A_LINK))
    link = link_from_host_and_path (argument);

  if (link != NULL)
    g_ptr_array_add (self->links, link);
  else if (g_error_matches (local_error, BOBBIN_ERROR, BOBBIN_ERROR_UNSUPPORTED_SCHEME))
    add_complaint (self, NULL, 0, dup_shown_argument (argument), g_steal_pointer (&local_error));
  else
    {
      g_autofree char *shown = dup_shown_argument (argument);

      g_set_error (error, BOBBIN_ERROR, BOBBIN_ERROR_NOT_A_LINK,
                   _ ("“%s” is neither a link nor a file of links"), shown);
      return FALSE;
    }
  return TRUE;
}

/**
 * bobbin_cli_input_read:
 * @self: an input
 * @options: where to read
 * @error: return location
 *
 * Adds the links of all --input files, then those of the arguments. The same
 * link twice on the command line is two downloads; twice in one file it is one.
 * Sets %G_IO_ERROR codes for files that can't be read and
 * %BOBBIN_ERROR_NOT_A_LINK for an argument that is nothing, with messages that
 * are for the person.
 *
 * Returns: whether everything could be read
 */
gboolean
bobbin_cli_input_read (BobbinCliInput *self, const BobbinCliOptions *options, GError **error)
{
  for (char **name = options->inputs; name != NULL && *name != NULL; name++)
    if (!add_file (self, *name, error))
      return FALSE;
  for (char **argument = options->arguments; argument != NULL && *argument != NULL; argument++)
    if (!add_argument (self, *argument, error))
      return FALSE;
  return TRUE;
}

/**
 * bobbin_cli_input_add_uri:
 * @self: an input
 * @uri: an http or https URI
 * @error: return location
 *
 * Adds one link. Sets the errors of bobbin_link_new().
 *
 * Returns: whether it is a link
 */
gboolean
bobbin_cli_input_add_uri (BobbinCliInput *self, const char *uri, GError **error)
{
  BobbinLink *link = bobbin_link_new (uri, error);

  if (link == NULL)
    return FALSE;

  g_ptr_array_add (self->links, link);
  return TRUE;
}

/* The message never repeats the line: its value may be a secret. */
static gboolean
add_header_line (BobbinLink *link, const char *line, GError **error)
{
  const char *colon = strchr (line, ':');
  g_autofree char *name = colon != NULL ? g_strndup (line, (gsize) (colon - line)) : NULL;

  if (name != NULL && bobbin_link_add_header (link, name, colon + 1, NULL))
    return TRUE;

  g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                       _ ("--header takes a line such as “Accept-Language: en”, in one line, and none of the "
                          "headers that a download itself must set"));
  return FALSE;
}

static gboolean
add_header (BobbinLink *link, const char *option, const char *name, const char *value, GError **error)
{
  if (value == NULL || bobbin_link_add_header (link, name, value, NULL))
    return TRUE;

  g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, _ ("%s takes a text in one line"), option);
  return FALSE;
}

static gboolean
apply_headers (BobbinLink *link, const BobbinCliOptions *options, GError **error)
{
  for (char **line = options->headers; line != NULL && *line != NULL; line++)
    if (!add_header_line (link, *line, error))
      return FALSE;

  return add_header (link, "--user-agent", "User-Agent", options->user_agent, error)
         && add_header (link, "--referer", "Referer", options->referer, error);
}

/**
 * bobbin_cli_input_apply_options:
 * @self: an input
 * @options: folder, name and headers
 * @error: return location
 *
 * Gives all links their folder and headers, and a single link its name and
 * digest. Sets
 * %G_OPTION_ERROR_BAD_VALUE, with messages that are for the person.
 *
 * Returns: whether the options fit the links
 */
gboolean
bobbin_cli_input_apply_options (BobbinCliInput *self, const BobbinCliOptions *options, GError **error)
{
  const char *single = options->name != NULL ? "--output" : options->digest != NULL ? "--checksum" : NULL;

  if (single != NULL && self->links->len > 1)
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                   /* Translators: %s is an option, such as --output */
                   _ ("%s is for a single link, and there are more"), single);
      return FALSE;
    }

  for (guint i = 0; i < self->links->len; i++)
    {
      BobbinLink *link = g_ptr_array_index (self->links, i);

      bobbin_link_set_folder (link, options->folder);
      if (options->name != NULL)
        bobbin_link_set_name (link, options->name);
      if (options->digest != NULL)
        bobbin_link_set_digest (link, options->digest);
      if (!apply_headers (link, options, error))
        return FALSE;
    }
  return TRUE;
}
