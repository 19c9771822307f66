/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "bobbin-cli-options.h"

#include "bobbin-cli-values.h"
#include "bobbin-queue.h"
#include "bobbin-reason-words.h"
#include "bobbin-record.h"

#include <glib/gi18n.h>
#include <string.h>

#define DEFAULT_AT_ONCE 8
#define MAX_PER_HOST 128
#define MAX_PARTS 32
#define MIN_PART_SIZE (64 * 1024)
#define MAX_TRIES 1000
#define MAX_TIMEOUT (24 * 60 * 60)

/* Values that are read after the parsing, so that the last one counts and all
 * are read as strictly. */
typedef struct
{
  char *at_once;
  char *per_host;
  char *parts;
  char *part_size;
  char *limit_rate;
  char *tries;
  char *timeout;
  char *order;
  char *conflict;
  char *folders;
  char *digest;
} Raw;

static void
raw_clear (Raw *raw)
{
  g_free (raw->at_once);
  g_free (raw->per_host);
  g_free (raw->parts);
  g_free (raw->part_size);
  g_free (raw->limit_rate);
  g_free (raw->tries);
  g_free (raw->timeout);
  g_free (raw->order);
  g_free (raw->conflict);
  g_free (raw->folders);
  g_free (raw->digest);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Raw, raw_clear)

static const char *const orders[] = { "finished", "added", NULL };
static const char *const conflicts[] = { "number", "skip", "overwrite", NULL };
static const char *const folders[] = { "none", "kind", "host", NULL };

G_STATIC_ASSERT (BOBBIN_CLI_ORDER_FINISHED == 0 && BOBBIN_CLI_ORDER_ADDED == 1);
G_STATIC_ASSERT (BOBBIN_CONFLICT_NUMBER == 0 && BOBBIN_CONFLICT_SKIP == 1 && BOBBIN_CONFLICT_OVERWRITE == 2);
G_STATIC_ASSERT (BOBBIN_FOLDERS_NONE == 0 && BOBBIN_FOLDERS_KIND == 1 && BOBBIN_FOLDERS_HOST == 2);

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
parse (BobbinCliOptions *self, Raw *raw, GOptionContext *context, char **argv, GError **error)
{
  const GOptionEntry entries[] = {
    { "input", 'i', 0, G_OPTION_ARG_FILENAME_ARRAY, &self->inputs,
      N_ ("Take links from FILE (- is standard input); repeatable"), N_ ("FILE") },
    { "directory", 'd', 0, G_OPTION_ARG_FILENAME, &self->folder,
      N_ ("Save files to DIR, made if missing (default: the current folder)"), N_ ("DIR") },
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &self->name, N_ ("Name for the file of a single link"),
      N_ ("NAME") },
    { "base", 0, 0, G_OPTION_ARG_FILENAME, &self->base,
      N_ ("Where relative links in files belong to, such as the address of a saved page"), N_ ("URL") },
    { "at-once", 'j', 0, G_OPTION_ARG_FILENAME, &raw->at_once,
      N_ ("Downloads at once, 1 to 128 (default: 8; 1 is one after another)"), N_ ("N") },
    { "per-host", 0, 0, G_OPTION_ARG_FILENAME, &raw->per_host,
      N_ ("Connections to one host (default: 6; 0 for no limit)"), N_ ("N") },
    { "parts", 'p', 0, G_OPTION_ARG_FILENAME, &raw->parts,
      N_ ("Parts of one file at once, 1 to 32 (default: 4)"), N_ ("N") },
    { "part-size", 0, 0, G_OPTION_ARG_FILENAME, &raw->part_size, N_ ("Least size of a part (default: 8M)"),
      N_ ("SIZE") },
    { "limit-rate", 0, 0, G_OPTION_ARG_FILENAME, &raw->limit_rate,
      N_ ("Bytes a second for all together, such as 500K or 2M"), N_ ("RATE") },
    { "tries", 0, 0, G_OPTION_ARG_FILENAME, &raw->tries,
      N_ ("Tries for each download without progress (default: 5)"), N_ ("N") },
    { "timeout", 0, 0, G_OPTION_ARG_FILENAME, &raw->timeout,
      N_ ("Seconds for connecting and for silence (default: 30)"), N_ ("SECONDS") },
    { "order", 0, 0, G_OPTION_ARG_FILENAME, &raw->order,
      N_ ("Print results as they finish (finished, the default) or in the order given (added)"),
      N_ ("ORDER") },
    { "on-conflict", 0, 0, G_OPTION_ARG_FILENAME, &raw->conflict,
      N_ ("If the name is taken: add a number (number, the default), skip, or overwrite"), N_ ("WHAT") },
    { "folders", 0, 0, G_OPTION_ARG_FILENAME, &raw->folders,
      N_ ("Folders in DIR: none (the default), by the kind of file (kind), or by host (host)"), N_ ("WHAT") },
    { "name-template", 0, 0, G_OPTION_ARG_FILENAME, &self->name_template,
      N_ ("Make names of {name}, {host}, {date} and {index}; the extension stays"), N_ ("TEXT") },
    { "no-resume", 0, 0, G_OPTION_ARG_NONE, &self->no_resume, N_ ("Start anew, and keep no part files"),
      NULL },
    { "again", 0, 0, G_OPTION_ARG_NONE, &self->again,
      N_ ("Fetch again what the folder already has from the same link"), NULL },
    { "checksum", 0, 0, G_OPTION_ARG_FILENAME, &raw->digest,
      N_ ("Digest of a single link's file (sha-256, sha-512, sha-1, md5)"), N_ ("ALGO=HEX") },
    { "header", 'H', 0, G_OPTION_ARG_FILENAME_ARRAY, &self->headers,
      N_ ("Send the request header LINE, such as “Accept-Language: en”; repeatable"), N_ ("LINE") },
    { "user-agent", 0, 0, G_OPTION_ARG_FILENAME, &self->user_agent, N_ ("Send TEXT as User-Agent"),
      N_ ("TEXT") },
    { "referer", 0, 0, G_OPTION_ARG_FILENAME, &self->referer, N_ ("Send URL as Referer"), N_ ("URL") },
    { "user", 0, 0, G_OPTION_ARG_FILENAME, &self->user,
      N_ ("Sign in as NAME; asks for the password on the terminal"), N_ ("NAME") },
    { "password-file", 0, 0, G_OPTION_ARG_FILENAME, &self->password_file,
      N_ ("Take the password from the first line of FILE"), N_ ("FILE") },
    { "netrc", 0, 0, G_OPTION_ARG_NONE, &self->netrc, N_ ("Sign in with what .netrc has for a host"), NULL },
    { "proxy", 0, 0, G_OPTION_ARG_FILENAME, &self->proxy,
      N_ ("Go through http://… or socks5://…; none for direct (default: the system's)"), N_ ("URL") },
    { "ca-file", 0, 0, G_OPTION_ARG_FILENAME, &self->ca_file, N_ ("Trust the certificates in FILE, too"),
      N_ ("FILE") },
    { "list", 0, 0, G_OPTION_ARG_NONE, &self->list,
      N_ ("Print the name and link of each download, and download nothing"), NULL },
    { "demo", 0, 0, G_OPTION_ARG_NONE, &self->demo,
      N_ ("Download the pictures of the demo, from a server inside"), NULL },
    { "json", 0, 0, G_OPTION_ARG_NONE, &self->json,
      N_ ("Print events, one JSON object a line, instead of results"), NULL },
    { "timeline", 0, 0, G_OPTION_ARG_FILENAME, &self->timeline,
      N_ ("Draw what the workers did into FILE, as SVG"), N_ ("FILE") },
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
refuse (GError **error, const char *message)
{
  g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, message);
  return FALSE;
}

static gboolean
read_values (BobbinCliOptions *self, const Raw *raw, GError **error)
{
  int order = self->order;
  int conflict = self->conflict;
  int into = self->folders;

  if (!bobbin_cli_value_number ("--at-once", raw->at_once, 1, BOBBIN_QUEUE_MAX_AT_ONCE, &self->at_once, error)
      || !bobbin_cli_value_number ("--per-host", raw->per_host, 0, MAX_PER_HOST, &self->per_host, error)
      || !bobbin_cli_value_number ("--parts", raw->parts, 1, MAX_PARTS, &self->parts, error)
      || !bobbin_cli_value_size ("--part-size", raw->part_size, MIN_PART_SIZE, &self->part_size, error)
      || !bobbin_cli_value_size ("--limit-rate", raw->limit_rate, 0, &self->limit_rate, error)
      || !bobbin_cli_value_number ("--tries", raw->tries, 1, MAX_TRIES, &self->tries, error)
      || !bobbin_cli_value_number ("--timeout", raw->timeout, 1, MAX_TIMEOUT, &self->timeout, error)
      || !bobbin_cli_value_word ("--order", raw->order, orders, &order, error)
      || !bobbin_cli_value_word ("--on-conflict", raw->conflict, conflicts, &conflict, error)
      || !bobbin_cli_value_word ("--folders", raw->folders, folders, &into, error))
    return FALSE;

  self->order = (BobbinCliOrder) order;
  self->conflict = (BobbinConflict) conflict;
  self->folders = (BobbinFolders) into;
  return TRUE;
}

/* The name of the algorithm is asked for, so that a digest that was cut short
 * is never taken for a shorter one. */
static gboolean
read_digest (BobbinCliOptions *self, const char *text, GError **error)
{
  if (text == NULL)
    return TRUE;
  if (strchr (text, '=') != NULL)
    self->digest = bobbin_digest_parse (text);
  return self->digest != NULL
         || refuse (error, _ ("--checksum takes one of sha-256, sha-512, sha-1 and md5, “=”, and the digest "
                              "in hexadecimal"));
}

/* A name with a slash would ask for another folder, which is -d's to say. */
static gboolean
check_name (const char *name, GError **error)
{
  return name == NULL
         || (*name != '\0' && strchr (name, '/') == NULL && !g_str_equal (name, ".")
             && !g_str_equal (name, ".."))
         || refuse (error, _ ("--output takes a name without a folder; --directory takes the folder"));
}

static gboolean
check_name_template (const BobbinCliOptions *self, GError **error)
{
  g_autofree char *words = NULL;

  if (self->name_template == NULL)
    return TRUE;
  if (self->name != NULL)
    return refuse (error, _ ("--output and --name-template exclude each other"));
  words = bobbin_words_for_template_fault (bobbin_name_template_check (self->name_template));
  if (words == NULL)
    return TRUE;

  g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, "--name-template: %s", words);
  return FALSE;
}

/* The message does not repeat the value, which may have a password. */
static gboolean
check_base (const char *base, GError **error)
{
  g_autoptr (BobbinLink) link = base != NULL ? bobbin_link_new (base, NULL) : NULL;

  return base == NULL || link != NULL
         || refuse (error, _ ("--base takes an address such as “https://example.org/page”"));
}

/* Neither user nor password is ever sent (RFC 9110, 10.1.3), nor a fragment,
 * which no link has. The message does not repeat the value. */
static gboolean
read_referer (BobbinCliOptions *self, GError **error)
{
  g_autoptr (BobbinLink) link = NULL;

  if (self->referer == NULL)
    return TRUE;
  link = bobbin_link_new (self->referer, NULL);
  if (link == NULL)
    return refuse (error, _ ("--referer takes an address such as “https://example.org/page”"));

  g_free (self->referer);
  self->referer = bobbin_record_strip_uri (bobbin_link_get_uri (link));
  return TRUE;
}

/* A colon cannot be in the name of a user (RFC 7617, 2), and what follows it
 * would be a password. */
static gboolean
check_user (const BobbinCliOptions *self, GError **error)
{
  if (self->user != NULL && (*self->user == '\0' || strchr (self->user, ':') != NULL))
    return refuse (error, _ ("--user takes a name alone; the password is asked for, or read from what "
                             "--password-file names"));
  return self->password_file == NULL || self->user != NULL
         || refuse (error, _ ("--password-file is for --user, which is not there"));
}

static gboolean
is_proxy (const char *text)
{
  g_autoptr (GUri) uri = g_uri_parse (text, G_URI_FLAGS_HAS_PASSWORD | G_URI_FLAGS_SCHEME_NORMALIZE, NULL);
  const char *scheme = uri != NULL ? g_uri_get_scheme (uri) : "";

  return (g_str_equal (scheme, "http") || g_str_equal (scheme, "socks5") || g_str_equal (scheme, "socks5h"))
         && g_uri_get_host (uri) != NULL && *g_uri_get_host (uri) != '\0';
}

/* The message does not repeat the value, which may have a password. */
static gboolean
read_proxy (BobbinCliOptions *self, GError **error)
{
  if (self->proxy == NULL || is_proxy (self->proxy))
    return TRUE;
  if (!g_str_equal (self->proxy, "none"))
    return refuse (error, _ ("--proxy takes an address such as “http://proxy.example.org:3128” or "
                             "“socks5://localhost:1080”, or “none”"));
  g_free (self->proxy);
  self->proxy = g_strdup ("");
  return TRUE;
}

static gboolean
check (BobbinCliOptions *self, GError **error)
{
  if (self->folder != NULL && *self->folder == '\0')
    return refuse (error, _ ("--directory takes the name of a folder"));
  if (self->quiet && self->verbose)
    return refuse (error, _ ("--quiet and --verbose exclude each other"));
  return check_name (self->name, error) && check_name_template (self, error) && check_base (self->base, error)
         && read_referer (self, error) && check_user (self, error) && read_proxy (self, error);
}

static void
make_absolute (char **path, const char *otherwise)
{
  g_autofree char *given = g_steal_pointer (path);

  if (given != NULL || otherwise != NULL)
    *path = g_canonicalize_filename (given != NULL ? given : otherwise, NULL);
}

static BobbinCliOptions *
options_new (void)
{
  g_autoptr (BobbinSettings) defaults = bobbin_settings_new ();
  BobbinCliOptions *self = g_new0 (BobbinCliOptions, 1);

  self->at_once = DEFAULT_AT_ONCE;
  self->per_host = -1;
  self->parts = (int) defaults->parts;
  self->part_size = defaults->part_size;
  self->tries = (int) defaults->tries;
  self->timeout = (int) defaults->timeout;
  return self;
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
  g_autoptr (BobbinCliOptions) self = options_new ();
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_auto (Raw) raw = { NULL };

  g_option_context_set_translation_domain (context, GETTEXT_PACKAGE);
  g_option_context_set_summary (context, _ ("Downloads many links at once."));
  g_option_context_set_description (
      context, _ ("Exit status: 0 all finished, 1 some failed, 2 wrong usage, 3 nothing to do,\n"
                  "130 stopped by Ctrl+C or SIGTERM."));

  if (!parse (self, &raw, context, argv, error) || !read_values (self, &raw, error)
      || !read_digest (self, raw.digest, error) || !check (self, error))
    return NULL;

  make_absolute (&self->folder, ".");
  make_absolute (&self->ca_file, NULL);
  make_absolute (&self->timeline, NULL);
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
  g_free (self->name_template);
  g_free (self->base);
  g_strfreev (self->headers);
  g_free (self->user_agent);
  g_free (self->referer);
  g_free (self->user);
  g_free (self->password_file);
  g_free (self->proxy);
  g_free (self->ca_file);
  g_free (self->timeline);
  bobbin_digest_free (self->digest);
  g_free (self);
}
