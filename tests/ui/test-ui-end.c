/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-hand.h"
#include "bobbin-scene.h"

/* How long the program may take to end, in seconds. */
#define END_WITHIN 10.0

static void
test_quit (void)
{
  g_autoptr (BobbinDemoServer) server = bobbin_demo_server_new (NULL);
  g_autoptr (BobbinPerson) person = NULL;
  g_autoptr (GString) text = g_string_new (NULL);
  g_auto (GStrv) files = NULL;

  if (!bobbin_hand_has_tools ("xclip", NULL))
    return;

  /* One that is done, some on their way, one that the server is still silent about, some in line. */
  bobbin_scene_append_link (text, server, 1000, "name=done.bin");
  for (guint i = 0; i < 6; i++)
    bobbin_scene_append_link (text, server, 20000000 + i, "rate=50000&name=slow.bin");
  for (guint i = 0; i < 4; i++)
    bobbin_scene_append_link (text, server, 40000000 + i, "delay=60&name=silent.bin");

  person = bobbin_person_start (NULL, NULL);
  bobbin_scene_paste (person, text->str);
  bobbin_person_see (person, ATSPI_ROLE_STATUS_BAR, "11 links");
  bobbin_hand_press ("ctrl+Return");
  bobbin_person_see (person, ATSPI_ROLE_LIST_ITEM, "done.bin, finished*");
  bobbin_person_see (person, ATSPI_ROLE_LIST_ITEM, "slow.bin, receiving*");
  bobbin_person_see (person, ATSPI_ROLE_LIST_ITEM, "*, connecting*");
  bobbin_person_see (person, ATSPI_ROLE_LIST_ITEM, "*, waiting*");

  bobbin_hand_press ("ctrl+q");
  g_assert_cmpint (bobbin_person_wait_for_end (person, END_WITHIN), ==, 0);
  bobbin_scene_assert_bytes (person, "done.bin", 1000);
  files = bobbin_scene_list_files (person);
  for (guint i = 0; files[i] != NULL; i++)
    g_assert_true (g_str_equal (files[i], "done.bin") || g_str_has_suffix (files[i], ".part"));
}

static void
test_close (void)
{
  g_autoptr (BobbinPerson) person = bobbin_person_start (NULL, NULL);

  bobbin_hand_press ("ctrl+w");
  g_assert_cmpint (bobbin_person_wait_for_end (person, END_WITHIN), ==, 0);
}

static void
test_demo (void)
{
  g_autoptr (BobbinPerson) person = bobbin_person_start ("--demo", NULL);
  g_auto (GStrv) rows = NULL;

  bobbin_person_see (person, ATSPI_ROLE_STATUS_BAR, "Finished in *");
  bobbin_person_see (person, ATSPI_ROLE_LABEL, "20 of 20 finished");
  bobbin_hand_shoot ("demo");
  rows = bobbin_person_read_all (person, ATSPI_ROLE_LIST_ITEM, "*.jpg, finished*");
  g_assert_cmpuint (g_strv_length (rows), ==, 20);

  bobbin_hand_press ("ctrl+q");
  g_assert_cmpint (bobbin_person_wait_for_end (person, END_WITHIN), ==, 0);
}

int
main (int argc, char **argv)
{
  /* The folders are isolated already, for the tools and the program too. */
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/ui/end/quit", test_quit);
  g_test_add_func ("/ui/end/close", test_close);
  g_test_add_func ("/ui/end/demo", test_demo);

  return g_test_run ();
}
