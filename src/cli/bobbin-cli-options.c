/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "bobbin-cli-options.h"

#include "bobbin-queue.h"

#include <glib/gi18n.h>
#include <string.h>

#define DEFAULT_AT_ONCE 8
#define DEFAULT_TIMEOUT 30
#define MAX_TIMEOUT (24 * 60 * 60)

static gboolean
parse_order (const char *option, const char *value, gpointer data, GError **error)
{
  BobbinCliOptions *self = data;

  if (g_str_equal (value, "finished"))
    self->order = BOBBIN_CLI_ORDER_FINISHED;
  else if (g_str_equal (value, "added"))
    self->order = BOBBIN_CLI_ORDER_ADDED;
  else
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                   /* Translators: “finished”, “added” and --order are typed as they stand */
                   _ ("“%s” is no order for --order; there are “finished” and “added”"), value);
      return FALSE;
    }
  return TRUE;
}

static const GOptionEntry *
find_entry (const GOptionEntry *entries, char short_name)
{
  for (const GOptionEntry *entry = entries; entry->long_name != NULL; entry++)
    if (entry->short_name == short_name && short_name != '\0')
      return entry;
  return NULL;
}

/* In "-qj8" the "8"; an empty text in "-qj", whose value comes next; NULL in
 * what is not a group of short options with a value.
 */
static const char *
find_short_value (const GOptionEntry *entries, const char *argument)
{
  if (argument[0] != '-')
    return NULL;

  for (const char *letter = argument + 1; *letter != '\0'; letter++)
    {
      const GOptionEntry *entry = find_entry (entries, *letter);

      if (entry == NULL)
        return NULL;
      if (entry->arg != G_OPTION_ARG_NONE)
        return letter + 1;
    }
  return NULL;
}

static gboolean
is_long_with_value (const GOptionEntry *entries, const char *argument)
{
  if (!g_str_has_prefix (argument, "--"))
    return FALSE;

  for (const GOptionEntry *entry = entries; entry->long_name != NULL; entry++)
    if (g_str_equal (argument + 2, entry->long_name))
      return entry->arg != G_OPTION_ARG_NONE;
  return FALSE;
}

/* GOption knows "-j 8" only, people and scripts also "-j8". Makes the one of the
 * other, up to "--".
 */
static char **
dup_separated (const GOptionEntry *entries, char **argv)
{
  g_autoptr (GStrvBuilder) arguments = g_strv_builder_new ();
  gboolean is_value = TRUE; /* the program's name is no option, either */

  for (; *argv != NULL && (is_value || !g_str_equal (*argv, "--")); argv++)
    {
      const char *value = is_value ? NULL : find_short_value (entries, *argv);

      if (value != NULL && *value != '\0')
        {
          g_autofree char *option = g_strndup (*argv, (gsize) (value - *argv));

          g_strv_builder_add_many (arguments, option, value, NULL);
          continue;
        }
      is_value = !is_value && (value != NULL || is_long_with_value (entries, *argv));
      g_strv_builder_add (arguments, *argv);
    }

  g_strv_builder_addv (arguments, (const char **) argv);
  return g_strv_builder_end (arguments);
}

static gboolean
parse (BobbinCliOptions *self, GOptionContext *context, char **argv, GError **error)
{
  const GOptionEntry entries[] = {
    { "input", 'i', 0, G_OPTION_ARG_FILENAME_ARRAY, &self->inputs,
      N_ ("Take links from FILE (- is standard input); repeatable"), N_ ("FILE") },
    { "directory", 'd', 0, G_OPTION_ARG_FILENAME, &self->folder,
      N_ ("Save files to DIR, made if missing (default: the current folder)"), N_ ("DIR") },
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &self->name, N_ ("Name for the file of a single link"),
      N_ ("NAME") },
    { "at-once", 'j', 0, G_OPTION_ARG_INT, &self->at_once,
      N_ ("Downloads at once, 1 to 128 (default: 8; 1 is one after another)"), N_ ("N") },
    { "timeout", 0, 0, G_OPTION_ARG_INT, &self->timeout,
      N_ ("Seconds for connecting and for silence (default: 30)"), N_ ("SECONDS") },
    { "order", 0, 0, G_OPTION_ARG_CALLBACK, parse_order,
      N_ ("Print results as they finish (finished, the default) or in the order given (added)"),
      N_ ("ORDER") },
    { "header", 'H', 0, G_OPTION_ARG_FILENAME_ARRAY, &self->headers,
      N_ ("Send the request header LINE, such as “Accept-Language: en”; repeatable"), N_ ("LINE") },
    { "user-agent", 0, 0, G_OPTION_ARG_FILENAME, &self->user_agent, N_ ("Send TEXT as User-Agent"),
      N_ ("TEXT") },
    { "referer", 0, 0, G_OPTION_ARG_FILENAME, &self->referer, N_ ("Send LINK as Referer"), N_ ("LINK") },
    { "list", 0, 0, G_OPTION_ARG_NONE, &self->list,
      N_ ("Print the name and link of each download, and download nothing"), NULL },
    { "demo", 0, 0, G_OPTION_ARG_NONE, &self->demo,
      N_ ("Download the pictures of the demo, from a server inside"), NULL },
    { "json", 0, 0, G_OPTION_ARG_NONE, &self->json,
      N_ ("Print events, one JSON object a line, instead of results"), NULL },
    { "quiet", 'q', 0, G_OPTION_ARG_NONE, &self->quiet, N_ ("Print nothing but errors"), NULL },
    { "verbose", 'v', 0, G_OPTION_ARG_NONE, &self->verbose,
      N_ ("Say more: links as they start, where files went, what is behind a failure"), NULL },
    { "version", 0, 0, G_OPTION_ARG_NONE, &self->version, N_ ("Print the version"), NULL },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &self->arguments, NULL, N_ ("[LINK | FILE]…") },
    { NULL },
  };
  GOptionGroup *group = g_option_group_new (NULL, NULL, NULL, self, NULL);
  g_auto (GStrv) arguments = dup_separated (entries, argv);

  g_option_group_add_entries (group, entries);
  g_option_group_set_translation_domain (group, GETTEXT_PACKAGE);
  g_option_context_set_main_group (context, group);
  return g_option_context_parse_strv (context, &arguments, error);
}

static gboolean
check_range (const char *option, int value, int max, GError **error)
{
  if (value >= 1 && value <= max)
    return TRUE;

  g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
               /* Translators: the first %s is an option, such as --at-once */
               _ ("%s takes a number from 1 to %d, not %d"), option, max, value);
  return FALSE;
}

/* A name with a slash would ask for another folder, which is -d's to say. */
static gboolean
check_name (const char *name, GError **error)
{
  if (name == NULL
      || (*name != '\0' && strchr (name, '/') == NULL && !g_str_equal (name, ".")
          && !g_str_equal (name, "..")))
    return TRUE;

  g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                       _ ("--output takes a name without a folder; --directory takes the folder"));
  return FALSE;
}

static gboolean
check (const BobbinCliOptions *self, GError **error)
{
  if (!check_range ("--at-once", self->at_once, BOBBIN_QUEUE_MAX_AT_ONCE, error)
      || !check_range ("--timeout", self->timeout, MAX_TIMEOUT, error) || !check_name (self->name, error))
    return FALSE;

  if (self->quiet && self->verbose)
    {
      g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                           _ ("--quiet and --verbose exclude each other"));
      return FALSE;
    }
  return TRUE;
}

static void
make_folder_absolute (BobbinCliOptions *self)
{
  g_autofree char *given = g_steal_pointer (&self->folder);

  self->folder = g_canonicalize_filename (given != NULL && *given != '\0' ? given : ".", NULL);
}

/**
 * bobbin_cli_options_parse:
 * @argv: the arguments, with the program's name first and %NULL last
 * @error: return location
 *
 * Reads the command line. With --help, prints the help and ends the program.
 * Sets #GOptionError codes, with messages that are for the person.
 *
 * Returns: (transfer full): the options, %NULL on error
 */
BobbinCliOptions *
bobbin_cli_options_parse (char **argv, GError **error)
{
  g_autoptr (BobbinCliOptions) self = g_new0 (BobbinCliOptions, 1);
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);

  self->at_once = DEFAULT_AT_ONCE;
  self->timeout = DEFAULT_TIMEOUT;

  g_option_context_set_translation_domain (context, GETTEXT_PACKAGE);
  g_option_context_set_summary (context, _ ("Downloads many links at once."));
  g_option_context_set_description (
      context, _ ("Exit status: 0 all finished, 1 some failed, 2 wrong usage, 3 nothing to do,\n"
                  "130 stopped by Ctrl+C or SIGTERM."));

  if (!parse (self, context, argv, error) || !check (self, error))
    return NULL;

  make_folder_absolute (self);
  return g_steal_pointer (&self);
}

/**
 * bobbin_cli_options_free:
 * @self: (transfer full): options
 */
void
bobbin_cli_options_free (BobbinCliOptions *self)
{
  g_strfreev (self->inputs);
  g_strfreev (self->arguments);
  g_free (self->folder);
  g_free (self->name);
  g_strfreev (self->headers);
  g_free (self->user_agent);
  g_free (self->referer);
  g_free (self);
}
