/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-hand.h"
#include "bobbin-scene.h"
#include "bobbin-store.h"

#include <glib/gstdio.h>

/* As many as a person who is serious about it has. */
#define MANY 100000

/* A list of an earlier start, of downloads that wait to be resumed. */
static void
write_list (BobbinPerson *person, const char *server, guint n)
{
  g_autofree char *folder = g_build_filename (bobbin_person_get_home (person), ".local/state/bobbin", NULL);
  g_autofree char *path = g_build_filename (folder, "downloads.sqlite", NULL);
  g_autoptr (BobbinStore) store = NULL;

  g_mkdir_with_parents (folder, 0700);
  store = bobbin_store_open (path);
  for (guint i = 0; i < n; i++)
    {
      BobbinRecord *record = bobbin_record_new ();

      record->id = bobbin_store_new_id (store);
      record->order = i;
      record->state = BOBBIN_STATE_PAUSED;
      record->uri = g_strdup_printf ("%s/bytes/%u?name=harbour-%06u.bin", server, 1000 + i % 7, i);
      record->folder = g_strdup (bobbin_person_get_downloads (person));
      record->total = -1;
      bobbin_store_put (store, record, -1);
    }
  bobbin_store_close (store);
}

/* A frame is 16 ms, and that is what is to be looked for in the messages. But the tree that this test reads
 * is kept up by the same thread, row by row, and the machine may be a slow one. */
static void
assert_quick (BobbinPerson *person, const char *what)
{
  double work;

  g_usleep (2 * G_USEC_PER_SEC); /* all that follows is a part of it */
  work = bobbin_person_measure_work (person);
  g_test_message ("%s: %.1f ms", what, work);
  g_assert_cmpfloat (work, <, 80.0);
}

static void
choose_order (BobbinPerson *person, guint n_down, const char *label)
{
  bobbin_person_click (person, ATSPI_ROLE_PUSH_BUTTON, "Order of the List");
  /* The menu is a surface of its own, without a place in the tree's window. */
  g_usleep (500000);
  for (guint i = 0; i < n_down; i++)
    bobbin_hand_press ("Down");
  bobbin_hand_press ("Return");
  bobbin_person_see (person, ATSPI_ROLE_LABEL, label);
}

static void
look_around (BobbinPerson *person)
{
  bobbin_person_click (person, ATSPI_ROLE_PUSH_BUTTON, "Active*");
  bobbin_person_see (person, ATSPI_ROLE_LABEL, "Nothing Found");
  assert_quick (person, "filter");
  bobbin_person_click (person, ATSPI_ROLE_PUSH_BUTTON, "Waiting*");
  bobbin_person_see (person, ATSPI_ROLE_LIST_ITEM, "1000*");
  assert_quick (person, "another filter");
  bobbin_person_click (person, ATSPI_ROLE_PUSH_BUTTON, "All*");
  assert_quick (person, "no filter");
  bobbin_hand_press ("ctrl+f");
  bobbin_hand_type ("1003");
  bobbin_person_see_no_more (person, ATSPI_ROLE_LIST_ITEM, "1000, *");
  assert_quick (person, "search");
  bobbin_hand_press ("Escape");
  bobbin_person_see (person, ATSPI_ROLE_LIST_ITEM, "1000*");
  assert_quick (person, "no search");
  choose_order (person, 2, "By Name");
  assert_quick (person, "sort by name");
  choose_order (person, 1, "As They Finish");
  assert_quick (person, "sort as they finish");
  choose_order (person, 0, "As Added");
  assert_quick (person, "not sorted");
}

static void
act_on_all (BobbinPerson *person)
{
  bobbin_person_click (person, ATSPI_ROLE_LIST_ITEM, "1000*");
  bobbin_hand_press ("ctrl+a");
  assert_quick (person, "select all");
  bobbin_hand_press ("Delete");
  bobbin_person_see (person, ATSPI_ROLE_PUSH_BUTTON, "Undo*");
  bobbin_hand_press ("ctrl+z");
  bobbin_person_see (person, ATSPI_ROLE_PUSH_BUTTON, "All, 100000");
  assert_quick (person, "remove and undo");
  bobbin_hand_press ("ctrl+shift+p");
  bobbin_person_see (person, ATSPI_ROLE_LIST_ITEM, "harbour-000000.bin, finished*");
  assert_quick (person, "resume all");
  g_usleep (5 * G_USEC_PER_SEC);
  assert_quick (person, "small files");
  choose_order (person, 1, "As They Finish");
  g_usleep (5 * G_USEC_PER_SEC);
  assert_quick (person, "small files, as they finish");
  bobbin_hand_press ("ctrl+shift+p");
  bobbin_person_see (person, ATSPI_ROLE_PUSH_BUTTON, "Resume All");
  assert_quick (person, "pause all");
  bobbin_hand_shoot ("feel");
}

static double
measure_empty (void)
{
  g_autoptr (BobbinPerson) person = bobbin_person_new ();

  bobbin_person_open (person);
  bobbin_person_see (person, ATSPI_ROLE_PUSH_BUTTON, "Paste Links*");
  assert_quick (person, "start without a list");
  return bobbin_person_measure_memory (person);
}

/* A hundred thousand downloads: no turn of the main loop is long, whatever is
 * done with them, and each of them takes less than a kilobyte. */
static void
test_long_list (void)
{
  g_autoptr (BobbinDemoServer) server = NULL;
  g_autoptr (BobbinPerson) person = NULL;
  double empty;

  if (!bobbin_hand_has_tools ("xclip", NULL))
    return;

  empty = measure_empty ();
  server = bobbin_demo_server_new (NULL);
  person = bobbin_person_new ();
  write_list (person, bobbin_demo_server_get_uri (server), MANY);
  bobbin_person_open (person);
  bobbin_person_see (person, ATSPI_ROLE_PUSH_BUTTON, "All, 100000");
  assert_quick (person, "start");
  g_test_message ("a download: %.0f bytes", (bobbin_person_measure_memory (person) - empty) / MANY);
  g_assert_cmpfloat (bobbin_person_measure_memory (person) - empty, <, 1000.0 * MANY);
  look_around (person);
  act_on_all (person);
}

int
main (int argc, char **argv)
{
  /* The folders are isolated already, for the tools and the program too. */
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/ui/feel/long-list", test_long_list);

  return g_test_run ();
}
