/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-demo-bytes.h"
#include "bobbin-demo-server.h"
#include "bobbin-error.h"
#include "bobbin-fault-server.h"
#include "bobbin-test-network.h"
#include "bobbin-test.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <sys/mount.h>
#include <sys/syscall.h>
#include <unistd.h>

/* What makes a download wait, and what lets it go on. */
typedef struct
{
  char *folder;
  BobbinFaultServer *server;
  BobbinQueue *queue;
} Fixture;

#define GOOD "HTTP/1.1 200 OK\nContent-Length: 4"
#define BUSY "HTTP/1.1 503 Busy\nContent-Length: 0"

static void
set_up (Fixture *fixture, gconstpointer data)
{
  bobbin_test_network_set_available (TRUE);
  fixture->folder = bobbin_test_make_folder ();
  fixture->server = bobbin_fault_server_new ();
  fixture->queue = bobbin_queue_new ();
  bobbin_test_set_patience (fixture->queue, 5, 3);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_assert_finalize_object (fixture->queue);
  bobbin_fault_server_free (fixture->server);
  bobbin_test_remove_folder (fixture->folder);
  g_free (fixture->folder);
}

static BobbinDownload *
add (Fixture *fixture, const char *path)
{
  g_autofree char *uri = bobbin_fault_server_dup_uri (fixture->server, path);

  return bobbin_test_add (fixture->queue, fixture->folder, uri);
}

static void
set_patient (BobbinQueue *queue, gint64 retry_delay)
{
  g_autoptr (BobbinSettings) settings = bobbin_settings_copy (bobbin_queue_get_settings (queue));

  settings->patient = TRUE;
  settings->retry_delay = retry_delay;
  bobbin_queue_set_settings (queue, settings);
}

typedef struct
{
  Fixture *fixture;
  BobbinDownload *download;
  BobbinWait wait;
} Wanted;

static gboolean
waits (gpointer data)
{
  const Wanted *wanted = data;

  return bobbin_queue_get_wait (wanted->fixture->queue, wanted->download) == wanted->wait;
}

static void
wait_for (Fixture *fixture, BobbinDownload *download, BobbinWait wait)
{
  Wanted wanted = { fixture, download, wait };

  bobbin_test_wait (waits, &wanted);
}

/* Busy twice, then not: three tries, one file, one run. */
static void
test_retries (Fixture *fixture, gconstpointer data)
{
  BobbinDownload *download;

  bobbin_fault_server_answer (fixture->server, "/file", BUSY, "", BOBBIN_FAULT_KEEP);
  bobbin_fault_server_answer (fixture->server, "/file", BUSY, "", BOBBIN_FAULT_KEEP);
  bobbin_fault_server_answer (fixture->server, "/file", GOOD, "good", BOBBIN_FAULT_KEEP);
  download = add (fixture, "/file");
  bobbin_test_wait_for_run (fixture->queue);

  g_assert_cmpint (bobbin_download_get_state (download), ==, BOBBIN_STATE_FINISHED);
  g_assert_cmpuint (bobbin_download_get_tries (download), ==, 3);
  g_assert_null (bobbin_download_get_error (download));
  g_assert_cmpuint (bobbin_queue_get_run (fixture->queue)->finished, ==, 1);
  g_assert_cmpuint (bobbin_queue_get_run (fixture->queue)->failed, ==, 0);
}

static void
test_gives_up (Fixture *fixture, gconstpointer data)
{
  BobbinDownload *download;

  for (guint i = 0; i < 3; i++)
    bobbin_fault_server_answer (fixture->server, "/file", BUSY, "", BOBBIN_FAULT_KEEP);
  download = add (fixture, "/file");
  bobbin_test_wait_for_run (fixture->queue);

  g_assert_cmpint (bobbin_download_get_state (download), ==, BOBBIN_STATE_FAILED);
  g_assert_cmpuint (bobbin_error_get_status (bobbin_download_get_error (download)), ==, 503);
  g_assert_cmpuint (bobbin_fault_server_get_n_requests (fixture->server), ==, 3);
}

/* While it waits it says when it goes on and why it has to wait, and a person
 * who does not want to wait need not. */
static void
test_retry_now (Fixture *fixture, gconstpointer data)
{
  BobbinDownload *download;

  bobbin_fault_server_answer (fixture->server, "/file", BUSY "\nRetry-After: 500", "", BOBBIN_FAULT_KEEP);
  bobbin_fault_server_answer (fixture->server, "/file", GOOD, "good", BOBBIN_FAULT_KEEP);
  download = add (fixture, "/file");
  wait_for (fixture, download, BOBBIN_WAIT_RETRY);

  g_assert_cmpint (bobbin_download_get_retry_at (download), >,
                   g_get_monotonic_time () + 400 * G_USEC_PER_SEC);
  /* Whoever looks later sees the share of the whole wait. */
  g_assert_cmpint (bobbin_download_get_retry_since (download), <=, g_get_monotonic_time ());
  g_assert_cmpint (bobbin_download_get_retry_at (download) - bobbin_download_get_retry_since (download), >=,
                   500 * G_USEC_PER_SEC);
  g_assert_cmpuint (bobbin_error_get_status (bobbin_download_get_error (download)), ==, 503);
  g_assert_cmpuint (bobbin_queue_get_place_in_line (fixture->queue, download), ==, 0);
  g_assert_true (bobbin_run_is_running (bobbin_queue_get_run (fixture->queue)));
  bobbin_queue_retry (fixture->queue, download);
  bobbin_test_wait_for_run (fixture->queue);
  g_assert_cmpint (bobbin_download_get_state (download), ==, BOBBIN_STATE_FINISHED);
}

/* Paused while it waits, it does not wake by itself. */
static void
test_pause_while_waiting (Fixture *fixture, gconstpointer data)
{
  BobbinDownload *download;

  bobbin_fault_server_answer (fixture->server, "/file", BUSY "\nRetry-After: 500", "", BOBBIN_FAULT_KEEP);
  bobbin_fault_server_answer (fixture->server, "/file", GOOD, "good", BOBBIN_FAULT_KEEP);
  download = add (fixture, "/file");
  wait_for (fixture, download, BOBBIN_WAIT_RETRY);
  bobbin_queue_pause (fixture->queue, download);
  g_assert_cmpint (bobbin_download_get_retry_at (download), ==, 0);
  g_assert_cmpint (bobbin_download_get_retry_since (download), ==, 0);
  bobbin_test_wait_for_run (fixture->queue);
  g_assert_cmpint (bobbin_download_get_state (download), ==, BOBBIN_STATE_PAUSED);
  bobbin_queue_resume (fixture->queue, download);
  bobbin_test_wait_for_run (fixture->queue);
  g_assert_cmpint (bobbin_download_get_state (download), ==, BOBBIN_STATE_FINISHED);
}

/* A wait of ten years is the person's to decide on. */
static void
test_too_long_a_wait (Fixture *fixture, gconstpointer data)
{
  BobbinDownload *download;

  bobbin_fault_server_answer (fixture->server, "/file", BUSY "\nRetry-After: 315360000", "",
                              BOBBIN_FAULT_KEEP);
  download = add (fixture, "/file");
  bobbin_test_wait_for_run (fixture->queue);
  g_assert_cmpint (bobbin_download_get_state (download), ==, BOBBIN_STATE_FAILED);
  g_assert_cmpint (bobbin_error_get_retry_after (bobbin_download_get_error (download)), ==, 315360000);
}

/* Bytes that come count as progress, however small the steps. */
static void
test_progress_counts (Fixture *fixture, gconstpointer data)
{
  BobbinDownload *download;

  bobbin_fault_server_answer (fixture->server, "/file", "HTTP/1.1 200 OK\nETag: \"a\"\nContent-Length: 8",
                              "0", BOBBIN_FAULT_CLOSE);
  for (guint i = 1; i < 8; i++)
    {
      g_autofree char *head = g_strdup_printf (
          "HTTP/1.1 206 Rest\nETag: \"a\"\nContent-Range: bytes %u-7/8\nContent-Length: %u", i, 8 - i);
      const char body[2] = { (char) ('0' + i), '\0' };

      bobbin_fault_server_answer (fixture->server, "/file", head, body, BOBBIN_FAULT_CLOSE);
    }
  download = add (fixture, "/file");
  bobbin_test_wait_for_run (fixture->queue);
  g_assert_cmpint (bobbin_download_get_state (download), ==, BOBBIN_STATE_FINISHED);
  bobbin_test_assert_file (fixture->folder, "file", "01234567", 8);
}

/* The network goes, and comes back: no try is counted, nobody is asked. */
static void
test_network (Fixture *fixture, gconstpointer data)
{
  BobbinDownload *download;

  bobbin_test_set_patience (fixture->queue, 1, 1);
  set_patient (fixture->queue, 10 * 1000);
  bobbin_test_network_set_available (FALSE);
  bobbin_fault_server_answer (fixture->server, "/file", GOOD, "go", BOBBIN_FAULT_HOLD);
  bobbin_fault_server_answer (fixture->server, "/file", GOOD, "good", BOBBIN_FAULT_KEEP);
  download = add (fixture, "/file");
  wait_for (fixture, download, BOBBIN_WAIT_NETWORK);
  g_assert_cmpint (bobbin_download_get_state (download), ==, BOBBIN_STATE_WAITING);
  bobbin_test_network_set_available (TRUE);
  bobbin_test_wait_for_run (fixture->queue);
  g_assert_cmpint (bobbin_download_get_state (download), ==, BOBBIN_STATE_FINISHED);
}

/* One connection to this host at a time, whatever the number of workers. */
static void
test_per_host (Fixture *fixture, gconstpointer data)
{
  g_autoptr (BobbinSettings) settings = bobbin_settings_copy (bobbin_queue_get_settings (fixture->queue));
  BobbinDownload *first;
  BobbinDownload *second;

  settings->per_host = 1;
  settings->limit_local = TRUE;
  bobbin_queue_set_settings (fixture->queue, settings);
  bobbin_fault_server_answer (fixture->server, "/one", GOOD, "go", BOBBIN_FAULT_HOLD);
  bobbin_fault_server_answer (fixture->server, "/two", GOOD, "good", BOBBIN_FAULT_KEEP);
  first = add (fixture, "/one");
  second = add (fixture, "/two");
  bobbin_test_wait_for_state (first, BOBBIN_STATE_RECEIVING);
  g_assert_cmpint (bobbin_queue_get_wait (fixture->queue, second), ==, BOBBIN_WAIT_HOST);
  g_assert_cmpuint (bobbin_queue_get_place_in_line (fixture->queue, second), ==, 1);
  bobbin_queue_pause (fixture->queue, first);
  bobbin_test_wait_for_state (second, BOBBIN_STATE_FINISHED);
}

/* Of files of this process, as long as it lasts. */
static gboolean quota;

ssize_t
pwrite64 (int fd, const void *data, size_t size, off64_t offset)
{
  if (quota)
    {
      errno = EDQUOT;
      return -1;
    }
  return (ssize_t) syscall (SYS_pwrite64, fd, data, size, offset);
}

static gboolean
set_true (gpointer flag)
{
  *(gboolean *) flag = TRUE;
  return G_SOURCE_REMOVE;
}

/* The disk has room, but not for this person: the server is not asked again and
 * again. */
static void
test_quota (Fixture *fixture, gconstpointer data)
{
  gboolean over = FALSE;
  BobbinDownload *download;

  bobbin_fault_server_answer (fixture->server, "/file", GOOD, "good", BOBBIN_FAULT_KEEP);
  set_patient (fixture->queue, 10 * 1000);
  quota = TRUE;
  download = add (fixture, "/file");
  wait_for (fixture, download, BOBBIN_WAIT_SPACE);
  g_assert_error (bobbin_download_get_error (download), G_IO_ERROR, G_IO_ERROR_NO_SPACE);
  g_timeout_add_seconds (7, set_true, &over);
  while (!over)
    g_main_context_iteration (NULL, TRUE);
  quota = FALSE;
  g_assert_cmpuint (bobbin_fault_server_get_n_requests (fixture->server), ==, 1);
  bobbin_test_wait_for_state (download, BOBBIN_STATE_FINISHED);
  g_assert_cmpuint (bobbin_fault_server_get_n_requests (fixture->server), ==, 2);
}

static void
fill (const char *path)
{
  g_autofree char *zeros = g_malloc0 (39 * 1024 * 1024);

  g_assert_true (g_file_set_contents (path, zeros, 39 * 1024 * 1024, NULL));
}

/* The disk is full: what is there is kept, others go on, and so does this one
 * once there is room. Needs a file system of its own. */
static void
test_full_disk (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BobbinDemoServer) server = bobbin_demo_server_new (&error);
  g_autofree char *small = g_build_filename (fixture->folder, "small", NULL);
  g_autofree char *ballast = g_build_filename (small, "ballast", NULL);
  g_autofree char *uri = NULL;
  g_autofree guint8 *expected = g_malloc (1500000);
  BobbinDownload *download;

  g_assert_no_error (error);
  g_assert_cmpint (g_mkdir (small, 0700), ==, 0);
  if (mount ("tmpfs", small, "tmpfs", 0, "size=40m") < 0)
    {
      g_test_skip ("No file system can be mounted here");
      g_rmdir (small);
      return;
    }
  fill (ballast);
  set_patient (fixture->queue, 10 * 1000);
  uri = g_strconcat (bobbin_demo_server_get_uri (server), "/bytes/1500000?name=big", NULL);
  download = bobbin_test_add (fixture->queue, small, uri);
  wait_for (fixture, download, BOBBIN_WAIT_SPACE);
  g_assert_cmpint (bobbin_download_get_state (download), ==, BOBBIN_STATE_PAUSED);
  g_assert_error (bobbin_download_get_error (download), G_IO_ERROR, G_IO_ERROR_NO_SPACE);

  bobbin_fault_server_answer (fixture->server, "/file", GOOD, "good", BOBBIN_FAULT_KEEP);
  bobbin_test_wait_for_state (add (fixture, "/file"), BOBBIN_STATE_FINISHED);

  g_assert_cmpint (g_unlink (ballast), ==, 0);
  bobbin_test_wait_for_state (download, BOBBIN_STATE_FINISHED);
  bobbin_demo_bytes_fill (expected, 1500000, 0);
  bobbin_test_assert_file (small, "big", expected, 1500000);
  bobbin_queue_stop (fixture->queue);
  g_assert_cmpint (umount2 (small, MNT_DETACH), ==, 0);
  g_assert_cmpint (g_rmdir (small), ==, 0);
}

#define ADD(name, function) g_test_add ("/wait/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  bobbin_test_init (&argc, &argv);
  bobbin_test_network_install ();
  ADD ("retries", test_retries);
  ADD ("gives-up", test_gives_up);
  ADD ("retry-now", test_retry_now);
  ADD ("pause-while-waiting", test_pause_while_waiting);
  ADD ("too-long-a-wait", test_too_long_a_wait);
  ADD ("progress-counts", test_progress_counts);
  ADD ("network", test_network);
  ADD ("per-host", test_per_host);
  ADD ("full-disk", test_full_disk);
  ADD ("quota", test_quota);
  return g_test_run ();
}
