/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "bobbin-cli-test.h"

#include "bobbin-cli-text.h"
#include "bobbin-scenario.h"
#include "bobbin-screen.h"

#include <fcntl.h>
#include <locale.h>
#include <poll.h>
#include <pty.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#define WIDE_NAME "漢字かな交じり文の大変長いファイル名.jpg"
#define MARKED_NAME "e\314\201cole-ce\314\201vennes.txt"

/* The program on a terminal. */
typedef struct
{
  GSubprocess *process;
  int master;
  BobbinScreen *screen;
  GString *bytes; /* all that came */
} Terminal;

static void
set_size (Terminal *terminal, guint columns, guint rows)
{
  struct winsize size = { .ws_col = (unsigned short) columns, .ws_row = (unsigned short) rows };

  g_assert_cmpint (ioctl (terminal->master, TIOCSWINSZ, &size), ==, 0);
}

static Terminal *
terminal_new (CliFixture *fixture,
              const char *type,
              guint columns,
              guint rows,
              const char *const *arguments,
              int output)
{
  Terminal *terminal = g_new0 (Terminal, 1);
  g_autoptr (GSubprocessLauncher) launcher
      = cli_test_create_launcher (fixture, G_SUBPROCESS_FLAGS_STDIN_INHERIT);
  g_autoptr (GPtrArray) argv = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;
  int slave = -1;

  g_assert_cmpint (openpty (&terminal->master, &slave, NULL, NULL, NULL), ==, 0);
  set_size (terminal, columns, rows);
  terminal->screen = bobbin_screen_new (columns, rows);
  terminal->bytes = g_string_new (NULL);

  g_ptr_array_add (argv, (gpointer) cli_test_get_program ());
  for (; *arguments != NULL; arguments++)
    g_ptr_array_add (argv, (gpointer) *arguments);
  g_ptr_array_add (argv, NULL);

  g_subprocess_launcher_setenv (launcher, "TERM", type, TRUE);
  g_subprocess_launcher_take_stdout_fd (launcher, output >= 0 ? output : dup (slave));
  g_subprocess_launcher_take_stderr_fd (launcher, slave);
  terminal->process = g_subprocess_launcher_spawnv (launcher, (const char *const *) argv->pdata, &error);
  g_assert_no_error (error);
  return terminal;
}

static void
terminal_free (Terminal *terminal)
{
  g_object_unref (terminal->process);
  close (terminal->master);
  bobbin_screen_free (terminal->screen);
  g_string_free (terminal->bytes, TRUE);
  g_free (terminal);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Terminal, terminal_free)

/* Draws what the program has written until now. Returns: FALSE at its end. */
static gboolean
terminal_read (Terminal *terminal)
{
  struct pollfd fd = { .fd = terminal->master, .events = POLLIN };
  char bytes[4096];
  gssize n = 0;

  g_main_context_iteration (NULL, FALSE);
  if (poll (&fd, 1, 10) <= 0)
    return TRUE;

  n = read (terminal->master, bytes, sizeof bytes);
  if (n <= 0)
    return FALSE;
  bobbin_screen_feed (terminal->screen, bytes, (gsize) n);
  g_string_append_len (terminal->bytes, bytes, n);
  return TRUE;
}

/* Returns: the exit status */
static int
terminal_finish (Terminal *terminal)
{
  while (terminal_read (terminal))
    ;
  g_assert_true (g_subprocess_wait (terminal->process, NULL, NULL));
  g_assert_true (g_subprocess_get_if_exited (terminal->process));
  return g_subprocess_get_exit_status (terminal->process);
}

/* Long names, wide ones, and more at once than there are rows. */
static char **
create_links (CliFixture *fixture)
{
  const char *names[] = {
    WIDE_NAME,
    MARKED_NAME,
    "IMG_20230614_183205_lighthouse-panorama-full-resolution-north-pier.tiff",
    "a",
  };
  g_autoptr (GStrvBuilder) links = g_strv_builder_new ();

  g_strv_builder_add (links, "-j20");
  for (guint i = 0; i < 12; i++)
    {
      g_autofree char *name = g_uri_escape_string (names[i % G_N_ELEMENTS (names)], NULL, FALSE);
      g_autofree char *link
          = g_strdup_printf ("%s/bytes/%u?rate=1000000&name=%u%s",
                             bobbin_demo_server_get_uri (fixture->server), 400000 + i * 50000, i, name);

      g_strv_builder_add (links, link);
    }
  return g_strv_builder_end (links);
}

/* The results and nothing else stay on the screen, whatever its width. */
static void
test_widths (CliFixture *fixture, gconstpointer user_data)
{
  guint columns = GPOINTER_TO_UINT (user_data);
  g_auto (GStrv) arguments = create_links (fixture);
  g_autoptr (Terminal) terminal
      = terminal_new (fixture, "xterm", columns, 8, (const char *const *) arguments, -1);
  g_autofree char *text = NULL;

  g_assert_cmpint (terminal_finish (terminal), ==, 0);
  g_assert_cmpuint (bobbin_screen_get_n_cut (terminal->screen), ==, 0);
  g_assert_cmpuint (bobbin_screen_get_most_rows (terminal->screen), >, 3);
  g_assert_cmpuint (bobbin_screen_get_most_rows (terminal->screen), <=, 8);

  text = bobbin_screen_dup_text (terminal->screen);
  if (columns >= 120)
    {
      cli_test_assert_match (text,
                             "\\A([0-9]+[^ ]+ · [0-9.]+.kB · [0-9.]+.s at [0-9.]+.[kM]B/s\n){12}12 of 12 ");
      cli_test_assert_match (text, "^Finished in [0-9.]+ seconds\n\\z");
      cli_test_assert_match (text, "^0" WIDE_NAME " ·");
    }
  cli_test_assert_no_match (text, "elapsed|left$|more$");
  cli_test_assert_match (terminal->bytes->str, "\033\\[\\?7l");
}

/* While it draws, a terminal of 60 columns is made of one of 150. */
static void
test_resize (CliFixture *fixture, gconstpointer user_data)
{
  g_auto (GStrv) arguments = create_links (fixture);
  g_autoptr (Terminal) terminal
      = terminal_new (fixture, "xterm", 150, 60, (const char *const *) arguments, -1);
  g_autofree char *text = NULL;

  while (!g_str_has_suffix (terminal->bytes->str, "\033[?7h") || strstr (terminal->bytes->str, "B/s") == NULL)
    g_assert_true (terminal_read (terminal));
  set_size (terminal, 60, 60);
  bobbin_screen_resize (terminal->screen, 60, 60);

  g_assert_cmpint (terminal_finish (terminal), ==, 0);
  g_assert_cmpuint (bobbin_screen_get_n_cut (terminal->screen), ==, 0);
  text = bobbin_screen_dup_text (terminal->screen);
  cli_test_assert_match (text, "\\A[0-9]+[^ ]+ · ");
  cli_test_assert_no_match (text, "elapsed|left$|Connecting|%");
}

/* A name that would set colours and clear the screen. */
static void
test_control_characters (CliFixture *fixture, gconstpointer user_data)
{
  g_autoptr (BobbinFaultServer) server = bobbin_fault_server_new ();
  g_autofree char *uri
      = bobbin_fault_server_dup_uri (server, "/a%1B%5B31mb%1B%5B2Jc%0D%0Ad%07%C2%9B%E2%80%AEe.txt");
  const char *arguments[] = { "-v", "--timeout=1", "--tries=1", uri, NULL };
  g_autoptr (Terminal) terminal = NULL;
  g_autofree char *text = NULL;

  bobbin_fault_server_answer (server, "/a%1B%5B31mb%1B%5B2Jc%0D%0Ad%07%C2%9B%E2%80%AEe.txt", "", "",
                              BOBBIN_FAULT_HOLD);
  terminal = terminal_new (fixture, "xterm", 120, 20, arguments, -1);

  g_assert_cmpint (terminal_finish (terminal), ==, 1);
  text = bobbin_screen_dup_text (terminal->screen);
  cli_test_assert_match (text, "^a.*b.*c.*d.*e\\.txt · The server does not answer$");
}

static void
test_without_drawing (CliFixture *fixture, gconstpointer user_data)
{
  const char *type = user_data;
  g_autofree char *uri = cli_test_dup_uri (fixture, "/bytes/10?delay=0.3");
  const char *arguments[] = { uri, type != NULL ? NULL : "-q", NULL };
  g_autoptr (Terminal) terminal
      = terminal_new (fixture, type != NULL ? type : "xterm", 80, 24, arguments, -1);

  g_assert_cmpint (terminal_finish (terminal), ==, 0);
  cli_test_assert_no_match (terminal->bytes->str, "\033");
  if (type != NULL)
    cli_test_assert_match (terminal->bytes->str, "\\A10 · 10 bytes · ");
  else
    g_assert_cmpstr (terminal->bytes->str, ==, "");
}

/* A line for what waits for its next try, with the reason and a count-down, and
 * one for what is active; in front of them all comes what is active.
 */
static void
test_retry (CliFixture *fixture, gconstpointer user_data)
{
  const BobbinFaultFile file = { .size = 3000 };
  const BobbinFaultRule busy
      = { "*", 1, SCRIPT (HEAD ("503 Service Unavailable\nRetry-After: 1\nContent-Length: 0")) };
  const BobbinFaultRule then = { .request = "*", .file = &file };
  g_autoptr (BobbinFaultServer) server = bobbin_fault_server_new ();
  g_autofree char *uri = bobbin_fault_server_dup_uri (server, "/wool");
  g_autofree char *slow = cli_test_dup_uri (fixture, "/bytes/10?delay=1.5&name=linen");
  const char *arguments[] = { uri, slow, NULL };
  g_autoptr (Terminal) terminal = NULL;
  g_autofree char *text = NULL;

  bobbin_fault_server_add_rule (server, &busy);
  bobbin_fault_server_add_rule (server, &then);
  terminal = terminal_new (fixture, "xterm", 100, 20, arguments, -1);
  g_assert_cmpint (terminal_finish (terminal), ==, 0);
  cli_test_assert_match (terminal->bytes->str, "      wool  The server is busy \\(503\\) · Retry in [12].s");
  cli_test_assert_match (terminal->bytes->str, "      wool  The server is busy \\(503\\) · Retry in 1.s");
  cli_test_assert_match (terminal->bytes->str, "      10    Connecting");
  text = bobbin_screen_dup_text (terminal->screen);
  cli_test_assert_no_match (text, "Retry|Connecting");
}

/* What is skipped counts from the beginning. */
static void
test_skipped (CliFixture *fixture, gconstpointer user_data)
{
  g_autofree char *uri = cli_test_dup_uri (fixture, "/bytes/10");
  g_autofree char *slow = cli_test_dup_uri (fixture, "/bytes/20?delay=0.5");
  const char *arguments[] = { uri, slow, NULL };
  g_autoptr (CliResult) before = cli_test_run (fixture, NULL, uri, NULL);
  g_autoptr (Terminal) terminal = terminal_new (fixture, "xterm", 100, 20, arguments, -1);
  g_autofree char *text = NULL;

  g_assert_cmpint (before->status, ==, 0);
  g_assert_cmpint (terminal_finish (terminal), ==, 0);
  cli_test_assert_match (terminal->bytes->str, "0 of 2 finished · 1 skipped · elapsed ");
  text = bobbin_screen_dup_text (terminal->screen);
  cli_test_assert_match (
      text, "\\A10 · Already here\n20 · 20.bytes · .*\n1 of 2 finished · 1 skipped\nFinished in ");
}

/* Results into a file, progress on the terminal: neither has what is the other's. */
static void
test_results_elsewhere (CliFixture *fixture, gconstpointer user_data)
{
  g_autofree char *uri = cli_test_dup_uri (fixture, "/bytes/10?delay=0.5");
  g_autofree char *path = cli_test_dup_path (fixture, "results");
  const char *arguments[] = { "--json", uri, NULL };
  int output = open (path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
  g_autoptr (Terminal) terminal = terminal_new (fixture, "xterm", 80, 24, arguments, output);
  g_autofree char *text = NULL;
  g_autofree char *results = NULL;

  g_assert_cmpint (terminal_finish (terminal), ==, 0);
  text = bobbin_screen_dup_text (terminal->screen);
  g_assert_cmpstr (text, ==, "");
  cli_test_assert_match (terminal->bytes->str, "Connecting");
  g_assert_true (g_file_get_contents (path, &results, NULL, NULL));
  cli_test_assert_match (results, "\\A({\"event\":[^\n]*}\n){4}\\z");
}

static void
test_clean (void)
{
  const char *const cases[][2] = {
    { "plain name.txt", "plain name.txt" },
    { "a\033[31mb\nc\177", "a\357\277\275[31mb\357\277\275c\357\277\275" },
    { "c1 \302\233 nel \302\205", "c1 \357\277\275 nel \357\277\275" },
    { "rlo \342\200\256txt.exe", "rlo \357\277\275txt.exe" },
    { "line\342\200\250separator", "line\357\277\275separator" },
    { "not \377 UTF-8", "not \357\277\275 UTF-8" },
    { WIDE_NAME, WIDE_NAME },
    { MARKED_NAME, MARKED_NAME },
    { "", "" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *clean = bobbin_cli_text_clean (cases[i][0]);

      g_assert_cmpstr (clean, ==, cases[i][1]);
    }
}

static void
test_shorten (void)
{
  const struct
  {
    const char *text;
    guint columns;
    const char *shown;
  } cases[] = {
    { "abcdefghij", 10, "abcdefghij" },
    { "abcdefghij", 9, "abcd…ghij" },
    { "abcdefghij", 3, "a…j" },
    { "abcdefghij", 2, "ab" },
    { "abcdefghij", 0, "" },
    { "漢字漢字", 8, "漢字漢字" },
    { "漢字漢字", 7, "漢…字" },
    { "漢字漢字", 3, "…" },
    { "e\314\201e\314\201e\314\201e\314\201", 3, "e\314\201…e\314\201" },
    { "", 5, "" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *shown = bobbin_cli_text_shorten (cases[i].text, cases[i].columns);

      g_assert_cmpstr (shown, ==, cases[i].shown);
      g_assert_cmpuint (bobbin_cli_text_width (shown), <=, cases[i].columns);
    }
}

/* Any text at any width: never too wide, always whole characters. */
static void
test_shorten_any (void)
{
  const char *pieces[] = { "a", "漢", "e\314\201", "\360\237\230\200", " ", "\342\200\215" };

  for (int round = 0; round < 2000; round++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      guint columns = (guint) g_test_rand_int_range (0, 20);
      g_autofree char *shown = NULL;

      for (int i = g_test_rand_int_range (0, 30); i > 0; i--)
        g_string_append (text, pieces[g_test_rand_int_range (0, G_N_ELEMENTS (pieces))]);
      shown = bobbin_cli_text_shorten (text->str, columns);

      g_assert_true (g_utf8_validate (shown, -1, NULL));
      g_assert_cmpuint (bobbin_cli_text_width (shown), <=, columns);
      g_string_truncate (text, 0);
      bobbin_cli_text_append_padded (text, shown, columns);
      g_assert_cmpuint (bobbin_cli_text_width (text->str), ==, columns);
    }
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "C.UTF-8");
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/cli/text/clean", test_clean);
  g_test_add_func ("/cli/text/shorten", test_shorten);
  g_test_add_func ("/cli/text/shorten-any", test_shorten_any);
  cli_test_add ("/cli/terminal/width/1", test_widths, GUINT_TO_POINTER (1));
  cli_test_add ("/cli/terminal/width/20", test_widths, GUINT_TO_POINTER (20));
  cli_test_add ("/cli/terminal/width/80", test_widths, GUINT_TO_POINTER (80));
  cli_test_add ("/cli/terminal/width/200", test_widths, GUINT_TO_POINTER (200));
  cli_test_add ("/cli/terminal/resize", test_resize, NULL);
  cli_test_add ("/cli/terminal/control-characters", test_control_characters, NULL);
  cli_test_add ("/cli/terminal/dumb", test_without_drawing, "dumb");
  cli_test_add ("/cli/terminal/no-type", test_without_drawing, "");
  cli_test_add ("/cli/terminal/quiet", test_without_drawing, NULL);
  cli_test_add ("/cli/terminal/retry", test_retry, NULL);
  cli_test_add ("/cli/terminal/skipped", test_skipped, NULL);
  cli_test_add ("/cli/terminal/results-elsewhere", test_results_elsewhere, NULL);

  return g_test_run ();
}
