/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "bobbin-words.h"

#include <glib/gi18n.h>
#include <locale.h>

#define NBSP "\302\240"

typedef struct
{
  gint64 microseconds;
  const char *words;
} DurationCase;

#define MS G_GINT64_CONSTANT (1000)
#define S G_GINT64_CONSTANT (1000000)

static void
test_duration (void)
{
  const DurationCase cases[] = {
    { 0, "0.0" NBSP "s" },
    { 12400 * MS, "12.4" NBSP "s" },
    { 1549 * MS, "1.5" NBSP "s" },
    { 1550 * MS, "1.6" NBSP "s" },
    { 59949 * MS, "59.9" NBSP "s" },
    { 59950 * MS, "1" NBSP "min 0" NBSP "s" },
    { 74 * S, "1" NBSP "min 14" NBSP "s" },
    { 3599 * S + 499 * MS, "59" NBSP "min 59" NBSP "s" },
    { 3599 * S + 500 * MS, "1" NBSP "h 0" NBSP "min" },
    { 7500 * S, "2" NBSP "h 5" NBSP "min" },
    { 360000 * S, "100" NBSP "h 0" NBSP "min" },
    { -5 * S, "0.0" NBSP "s" },
    { G_MAXINT64, "35791394" NBSP "h 7" NBSP "min" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *words = bobbin_words_for_duration (cases[i].microseconds);

      g_assert_cmpstr (words, ==, cases[i].words);
    }
}

static void
test_exact_duration (void)
{
  const DurationCase cases[] = {
    { 0, "0.00" NBSP "s" },
    { 1520 * MS, "1.52" NBSP "s" },
    { 1525 * MS, "1.53" NBSP "s" },
    { 59994 * MS, "59.99" NBSP "s" },
    { 59995 * MS, "1" NBSP "min 0" NBSP "s" },
    { 7500 * S, "2" NBSP "h 5" NBSP "min" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *words = bobbin_words_for_exact_duration (cases[i].microseconds);

      g_assert_cmpstr (words, ==, cases[i].words);
    }
}

static void
test_time_left (void)
{
  const DurationCase cases[] = {
    { -1, NULL },
    { 0, "1" NBSP "s left" },
    { 11 * S, "11" NBSP "s left" },
    { 11 * S + 1, "12" NBSP "s left" },
    { 59 * S + 1, "1" NBSP "min 0" NBSP "s left" },
    { 74 * S, "1" NBSP "min 14" NBSP "s left" },
    { 7500 * S, "2" NBSP "h 5" NBSP "min left" },
    { 47 * 3600 * S, "47" NBSP "h 0" NBSP "min left" },
    { 48 * 3600 * S, "2 days left" },
    { 100 * 24 * 3600 * S, "100 days left" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *words = bobbin_words_for_time_left (cases[i].microseconds);

      g_assert_cmpstr (words, ==, cases[i].words);
    }
}

static void
test_retry_in (void)
{
  const DurationCase cases[] = {
    { -5 * S, "Retry in 1" NBSP "s" },
    { 0, "Retry in 1" NBSP "s" },
    { 4 * S, "Retry in 4" NBSP "s" },
    { 4 * S + 1, "Retry in 5" NBSP "s" },
    { 74 * S, "Retry in 1" NBSP "min 14" NBSP "s" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *words = bobbin_words_for_retry_in (cases[i].microseconds);

      g_assert_cmpstr (words, ==, cases[i].words);
    }
}

static void
test_waits (void)
{
  g_assert_cmpstr (bobbin_words_for_wait (BOBBIN_WAIT_HOST), ==, "host limit");
  g_assert_cmpstr (bobbin_words_for_wait (BOBBIN_WAIT_NETWORK), ==, "no network");
  g_assert_cmpstr (bobbin_words_for_wait (BOBBIN_WAIT_SPACE), ==, "disk full, goes on when there is room");
  g_assert_null (bobbin_words_for_wait (BOBBIN_WAIT_IN_LINE));
  g_assert_null (bobbin_words_for_wait (BOBBIN_WAIT_RETRY));
}

static void
assert_advice (GQuark domain, int code, const char *expected)
{
  g_autoptr (GError) error = g_error_new_literal (domain, code, "secret");
  g_autofree char *words = bobbin_words_for_advice (error);

  g_assert_cmpstr (words, ==, expected);
}

static void
assert_status_advice (guint status, gint64 retry_after, const char *expected)
{
  g_autoptr (GError) error = bobbin_error_new_status (status);
  g_autofree char *words = NULL;

  if (retry_after >= 0)
    bobbin_error_set_retry_after (error, retry_after);
  words = bobbin_words_for_advice (error);
  g_assert_cmpstr (words, ==, expected);
}

static void
test_advice (void)
{
  assert_advice (BOBBIN_ERROR, BOBBIN_ERROR_CHECKSUM, "retry to fetch it anew");
  assert_advice (BOBBIN_ERROR, BOBBIN_ERROR_NOT_A_LINK, NULL);
  assert_advice (G_IO_ERROR, G_IO_ERROR_NO_SPACE, "make room, then retry");
  assert_advice (G_IO_ERROR, G_IO_ERROR_FAILED, NULL);
  assert_advice (G_RESOLVER_ERROR, G_RESOLVER_ERROR_NOT_FOUND, "check the address");
  assert_advice (G_RESOLVER_ERROR, G_RESOLVER_ERROR_TEMPORARY_FAILURE, "check the connection");
  assert_advice (BOBBIN_ERROR, BOBBIN_ERROR_BAD_CERTIFICATE, "check the address, and this computer's clock");
  assert_advice (G_TLS_ERROR, G_TLS_ERROR_BAD_CERTIFICATE, "check the address, and this computer's clock");
  assert_advice (G_FILE_ERROR, G_FILE_ERROR_FAILED, NULL);
  assert_status_advice (401, -1, "sign in to go on");
  assert_status_advice (407, -1, "sign in to the proxy to go on");
  assert_status_advice (403, -1, NULL);
  assert_status_advice (404, -1, "check the address");
  assert_status_advice (500, -1, "retry later");
  assert_status_advice (503, 1200, "asks to wait 20" NBSP "min 0" NBSP "s");
}

static void
test_parts (void)
{
  g_autofree char *one = bobbin_words_for_parts (1);
  g_autofree char *six = bobbin_words_for_parts (6);

  g_assert_cmpstr (one, ==, "1 part");
  g_assert_cmpstr (six, ==, "6 parts");
}

static void
test_amounts (void)
{
  g_autofree char *rate = bobbin_words_for_rate (9.6e6);
  g_autofree char *no_rate = bobbin_words_for_rate (-1);
  g_autofree char *part = bobbin_words_for_size_of_total (212600000, 318000000);
  g_autofree char *open_end = bobbin_words_for_size_of_total (212600000, -1);
  g_autofree char *result = bobbin_words_for_time_and_rate (600 * MS, 4200000);
  g_autofree char *quick = bobbin_words_for_time_and_rate (18 * MS, 18000);
  g_autofree char *at_once = bobbin_words_for_time_and_rate (0, 0);

  g_assert_cmpstr (rate, ==, "9.6" NBSP "MB/s");
  g_assert_cmpstr (no_rate, ==, "0 bytes/s");
  g_assert_cmpstr (part, ==, "212.6" NBSP "MB of 318.0" NBSP "MB");
  g_assert_cmpstr (open_end, ==, "212.6" NBSP "MB");
  g_assert_cmpstr (result, ==, "0.6" NBSP "s at 7.0" NBSP "MB/s");
  g_assert_cmpstr (quick, ==, "18" NBSP "ms at 1.0" NBSP "MB/s");
  g_assert_cmpstr (at_once, ==, "1" NBSP "ms at 0 bytes/s");
}

static void
test_percent (void)
{
  g_autofree char *none = bobbin_words_for_percent (-1);
  g_autofree char *zero = bobbin_words_for_percent (0);
  g_autofree char *some = bobbin_words_for_percent (0.679);
  g_autofree char *almost = bobbin_words_for_percent (0.99999);
  g_autofree char *all = bobbin_words_for_percent (1);

  g_assert_null (none);
  g_assert_cmpstr (zero, ==, "0%");
  g_assert_cmpstr (some, ==, "67%");
  g_assert_cmpstr (almost, ==, "99%");
  g_assert_cmpstr (all, ==, "100%");
}

static void
test_place_in_line (void)
{
  const struct
  {
    guint place;
    const char *words;
  } cases[] = {
    { 1, "1st in line" },     { 2, "2nd in line" },       { 3, "3rd in line" },
    { 4, "4th in line" },     { 10, "10th in line" },     { 11, "11th in line" },
    { 12, "12th in line" },   { 13, "13th in line" },     { 21, "21st in line" },
    { 22, "22nd in line" },   { 23, "23rd in line" },     { 101, "101st in line" },
    { 111, "111th in line" }, { 1012, "1012th in line" }, { 9993, "9993rd in line" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *words = bobbin_words_for_place_in_line (cases[i].place);

      g_assert_cmpstr (words, ==, cases[i].words);
    }
}

static void
test_counts (void)
{
  g_autofree char *finished = bobbin_words_for_finished_of_total (10, 24);
  g_autofree char *only = bobbin_words_for_finished_of_total (1, 1);
  g_autofree char *failed = bobbin_words_for_failed (2);

  g_assert_cmpstr (finished, ==, "10 of 24 finished");
  g_assert_cmpstr (only, ==, "1 of 1 finished");
  g_assert_cmpstr (failed, ==, "2 failed");
}

static void
test_states (void)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (BobbinState state = BOBBIN_STATE_WAITING; state <= BOBBIN_STATE_FAILED; state++)
    {
      const char *words = bobbin_words_for_state (state);

      g_assert_cmpuint (g_utf8_strlen (words, -1), >, 0);
      g_assert_true (g_hash_table_add (seen, (gpointer) words));
    }
  g_assert_cmpstr (bobbin_words_for_state (BOBBIN_STATE_WAITING), ==, "Waiting");
}

static void
test_status (void)
{
  const struct
  {
    guint status;
    const char *words;
  } cases[] = {
    { 300, "The server answers with something else than the file (300)" },
    { 400, "The server refuses this (400)" },
    { 401, "The server asks for a sign-in (401)" },
    { 403, "The server does not allow this (403)" },
    { 404, "The server has no such file (404)" },
    { 407, "The proxy asks for a sign-in (407)" },
    { 410, "The server no longer has this file (410)" },
    { 418, "The server refuses this (418)" },
    { 429, "The server is busy (429)" },
    { 500, "The server has a fault (500)" },
    { 503, "The server is busy (503)" },
    { 599, "The server has a fault (599)" },
    { 999, "The server answers with something else than the file (999)" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = bobbin_error_new_status (cases[i].status);
      g_autofree char *words = bobbin_words_for_error (error);

      g_assert_cmpstr (words, ==, cases[i].words);
    }
}

static void
test_known_errors (void)
{
  const struct
  {
    GQuark domain;
    int code;
    const char *words;
  } cases[] = {
    { BOBBIN_ERROR, BOBBIN_ERROR_UNSUPPORTED_SCHEME, "Only http and https links can be downloaded" },
    { BOBBIN_ERROR, BOBBIN_ERROR_TRUNCATED, "The file ended too soon" },
    { G_RESOLVER_ERROR, G_RESOLVER_ERROR_NOT_FOUND, "No server of this name" },
    { G_IO_ERROR, G_IO_ERROR_HOST_NOT_FOUND, "No server of this name" },
    { G_IO_ERROR, G_IO_ERROR_TIMED_OUT, "The server does not answer" },
    { G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED, "The server refuses connections" },
    { G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED, "The connection was reset" },
    { G_IO_ERROR, G_IO_ERROR_BROKEN_PIPE, "The connection was reset" },
    { G_IO_ERROR, G_IO_ERROR_NO_SPACE, "The disk is full" },
    { G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED, "No permission to write in this folder" },
    { BOBBIN_ERROR, BOBBIN_ERROR_BAD_CERTIFICATE, "The server's certificate is not valid" },
    { G_TLS_ERROR, G_TLS_ERROR_BAD_CERTIFICATE, "The server's certificate is not valid" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = g_error_new_literal (cases[i].domain, cases[i].code, "not for people");
      g_autofree char *words = bobbin_words_for_error (error);

      g_assert_cmpstr (words, ==, cases[i].words);
    }
}

/* No code, of today or of a later GLib, shows the message of a program. */
static void
test_all_errors (void)
{
  const GQuark domains[]
      = { BOBBIN_ERROR, G_IO_ERROR, G_RESOLVER_ERROR, G_TLS_ERROR, G_FILE_ERROR, G_URI_ERROR };
  const char *unknown = "The download failed for an unknown reason";

  for (gsize i = 0; i < G_N_ELEMENTS (domains); i++)
    for (int code = 0; code < 100; code++)
      {
        g_autoptr (GError) error = g_error_new_literal (domains[i], code, "g-io-error-quark");
        g_autofree char *words = bobbin_words_for_error (error);
        gsize length = strlen (words);

        g_assert_cmpuint (length, >, 5);
        g_assert_cmpint (words[length - 1], !=, '.');
        g_assert_null (strstr (words, "quark"));
        if (domains[i] == BOBBIN_ERROR && code <= BOBBIN_ERROR_NO_FREE_NAME
            && code != BOBBIN_ERROR_HTTP_STATUS)
          g_assert_cmpstr (words, !=, unknown);
      }
}

static void
append_number (GString *catalog, guint32 number)
{
  g_string_append_len (catalog, (const char *) &number, sizeof number);
}

/* Writes a message catalogue (GNU gettext manual, "The Format of GNU MO Files"). @strings holds original and
 * translation in turn, sorted by original; forms are separated by tildes where the file has NULs.
 */
static void
write_catalog (const char *folder, const char *const *strings, guint n_messages)
{
  g_autoptr (GString) catalog = g_string_new (NULL);
  g_autoptr (GString) texts = g_string_new (NULL);
  g_autofree char *messages = g_build_filename (folder, "xx", "LC_MESSAGES", NULL);
  g_autofree char *path = g_build_filename (messages, GETTEXT_PACKAGE ".mo", NULL);
  guint32 texts_offset = 28 + 16 * n_messages;

  append_number (catalog, 0x950412de);
  append_number (catalog, 0);
  append_number (catalog, n_messages);
  append_number (catalog, 28);
  append_number (catalog, 28 + 8 * n_messages);
  append_number (catalog, 0);
  append_number (catalog, texts_offset);
  for (guint side = 0; side < 2; side++)
    for (guint i = 0; i < n_messages; i++)
      {
        const char *text = strings[2 * i + side];

        append_number (catalog, strlen (text));
        append_number (catalog, texts_offset + texts->len);
        g_string_append_len (texts, text, strlen (text) + 1);
      }
  for (gsize i = 0; i < texts->len; i++)
    if (texts->str[i] == '~')
      texts->str[i] = '\0';
  g_string_append_len (catalog, texts->str, texts->len);

  g_assert_cmpint (g_mkdir_with_parents (messages, 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, catalog->str, catalog->len, NULL));
}

/* A language with the three forms of Polish. */
static void
test_plural_forms (void)
{
  const char *const strings[] = {
    "",
    "Content-Type: text/plain; charset=UTF-8\n"
    "Plural-Forms: nplurals=3; plural=n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2;\n",
    "%'u failed~%'u failed",
    "%'u one~%'u few~%'u many",
  };
  g_autofree char *folder = g_build_filename (g_get_user_cache_dir (), "locale", NULL);
  g_autofree char *one = NULL;
  g_autofree char *few = NULL;
  g_autofree char *many = NULL;

  write_catalog (folder, strings, G_N_ELEMENTS (strings) / 2);
  g_setenv ("LANGUAGE", "xx", TRUE);
  bindtextdomain (GETTEXT_PACKAGE, folder);
  textdomain (GETTEXT_PACKAGE);

  one = bobbin_words_for_failed (1);
  few = bobbin_words_for_failed (22);
  many = bobbin_words_for_failed (12);

  g_unsetenv ("LANGUAGE");
  g_assert_cmpstr (one, ==, "1 one");
  g_assert_cmpstr (few, ==, "22 few");
  g_assert_cmpstr (many, ==, "12 many");
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "C.UTF-8");
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/words/duration", test_duration);
  g_test_add_func ("/words/exact-duration", test_exact_duration);
  g_test_add_func ("/words/time-left", test_time_left);
  g_test_add_func ("/words/retry-in", test_retry_in);
  g_test_add_func ("/words/waits", test_waits);
  g_test_add_func ("/words/advice", test_advice);
  g_test_add_func ("/words/parts", test_parts);
  g_test_add_func ("/words/amounts", test_amounts);
  g_test_add_func ("/words/percent", test_percent);
  g_test_add_func ("/words/place-in-line", test_place_in_line);
  g_test_add_func ("/words/counts", test_counts);
  g_test_add_func ("/words/states", test_states);
  g_test_add_func ("/words/error/status", test_status);
  g_test_add_func ("/words/error/known", test_known_errors);
  g_test_add_func ("/words/error/all", test_all_errors);

  g_test_add_func ("/words/plural-forms", test_plural_forms);

  return g_test_run ();
}
