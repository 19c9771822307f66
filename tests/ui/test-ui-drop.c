/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-hand.h"
#include "bobbin-scene.h"

#include <glib/gstdio.h>

/* Where the file manager shows the only file of a folder, when its window is in the corner of the screen. */
#define FILE_X 208
#define FILE_Y 118

/* Where a program that has one thing to drag shows it. */
#define THING_X 150
#define THING_Y 170

/* Where the window of Bobbin is. */
#define TARGET_X 900
#define TARGET_Y 400

static void
write_links (const char *folder, const char *text)
{
  g_autofree char *path = g_build_filename (folder, "harbour-links.txt", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
}

static void
test_file (void)
{
  g_autofree char *folder = g_build_filename (g_get_home_dir (), "dropped", NULL);
  g_autoptr (BobbinDemoServer) server = bobbin_demo_server_new (NULL);
  g_autoptr (BobbinPerson) person = NULL;
  g_autoptr (GString) text = g_string_new (NULL);
  GSubprocess *manager;

  if (!bobbin_hand_has_tools ("pcmanfm", NULL))
    return;

  for (guint i = 1; i <= 5; i++)
    {
      g_autofree char *query = g_strdup_printf ("name=%u.bin", i);

      bobbin_scene_append_link (text, server, i * 40000, query);
    }
  write_links (folder, text->str);

  person = bobbin_person_start (NULL, NULL);
  bobbin_hand_place_window ("Bobbin", 410, 40);
  manager = bobbin_hand_open_folder (folder);
  bobbin_hand_shoot ("before-drag");
  bobbin_hand_drag (FILE_X, FILE_Y, TARGET_X, TARGET_Y);
  bobbin_person_see (person, ATSPI_ROLE_LABEL, "Drop to add its links");
  bobbin_person_see (person, ATSPI_ROLE_LABEL, "harbour-links.txt");
  bobbin_hand_shoot ("drag");

  bobbin_hand_drop ();
  bobbin_person_see_no_more (person, ATSPI_ROLE_LABEL, "Drop to add*");
  bobbin_person_see (person, ATSPI_ROLE_STATUS_BAR, "5 links");
  bobbin_scene_assert_n_files (person, 0);
  bobbin_person_click (person, ATSPI_ROLE_PUSH_BUTTON, "Download");
  for (guint i = 1; i <= 5; i++)
    {
      g_autofree char *row = g_strdup_printf ("%u.bin, finished*", i);
      g_autofree char *name = g_strdup_printf ("%u.bin", i);

      bobbin_person_see (person, ATSPI_ROLE_LIST_ITEM, row);
      bobbin_scene_assert_bytes (person, name, i * 40000);
    }
  bobbin_scene_assert_n_files (person, 5);
  bobbin_hand_close (manager);
}

/* Carried over the window and away again: nothing stays. */
static void
test_leave (void)
{
  g_autofree char *folder = g_build_filename (g_get_home_dir (), "kept", NULL);
  g_autoptr (BobbinPerson) person = NULL;
  GSubprocess *manager;

  if (!bobbin_hand_has_tools ("pcmanfm", NULL))
    return;

  write_links (folder, "http://127.0.0.1/\n");
  person = bobbin_person_start (NULL, NULL);
  bobbin_hand_place_window ("Bobbin", 410, 40);
  manager = bobbin_hand_open_folder (folder);
  bobbin_hand_drag (FILE_X, FILE_Y, TARGET_X, TARGET_Y);
  bobbin_person_see (person, ATSPI_ROLE_LABEL, "Drop to add its links");
  bobbin_hand_press ("Escape");
  bobbin_person_see_no_more (person, ATSPI_ROLE_LABEL, "Drop to add*");
  bobbin_hand_drop ();
  g_assert_false (bobbin_person_sees (person, ATSPI_ROLE_PUSH_BUTTON, "Download"));
  bobbin_hand_close (manager);
}

static void
write_all_kinds (const char *folder)
{
  static const struct
  {
    const char *name;
    const char *contents;
  } files[] = {
    { "a.url", "[InternetShortcut]\r\nURL=http://127.0.0.1/shortcut.bin\r\n" },
    { "b.webloc", "<?xml version=\"1.0\"?><plist version=\"1.0\"><dict><key>URL</key>"
                  "<string>http://127.0.0.1/location.bin</string></dict></plist>" },
    { "c.meta4",
      "<metalink xmlns=\"urn:ietf:params:xml:ns:metalink\"><file name=\"tide.bin\"><size>3000</size>"
      "<url>http://127.0.0.1/tide.bin</url></file></metalink>" },
    { "d.html", "<!DOCTYPE html><html><body><a href=\"http://127.0.0.1/paper.pdf\">x</a></body></html>" },
    { "e.aria2", "http://127.0.0.1/list.bin\thttp://127.0.0.2/list.bin\n  out=mirrored.bin\n" },
    { "f.sh", "curl 'http://127.0.0.1/command.bin' -H 'X-Own: 1' --compressed\n" },
    { "g.m3u", "#EXTM3U\n#EXTINF:9,Harbour\nhttp://127.0.0.1/song.ogg\n" },
    { "h.txt", "http://127.0.0.1/plain.bin\n" },
    { "i.desktop", "[Desktop Entry]\nType=Link\nName=Harbour\nURL=http://127.0.0.1/desktop.bin\n" },
  };

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *path = g_build_filename (folder, files[i].name, NULL);

      g_assert_true (g_file_set_contents (path, files[i].contents, -1, NULL));
    }
}

/* One of each kind, all in one drag. */
static void
test_all_kinds (void)
{
  static const char *const names[]
      = { "shortcut.bin*", "location.bin*", "tide.bin, 3.0*kB*", "paper.pdf*",  "mirrored.bin, 2 places*",
          "command.bin*",  "song.ogg*",     "plain.bin*",        "Harbour.bin*" };
  g_autofree char *folder = g_build_filename (g_get_home_dir (), "kinds", NULL);
  g_autoptr (BobbinPerson) person = NULL;
  GSubprocess *manager;

  if (!bobbin_hand_has_tools ("pcmanfm", NULL))
    return;

  write_all_kinds (folder);
  person = bobbin_person_start (NULL, NULL);
  bobbin_hand_place_window ("Bobbin", 410, 40);
  manager = bobbin_hand_open_folder (folder);
  bobbin_hand_take_window ("kinds");
  bobbin_hand_click (FILE_X, FILE_Y);
  bobbin_hand_press ("ctrl+a");
  bobbin_hand_drag (FILE_X, FILE_Y, TARGET_X, TARGET_Y);
  bobbin_person_see (person, ATSPI_ROLE_LABEL, "Drop to add links from 9 files");
  bobbin_hand_shoot ("drag-kinds");
  bobbin_hand_drop ();
  bobbin_person_see (person, ATSPI_ROLE_STATUS_BAR, "9 links");
  bobbin_hand_shoot ("dropped-kinds");
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    bobbin_person_see (person, ATSPI_ROLE_LIST_ITEM, names[i]);
  bobbin_hand_close (manager);
}

/* A part of a page out of a browser: its links are meant, not its words. */
static void
test_page (void)
{
  g_autoptr (BobbinPerson) person = bobbin_person_start (NULL, NULL);
  GSubprocess *source
      = bobbin_hand_show_source ("text/html",
                                 "<p>two <a href=\"http://127.0.0.1/tide.pdf\">papers</a> and "
                                 "<img src=\"http://127.0.0.1/harbour.png\"></p>",
                                 "text/plain;charset=utf-8", "two papers and", NULL);

  bobbin_hand_place_window ("Bobbin", 410, 40);
  bobbin_hand_drag (THING_X, THING_Y, TARGET_X, TARGET_Y);
  bobbin_person_see (person, ATSPI_ROLE_LABEL, "Drop to add*");
  bobbin_hand_drop ();
  bobbin_person_see (person, ATSPI_ROLE_STATUS_BAR, "2 links");
  bobbin_person_see (person, ATSPI_ROLE_LIST_ITEM, "tide.pdf, 127.0.0.1");
  bobbin_person_see (person, ATSPI_ROLE_LIST_ITEM, "harbour.png, 127.0.0.1");
  bobbin_hand_close (source);
}

/* A link out of a browser is that link, not the page that it stands in. */
static void
test_link (void)
{
  g_autoptr (BobbinPerson) person = bobbin_person_start (NULL, NULL);
  GSubprocess *source
      = bobbin_hand_show_source ("text/uri-list", "http://127.0.0.1/tide%20table.pdf\r\n", "text/html",
                                 "<a href=\"http://127.0.0.1/other\">tide</a>", NULL);

  bobbin_hand_place_window ("Bobbin", 410, 40);
  bobbin_hand_drag (THING_X, THING_Y, TARGET_X, TARGET_Y);
  bobbin_person_see (person, ATSPI_ROLE_LABEL, "Drop to add the link");
  bobbin_hand_drop ();
  bobbin_person_see (person, ATSPI_ROLE_STATUS_BAR, "1 link");
  bobbin_person_see (person, ATSPI_ROLE_LIST_ITEM, "tide table.pdf, 127.0.0.1");
  bobbin_hand_close (source);
}

int
main (int argc, char **argv)
{
  /* The folders are isolated already, for the tools and the program too. */
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/ui/drop/file", test_file);
  g_test_add_func ("/ui/drop/leave", test_leave);
  g_test_add_func ("/ui/drop/all-kinds", test_all_kinds);
  g_test_add_func ("/ui/drop/page", test_page);
  g_test_add_func ("/ui/drop/link", test_link);

  return g_test_run ();
}
