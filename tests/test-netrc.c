/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-netrc.h"
#include "bobbin-test.h"

#include <libsoup/soup.h>

static void
assert_found (BobbinCredentials *credentials, const char *uri, const char *expected)
{
  g_autoptr (GUri) origin = g_uri_parse (uri, SOUP_HTTP_URI_FLAGS, NULL);
  g_autofree char *user = NULL;
  g_autofree char *password = NULL;
  g_autofree char *found = NULL;

  if (bobbin_credentials_lookup (credentials, origin, &user, &password))
    found = g_strconcat (user, ":", password, NULL);
  g_assert_cmpstr (found, ==, expected);
}

static void
test_parse (void)
{
  static const struct
  {
    const char *text;
    guint n;
    const char *found; /* for a.example; NULL for none */
  } files[] = {
    { "", 0, NULL },
    { "machine a.example login alice password one", 1, "alice:one" },
    { "machine a.example\n\tlogin alice\r\n\tpassword one\n\n", 1, "alice:one" },
    { "machine A.Example password one login alice", 1, "alice:one" },
    { "machine a.example login alice", 1, "alice:" },
    { "machine a.example password one", 0, NULL },
    { "machine a.example login \"al ice\" password \"o\\\"n\\\\e\"", 1, "al ice:o\"n\\e" },
    { "machine a.example login alice password \"one", 1, "alice:one" },
    { "machine a.example login alice password #one", 1, "alice:#one" },
    { "# machine a.example login bob password two\nmachine a.example login alice password one # no", 1,
      "alice:one" },
    { "machine a.example login alice account x password one", 1, "alice:one" },
    { "machine b.example login bob password two machine a.example login alice password one", 2, "alice:one" },
    { "machine a.example login alice password one machine a.example login bob password two", 1, "alice:one" },
    { "machine b.example login bob machine a.example login alice password one", 2, "alice:one" },
    { "default login alice password one", 0, NULL },
    { "machine b.example login bob password two default login alice password one", 1, NULL },
    { "machine a.example login alice password one\ndefault login bob password two", 1, "alice:one" },
    { "macdef init\nmachine a.example login bob password two\n\nmachine a.example login alice password one",
      1, "alice:one" },
    { "macdef init\r\ncd x\r\n\r\nmachine a.example login alice password one", 1, "alice:one" },
    { "macdef init\nmachine a.example login bob password two", 0, NULL },
    { "machine", 0, NULL },
    { "machine a.example login", 0, NULL },
    { "machine a.example login alice password", 1, "alice:" },
    { "login alice password one", 0, NULL },
    { "machine sub.a.example login alice password one", 1, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autoptr (BobbinCredentials) credentials = bobbin_credentials_new ();

      bobbin_test_message (files[i].text);
      g_assert_cmpuint (bobbin_netrc_parse (files[i].text, credentials), ==, files[i].n);
      assert_found (credentials, "https://a.example/", files[i].found);
    }
}

static void
test_load (void)
{
  g_autofree char *folder = bobbin_test_make_folder ();
  g_autofree char *path = g_build_filename (folder, ".netrc", NULL);
  g_autoptr (BobbinCredentials) credentials = bobbin_credentials_new ();
  g_autoptr (GError) error = NULL;

  g_assert_false (bobbin_netrc_load (path, credentials, &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_NOENT);
  g_clear_error (&error);

  g_file_set_contents (path, "machine a.example login alice password one", -1, &error);
  g_assert_no_error (error);
  g_assert_true (bobbin_netrc_load (path, credentials, &error));
  g_assert_no_error (error);
  assert_found (credentials, "https://a.example/", "alice:one");
  bobbin_test_remove_folder (folder);
}

int
main (int argc, char **argv)
{
  bobbin_test_init (&argc, &argv);
  g_test_add_func ("/netrc/parse", test_parse);
  g_test_add_func ("/netrc/load", test_load);
  return g_test_run ();
}
