/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-hand.h"
#include "bobbin-scene.h"

static void
close_dialog (BobbinPerson *person)
{
  bobbin_hand_press ("Escape");
  bobbin_hand_take_window ("Bobbin");
}

/* Whatever can take the focus, on any screen, says what it is; the window of the
 * shortcuts is GTK's own. */
static void
test_names (void)
{
  g_autoptr (BobbinDemoServer) server = bobbin_demo_server_new (NULL);
  g_autoptr (BobbinPerson) person = NULL;
  g_autoptr (GString) text = g_string_new (NULL);

  if (!bobbin_hand_has_tools ("xclip", NULL))
    return;

  person = bobbin_person_start (NULL, NULL);
  bobbin_person_see (person, ATSPI_ROLE_PUSH_BUTTON, "Paste Links*");
  bobbin_person_check_names (person, "empty");

  bobbin_scene_append_link (text, server, 1000, "name=done.bin");
  bobbin_scene_append_link (text, server, 20000000, "rate=50000&name=slow.bin");
  g_string_append_printf (text, "%s/nothing.pdf\nno link\n", bobbin_demo_server_get_uri (server));
  bobbin_scene_paste (person, text->str);
  bobbin_person_see (person, ATSPI_ROLE_STATUS_BAR, "* link*");
  bobbin_person_check_names (person, "add");
  bobbin_hand_press ("ctrl+Return");
  bobbin_person_see (person, ATSPI_ROLE_LIST_ITEM, "done.bin, finished*");
  bobbin_person_see (person, ATSPI_ROLE_LIST_ITEM, "nothing.pdf, failed*");
  bobbin_person_see (person, ATSPI_ROLE_LIST_ITEM, "slow.bin, receiving*");
  bobbin_person_check_names (person, "list");
  bobbin_hand_press ("ctrl+f");
  g_usleep (G_USEC_PER_SEC);
  bobbin_person_check_names (person, "search");
  bobbin_hand_press ("Escape");

  bobbin_hand_press ("ctrl+comma");
  bobbin_person_see (person, ATSPI_ROLE_SPIN_BUTTON, "Connections per Site");
  bobbin_person_check_names (person, "preferences");
  bobbin_hand_take_window ("Preferences");
  bobbin_hand_shoot ("access-preferences");
  close_dialog (person);
  bobbin_hand_press ("ctrl+question");
  bobbin_person_see (person, ATSPI_ROLE_LABEL, "Undo the last removal");
  bobbin_hand_shoot ("access-shortcuts");
}

/* A whole download without a pointer: the link is typed, the file looked for, the
 * row paused, resumed, removed and brought back. */
static void
test_keyboard (void)
{
  g_autoptr (BobbinDemoServer) server = bobbin_demo_server_new (NULL);
  g_autoptr (BobbinPerson) person = bobbin_person_start (NULL, NULL);
  g_autofree char *uri
      = g_strdup_printf ("%s/bytes/300000?rate=60000&name=typed.bin", bobbin_demo_server_get_uri (server));

  bobbin_person_see (person, ATSPI_ROLE_PUSH_BUTTON, "Paste Links*");
  bobbin_hand_take_window ("Bobbin");
  bobbin_hand_press ("ctrl+n");
  bobbin_person_see (person, ATSPI_ROLE_STATUS_BAR, "Links, one on each line");
  bobbin_hand_type (uri);
  bobbin_person_see (person, ATSPI_ROLE_STATUS_BAR, "1 link");
  bobbin_hand_press ("ctrl+Return");
  bobbin_person_see (person, ATSPI_ROLE_LIST_ITEM, "typed.bin, receiving*");
  bobbin_hand_press ("Home");
  bobbin_hand_press ("space");
  bobbin_person_see (person, ATSPI_ROLE_LIST_ITEM, "typed.bin, paused*");
  bobbin_hand_press ("Tab"); /* to the row's button */
  bobbin_hand_press ("space");
  bobbin_person_see (person, ATSPI_ROLE_LIST_ITEM, "typed.bin, receiving*");
  bobbin_person_see (person, ATSPI_ROLE_LIST_ITEM, "typed.bin, finished*");
  bobbin_scene_assert_bytes (person, "typed.bin", 300000);
  bobbin_hand_press ("ctrl+f");
  bobbin_hand_type ("typ");
  bobbin_person_see (person, ATSPI_ROLE_LIST_ITEM, "typed.bin, finished*");
  bobbin_hand_press ("Escape");
  bobbin_hand_press ("Home");
  bobbin_hand_press ("Delete");
  bobbin_person_see_no_more (person, ATSPI_ROLE_LIST_ITEM, "typed.bin*");
  bobbin_hand_press ("ctrl+z");
  bobbin_person_see (person, ATSPI_ROLE_LIST_ITEM, "typed.bin, finished*");
  bobbin_hand_press ("ctrl+q");
  g_assert_cmpint (bobbin_person_wait_for_end (person, 20), ==, 0);
}

int
main (int argc, char **argv)
{
  /* The folders are isolated already, for the tools and the program too. */
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/ui/access/keyboard", test_keyboard);
  g_test_add_func ("/ui/access/names", test_names);

  return g_test_run ();
}
