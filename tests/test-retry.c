/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-retry.h"

#include "bobbin-error.h"

#define NO_JITTER 0
#define ALL_JITTER G_MAXUINT32

static GError *
status_error (guint status, gint64 retry_after)
{
  GError *error = bobbin_error_new_status (status);

  if (retry_after >= 0)
    bobbin_error_set_retry_after (error, retry_after);
  return error;
}

static void
test_status (void)
{
  static const guint passing[] = { 408, 425, 429, 500, 502, 503, 504, 507, 520, 521, 522, 523, 524 };

  for (guint status = 300; status < 700; status++)
    {
      g_autoptr (GError) error = status_error (status, -1);
      BobbinRetry retry = bobbin_retry_decide (error, 1, 5, NO_JITTER);
      gboolean expected = FALSE;

      for (guint i = 0; i < G_N_ELEMENTS (passing); i++)
        expected = expected || passing[i] == status;
      g_test_message ("%u", status);
      g_assert_cmpint (retry.what, ==, expected ? BOBBIN_RETRY_LATER : BOBBIN_RETRY_GIVE_UP);
      g_assert_cmpint (retry.delay, ==, expected ? G_USEC_PER_SEC : 0);
      g_assert_cmpint (bobbin_retry_wants_fewer_connections (error), ==, status == 429 || status == 503);
      g_assert_false (bobbin_retry_is_about_the_network (error));
    }
}

typedef struct
{
  int code;
  gboolean passing;
  gboolean network;
} Row;

static void
check_rows (GQuark domain, const Row *rows, gsize n_rows)
{
  for (gsize i = 0; i < n_rows; i++)
    {
      g_autoptr (GError) error = g_error_new_literal (domain, rows[i].code, "");
      BobbinRetry retry = bobbin_retry_decide (error, 1, 5, NO_JITTER);

      g_test_message ("%s %d", g_quark_to_string (domain), rows[i].code);
      g_assert_cmpint (retry.what, ==, rows[i].passing ? BOBBIN_RETRY_LATER : BOBBIN_RETRY_GIVE_UP);
      g_assert_cmpint (bobbin_retry_is_about_the_network (error), ==, rows[i].network);
      g_assert_false (bobbin_retry_wants_fewer_connections (error));
    }
}

static void
test_ours (void)
{
  static const Row rows[] = {
    { BOBBIN_ERROR_NOT_A_LINK, FALSE, FALSE },
    { BOBBIN_ERROR_UNSUPPORTED_SCHEME, FALSE, FALSE },
    { BOBBIN_ERROR_NO_CONTENT, FALSE, FALSE },
    { BOBBIN_ERROR_BAD_ANSWER, TRUE, FALSE },
    { BOBBIN_ERROR_BAD_REDIRECT, FALSE, FALSE },
    { BOBBIN_ERROR_TOO_MANY_REDIRECTS, FALSE, FALSE },
    { BOBBIN_ERROR_TRUNCATED, TRUE, FALSE },
    { BOBBIN_ERROR_PART_LOST, TRUE, FALSE },
    { BOBBIN_ERROR_NO_FREE_NAME, FALSE, FALSE },
    { BOBBIN_ERROR_RANGE_REFUSED, TRUE, FALSE },
    { BOBBIN_ERROR_CHANGED, TRUE, FALSE },
    { BOBBIN_ERROR_TOO_SLOW, TRUE, TRUE },
    { BOBBIN_ERROR_CHECKSUM, FALSE, FALSE },
    { BOBBIN_ERROR_EXISTS, FALSE, FALSE },
    { BOBBIN_ERROR_INSECURE_REDIRECT, FALSE, FALSE },
    { BOBBIN_ERROR_BAD_CERTIFICATE, FALSE, FALSE },
  };

  check_rows (BOBBIN_ERROR, rows, G_N_ELEMENTS (rows));
}

static void
test_io (void)
{
  static const Row rows[] = {
    { G_IO_ERROR_TIMED_OUT, TRUE, TRUE },
    { G_IO_ERROR_CONNECTION_REFUSED, TRUE, FALSE },
    { G_IO_ERROR_CONNECTION_CLOSED, TRUE, FALSE },
    { G_IO_ERROR_BROKEN_PIPE, TRUE, FALSE },
    { G_IO_ERROR_NOT_CONNECTED, TRUE, TRUE },
    { G_IO_ERROR_HOST_NOT_FOUND, TRUE, TRUE },
    { G_IO_ERROR_HOST_UNREACHABLE, TRUE, TRUE },
    { G_IO_ERROR_NETWORK_UNREACHABLE, TRUE, TRUE },
    { G_IO_ERROR_PARTIAL_INPUT, TRUE, FALSE },
    { G_IO_ERROR_PROXY_FAILED, TRUE, FALSE },
    { G_IO_ERROR_TOO_MANY_OPEN_FILES, TRUE, FALSE },
    { G_IO_ERROR_PROXY_AUTH_FAILED, FALSE, FALSE },
    { G_IO_ERROR_PROXY_NEED_AUTH, FALSE, FALSE },
    { G_IO_ERROR_PROXY_NOT_ALLOWED, FALSE, FALSE },
    { G_IO_ERROR_NO_SPACE, FALSE, FALSE },
    { G_IO_ERROR_PERMISSION_DENIED, FALSE, FALSE },
    { G_IO_ERROR_READ_ONLY, FALSE, FALSE },
    { G_IO_ERROR_NOT_DIRECTORY, FALSE, FALSE },
    { G_IO_ERROR_NOT_FOUND, FALSE, FALSE },
    { G_IO_ERROR_FAILED, FALSE, FALSE },
    { G_IO_ERROR_CANCELLED, FALSE, FALSE },
  };

  check_rows (G_IO_ERROR, rows, G_N_ELEMENTS (rows));
}

static void
test_resolver_and_tls (void)
{
  static const Row resolver_rows[] = {
    { G_RESOLVER_ERROR_NOT_FOUND, TRUE, TRUE },
    { G_RESOLVER_ERROR_TEMPORARY_FAILURE, TRUE, TRUE },
    { G_RESOLVER_ERROR_INTERNAL, FALSE, TRUE },
  };
  static const Row tls_rows[] = {
    { G_TLS_ERROR_BAD_CERTIFICATE, FALSE, FALSE },
    { G_TLS_ERROR_CERTIFICATE_REQUIRED, FALSE, FALSE },
    { G_TLS_ERROR_UNAVAILABLE, FALSE, FALSE },
    { G_TLS_ERROR_HANDSHAKE, FALSE, FALSE },
    { G_TLS_ERROR_INAPPROPRIATE_FALLBACK, FALSE, FALSE },
    { G_TLS_ERROR_NOT_TLS, TRUE, FALSE },
    { G_TLS_ERROR_EOF, TRUE, FALSE },
    { G_TLS_ERROR_MISC, TRUE, FALSE },
  };
  static const Row foreign[] = { { 0, FALSE, FALSE } };

  check_rows (G_RESOLVER_ERROR, resolver_rows, G_N_ELEMENTS (resolver_rows));
  check_rows (G_TLS_ERROR, tls_rows, G_N_ELEMENTS (tls_rows));
  check_rows (G_CONVERT_ERROR, foreign, G_N_ELEMENTS (foreign));
}

static void
test_back_off (void)
{
  static const gint64 seconds[] = { 1, 2, 4, 8, 16, 32, 64, 96, 96, 96 };
  g_autoptr (GError) error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED, "");

  for (guint i = 0; i < G_N_ELEMENTS (seconds); i++)
    {
      BobbinRetry least = bobbin_retry_decide (error, i + 1, 100, NO_JITTER);
      BobbinRetry middle = bobbin_retry_decide (error, i + 1, 100, ALL_JITTER / 2 + 1);
      BobbinRetry most = bobbin_retry_decide (error, i + 1, 100, ALL_JITTER);

      g_assert_cmpint (least.delay, ==, seconds[i] * G_USEC_PER_SEC);
      g_assert_cmpint (middle.delay, ==, seconds[i] * G_USEC_PER_SEC * 9 / 8);
      g_assert_cmpint (most.delay, ==, seconds[i] * G_USEC_PER_SEC * 5 / 4 - 1);
      g_assert_cmpint (most.delay, <=, 120 * G_USEC_PER_SEC);
    }
  g_assert_cmpint (bobbin_retry_decide (error, G_MAXUINT - 1, G_MAXUINT, 0).delay, ==, 96 * G_USEC_PER_SEC);
  g_assert_cmpint (bobbin_retry_decide (error, 0, 5, 0).delay, ==, G_USEC_PER_SEC);
}

static void
test_tries (void)
{
  g_autoptr (GError) error = status_error (500, -1);

  g_assert_cmpint (bobbin_retry_decide (error, 4, 5, 0).what, ==, BOBBIN_RETRY_LATER);
  g_assert_cmpint (bobbin_retry_decide (error, 5, 5, 0).what, ==, BOBBIN_RETRY_GIVE_UP);
  g_assert_cmpint (bobbin_retry_decide (error, 6, 5, 0).what, ==, BOBBIN_RETRY_GIVE_UP);
  g_assert_cmpint (bobbin_retry_decide (error, 1, 1, 0).what, ==, BOBBIN_RETRY_GIVE_UP);
}

static void
test_retry_after (void)
{
  static const struct
  {
    guint status;
    gint64 retry_after;
    guint failures;
    BobbinRetryWhat what;
    gint64 least; /* seconds */
  } rows[] = {
    { 503, 2, 1, BOBBIN_RETRY_LATER, 2 },        { 429, 30, 1, BOBBIN_RETRY_LATER, 30 },
    { 500, 30, 1, BOBBIN_RETRY_LATER, 30 },      { 403, 30, 1, BOBBIN_RETRY_LATER, 30 },
    { 413, 30, 1, BOBBIN_RETRY_LATER, 30 },      { 404, 30, 1, BOBBIN_RETRY_GIVE_UP, 0 },
    { 401, 30, 1, BOBBIN_RETRY_GIVE_UP, 0 },     { 503, 0, 1, BOBBIN_RETRY_LATER, 1 },
    { 503, 2, 4, BOBBIN_RETRY_LATER, 8 },        { 503, 600, 1, BOBBIN_RETRY_LATER, 600 },
    { 503, 601, 1, BOBBIN_RETRY_ASK, 0 },        { 503, 315360000, 1, BOBBIN_RETRY_ASK, 0 },
    { 503, G_MAXINT64, 1, BOBBIN_RETRY_ASK, 0 }, { 503, 601, 5, BOBBIN_RETRY_GIVE_UP, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = status_error (rows[i].status, rows[i].retry_after);
      BobbinRetry least = bobbin_retry_decide (error, rows[i].failures, 5, NO_JITTER);
      BobbinRetry most = bobbin_retry_decide (error, rows[i].failures, 5, ALL_JITTER);

      g_test_message ("%u %" G_GINT64_FORMAT, rows[i].status, rows[i].retry_after);
      g_assert_cmpint (least.what, ==, rows[i].what);
      g_assert_cmpint (least.delay, ==, rows[i].least * G_USEC_PER_SEC);
      g_assert_cmpint (most.what, ==, rows[i].what);
      g_assert_cmpint (most.delay, >=, least.delay);
    }
}

/* The wait that the server asks for is never cut short, and grows by a second
 * at most. */
static void
test_retry_after_jitter (void)
{
  g_autoptr (GError) error = status_error (503, 600);

  g_assert_cmpint (bobbin_retry_decide (error, 1, 5, ALL_JITTER).delay, ==, 601 * G_USEC_PER_SEC - 1);
}

#define MIB (G_GINT64_CONSTANT (1024) * 1024)
#define S G_USEC_PER_SEC

/* A full disk is looked at, a quota is asked less and less often. */
static void
test_space (void)
{
  BobbinRetrySpace full = { 0 };
  BobbinRetrySpace quota = { 0 };
  gint64 now = 1000 * S;
  gint64 wait = 10 * S;

  bobbin_retry_space_refused (&full, 100 * MIB, 0, now);
  g_assert_false (bobbin_retry_space_has_come (&full, 100 * MIB, 99 * MIB, now + 1000 * S));
  g_assert_false (bobbin_retry_space_has_come (&full, 100 * MIB, -1, now + 1000 * S));
  g_assert_true (bobbin_retry_space_has_come (&full, 100 * MIB, 101 * MIB, now + 1));
  g_assert_false (bobbin_retry_space_has_come (&full, 0, 15 * MIB, now + 1));
  g_assert_true (bobbin_retry_space_has_come (&full, 0, 17 * MIB, now + 1));

  for (guint i = 0; i < 12; i++, wait = MIN (2 * wait, 640 * S))
    {
      bobbin_retry_space_refused (&quota, 100 * MIB, 5000 * MIB, now);
      g_assert_false (bobbin_retry_space_has_come (&quota, 100 * MIB, 5000 * MIB, now + wait - 1));
      g_assert_true (bobbin_retry_space_has_come (&quota, 100 * MIB, 5000 * MIB, now + wait));
      g_assert_false (bobbin_retry_space_has_come (&quota, 100 * MIB, 5100 * MIB, now + 1));
      g_assert_true (bobbin_retry_space_has_come (&quota, 100 * MIB, 5101 * MIB, now + 1));
      g_assert_false (bobbin_retry_space_has_come (&quota, 100 * MIB, 50 * MIB, now + wait));
    }
  bobbin_retry_space_refused (&quota, 100 * MIB, 10 * MIB, now);
  g_assert_true (bobbin_retry_space_has_come (&quota, 100 * MIB, 101 * MIB, now + 1));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/retry/status", test_status);
  g_test_add_func ("/retry/ours", test_ours);
  g_test_add_func ("/retry/io", test_io);
  g_test_add_func ("/retry/resolver-and-tls", test_resolver_and_tls);
  g_test_add_func ("/retry/back-off", test_back_off);
  g_test_add_func ("/retry/tries", test_tries);
  g_test_add_func ("/retry/retry-after", test_retry_after);
  g_test_add_func ("/retry/retry-after-jitter", test_retry_after_jitter);
  g_test_add_func ("/retry/space", test_space);
  return g_test_run ();
}
