/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-demo-server.h"
#include "bobbin-test.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

/* What the terminal program costs before it does anything: start, memory, and
 * one small file, beside curl where that is installed. The rounds of both are
 * interleaved, and the ratios are those of medians. */

#define ROUNDS 15

typedef struct
{
  const char *name;
  const char *arguments[8];
  double times[ROUNDS]; /* seconds */
  long memory;          /* most resident, KiB */
} Case;

static void
run_child (const char *const *arguments)
{
  int nowhere = open ("/dev/null", O_WRONLY | O_CLOEXEC);

  dup2 (nowhere, STDOUT_FILENO);
  dup2 (nowhere, STDERR_FILENO);
  execvp (arguments[0], (char *const *) arguments);
  _exit (127);
}

/* Returns: whether the program is there and has done its work */
static gboolean
time_once (Case *measured, guint round)
{
  gint64 start = g_get_monotonic_time ();
  struct rusage usage;
  int status;
  pid_t child = fork ();

  if (child == 0)
    run_child (measured->arguments);
  while (wait4 (child, &status, 0, &usage) < 0 && errno == EINTR)
    ;
  measured->times[round] = (double) (g_get_monotonic_time () - start) / G_USEC_PER_SEC;
  measured->memory = MAX (measured->memory, usage.ru_maxrss);
  return WIFEXITED (status) && WEXITSTATUS (status) == 0;
}

static int
compare_doubles (gconstpointer a, gconstpointer b)
{
  double x = *(const double *) a;
  double y = *(const double *) b;

  return (x > y) - (x < y);
}

static void
tell (Case *measured)
{
  qsort (measured->times, ROUNDS, sizeof (double), compare_doubles);
  g_print ("| %s | %.1f ms | %.1f ms | %.1f ms | %.1f MB |\n", measured->name,
           measured->times[ROUNDS / 2] * 1000, measured->times[0] * 1000, measured->times[ROUNDS - 1] * 1000,
           (double) measured->memory * 1024 / 1000000);
}

int
main (int argc, char *argv[])
{
  const char *cli = g_getenv ("BOBBIN_CLI");
  g_autofree char *folder = bobbin_test_make_folder ();
  g_autofree char *own = g_build_filename (folder, "own", NULL);
  g_autofree char *theirs = g_build_filename (folder, "theirs", NULL);
  g_autofree char *state = g_build_filename (folder, "state", NULL);
  g_autofree char *uri = NULL;
  g_autoptr (BobbinDemoServer) server = NULL;
  gboolean has_curl;

  bobbin_engine_init ();
  server = bobbin_demo_server_new (NULL);
  g_assert_nonnull (server);
  g_setenv ("XDG_STATE_HOME", state, TRUE);
  uri = g_strconcat (bobbin_demo_server_get_uri (server), "/bytes/10000?name=file", NULL);

  {
    Case cases[] = {
      { "bobbin-cli --version", { cli, "--version" } },
      { "curl --version", { "curl", "--version" } },
      { "bobbin-cli, one file", { cli, "-q", "--again", "--on-conflict=overwrite", "-d", own, uri } },
      { "curl, one file", { "curl", "-s", "-o", theirs, uri } },
    };

    has_curl = time_once (&cases[1], 0);
    for (guint round = 0; round < ROUNDS; round++)
      for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
        if (i % 2 == 0 || has_curl)
          g_assert_true (time_once (&cases[i], round));
    g_print ("| program | median of %d | least | most | memory |\n| --- | --- | --- | --- | --- |\n", ROUNDS);
    for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
      if (i % 2 == 0 || has_curl)
        tell (&cases[i]);
    for (guint i = 0; i < G_N_ELEMENTS (cases) && has_curl; i += 2)
      g_print ("%s: %.2f times that of curl\n", cases[i].name,
               cases[i].times[ROUNDS / 2] / cases[i + 1].times[ROUNDS / 2]);
  }
  return 0;
}
