/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "bobbin-cli-events.h"

#include "bobbin-cli-json.h"
#include "bobbin-error.h"
#include "bobbin-words.h"

/* The events of --json, as data/bobbin-cli.1 documents them. Names and meanings
 * of members stay as they are; new ones may be added.
 */

typedef struct
{
  int code;
  const char *word;
} Word;

static const Word bobbin_words[] = {
  { BOBBIN_ERROR_NOT_A_LINK, "not-a-link" },
  { BOBBIN_ERROR_UNSUPPORTED_SCHEME, "unsupported-scheme" },
  { BOBBIN_ERROR_HTTP_STATUS, "http-status" },
  { BOBBIN_ERROR_NO_CONTENT, "no-content" },
  { BOBBIN_ERROR_BAD_ANSWER, "bad-answer" },
  { BOBBIN_ERROR_BAD_REDIRECT, "bad-redirect" },
  { BOBBIN_ERROR_TOO_MANY_REDIRECTS, "too-many-redirects" },
  { BOBBIN_ERROR_TRUNCATED, "truncated" },
  { BOBBIN_ERROR_PART_LOST, "part-lost" },
  { BOBBIN_ERROR_NO_FREE_NAME, "no-free-name" },
  { BOBBIN_ERROR_RANGE_REFUSED, "range-refused" },
  { BOBBIN_ERROR_CHANGED, "changed" },
  { BOBBIN_ERROR_TOO_SLOW, "too-slow" },
  { BOBBIN_ERROR_CHECKSUM, "checksum" },
  { BOBBIN_ERROR_EXISTS, "name-taken" },
  { BOBBIN_ERROR_INSECURE_REDIRECT, "insecure-redirect" },
  { BOBBIN_ERROR_BAD_CERTIFICATE, "tls" },
};

static const Word io_words[] = {
  { G_IO_ERROR_HOST_NOT_FOUND, "no-such-host" },
  { G_IO_ERROR_HOST_UNREACHABLE, "unreachable" },
  { G_IO_ERROR_NETWORK_UNREACHABLE, "unreachable" },
  { G_IO_ERROR_CONNECTION_REFUSED, "refused" },
  { G_IO_ERROR_TIMED_OUT, "timeout" },
  { G_IO_ERROR_CONNECTION_CLOSED, "reset" },
  { G_IO_ERROR_NOT_CONNECTED, "reset" },
  { G_IO_ERROR_PARTIAL_INPUT, "truncated" },
  { G_IO_ERROR_PROXY_FAILED, "proxy" },
  { G_IO_ERROR_PROXY_AUTH_FAILED, "proxy" },
  { G_IO_ERROR_PROXY_NEED_AUTH, "proxy" },
  { G_IO_ERROR_PROXY_NOT_ALLOWED, "proxy" },
  { G_IO_ERROR_NO_SPACE, "no-space" },
  { G_IO_ERROR_PERMISSION_DENIED, "no-permission" },
  { G_IO_ERROR_READ_ONLY, "no-permission" },
  { G_IO_ERROR_NOT_FOUND, "no-such-folder" },
  { G_IO_ERROR_NOT_DIRECTORY, "no-such-folder" },
};

static const char *
find_word (const Word *words, gsize n_words, int code)
{
  for (gsize i = 0; i < n_words; i++)
    if (words[i].code == code)
      return words[i].word;
  return "other";
}

/**
 * bobbin_cli_event_error_word:
 * @error: why a download failed
 *
 * Returns: the word for scripts that stands for it
 */
const char *
bobbin_cli_event_error_word (const GError *error)
{
  if (error->domain == BOBBIN_ERROR)
    return find_word (bobbin_words, G_N_ELEMENTS (bobbin_words), error->code);
  if (error->domain == G_IO_ERROR)
    return find_word (io_words, G_N_ELEMENTS (io_words), error->code);
  if (error->domain == G_RESOLVER_ERROR)
    return "no-such-host";
  if (error->domain == G_TLS_ERROR)
    return "tls";
  return "other";
}

static void
add_link (GString *json, const BobbinLink *link)
{
  g_autofree char *uri = bobbin_link_dup_shown_uri (link);

  bobbin_cli_json_add_text (json, "url", uri);
}

static void
add_digest (GString *json, const BobbinDigest *digest)
{
  g_autofree char *text = digest != NULL ? bobbin_digest_to_string (digest) : NULL;

  if (text != NULL)
    bobbin_cli_json_add_text (json, "digest", text);
}

static void
add_mirrors (GString *json, const BobbinLink *link)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) mirrors = NULL;
  guint n = bobbin_link_get_n_mirrors (link);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *uri = bobbin_record_strip_uri (bobbin_link_get_mirror (link, i)->uri);

      g_strv_builder_add (builder, uri);
    }
  mirrors = g_strv_builder_end (builder);
  if (n > 0)
    bobbin_cli_json_add_list (json, "mirrors", (const char *const *) mirrors);
}

static void
add_error (GString *json, const char *member, const GError *error)
{
  g_autofree char *sentence = bobbin_words_for_error (error);
  guint status = bobbin_error_get_status (error);

  bobbin_cli_json_add_text (json, member, bobbin_cli_event_error_word (error));
  if (status != 0)
    bobbin_cli_json_add_number (json, "status", status);
  if (bobbin_error_get_origin (error) != NULL)
    bobbin_cli_json_add_text (json, "origin", bobbin_error_get_origin (error));
  bobbin_cli_json_add_text (json, "message", sentence);
}

static GString *
begin_for_download (const char *event, guint id, BobbinDownload *download)
{
  GString *json = bobbin_cli_json_begin (event);

  bobbin_cli_json_add_number (json, "id", id);
  add_link (json, bobbin_download_get_link (download));
  return json;
}

/**
 * bobbin_cli_event_added:
 * @id: its number, from 1 in the order given
 * @link: a link
 *
 * Returns: (transfer full): the event of a link that will be, or with --list
 *   would be, downloaded
 */
char *
bobbin_cli_event_added (guint id, const BobbinLink *link)
{
  GString *json = bobbin_cli_json_begin ("added");
  g_autofree char *name = bobbin_link_dup_file_name (link, NULL, NULL, NULL);

  bobbin_cli_json_add_number (json, "id", id);
  add_link (json, link);
  bobbin_cli_json_add_text (json, "name", name);
  if (bobbin_link_get_subfolder (link) != NULL)
    bobbin_cli_json_add_text (json, "folder", bobbin_link_get_subfolder (link));
  add_mirrors (json, link);
  add_digest (json, bobbin_link_get_digest (link));
  if (bobbin_link_get_size (link) >= 0)
    bobbin_cli_json_add_number (json, "size", bobbin_link_get_size (link));
  return bobbin_cli_json_end (json);
}

/**
 * bobbin_cli_event_started:
 * @id: its number
 * @download: a download that a worker has begun
 *
 * Returns: (transfer full): the event
 */
char *
bobbin_cli_event_started (guint id, BobbinDownload *download)
{
  return bobbin_cli_json_end (begin_for_download ("started", id, download));
}

/**
 * bobbin_cli_event_progress:
 * @id: its number
 * @download: a download that receives
 *
 * Returns: (transfer full): the event
 */
char *
bobbin_cli_event_progress (guint id, BobbinDownload *download)
{
  GString *json = bobbin_cli_json_begin ("progress");
  goffset total = bobbin_download_get_total (download);

  bobbin_cli_json_add_number (json, "id", id);
  bobbin_cli_json_add_number (json, "bytes", bobbin_download_get_received (download));
  if (total >= 0)
    bobbin_cli_json_add_number (json, "total", total);
  bobbin_cli_json_add_number (json, "rate", (gint64) bobbin_download_get_rate (download));
  return bobbin_cli_json_end (json);
}

/**
 * bobbin_cli_event_retry:
 * @id: its number
 * @download: a download that waits for its next try
 *
 * Returns: (transfer full): the event
 */
char *
bobbin_cli_event_retry (guint id, BobbinDownload *download)
{
  GString *json = begin_for_download ("retry", id, download);

  bobbin_cli_json_add_seconds (json, "after",
                               bobbin_download_get_retry_at (download) - g_get_monotonic_time ());
  add_error (json, "reason", bobbin_download_get_error (download));
  return bobbin_cli_json_end (json);
}

/**
 * bobbin_cli_event_finished:
 * @id: its number
 * @download: a download that finished
 *
 * Returns: (transfer full): the event
 */
char *
bobbin_cli_event_finished (guint id, BobbinDownload *download)
{
  GString *json = begin_for_download ("finished", id, download);
  const char *final_uri = bobbin_download_get_final_uri (download);
  g_autofree char *uri = bobbin_link_dup_shown_uri (bobbin_download_get_link (download));
  g_autofree char *path = bobbin_download_dup_path (download);

  bobbin_cli_json_add_text (json, "final_url", final_uri != NULL ? final_uri : uri);
  bobbin_cli_json_add_text (json, "file", path);
  bobbin_cli_json_add_number (json, "bytes", bobbin_download_get_received (download));
  bobbin_cli_json_add_seconds (json, "seconds", bobbin_download_get_own_time (download));
  bobbin_cli_json_add_number (json, "tries", bobbin_download_get_tries (download));
  add_digest (json, bobbin_download_get_digest (download));
  bobbin_cli_json_add_boolean (json, "verified", bobbin_download_is_verified (download));
  bobbin_cli_json_add_boolean (json, "length_known", !bobbin_download_is_unproven (download));
  return bobbin_cli_json_end (json);
}

/**
 * bobbin_cli_event_failed:
 * @id: its number
 * @download: a download that failed
 *
 * Returns: (transfer full): the event
 */
char *
bobbin_cli_event_failed (guint id, BobbinDownload *download)
{
  GString *json = begin_for_download ("failed", id, download);

  add_error (json, "error", bobbin_download_get_error (download));
  return bobbin_cli_json_end (json);
}

/**
 * bobbin_cli_event_skipped:
 * @id: its number
 * @link: a link that is not downloaded
 * @reason: why, in a word for scripts
 * @file: (nullable): absolute path of the file that is there already
 *
 * Returns: (transfer full): the event
 */
char *
bobbin_cli_event_skipped (guint id, const BobbinLink *link, const char *reason, const char *file)
{
  GString *json = bobbin_cli_json_begin ("skipped");

  bobbin_cli_json_add_number (json, "id", id);
  add_link (json, link);
  bobbin_cli_json_add_text (json, "reason", reason);
  if (file != NULL)
    bobbin_cli_json_add_text (json, "file", file);
  return bobbin_cli_json_end (json);
}

/**
 * bobbin_cli_event_complaint:
 * @complaint: something given that is no link to download
 *
 * Returns: (transfer full): the event: a failure without a number
 */
char *
bobbin_cli_event_complaint (const BobbinCliComplaint *complaint)
{
  GString *json = bobbin_cli_json_begin ("failed");

  if (complaint->text != NULL)
    bobbin_cli_json_add_text (json, "url", complaint->text);
  bobbin_cli_json_add_text (json, "error", bobbin_cli_event_error_word (complaint->error));
  bobbin_cli_json_add_text (json, "message", complaint->message);
  if (complaint->input != NULL)
    bobbin_cli_json_add_text (json, "input", complaint->input);
  if (complaint->line > 0)
    bobbin_cli_json_add_number (json, "line", complaint->line);
  return bobbin_cli_json_end (json);
}

/**
 * bobbin_cli_event_run:
 * @run: the run, over or not
 * @tally: what came of the links
 *
 * Returns: (transfer full): the last event
 */
char *
bobbin_cli_event_run (const BobbinRun *run, const BobbinCliTally *tally)
{
  GString *json = bobbin_cli_json_begin ("run");
  gint64 now = g_get_monotonic_time ();

  bobbin_cli_json_add_seconds (json, "elapsed", bobbin_run_get_elapsed (run, now));
  bobbin_cli_json_add_seconds (json, "one_after_another", bobbin_run_get_one_after_another (run, now));
  bobbin_cli_json_add_number (json, "finished", tally->finished);
  bobbin_cli_json_add_number (json, "failed", tally->failed + tally->no_links);
  bobbin_cli_json_add_number (json, "skipped", tally->skipped);
  bobbin_cli_json_add_number (json, "bytes", run->bytes);
  return bobbin_cli_json_end (json);
}
