/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-checksum.h"

#include <glib/gstdio.h>
#include <unistd.h>

/* The digests of "Hello" and a line feed, by the tools of coreutils. */
#define MD5 "09f7e02f1290be211da707a266f153b3"
#define SHA1 "1d229271928d3f9e2bb0375bd6ce5db6c6d348d9"
#define SHA256 "66a045b452102c59d840ec097d59d9467e13a3f34f6494e539ffd32c1bb35f18"
#define SHA384                                                                                               \
  "1d283e09aa7e597f2c0505c13f7c09eb4d4cd198fb7b144eeea2824cc59a046d"                                         \
  "9363b3f038abf7aa6bde7f8adaf561a4"
#define SHA512                                                                                               \
  "c2bad2223811194582af4d1508ac02cd69eeeeedeeb98d54fcae4dcefb13cc88"                                         \
  "2e7640328206603d3fb9cd5f949a9be0db054dd34fbfa190c498a5fe09750cef"
#define MD5_BARE "CffgLxKQviEdpweiZvFTsw"
#define MD5_BASE64 MD5_BARE "=="
#define SHA1_BARE "HSKScZKNP54rsDdb1s5dtsbTSNk"
#define SHA1_BASE64 SHA1_BARE "="
#define SHA256_BARE "ZqBFtFIQLFnYQOwJfVnZRn4To/NPZJTlOf/TLBuzXxg"
#define SHA256_BASE64 SHA256_BARE "="
#define SHA512_BARE "wrrSIjgRGUWCr00VCKwCzWnu7u3uuY1U/K5NzvsTzIgudkAyggZgPT+5zV+Umpvg2wVN00+/oZDEmKX+CXUM7w"
#define SHA512_BASE64 SHA512_BARE "=="

static void
assert_digest (const BobbinDigest *digest, const char *expected)
{
  g_autofree char *text = digest != NULL ? bobbin_digest_to_string (digest) : NULL;

  g_assert_cmpstr (text, ==, expected);
}

static void
test_parse (void)
{
  static const struct
  {
    const char *text;
    const char *digest;
  } rows[] = {
    { "sha-256=" SHA256, "sha-256=" SHA256 },
    { "sha256:" SHA256, "sha-256=" SHA256 },
    { "SHA-256:" SHA256, "sha-256=" SHA256 },
    { "  Sha256 =\t" SHA256 "\n", "sha-256=" SHA256 },
    { "md5=" MD5, "md5=" MD5 },
    { "sha1:" SHA1, "sha-1=" SHA1 },
    { "sha-1=" SHA1, "sha-1=" SHA1 },
    { "sha-384=" SHA384, "sha-384=" SHA384 },
    { "sha512=" SHA512, "sha-512=" SHA512 },
    { MD5, "md5=" MD5 },
    { SHA1, "sha-1=" SHA1 },
    { SHA256, "sha-256=" SHA256 },
    { SHA384, "sha-384=" SHA384 },
    { SHA512, "sha-512=" SHA512 },
    { " " MD5 "\r\n", "md5=" MD5 },
    { "09F7E02F1290BE211DA707A266F153B3", "md5=" MD5 },
    { "", NULL },
    { "   ", NULL },
    { "=", NULL },
    { ":" MD5, NULL },
    { "md5", NULL },
    { "md5=", NULL },
    { "sha-256=" MD5, NULL },
    { "sha-257=" SHA256, NULL },
    { "sha=" SHA1, NULL },
    { "sha-25=" SHA256, NULL },
    { "md5=" MD5 "0", NULL },
    { "md5=" MD5 " 0", NULL },
    { MD5 " file.iso", NULL },
    { "09f7e02f1290be21 1da707a266f153b3", NULL },
    { "09f7e02f1290be211da707a266f153bg", NULL },
    { "09f7e02f1290be211da707a266f153b", NULL },
    { "md5==" MD5, NULL },
    { "md5=md5=" MD5, NULL },
    { "\xc3\xa9", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (BobbinDigest) digest = bobbin_digest_parse (rows[i].text);
      g_autofree char *escaped = g_strescape (rows[i].text, NULL);

      g_test_message ("“%s”", escaped);
      assert_digest (digest, rows[i].digest);
    }
}

static void
test_values (void)
{
  g_autoptr (BobbinDigest) digest = bobbin_digest_new (G_CHECKSUM_MD5, "09F7E02F1290BE211DA707A266F153B3");
  g_autoptr (BobbinDigest) copy = bobbin_digest_copy (digest);
  g_autoptr (BobbinDigest) other = bobbin_digest_new (G_CHECKSUM_MD5, "00f7e02f1290be211da707a266f153b3");
  g_autoptr (BobbinDigest) sha1 = bobbin_digest_new (G_CHECKSUM_SHA1, SHA1);

  g_assert_cmpstr (digest->hex, ==, MD5);
  g_assert_cmpstr (bobbin_digest_get_algorithm (digest), ==, "md5");
  g_assert_cmpstr (bobbin_digest_get_algorithm (sha1), ==, "sha-1");
  g_assert_true (bobbin_digest_equal (digest, copy));
  g_assert_false (bobbin_digest_equal (digest, other));
  g_assert_false (bobbin_digest_equal (digest, sha1));
}

static void
test_fields (void)
{
  static const struct
  {
    const char *repr_digest;
    const char *content_digest;
    const char *content_md5;
    const char *digest;
  } rows[] = {
    { NULL, NULL, NULL, NULL },
    { "sha-256=:" SHA256_BASE64 ":", NULL, NULL, "sha-256=" SHA256 },
    { NULL, "sha-256=:" SHA256_BASE64 ":", NULL, "sha-256=" SHA256 },
    { NULL, NULL, MD5_BASE64, "md5=" MD5 },
    { NULL, NULL, "\t" MD5_BASE64 " ", "md5=" MD5 },
    { "sha-512=:" SHA512_BASE64 ":", NULL, NULL, "sha-512=" SHA512 },
    { "sha=:" SHA1_BASE64 ":", NULL, NULL, "sha-1=" SHA1 },
    { "md5=:" MD5_BASE64 ":", NULL, NULL, "md5=" MD5 },
    /* The strongest wins, wherever it stands. */
    { "sha-256=:" SHA256_BASE64 ":, sha-512=:" SHA512_BASE64 ":", NULL, NULL, "sha-512=" SHA512 },
    { "sha-512=:" SHA512_BASE64 ":,\tsha-256=:" SHA256_BASE64 ":", NULL, NULL, "sha-512=" SHA512 },
    { "md5=:" MD5_BASE64 ": , sha=:" SHA1_BASE64 ":", NULL, NULL, "sha-1=" SHA1 },
    { "sha-256=:" SHA256_BASE64 ":", "sha-512=:" SHA512_BASE64 ":", MD5_BASE64, "sha-512=" SHA512 },
    { "sha-256=:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=:", "sha-256=:" SHA256_BASE64 ":", NULL,
      "sha-256=0000000000000000000000000000000000000000000000000000000000000000" },
    /* RFC 8941: padding may be missing, parameters are ignored, the last of the same counts. */
    { "sha-256=:" SHA256_BARE ":", NULL, NULL, "sha-256=" SHA256 },
    { "sha-512=:" SHA512_BARE ":", NULL, NULL, "sha-512=" SHA512 },
    { "  sha-256=:" SHA256_BASE64 ":;a;b=1.5; c=\"x\\\"y\";d=:AA==:;*e=?1  ", NULL, NULL, "sha-256=" SHA256 },
    { "md5=:AAAA:, md5=:" MD5_BASE64 ":", NULL, NULL, "md5=" MD5 },
    { "md5=:" MD5_BASE64 ":, md5=:AAAA:", NULL, NULL, NULL },
    /* What is not known, or not as long as it has to be, is nothing. */
    { "crc32c=:AAAAAA==:, unixsum=:AAA=:", NULL, NULL, NULL },
    { "crc32c=:AAAAAA==:, md5=:" MD5_BASE64 ":", NULL, NULL, "md5=" MD5 },
    { "sha-256=:" MD5_BASE64 ":, md5=:" MD5_BASE64 ":", NULL, NULL, "md5=" MD5 },
    { "sha-384=:" SHA512_BASE64 ":", NULL, NULL, NULL },
    { "sha-256=::", NULL, NULL, NULL },
    /* One mistake, and the field is worthless; others still count. */
    { "sha-256=" SHA256_BASE64, NULL, NULL, NULL },
    { "sha-256=:" SHA256_BASE64, NULL, NULL, NULL },
    { "SHA-256=:" SHA256_BASE64 ":", NULL, NULL, NULL },
    { "sha-256 =:" SHA256_BASE64 ":", NULL, NULL, NULL },
    { "sha-256= :" SHA256_BASE64 ":", NULL, NULL, NULL },
    { "sha-256=:" SHA256_BASE64 ":,", NULL, NULL, NULL },
    { "sha-256=:" SHA256_BASE64 ": x", NULL, NULL, NULL },
    { "sha-256=:" SHA256_BASE64 ":;", NULL, NULL, NULL },
    { "sha-256=:" SHA256_BASE64 ":;a=", NULL, NULL, NULL },
    { "sha-256=:" SHA256_BASE64 ":;a=\"x", NULL, NULL, NULL },
    { "sha-256=:" SHA256_BASE64 ":;a=\"\001\"", NULL, NULL, NULL },
    { "sha-256=:" SHA256_BASE64 ":;a=\"x\\", NULL, NULL, NULL },
    { "sha-256=:" SHA256_BASE64 ":, md5", NULL, NULL, NULL },
    { "sha-256=:" SHA256_BASE64 ":, md5=5", NULL, NULL, NULL },
    { "sha-256=:" SHA256_BASE64 ":,, md5=:" MD5_BASE64 ":", NULL, NULL, NULL },
    { "sha-256=:!" SHA256_BASE64 ":", NULL, NULL, NULL },
    { "sha-256=:" SHA256_BARE "==:", NULL, NULL, NULL },
    { "sha-512=:" SHA512_BARE "=:", NULL, NULL, NULL },
    { "", "", "", NULL },
    { "nonsense", "sha-256=:" SHA256_BASE64 ":", NULL, "sha-256=" SHA256 },
    { "nonsense", "nonsense", MD5_BASE64, "md5=" MD5 },
    { NULL, NULL, MD5_BASE64 ", " MD5_BASE64, NULL },
    { NULL, NULL, MD5, NULL },
    { NULL, NULL, MD5_BASE64 "=", NULL },
    { NULL, NULL, SHA1_BASE64, NULL },
    { NULL, NULL, MD5_BARE "=!", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (BobbinDigest) digest
          = bobbin_digest_from_fields (rows[i].repr_digest, NULL, rows[i].content_digest,
                                       rows[i].content_md5);

      g_test_message ("Row %u", i);
      assert_digest (digest, rows[i].digest);
    }
}

/* Returns: an unnamed file */
static int
make_file (const char *data, gsize size)
{
  g_autofree char *path = NULL;
  int fd = g_file_open_tmp (NULL, &path, NULL);

  g_assert_cmpint (fd, >=, 0);
  g_assert_cmpint (g_unlink (path), ==, 0);
  g_assert_cmpint (write (fd, data, size), ==, (gssize) size);
  return fd;
}

/* From the first byte on, though the file stands at its end. */
static void
test_file (void)
{
  static const struct
  {
    GChecksumType type;
    const char *hex;
  } rows[] = {
    { G_CHECKSUM_MD5, MD5 },       { G_CHECKSUM_SHA1, SHA1 },     { G_CHECKSUM_SHA256, SHA256 },
    { G_CHECKSUM_SHA384, SHA384 }, { G_CHECKSUM_SHA512, SHA512 },
  };
  int fd = make_file ("Hello\n", 6);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (BobbinDigest) digest = bobbin_digest_of_file (fd, rows[i].type, NULL, &error);

      g_assert_no_error (error);
      g_assert_cmpint (digest->type, ==, rows[i].type);
      g_assert_cmpstr (digest->hex, ==, rows[i].hex);
    }
  g_close (fd, NULL);
}

/* Around the size of the pieces that it is read in. */
static void
test_file_sizes (void)
{
  static const gsize sizes[] = { 0, 1, 262143, 262144, 262145, 1000003 };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autofree char *data = g_malloc (sizes[i] + 1);
      g_autofree char *hex = NULL;
      g_autoptr (BobbinDigest) digest = NULL;
      int fd;

      for (gsize j = 0; j < sizes[i]; j++)
        data[j] = (char) (j * 7 + j / 251);
      fd = make_file (data, sizes[i]);
      hex = g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *) data, sizes[i]);
      digest = bobbin_digest_of_file (fd, G_CHECKSUM_SHA256, NULL, NULL);
      g_assert_cmpstr (digest->hex, ==, hex);
      g_close (fd, NULL);
    }
}

/* Somebody who waits sees how far it is. */
static void
test_file_watched (void)
{
  g_autofree char *path = NULL;
  g_autoptr (BobbinDigest) digest = NULL;
  g_autoptr (BobbinDigest) plain = NULL;
  g_autoptr (GError) error = NULL;
  _Atomic goffset done = 0;
  int fd = g_file_open_tmp (NULL, &path, &error);

  g_assert_no_error (error);
  g_assert_cmpint (ftruncate (fd, 1000 * 1000), ==, 0);
  digest = bobbin_digest_of_file_watched (fd, G_CHECKSUM_SHA256, &done, NULL, &error);
  g_assert_no_error (error);
  plain = bobbin_digest_of_file (fd, G_CHECKSUM_SHA256, NULL, NULL);
  g_assert_true (bobbin_digest_equal (digest, plain));
  g_assert_cmpint (atomic_load (&done), ==, 1000 * 1000);
  close (fd);
  g_unlink (path);
}

static void
test_file_errors (void)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  int fd = make_file ("Hello\n", 6);

  g_cancellable_cancel (cancellable);
  g_assert_null (bobbin_digest_of_file (fd, G_CHECKSUM_MD5, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  g_close (fd, NULL);

  g_assert_null (bobbin_digest_of_file (-1, G_CHECKSUM_MD5, NULL, &error));
  g_assert_nonnull (error);
  g_assert_cmpint (error->domain, ==, G_IO_ERROR);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/checksum/parse", test_parse);
  g_test_add_func ("/checksum/values", test_values);
  g_test_add_func ("/checksum/fields", test_fields);
  g_test_add_func ("/checksum/file", test_file);
  g_test_add_func ("/checksum/file-sizes", test_file_sizes);
  g_test_add_func ("/checksum/file-watched", test_file_watched);
  g_test_add_func ("/checksum/file-errors", test_file_errors);
  return g_test_run ();
}
