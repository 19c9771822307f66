/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bench-peers.h"

#include "bench-files.h"

#include <string.h>

static void
add (GPtrArray *arguments, const char *argument)
{
  g_ptr_array_add (arguments, g_strdup (argument));
}

static void G_GNUC_PRINTF (2, 3) add_printf (GPtrArray *arguments, const char *format, ...)
{
  va_list values;

  va_start (values, format);
  g_ptr_array_add (arguments, g_strdup_vprintf (format, values));
  va_end (values);
}

static char *
make_link (const BenchWork *work, guint index)
{
  char name[BENCH_FILES_NAME_SIZE];

  bench_files_print_name (name, index);
  return g_strconcat (work->uri, "/", name, NULL);
}

static void
add_first_link (GPtrArray *arguments, const BenchWork *work)
{
  g_ptr_array_add (arguments, make_link (work, 0));
}

static void
add_version (GPtrArray *arguments, const BenchWork *work, const BenchPlace *place)
{
  add (arguments, "--version");
}

static void
add_bobbin_options (GPtrArray *arguments, const BenchWork *work, const BenchPlace *place)
{
  add (arguments, "--per-host=0");
  add (arguments, "--part-size=1M");
  add_printf (arguments, "-j%u", work->at_once);
  add_printf (arguments, "-p%u", work->parts);
  add_printf (arguments, "-d%s", place->folder);
  if (work->authority != NULL)
    add_printf (arguments, "--ca-file=%s", work->authority);
  add_printf (arguments, "-i%s", place->lines);
}

static void
add_bobbin (GPtrArray *arguments, const BenchWork *work, const BenchPlace *place)
{
  add (arguments, "-q");
  add_bobbin_options (arguments, work, place);
}

static void
add_bobbin_json (GPtrArray *arguments, const BenchWork *work, const BenchPlace *place)
{
  add (arguments, "--json");
  add_bobbin_options (arguments, work, place);
}

static void
add_python (GPtrArray *arguments, const BenchWork *work, const BenchPlace *place)
{
  add (arguments, BENCH_LESSON);
  add_printf (arguments, "%u", work->at_once);
  add (arguments, place->lines);
}

static void
add_curl (GPtrArray *arguments, const BenchWork *work, const BenchPlace *place)
{
  add (arguments, "-q");
  add (arguments, "-sS");
  if (work->authority != NULL)
    {
      add (arguments, "--cacert");
      add (arguments, work->authority);
    }
  add (arguments, "-K");
  add (arguments, place->rules);
}

static void
add_curl_at_once (GPtrArray *arguments, const BenchWork *work, const BenchPlace *place)
{
  add (arguments, "-q");
  add (arguments, "-Z");
  add (arguments, "--parallel-max");
  add_printf (arguments, "%u", work->at_once);
  add_curl (arguments, work, place);
}

static void
add_wget2 (GPtrArray *arguments, const BenchWork *work, const BenchPlace *place)
{
  add (arguments, "--no-config");
  add (arguments, "-q");
  add_printf (arguments, "--max-threads=%u", work->at_once);
  if (work->authority != NULL)
    add_printf (arguments, "--ca-certificate=%s", work->authority);
  add (arguments, "-P");
  add (arguments, place->folder);
  add (arguments, "-i");
  add (arguments, place->lines);
}

static void
add_aria2 (GPtrArray *arguments, const BenchWork *work, const BenchPlace *place)
{
  guint parts = work->n_files == 1 ? work->parts : 16;

  add (arguments, "--no-conf");
  add (arguments, "-q");
  add_printf (arguments, "-j%u", work->at_once);
  add_printf (arguments, "-x%u", parts);
  add_printf (arguments, "-s%u", parts);
  add (arguments, "-k1M");
  add (arguments, "--file-allocation=none");
  if (work->authority != NULL)
    add_printf (arguments, "--ca-certificate=%s", work->authority);
  add_printf (arguments, "-d%s", place->folder);
  add_printf (arguments, "-i%s", place->lines);
}

static void
add_axel (GPtrArray *arguments, const BenchWork *work, const BenchPlace *place)
{
  add (arguments, "-q");
  add_printf (arguments, "-n%u", work->parts);
  add_first_link (arguments, work);
}

static void
add_raw (GPtrArray *arguments, const BenchWork *work, const BenchPlace *place)
{
  add_printf (arguments, "%u", work->at_once);
  add_printf (arguments, "%u", work->parts);
  add (arguments, place->lines);
}

static const BenchPeer peers[] = {
  { "Bobbin", BENCH_BOBBIN_CLI, add_bobbin },
  { "Bobbin --json", BENCH_BOBBIN_CLI, add_bobbin_json },
  { "bobbin-cli --version", BENCH_BOBBIN_CLI, add_version },
  { "Python", "python3", add_python },
  { "curl", "curl", add_curl },
  { "curl -Z", "curl", add_curl_at_once },
  { "curl --version", "curl", add_version },
  { "wget2", "wget2", add_wget2 },
  { "aria2", "aria2c", add_aria2 },
  { "axel", "axel", add_axel },
  { "raw sockets", BENCH_RAW, add_raw },
};

/* Returns: the program that the report calls @name */
const BenchPeer *
bench_peers_find (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (peers); i++)
    if (g_str_equal (peers[i].name, name))
      return &peers[i];
  g_return_val_if_reached (NULL);
}

gboolean
bench_peers_is_there (const BenchPeer *peer)
{
  g_autofree char *path = g_find_program_in_path (peer->program);

  return path != NULL;
}

/* Returns: (transfer container) (element-type utf8): the arguments with NULL at
 *   their end */
GPtrArray *
bench_peers_make_command (const BenchPeer *peer, const BenchWork *work, const BenchPlace *place)
{
  GPtrArray *arguments = g_ptr_array_new_with_free_func (g_free);

  add (arguments, peer->program);
  peer->add_arguments (arguments, work, place);
  g_ptr_array_add (arguments, NULL);
  return arguments;
}

/* The first number with a dot in it is the version; names have digits, too. */
static void
append_version (GString *text, const char *program)
{
  g_autofree char *command = g_strconcat (program, " --version", NULL);
  g_autofree char *said = NULL;
  g_autofree char *version = NULL;
  g_autoptr (GRegex) number = g_regex_new ("[0-9]+(\\.[0-9]+)+", 0, 0, NULL);
  g_autoptr (GMatchInfo) found = NULL;

  if (!g_spawn_command_line_sync (command, &said, NULL, NULL, NULL)
      || !g_regex_match (number, said, 0, &found))
    return;
  version = g_match_info_fetch (found, 0);
  g_string_append_printf (text, "%s%s %s", text->len > 0 ? ", " : "", program, version);
}

/* Returns: (transfer full): the versions of the peers that are there */
char *
bench_peers_describe (void)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (peers); i++)
    if (strchr (peers[i].program, '/') == NULL && strchr (peers[i].name, ' ') == NULL)
      append_version (text, peers[i].program);
  return g_string_free (text, FALSE);
}

void
bench_peers_write_lines (const BenchWork *work, const char *path)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < work->n_files; i++)
    {
      g_autofree char *link = make_link (work, i);

      g_string_append_printf (text, "%s\n", link);
    }
  g_assert_true (g_file_set_contents (path, text->str, (gssize) text->len, NULL));
}

void
bench_peers_write_rules (const BenchWork *work, const char *path)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < work->n_files; i++)
    {
      g_autofree char *link = make_link (work, i);

      g_string_append_printf (text, "url = \"%s\"\noutput = \"%s\"\n", link, strrchr (link, '/') + 1);
    }
  g_assert_true (g_file_set_contents (path, text->str, (gssize) text->len, NULL));
}
