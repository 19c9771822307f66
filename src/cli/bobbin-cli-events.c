/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "bobbin-cli-events.h"

#include "bobbin-error.h"
#include "bobbin-file-name.h"
#include "bobbin-words.h"

#include <json-glib/json-glib.h>

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

static JsonBuilder *
begin (const char *event)
{
  JsonBuilder *builder = json_builder_new_immutable ();

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "event");
  json_builder_add_string_value (builder, event);
  return builder;
}

/* Frees the builder. */
static char *
end (JsonBuilder *builder)
{
  g_autoptr (JsonNode) root = NULL;

  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  g_object_unref (builder);
  return json_to_string (root, FALSE);
}

static void
add_text (JsonBuilder *builder, const char *member, const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);

  json_builder_set_member_name (builder, member);
  json_builder_add_string_value (builder, valid);
}

static void
add_number (JsonBuilder *builder, const char *member, gint64 number)
{
  json_builder_set_member_name (builder, member);
  json_builder_add_int_value (builder, number);
}

static void
add_seconds (JsonBuilder *builder, const char *member, gint64 microseconds)
{
  json_builder_set_member_name (builder, member);
  json_builder_add_double_value (builder, (double) microseconds / G_USEC_PER_SEC);
}

static void
add_link (JsonBuilder *builder, const BobbinLink *link)
{
  g_autofree char *uri = bobbin_link_dup_shown_uri (link);

  add_text (builder, "url", uri);
}

static void
add_error (JsonBuilder *builder, const GError *error)
{
  g_autofree char *sentence = bobbin_words_for_error (error);
  guint status = bobbin_error_get_status (error);

  add_text (builder, "error", bobbin_cli_event_error_word (error));
  if (status != 0)
    add_number (builder, "status", status);
  add_text (builder, "message", sentence);
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
  JsonBuilder *builder = begin ("added");
  g_autofree char *name
      = bobbin_file_name_for_answer (bobbin_link_get_name (link), NULL, bobbin_link_get_uri (link), NULL);

  add_number (builder, "id", id);
  add_link (builder, link);
  add_text (builder, "name", name);
  return end (builder);
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
  JsonBuilder *builder = begin ("started");

  add_number (builder, "id", id);
  add_link (builder, bobbin_download_get_link (download));
  return end (builder);
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
  JsonBuilder *builder = begin ("progress");
  goffset total = bobbin_download_get_total (download);

  add_number (builder, "id", id);
  add_number (builder, "bytes", bobbin_download_get_received (download));
  if (total >= 0)
    add_number (builder, "total", total);
  add_number (builder, "rate", (gint64) bobbin_download_get_rate (download));
  return end (builder);
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
  JsonBuilder *builder = begin ("finished");
  g_autofree char *path = bobbin_download_dup_path (download);

  add_number (builder, "id", id);
  add_link (builder, bobbin_download_get_link (download));
  add_text (builder, "file", path);
  add_number (builder, "bytes", bobbin_download_get_received (download));
  add_seconds (builder, "seconds", bobbin_download_get_own_time (download));
  /* Nothing is tried a second time by itself. */
  add_number (builder, "tries", 1);
  return end (builder);
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
  JsonBuilder *builder = begin ("failed");

  add_number (builder, "id", id);
  add_link (builder, bobbin_download_get_link (download));
  add_error (builder, bobbin_download_get_error (download));
  return end (builder);
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
  JsonBuilder *builder = begin ("failed");

  if (complaint->text != NULL)
    add_text (builder, "url", complaint->text);
  add_error (builder, complaint->error);
  if (complaint->input != NULL)
    {
      add_text (builder, "input", complaint->input);
      add_number (builder, "line", complaint->line);
    }
  return end (builder);
}

/**
 * bobbin_cli_event_run:
 * @run: the run, over or not
 * @failed: how many failures were told
 *
 * Returns: (transfer full): the last event
 */
char *
bobbin_cli_event_run (const BobbinRun *run, guint failed)
{
  JsonBuilder *builder = begin ("run");
  gint64 now = g_get_monotonic_time ();

  add_seconds (builder, "elapsed", bobbin_run_get_elapsed (run, now));
  add_seconds (builder, "one_after_another", bobbin_run_get_one_after_another (run, now));
  add_number (builder, "finished", run->finished);
  add_number (builder, "failed", failed);
  add_number (builder, "bytes", run->bytes);
  return end (builder);
}
