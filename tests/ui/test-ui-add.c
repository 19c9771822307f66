/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-hand.h"
#include "bobbin-scene.h"

#include <string.h>

static void
test_paste (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BobbinDemoServer) server = bobbin_demo_server_new (&error);
  g_autoptr (BobbinPerson) person = NULL;
  g_autoptr (GString) text = g_string_new (NULL);

  g_assert_no_error (error);
  if (!bobbin_hand_has_tools ("xclip", NULL))
    return;

  bobbin_scene_append_link (text, server, 300000, "name=first.bin");
  bobbin_scene_append_link (text, server, 20, "name=second.bin");
  g_string_append (text, "see also the notes from Tuesday\n");
  bobbin_scene_append_link (text, server, 0, "name=empty.bin");
  g_string_append_printf (text, "%s/pictures/01-birch.jpg?fast\n", bobbin_demo_server_get_uri (server));

  person = bobbin_person_start (NULL, NULL);
  bobbin_scene_paste (person, text->str);
  bobbin_person_see (person, ATSPI_ROLE_STATUS_BAR, "4 links*line 3: not a link");
  bobbin_person_see (person, ATSPI_ROLE_PUSH_BUTTON, "line 3: not a link");
  bobbin_person_see (person, ATSPI_ROLE_LIST_ITEM, "01-birch.jpg, 127.0.0.1*");
  bobbin_hand_shoot ("add");
  bobbin_hand_press ("ctrl+Return");

  bobbin_person_see_no_more (person, ATSPI_ROLE_PUSH_BUTTON, "Download");
  bobbin_person_see (person, ATSPI_ROLE_LIST_ITEM, "first.bin, finished*");
  bobbin_person_see (person, ATSPI_ROLE_LIST_ITEM, "second.bin, finished*");
  bobbin_person_see (person, ATSPI_ROLE_LIST_ITEM, "empty.bin, finished*");
  bobbin_person_see (person, ATSPI_ROLE_LIST_ITEM, "01-birch.jpg, finished*");
  bobbin_hand_shoot ("added");
  bobbin_scene_assert_bytes (person, "first.bin", 300000);
  bobbin_scene_assert_bytes (person, "second.bin", 20);
  bobbin_scene_assert_bytes (person, "empty.bin", 0);
  bobbin_scene_assert_n_files (person, 4);
}

/* What is unselected is not downloaded; what was downloaded is not selected the next time. */
static void
test_choose (void)
{
  g_autoptr (BobbinDemoServer) server = bobbin_demo_server_new (NULL);
  g_autoptr (BobbinPerson) person = NULL;
  g_autoptr (GString) text = g_string_new (NULL);

  if (!bobbin_hand_has_tools ("xclip", NULL))
    return;

  bobbin_scene_append_link (text, server, 1001, "name=one.bin");
  bobbin_scene_append_link (text, server, 1002, "name=two.bin");
  bobbin_scene_append_link (text, server, 1003, "name=three.bin");

  person = bobbin_person_start (NULL, NULL);
  bobbin_scene_paste (person, text->str);
  bobbin_person_see (person, ATSPI_ROLE_LABEL, "3 of 3 selected");
  bobbin_person_click (person, ATSPI_ROLE_CHECK_BOX, "1002");
  bobbin_person_see (person, ATSPI_ROLE_LABEL, "2 of 3 selected");
  bobbin_person_click (person, ATSPI_ROLE_PUSH_BUTTON, "Download");
  bobbin_person_see (person, ATSPI_ROLE_LIST_ITEM, "one.bin, finished*");
  bobbin_person_see (person, ATSPI_ROLE_LIST_ITEM, "three.bin, finished*");
  bobbin_scene_assert_n_files (person, 2);

  bobbin_scene_paste (person, text->str);
  bobbin_person_see (person, ATSPI_ROLE_STATUS_BAR, "3 links · 2 already in the list");
  bobbin_person_see (person, ATSPI_ROLE_LABEL, "1 of 3 selected");
  bobbin_hand_shoot ("already");
  bobbin_hand_press ("ctrl+Return");
  bobbin_person_see (person, ATSPI_ROLE_LIST_ITEM, "two.bin, finished*");
  bobbin_scene_assert_bytes (person, "two.bin", 1002);
  bobbin_scene_assert_n_files (person, 3);
}

static void
test_mend_line (void)
{
  g_autoptr (BobbinPerson) person = NULL;

  if (!bobbin_hand_has_tools ("xclip", NULL))
    return;

  person = bobbin_person_start (NULL, NULL);
  bobbin_scene_paste (person, "http://127.0.0.1/a\nftp://127.0.0.1/b\nhttp://127.0.0.1/c");
  bobbin_person_click (person, ATSPI_ROLE_PUSH_BUTTON, "line 2: only http and https");
  bobbin_hand_type ("http://127.0.0.1/b");
  bobbin_person_see (person, ATSPI_ROLE_STATUS_BAR, "3 links");
  bobbin_person_see_no_more (person, ATSPI_ROLE_PUSH_BUTTON, "line *");

  bobbin_hand_press ("Escape");
  bobbin_person_see_no_more (person, ATSPI_ROLE_PUSH_BUTTON, "Download");
  bobbin_person_see (person, ATSPI_ROLE_PUSH_BUTTON, "Paste Links");
}

/* The text is typed and Ctrl+Return pressed before it can have been read. */
static void
test_quick_hand (void)
{
  g_autoptr (BobbinDemoServer) server = bobbin_demo_server_new (NULL);
  g_autoptr (BobbinPerson) person = bobbin_person_start (NULL, NULL);
  g_autoptr (GString) text = g_string_new (NULL);

  bobbin_scene_append_link (text, server, 70000, "name=typed.bin");
  bobbin_hand_take_window ("Bobbin");
  bobbin_hand_press ("ctrl+n");
  bobbin_person_see (person, ATSPI_ROLE_STATUS_BAR, "Links, one on each line");
  bobbin_hand_type (g_strchomp (text->str));
  bobbin_hand_press ("ctrl+Return");
  bobbin_person_see (person, ATSPI_ROLE_LIST_ITEM, "typed.bin, finished*");
  bobbin_scene_assert_bytes (person, "typed.bin", 70000);
}

static void
test_options (void)
{
  g_autoptr (BobbinDemoServer) server = bobbin_demo_server_new (NULL);
  g_autoptr (BobbinPerson) person = NULL;
  g_autoptr (GString) text = g_string_new (NULL);

  if (!bobbin_hand_has_tools ("xclip", NULL))
    return;

  bobbin_scene_append_link (text, server, 5000, "");
  person = bobbin_person_start (NULL, NULL);
  bobbin_scene_paste (person, text->str);
  bobbin_person_see (person, ATSPI_ROLE_LIST_ITEM, "5000, *");
  bobbin_person_click (person, ATSPI_ROLE_LIST_ITEM, "Advanced");
  bobbin_person_click (person, ATSPI_ROLE_TEXT, "File Name");
  bobbin_hand_type ("mine.bin");
  bobbin_person_see (person, ATSPI_ROLE_LIST_ITEM, "mine.bin, *");

  /* A header that is none is not sent in silence. */
  bobbin_person_click (person, ATSPI_ROLE_PUSH_BUTTON, "Add Header*");
  bobbin_hand_type ("nonsense");
  bobbin_hand_press ("ctrl+Return");
  bobbin_person_see (person, ATSPI_ROLE_LABEL, "A header is a name, a colon and a value");
  bobbin_hand_shoot ("options");
  bobbin_hand_type (": yes");
  bobbin_hand_press ("ctrl+Return");
  bobbin_person_see (person, ATSPI_ROLE_LIST_ITEM, "mine.bin, finished*");
  bobbin_scene_assert_bytes (person, "mine.bin", 5000);
}

static void
test_second_start (void)
{
  g_autoptr (BobbinDemoServer) server = bobbin_demo_server_new (NULL);
  g_autoptr (BobbinPerson) person = bobbin_person_start (NULL, NULL);
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GSubprocess) second = NULL;
  g_autoptr (GError) error = NULL;

  bobbin_scene_append_link (text, server, 3000, "name=handed-over.bin");
  second = bobbin_person_run_again (person, g_strchomp (text->str));
  g_subprocess_wait_check (second, NULL, &error);
  g_assert_no_error (error);

  bobbin_person_see (person, ATSPI_ROLE_STATUS_BAR, "1 link");

  /* What comes while the dialog is open goes into it, too. */
  g_clear_object (&second);
  g_string_truncate (text, 0);
  bobbin_scene_append_link (text, server, 4000, "name=handed-over-too.bin");
  second = bobbin_person_run_again (person, g_strchomp (text->str));
  g_subprocess_wait_check (second, NULL, &error);
  g_assert_no_error (error);
  bobbin_person_see (person, ATSPI_ROLE_STATUS_BAR, "2 links");

  bobbin_hand_press ("ctrl+Return");
  bobbin_person_see (person, ATSPI_ROLE_LIST_ITEM, "handed-over.bin, finished*");
  bobbin_scene_assert_bytes (person, "handed-over.bin", 3000);
  bobbin_person_see (person, ATSPI_ROLE_LIST_ITEM, "handed-over-too.bin, finished*");
  bobbin_scene_assert_bytes (person, "handed-over-too.bin", 4000);
}

/* As a file manager does on Ctrl+C: the file is meant, not its name. */
static void
test_copied_file (void)
{
  g_autofree char *path = g_build_filename (g_get_home_dir (), "copied links.txt", NULL);
  g_autofree char *uri = g_filename_to_uri (path, NULL, NULL);
  g_autofree char *list = g_strconcat (uri, "\r\n", NULL);
  g_autoptr (BobbinPerson) person = NULL;

  if (!bobbin_hand_has_tools ("xclip", NULL))
    return;

  g_assert_true (g_file_set_contents (path, "http://127.0.0.1/a.bin\nhttp://127.0.0.1/b.bin\n", -1, NULL));
  person = bobbin_person_start (NULL, NULL);
  bobbin_hand_copy (list, "text/uri-list");
  bobbin_hand_take_window ("Bobbin");
  bobbin_hand_press ("ctrl+v");
  bobbin_person_see (person, ATSPI_ROLE_STATUS_BAR, "2 links");
  bobbin_person_see (person, ATSPI_ROLE_LIST_ITEM, "b.bin, *");
}

static void
test_nothing_copied (void)
{
  g_autofree char *path = g_build_filename (g_get_home_dir (), "photo.jpg", NULL);
  g_autofree char *uri = g_filename_to_uri (path, NULL, NULL);
  g_autoptr (BobbinPerson) person = NULL;

  if (!bobbin_hand_has_tools ("xclip", NULL))
    return;

  g_assert_true (g_file_set_contents (path, "\xff\xd8\xff\xe0\0\x10JFIF", 10, NULL));
  person = bobbin_person_start (NULL, NULL);
  bobbin_hand_copy ("nothing of the kind", NULL);
  bobbin_hand_take_window ("Bobbin");
  bobbin_hand_press ("ctrl+v");
  bobbin_person_see (person, ATSPI_ROLE_LABEL, "No links on the clipboard");

  /* A file that is there, and no list of links. */
  bobbin_hand_copy (uri, "text/uri-list");
  bobbin_hand_take_window ("Bobbin");
  bobbin_hand_press ("ctrl+v");
  bobbin_person_see (person, ATSPI_ROLE_LABEL, "“photo.jpg” is not a list of links");
  g_assert_false (bobbin_person_sees (person, ATSPI_ROLE_PUSH_BUTTON, "Download"));
}

/* What has gone is asked for all the time by those who read the screen to somebody: with one window, with
 * two, and after one of them has gone. */
static void
test_gone_window (void)
{
  g_autoptr (BobbinPerson) person = bobbin_person_start (NULL, NULL);

  bobbin_person_ask_in_vain (person);
  bobbin_hand_take_window ("Bobbin");
  bobbin_hand_press ("ctrl+n");
  bobbin_person_see (person, ATSPI_ROLE_STATUS_BAR, "Links, one on each line");
  bobbin_person_ask_in_vain (person);
  bobbin_hand_press ("Escape");
  bobbin_person_see_no_more (person, ATSPI_ROLE_PUSH_BUTTON, "Download");
  bobbin_person_ask_in_vain (person);
  bobbin_hand_press ("ctrl+question");
  bobbin_person_see (person, ATSPI_ROLE_LABEL, "Add downloads");
  bobbin_hand_shoot ("shortcuts");
  bobbin_hand_press ("Escape");
  bobbin_person_see_no_more (person, ATSPI_ROLE_LABEL, "Add downloads");
  bobbin_person_ask_in_vain (person);
  bobbin_person_see (person, ATSPI_ROLE_PUSH_BUTTON, "Paste Links");
  g_assert_true (bobbin_person_is_running (person));
}

static void
report_turns (BobbinPerson *person)
{
  g_autofree char *errors = bobbin_person_read_errors (person);
  const char *line = strstr (errors, "main loop: ");

  g_test_message ("%s", line != NULL ? line : "the program does not measure its turns");
}

/* Ten thousand links, none of which is downloaded: this is about the dialog and the list. */
static void
test_many (void)
{
  g_autoptr (BobbinPerson) person = NULL;
  g_autoptr (GString) text = g_string_new (NULL);

  if (!bobbin_hand_has_tools ("xclip", NULL))
    return;

  for (guint i = 0; i < 10000; i++)
    g_string_append_printf (text, "http://127.0.0.1/harbour/picture-%05u.jpg\n", i);

  person = bobbin_person_start (NULL, NULL);
  bobbin_scene_paste (person, text->str);
  bobbin_person_see (person, ATSPI_ROLE_STATUS_BAR, "10000 links");
  bobbin_person_see (person, ATSPI_ROLE_LABEL, "10000 of 10000 selected");
  bobbin_person_click (person, ATSPI_ROLE_PUSH_BUTTON, "Add Paused");
  bobbin_person_see_no_more (person, ATSPI_ROLE_PUSH_BUTTON, "Add Paused");
  bobbin_person_see (person, ATSPI_ROLE_LABEL, "0 of 10000 finished");
  bobbin_person_see (person, ATSPI_ROLE_LIST_ITEM, "picture-00000.jpg, paused*");
  bobbin_hand_press ("End");
  bobbin_person_see (person, ATSPI_ROLE_LIST_ITEM, "picture-09999.jpg, paused*");
  bobbin_hand_shoot ("many");

  bobbin_hand_press ("ctrl+q");
  g_assert_cmpint (bobbin_person_wait_for_end (person, 30), ==, 0);
  report_turns (person);
}

int
main (int argc, char **argv)
{
  /* The folders are isolated already, for the tools and the program too. */
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/ui/add/paste", test_paste);
  g_test_add_func ("/ui/add/choose", test_choose);
  g_test_add_func ("/ui/add/mend-line", test_mend_line);
  g_test_add_func ("/ui/add/quick-hand", test_quick_hand);
  g_test_add_func ("/ui/add/options", test_options);
  g_test_add_func ("/ui/add/second-start", test_second_start);
  g_test_add_func ("/ui/add/copied-file", test_copied_file);
  g_test_add_func ("/ui/add/nothing-copied", test_nothing_copied);
  g_test_add_func ("/ui/add/gone-window", test_gone_window);
  g_test_add_func ("/ui/add/many", test_many);

  return g_test_run ();
}
