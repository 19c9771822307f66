/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-fault-server.h"
#include "bobbin-hand.h"
#include "bobbin-scene.h"

#include <glib/gstdio.h>
#include <string.h>

/* How long the program may take to end, in seconds. */
#define END_WITHIN 10.0

/* A quarter of a minute for each of them. */
#define SIZE 3000000

static void
append_links (GString *text, BobbinDemoServer *server)
{
  bobbin_scene_append_link (text, server, 1000, "name=done.bin");
  bobbin_scene_append_link (text, server, SIZE, "rate=200000&name=one.bin");
  bobbin_scene_append_link (text, server, SIZE + 1, "rate=200000&name=two.bin");
  g_string_append_printf (text, "%s/nothing.pdf\n", bobbin_demo_server_get_uri (server));
}

static void
see_all_end (BobbinPerson *person)
{
  bobbin_person_see (person, ATSPI_ROLE_LIST_ITEM, "one.bin, finished*");
  bobbin_person_see (person, ATSPI_ROLE_LIST_ITEM, "two.bin, finished*");
  bobbin_scene_assert_bytes (person, "done.bin", 1000);
  bobbin_scene_assert_bytes (person, "one.bin", SIZE);
  bobbin_scene_assert_bytes (person, "two.bin", SIZE + 1);
  bobbin_scene_assert_n_files (person, 3);
}

static void
see_list_begin (BobbinPerson *person)
{
  bobbin_person_see (person, ATSPI_ROLE_LIST_ITEM, "done.bin, finished*");
  bobbin_person_see (person, ATSPI_ROLE_LIST_ITEM, "nothing.pdf, failed*");
  bobbin_person_see (person, ATSPI_ROLE_LIST_ITEM, "one.bin, receiving*");
  bobbin_person_see (person, ATSPI_ROLE_LIST_ITEM, "two.bin, receiving, ??%*");
}

/* Closed in the middle: the list is back, in its order, and goes on. */
static void
test_close (void)
{
  g_autoptr (BobbinDemoServer) server = bobbin_demo_server_new (NULL);
  g_autoptr (BobbinPerson) person = NULL;
  g_autoptr (GString) text = g_string_new (NULL);
  g_auto (GStrv) rows = NULL;

  if (!bobbin_hand_has_tools ("xclip", NULL))
    return;

  append_links (text, server);
  person = bobbin_person_start (NULL, NULL);
  bobbin_scene_download (person, text->str);
  see_list_begin (person);
  bobbin_hand_press ("ctrl+w");
  g_assert_cmpint (bobbin_person_wait_for_end (person, END_WITHIN), ==, 0);
  bobbin_scene_assert_n_files (person, 3); /* one whole, two in part */

  bobbin_person_open (person);
  bobbin_person_see (person, ATSPI_ROLE_LIST_ITEM, "nothing.pdf, failed, The server has no such file (404)*");
  g_assert_false (bobbin_person_sees (person, ATSPI_ROLE_LABEL, "Recovered *"));
  see_all_end (person);
  rows = bobbin_person_read_all (person, ATSPI_ROLE_LIST_ITEM, "*, f*");
  g_assert_cmpuint (g_strv_length (rows), ==, 4);
  g_assert_true (g_str_has_prefix (rows[0], "done.bin, finished"));
  g_assert_true (g_str_has_prefix (rows[1], "one.bin, finished"));
  g_assert_true (g_str_has_prefix (rows[2], "two.bin, finished"));
  g_assert_true (g_str_has_prefix (rows[3], "nothing.pdf, failed"));
}

/* Killed in the middle: the same, and it says so, once. */
static void
test_kill (void)
{
  g_autoptr (BobbinDemoServer) server = bobbin_demo_server_new (NULL);
  g_autoptr (BobbinPerson) person = NULL;
  g_autoptr (GString) text = g_string_new (NULL);

  if (!bobbin_hand_has_tools ("xclip", NULL))
    return;

  append_links (text, server);
  person = bobbin_person_start (NULL, NULL);
  bobbin_scene_download (person, text->str);
  see_list_begin (person);
  g_usleep (2 * G_USEC_PER_SEC); /* the store writes what is held once a second */
  bobbin_person_kill (person);

  bobbin_person_open (person);
  bobbin_person_see (person, ATSPI_ROLE_LABEL, "Recovered 2 downloads");
  bobbin_hand_shoot ("recovered");
  see_all_end (person);
  bobbin_hand_press ("ctrl+q");
  g_assert_cmpint (bobbin_person_wait_for_end (person, END_WITHIN), ==, 0);

  bobbin_person_open (person);
  bobbin_person_see (person, ATSPI_ROLE_LIST_ITEM, "two.bin, finished*");
  g_assert_false (bobbin_person_sees (person, ATSPI_ROLE_LABEL, "Recovered *"));
}

/* What was paused or removed is so after the next start, too. */
static void
test_choices (void)
{
  g_autoptr (BobbinDemoServer) server = bobbin_demo_server_new (NULL);
  g_autoptr (BobbinPerson) person = NULL;
  g_autoptr (GString) text = g_string_new (NULL);

  if (!bobbin_hand_has_tools ("xclip", NULL))
    return;

  append_links (text, server);
  person = bobbin_person_start (NULL, NULL);
  bobbin_scene_download (person, text->str);
  see_list_begin (person);
  bobbin_hand_press ("ctrl+shift+p");
  bobbin_person_see (person, ATSPI_ROLE_LIST_ITEM, "one.bin, paused*");
  bobbin_person_see (person, ATSPI_ROLE_LIST_ITEM, "two.bin, paused*");
  bobbin_person_click (person, ATSPI_ROLE_LIST_ITEM, "one.bin, paused*");
  bobbin_hand_press ("Delete");
  bobbin_person_see_no_more (person, ATSPI_ROLE_LIST_ITEM, "one.bin*");
  bobbin_hand_press ("ctrl+q");
  g_assert_cmpint (bobbin_person_wait_for_end (person, END_WITHIN), ==, 0);

  bobbin_person_open (person);
  bobbin_person_see (person, ATSPI_ROLE_LIST_ITEM, "two.bin, paused*");
  g_assert_false (bobbin_person_sees (person, ATSPI_ROLE_LIST_ITEM, "one.bin*"));
}

/* The server of a demo ends with it, so its pictures do not come back. */
static void
test_demo (void)
{
  g_autoptr (BobbinPerson) person = bobbin_person_start ("--demo", NULL);

  bobbin_person_see (person, ATSPI_ROLE_LABEL, "* of 20 finished");
  bobbin_hand_press ("ctrl+q");
  g_assert_cmpint (bobbin_person_wait_for_end (person, END_WITHIN), ==, 0);
  bobbin_person_open (person);
  bobbin_person_see (person, ATSPI_ROLE_PUSH_BUTTON, "Paste Links*");
}

static char *
get_database (BobbinPerson *person)
{
  return g_build_filename (bobbin_person_get_home (person), ".local", "state", "bobbin", "downloads.sqlite",
                           NULL);
}

/* A damaged list is kept aside, and the person is told where. */
static void
test_damaged (void)
{
  g_autoptr (BobbinPerson) person = bobbin_person_new ();
  g_autofree char *database = get_database (person);
  g_autofree char *folder = g_path_get_dirname (database);
  g_autofree char *rubbish = g_strnfill (8192, 'x');
  g_autofree char *pattern = g_strconcat (database, "*", NULL);
  g_auto (GStrv) paths = NULL;
  g_autofree char *kept = NULL;

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (database, rubbish, 8192, NULL));
  bobbin_person_open (person);
  bobbin_person_see (person, ATSPI_ROLE_LABEL, "The List Was Damaged");
  bobbin_hand_shoot ("damaged");
  paths = bobbin_person_read_all (person, ATSPI_ROLE_LABEL, pattern);
  g_assert_cmpuint (g_strv_length (paths), ==, 1);
  g_assert_true (g_file_get_contents (paths[0], &kept, NULL, NULL));
  g_assert_cmpstr (kept, ==, rubbish);
  bobbin_hand_press ("Escape");
  bobbin_person_see_no_more (person, ATSPI_ROLE_LABEL, "The List Was Damaged");
  bobbin_person_see (person, ATSPI_ROLE_PUSH_BUTTON, "Paste Links*");
}

/* Nothing can be written: it says so, and works. */
static void
test_unavailable (void)
{
  g_autoptr (BobbinPerson) person = bobbin_person_new ();
  g_autofree char *database = get_database (person);

  /* A folder in the place of the database. */
  g_assert_cmpint (g_mkdir_with_parents (database, 0700), ==, 0);
  bobbin_person_open (person);
  bobbin_person_see (person, ATSPI_ROLE_LABEL, "The List Cannot Be Kept");
  bobbin_hand_shoot ("not-kept");
  bobbin_hand_press ("Escape");
  bobbin_person_see (person, ATSPI_ROLE_PUSH_BUTTON, "Paste Links*");
}

/* Closing asks only when something would be lost: this server tells nothing to
 * know its file again by. */
static void
test_losses (void)
{
  const BobbinFaultFile file = { .size = 40000000, .rate = 200000, .flaws = BOBBIN_FAULT_NO_RANGES };
  g_autoptr (BobbinFaultServer) server = bobbin_fault_server_new ();
  g_autoptr (BobbinPerson) person = NULL;
  g_autofree char *uri = bobbin_fault_server_dup_uri (server, "/stream.bin");

  if (!bobbin_hand_has_tools ("xclip", NULL))
    return;

  bobbin_fault_server_add_rule (server, &(BobbinFaultRule){ "/stream.bin", 0, NULL, &file });
  person = bobbin_person_start (NULL, NULL);
  bobbin_scene_download (person, uri);
  bobbin_person_see (person, ATSPI_ROLE_LIST_ITEM, "stream.bin, receiving, 1%*");
  bobbin_hand_press ("ctrl+q");
  bobbin_person_see (person, ATSPI_ROLE_LABEL, "Close Bobbin?");
  bobbin_hand_shoot ("losses");
  bobbin_hand_press ("Escape");
  bobbin_person_see_no_more (person, ATSPI_ROLE_LABEL, "Close Bobbin?");
  g_assert_true (bobbin_person_is_running (person));
  bobbin_hand_press ("ctrl+w");
  bobbin_person_see (person, ATSPI_ROLE_LABEL, "Close Bobbin?");
  bobbin_hand_press ("alt+c");
  g_assert_cmpint (bobbin_person_wait_for_end (person, END_WITHIN), ==, 0);
}

int
main (int argc, char **argv)
{
  /* The folders are isolated already, for the tools and the program too. */
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/ui/restart/close", test_close);
  g_test_add_func ("/ui/restart/kill", test_kill);
  g_test_add_func ("/ui/restart/choices", test_choices);
  g_test_add_func ("/ui/restart/demo", test_demo);
  g_test_add_func ("/ui/restart/damaged", test_damaged);
  g_test_add_func ("/ui/restart/unavailable", test_unavailable);
  g_test_add_func ("/ui/restart/losses", test_losses);

  return g_test_run ();
}
