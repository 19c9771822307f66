/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-crash-child.h"
#include "bobbin-crash-file.h"
#include "bobbin-crash-folder.h"
#include "bobbin-test.h"

#include <signal.h>

/* Queue and store are killed in the place of each call that they ask the disk
 * for, and started again: all comes to its end under its own name.
 * BOBBIN_CRASH_THOROUGH tries each call, not only a choice. */

#define STEP 7
#define AT_ONCE 8

static const char *const paths[] = {
  "/bytes/600000?rate=300000&name=parts.bin",
  "/bytes/150000?rate=250000&cut=80000&name=cut.bin",
  "/bytes/30000?rate=40000&name=slow.bin",
  "/bytes/5000?name=small.bin",
  "/bytes/0?name=empty.bin",
};

typedef struct
{
  char **links;
  guint next; /* call to be killed at */
  guint step;
  guint last;
  guint running;
  guint n_wrong;
} Test;

typedef struct
{
  Test *test;
  guint nth;
  char *root;
} Machine;

static void
spawn (Machine *self, guint nth, GAsyncReadyCallback on_ended)
{
  g_autoptr (GSubprocess) process
      = bobbin_crash_spawn (g_getenv ("BOBBIN_QUEUE_CHILD"), self->root, "", 0, nth, self->test->links);

  g_subprocess_wait_async (process, NULL, on_ended, self);
}

static void
add_wrong (Machine *self, const char *wrong)
{
  g_test_message ("call %u: %s; see %s", self->nth, wrong, self->root);
  self->test->n_wrong++;
}

static void
examine (Machine *self)
{
  g_autofree char *folder = g_build_filename (self->root, "files", NULL);
  g_autofree char *path = g_build_filename (self->root, "state", "downloads.sqlite", NULL);
  g_auto (GStrv) names = bobbin_test_list_folder (folder);
  g_autofree char *joined = g_strjoinv (" ", names);
  g_autoptr (BobbinStore) store = bobbin_store_open (path);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) records = bobbin_store_load (store, NULL, &error);
  g_autofree char *wrong = NULL;

  g_assert_no_error (error);
  wrong = bobbin_crash_find_unfinished (records);
  if (wrong != NULL)
    add_wrong (self, wrong);
  else if (records->len != G_N_ELEMENTS (paths))
    add_wrong (self, "the store has too few or too many");
  else if (!g_str_equal (joined, "cut.bin empty.bin parts.bin slow.bin small.bin"))
    add_wrong (self, joined);
  bobbin_store_close (store);
}

static void begin_one (Test *test);

static void
on_ended (GObject *object, GAsyncResult *result, gpointer user_data)
{
  Machine *self = user_data;
  guint n_wrong = self->test->n_wrong;

  g_assert_true (g_subprocess_wait_finish (G_SUBPROCESS (object), result, NULL));
  if (g_subprocess_get_successful (G_SUBPROCESS (object)))
    examine (self);
  else
    add_wrong (self, "it does not come to its end");
  if (self->test->n_wrong == n_wrong)
    bobbin_crash_folder_remove (self->root);
  self->test->running--;
  begin_one (self->test);
  g_free (self->root);
  g_free (self);
}

/* Once it has come to its end without being killed, there are no more calls. */
static void
on_killed (GObject *object, GAsyncResult *result, gpointer user_data)
{
  Machine *self = user_data;
  GSubprocess *process = G_SUBPROCESS (object);

  g_assert_true (g_subprocess_wait_finish (process, result, NULL));
  if (!g_subprocess_get_if_signaled (process) || g_subprocess_get_term_sig (process) != SIGKILL)
    self->test->last = MIN (self->test->last, self->nth);
  spawn (self, 0, on_ended);
}

static void
begin_one (Test *test)
{
  Machine *self;
  g_autofree char *files = NULL;
  g_autofree char *state = NULL;

  if (test->next >= test->last)
    return;
  self = g_new (Machine, 1);
  *self = (Machine){ .test = test, .nth = test->next, .root = bobbin_crash_folder_new () };
  files = bobbin_crash_folder_make (self->root, "files");
  state = bobbin_crash_folder_make (self->root, "state");
  test->next += test->step;
  test->running++;
  spawn (self, self->nth, on_killed);
}

static void
test_each_call (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BobbinDemoServer) server = bobbin_demo_server_new (&error);
  g_auto (GStrv) links = NULL;
  Test test = { .next = 1, .last = G_MAXUINT };

  g_assert_no_error (error);
  links = bobbin_crash_make_links (server, paths, G_N_ELEMENTS (paths));
  test.links = links;
  test.step = bobbin_crash_get_number ("BOBBIN_CRASH_THOROUGH", 0) != 0 ? 1 : STEP;
  for (guint i = 0; i < AT_ONCE; i++)
    begin_one (&test);
  while (test.running > 0)
    g_main_context_iteration (NULL, TRUE);
  g_test_message ("killed at up to %u calls", test.last);
  g_assert_cmpuint (test.n_wrong, ==, 0);
  g_assert_cmpuint (test.last, >, test.step);
}

int
main (int argc, char *argv[])
{
  bobbin_test_init (&argc, &argv);
  g_test_add_func ("/kill-calls", test_each_call);
  return g_test_run ();
}
