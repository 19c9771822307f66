/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-crash-folder.h"
#include "bobbin-demo-bytes.h"
#include "bobbin-nginx.h"
#include "bobbin-store.h"
#include "bobbin-test.h"

#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

/* bobbin-cli is killed at random moments and started again with the same
 * command, until it comes to its end. BOBBIN_CRASH_ROUNDS tells how many kills
 * there are, BOBBIN_CRASH_SEED what the moments come from. */

#define DEFAULT_KILLS 20

#define LARGE "large.bin"
#define LARGE_SIZE (6 * 1024 * 1024)
#define N_SMALL 30

/* Bytes a second of each connection; nginx sends those of a second at once. */
#define RATE 150000

/* Every so many-th life is long, in milliseconds: bytes are written down once a
 * second, so that the others gain little. */
#define LONG_EVERY 5
#define LONG_LIFE 5000
#define SHORT_LIFE 900

/* What a kill may take away, in bytes: what was received within a good second,
 * and what the server had sent ahead. */
#define TAIL (1024 * 1024)

typedef struct
{
  char *root;
  char *served;
  char *target;
  char *database;
  BobbinNginx *nginx;
  GStrv arguments;
  GSubprocess *process;
  GRand *rand;
  guint n_kills;
  guint n_rounds;  /* how often all was there */
  goffset claimed; /* bytes of the large file that the store knew of at last */
} Fixture;

static goffset
get_size (const char *name)
{
  return g_str_equal (name, LARGE) ? LARGE_SIZE : (goffset) (g_str_hash (name) % 60000);
}

static void
fill (guint8 *bytes, gsize size, goffset offset, const char *name)
{
  bobbin_demo_bytes_fill (bytes, size, (goffset) (g_str_hash (name) % 65536) * LARGE_SIZE + offset);
}

static guint8 *
make_bytes (const char *name)
{
  gsize size = (gsize) get_size (name);
  guint8 *bytes = g_malloc (size + 1);

  fill (bytes, size, 0, name);
  return bytes;
}

static char *
get_name (guint i)
{
  return i < N_SMALL ? g_strdup_printf ("small-%02u.bin", i) : g_strdup (LARGE);
}

static void
make_files (Fixture *fixture)
{
  for (guint i = 0; i <= N_SMALL; i++)
    {
      g_autofree char *name = get_name (i);
      g_autofree char *path = g_build_filename (fixture->served, name, NULL);
      g_autofree guint8 *bytes = make_bytes (name);

      g_assert_true (g_file_set_contents (path, (const char *) bytes, (gssize) get_size (name), NULL));
    }
}

/* The large one is the first. */
static char **
make_arguments (Fixture *fixture)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  const char *program = g_getenv ("BOBBIN_CLI");

  g_assert_nonnull (program);
  g_strv_builder_add_many (builder, program, "--quiet", "-j", "6", "-p", "4", "--part-size=256K",
                           "--per-host=0", "-d", fixture->target, NULL);
  for (guint i = N_SMALL + 1; i > 0; i--)
    {
      g_autofree char *name = get_name (i - 1);
      g_autofree char *uri = g_strdup_printf ("http://127.0.0.1:%u/%s", fixture->nginx->port, name);

      g_strv_builder_add (builder, uri);
    }
  return g_strv_builder_end (builder);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autofree char *locations = NULL;

  fixture->root = bobbin_crash_folder_new ();
  fixture->served = bobbin_crash_folder_make (fixture->root, "served");
  fixture->target = bobbin_crash_folder_make (fixture->root, "target");
  fixture->database = g_build_filename (fixture->root, "bobbin", "terminal.sqlite", NULL);
  fixture->rand = g_rand_new_with_seed (bobbin_crash_get_number ("BOBBIN_CRASH_SEED", 1));
  locations = g_strdup_printf ("root %s; location / { limit_rate %d; } location /small { limit_rate 20000; }",
                               fixture->served, RATE);
  make_files (fixture);
  fixture->nginx = bobbin_nginx_new (locations);
  if (fixture->nginx != NULL)
    fixture->arguments = make_arguments (fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_clear_pointer (&fixture->nginx, bobbin_nginx_free);
  bobbin_crash_folder_remove (fixture->root);
  g_clear_pointer (&fixture->arguments, g_strfreev);
  g_rand_free (fixture->rand);
  g_free (fixture->root);
  g_free (fixture->served);
  g_free (fixture->target);
  g_free (fixture->database);
}

static void
start (Fixture *fixture)
{
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_NONE);
  g_autoptr (GError) error = NULL;

  g_subprocess_launcher_setenv (launcher, "XDG_STATE_HOME", fixture->root, TRUE);
  fixture->process
      = g_subprocess_launcher_spawnv (launcher, (const char *const *) fixture->arguments, &error);
  g_assert_no_error (error);
}

static void
on_ended (GObject *object, GAsyncResult *result, gpointer user_data)
{
  gboolean *ended = user_data;

  g_subprocess_wait_finish (G_SUBPROCESS (object), result, NULL);
  *ended = TRUE;
}

static gboolean
on_kill (gpointer user_data)
{
  Fixture *fixture = user_data;

  fixture->n_kills++;
  g_subprocess_send_signal (fixture->process, SIGKILL);
  return G_SOURCE_REMOVE;
}

/* Returns: whether it has come to its end by itself; @life: 0 for no kill */
static gboolean
live (Fixture *fixture, guint life)
{
  guint n_kills = fixture->n_kills;
  gboolean ended = FALSE;
  guint id = 0;

  start (fixture);
  g_subprocess_wait_async (fixture->process, NULL, on_ended, &ended);
  if (life > 0)
    id = g_timeout_add (life, on_kill, fixture);
  while (!ended)
    g_main_context_iteration (NULL, TRUE);
  if (fixture->n_kills == n_kills && id != 0)
    g_source_remove (id);
  ended = g_subprocess_get_if_exited (fixture->process);
  if (ended)
    g_assert_cmpint (g_subprocess_get_exit_status (fixture->process), ==, 0);
  g_clear_object (&fixture->process);
  return ended;
}

static void
assert_right (Fixture *fixture, const char *name)
{
  g_autofree guint8 *bytes = make_bytes (name);

  bobbin_test_assert_file (fixture->target, name, bytes, (gsize) get_size (name));
}

/* What has a final name is whole; other names than expected there are none. */
static void
assert_names (Fixture *fixture)
{
  g_auto (GStrv) names = bobbin_test_list_folder (fixture->target);

  for (char **name = names; *name != NULL; name++)
    {
      g_autofree char *served = NULL;
      gboolean part = g_str_has_suffix (*name, ".part");

      if (part)
        (*name)[strlen (*name) - strlen (".part")] = '\0';
      served = g_build_filename (fixture->served, *name, NULL);
      if (!g_file_test (served, G_FILE_TEST_EXISTS))
        g_error ("“%s” should not be there", *name);
      if (!part)
        assert_right (fixture, *name);
    }
}

/* A kill may come after a file got its final name and before that is known. */
static int
open_part (Fixture *fixture, const char *name)
{
  g_autofree char *path = g_build_filename (fixture->target, name, NULL);
  g_autofree char *part = g_strconcat (path, ".part", NULL);
  int fd = open (part, O_RDONLY | O_CLOEXEC);

  return fd >= 0 ? fd : open (path, O_RDONLY | O_CLOEXEC);
}

static void
assert_held (Fixture *fixture, const BobbinRecord *record)
{
  g_autofree guint8 *expected = make_bytes (record->name);
  g_autofree guint8 *found = g_malloc (LARGE_SIZE);
  int fd = open_part (fixture, record->name);

  g_assert_cmpint (fd, >=, 0);
  for (guint i = 0; i < record->ranges->len; i++)
    {
      const BobbinRange *range = &g_array_index (record->ranges, BobbinRange, i);
      gsize size = (gsize) (range->end - range->first);

      g_assert_cmpint (pread (fd, found, size, range->first), ==, (gssize) size);
      g_assert_cmpmem (found, size, expected + range->first, size);
    }
  close (fd);
}

/* What was written down once is never lost. */
static void
assert_claims (Fixture *fixture)
{
  g_autoptr (BobbinStore) store = bobbin_store_open (fixture->database);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) records = bobbin_store_load (store, NULL, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < records->len; i++)
    {
      const BobbinRecord *record = g_ptr_array_index (records, i);

      if (record->state != BOBBIN_STATE_FINISHED && record->ranges != NULL)
        assert_held (fixture, record);
      if (g_str_has_suffix (record->uri, LARGE))
        {
          g_assert_cmpint (record->received, >=, fixture->claimed);
          fixture->claimed = record->received;
        }
    }
  bobbin_store_close (store);
}

static guint
choose_life (Fixture *fixture)
{
  if (fixture->n_kills % LONG_EVERY == LONG_EVERY - 1)
    return LONG_LIFE;
  return (guint) g_rand_int_range (fixture->rand, 1, SHORT_LIFE);
}

static void
assert_end (Fixture *fixture)
{
  g_auto (GStrv) names = bobbin_test_list_folder (fixture->target);

  g_assert_cmpuint (g_strv_length (names), ==, N_SMALL + 1);
  for (guint i = 0; i <= N_SMALL; i++)
    {
      g_autofree char *name = get_name (i);

      assert_right (fixture, name);
    }
}

static void
start_over (Fixture *fixture)
{
  g_autofree char *state = g_path_get_dirname (fixture->database);
  g_autofree char *target = NULL;

  assert_end (fixture);
  bobbin_crash_folder_remove (state);
  bobbin_crash_folder_remove (fixture->target);
  target = bobbin_crash_folder_make (fixture->root, "target");
  fixture->claimed = 0;
  fixture->n_rounds++;
}

/* The store itself is left alone after every other kill. */
static void
kill_once (Fixture *fixture)
{
  guint life = choose_life (fixture);

  if (live (fixture, life))
    {
      start_over (fixture);
      return;
    }
  assert_names (fixture);
  if (fixture->n_kills % 2 == 0)
    assert_claims (fixture);
  g_test_message ("kill %u after %u ms; %" G_GOFFSET_FORMAT " bytes known", fixture->n_kills, life,
                  fixture->claimed);
}

static void
assert_little_lost (Fixture *fixture)
{
  goffset sent = bobbin_nginx_count_sent (fixture->nginx, "/" LARGE);
  goffset least = (goffset) fixture->n_rounds * LARGE_SIZE;
  goffset most = least + (goffset) fixture->n_kills * TAIL;

  g_test_message ("%" G_GOFFSET_FORMAT " bytes were sent for %" G_GOFFSET_FORMAT
                  ", at most %" G_GOFFSET_FORMAT,
                  sent, least, most);
  g_assert_cmpint (sent, >=, least);
  g_assert_cmpint (sent, <=, most);
}

static void
test_kill (Fixture *fixture, gconstpointer data)
{
  guint n = bobbin_crash_get_number ("BOBBIN_CRASH_ROUNDS", DEFAULT_KILLS);

  if (fixture->nginx == NULL)
    {
      g_test_skip ("nginx is not installed");
      return;
    }
  while (fixture->n_kills < n)
    kill_once (fixture);
  g_assert_true (live (fixture, 0));
  start_over (fixture);
  assert_little_lost (fixture);
}

int
main (int argc, char *argv[])
{
  bobbin_test_init (&argc, &argv);
  g_test_add ("/kill/random", Fixture, NULL, set_up, test_kill, tear_down);
  return g_test_run ();
}
