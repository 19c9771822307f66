/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-hand.h"
#include "bobbin-scene.h"

#include <glib/gstdio.h>

/* Where the file manager shows the only file of a folder, when its window is in the corner of the screen. */
#define FILE_X 208
#define FILE_Y 118

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
  bobbin_hand_drag (FILE_X, FILE_Y, 900, 400);
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
  bobbin_hand_drag (FILE_X, FILE_Y, 900, 400);
  bobbin_person_see (person, ATSPI_ROLE_LABEL, "Drop to add its links");
  bobbin_hand_press ("Escape");
  bobbin_person_see_no_more (person, ATSPI_ROLE_LABEL, "Drop to add*");
  bobbin_hand_drop ();
  g_assert_false (bobbin_person_sees (person, ATSPI_ROLE_PUSH_BUTTON, "Download"));
  bobbin_hand_close (manager);
}

int
main (int argc, char **argv)
{
  /* The folders are isolated already, for the tools and the program too. */
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/ui/drop/file", test_file);
  g_test_add_func ("/ui/drop/leave", test_leave);

  return g_test_run ();
}
