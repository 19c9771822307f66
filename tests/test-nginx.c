/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-test.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <sys/prctl.h>

/* Downloads from a real nginx on loopback: what only a real server does. */

#define N_FILES 500

typedef struct
{
  char *folder; /* nginx's own */
  char *files;  /* what it serves */
  char *target; /* where downloads go */
  GSubprocess *nginx;
  guint16 port;
  BobbinQueue *queue;
} Fixture;

#define CONFIGURATION                                                                                        \
  "daemon off;\n"                                                                                            \
  "master_process off;\n"                                                                                    \
  "pid %1$s/pid;\n"                                                                                          \
  "error_log %1$s/errors;\n"                                                                                 \
  "events { worker_connections 64; }\n"                                                                      \
  "http {\n"                                                                                                 \
  "  access_log off;\n"                                                                                      \
  "  default_type application/octet-stream;\n"                                                               \
  "  client_body_temp_path %1$s/body;\n"                                                                     \
  "  proxy_temp_path %1$s/proxy;\n"                                                                          \
  "  fastcgi_temp_path %1$s/fastcgi;\n"                                                                      \
  "  uwsgi_temp_path %1$s/uwsgi;\n"                                                                          \
  "  scgi_temp_path %1$s/scgi;\n"                                                                            \
  "  server {\n"                                                                                             \
  "    listen 127.0.0.1:%2$u;\n"                                                                             \
  "    root %3$s;\n"                                                                                         \
  "    location /slow/ { alias %3$s/; limit_rate 400k; }\n"                                                  \
  "    location /moved/ { return 302 /$arg_to; }\n"                                                          \
  "  }\n"                                                                                                    \
  "}\n"

static char *
find_nginx (void)
{
  char *found = g_find_program_in_path ("nginx");

  if (found == NULL && g_file_test ("/usr/sbin/nginx", G_FILE_TEST_IS_EXECUTABLE))
    found = g_strdup ("/usr/sbin/nginx");
  return found;
}

/* The port is free when it is asked for; should somebody else take it in
 * between, nginx ends and the test says so. */
static guint16
find_free_port (void)
{
  g_autoptr (GSocketListener) listener = g_socket_listener_new ();
  guint16 port = g_socket_listener_add_any_inet_port (listener, NULL, NULL);

  g_socket_listener_close (listener);
  return port;
}

static gsize
size_of (guint index)
{
  return index % 7 == 0 ? 0 : (gsize) index * 97;
}

static void
fill (guint8 *bytes, gsize size, guint index)
{
  for (gsize i = 0; i < size; i++)
    bytes[i] = (guint8) (i * 31 + index * 7 + (i >> 8));
}

static void
make_file (Fixture *fixture, const char *name, gsize size, guint index)
{
  g_autofree char *path = g_build_filename (fixture->files, name, NULL);
  g_autofree guint8 *bytes = g_malloc (size + 1);

  fill (bytes, size, index);
  g_assert_true (g_file_set_contents (path, (const char *) bytes, (gssize) size, NULL));
}

static void
wait_until_it_answers (Fixture *fixture)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();

  for (guint tries = 0; tries < 1000; tries++)
    {
      g_autoptr (GSocketConnection) connection
          = g_socket_client_connect_to_host (client, "127.0.0.1", fixture->port, NULL, NULL);

      if (connection != NULL)
        return;
      g_usleep (10000);
    }
  g_error ("nginx does not answer");
}

/* A test that fails leaves no server behind. */
static void
end_with_parent (gpointer user_data)
{
  prctl (PR_SET_PDEATHSIG, SIGKILL);
}

static void
start_nginx (Fixture *fixture, const char *program)
{
  g_autofree char *path = g_build_filename (fixture->folder, "nginx.conf", NULL);
  g_autofree char *text = NULL;
  g_autoptr (GSubprocessLauncher) launcher = NULL;
  g_autoptr (GError) error = NULL;

  fixture->port = find_free_port ();
  text = g_strdup_printf (CONFIGURATION, fixture->folder, fixture->port, fixture->files);
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  launcher
      = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE | G_SUBPROCESS_FLAGS_STDERR_SILENCE);
  g_subprocess_launcher_set_child_setup (launcher, end_with_parent, NULL, NULL);
  fixture->nginx
      = g_subprocess_launcher_spawn (launcher, &error, program, "-p", fixture->folder, "-c", path, NULL);
  g_assert_no_error (error);
  wait_until_it_answers (fixture);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autofree char *program = find_nginx ();

  if (program == NULL)
    return;
  fixture->folder = bobbin_test_make_folder ();
  fixture->files = bobbin_test_make_folder ();
  fixture->target = bobbin_test_make_folder ();
  fixture->queue = bobbin_queue_new ();
  start_nginx (fixture, program);
}

static void
remove_tree (const char *folder)
{
  g_auto (GStrv) names = bobbin_test_list_folder (folder);

  for (char **name = names; *name != NULL; name++)
    {
      g_autofree char *path = g_build_filename (folder, *name, NULL);

      if (g_file_test (path, G_FILE_TEST_IS_DIR))
        remove_tree (path);
    }
  bobbin_test_remove_folder (folder);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  if (fixture->nginx == NULL)
    return;
  g_assert_finalize_object (fixture->queue);
  g_subprocess_send_signal (fixture->nginx, SIGTERM);
  g_subprocess_wait (fixture->nginx, NULL, NULL);
  g_object_unref (fixture->nginx);
  remove_tree (fixture->folder);
  bobbin_test_remove_folder (fixture->files);
  bobbin_test_remove_folder (fixture->target);
  g_free (fixture->folder);
  g_free (fixture->files);
  g_free (fixture->target);
}

static gboolean
skip_without_nginx (Fixture *fixture)
{
  if (fixture->nginx == NULL)
    g_test_skip ("nginx is not installed");
  return fixture->nginx == NULL;
}

static BobbinDownload *
add (Fixture *fixture, const char *path)
{
  g_autofree char *uri = g_strdup_printf ("http://127.0.0.1:%u/%s", fixture->port, path);

  return bobbin_test_add (fixture->queue, fixture->target, uri);
}

static void
assert_file (Fixture *fixture, const char *name, gsize size, guint index)
{
  g_autofree guint8 *bytes = g_malloc (size + 1);

  fill (bytes, size, index);
  bobbin_test_assert_file (fixture->target, name, bytes, size);
}

static void
test_five_hundred (Fixture *fixture, gconstpointer data)
{
  const BobbinRun *run;

  if (skip_without_nginx (fixture))
    return;
  run = bobbin_queue_get_run (fixture->queue);
  for (guint i = 0; i < N_FILES; i++)
    {
      g_autofree char *name = g_strdup_printf ("file-%03u.bin", i);

      make_file (fixture, name, size_of (i), i);
      add (fixture, name);
    }
  add (fixture, "missing.bin");
  bobbin_test_wait_for_run (fixture->queue);

  g_assert_cmpuint (run->finished, ==, N_FILES);
  g_assert_cmpuint (run->failed, ==, 1);
  for (guint i = 0; i < N_FILES; i++)
    {
      g_autofree char *name = g_strdup_printf ("file-%03u.bin", i);

      assert_file (fixture, name, size_of (i), i);
    }
}

static gboolean
has_some (gpointer user_data)
{
  return bobbin_download_get_received (user_data) > 100000;
}

static gboolean
nothing_runs (gpointer user_data)
{
  return !bobbin_run_is_running (bobbin_queue_get_run (user_data));
}

/* nginx's own ETag and ranges: what was held is taken up. */
static void
test_resume (Fixture *fixture, gconstpointer data)
{
  BobbinDownload *download;
  goffset held;

  if (skip_without_nginx (fixture))
    return;
  make_file (fixture, "large.bin", 600000, 1);
  download = add (fixture, "slow/large.bin");
  bobbin_test_wait (has_some, download);
  bobbin_queue_pause (fixture->queue, download);
  bobbin_test_wait (nothing_runs, fixture->queue);
  held = bobbin_download_get_received (download);
  bobbin_queue_resume (fixture->queue, download);
  bobbin_test_wait_for_run (fixture->queue);

  g_assert_no_error (bobbin_download_get_error (download));
  assert_file (fixture, "large.bin", 600000, 1);
  g_assert_cmpint (bobbin_queue_get_run (fixture->queue)->bytes, ==, 600000 - held);
}

static void
test_redirect (Fixture *fixture, gconstpointer data)
{
  if (skip_without_nginx (fixture))
    return;
  make_file (fixture, "there.bin", 1000, 2);
  add (fixture, "moved/here?to=there.bin");
  bobbin_test_wait_for_run (fixture->queue);
  assert_file (fixture, "there.bin", 1000, 2);
}

#define ADD(name, function) g_test_add ("/nginx/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  bobbin_test_init (&argc, &argv);
  ADD ("five-hundred", test_five_hundred);
  ADD ("resume", test_resume);
  ADD ("redirect", test_redirect);
  return g_test_run ();
}
