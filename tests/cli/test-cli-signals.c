/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "bobbin-cli-test.h"

#include "bobbin-cli-signals.h"
#include "bobbin-test.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <locale.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

/* Far more than a clean stop takes, far less than the downloads would. */
#define SOON (10 * G_USEC_PER_SEC)

static void
wait_ms (guint milliseconds)
{
  gint64 end = g_get_monotonic_time () + milliseconds * G_GINT64_CONSTANT (1000);

  while (g_get_monotonic_time () < end)
    g_usleep (1000);
}

/* What has come stays in the part file, nothing gets its final name, and what
 * had finished is told.
 */
static void
test_stop (CliFixture *fixture, gconstpointer user_data)
{
  int number = GPOINTER_TO_INT (user_data);
  g_autofree char *slow = cli_test_dup_uri (fixture, "/bytes/100000000?rate=1000000&name=slow");
  g_autofree char *late = cli_test_dup_uri (fixture, "/bytes/10?delay=55&name=late");
  g_autofree char *fast = cli_test_dup_uri (fixture, "/bytes/10?name=fast");
  g_autoptr (GSubprocess) process = cli_test_start (fixture, "--order=added", late, slow, fast, NULL);
  g_autoptr (CliResult) result = NULL;
  gint64 start = 0;

  cli_test_wait_for_file (fixture, "slow.part", 0);
  cli_test_wait_for_file (fixture, "fast", 0);
  wait_ms (300);
  start = g_get_monotonic_time ();
  g_subprocess_send_signal (process, number);
  result = cli_test_finish (process, NULL);

  g_assert_cmpint (g_get_monotonic_time () - start, <, SOON);
  g_assert_cmpint (result->status, ==, 130);
  cli_test_assert_match (result->output, "\\Afast · 10 bytes · .*\n\\z");
  cli_test_assert_match (result->errors,
                         "^bobbin-cli: stopped, 1 of 3 finished; the same command goes on .*\\.part$");
  cli_test_assert_names (fixture, "fast slow.part");
}

static void
test_stop_json (CliFixture *fixture, gconstpointer user_data)
{
  g_autofree char *slow = cli_test_dup_uri (fixture, "/bytes/100000000?rate=1000000&name=slow");
  g_autoptr (GSubprocess) process = cli_test_start (fixture, "--json", slow, NULL);
  g_autoptr (CliResult) result = NULL;

  cli_test_wait_for_file (fixture, "slow.part", 0);
  g_subprocess_send_signal (process, SIGINT);
  result = cli_test_finish (process, NULL);

  g_assert_cmpint (result->status, ==, 130);
  cli_test_assert_match (result->output, "^{\"event\":\"run\",[^\n]*\"finished\":0,[^\n]*}\n\\z");
}

/* While it reads links, before any download. */
static void
test_stop_while_reading (CliFixture *fixture, gconstpointer user_data)
{
  g_autoptr (GSubprocess) process = cli_test_start (fixture, "-i", "-", NULL);
  int status = 0;

  /* Long enough for it to wait for input; sooner it dies of the signal. */
  wait_ms (500);
  g_subprocess_send_signal (process, SIGTERM);
  g_assert_true (g_subprocess_wait (process, NULL, NULL));
  status = g_subprocess_get_if_exited (process) ? g_subprocess_get_exit_status (process) : -1;
  g_assert_cmpint (status, ==, 130);
}

/* At any moment from the start of the process on: it ends soon, and what has a
 * final name is whole.
 */
static void
test_stop_at_any_moment (CliFixture *fixture, gconstpointer user_data)
{
  g_autoptr (GString) links = g_string_new (NULL);

  for (int i = 0; i < 40; i++)
    g_string_append_printf (links, "%s/bytes/50000?n=%d&rate=2000000\n",
                            bobbin_demo_server_get_uri (fixture->server), i);
  cli_test_write (fixture, "links.txt", links->str);

  for (guint i = 0; i < 15; i++)
    {
      g_autofree char *folder = g_strdup_printf ("%u", i);
      g_autofree char *path = cli_test_dup_path (fixture, folder);
      g_autoptr (GSubprocess) process = cli_test_start (fixture, "links.txt", "-d", folder, NULL);
      g_autoptr (CliResult) result = NULL;
      gint64 start = 0;

      wait_ms ((guint) g_test_rand_int_range (0, 250));
      start = g_get_monotonic_time ();
      g_subprocess_send_signal (process, i % 2 == 0 ? SIGINT : SIGTERM);
      result = cli_test_finish (process, NULL);

      g_assert_cmpint (g_get_monotonic_time () - start, <, SOON);
      if (result->status != -SIGINT && result->status != -SIGTERM && result->status != 0)
        g_assert_cmpint (result->status, ==, 130);
      if (g_file_test (path, G_FILE_TEST_IS_DIR))
        {
          g_auto (GStrv) names = bobbin_test_list_folder (path);

          for (char **name = names; *name != NULL; name++)
            {
              g_autofree char *file = g_build_filename (folder, *name, NULL);

              if (!g_str_has_suffix (*name, ".part"))
                cli_test_assert_bytes (fixture, file, 50000);
            }
        }
    }
}

/* Nobody reads standard output, so that the main loop waits in a write when the
 * signal comes.
 */
static void
test_stop_while_writing (CliFixture *fixture, gconstpointer user_data)
{
  g_autoptr (GString) links = g_string_new (NULL);
  g_autoptr (GSubprocess) process = NULL;
  gint64 start = 0;

  for (int i = 0; i < 5000; i++)
    g_string_append_printf (links, "%s/sleep/50?n=%d\n", bobbin_demo_server_get_uri (fixture->server), i);
  cli_test_write (fixture, "links.txt", links->str);

  process = cli_test_start (fixture, "--json", "links.txt", NULL);
  wait_ms (1000);
  start = g_get_monotonic_time ();
  g_subprocess_send_signal (process, SIGINT);
  g_assert_true (g_subprocess_wait (process, NULL, NULL));

  g_assert_cmpint (g_get_monotonic_time () - start, <, SOON);
  g_assert_true (g_subprocess_get_if_exited (process));
  g_assert_cmpint (g_subprocess_get_exit_status (process), ==, 130);
}

/* A shell that starts it in the background, and nohup, have signals ignored. */
static void
test_ignored_signal (CliFixture *fixture, gconstpointer user_data)
{
  g_autofree char *uri = cli_test_dup_uri (fixture, "/bytes/10?delay=1");
  g_autoptr (GSubprocessLauncher) launcher = cli_test_create_launcher (fixture, G_SUBPROCESS_FLAGS_NONE);
  g_autoptr (GSubprocess) process = NULL;

  process = g_subprocess_launcher_spawn (launcher, NULL, "sh", "-c", "trap '' INT; exec \"$0\" -q \"$1\"",
                                         cli_test_get_program (), uri, NULL);
  wait_ms (500);
  g_subprocess_send_signal (process, SIGINT);
  g_assert_true (g_subprocess_wait (process, NULL, NULL));
  g_assert_true (g_subprocess_get_if_exited (process));
  g_assert_cmpint (g_subprocess_get_exit_status (process), ==, 0);
}

/* The second signal ends the program wherever it is; one that comes right after
 * the first belongs to it.
 */
static void
test_second_signal (void)
{
  if (g_test_subprocess ())
    {
      g_assert_true (bobbin_cli_signals_install ());
      g_assert_false (bobbin_cli_signals_is_stop_asked ());
      raise (SIGINT);
      raise (SIGTERM);
      g_assert_true (bobbin_cli_signals_is_stop_asked ());
      wait_ms (300);
      g_printerr ("still here\n");
      raise (SIGINT);
      g_printerr ("too late\n");
      return;
    }

  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
  g_test_trap_assert_failed ();
  g_test_trap_assert_stderr ("*still here*");
  g_test_trap_assert_stderr_unmatched ("*too late*");
}

/* As “bobbin-cli … | head -1”. */
static void
test_nobody_reads (CliFixture *fixture, gconstpointer user_data)
{
  g_autofree char *uri = cli_test_dup_uri (fixture, "/bytes/10?delay=0.3");
  g_autofree char *slow = cli_test_dup_uri (fixture, "/bytes/100000000?rate=1000000&name=slow");
  g_autoptr (GSubprocessLauncher) launcher
      = cli_test_create_launcher (fixture,
                                  G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_SILENCE);
  g_autoptr (GSubprocess) process
      = g_subprocess_launcher_spawn (launcher, NULL, cli_test_get_program (), uri, slow, NULL);
  gint64 start = g_get_monotonic_time ();

  g_input_stream_close (g_subprocess_get_stdout_pipe (process), NULL, NULL);
  g_assert_true (g_subprocess_wait (process, NULL, NULL));
  g_assert_cmpint (g_get_monotonic_time () - start, <, SOON);
  g_assert_true (g_subprocess_get_if_signaled (process));
  g_assert_cmpint (g_subprocess_get_term_sig (process), ==, SIGPIPE);
}

/* The files are worth more than what is said about them. */
static void
test_full_disk (CliFixture *fixture, gconstpointer user_data)
{
  g_autofree char *uri = cli_test_dup_uri (fixture, "/bytes/1000?delay=0.1");
  g_autoptr (GSubprocessLauncher) launcher
      = cli_test_create_launcher (fixture, G_SUBPROCESS_FLAGS_STDERR_PIPE);
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (CliResult) result = NULL;
  g_autofree char *errors = NULL;

  g_subprocess_launcher_set_stdout_file_path (launcher, "/dev/full");
  process = g_subprocess_launcher_spawn (launcher, NULL, cli_test_get_program (), uri, uri, NULL);
  g_assert_true (g_subprocess_communicate_utf8 (process, NULL, NULL, NULL, &errors, NULL));

  g_assert_cmpint (g_subprocess_get_exit_status (process), ==, 1);
  g_assert_cmpstr (errors, ==, "bobbin-cli: not all results could be written: No space left on device\n");
  cli_test_assert_bytes (fixture, "1000", 1000);
  cli_test_assert_bytes (fixture, "1000 (1)", 1000);
}

/* With standard streams closed, nothing else must take their place and be written to. */
static void
test_closed_streams (CliFixture *fixture, gconstpointer user_data)
{
  const char *const closing[] = { "<&-", ">&-", "2>&-", "<&- >&- 2>&-" };
  g_autofree char *uri = cli_test_dup_uri (fixture, "/bytes/1000?delay=0.1");

  for (gsize i = 0; i < G_N_ELEMENTS (closing); i++)
    {
      g_autofree char *command = g_strdup_printf ("exec \"$0\" -v \"$@\" %s", closing[i]);
      g_autofree char *folder = g_strdup_printf ("%zu", i);
      g_autofree char *file = g_build_filename (folder, "1000", NULL);
      g_autoptr (GSubprocessLauncher) launcher
          = cli_test_create_launcher (fixture,
                                      G_SUBPROCESS_FLAGS_STDOUT_SILENCE | G_SUBPROCESS_FLAGS_STDERR_SILENCE);
      g_autoptr (GSubprocess) process
          = g_subprocess_launcher_spawn (launcher, NULL, "sh", "-c", command, cli_test_get_program (), uri,
                                         "-d", folder, NULL);

      g_assert_true (g_subprocess_wait (process, NULL, NULL));
      g_assert_true (g_subprocess_get_if_exited (process));
      g_assert_cmpint (g_subprocess_get_exit_status (process), ==, 0);
      cli_test_assert_bytes (fixture, file, 1000);
    }
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "C.UTF-8");
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  cli_test_add ("/cli/signals/interrupt", test_stop, GINT_TO_POINTER (SIGINT));
  cli_test_add ("/cli/signals/terminate", test_stop, GINT_TO_POINTER (SIGTERM));
  cli_test_add ("/cli/signals/hang-up", test_stop, GINT_TO_POINTER (SIGHUP));
  cli_test_add ("/cli/signals/json", test_stop_json, NULL);
  cli_test_add ("/cli/signals/while-reading", test_stop_while_reading, NULL);
  cli_test_add ("/cli/signals/while-writing", test_stop_while_writing, NULL);
  cli_test_add ("/cli/signals/any-moment", test_stop_at_any_moment, NULL);
  cli_test_add ("/cli/signals/ignored", test_ignored_signal, NULL);
  g_test_add_func ("/cli/signals/second", test_second_signal);
  cli_test_add ("/cli/streams/nobody-reads", test_nobody_reads, NULL);
  cli_test_add ("/cli/streams/full-disk", test_full_disk, NULL);
  cli_test_add ("/cli/streams/closed", test_closed_streams, NULL);

  return g_test_run ();
}
