/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "bobbin-cli-test.h"

#include "bobbin-scenario.h"

#include <errno.h>
#include <locale.h>
#include <poll.h>
#include <pty.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

/* Users and passwords: how they are given, and that nobody else sees them. */

#define RIGHT "Authorization: Basic bWU6b3BlbnNlc2FtZQ==" /* me:opensesame */

static const BobbinFaultFile file = { .size = 3000 };
static const BobbinFaultFile slow_file = { .size = 3000000, .rate = 100000 };

static const BobbinFaultRule let_in = { .request = "* | " RIGHT, .file = &file };
static const BobbinFaultRule ask
    = { "*", 0, SCRIPT (HEAD ("401 Unauthorized\nContent-Length: 0\nWWW-Authenticate: Basic realm=\"x\"")) };

/* Serves only to those who sign in. */
static BobbinFaultServer *
serve (void)
{
  BobbinFaultServer *server = bobbin_fault_server_new ();

  bobbin_fault_server_add_rule (server, &let_in);
  bobbin_fault_server_add_rule (server, &ask);
  return server;
}

static char *
write_at_home (CliFixture *fixture, const char *name, const char *text)
{
  char *path = g_build_filename (fixture->home, name, NULL);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  return path;
}

static void
test_password_file (CliFixture *fixture, gconstpointer user_data)
{
  g_autoptr (BobbinFaultServer) server = serve ();
  g_autofree char *uri = bobbin_fault_server_dup_uri (server, "/wool");
  g_autofree char *path = write_at_home (fixture, "password", "opensesame\nand a note\n");
  g_autofree char *wrong_path = write_at_home (fixture, "wrong", "hunter2");
  g_autofree char *option = g_strdup_printf ("--password-file=%s", path);
  g_autofree char *wrong_option = g_strdup_printf ("--password-file=%s", wrong_path);
  g_autoptr (CliResult) without = cli_test_run (fixture, NULL, uri, NULL);
  g_autoptr (CliResult) wrong = cli_test_run (fixture, NULL, "-v", "--user=me", wrong_option, uri, NULL);
  g_autoptr (CliResult) right = cli_test_run (fixture, NULL, "-v", "--user", "me", option, uri, NULL);

  g_assert_cmpint (without->status, ==, 1);
  cli_test_assert_match (without->output, "^wool · The server asks for a sign-in \\(401\\)$");
  g_assert_cmpint (wrong->status, ==, 1);
  cli_test_assert_no_match (wrong->errors, "hunter2");
  g_assert_cmpint (right->status, ==, 0);
  cli_test_assert_no_match (right->errors, "opensesame");
  cli_test_assert_bytes (fixture, "wool", 3000);
}

static void
test_netrc (CliFixture *fixture, gconstpointer user_data)
{
  g_autoptr (BobbinFaultServer) server = serve ();
  g_autofree char *one = bobbin_fault_server_dup_uri (server, "/one");
  g_autofree char *two = bobbin_fault_server_dup_uri (server, "/two");
  g_autofree char *three = bobbin_fault_server_dup_uri (server, "/three");
  g_autofree char *path = write_at_home (fixture, ".netrc",
                                         "machine example.org login you password hunter2\n"
                                         "machine 127.0.0.1\n login me\n password opensesame\n");
  g_autoptr (CliResult) unasked = cli_test_run (fixture, NULL, one, NULL);
  g_autoptr (CliResult) asked = cli_test_run (fixture, NULL, "--netrc", two, NULL);
  g_autoptr (CliResult) for_user = cli_test_run (fixture, NULL, "--netrc", "--user=me", three, NULL);

  g_assert_cmpint (unasked->status, ==, 1);
  g_assert_cmpint (asked->status, ==, 0);
  g_assert_cmpint (for_user->status, ==, 0);
  cli_test_assert_names (fixture, "three two");
}

/* The program with a terminal of its own to ask on. */
typedef struct
{
  GSubprocess *process;
  int master;
  int slave;
  GString *shown;
} Terminal;

static void
take_terminal (gpointer user_data)
{
  int slave = GPOINTER_TO_INT (user_data);

  setsid ();
  ioctl (slave, TIOCSCTTY, 0);
}

static Terminal *
terminal_new (CliFixture *fixture, const char *user, const char *uri)
{
  Terminal *terminal = g_new0 (Terminal, 1);
  g_autoptr (GSubprocessLauncher) launcher
      = cli_test_create_launcher (fixture, G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (openpty (&terminal->master, &terminal->slave, NULL, NULL, NULL), ==, 0);
  g_subprocess_launcher_take_fd (launcher, dup (terminal->slave), 5);
  g_subprocess_launcher_set_child_setup (launcher, take_terminal, GINT_TO_POINTER (5), NULL);
  terminal->process
      = g_subprocess_launcher_spawn (launcher, &error, cli_test_get_program (), user, uri, NULL);
  g_assert_no_error (error);
  terminal->shown = g_string_new (NULL);
  return terminal;
}

static void
terminal_free (Terminal *terminal)
{
  g_object_unref (terminal->process);
  close (terminal->master);
  close (terminal->slave);
  g_string_free (terminal->shown, TRUE);
  g_free (terminal);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Terminal, terminal_free)

static void
terminal_read (Terminal *terminal, int milliseconds)
{
  struct pollfd fd = { .fd = terminal->master, .events = POLLIN };
  char bytes[256];
  gssize n = 0;

  if (poll (&fd, 1, milliseconds) <= 0 || (fd.revents & POLLIN) == 0)
    return;
  n = read (terminal->master, bytes, sizeof bytes);
  if (n > 0)
    g_string_append_len (terminal->shown, bytes, n);
}

static gboolean
has_echo (Terminal *terminal)
{
  struct termios attributes;

  g_assert_cmpint (tcgetattr (terminal->master, &attributes), ==, 0);
  return (attributes.c_lflag & ECHO) != 0;
}

/* Waits for the question; from then on nothing that is typed may be shown. */
static void
terminal_answer (Terminal *terminal, const char *question, const char *answer)
{
  gint64 end = g_get_monotonic_time () + 60 * G_USEC_PER_SEC;

  while (strstr (terminal->shown->str, question) == NULL)
    {
      terminal_read (terminal, 10);
      g_assert_cmpint (g_get_monotonic_time (), <, end);
    }
  g_assert_false (has_echo (terminal));
  g_assert_cmpint (write (terminal->master, answer, strlen (answer)), ==, (gssize) strlen (answer));
}

static void
test_asked (CliFixture *fixture, gconstpointer user_data)
{
  g_autoptr (BobbinFaultServer) server = serve ();
  g_autofree char *uri = bobbin_fault_server_dup_uri (server, "/wool");
  g_autoptr (Terminal) terminal = terminal_new (fixture, "--user=me", uri);
  g_autoptr (CliResult) result = NULL;

  terminal_answer (terminal, "Password of me at 127.0.0.1: ", "opensesame\n");
  result = cli_test_finish (terminal->process, NULL);
  terminal_read (terminal, 0);
  g_assert_cmpint (result->status, ==, 0);
  g_assert_cmpstr (result->errors, ==, "");
  cli_test_assert_bytes (fixture, "wool", 3000);
  g_assert_cmpstr (terminal->shown->str, ==, "Password of me at 127.0.0.1: \r\n");
  g_assert_true (has_echo (terminal));
}

/* Ctrl+C and Ctrl+D in the place of an answer. */
static void
test_not_answered (CliFixture *fixture, gconstpointer user_data)
{
  const struct
  {
    const char *answer;
    int status;
    const char *errors;
  } cases[] = {
    { "\003", 130, "\\A\\z" },
    { "\004", 2, "\\Abobbin-cli: no password was given\nTry" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (Terminal) terminal = terminal_new (fixture, "--user=me\033[31m", "http://127.0.0.1:9/");
      g_autoptr (CliResult) result = NULL;

      terminal_answer (terminal, "Password of me\357\277\275[31m at 127.0.0.1: ", cases[i].answer);
      result = cli_test_finish (terminal->process, NULL);
      g_assert_cmpint (result->status, ==, cases[i].status);
      cli_test_assert_match (result->errors, cases[i].errors);
      g_assert_true (has_echo (terminal));
    }
}

/* A password for the link's own server is none for where that one leads; who
 * asks is told. */
static void
test_elsewhere (CliFixture *fixture, gconstpointer user_data)
{
  g_autoptr (BobbinFaultServer) other = serve ();
  g_autoptr (BobbinFaultServer) server = bobbin_fault_server_new ();
  g_autofree char *uri = bobbin_fault_server_dup_uri (server, "/wool");
  g_autofree char *asking = bobbin_fault_server_dup_uri (other, "");
  g_autofree char *redirect
      = g_strdup_printf ("HTTP/1.1 302 Found\nLocation: %s/wool\nContent-Length: 0", asking);
  g_autofree char *path = write_at_home (fixture, "password", "opensesame\n");
  g_autofree char *option = g_strdup_printf ("--password-file=%s", path);
  g_autofree char *line = g_strdup_printf ("^wool · The server asks for a sign-in \\(401\\) · %s$", asking);
  g_autofree char *member = g_strdup_printf ("\"status\":401,\"origin\":\"%s\"", asking);
  g_autoptr (CliResult) result = NULL;
  g_autoptr (CliResult) json = NULL;

  bobbin_fault_server_answer (server, "/wool", redirect, "", BOBBIN_FAULT_KEEP);
  result = cli_test_run (fixture, NULL, "--user=me", option, uri, NULL);
  g_assert_cmpint (result->status, ==, 1);
  cli_test_assert_match (result->output, line);
  json = cli_test_run (fixture, NULL, "--json", "--user=me", option, uri, NULL);
  g_assert_nonnull (strstr (json->output, member));
  g_assert_cmpuint (bobbin_fault_server_count_requests (other, "Authorization"), ==, 0);
}

static void
leave_terminal (gpointer user_data)
{
  setsid ();
}

static void
test_nobody_to_ask (CliFixture *fixture, gconstpointer user_data)
{
  g_autoptr (GSubprocessLauncher) launcher
      = cli_test_create_launcher (fixture, G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE);
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (CliResult) result = NULL;

  g_subprocess_launcher_set_child_setup (launcher, leave_terminal, NULL, NULL);
  process = g_subprocess_launcher_spawn (launcher, NULL, cli_test_get_program (), "--user=me",
                                         "http://127.0.0.1:9/", NULL);
  result = cli_test_finish (process, NULL);
  g_assert_cmpint (result->status, ==, 2);
  cli_test_assert_match (result->errors, "^bobbin-cli: there is no terminal to ask for the password on; "
                                         "--password-file takes a file$");
}

static void
test_list_of_processes (CliFixture *fixture, gconstpointer user_data)
{
  const BobbinFaultRule rule = { .request = "*", .file = &slow_file };
  g_autoptr (BobbinFaultServer) server = bobbin_fault_server_new ();
  g_autofree char *uri = bobbin_fault_server_expand (server, "http://me:hunter2@127.0.0.1:@PORT@/wool");
  g_autoptr (GSubprocess) process = NULL;
  g_autofree char *path = NULL;
  g_autofree char *line = NULL;
  gsize size = 0;

  bobbin_fault_server_add_rule (server, &rule);
  process = cli_test_start (fixture, "-q", "--proxy=none", "--referer=http://me:hunter2@example.org/",
                            "-HX-Token: hunter2", "-H", "X-Token: hunter2", "--header=X-Token: hunter2",
                            "--header", "Cookie: a=hunter2", uri, NULL);
  cli_test_wait_for_file (fixture, "wool.part", 1);
  path = g_strdup_printf ("/proc/%s/cmdline", g_subprocess_get_identifier (process));
  g_assert_true (g_file_get_contents (path, &line, &size, NULL));
  g_assert_nonnull (memmem (line, size, "wool", 4));
  g_assert_null (memmem (line, size, "hunter2", 7));
  g_assert_cmpuint (bobbin_fault_server_count_requests (server, "Cookie: a=hunter2"), ==, 1);
  g_subprocess_force_exit (process);
  g_assert_true (g_subprocess_wait (process, NULL, NULL));
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "C.UTF-8");
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  cli_test_add ("/cli/sign-in/password-file", test_password_file, NULL);
  cli_test_add ("/cli/sign-in/netrc", test_netrc, NULL);
  cli_test_add ("/cli/sign-in/asked", test_asked, NULL);
  cli_test_add ("/cli/sign-in/elsewhere", test_elsewhere, NULL);
  cli_test_add ("/cli/sign-in/not-answered", test_not_answered, NULL);
  cli_test_add ("/cli/sign-in/nobody-to-ask", test_nobody_to_ask, NULL);
  cli_test_add ("/cli/sign-in/list-of-processes", test_list_of_processes, NULL);

  return g_test_run ();
}
