/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-hand.h"
#include "bobbin-scene.h"

#include <string.h>

static char *
write_file (const char *name, const char *contents)
{
  char *path = g_build_filename (g_get_home_dir (), name, NULL);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, contents, -1, &error);
  g_assert_no_error (error);
  return path;
}

/* Files of several shapes on the command line; each keeps what came with its links. */
static void
test_files (void)
{
  g_autoptr (BobbinDemoServer) server = bobbin_demo_server_new (NULL);
  const char *uri = bobbin_demo_server_get_uri (server);
  g_autofree char *metalink
      = g_strdup_printf ("<metalink xmlns=\"urn:ietf:params:xml:ns:metalink\">"
                         "<file name=\"harbour/tide.bin\"><size>3000</size><url>%s/bytes/3000</url>"
                         "<url>http://127.0.0.1:1/tide.bin</url></file>"
                         "<file name=\"../away.bin\"><url>%s/bytes/1</url></file></metalink>",
                         uri, uri);
  g_autofree char *shortcut
      = g_strdup_printf ("[InternetShortcut]\r\nURL=%s/bytes/2000?name=short.bin\r\n", uri);
  g_autofree char *torrent_path = write_file ("film.torrent", "d8:announce9:http://t/4:infod4:name1:xee");
  g_autofree char *metalink_path = write_file ("harbour.meta4", metalink);
  g_autofree char *shortcut_path = write_file ("short.url", shortcut);
  g_autoptr (BobbinPerson) person = bobbin_person_start (metalink_path, shortcut_path, torrent_path, NULL);

  bobbin_person_see (person, ATSPI_ROLE_STATUS_BAR, "2 links");
  bobbin_person_see (person, ATSPI_ROLE_LIST_ITEM,
                     "harbour.meta4, Metalink · 1 link*leads out of the folder*");
  bobbin_person_see (person, ATSPI_ROLE_LIST_ITEM, "short.url, Internet shortcut · 1 link");
  bobbin_person_see (person, ATSPI_ROLE_LIST_ITEM, "film.torrent, Torrent · No links*BitTorrent program*");
  bobbin_person_see (person, ATSPI_ROLE_LIST_ITEM, "harbour/tide.bin, 3.0*kB, 2 places, 127.0.0.1*");
  bobbin_hand_shoot ("shapes-files");
  bobbin_person_click (person, ATSPI_ROLE_PUSH_BUTTON, "Remove “film.torrent”");
  bobbin_person_see_no_more (person, ATSPI_ROLE_LIST_ITEM, "film.torrent*");

  bobbin_person_click (person, ATSPI_ROLE_PUSH_BUTTON, "Download");
  bobbin_person_see (person, ATSPI_ROLE_LIST_ITEM, "tide.bin, finished*");
  bobbin_person_see (person, ATSPI_ROLE_LIST_ITEM, "short.bin, finished*");
  bobbin_scene_assert_bytes (person, "harbour/tide.bin", 3000);
  bobbin_scene_assert_bytes (person, "short.bin", 2000);
}

static void
test_page (void)
{
  g_autoptr (BobbinPerson) person = NULL;
  g_autoptr (GString) page = g_string_new ("<html><body>");

  if (!bobbin_hand_has_tools ("xclip", NULL))
    return;

  for (guint i = 0; i < 12; i++)
    g_string_append_printf (page, "<img src='http://127.0.0.1/p%02u.jpg'>", i);
  g_string_append (page, "<a href='http://127.0.0.1/paper.pdf'>p</a><a href='http://127.0.0.1/more'>m</a>");
  person = bobbin_person_start (NULL, NULL);
  bobbin_hand_copy (page->str, "text/html");
  bobbin_hand_take_window ("Bobbin");
  bobbin_hand_press ("ctrl+v");
  bobbin_person_see (person, ATSPI_ROLE_STATUS_BAR, "14 links");
  bobbin_person_see (person, ATSPI_ROLE_LIST_ITEM, "Copied Page, Web page · 14 links");
  bobbin_person_see (person, ATSPI_ROLE_LABEL, "14 of 14 selected");
  bobbin_hand_shoot ("shapes-page");
  bobbin_person_click (person, ATSPI_ROLE_PUSH_BUTTON, "Pictures 12");
  bobbin_person_see (person, ATSPI_ROLE_LABEL, "12 of 14 selected");
  bobbin_person_see_no_more (person, ATSPI_ROLE_LIST_ITEM, "paper.pdf*");
  bobbin_person_click (person, ATSPI_ROLE_PUSH_BUTTON, "Documents 1");
  bobbin_person_see (person, ATSPI_ROLE_LABEL, "13 of 14 selected");
  bobbin_hand_shoot ("shapes-kinds");
  bobbin_person_click (person, ATSPI_ROLE_PUSH_BUTTON, "All 14");
  bobbin_person_see (person, ATSPI_ROLE_LABEL, "14 of 14 selected");
  bobbin_person_click (person, ATSPI_ROLE_PUSH_BUTTON, "Documents 1");
  bobbin_person_see (person, ATSPI_ROLE_LABEL, "1 of 14 selected");
  bobbin_person_click (person, ATSPI_ROLE_PUSH_BUTTON, "Add Paused");
  bobbin_person_see (person, ATSPI_ROLE_LIST_ITEM, "paper.pdf, paused*");
  g_assert_false (bobbin_person_sees (person, ATSPI_ROLE_LIST_ITEM, "p00.jpg*"));
}

static void
test_pattern (void)
{
  g_autoptr (BobbinPerson) person = NULL;

  if (!bobbin_hand_has_tools ("xclip", NULL))
    return;

  person = bobbin_person_start (NULL, NULL);
  bobbin_scene_paste (person, "http://127.0.0.1/img[01-06].jpg\nhttp://127.0.0.1/a.bin\n");
  bobbin_person_see (person, ATSPI_ROLE_STATUS_BAR, "7 links");
  bobbin_person_see (person, ATSPI_ROLE_LIST_ITEM, "img02.jpg, 127.0.0.1");
  bobbin_person_see (person, ATSPI_ROLE_LIST_ITEM, "img03.jpg – img06.jpg, 4 more, 127.0.0.1");
  bobbin_hand_shoot ("shapes-pattern");
  bobbin_person_click (person, ATSPI_ROLE_CHECK_BOX, "img03.jpg – img06.jpg");
  bobbin_person_see (person, ATSPI_ROLE_LABEL, "3 of 7 selected");

  bobbin_person_click (person, ATSPI_ROLE_TEXT, "Links");
  bobbin_hand_press ("ctrl+a");
  bobbin_hand_type ("http://127.0.0.1/n[1-5000].bin");
  bobbin_person_see (person, ATSPI_ROLE_STATUS_BAR, "This makes 5000 links");
  bobbin_hand_shoot ("shapes-ask");
  bobbin_hand_press ("ctrl+Return");
  bobbin_person_see (person, ATSPI_ROLE_LABEL, "Make 5000 Links?");
  bobbin_hand_shoot ("shapes-asked");
  bobbin_hand_press ("Escape");
  bobbin_person_see_no_more (person, ATSPI_ROLE_LABEL, "Make 5000 Links?");
  bobbin_person_click (person, ATSPI_ROLE_PUSH_BUTTON, "Make Links");
  bobbin_person_see (person, ATSPI_ROLE_STATUS_BAR, "5000 links");
  bobbin_person_see (person, ATSPI_ROLE_LIST_ITEM, "n3.bin – n5000.bin, 4998 more, 127.0.0.1");

  bobbin_hand_take_window ("Add Downloads");
  bobbin_person_click (person, ATSPI_ROLE_TEXT, "Links");
  bobbin_hand_press ("ctrl+a");
  bobbin_hand_type ("http://127.0.0.1/n[1-1000001].bin");
  bobbin_person_see (person, ATSPI_ROLE_PUSH_BUTTON, "line 1: *too many links*");
}

static void
test_magnet (void)
{
  g_autoptr (BobbinPerson) person = NULL;

  if (!bobbin_hand_has_tools ("xclip", NULL))
    return;

  person = bobbin_person_start (NULL, NULL);
  bobbin_scene_paste (person, "magnet:?xt=urn:btih:0");
  bobbin_person_see (person, ATSPI_ROLE_PUSH_BUTTON, "line 1: *BitTorrent program*");
  bobbin_hand_shoot ("shapes-magnet");
}

/* A command pasted into the text itself stands beside it, with its header. */
static void
test_command (void)
{
  g_autoptr (BobbinPerson) person = NULL;

  if (!bobbin_hand_has_tools ("xclip", NULL))
    return;

  person = bobbin_person_start (NULL, NULL);
  bobbin_hand_take_window ("Bobbin");
  bobbin_hand_press ("ctrl+n");
  bobbin_person_see (person, ATSPI_ROLE_STATUS_BAR, "Links, one on each line");
  bobbin_hand_type ("http://127.0.0.1/a.bin");
  bobbin_hand_copy ("curl 'http://127.0.0.1/b.bin' -H 'X-Own: 1' --compressed", NULL);
  bobbin_hand_press ("ctrl+v");
  bobbin_person_see (person, ATSPI_ROLE_LIST_ITEM, "Copied Command, curl command · 1 link");
  bobbin_person_see (person, ATSPI_ROLE_STATUS_BAR, "2 links");
  bobbin_hand_shoot ("shapes-command");
}

static void
report_turns (BobbinPerson *person)
{
  g_autofree char *errors = bobbin_person_read_errors (person);
  const char *line = strstr (errors, "main loop: ");

  g_test_message ("%s", line != NULL ? line : "the program does not measure its turns");
}

/* A hundred thousand links, copied elsewhere and all of them added. */
static void
test_pasted_many (void)
{
  g_autoptr (GString) text = g_string_sized_new (4 * 1000 * 1000);
  g_autoptr (BobbinPerson) person = NULL;

  if (!bobbin_hand_has_tools ("xclip", NULL))
    return;

  for (guint i = 0; i < 100000; i++)
    g_string_append_printf (text, "http://127.0.0.1/harbour/%05u.jpg\n", i);
  person = bobbin_person_start (NULL, NULL);
  bobbin_scene_paste (person, text->str);
  bobbin_person_see_within (person, ATSPI_ROLE_STATUS_BAR, "100000 links", 60);
  bobbin_person_see (person, ATSPI_ROLE_LIST_ITEM, "Copied Text, Text · 100000 links");
  bobbin_person_click (person, ATSPI_ROLE_PUSH_BUTTON, "Add Paused");
  bobbin_person_see_within (person, ATSPI_ROLE_LABEL, "0 of 100000 finished", 60);
  bobbin_person_see_no_more (person, ATSPI_ROLE_PUSH_BUTTON, "Add Paused");
  bobbin_person_see (person, ATSPI_ROLE_LIST_ITEM, "00000.jpg, paused*");
  bobbin_hand_shoot ("shapes-pasted-many");
  bobbin_hand_press ("ctrl+q");
  g_assert_cmpint (bobbin_person_wait_for_end (person, 60), ==, 0);
  report_turns (person);
}

/* A million links, which are looked at and not added. */
static void
test_million (void)
{
  g_autoptr (GString) text = g_string_sized_new (40 * 1000 * 1000);
  g_autofree char *path = NULL;
  g_autoptr (BobbinPerson) person = NULL;

  for (guint i = 0; i < 1000000; i++)
    g_string_append_printf (text, "http://127.0.0.1/harbour/%06u.jpg\n", i);
  path = write_file ("million.txt", text->str);
  person = bobbin_person_start (path, NULL);
  bobbin_person_see_within (person, ATSPI_ROLE_PUSH_BUTTON, "Stop Reading", 60);
  bobbin_hand_shoot ("shapes-progress");
  bobbin_person_see_within (person, ATSPI_ROLE_STATUS_BAR, "1000000 links", 120);
  bobbin_person_see (person, ATSPI_ROLE_LABEL, "1000000 of 1000000 selected");
  bobbin_hand_shoot ("shapes-million");
  bobbin_hand_press ("Escape");
  bobbin_person_see_no_more (person, ATSPI_ROLE_PUSH_BUTTON, "Add Paused");
  bobbin_hand_press ("ctrl+q");
  g_assert_cmpint (bobbin_person_wait_for_end (person, 60), ==, 0);
  report_turns (person);
}

/* As large a file as is read at all, with more links than are taken. */
static void
test_hundred_megabytes (void)
{
  const gsize size = 100 * 1000 * 1000;
  g_autoptr (GString) text = g_string_sized_new (size);
  g_autofree char *path = NULL;
  g_autoptr (BobbinPerson) person = NULL;

  for (guint i = 0; text->len + 100 < size; i++)
    g_string_append_printf (text, "http://127.0.0.1/harbour/%07u.jpg\n", i);
  path = write_file ("huge.txt", text->str);
  person = bobbin_person_start (path, NULL);
  bobbin_person_see_within (person, ATSPI_ROLE_PUSH_BUTTON, "Stop Reading", 60);
  bobbin_person_see_within (person, ATSPI_ROLE_LIST_ITEM,
                            "huge.txt, Text · 1000000 links There is more in it than can be read", 120);
  bobbin_hand_press ("Escape");
  bobbin_person_see_no_more (person, ATSPI_ROLE_PUSH_BUTTON, "Add Paused");
  bobbin_hand_press ("ctrl+q");
  g_assert_cmpint (bobbin_person_wait_for_end (person, 60), ==, 0);
  report_turns (person);
}

/* What takes too long is given up, and the dialog goes on without it. */
static void
test_stop (void)
{
  g_autoptr (GString) text = g_string_sized_new (40 * 1000 * 1000);
  g_autofree char *path = NULL;
  g_autoptr (BobbinPerson) person = NULL;

  for (guint i = 0; i < 1000000; i++)
    g_string_append_printf (text, "http://127.0.0.1/harbour/%06u.jpg\n", i);
  path = write_file ("million.txt", text->str);
  person = bobbin_person_start ("http://127.0.0.1/a.bin", path, NULL);
  bobbin_person_see_within (person, ATSPI_ROLE_PUSH_BUTTON, "Stop Reading", 60);
  bobbin_person_click (person, ATSPI_ROLE_PUSH_BUTTON, "Stop Reading");
  bobbin_person_see (person, ATSPI_ROLE_STATUS_BAR, "1*link*");
}

int
main (int argc, char **argv)
{
  /* The folders are isolated already, for the tools and the program too. */
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/ui/shapes/files", test_files);
  g_test_add_func ("/ui/shapes/page", test_page);
  g_test_add_func ("/ui/shapes/pattern", test_pattern);
  g_test_add_func ("/ui/shapes/magnet", test_magnet);
  g_test_add_func ("/ui/shapes/command", test_command);
  g_test_add_func ("/ui/shapes/pasted-many", test_pasted_many);
  g_test_add_func ("/ui/shapes/million", test_million);
  g_test_add_func ("/ui/shapes/hundred-megabytes", test_hundred_megabytes);
  g_test_add_func ("/ui/shapes/stop", test_stop);

  return g_test_run ();
}
