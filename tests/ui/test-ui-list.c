/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-hand.h"
#include "bobbin-scene.h"

/* Long enough for all that a test does meanwhile: it never waits for the end of these. */
#define SLOW "rate=50000&name="
#define SLOW_SIZE 20000000

static void
start_slow (BobbinPerson *person, BobbinDemoServer *server, const char *const *names)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; names[i] != NULL; i++)
    {
      g_autofree char *query = g_strconcat (SLOW, names[i], NULL);

      /* Links of different sizes, or they would be one link. */
      bobbin_scene_append_link (text, server, SLOW_SIZE + i, query);
    }
  bobbin_scene_paste (person, text->str);
  bobbin_person_see (person, ATSPI_ROLE_STATUS_BAR, "* link*");
  bobbin_hand_press ("ctrl+Return");
  bobbin_person_see_no_more (person, ATSPI_ROLE_PUSH_BUTTON, "Download");
}

static void
test_keyboard (void)
{
  const char *const names[] = { "slow.bin", NULL };
  g_autoptr (BobbinDemoServer) server = bobbin_demo_server_new (NULL);
  g_autoptr (BobbinPerson) person = NULL;

  if (!bobbin_hand_has_tools ("xclip", NULL))
    return;

  person = bobbin_person_start (NULL, NULL);
  start_slow (person, server, names);
  bobbin_person_see (person, ATSPI_ROLE_LIST_ITEM, "slow.bin, receiving*");

  bobbin_hand_press ("Home");
  bobbin_hand_press ("space");
  bobbin_person_see (person, ATSPI_ROLE_LIST_ITEM, "slow.bin, paused*");
  bobbin_hand_press ("space");
  bobbin_person_see (person, ATSPI_ROLE_LIST_ITEM, "slow.bin, receiving*");
  bobbin_hand_press ("ctrl+shift+p");
  bobbin_person_see (person, ATSPI_ROLE_LIST_ITEM, "slow.bin, paused*");
  bobbin_hand_press ("ctrl+shift+p");
  bobbin_person_see (person, ATSPI_ROLE_LIST_ITEM, "slow.bin, receiving*");
  bobbin_hand_press ("Delete");
  bobbin_person_see_no_more (person, ATSPI_ROLE_LIST_ITEM, "slow.bin*");
  bobbin_person_see (person, ATSPI_ROLE_LABEL, "slow.bin removed");
  bobbin_person_click (person, ATSPI_ROLE_PUSH_BUTTON, "Undo*");
  bobbin_person_see (person, ATSPI_ROLE_LIST_ITEM, "slow.bin, receiving*");
}

static void
test_pointer (void)
{
  const char *const names[] = { "one.bin", "two.bin", NULL };
  g_autoptr (BobbinDemoServer) server = bobbin_demo_server_new (NULL);
  g_autoptr (BobbinPerson) person = NULL;

  if (!bobbin_hand_has_tools ("xclip", NULL))
    return;

  person = bobbin_person_start (NULL, NULL);
  start_slow (person, server, names);
  bobbin_person_see (person, ATSPI_ROLE_LIST_ITEM, "one.bin, receiving*");
  bobbin_person_see (person, ATSPI_ROLE_LIST_ITEM, "two.bin, receiving*");

  bobbin_person_click (person, ATSPI_ROLE_PUSH_BUTTON, "Pause two.bin");
  bobbin_person_see (person, ATSPI_ROLE_LIST_ITEM, "two.bin, paused*");
  bobbin_person_see (person, ATSPI_ROLE_LIST_ITEM, "one.bin, receiving*");
  bobbin_hand_shoot ("paused");
  bobbin_person_click (person, ATSPI_ROLE_PUSH_BUTTON, "Resume two.bin");
  bobbin_person_see (person, ATSPI_ROLE_LIST_ITEM, "two.bin, receiving*");
  bobbin_person_click (person, ATSPI_ROLE_PUSH_BUTTON, "Pause All");
  bobbin_person_see (person, ATSPI_ROLE_LIST_ITEM, "one.bin, paused*");
  bobbin_person_see (person, ATSPI_ROLE_LIST_ITEM, "two.bin, paused*");
  bobbin_person_click (person, ATSPI_ROLE_PUSH_BUTTON, "Resume All");
  bobbin_person_see (person, ATSPI_ROLE_LIST_ITEM, "one.bin, receiving*");
}

static void
set_at_once (BobbinPerson *person, const char *number)
{
  bobbin_person_click (person, ATSPI_ROLE_SPIN_BUTTON, "Downloads at Once");
  bobbin_hand_press ("ctrl+a");
  bobbin_hand_type (number);
  bobbin_hand_press ("Return");
}

static void
assert_n_rows (BobbinPerson *person, const char *pattern, guint expected)
{
  g_auto (GStrv) rows = bobbin_person_read_all (person, ATSPI_ROLE_LIST_ITEM, pattern);

  g_assert_cmpuint (g_strv_length (rows), ==, expected);
}

static void
test_at_once (void)
{
  const char *const names[] = { "one.bin", "two.bin", "three.bin", "four.bin", NULL };
  g_autoptr (BobbinDemoServer) server = bobbin_demo_server_new (NULL);
  g_autoptr (BobbinPerson) person = NULL;

  if (!bobbin_hand_has_tools ("xclip", NULL))
    return;

  /* The choice is in the footer, and there is none before the first download. */
  person = bobbin_person_start (NULL, NULL);
  start_slow (person, server, names);
  bobbin_person_see (person, ATSPI_ROLE_LIST_ITEM, "four.bin, receiving*");

  /* Fewer: those that run go on. */
  set_at_once (person, "1");
  bobbin_person_click (person, ATSPI_ROLE_PUSH_BUTTON, "Pause All");
  bobbin_person_see (person, ATSPI_ROLE_LIST_ITEM, "four.bin, paused*");
  bobbin_person_click (person, ATSPI_ROLE_PUSH_BUTTON, "Resume All");
  bobbin_person_see (person, ATSPI_ROLE_LIST_ITEM, "one.bin, receiving*");
  bobbin_person_see (person, ATSPI_ROLE_LIST_ITEM, "four.bin, waiting, 3rd in line");
  assert_n_rows (person, "*, waiting*", 3);
  bobbin_hand_shoot ("one-after-another");

  /* More: the next ones start now. */
  set_at_once (person, "3");
  bobbin_person_see (person, ATSPI_ROLE_LIST_ITEM, "two.bin, receiving*");
  bobbin_person_see (person, ATSPI_ROLE_LIST_ITEM, "three.bin, receiving*");
  bobbin_person_see (person, ATSPI_ROLE_LIST_ITEM, "four.bin, waiting, 1st in line");
  assert_n_rows (person, "*, receiving*", 3);

  set_at_once (person, "1");
  assert_n_rows (person, "*, receiving*", 3);
}

/* Ten rows fit into the window; those of the page below are filled ahead. */
static void
assert_filled (BobbinPerson *person)
{
  for (guint tries = 0; tries < 100; tries++)
    {
      g_auto (GStrv) buttons = bobbin_person_read_all (person, ATSPI_ROLE_PUSH_BUTTON, "Open Folder of *");

      if (g_strv_length (buttons) >= 12)
        return;
      g_usleep (50000);
    }
  bobbin_person_fail (person, "rows have stayed empty");
}

static void
assert_last_row (BobbinPerson *person, const char *pattern)
{
  g_auto (GStrv) rows = bobbin_person_read_all (person, ATSPI_ROLE_LIST_ITEM, "*.bin, *");

  g_assert_cmpuint (g_strv_length (rows), ==, 61);
  g_assert_true (g_pattern_match_simple (pattern, rows[60]));
}

/* What was added first ends last and moves to the end; and whatever way the list
 * goes, no row on screen stays empty. */
static void
test_order (void)
{
  g_autoptr (BobbinDemoServer) server = bobbin_demo_server_new (NULL);
  g_autoptr (BobbinPerson) person = NULL;
  g_autoptr (GString) text = g_string_new (NULL);

  if (!bobbin_hand_has_tools ("xclip", NULL))
    return;

  bobbin_scene_append_link (text, server, 900, "delay=2&name=late.bin");
  for (guint i = 1; i <= 60; i++)
    {
      g_autofree char *query = g_strdup_printf ("name=%02u.bin", i);

      bobbin_scene_append_link (text, server, 900 + i, query);
    }
  person = bobbin_person_start (NULL, NULL);
  bobbin_scene_paste (person, text->str);
  bobbin_person_see (person, ATSPI_ROLE_STATUS_BAR, "61 links");
  bobbin_hand_press ("ctrl+Return");
  bobbin_person_see (person, ATSPI_ROLE_LIST_ITEM, "late.bin, finished*");
  bobbin_person_see (person, ATSPI_ROLE_PUSH_BUTTON, "Open Folder of late.bin");

  bobbin_person_click (person, ATSPI_ROLE_PUSH_BUTTON, "Order of the List");
  /* The menu is a surface of its own, without a place in the tree's window. */
  g_usleep (500000);
  bobbin_hand_press ("Down");
  bobbin_hand_press ("Return");
  bobbin_person_see (person, ATSPI_ROLE_LABEL, "As They Finish");
  assert_last_row (person, "late.bin, *");
  assert_filled (person);
  bobbin_hand_shoot ("as-they-finish");

  bobbin_hand_press ("Home");
  bobbin_person_see (person, ATSPI_ROLE_PUSH_BUTTON, "Open Folder of 0?.bin");
  assert_filled (person);
}

/* Rows that GTK takes away and makes again while places in line change. */
static void
test_come_and_go (void)
{
  const char *const names[] = { "1.bin", "2.bin", "3.bin", "4.bin", "5.bin", "6.bin", NULL };
  const char *const more[] = { "7.bin", NULL };
  g_autoptr (BobbinDemoServer) server = bobbin_demo_server_new (NULL);
  g_autoptr (BobbinPerson) person = NULL;

  if (!bobbin_hand_has_tools ("xclip", NULL))
    return;

  person = bobbin_person_start (NULL, NULL);
  start_slow (person, server, names);
  bobbin_person_see (person, ATSPI_ROLE_LIST_ITEM, "2.bin, receiving*");
  set_at_once (person, "2");
  bobbin_person_click (person, ATSPI_ROLE_LIST_ITEM, "1.bin, *");
  bobbin_hand_press ("ctrl+a");
  bobbin_hand_press ("Delete");
  bobbin_person_see_no_more (person, ATSPI_ROLE_LIST_ITEM, "6.bin*");
  bobbin_person_click (person, ATSPI_ROLE_PUSH_BUTTON, "Undo*");
  bobbin_person_see (person, ATSPI_ROLE_LIST_ITEM, "6.bin, waiting*");
  set_at_once (person, "4");
  bobbin_person_see (person, ATSPI_ROLE_LIST_ITEM, "4.bin, receiving*");
  bobbin_person_click (person, ATSPI_ROLE_LIST_ITEM, "1.bin, *");
  bobbin_hand_press ("Delete");
  bobbin_person_see_no_more (person, ATSPI_ROLE_LIST_ITEM, "1.bin, *");
  start_slow (person, server, more);
  /* Its name is not known before the server has answered. */
  bobbin_person_see (person, ATSPI_ROLE_LIST_ITEM, "20000000, waiting*");
  g_assert_true (bobbin_person_is_running (person));
}

int
main (int argc, char **argv)
{
  /* The folders are isolated already, for the tools and the program too. */
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/ui/list/keyboard", test_keyboard);
  g_test_add_func ("/ui/list/pointer", test_pointer);
  g_test_add_func ("/ui/list/at-once", test_at_once);
  g_test_add_func ("/ui/list/order", test_order);
  g_test_add_func ("/ui/list/come-and-go", test_come_and_go);

  return g_test_run ();
}
