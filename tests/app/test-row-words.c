/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-demo-server.h"
#include "bobbin-row-words.h"
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
  g_autofree char *action_text = bobbin_row_words_for_action (download);

  bobbin_row_words_for_details (fixture->queue, download, &details_phrase);
  bobbin_row_words_for_state (download, &state_phrase);
  details_text = bobbin_phrase_join (&details_phrase, BOBBIN_RANK_KEEP);
  state_text = bobbin_phrase_join (&state_phrase, BOBBIN_RANK_RATE);
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
  assert_row (fixture, failed, "The server has no such file (404)", "Failed",
              "nothing.pdf, failed, The server has no such file (404)", "Retry nothing.pdf");

  add (fixture, "/sleep/5");
  add (fixture, "/sleep/6");
  waiting = add (fixture, "/notes.txt");
  assert_row (fixture, waiting, "3rd in line", "Waiting", "notes.txt, waiting, 3rd in line",
              "Pause notes.txt");
  bobbin_queue_pause (fixture->queue, waiting);
  host = bobbin_download_dup_host (waiting);
  assert_row (fixture, waiting, host, "Paused", "notes.txt, paused", "Resume notes.txt");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  bobbin_engine_init ();

  g_test_add ("/row-words/states", Fixture, NULL, set_up, test_states, tear_down);
  return g_test_run ();
}
