/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-hand.h"
#include "bobbin-scene.h"

#include <string.h>

/* Long enough for all that a test does meanwhile. */
#define SLOW_SIZE 20000000

G_DEFINE_AUTOPTR_CLEANUP_FUNC (AtspiComponent, g_object_unref)

static void
start_slow (BobbinPerson *person, BobbinDemoServer *server, guint n)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 1; i <= n; i++)
    {
      g_autofree char *query = g_strdup_printf ("rate=50000&name=%u.bin", i);

      bobbin_scene_append_link (text, server, SLOW_SIZE + i, query);
    }
  bobbin_scene_download (person, text->str);
}

static void
see_order (BobbinPerson *person, const char *expected)
{
  g_autofree char *order = NULL;

  for (guint tries = 0; tries < 100; tries++)
    {
      g_auto (GStrv) rows = bobbin_person_read_all (person, ATSPI_ROLE_LIST_ITEM, "?.bin, *");
      g_autoptr (GString) now = g_string_new (NULL);

      for (char **row = rows; *row != NULL; row++)
        g_string_append_c (now, (*row)[0]);
      if (g_str_equal (now->str, expected))
        return;
      g_free (order);
      order = g_strdup (now->str);
      g_usleep (50000);
    }
  bobbin_person_fail (person, "the order is %s, not %s", order, expected);
}

/* The order of the list is the order in line, by keys and by the menu. */
static void
test_order (void)
{
  g_autoptr (BobbinDemoServer) server = bobbin_demo_server_new (NULL);
  g_autoptr (BobbinPerson) person = NULL;

  if (!bobbin_hand_has_tools ("xclip", NULL))
    return;

  person = bobbin_person_new ();
  bobbin_person_set_up (person, "at-once", "8");
  bobbin_person_open (person);
  start_slow (person, server, 5);
  bobbin_person_see (person, ATSPI_ROLE_LIST_ITEM, "5.bin, receiving*");
  see_order (person, "12345");
  bobbin_hand_press ("ctrl+shift+p");
  bobbin_person_see (person, ATSPI_ROLE_LIST_ITEM, "5.bin, paused*");
  bobbin_person_click (person, ATSPI_ROLE_LIST_ITEM, "3.bin, *");
  bobbin_hand_press ("alt+Up");
  see_order (person, "13245");
  bobbin_hand_press ("alt+Up");
  bobbin_hand_press ("alt+Up");
  see_order (person, "31245");
  bobbin_hand_press ("alt+Down");
  see_order (person, "13245");
  bobbin_person_click (person, ATSPI_ROLE_LIST_ITEM, "5.bin, *");
  bobbin_hand_press ("Menu");
  g_usleep (500000);
  bobbin_hand_shoot ("actions-menu");
  bobbin_hand_press ("Escape");
  bobbin_hand_press ("alt+Home");
  see_order (person, "51324");
  bobbin_person_see (person, ATSPI_ROLE_LIST_ITEM, "5.bin, receiving*");
  bobbin_hand_press ("ctrl+q");
  g_assert_cmpint (bobbin_person_wait_for_end (person, 20), ==, 0);
  bobbin_person_open (person);
  see_order (person, "51324");
}

/* Finished files go to the trash, unfinished ones for good, after a question. */
static void
test_trash (void)
{
  g_autoptr (BobbinDemoServer) server = bobbin_demo_server_new (NULL);
  g_autoptr (BobbinPerson) person = NULL;
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *trashed = NULL;

  if (!bobbin_hand_has_tools ("xclip", NULL))
    return;

  person = bobbin_person_start (NULL, NULL);
  bobbin_scene_append_link (text, server, 1000, "name=done.bin");
  bobbin_scene_append_link (text, server, SLOW_SIZE, "rate=50000&name=slow.bin");
  bobbin_scene_download (person, text->str);
  bobbin_person_see (person, ATSPI_ROLE_LIST_ITEM, "done.bin, finished*");
  bobbin_person_see (person, ATSPI_ROLE_LIST_ITEM, "slow.bin, receiving*");
  bobbin_scene_assert_n_files (person, 2);

  bobbin_person_click (person, ATSPI_ROLE_LIST_ITEM, "done.bin, *");
  bobbin_hand_press ("shift+Delete");
  bobbin_person_see (person, ATSPI_ROLE_LABEL, "Move to Trash?");
  bobbin_hand_shoot ("actions-trash");
  bobbin_hand_press ("Escape");
  bobbin_person_see_no_more (person, ATSPI_ROLE_LABEL, "Move to Trash?");
  bobbin_scene_assert_n_files (person, 2);

  bobbin_hand_press ("ctrl+a");
  bobbin_hand_press ("shift+Delete");
  bobbin_person_see (person, ATSPI_ROLE_LABEL, "Move to Trash?");
  bobbin_hand_press ("alt+m");
  bobbin_person_see_no_more (person, ATSPI_ROLE_LIST_ITEM, "*.bin, *");
  trashed = g_build_filename (bobbin_person_get_home (person), ".local/share/Trash/files/done.bin", NULL);
  g_assert_true (g_file_test (trashed, G_FILE_TEST_IS_REGULAR));
  for (guint tries = 0; tries < 100; tries++)
    {
      g_auto (GStrv) left = bobbin_scene_list_files (person);

      if (left[0] == NULL)
        return;
      g_usleep (50000);
    }
  bobbin_person_fail (person, "part files are left");
}

static void
test_undo (void)
{
  g_autoptr (BobbinDemoServer) server = bobbin_demo_server_new (NULL);
  g_autoptr (BobbinPerson) person = NULL;

  if (!bobbin_hand_has_tools ("xclip", NULL))
    return;

  person = bobbin_person_start (NULL, NULL);
  start_slow (person, server, 3);
  bobbin_person_see (person, ATSPI_ROLE_LIST_ITEM, "3.bin, receiving*");
  bobbin_person_click (person, ATSPI_ROLE_LIST_ITEM, "1.bin, *");
  bobbin_hand_press ("Delete");
  bobbin_person_see (person, ATSPI_ROLE_LABEL, "1.bin removed");
  bobbin_person_click (person, ATSPI_ROLE_LIST_ITEM, "2.bin, *");
  bobbin_hand_press ("Delete");
  bobbin_person_see (person, ATSPI_ROLE_LABEL, "2.bin removed");
  see_order (person, "3");
  bobbin_hand_press ("ctrl+z");
  see_order (person, "23");
  bobbin_person_see_no_more (person, ATSPI_ROLE_LABEL, "2.bin removed");
  bobbin_hand_press ("ctrl+z");
  g_usleep (500000);
  see_order (person, "23");
}

/* A finished row gives its file to another program. */
static void
test_drag_out (void)
{
  g_autoptr (BobbinDemoServer) server = bobbin_demo_server_new (NULL);
  g_autoptr (BobbinPerson) person = NULL;
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *folder = NULL;
  g_autofree char *copy = NULL;
  g_autoptr (BobbinSight) row = NULL;
  g_autoptr (AtspiComponent) component = NULL;
  g_autofree AtspiRect *place = NULL;
  GSubprocess *manager;
  int x, y;

  if (!bobbin_hand_has_tools ("xclip", "pcmanfm", NULL))
    return;

  person = bobbin_person_start (NULL, NULL);
  bobbin_scene_append_link (text, server, 1000, "name=done.bin");
  bobbin_scene_download (person, text->str);
  bobbin_person_see (person, ATSPI_ROLE_LIST_ITEM, "done.bin, finished*");
  folder = g_build_filename (bobbin_person_get_home (person), "elsewhere", NULL);
  copy = g_build_filename (folder, "done.bin", NULL);
  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  manager = bobbin_hand_open_folder (folder);
  bobbin_hand_place_window ("Bobbin", 410, 0);
  bobbin_hand_take_window ("Bobbin");
  bobbin_hand_get_window (&x, &y);
  row = bobbin_person_look (person, ATSPI_ROLE_LIST_ITEM, "done.bin, *");
  component = atspi_accessible_get_component_iface (row);
  place = atspi_component_get_extents (component, ATSPI_COORD_TYPE_WINDOW, NULL);
  bobbin_hand_drag (x + place->x + 200, y + place->y + place->height / 2, 250, 300);
  g_usleep (500000);
  bobbin_hand_shoot ("actions-drag");
  bobbin_hand_drop ();
  for (guint tries = 0; tries < 100 && !g_file_test (copy, G_FILE_TEST_EXISTS); tries++)
    g_usleep (50000);
  bobbin_hand_shoot ("actions-dropped");
  bobbin_hand_close (manager);
  g_assert_true (g_file_test (copy, G_FILE_TEST_IS_REGULAR));
  bobbin_scene_assert_bytes (person, "done.bin", 1000); /* a copy: ours stays */
}

int
main (int argc, char **argv)
{
  /* The folders are isolated already, for the tools and the program too. */
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/ui/actions/order", test_order);
  g_test_add_func ("/ui/actions/undo", test_undo);
  g_test_add_func ("/ui/actions/trash", test_trash);
  g_test_add_func ("/ui/actions/drag-out", test_drag_out);

  return g_test_run ();
}
