/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-demo-server.h"
#include "bobbin-test.h"

/* The lesson timed: how much longer than the sleeps themselves a run takes.
 * The server runs in the same process, so its time is in the figures too. */

#define ROUNDS 5

typedef struct
{
  const char *name;
  guint n;
  guint at_once;
  const char *path;
  double ideal; /* seconds */
} Case;

static const Case cases[] = {
  { "two of 1 s, one after another", 2, 1, "/sleep/1", 2.0 },
  { "two of 1 s at once", 2, 2, "/sleep/1", 1.0 },
  { "ten of 1 s at once", 10, 10, "/sleep/1", 1.0 },
  { "ten of 1.5 s at once", 10, 10, "/sleep/1.5", 1.5 },
  { "a hundred of 0.5 s at once", 100, 100, "/sleep/0.5", 0.5 },
};

/* Returns: seconds above the ideal */
static double
time_once (const Case *measured, const char *server_uri)
{
  g_autoptr (BobbinQueue) queue = bobbin_queue_new ();
  g_autofree char *folder = bobbin_test_make_folder ();
  g_autofree char *uri = g_strconcat (server_uri, measured->path, NULL);
  double elapsed;

  bobbin_queue_set_at_once (queue, measured->at_once);
  for (guint i = 0; i < measured->n; i++)
    bobbin_test_add (queue, folder, uri);
  bobbin_test_wait_for_run (queue);
  g_assert_cmpuint (bobbin_queue_get_run (queue)->finished, ==, measured->n);
  elapsed = (double) bobbin_run_get_elapsed (bobbin_queue_get_run (queue), 0) / G_USEC_PER_SEC;
  bobbin_test_remove_folder (folder);
  return elapsed - measured->ideal;
}

static int
compare_doubles (gconstpointer a, gconstpointer b)
{
  double x = *(const double *) a;
  double y = *(const double *) b;

  return (x > y) - (x < y);
}

int
main (int argc, char *argv[])
{
  double above[G_N_ELEMENTS (cases)][ROUNDS];
  g_autoptr (BobbinDemoServer) server = NULL;
  g_autoptr (GError) error = NULL;

  bobbin_engine_init ();
  server = bobbin_demo_server_new (&error);
  g_assert_no_error (error);
  for (guint round = 0; round < ROUNDS; round++)
    for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
      above[i][round] = time_once (&cases[i], bobbin_demo_server_get_uri (server));

  g_print ("| case | ideal | above it: median of %d | least | most |\n| --- | --- | --- | --- | --- |\n",
           ROUNDS);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      qsort (above[i], ROUNDS, sizeof (double), compare_doubles);
      g_print ("| %s | %.1f s | %.1f ms | %.1f ms | %.1f ms |\n", cases[i].name, cases[i].ideal,
               above[i][ROUNDS / 2] * 1000, above[i][0] * 1000, above[i][ROUNDS - 1] * 1000);
    }
  return 0;
}
