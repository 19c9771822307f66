/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-details-words.h"
#include "bobbin-digest-job.h"
#include "bobbin-error.h"
#include "bobbin-fault-server.h"
#include "bobbin-parts.h"
#include "bobbin-ranges.h"
#include "bobbin-sums.h"
#include "bobbin-test.h"

#include <glib/gstdio.h>
#include <locale.h>
#include <sys/stat.h>

#define NBSP "\302\240"

#define SHA256 "66a045b452102c59d840ec097d59d9467e13a3f34f6494e539ffd32c1bb35f18"
#define MD5 "09f7e02f1290be211da707a266f153b3"

static void
assert_text (char *text, const char *expected)
{
  g_assert_cmpstr (text, ==, expected);
  g_free (text);
}

/* From the first byte of one range to that of the next. */
static void
test_parts (void)
{
  g_autoptr (GArray) ranges = bobbin_range_list_new ();
  BobbinPart parts[BOBBIN_PARTS_MAX];

  g_assert_cmpuint (bobbin_parts_read (parts, NULL, 1000), ==, 0);
  bobbin_range_list_add (ranges, 100, 300);
  g_assert_cmpuint (bobbin_parts_read (parts, ranges, 1000), ==, 0);
  bobbin_range_list_add (ranges, 500, 1000);
  g_assert_cmpuint (bobbin_parts_read (parts, ranges, -1), ==, 0);
  g_assert_cmpuint (bobbin_parts_read (parts, ranges, 1000), ==, 2);
  g_assert_cmpfloat_with_epsilon (parts[0].start, 0.0, 1e-9);
  g_assert_cmpfloat_with_epsilon (bobbin_part_get_fraction (&parts[0]), 0.6, 1e-9);
  g_assert_cmpfloat_with_epsilon (parts[1].start, 0.5, 1e-9);
  g_assert_cmpfloat_with_epsilon (bobbin_part_get_fraction (&parts[1]), 1.0, 1e-9);
  assert_text (bobbin_parts_words_for_sizes (parts, 2, 1000), "part size 500 bytes");

  bobbin_range_list_add (ranges, 400, 410);
  g_assert_cmpuint (bobbin_parts_read (parts, ranges, 1000), ==, 3);
  assert_text (bobbin_parts_words_for_sizes (parts, 3, 1000), "parts of 100 bytes to 500 bytes");
  g_assert_null (bobbin_parts_words_for_sizes (parts, 0, 1000));

  for (goffset i = 0; i < BOBBIN_PARTS_MAX; i++)
    bobbin_range_list_add (ranges, 600 + 3 * i, 601 + 3 * i);
  g_array_set_size (ranges, 0);
  for (goffset i = 0; i <= BOBBIN_PARTS_MAX; i++)
    bobbin_range_list_add (ranges, 3 * i, 3 * i + 1);
  g_assert_cmpuint (bobbin_parts_read (parts, ranges, 1000), ==, 0);
}

static void
test_tries (void)
{
  g_autoptr (GError) reset = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED, "reset");
  g_autoptr (GError) busy = bobbin_error_new_status (503);
  const struct
  {
    BobbinTry one;
    guint n_parts;
    const char *words;
  } rows[] = {
    { { .how = BOBBIN_TRY_RUNNING }, 0, "Connecting" },
    { { .how = BOBBIN_TRY_RUNNING, .bytes = 1 }, 1, "Receiving" },
    { { .how = BOBBIN_TRY_RUNNING, .bytes = 1 }, 4, "Receiving in 4 parts" },
    { { .how = BOBBIN_TRY_RUNNING, .held = 5, .bytes = 1 }, 1, "Went on" },
    { { .how = BOBBIN_TRY_RUNNING, .held = 5, .bytes = 1 }, 6, "Went on in 6 parts" },
    { { .how = BOBBIN_TRY_RUNNING, .anew = TRUE, .bytes = 1 }, 1, "Started anew: the file had changed" },
    { { .how = BOBBIN_TRY_FINISHED, .bytes = 9 }, 0, "Finished" },
    { { .how = BOBBIN_TRY_FINISHED, .held = 118200000, .bytes = 9 },
      0,
      "Went on from 118.2" NBSP "MB and finished" },
    { { .how = BOBBIN_TRY_FINISHED, .anew = TRUE }, 0, "Started anew: the file had changed; finished" },
    { { .how = BOBBIN_TRY_FAILED, .error = busy }, 0, "The server is busy (503)" },
    { { .how = BOBBIN_TRY_FAILED, .error = reset, .bytes = 118200000 },
      0,
      "The connection was reset after 118.2" NBSP "MB" },
    { { .how = BOBBIN_TRY_HELD }, 0, "Stopped" },
    { { .how = BOBBIN_TRY_HELD, .bytes = 7000 }, 0, "Stopped after 7.0" NBSP "kB" },
    { { .how = BOBBIN_TRY_MOVED }, 0, "The address was changed" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    assert_text (bobbin_details_words_for_try (&rows[i].one, rows[i].n_parts), rows[i].words);
}

/* The time of today, yesterday by its name, the date of others. */
static void
test_times (void)
{
  g_autoptr (GDateTime) noon = g_date_time_new_local (2026, 3, 2, 12, 0, 0);
  g_autoptr (GDateTime) morning = g_date_time_new_local (2026, 3, 2, 9, 41, 7);
  g_autoptr (GDateTime) evening = g_date_time_new_local (2026, 3, 1, 23, 59, 59);
  g_autoptr (GDateTime) former = g_date_time_new_local (2026, 2, 28, 12, 0, 0);
  const gint64 now = g_date_time_to_unix (noon) * G_USEC_PER_SEC;

  assert_text (bobbin_details_words_for_time (g_date_time_to_unix (morning) * G_USEC_PER_SEC, now),
               "09:41:07");
  assert_text (bobbin_details_words_for_time (g_date_time_to_unix (evening) * G_USEC_PER_SEC, now),
               "Yesterday");
  assert_text (bobbin_details_words_for_time (g_date_time_to_unix (former) * G_USEC_PER_SEC, now),
               "02/28/26");
}

static void
test_phases (void)
{
  assert_text (bobbin_details_words_for_phase (0), "<" NBSP "1" NBSP "ms");
  assert_text (bobbin_details_words_for_phase (18400), "18" NBSP "ms");
  assert_text (bobbin_details_words_for_phase (1520000), "1.52" NBSP "s");
  assert_text (bobbin_details_words_for_secure (G_TLS_PROTOCOL_VERSION_TLS_1_3), "Secure (TLS 1.3)");
  assert_text (bobbin_details_words_for_secure (G_TLS_PROTOCOL_VERSION_UNKNOWN), "Secure (TLS)");
}

static void
test_folder (void)
{
  g_autofree char *inside = g_build_filename (g_get_home_dir (), "Downloads", "Survey", NULL);
  g_autofree char *beside = g_strconcat (g_get_home_dir (), "-2", NULL);

  assert_text (bobbin_details_words_for_folder (inside), "~/Downloads/Survey");
  assert_text (bobbin_details_words_for_folder (g_get_home_dir ()), "~");
  assert_text (bobbin_details_words_for_folder (beside), beside);
  assert_text (bobbin_details_words_for_folder ("/srv"), "/srv");
}

static void
test_origin (void)
{
  BobbinOrigin origin = { .uri = (char *) "https://eu2.example.net/a.zst", .n_redirects = 2 };

  assert_text (bobbin_details_words_for_origin (&origin), "https://eu2.example.net/a.zst, after 2 redirects");
  origin.n_redirects = 0;
  assert_text (bobbin_details_words_for_origin (&origin), "https://eu2.example.net/a.zst");
}

/* What tools write, and what sites show. */
static void
test_pasted (void)
{
  const struct
  {
    const char *text;
    const char *digest;
  } rows[] = {
    { SHA256, "sha-256=" SHA256 },
    { "  " SHA256 "\n", "sha-256=" SHA256 },
    { "SHA256:" SHA256, "sha-256=" SHA256 },
    { SHA256 "  survey.tar.zst\n", "sha-256=" SHA256 },
    { SHA256 " *survey.tar.zst", "sha-256=" SHA256 },
    { "SHA256 (survey.tar.zst) = " SHA256, "sha-256=" SHA256 },
    { MD5, "md5=" MD5 },
    { "", NULL },
    { "survey.tar.zst", NULL },
    { SHA256 "0", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (BobbinDigest) digest = bobbin_details_parse_digest (rows[i].text);
      g_autofree char *text = digest != NULL ? bobbin_digest_to_string (digest) : NULL;

      g_assert_cmpstr (text, ==, rows[i].digest);
    }
  assert_text (bobbin_details_words_for_hex (SHA256), "66a045b45210…2c1bb35f18");
  assert_text (bobbin_details_words_for_hex ("0123abcd"), "0123abcd");
  assert_text (bobbin_details_words_for_algorithm (G_CHECKSUM_SHA256), "SHA-256");
}

static void
result_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static gboolean
is_there (gpointer user_data)
{
  return *(GAsyncResult **) user_data != NULL;
}

static BobbinDigest *
compute (const char *path, gboolean cancel, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (BobbinDigestJob) job = bobbin_digest_job_start (path, G_CHECKSUM_SHA256, result_cb, &result);

  if (cancel)
    bobbin_digest_job_cancel (job);
  bobbin_test_wait (is_there, &result);
  if (!cancel && *error == NULL && g_file_test (path, G_FILE_TEST_IS_REGULAR))
    g_assert_cmpfloat_with_epsilon (bobbin_digest_job_get_fraction (job), 1.0, 1e-9);
  return bobbin_digest_job_finish (result, error);
}

static void
test_job (void)
{
  g_autofree char *folder = bobbin_test_make_folder ();
  g_autofree char *path = g_build_filename (folder, "hello", NULL);
  g_autofree char *pipe = g_build_filename (folder, "pipe", NULL);
  g_autoptr (BobbinDigest) digest = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (path, "Hello\n", -1, NULL));
  digest = compute (path, FALSE, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (digest->hex, ==, SHA256);
  g_assert_null (compute (path, TRUE, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  g_assert_cmpint (mkfifo (pipe, 0600), ==, 0);
  g_assert_null (compute (pipe, FALSE, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT);
  g_clear_error (&error);
  g_unlink (path);
  g_assert_null (compute (path, FALSE, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  bobbin_test_remove_folder (folder);
}

/* What one, and several, come to. */
static void
test_downloads (void)
{
  g_autofree char *folder = bobbin_test_make_folder ();
  g_autoptr (BobbinFaultServer) server = bobbin_fault_server_new ();
  g_autofree char *good = bobbin_fault_server_dup_uri (server, "/notes.txt");
  g_autofree char *bad = bobbin_fault_server_dup_uri (server, "/nothing.pdf");
  BobbinQueue *queue = bobbin_queue_new ();
  g_auto (BobbinPhrase) phrase = { 0 };
  BobbinSums sums = { 0 };
  BobbinDownload *failed;
  BobbinDownload *paused;
  BobbinDownload *done;

  bobbin_fault_server_answer (server, "/notes.txt", "HTTP/1.1 200 OK\nContent-Length: 5", "Hello",
                              BOBBIN_FAULT_KEEP);
  bobbin_fault_server_answer (server, "/nothing.pdf", "HTTP/1.1 404 No\nContent-Length: 0", "",
                              BOBBIN_FAULT_KEEP);
  done = bobbin_test_add (queue, folder, good);
  failed = bobbin_test_add (queue, folder, bad);
  bobbin_test_wait_for_run (queue);
  paused = bobbin_test_add (queue, "/srv", good);
  bobbin_queue_pause (queue, paused);

  assert_text (bobbin_details_words_for_size (done), "5 bytes");
  assert_text (bobbin_details_words_for_size (failed), "Not known yet");
  assert_text (bobbin_details_words_for_reason (failed),
               "The server has no such file (404) · check the address");
  g_assert_null (bobbin_details_words_for_reason (done));
  bobbin_details_words_for_headline (queue, failed, &phrase);
  assert_text (bobbin_phrase_join (&phrase, BOBBIN_RANK_LAST), "Failed");

  bobbin_sums_add (&sums, done);
  g_assert_cmpstr (sums.folder, ==, folder);
  assert_text (bobbin_sums_words_for_size (&sums), "5 bytes");
  bobbin_sums_add (&sums, failed);
  g_assert_cmpstr (sums.folder, ==, folder);
  bobbin_sums_add (&sums, paused);
  g_assert_null (sums.folder);
  assert_text (bobbin_sums_words_for_title (&sums), "3 Downloads");
  assert_text (bobbin_sums_words_for_states (&sums), "1 finished · 1 paused · 1 failed");
  g_assert_cmpuint (sums.n_unknown, ==, 2);
  g_assert_finalize_object (queue);
  bobbin_test_remove_folder (folder);
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "C.UTF-8");
  bobbin_test_init (&argc, &argv);
  g_test_add_func ("/details/parts", test_parts);
  g_test_add_func ("/details/tries", test_tries);
  g_test_add_func ("/details/times", test_times);
  g_test_add_func ("/details/phases", test_phases);
  g_test_add_func ("/details/folder", test_folder);
  g_test_add_func ("/details/origin", test_origin);
  g_test_add_func ("/details/pasted", test_pasted);
  g_test_add_func ("/details/job", test_job);
  g_test_add_func ("/details/downloads", test_downloads);
  return g_test_run ();
}
