/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-crash-child.h"
#include "bobbin-crash-deeds.h"
#include "bobbin-crash-file.h"
#include "bobbin-crash-folder.h"
#include "bobbin-disk-faults.h"
#include "bobbin-disk-power.h"
#include "bobbin-test.h"

#include <sys/wait.h>

/* The power is cut at a random moment, and what the store claims after that has
 * to be on disk. BOBBIN_CRASH_ROUNDS tells how many machines suffer that, each
 * of them twice, and BOBBIN_CRASH_SEED which is the first. */

#define STORE_ROUNDS 100
#define QUEUE_ROUNDS 24
#define N_SESSIONS 2

/* The store gathers finished files for two seconds before it syncs them, so
 * that there is little to do and long to wait. */
#define LONGEST_SESSION 3500 /* milliseconds */
#define STORE_AT_ONCE 48
#define QUEUE_AT_ONCE 12

typedef struct
{
  guint32 next;
  guint32 end;
  guint running;
  BobbinCrashCounts counts;
  guint n_deeds;
  guint recovered;
  guint n_wrong;
  const char *program;
  char **links; /* or NULL */
} Test;

typedef struct
{
  Test *test;
  guint32 seed;
  guint session;
  char *root;  /* what is on its disk */
  char *trash; /* what is not */
} Machine;

static Machine *
machine_new (Test *test)
{
  Machine *self = g_new0 (Machine, 1);
  g_autofree char *files = NULL;
  g_autofree char *state = NULL;
  g_autofree char *limbo = NULL;

  self->test = test;
  self->seed = test->next++;
  self->root = bobbin_crash_folder_new ();
  self->trash = bobbin_crash_folder_new ();
  files = bobbin_crash_folder_make (self->root, "files");
  state = bobbin_crash_folder_make (self->root, "state");
  limbo = bobbin_crash_folder_make (self->trash, "limbo");
  return self;
}

static void
machine_free (Machine *self)
{
  g_free (self->root);
  g_free (self->trash);
  g_free (self);
}

static void
add_wrong (Machine *self, const char *wrong)
{
  g_test_message ("seed %u, power cut %u: %s", self->seed, self->session, wrong);
  self->test->n_wrong++;
}

/* Nobody waits for the disk here. */
static void
examine (Machine *self, gboolean at_the_end)
{
  const BobbinDiskFault none = { 0 };
  g_autofree char *path = g_build_filename (self->root, "state", "downloads.sqlite", NULL);
  g_autofree char *deeds = g_build_filename (self->trash, "deeds", NULL);
  g_autofree char *wrong = NULL;
  g_autofree char *wrong_deed = NULL;
  g_autoptr (BobbinStore) store = NULL;
  g_autoptr (GPtrArray) records = NULL;
  g_autoptr (GError) error = NULL;

  bobbin_disk_break (self->root, &none);
  store = bobbin_store_open (path);
  records = bobbin_store_load (store, NULL, &error);
  g_assert_no_error (error);
  if (bobbin_store_get_notice (store) > BOBBIN_STORE_RECOVERED)
    add_wrong (self, "the database is damaged");
  self->test->recovered += bobbin_store_get_notice (store) == BOBBIN_STORE_RECOVERED;
  wrong = at_the_end ? bobbin_crash_find_unfinished (records)
                     : bobbin_crash_find_wrong (records, &self->test->counts);
  if (wrong != NULL)
    add_wrong (self, wrong);
  wrong_deed = bobbin_crash_find_wrong_deed (deeds, records, &self->test->n_deeds);
  if (wrong_deed != NULL)
    add_wrong (self, wrong_deed);
  bobbin_store_close (store);
  bobbin_disk_mend (BOBBIN_DISK_OPEN);
}

static void start (Machine *self);

static void
begin_one (Test *test)
{
  if (test->next == test->end)
    return;
  test->running++;
  start (machine_new (test));
}

/* What went wrong is left to be looked at. */
static void
end_one (Machine *self, gboolean fine)
{
  Test *test = self->test;

  if (fine)
    {
      bobbin_crash_folder_remove (self->root);
      bobbin_crash_folder_remove (self->trash);
    }
  else
    g_test_message ("see %s", self->root);
  machine_free (self);
  test->running--;
  begin_one (test);
}

static gboolean
is_cut (GSubprocess *process)
{
  int status = g_subprocess_get_status (process);

  return WIFEXITED (status) && WEXITSTATUS (status) == BOBBIN_DISK_POWER_CUT;
}

static void
on_last_ended (GObject *object, GAsyncResult *result, gpointer user_data)
{
  Machine *self = user_data;
  guint n_wrong = self->test->n_wrong;

  g_assert_true (g_subprocess_wait_finish (G_SUBPROCESS (object), result, NULL));
  if (g_subprocess_get_successful (G_SUBPROCESS (object)))
    examine (self, TRUE);
  else
    add_wrong (self, "it does not come to its end");
  end_one (self, self->test->n_wrong == n_wrong);
}

/* Once more, and this time nothing happens. */
static void
start_last (Machine *self)
{
  g_autoptr (GSubprocess) process
      = bobbin_crash_spawn (self->test->program, self->root, "", 0, 0, self->test->links);

  g_subprocess_wait_async (process, NULL, on_last_ended, self);
}

static void
on_cut (GObject *object, GAsyncResult *result, gpointer user_data)
{
  Machine *self = user_data;
  GSubprocess *process = G_SUBPROCESS (object);
  guint n_wrong = self->test->n_wrong;

  g_assert_true (g_subprocess_wait_finish (process, result, NULL));
  if (is_cut (process))
    examine (self, FALSE);
  else
    add_wrong (self, "the program has ended before");
  self->session++;
  if (self->test->n_wrong > n_wrong)
    end_one (self, FALSE);
  else if (self->session < N_SESSIONS)
    start (self);
  else if (self->test->links != NULL)
    start_last (self);
  else
    end_one (self, TRUE);
}

/* After each power cut the machine is started anew. */
static void
write_boot_id (Machine *self)
{
  g_autofree char *path = g_build_filename (self->trash, "boot_id", NULL);
  g_autofree char *text = g_uuid_string_random ();

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

static void
start (Machine *self)
{
  guint32 seed = self->seed * N_SESSIONS + self->session;
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
  g_autoptr (GSubprocess) process = NULL;

  write_boot_id (self);
  process = bobbin_crash_spawn (self->test->program, self->root, self->trash, seed,
                                (guint) g_rand_int_range (rand, 0, LONGEST_SESSION), self->test->links);
  g_subprocess_wait_async (process, NULL, on_cut, self);
}

static void
test_machines (Test *self, guint rounds, guint at_once)
{
  self->next = bobbin_crash_get_number ("BOBBIN_CRASH_SEED", 1);
  self->end = self->next + bobbin_crash_get_number ("BOBBIN_CRASH_ROUNDS", rounds);
  for (guint i = 0; i < at_once; i++)
    begin_one (self);
  while (self->running > 0)
    g_main_context_iteration (NULL, TRUE);

  g_test_message ("%u recovered; %u finished for good; %u with %" G_GOFFSET_FORMAT
                  " bytes held, %u noticed as lost; %u added or removed for good",
                  self->recovered, self->counts.finished, self->counts.held, self->counts.bytes,
                  self->counts.lost, self->n_deeds);
  g_assert_cmpuint (self->n_wrong, ==, 0);
  g_assert_cmpuint (self->counts.finished, >, 0);
  g_assert_cmpuint (self->counts.held, >, self->counts.lost);
}

/* Part files and store alone: many files and many changes. */
static void
test_store (void)
{
  Test test = { .program = g_getenv ("BOBBIN_STORE_CHILD") };

  test_machines (&test, STORE_ROUNDS, STORE_AT_ONCE);
  g_assert_cmpuint (test.n_deeds, >, 0);
}

static const char *const paths[] = {
  "/bytes/400000?rate=100000&name=parts.bin",
  "/bytes/150000?rate=60000&cut=40000&name=cut.bin",
  "/bytes/90000?rate=40000&name=slow.bin",
  "/bytes/60000?rate=300000&name=quick.bin",
  "/bytes/3000?delay=1.2&name=late.bin",
  "/bytes/5000?name=small.bin",
  "/bytes/0?name=empty.bin",
};

/* The whole engine, and what the queue tells the store. */
static void
test_queue (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BobbinDemoServer) server = bobbin_demo_server_new (&error);
  g_auto (GStrv) links = NULL;
  Test test = { .program = g_getenv ("BOBBIN_QUEUE_CHILD") };

  g_assert_no_error (error);
  links = bobbin_crash_make_links (server, paths, G_N_ELEMENTS (paths));
  test.links = links;
  test_machines (&test, QUEUE_ROUNDS, QUEUE_AT_ONCE);
}

int
main (int argc, char *argv[])
{
  bobbin_test_init (&argc, &argv);
  g_test_add_func ("/power-cut/store", test_store);
  g_test_add_func ("/power-cut/queue", test_queue);
  return g_test_run ();
}
