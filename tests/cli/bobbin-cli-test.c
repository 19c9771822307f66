/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "bobbin-cli-test.h"

#include "bobbin-demo-bytes.h"
#include "bobbin-test.h"

#include <glib/gstdio.h>
#include <string.h>

static void
fixture_set_up (CliFixture *fixture, gconstpointer user_data)
{
  g_autoptr (GError) error = NULL;

  fixture->server = bobbin_demo_server_new (&error);
  g_assert_no_error (error);
  fixture->folder = bobbin_test_make_folder ();
  fixture->home = bobbin_test_make_folder ();
}

static void
remove_all (const char *folder)
{
  g_auto (GStrv) names = bobbin_test_list_folder (folder);

  for (char **name = names; *name != NULL; name++)
    {
      g_autofree char *path = g_build_filename (folder, *name, NULL);

      if (g_file_test (path, G_FILE_TEST_IS_DIR) && !g_file_test (path, G_FILE_TEST_IS_SYMLINK))
        remove_all (path);
    }
  bobbin_test_remove_folder (folder);
}

static void
fixture_tear_down (CliFixture *fixture, gconstpointer user_data)
{
  g_clear_pointer (&fixture->server, bobbin_demo_server_free);
  remove_all (fixture->folder);
  remove_all (fixture->home);
  g_clear_pointer (&fixture->folder, g_free);
  g_clear_pointer (&fixture->home, g_free);
}

/* Adds a test that has a server and a folder. */
void
cli_test_add (const char *path, CliTestFunc test, gconstpointer user_data)
{
  g_test_add (path, CliFixture, user_data, fixture_set_up, test, fixture_tear_down);
}

/* Returns: (transfer full): the link of a path on the server */
char *
cli_test_dup_uri (CliFixture *fixture, const char *path)
{
  return g_strconcat (bobbin_demo_server_get_uri (fixture->server), path, NULL);
}

/* Returns: (transfer full): the path of a file in the folder */
char *
cli_test_dup_path (CliFixture *fixture, const char *name)
{
  return g_build_filename (fixture->folder, name, NULL);
}

void
cli_test_write (CliFixture *fixture, const char *name, const char *text)
{
  g_autofree char *path = cli_test_dup_path (fixture, name);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
}

typedef struct
{
  char *path;
  goffset size;
} WantedFile;

static gboolean
has_size (gpointer user_data)
{
  const WantedFile *wanted = user_data;
  GStatBuf info;

  return g_stat (wanted->path, &info) == 0 && info.st_size >= wanted->size;
}

static gboolean
on_poll (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

/* Waits, with the main loop running, until a file has so many bytes. */
void
cli_test_wait_for_file (CliFixture *fixture, const char *name, goffset size)
{
  g_autofree char *path = cli_test_dup_path (fixture, name);
  WantedFile wanted = { path, size };
  guint id = g_timeout_add (10, on_poll, NULL);

  bobbin_test_wait (has_size, &wanted);
  g_source_remove (id);
}

/* The file has to hold what the server serves under /bytes/SIZE. */
void
cli_test_assert_bytes (CliFixture *fixture, const char *name, gsize size)
{
  g_autofree guint8 *wanted = g_malloc (size);

  bobbin_demo_bytes_fill (wanted, size, 0);
  bobbin_test_assert_file (fixture->folder, name, wanted, size);
}

/* The folder has to hold just these names, sorted and with a space between. */
void
cli_test_assert_names (CliFixture *fixture, const char *names)
{
  g_auto (GStrv) found = bobbin_test_list_folder (fixture->folder);
  g_autofree char *joined = g_strjoinv (" ", found);

  g_assert_cmpstr (joined, ==, names);
}

/* The build tells where the program is. */
const char *
cli_test_get_program (void)
{
  const char *program = g_getenv ("BOBBIN_CLI");

  g_assert_nonnull (program);
  return program;
}

/* What a process sees of the person that starts it. */
static void
set_environment (GSubprocessLauncher *launcher, CliFixture *fixture)
{
  g_subprocess_launcher_setenv (launcher, "LC_ALL", "C.UTF-8", TRUE);
  g_subprocess_launcher_setenv (launcher, "HOME", fixture->home, TRUE);
  g_subprocess_launcher_setenv (launcher, "XDG_STATE_HOME", fixture->home, TRUE);
  g_subprocess_launcher_unsetenv (launcher, "NETRC");
  /* The one that asks the desktop ends the program where there are no settings, as in a test's own folders.
   */
  g_subprocess_launcher_setenv (launcher, "GIO_USE_PROXY_RESOLVER", "dummy", TRUE);
}

GSubprocessLauncher *
cli_test_create_launcher (CliFixture *fixture, GSubprocessFlags flags)
{
  GSubprocessLauncher *launcher = g_subprocess_launcher_new (flags);

  g_subprocess_launcher_set_cwd (launcher, fixture->folder);
  set_environment (launcher, fixture);
  return launcher;
}

static GSubprocess *
spawn (CliFixture *fixture, va_list arguments)
{
  g_autoptr (GSubprocessLauncher) launcher
      = cli_test_create_launcher (fixture, G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE
                                               | G_SUBPROCESS_FLAGS_STDERR_PIPE);
  g_autoptr (GPtrArray) argv = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;
  GSubprocess *process = NULL;
  const char *argument = NULL;

  g_ptr_array_add (argv, (gpointer) cli_test_get_program ());
  while ((argument = va_arg (arguments, const char *)) != NULL)
    g_ptr_array_add (argv, (gpointer) argument);
  g_ptr_array_add (argv, NULL);

  process = g_subprocess_launcher_spawnv (launcher, (const char *const *) argv->pdata, &error);
  g_assert_no_error (error);
  return process;
}

/* Starts the program with the arguments given. */
GSubprocess *
cli_test_start (CliFixture *fixture, ...)
{
  GSubprocess *process = NULL;
  va_list arguments;

  va_start (arguments, fixture);
  process = spawn (fixture, arguments);
  va_end (arguments);
  return process;
}

static void
on_communicated (GObject *object, GAsyncResult *result, gpointer user_data)
{
  CliResult *finished = user_data;
  GSubprocess *process = G_SUBPROCESS (object);
  g_autoptr (GError) error = NULL;

  g_subprocess_communicate_utf8_finish (process, result, &finished->output, &finished->errors, &error);
  g_assert_no_error (error);
  finished->status = g_subprocess_get_if_exited (process) ? g_subprocess_get_exit_status (process)
                                                          : -g_subprocess_get_term_sig (process);
}

static gboolean
is_finished (gpointer user_data)
{
  CliResult *result = user_data;

  return result->output != NULL;
}

/* Waits for the end of a process that was started with pipes, with the main
 * loop running. What it prints has to be valid UTF-8.
 */
CliResult *
cli_test_finish (GSubprocess *process, const char *input)
{
  CliResult *result = g_new0 (CliResult, 1);

  g_subprocess_communicate_utf8_async (process, input, NULL, on_communicated, result);
  bobbin_test_wait (is_finished, result);
  return result;
}

/* Runs the program with the arguments given, and @input as standard input. */
CliResult *
cli_test_run (CliFixture *fixture, const char *input, ...)
{
  g_autoptr (GSubprocess) process = NULL;
  va_list arguments;

  va_start (arguments, input);
  process = spawn (fixture, arguments);
  va_end (arguments);
  return cli_test_finish (process, input);
}

void
cli_result_free (CliResult *result)
{
  g_free (result->output);
  g_free (result->errors);
  g_free (result);
}

static gboolean
matches (const char *text, const char *pattern)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GRegex) regex = g_regex_new (pattern, G_REGEX_MULTILINE, 0, &error);

  g_assert_no_error (error);
  return g_regex_match (regex, text, 0, NULL);
}

void
cli_test_assert_match (const char *text, const char *pattern)
{
  if (!matches (text, pattern))
    g_error ("“%s” is not in:\n%s", pattern, text);
}

void
cli_test_assert_no_match (const char *text, const char *pattern)
{
  if (matches (text, pattern))
    g_error ("“%s” is in:\n%s", pattern, text);
}
