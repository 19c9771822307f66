/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-hand.h"
#include "bobbin-scene.h"

#include <string.h>

#define SIZE 40000000

static void
start_slow (BobbinPerson *person, BobbinDemoServer *server, guint n)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *query = g_strdup_printf ("rate=50000&name=%u.bin", i + 1);

      bobbin_scene_append_link (text, server, SIZE + i, query);
    }
  bobbin_scene_download (person, text->str);
}

static void
open_preferences (BobbinPerson *person)
{
  bobbin_hand_press ("ctrl+comma");
  bobbin_person_see (person, ATSPI_ROLE_SPIN_BUTTON, "Connections per Site");
  bobbin_hand_take_window ("Preferences");
}

static void
set_number (BobbinPerson *person, const char *name, const char *text)
{
  bobbin_person_click (person, ATSPI_ROLE_SPIN_BUTTON, name);
  bobbin_hand_press ("ctrl+a");
  bobbin_hand_type (text);
  bobbin_hand_press ("Return");
}

static void
wait_for_choice (BobbinPerson *person, const char *key, const char *value)
{
  for (guint i = 0; i < 200; i++)
    {
      g_autofree char *choice = bobbin_person_read_choice (person, key);

      if (g_strcmp0 (choice, value) == 0)
        return;
      g_usleep (50000);
    }
  bobbin_person_fail (person, "%s does not become %s", key, value);
}

/* Fewer connections to a host hold those in line at once, more let them go. */
static void
test_at_once (void)
{
  g_autoptr (BobbinDemoServer) server = bobbin_demo_server_new (NULL);
  g_autoptr (BobbinPerson) person = NULL;

  if (!bobbin_hand_has_tools ("xclip", NULL))
    return;

  person = bobbin_person_new ();
  bobbin_person_set_up (person, "per-host", "1");
  bobbin_person_set_up (person, "parts", "1");
  bobbin_person_open (person);
  start_slow (person, server, 3);
  bobbin_person_see (person, ATSPI_ROLE_LIST_ITEM, "1.bin, receiving*");
  bobbin_person_see (person, ATSPI_ROLE_LIST_ITEM, "40000001, waiting, host limit");
  bobbin_hand_shoot ("host-limit");

  open_preferences (person);
  bobbin_hand_shoot ("preferences");
  set_number (person, "Connections per Site", "2");
  bobbin_person_see (person, ATSPI_ROLE_LIST_ITEM, "2.bin, receiving*");
  bobbin_person_see (person, ATSPI_ROLE_LIST_ITEM, "40000002, waiting, host limit");
  set_number (person, "Connections per Site", "0");
  bobbin_person_see (person, ATSPI_ROLE_LIST_ITEM, "3.bin, receiving*");
  wait_for_choice (person, "per-host", "0");
}

/* Numbers with their units, and what is not one. */
static void
test_network (void)
{
  g_autoptr (BobbinPerson) person = bobbin_person_start (NULL, NULL);

  bobbin_person_see (person, ATSPI_ROLE_PUSH_BUTTON, "Paste Links*");
  open_preferences (person);
  set_number (person, "Smallest Part", "20 MB");
  wait_for_choice (person, "part-size", "20");
  bobbin_person_click (person, ATSPI_ROLE_PAGE_TAB, "Network");
  bobbin_person_see (person, ATSPI_ROLE_SPIN_BUTTON, "Tries per Download");
  bobbin_hand_shoot ("preferences-network");
  set_number (person, "First Wait", "7 s");
  wait_for_choice (person, "retry-delay", "7");
  set_number (person, "Give Up When Silent For", "4");
  wait_for_choice (person, "timeout", "5"); /* the least */
  set_number (person, "Tries per Download", "3");
  wait_for_choice (person, "tries", "3");
}

/* A template that cannot be used says why, and is not kept. */
static void
test_names (void)
{
  g_autoptr (BobbinPerson) person = bobbin_person_start (NULL, NULL);
  g_autofree char *kept = NULL;

  bobbin_person_see (person, ATSPI_ROLE_PUSH_BUTTON, "Paste Links*");
  open_preferences (person);
  bobbin_person_click (person, ATSPI_ROLE_TEXT, "Names, such as*");
  bobbin_hand_type ("{nam}");
  bobbin_hand_press ("Return");
  bobbin_person_see (person, ATSPI_ROLE_LIST_ITEM, "There are {name}, {host}, {date} and {index}*");
  bobbin_hand_shoot ("preferences-names");
  kept = bobbin_person_read_choice (person, "name-template");
  g_assert_null (kept);
  bobbin_hand_press ("ctrl+a");
  bobbin_hand_type ("{host} {name}");
  bobbin_person_see_no_more (person, ATSPI_ROLE_LIST_ITEM, "There are {name}*");
  bobbin_hand_press ("Return");
  wait_for_choice (person, "name-template", "'{host} {name}'");
}

static double
read_rate (BobbinPerson *person)
{
  g_auto (GStrv) rates = bobbin_person_read_all (person, ATSPI_ROLE_LABEL, "*B/s");

  return rates[0] == NULL ? 0
                          : g_ascii_strtod (rates[0], NULL) * (strstr (rates[0], "MB/s") != NULL ? 1000 : 1);
}

/* The limit of the footer holds at once, while something runs. */
static void
test_speed_limit (void)
{
  g_autoptr (BobbinDemoServer) server = bobbin_demo_server_new (NULL);
  g_autoptr (BobbinPerson) person = NULL;
  g_autoptr (GString) text = g_string_new (NULL);
  guint tries = 0;

  if (!bobbin_hand_has_tools ("xclip", NULL))
    return;

  bobbin_scene_append_link (text, server, 400000000, "rate=4000000&name=one.bin");
  person = bobbin_person_new ();
  bobbin_person_set_up (person, "parts", "1");
  bobbin_person_open (person);
  bobbin_scene_download (person, text->str);
  bobbin_person_see (person, ATSPI_ROLE_LIST_ITEM, "one.bin, receiving*");
  while (read_rate (person) < 2000 && tries++ < 200)
    g_usleep (100000);
  g_assert_cmpfloat (read_rate (person), >=, 2000);

  bobbin_person_click (person, ATSPI_ROLE_PUSH_BUTTON, "Speed Limit: No Limit");
  bobbin_person_see (person, ATSPI_ROLE_PUSH_BUTTON, "500\302\240kB/s");
  bobbin_hand_shoot ("speed-limit");
  /* The popover is a surface of its own, without a place in the tree's window. */
  bobbin_hand_press ("Tab");
  bobbin_hand_press ("Return");
  wait_for_choice (person, "speed-limit", "500");
  wait_for_choice (person, "limit-speed", "true");
  bobbin_person_see (person, ATSPI_ROLE_PUSH_BUTTON, "Speed Limit: 500\302\240kB/s");
  for (tries = 0; read_rate (person) > 700 && tries < 200; tries++)
    g_usleep (100000);
  g_assert_cmpfloat (read_rate (person), <=, 700);
}

int
main (int argc, char **argv)
{
  /* The folders are isolated already, for the tools and the program too. */
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/ui/preferences/at-once", test_at_once);
  g_test_add_func ("/ui/preferences/network", test_network);
  g_test_add_func ("/ui/preferences/names", test_names);
  g_test_add_func ("/ui/preferences/speed-limit", test_speed_limit);

  return g_test_run ();
}
