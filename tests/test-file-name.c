/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-file-name.h"
#include "bobbin-safe-name.h"
#include "bobbin-test.h"

#include <glib/gstdio.h>
#include <string.h>

static void
test_uri (void)
{
  static const struct
  {
    const char *uri;
    const char *name;
  } rows[] = {
    { NULL, "download" },
    { "", "download" },
    { "data:,looks/like/a.path", "download" },
    { "about:blank", "download" },
    { "file:///", "download" },
    { "file:///path/file.txt", "file.txt" },
    { "http://", "download" },
    { "http://example.org", "example.org" },
    { "http://example.org/", "example.org" },
    { "http://example.org/path/", "example.org" },
    { "http://me:SECRET@example.org:8080/", "example.org" },
    { "http://[::1]:8080/", "__1" },
    { "http://example.org?a/b.zip", "example.org" },
    { "http://example.org/a.zip", "a.zip" },
    { "http://example.org/dir/a.zip?b=/c.zip#/d.zip", "a.zip" },
    { "http://example.org/a%20b.zip", "a b.zip" },
    { "http://example.org/a+b.zip", "a+b.zip" },
    { "http://example.org/caf%C3%A9.zip", "café.zip" },
    { "http://example.org/caf%E9.zip", "café.zip" },
    { "http://example.org/caf\xc3\xa9.zip", "café.zip" },
    { "http://example.org/100%.zip", "100%.zip" },
    { "http://example.org/%zz.zip", "%zz.zip" },
    { "http://example.org/a%3Fb.zip", "a_b.zip" },
    { "http://example.org/a%23b.zip", "a#b.zip" },
    { "http://example.org/%2e%2e%2f%2e%2e%2fetc%2fpasswd", "passwd" },
    { "http://example.org/..%5c..%5cevil.zip", "evil.zip" },
    { "http://example.org/a\\b.zip", "b.zip" },
    { "http://example.org/dir%2F", "dir" },
    { "http://example.org/%2F", "example.org" },
    { "http://example.org/..", "example.org" },
    { "http://example.org/%2e%2e", "example.org" },
    { "http://example.org/%20", "example.org" },
    { "http://example.org/.bashrc", "bashrc" },
    { "http://example.org/...a", "a" },
    { "http://example.org/a%00.zip", "a_.zip" },
    { "http://example.org/a%0a.zip", "a .zip" },
    { "http://example.org/photo-1516117172878-fd2c41f4a759?w=1080", "photo-1516117172878-fd2c41f4a759" },
    { "http://example.org/a.tar.gz", "a.tar.gz" },
    { "http://example.org/CON", "_CON" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *name = bobbin_file_name_for_uri (rows[i].uri);

      bobbin_test_message (rows[i].uri);
      g_assert_cmpstr (name, ==, rows[i].name);
      bobbin_assert_safe_name (name, FALSE);
    }
}

static void
test_extension (void)
{
  static const struct
  {
    const char *leaf;
    const char *media_type;
    const char *name;
  } rows[] = {
    { "photo-1516117172878-fd2c41f4a759", "image/jpeg", "photo-1516117172878-fd2c41f4a759.jpg" },
    { "a", "IMAGE/JPEG", "a.jpg" },
    { "a", " image/jpeg ; q=1", "a.jpg" },
    { "a", "text/html; charset=utf-8", "a.html" },
    { "a", "text/plain", "a.txt" },
    { "a", "audio/mpeg", "a.mp3" },
    { "a", "video/mp4", "a.mp4" },
    { "a", "application/x-compressed-tar", "a.tar.gz" },
    { "a", NULL, "a" },
    { "a", "", "a" },
    { "a", "application/octet-stream", "a" },
    { "a", "dance/party", "a" },
    { "a", "image/../../x", "a" },
    /* an extension stays, right or wrong */
    { "a.jpeg", "image/jpeg", "a.jpeg" },
    { "a.html", "image/png", "a.html" },
    { "a.exe", "text/html", "a.exe" },
    { "a.bogus", "application/x-tar", "a.bogus" },
    { "a.tar", "application/gzip", "a.tar" },
    { "a.7z", "text/html", "a.7z" },
    { "a.php", "text/plain", "a.php" },
    { "a.php", NULL, "a.php" },
    { "a.php", "application/octet-stream", "a.php" },
    /* no extension, although there is a dot */
    { "photo.v1.2", "image/jpeg", "photo.v1.2.jpg" },
    { "photo.v2", "image/jpeg", "photo.v2.jpg" },
    { "St.Petersburg", "image/jpeg", "St.Petersburg.jpg" },
    { "photo.1024x768", "image/jpeg", "photo.1024x768.jpg" },
    { "St.%20Peter", "image/jpeg", "St. Peter.jpg" },
    { "a.", "image/jpeg", "a.jpg" },
    { "%D1%84%D0%BE%D1%82%D0%BE.%D0%BB%D0%B5%D1%82%D0%BE", "image/jpeg", "фото.лето.jpg" },
    /* the program that sends a file is not the file */
    { "download.php", "image/jpeg", "download.php.jpg" },
    { "show.aspx", "application/pdf", "show.aspx.pdf" },
    /* the host has no extension, it has a top-level domain */
    { "", "text/html", "example.org.html" },
    /* never one that makes a harmless file dangerous */
    { "a", "application/x-desktop", "a" },
    { "a", "application/x-shellscript", "a" },
    { "a", "application/x-executable", "a" },
    { "a", "application/x-ms-dos-executable", "a" },
    { "a", "application/x-mswinurl", "a" },
    { "a", "application/x-ms-shortcut", "a" },
    { "a", "text/x-python", "a" },
    { "a", "text/javascript", "a" },
    { "a", "application/java-archive", "a" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *uri = g_strconcat ("http://example.org/", rows[i].leaf, NULL);
      g_autofree char *name = bobbin_file_name_for_answer (NULL, NULL, uri, rows[i].media_type);

      bobbin_test_message (rows[i].leaf);
      g_assert_cmpstr (name, ==, rows[i].name);
      bobbin_assert_safe_name (name, FALSE);
    }
}

static void
test_given (void)
{
  static const struct
  {
    const char *given;
    const char *name;
  } rows[] = {
    { "mine.png", "mine.png" },
    { "mine", "mine" },
    { " mine ", "mine" },
    { "AC/DC.mp3", "AC_DC.mp3" },
    { "../../etc/passwd", "._.._etc_passwd" },
    { ".gitignore", ".gitignore" },
    { "..hidden", ".hidden" },
    { "run.desktop", "run.desktop.download" },
    { ".desktop", ".desktop.download" },
    { "nul.txt", "_nul.txt" },
    { "", "leaf.zip" },
    { "  ", "leaf.zip" },
    { ".", "leaf.zip" },
    { "..", "leaf.zip" },
    { ". .", "leaf.zip" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *name
          = bobbin_file_name_for_answer (rows[i].given, NULL, "http://h/leaf.zip", "application/zip");

      bobbin_test_message (rows[i].given);
      g_assert_cmpstr (name, ==, rows[i].name);
      bobbin_assert_safe_name (name, TRUE);
    }
}

static void
test_given_beats_all (void)
{
  g_autofree char *name = bobbin_file_name_for_answer ("mine", "attachment; filename=theirs.png",
                                                       "http://h/uri.png", "image/png");

  g_assert_cmpstr (name, ==, "mine");
}

static void
test_sanitize (void)
{
  static const struct
  {
    const char *text;
    const char *name;
  } rows[] = {
    { NULL, "download" },
    { "", "download" },
    { "...", "download" },
    { "basic.png", "basic.png" },
    { "  whitespace.png  ", "whitespace.png" },
    { " .dots.png...", "dots.png" },
    { "\xc2\xa0\xe3\x80\x80 a.png \xc2\xa0", "a.png" },
    { "a\xe3\x80\x80"
      "b.png",
      "a\xe3\x80\x80"
      "b.png" },
    { "evil.exe. . .", "evil.exe" },
    { "\\path*and/$?~file.png", "_path_and_$_~file.png" },
    { "a:b|c\"d<e>f.png", "a_b_c_d_e_f.png" },
    { "happy\xd8\x9c\xe2\x81\xa9.png", "happy__.png" },
    { "a\xe2\x80\xa8"
      "b",
      "a_b" },
    { "a\xc2\x85"
      "b",
      "a_b" },
    { "a\x7f"
      "b",
      "a_b" },
    { "caf\xe9.png", "café.png" },
    { "cut \xe2\x82", "cut â‚" },
    { "con", "_con" },
    { "Con.Txt", "_Con.Txt" },
    { "com1", "_com1" },
    { "COM\xc2\xb9.txt", "_COM\xc2\xb9.txt" },
    { "lpt9 .txt", "_lpt9 .txt" },
    { "com10", "com10" },
    { "console", "console" },
    { "mycon.txt", "mycon.txt" },
    { "clock$.txt", "_clock$.txt" },
    { "a.LNK", "a.LNK.download" },
    { "a.URl", "a.URl.download" },
    { "a.scf", "a.scf.download" },
    { "a.exe.local", "a.exe.local.download" },
    { "a.desktop ", "a.desktop.download" },
    { "a.desktop.", "a.desktop.download" },
    { "desktop", "desktop" },
    { ".desktop", "desktop" },
    { "a.desktop.txt", "a.desktop.txt" },
    { "-rf", "-rf" },
    { "👩‍💻.png", "👩‍💻.png" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *name = bobbin_file_name_sanitize (rows[i].text);

      bobbin_test_message (rows[i].text);
      g_assert_cmpstr (name, ==, rows[i].name);
      bobbin_assert_safe_name (name, FALSE);
    }
}

static char *
repeat (const char *unit, guint n, const char *rest)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    g_string_append (text, unit);
  g_string_append (text, rest);

  return g_string_free (text, FALSE);
}

static void
assert_sanitized (const char *unit, guint n, const char *rest, guint kept, const char *rest_kept)
{
  g_autofree char *text = repeat (unit, n, rest);
  g_autofree char *name = bobbin_file_name_sanitize (text);
  g_autofree char *expected = repeat (unit, kept, rest_kept);

  g_assert_cmpstr (name, ==, expected);
  bobbin_assert_safe_name (name, FALSE);
}

static void
test_length (void)
{
  assert_sanitized ("a", 250, "", 250, "");
  assert_sanitized ("a", 251, "", 250, "");
  assert_sanitized ("a", 246, ".png", 246, ".png");
  assert_sanitized ("a", 300, ".png", 246, ".png");
  assert_sanitized ("a", 300, ".png. .", 246, ".png");
  assert_sanitized ("a", 300, ".tar.gz", 243, ".tar.gz");
  assert_sanitized ("a", 300, ".fairlyLongExtension", 230, ".fairlyLongExtension");
  /* between two characters */
  assert_sanitized ("簡", 100, ".png", 82, ".png");
  assert_sanitized ("é", 300, "", 125, "");
  assert_sanitized ("😀", 100, ".x", 62, ".x");
  /* nothing at the end that was not there before */
  assert_sanitized ("a ", 200, "", 124, "a");
  assert_sanitized ("a", 249, ".", 249, "");
  assert_sanitized ("a", 300, ".desktop", 233, ".desktop.download");
  assert_sanitized ("a", 242, ".desktopical and so on and on and on", 242 - 9, ".desktop.download");
  assert_sanitized (
      "CON", 1,
      "                                                                                        "
      "                                                                                        "
      "                                                                                        .x",
      0, "_CON.x");
}

static void
test_length_of_device (void)
{
  g_autofree char *tail = repeat ("a", 242, ".png");
  g_autofree char *text = g_strconcat ("nul.", tail, NULL);
  g_autofree char *name = bobbin_file_name_sanitize (text);

  g_assert_cmpuint (strlen (name), ==, BOBBIN_FILE_NAME_MAX);
  g_assert_true (g_str_has_prefix (name, "_nul.aaa"));
  g_assert_true (g_str_has_suffix (name, "aaa.png"));
}

static void
test_number (void)
{
  static const struct
  {
    const char *name;
    guint number;
    const char *numbered;
  } rows[] = {
    { "name.tar.gz", 1, "name (1).tar.gz" },
    { "name.tar.gz", 0, "name.tar.gz" },
    { "name.txt", 12, "name (12).txt" },
    { "name", 1, "name (1)" },
    { "name (1).txt", 2, "name (1) (2).txt" },
    { "dump.sql.xz", 1, "dump (1).sql.xz" },
    { "my.holiday.gz", 1, "my.holiday (1).gz" },
    { "linux-6.1.gz", 1, "linux-6.1 (1).gz" },
    { "photo.v1.2", 1, "photo.v1.2 (1)" },
    { "St. Peter", 1, "St. Peter (1)" },
    { ".gitignore", 1, ".gitignore (1)" },
    { "a.desktop.download", 1, "a.desktop (1).download" },
    { "name.txt", G_MAXUINT, "name (4294967295).txt" },
  };
  g_autofree char *longest = repeat ("簡", 100, ".tar.gz");
  g_autofree char *leaf = bobbin_file_name_sanitize (longest);
  g_autofree char *numbered = bobbin_file_name_number (leaf, 10000);

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *name = bobbin_file_name_number (rows[i].name, rows[i].number);

      g_assert_cmpstr (name, ==, rows[i].numbered);
      bobbin_assert_safe_name (name, TRUE);
    }

  g_assert_true (g_str_has_suffix (numbered, "簡 (10000).tar.gz"));
  bobbin_assert_safe_name (numbered, FALSE);
}

static void
test_system_types_subprocess (void)
{
  static const struct
  {
    const char *media_type;
    const char *name;
  } rows[] = {
    { "application/x-test", "a.short" }, { "application/x-heavy", "a.heavier" },
    { "application/x-own", "a.mine" },   { "application/x-trap", "a" },
    { "application/x-broken", "a" },     { "image/jpeg", "a.jpg" },
  };
  g_autofree char *system_folder = g_build_filename (g_get_system_data_dirs ()[0], "mime", NULL);
  g_autofree char *user_folder = g_build_filename (g_get_user_data_dir (), "mime", NULL);
  g_autofree char *system_file = g_build_filename (system_folder, "globs2", NULL);
  g_autofree char *user_file = g_build_filename (user_folder, "globs2", NULL);
  g_autofree char *name = NULL;
  g_autofree char *numbered = NULL;

  g_assert_cmpint (g_mkdir_with_parents (system_folder, 0700), ==, 0);
  g_assert_cmpint (g_mkdir_with_parents (user_folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (user_file, "50:application/x-own:*.mine\n", -1, NULL));
  g_assert_true (g_file_set_contents (system_file,
                                      "# comment\n"
                                      "50:application/x-test:*.longest\n"
                                      "50:application/x-test:*.short\n"
                                      "60:application/x-heavy:*.heavier\n"
                                      "50:application/x-heavy:*.hvy\n"
                                      "50:application/x-own:*.ours\n"
                                      "50:application/x-trap:*.desktop\n"
                                      "50:application/x-trap:*.EXE\n"
                                      "50:application/x-broken:*.[ch]\n"
                                      "50:application/x-broken:README*\n"
                                      "50:application/x-broken:*./../../x\n"
                                      "50:application/x-broken\n"
                                      ":::\n"
                                      "50:image/jpeg:*.jpe\n"
                                      "50:application/x-2bits:*.2bits\n"
                                      "50:application/x-123:*.123\n"
                                      "50:x-content/x:__NOGLOBS__",
                                      -1, NULL));

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *leaf = bobbin_file_name_for_answer (NULL, NULL, "http://h/a", rows[i].media_type);

      g_assert_cmpstr (leaf, ==, rows[i].name);
    }
  /* an extension that the system knows is one, however odd */
  name = bobbin_file_name_for_answer (NULL, NULL, "http://h/a.2bits", "image/jpeg");
  g_assert_cmpstr (name, ==, "a.2bits");
  /* but a number is none */
  numbered = bobbin_file_name_for_answer (NULL, NULL, "http://h/a.123", "image/jpeg");
  g_assert_cmpstr (numbered, ==, "a.123.jpg");
}

/* The system's list is read once, so this needs a process of its own. */
static void
test_system_types (void)
{
  g_test_trap_subprocess ("/file-name/system-types/subprocess", 0, 0);
  g_test_trap_assert_passed ();
}

/* Text of pieces that mean something to somebody, and of any bytes. */
static char *
make_hostile (guint max_pieces)
{
  static const char *const pieces[] = {
    "/",
    "\\",
    "..",
    ".",
    " ",
    "\t",
    "\r\n",
    "%",
    "%00",
    "%2f",
    "%2e",
    "%5c",
    "%e2%80%ae",
    "%ff",
    "%zz",
    "=?",
    "?=",
    "utf-8",
    "?Q?",
    "?B?",
    "=00",
    "=2F",
    "AAAA",
    "''",
    "'",
    "\"",
    "\\\"",
    ";",
    "=",
    "filename",
    "filename*",
    "*0*",
    "*1",
    "*",
    "UTF-8''",
    "iso-8859-1''",
    "attachment",
    "inline",
    "; filename=",
    "; filename*=UTF-8''",
    "; filename*0*=",
    "; filename=\"",
    ",",
    "CON",
    "nul",
    "COM1",
    "lpt9",
    ".desktop",
    ".LNK",
    ".url",
    ".scf",
    ".local",
    ".tar",
    ".gz",
    ".exe",
    "a",
    "file",
    "~",
    "$",
    "http://",
    "@",
    ":",
    "[",
    "]",
    "?",
    "#",
    "*",
    "<",
    ">",
    "|",
    "\x01",
    "\x1b",
    "\x7f",
    "\x80",
    "\xc2\x85",
    "\xc2\xa0",
    "\xe2\x80\xae",
    "\xe2\x80\x8f",
    "\xe2\x81\xa6",
    "\xd8\x9c",
    "\xe2\x80\xa8",
    "\xe3\x80\x80",
    "\xe1\xa0\x8e",
    "\xef\xbb\xbf",
    "\xe2\x80\x8b",
    "é",
    "簡",
    "😀",
    "\xed\xa0\x80",
    "\xc0\xaf",
    "\xf5\x80\x80\x80",
    "\xe2\x82",
    "\xff",
    "0",
    "v1",
    "                                        ",
    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
    "aaa",
  };
  GString *text = g_string_new (NULL);

  for (gint n = g_test_rand_int_range (0, (gint) max_pieces); n > 0; n--)
    {
      if (g_test_rand_int_range (0, 8) == 0)
        g_string_append_c (text, (char) g_test_rand_int_range (1, 256));
      else
        g_string_append (text, pieces[g_test_rand_int_range (0, G_N_ELEMENTS (pieces))]);
    }

  return g_string_free (text, FALSE);
}

static void
test_random (void)
{
  static const char *const media_types[] = {
    NULL, "image/jpeg", "application/x-compressed-tar", "text/html", "application/octet-stream", "a/b", "",
  };

  for (guint i = 0; i < 5000; i++)
    {
      g_autofree char *given = i % 3 == 0 ? make_hostile (12) : NULL;
      g_autofree char *disposition = make_hostile (24);
      g_autofree char *uri = make_hostile (24);
      const char *media_type = media_types[g_test_rand_int_range (0, G_N_ELEMENTS (media_types))];
      g_autofree char *name = bobbin_file_name_for_answer (given, disposition, uri, media_type);
      g_autofree char *provisional = bobbin_file_name_for_uri (uri);
      g_autofree char *leaf = bobbin_file_name_sanitize (disposition);
      g_autofree char *again = bobbin_file_name_sanitize (leaf);
      g_autofree char *kept = bobbin_file_name_for_answer (name, NULL, NULL, NULL);
      g_autofree char *numbered = bobbin_file_name_number (name, g_test_rand_int_range (1, 20000));

      bobbin_assert_safe_name (name, given != NULL);
      bobbin_assert_safe_name (provisional, FALSE);
      bobbin_assert_safe_name (leaf, FALSE);
      bobbin_assert_safe_name (numbered, given != NULL);
      /* what is safe stays as it is */
      g_assert_cmpstr (again, ==, leaf);
      g_assert_cmpstr (kept, ==, name);
      g_assert_cmpstr (numbered, !=, name);
    }
}

/* Headers of the kind that a server may send: mostly sound, a little wrong. */
static void
test_random_dispositions (void)
{
  for (guint i = 0; i < 5000; i++)
    {
      g_autofree char *first = make_hostile (6);
      g_autofree char *second = make_hostile (6);
      g_autofree char *disposition
          = g_strdup_printf ("attachment; filename=\"%s\"; filename*=UTF-8''%s", first, second);
      g_autofree char *name
          = bobbin_file_name_for_answer (NULL, disposition, "http://h/leaf.bin", "image/png");

      bobbin_assert_safe_name (name, FALSE);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/file-name/uri", test_uri);
  g_test_add_func ("/file-name/extension", test_extension);
  g_test_add_func ("/file-name/given", test_given);
  g_test_add_func ("/file-name/given-beats-all", test_given_beats_all);
  g_test_add_func ("/file-name/sanitize", test_sanitize);
  g_test_add_func ("/file-name/length", test_length);
  g_test_add_func ("/file-name/length-of-device", test_length_of_device);
  g_test_add_func ("/file-name/number", test_number);
  g_test_add_func ("/file-name/system-types", test_system_types);
  g_test_add_func ("/file-name/system-types/subprocess", test_system_types_subprocess);
  g_test_add_func ("/file-name/random", test_random);
  g_test_add_func ("/file-name/random-dispositions", test_random_dispositions);

  return g_test_run ();
}
