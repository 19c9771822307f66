/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-demo-server.h"
#include "bobbin-fault-server.h"
#include "bobbin-row-words.h"
#include "bobbin-sign-in-origin.h"
#include "bobbin-test.h"

#define NBSP "\302\240"

typedef struct
{
  char *folder;
  BobbinDemoServer *server;
  BobbinQueue *queue;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->folder = bobbin_test_make_folder ();
  fixture->server = bobbin_demo_server_new (&error);
  g_assert_no_error (error);
  fixture->queue = bobbin_queue_new ();
  bobbin_queue_set_at_once (fixture->queue, 1);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_assert_finalize_object (fixture->queue);
  bobbin_demo_server_free (fixture->server);
  bobbin_test_remove_folder (fixture->folder);
  g_free (fixture->folder);
}

static BobbinDownload *
add (Fixture *fixture, const char *path)
{
  g_autofree char *uri = g_strconcat (bobbin_demo_server_get_uri (fixture->server), path, NULL);

  return bobbin_test_add (fixture->queue, fixture->folder, uri);
}

static void
assert_row (Fixture *fixture,
            BobbinDownload *download,
            const char *details,
            const char *state,
            const char *label,
            const char *action)
{
  g_auto (BobbinPhrase) details_phrase = { 0 };
  g_auto (BobbinPhrase) state_phrase = { 0 };
  g_autofree char *details_text = NULL;
  g_autofree char *state_text = NULL;
  g_autofree char *label_text = bobbin_row_words_for_label (fixture->queue, download);
  g_autofree char *action_text = bobbin_row_words_for_action (fixture->queue, download);

  bobbin_row_words_for_details (fixture->queue, download, &details_phrase);
  bobbin_row_words_for_state (fixture->queue, download, &state_phrase);
  details_text = bobbin_phrase_join (&details_phrase, BOBBIN_RANK_KEEP);
  state_text = bobbin_phrase_join (&state_phrase, BOBBIN_RANK_LAST);
  g_assert_cmpstr (details_text, ==, details);
  g_assert_cmpstr (state_text, ==, state);
  g_assert_cmpstr (label_text, ==, label);
  g_assert_cmpstr (action_text, ==, action);
}

static void
test_states (Fixture *fixture, gconstpointer data)
{
  BobbinDownload *finished = add (fixture, "/bytes/2000");
  BobbinDownload *failed = add (fixture, "/nothing.pdf");
  BobbinDownload *waiting;
  g_autofree char *name = NULL;
  g_autofree char *label = NULL;
  g_autofree char *action = NULL;
  g_autofree char *host = NULL;

  bobbin_test_wait_for_run (fixture->queue);
  name = bobbin_download_dup_name (finished);
  label = g_strconcat (name, ", finished, 2.0" NBSP "kB", NULL);
  action = g_strconcat ("Open Folder of ", name, NULL);
  assert_row (fixture, finished, "2.0" NBSP "kB", "Finished", label, action);
  assert_row (fixture, failed, "The server has no such file", "Failed",
              "nothing.pdf, failed, The server has no such file (404), check the address",
              "Retry nothing.pdf");

  add (fixture, "/sleep/5");
  add (fixture, "/sleep/6");
  waiting = add (fixture, "/notes.txt");
  assert_row (fixture, waiting, "3rd in line", "Waiting", "notes.txt, waiting, 3rd in line",
              "Pause notes.txt");
  bobbin_queue_pause (fixture->queue, waiting);
  host = bobbin_download_dup_host (waiting);
  assert_row (fixture, waiting, host, "Paused", "notes.txt, paused", "Resume notes.txt");
}

static void
set_tries (BobbinQueue *queue, guint tries, guint per_host)
{
  g_autoptr (BobbinSettings) settings = bobbin_settings_copy (bobbin_queue_get_settings (queue));

  settings->tries = tries;
  settings->per_host = per_host;
  settings->limit_local = TRUE;
  bobbin_queue_set_settings (queue, settings);
}

static char *
join_details (Fixture *fixture, BobbinDownload *download, BobbinRank limit)
{
  g_auto (BobbinPhrase) phrase = { 0 };

  bobbin_row_words_for_details (fixture->queue, download, &phrase);
  return bobbin_phrase_join (&phrase, limit);
}

static gboolean
waits_for_retry (gpointer download)
{
  return bobbin_download_get_retry_at (download) != 0;
}

/* A server that is busy for a while: the row counts down to the next try. */
static void
test_retry (Fixture *fixture, gconstpointer data)
{
  g_autoptr (BobbinFaultServer) server = bobbin_fault_server_new ();
  g_autofree char *uri = bobbin_fault_server_dup_uri (server, "/busy.bin");
  g_auto (BobbinPhrase) state = { 0 };
  g_autofree char *brief = NULL;
  g_autofree char *full = NULL;
  g_autofree char *shown = NULL;
  g_autofree char *label = NULL;
  g_autofree char *action = NULL;
  BobbinDownload *download;

  bobbin_fault_server_answer (server, "/busy.bin",
                              "HTTP/1.1 503 Busy\r\nRetry-After: 100\r\nContent-Length: 0\r\n\r\n", NULL,
                              BOBBIN_FAULT_KEEP);
  set_tries (fixture->queue, 3, 6);
  download = bobbin_test_add (fixture->queue, fixture->folder, uri);
  bobbin_test_wait (waits_for_retry, download);
  brief = join_details (fixture, download, BOBBIN_RANK_KEEP);
  full = join_details (fixture, download, BOBBIN_RANK_LAST);
  label = bobbin_row_words_for_label (fixture->queue, download);
  action = bobbin_row_words_for_action (fixture->queue, download);
  bobbin_row_words_for_state (fixture->queue, download, &state);
  shown = bobbin_phrase_join (&state, BOBBIN_RANK_LAST);
  g_assert_cmpstr (brief, ==, "The server is busy");
  g_assert_true (g_str_has_suffix (full, " · The server is busy (503) · try 2 of 3"));
  g_assert_true (g_pattern_match_simple ("Retry in 1*min *s", shown));
  g_assert_true (
      g_pattern_match_simple ("busy.bin, waiting, Retry in 1*min *s, The server is busy (503), try 2 of 3",
                              label));
  g_assert_cmpstr (action, ==, "Retry busy.bin");
}

static void
test_host_limit (Fixture *fixture, gconstpointer data)
{
  BobbinDownload *second;

  set_tries (fixture->queue, 1, 1);
  bobbin_queue_set_at_once (fixture->queue, 4);
  bobbin_test_wait_for_state (add (fixture, "/sleep/30"), BOBBIN_STATE_CONNECTING);
  second = add (fixture, "/sleep/31");
  assert_row (fixture, second, "host limit", "Waiting", "31, waiting, host limit", "Pause 31");
}

static void
test_sign_in (Fixture *fixture, gconstpointer data)
{
  g_autoptr (BobbinFaultServer) server = bobbin_fault_server_new ();
  g_autofree char *uri = bobbin_fault_server_dup_uri (server, "/private.bin");
  g_autofree char *origin = NULL;
  g_autofree char *expected = bobbin_fault_server_dup_uri (server, "");
  BobbinDownload *download;

  bobbin_fault_server_answer (
      server, "/private.bin",
      "HTTP/1.1 401 Who\r\nWWW-Authenticate: Basic realm=\"x\"\r\nContent-Length: 0\r\n\r\n", NULL,
      BOBBIN_FAULT_KEEP);
  download = bobbin_test_add (fixture->queue, fixture->folder, uri);
  bobbin_test_wait_for_state (download, BOBBIN_STATE_FAILED);
  assert_row (fixture, download, "The server asks for a sign-in", "Failed",
              "private.bin, failed, The server asks for a sign-in (401), sign in to go on",
              "Sign In for private.bin…");
  g_assert_true (bobbin_sign_in_is_wanted (download));
  g_assert_false (bobbin_sign_in_is_for_proxy (download));
  origin = bobbin_sign_in_dup_origin (download);
  g_assert_cmpstr (origin, ==, expected);
}

/* Nobody knows if it is whole, and the row does not hide it. */
static void
test_unproven (Fixture *fixture, gconstpointer data)
{
  g_autoptr (BobbinFaultServer) server = bobbin_fault_server_new ();
  g_autofree char *uri = bobbin_fault_server_dup_uri (server, "/stream.bin");
  BobbinDownload *download;

  bobbin_fault_server_answer (server, "/stream.bin", "HTTP/1.1 200 OK\nConnection: close", "Bytes",
                              BOBBIN_FAULT_CLOSE);
  download = bobbin_test_add (fixture->queue, fixture->folder, uri);
  bobbin_test_wait_for_state (download, BOBBIN_STATE_FINISHED);
  assert_row (fixture, download, "5 bytes · length unknown", "Finished",
              "stream.bin, finished, 5 bytes, length unknown", "Open Folder of stream.bin");
}

/* The link's own site only leads there: it is not who gets the password. */
static void
test_sign_in_elsewhere (Fixture *fixture, gconstpointer data)
{
  g_autoptr (BobbinFaultServer) server = bobbin_fault_server_new ();
  g_autoptr (BobbinFaultServer) other = bobbin_fault_server_new ();
  g_autofree char *uri = bobbin_fault_server_dup_uri (server, "/start");
  g_autofree char *private = bobbin_fault_server_dup_uri (other, "/private.bin");
  g_autofree char *redirect
      = g_strdup_printf ("HTTP/1.1 302 Found\nLocation: %s\nContent-Length: 0", private);
  g_autofree char *expected = bobbin_fault_server_dup_uri (other, "");
  g_autofree char *origin = NULL;
  BobbinDownload *download;

  bobbin_fault_server_answer (server, "/start", redirect, "", BOBBIN_FAULT_KEEP);
  bobbin_fault_server_answer (other, "/private.bin",
                              "HTTP/1.1 401 Who\nWWW-Authenticate: Basic realm=\"x\"\nContent-Length: 0", "",
                              BOBBIN_FAULT_KEEP);
  download = bobbin_test_add (fixture->queue, fixture->folder, uri);
  bobbin_test_wait_for_state (download, BOBBIN_STATE_FAILED);
  g_assert_true (bobbin_sign_in_is_wanted (download));
  origin = bobbin_sign_in_dup_origin (download);
  g_assert_cmpstr (origin, ==, expected);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  bobbin_engine_init ();

  g_test_add ("/row-words/states", Fixture, NULL, set_up, test_states, tear_down);
  g_test_add ("/row-words/retry", Fixture, NULL, set_up, test_retry, tear_down);
  g_test_add ("/row-words/host-limit", Fixture, NULL, set_up, test_host_limit, tear_down);
  g_test_add ("/row-words/unproven", Fixture, NULL, set_up, test_unproven, tear_down);
  g_test_add ("/row-words/sign-in", Fixture, NULL, set_up, test_sign_in, tear_down);
  g_test_add ("/row-words/sign-in-elsewhere", Fixture, NULL, set_up, test_sign_in_elsewhere, tear_down);
  return g_test_run ();
}
