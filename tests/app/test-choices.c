/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-choices.h"
#include "bobbin-engine.h"

static void
assert_proxy (const char *text, const char *expected)
{
  g_autofree char *proxy = bobbin_choices_read_proxy (text);

  g_assert_cmpstr (proxy, ==, expected);
}

static void
test_proxy (void)
{
  assert_proxy ("proxy.example.org:3128", "http://proxy.example.org:3128");
  assert_proxy (" http://proxy.example.org:3128/ ", "http://proxy.example.org:3128");
  assert_proxy ("socks5://127.0.0.1:1080", "socks5://127.0.0.1:1080");
  assert_proxy ("socks5h://[::1]:1080", "socks5h://[::1]:1080");
  assert_proxy ("http://me:secret@proxy.example.org:3128", "http://proxy.example.org:3128");
  assert_proxy ("ftp://proxy.example.org", NULL);
  assert_proxy ("", NULL);
  assert_proxy ("http://", NULL);
  assert_proxy ("not a proxy", NULL);
}

/* What is chosen is what the engine works by, from the next moment on. */
static void
test_apply (void)
{
  g_autoptr (GSettings) settings = g_settings_new (BOBBIN_APPLICATION_ID);
  g_autoptr (BobbinQueue) queue = bobbin_queue_new ();
  BobbinSettings *engine;

  bobbin_choices_bind (settings, queue);
  engine = bobbin_queue_get_settings (queue);
  g_assert_cmpuint (engine->tries, ==, 5);
  g_assert_cmpuint (engine->per_host, ==, 6);
  g_assert_false (engine->limit_local);
  g_assert_true (engine->patient);
  g_assert_null (engine->proxy);
  g_assert_cmpint (bobbin_rate_limiter_get_rate (engine->limiter), ==, 0);
  g_assert_cmpuint (bobbin_queue_get_at_once (queue), ==, 8);

  g_settings_set_int (settings, "at-once", 3);
  g_settings_set_int (settings, "per-host", 2);
  g_settings_set_int (settings, "parts", 7);
  g_settings_set_int (settings, "part-size", 5);
  g_settings_set_int (settings, "tries", 9);
  g_settings_set_int (settings, "retry-delay", 4);
  g_settings_set_int (settings, "timeout", 12);
  g_settings_set_int (settings, "speed-limit", 250);
  g_settings_set_boolean (settings, "limit-speed", TRUE);
  g_settings_set_boolean (settings, "keep-time", TRUE);
  g_settings_set_boolean (settings, "keep-origin", TRUE);
  g_settings_set_string (settings, "conflict", "overwrite");
  g_settings_set_string (settings, "proxy", "none");
  engine = bobbin_queue_get_settings (queue);
  g_assert_cmpuint (bobbin_queue_get_at_once (queue), ==, 3);
  g_assert_cmpuint (engine->per_host, ==, 2);
  g_assert_true (engine->limit_local);
  g_assert_cmpuint (engine->parts, ==, 7);
  g_assert_cmpint (engine->part_size, ==, 5000000);
  g_assert_cmpuint (engine->tries, ==, 9);
  g_assert_cmpint (engine->retry_delay, ==, 4 * G_USEC_PER_SEC);
  g_assert_cmpuint (engine->timeout, ==, 12);
  g_assert_cmpint (bobbin_rate_limiter_get_rate (engine->limiter), ==, 250000);
  g_assert_true (engine->keep_time);
  g_assert_true (engine->keep_origin);
  g_assert_cmpint (engine->conflict, ==, BOBBIN_CONFLICT_OVERWRITE);
  g_assert_cmpstr (engine->proxy, ==, "");

  g_settings_set_string (settings, "proxy-address", "socks5://127.0.0.1:1080");
  g_settings_set_string (settings, "proxy", "own");
  g_settings_set_boolean (settings, "limit-speed", FALSE);
  engine = bobbin_queue_get_settings (queue);
  g_assert_cmpstr (engine->proxy, ==, "socks5://127.0.0.1:1080");
  g_assert_cmpint (bobbin_rate_limiter_get_rate (engine->limiter), ==, 0);
}

static void
test_folder (void)
{
  g_autoptr (GSettings) settings = g_settings_new (BOBBIN_APPLICATION_ID);
  g_autofree char *downloads = bobbin_choices_dup_folder (settings);
  g_autofree char *chosen = NULL;
  g_autofree char *kept = NULL;

  g_assert_true (g_path_is_absolute (downloads));
  bobbin_choices_set_folder (settings, "/elsewhere");
  chosen = bobbin_choices_dup_folder (settings);
  g_assert_cmpstr (chosen, ==, "/elsewhere");
  bobbin_choices_set_folder (settings, downloads);
  kept = g_settings_get_string (settings, "folder");
  g_assert_cmpstr (kept, ==, "");
}

static void
test_naming (void)
{
  g_autoptr (GSettings) settings = g_settings_new (BOBBIN_APPLICATION_ID);
  g_autoptr (BobbinNaming) plain = bobbin_choices_dup_naming (settings);
  g_autoptr (BobbinNaming) naming = NULL;
  g_autoptr (BobbinLink) link = bobbin_link_new ("https://example.org/a.jpg", NULL);
  g_autofree char *name = NULL;

  g_assert_true (bobbin_naming_is_plain (plain));
  g_settings_set_string (settings, "folders", "kind");
  g_settings_set_string (settings, "name-template", "{host} {name}");
  naming = bobbin_choices_dup_naming (settings);
  bobbin_naming_apply (naming, link, BOBBIN_FILE_KIND_PICTURE, 1, 1);
  name = bobbin_link_dup_file_name (link, NULL, NULL, NULL);
  g_assert_cmpstr (bobbin_link_get_subfolder (link), ==, "Pictures");
  g_assert_cmpstr (name, ==, "example.org a.jpg");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  bobbin_engine_init ();

  g_test_add_func ("/choices/proxy", test_proxy);
  g_test_add_func ("/choices/apply", test_apply);
  g_test_add_func ("/choices/folder", test_folder);
  g_test_add_func ("/choices/naming", test_naming);
  return g_test_run ();
}
