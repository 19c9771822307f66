/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-hand.h"
#include "bobbin-scene.h"

#include <glib/gstdio.h>

/* The ways in, but for the clipboard and the pointer. */

static char *
write_file (const char *name, const char *contents)
{
  char *path = g_build_filename (g_get_home_dir (), name, NULL);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, contents, -1, &error);
  g_assert_no_error (error);
  return path;
}

static void
test_chooser (void)
{
  g_autofree char *path = write_file ("chosen.txt", "http://127.0.0.1/a.bin\nhttp://127.0.0.1/b.bin\n");
  g_autoptr (BobbinPerson) person = bobbin_person_start (NULL, NULL);

  bobbin_hand_take_window ("Bobbin");
  bobbin_hand_press ("ctrl+o");
  bobbin_hand_take_window ("Open Files of Links");
  bobbin_hand_type (path);
  bobbin_hand_press ("Return");
  bobbin_person_see (person, ATSPI_ROLE_STATUS_BAR, "2 links");
  bobbin_person_see (person, ATSPI_ROLE_LIST_ITEM, "b.bin, 127.0.0.1");
}

/* A second start hands over a file the way it was written, which is not the way from the first one's folder.
 */
static void
test_second_start (void)
{
  g_autofree char *path = write_file ("far.url", "[InternetShortcut]\r\nURL=http://127.0.0.1/far.bin\r\n");
  g_autoptr (BobbinPerson) person = bobbin_person_start (NULL, NULL);
  g_autoptr (GSubprocess) second = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_chdir (g_get_home_dir ()), ==, 0);
  second = bobbin_person_run_again (person, "./far.url");
  g_assert_cmpint (g_chdir ("/"), ==, 0);
  g_subprocess_wait_check (second, NULL, &error);
  g_assert_no_error (error);
  bobbin_person_see (person, ATSPI_ROLE_LIST_ITEM, "far.url, Internet shortcut · 1 link");
  bobbin_person_see (person, ATSPI_ROLE_LIST_ITEM, "far.bin, *127.0.0.1");

  g_clear_object (&second);
  second = bobbin_person_run_again (person, "no such file");
  g_subprocess_wait_check (second, NULL, &error);
  g_assert_no_error (error);
  bobbin_hand_press ("Escape");
  bobbin_person_see (person, ATSPI_ROLE_LABEL, "“no such file” does not exist");
}

static void
open_as_desktop_does (const char *uri)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GDBusConnection) bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, &error);
  const char *uris[] = { uri, NULL };
  g_autoptr (GVariant) answer = NULL;

  g_assert_no_error (error);
  answer = g_dbus_connection_call_sync (bus, "app.bobbin.Bobbin", "/app/bobbin/Bobbin",
                                        "org.freedesktop.Application", "Open",
                                        g_variant_new ("(^asa{sv})", uris, NULL), NULL,
                                        G_DBUS_CALL_FLAGS_NONE, -1, NULL, &error);
  g_assert_no_error (error);
}

static void
test_open_with (void)
{
  g_autofree char *path
      = write_file ("opened.webloc", "<?xml version=\"1.0\"?><plist version=\"1.0\"><dict><key>URL</key>"
                                     "<string>http://127.0.0.1/opened.bin</string></dict></plist>");
  g_autofree char *uri = g_filename_to_uri (path, NULL, NULL);
  g_autoptr (BobbinPerson) person = bobbin_person_start (NULL, NULL);

  open_as_desktop_does (uri);
  bobbin_person_see (person, ATSPI_ROLE_LIST_ITEM, "opened.webloc, Internet location · 1 link");
  bobbin_person_see (person, ATSPI_ROLE_LIST_ITEM, "opened.bin, 127.0.0.1");

  /* What comes while the dialog is open goes into it. */
  open_as_desktop_does ("http://127.0.0.1/link.bin");
  bobbin_person_see (person, ATSPI_ROLE_STATUS_BAR, "2 links");
}

/* Who wants it so sees no dialog, but for what is to be asked. */
static void
test_start_at_once (void)
{
  g_autoptr (BobbinDemoServer) server = bobbin_demo_server_new (NULL);
  g_autoptr (BobbinPerson) person = bobbin_person_new ();
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *path = NULL;
  g_autofree char *uri = NULL;

  bobbin_scene_append_link (text, server, 3000, "name=quick.bin");
  bobbin_scene_append_link (text, server, 4000, "name=quicker.bin");
  path = write_file ("quick.txt", text->str);
  uri = g_filename_to_uri (path, NULL, NULL);
  bobbin_person_set_up (person, "start-at-once", "true");
  bobbin_person_open (person);
  open_as_desktop_does (uri);
  bobbin_person_see (person, ATSPI_ROLE_LIST_ITEM, "quick.bin, finished*");
  bobbin_person_see (person, ATSPI_ROLE_LIST_ITEM, "quicker.bin, finished*");
  bobbin_person_see (person, ATSPI_ROLE_LABEL, "2 downloads added");
  g_assert_false (bobbin_person_sees (person, ATSPI_ROLE_PUSH_BUTTON, "Add Paused"));

  /* Both are in the list now. */
  open_as_desktop_does (uri);
  bobbin_person_see (person, ATSPI_ROLE_STATUS_BAR, "2 links · 2 already in the list");
  bobbin_scene_assert_n_files (person, 2);
}

static void
test_offer (void)
{
  g_autoptr (BobbinPerson) person = NULL;

  if (!bobbin_hand_has_tools ("xclip", NULL))
    return;

  person = bobbin_person_new ();
  bobbin_person_set_up (person, "offer-clipboard", "true");
  bobbin_hand_copy ("nothing of the kind", NULL);
  bobbin_person_open (person);
  bobbin_hand_take_window ("Bobbin");
  g_assert_false (bobbin_person_sees (person, ATSPI_ROLE_PUSH_BUTTON, "Add Links…"));
  bobbin_hand_copy ("see http://127.0.0.1/a.bin\nhttp://127.0.0.1/b.bin", NULL);
  bobbin_person_see (person, ATSPI_ROLE_LABEL, "2 new links on the clipboard");
  bobbin_hand_shoot ("ways-offer");
  bobbin_person_click (person, ATSPI_ROLE_PUSH_BUTTON, "Add Links…");
  bobbin_person_see (person, ATSPI_ROLE_STATUS_BAR, "2 links");
  bobbin_person_click (person, ATSPI_ROLE_PUSH_BUTTON, "Add Paused");
  bobbin_person_see (person, ATSPI_ROLE_LIST_ITEM, "b.bin, paused*");
  bobbin_person_see_no_more (person, ATSPI_ROLE_PUSH_BUTTON, "Add Links…");

  /* What is in the list is not new. */
  bobbin_hand_copy ("http://127.0.0.1/b.bin\nhttp://127.0.0.1/c.bin", NULL);
  bobbin_person_see (person, ATSPI_ROLE_LABEL, "1 new link on the clipboard");
  bobbin_hand_copy ("http://127.0.0.1/b.bin", NULL);
  bobbin_person_see_no_more (person, ATSPI_ROLE_LABEL, "* on the clipboard");
}

/* Nobody looks at the clipboard of somebody who did not ask for it. */
static void
test_no_offer (void)
{
  g_autoptr (BobbinPerson) person = NULL;

  if (!bobbin_hand_has_tools ("xclip", NULL))
    return;

  person = bobbin_person_start (NULL, NULL);
  bobbin_hand_take_window ("Bobbin");
  bobbin_hand_copy ("http://127.0.0.1/a.bin", NULL);
  g_usleep (G_USEC_PER_SEC);
  g_assert_false (bobbin_person_sees (person, ATSPI_ROLE_LABEL, "* on the clipboard"));
}

int
main (int argc, char **argv)
{
  /* The folders are isolated already, for the tools and the program too. */
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/ui/ways/chooser", test_chooser);
  g_test_add_func ("/ui/ways/second-start", test_second_start);
  g_test_add_func ("/ui/ways/open-with", test_open_with);
  g_test_add_func ("/ui/ways/start-at-once", test_start_at_once);
  g_test_add_func ("/ui/ways/offer", test_offer);
  g_test_add_func ("/ui/ways/no-offer", test_no_offer);

  return g_test_run ();
}
