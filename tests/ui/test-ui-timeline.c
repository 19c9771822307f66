/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-hand.h"
#include "bobbin-scene.h"

#include <string.h>

/* The picture says what it shows: the whole or, with the keys, one bar. */
static char *
read_description (BobbinPerson *person)
{
  g_autoptr (BobbinSight) picture = bobbin_person_look (person, ATSPI_ROLE_IMAGE, "Timeline");

  return atspi_accessible_get_description (picture, NULL);
}

static void
see_description (BobbinPerson *person, const char *pattern)
{
  g_autofree char *last = NULL;

  for (guint tries = 0; tries < 200; tries++)
    {
      g_autofree char *description = read_description (person);

      if (description != NULL && g_pattern_match_simple (pattern, description))
        return;
      g_free (last);
      last = g_steal_pointer (&description);
      g_usleep (50000);
    }
  bobbin_person_fail (person, "the timeline says “%s”, not “%s”", last, pattern);
}

static BobbinPerson *
open_demo (void)
{
  BobbinPerson *person = bobbin_person_start ("--demo", NULL);

  bobbin_person_see (person, ATSPI_ROLE_STATUS_BAR, "Finished in *");
  bobbin_hand_take_window ("Bobbin");
  bobbin_hand_press ("alt+2");
  bobbin_person_see (person, ATSPI_ROLE_IMAGE, "Timeline");
  return person;
}

static void
test_demo (void)
{
  g_autoptr (BobbinPerson) person = open_demo ();

  see_description (person, "20 downloads on 8 workers: Finished in *, one after another about *× faster");
  bobbin_person_see (person, ATSPI_ROLE_STATUS_BAR, "Finished in * · one after another about *× faster");
  bobbin_hand_shoot ("timeline");
  bobbin_hand_press ("Right");
  see_description (person, "*.jpg, * in * · worker 1 · 1 try, Waiting for first byte *, Receiving *");
  bobbin_hand_press ("Down");
  see_description (person, "*.jpg, * · worker 2 · *");
  bobbin_hand_press ("End");
  see_description (person, "*.jpg, * · worker 2 · *");
  bobbin_hand_shoot ("timeline-bar");
  bobbin_hand_press ("Escape");
  see_description (person, "20 downloads on *");
}

static void
test_zoom (void)
{
  g_autoptr (BobbinPerson) person = open_demo ();

  see_description (person, "20 downloads on 8 workers: *faster");
  bobbin_hand_press ("ctrl+plus");
  see_description (person, "20 downloads on *,*hown from 0.??* to 1.??*");
  bobbin_hand_press ("ctrl+plus");
  see_description (person, "20 downloads on *, shown from 0.* to *");
  bobbin_hand_shoot ("timeline-zoomed");
  bobbin_hand_press ("ctrl+minus");
  see_description (person, "20 downloads on *,*hown from 0.??* to 1.??*");
  bobbin_hand_press ("ctrl+0");
  see_description (person, "20 downloads on 8 workers: *faster");
}

/* Goes through the lanes, whichever worker had what, until a bar says so. */
static void
see_bars (BobbinPerson *person, const char *pattern)
{
  g_autoptr (GString) all = g_string_new (NULL);

  bobbin_hand_press ("Escape");
  for (guint lane = 0; lane < 8; lane++)
    {
      g_autofree char *description = NULL;

      bobbin_hand_press ("Down");
      g_usleep (300000);
      description = read_description (person);
      if (g_pattern_match_simple (pattern, description))
        return;
      g_string_append_printf (all, "%s\n", description);
    }
  bobbin_person_fail (person, "no bar says “%s”, but:\n%s", pattern, all->str);
}

/* A busy server, one without the file, and one that takes its time: each has its look, and its words. */
static void
test_troubles (void)
{
  g_autoptr (BobbinDemoServer) server = bobbin_demo_server_new (NULL);
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (BobbinPerson) person = NULL;

  if (!bobbin_hand_has_tools ("xclip", NULL))
    return;

  bobbin_scene_append_link (text, server, 600, "status=404&delay=0.4&name=gone.bin");
  bobbin_scene_append_link (text, server, 200001, "status=503&delay=0.3&name=busy.bin");
  bobbin_scene_append_link (text, server, 700000, "rate=200000&name=slow.bin");
  person = bobbin_person_new ();
  bobbin_person_set_up (person, "tries", "2");
  bobbin_person_open (person);
  bobbin_scene_download (person, text->str);
  bobbin_hand_press ("alt+2");
  bobbin_person_see (person, ATSPI_ROLE_STATUS_BAR, "Elapsed *");
  g_usleep (1200000);
  bobbin_hand_shoot ("timeline-running");
  bobbin_person_see (person, ATSPI_ROLE_STATUS_BAR, "Finished in *");
  see_description (person, "3 downloads on * workers: *");
  see_bars (person, "600*The server has no such file (404)");
  see_bars (person, "200001, 0 bytes in * · 2 tries, *The server is busy (503), waiting to retry *");
  bobbin_hand_shoot ("timeline-troubles");
}

static char *
read_clipboard (const char *target)
{
  const char *arguments[] = { "xclip", "-selection", "clipboard", "-o", "-t", target, NULL };
  g_autoptr (GSubprocess) tool = g_subprocess_newv (arguments, G_SUBPROCESS_FLAGS_STDOUT_PIPE, NULL);
  char *output = NULL;

  g_assert_nonnull (tool);
  g_assert_true (g_subprocess_communicate_utf8 (tool, NULL, NULL, &output, NULL, NULL));
  return output;
}

static void
test_copy (void)
{
  g_autoptr (BobbinPerson) person = NULL;
  g_autofree char *text = NULL;
  g_autofree char *csv = NULL;
  g_auto (GStrv) lines = NULL;

  if (!bobbin_hand_has_tools ("xclip", NULL))
    return;

  person = open_demo ();
  bobbin_hand_press ("ctrl+c");
  bobbin_person_see (person, ATSPI_ROLE_LABEL, "Table copied");
  text = read_clipboard ("UTF8_STRING");
  lines = g_strsplit (text, "\n", -1);
  g_assert_cmpuint (g_strv_length (lines), >=, 22);
  g_assert_cmpstr (lines[0], ==, "name\tworker\tstart\tfirst_byte\tend\tbytes\thow");
  csv = read_clipboard ("text/csv");
  g_assert_true (g_str_has_prefix (csv, "name,worker,"));
}

/* The main menu is a surface of its own, without a place in the tree's window. What is disabled is skipped.
 */
static void
choose_from_menu (guint item)
{
  bobbin_hand_press ("F10");
  g_usleep (1000000);
  for (guint i = 0; i < item; i++)
    {
      bobbin_hand_press ("Down");
      g_usleep (100000);
    }
  bobbin_hand_shoot ("timeline-menu");
  bobbin_hand_press ("Return");
}

static char *export(BobbinPerson *person, guint item, const char *name)
{
  g_autofree char *path = g_build_filename (bobbin_person_get_home (person), name, NULL);
  g_autofree char *notice = g_strdup_printf ("Saved “%s”", name);
  char *contents = NULL;

  choose_from_menu (item);
  bobbin_person_see (person, ATSPI_ROLE_PUSH_BUTTON, "*Export");
  bobbin_hand_press ("ctrl+a");
  bobbin_hand_type (path);
  bobbin_hand_press ("Return");
  /* GTK 4.8 does not survive being asked for its file chooser while it takes that down. */
  g_usleep (2000000);
  bobbin_person_see (person, ATSPI_ROLE_LABEL, notice);
  g_assert_true (g_file_get_contents (path, &contents, NULL, NULL));
  return contents;
}

static void
test_export (void)
{
  g_autoptr (BobbinPerson) person = open_demo ();
  g_autofree char *svg = export(person, 3, "run.svg");
  g_autofree char *csv = export(person, 4, "run.csv");

  g_assert_nonnull (strstr (svg, "<svg "));
  g_assert_nonnull (strstr (svg, ".jpg<"));
  g_assert_true (g_str_has_prefix (csv, "name,worker,"));
}

/* Returns: how many folders for measuring are left */
static guint
count_measuring (void)
{
  const char *arguments[] = { "find", g_get_tmp_dir (), "-name", ".bobbin-measure-*", NULL };
  g_autoptr (GSubprocess) tool = g_subprocess_newv (arguments, G_SUBPROCESS_FLAGS_STDOUT_PIPE, NULL);
  g_autofree char *output = NULL;
  guint n_lines = 0;

  g_assert_true (g_subprocess_communicate_utf8 (tool, NULL, NULL, &output, NULL, NULL));
  for (const char *end = strchr (output, '\n'); end != NULL; end = strchr (end + 1, '\n'))
    n_lines++;
  return n_lines;
}

static void
start_measuring (BobbinPerson *person)
{
  choose_from_menu (2);
  bobbin_person_see (person, ATSPI_ROLE_LABEL, "Measure One After Another?");
  bobbin_person_see (person, ATSPI_ROLE_LABEL,
                     "The 20 links of this run are downloaded once more, *: 3.8*MB in all*");
  bobbin_hand_shoot ("timeline-ask");
  bobbin_hand_press ("Return");
  bobbin_person_see (person, ATSPI_ROLE_STATUS_BAR, "Measuring one after another: * of 20");
}

static void
test_measure (void)
{
  g_autoptr (BobbinPerson) person = open_demo ();

  start_measuring (person);
  g_assert_cmpuint (count_measuring (), ==, 1);
  bobbin_hand_shoot ("timeline-measuring");
  bobbin_person_see_no_more (person, ATSPI_ROLE_STATUS_BAR, "Measuring *");
  bobbin_person_see (person, ATSPI_ROLE_STATUS_BAR, "Finished in * · one after another 1?.?*s · *× faster");
  bobbin_hand_shoot ("timeline-measured");
  g_assert_cmpuint (count_measuring (), ==, 0);
}

static void
test_stop_measuring (void)
{
  g_autoptr (BobbinPerson) person = open_demo ();

  start_measuring (person);
  bobbin_person_click (person, ATSPI_ROLE_PUSH_BUTTON, "Stop Measuring");
  bobbin_person_see_no_more (person, ATSPI_ROLE_STATUS_BAR, "Measuring *");
  bobbin_person_see (person, ATSPI_ROLE_STATUS_BAR, "Finished in * · one after another about *");
  g_assert_cmpuint (count_measuring (), ==, 0);
}

/* The last run is there again at the next start, and older ones behind a button. */
static void
test_runs (void)
{
  g_autoptr (BobbinPerson) person = open_demo ();

  see_description (person, "20 downloads on 8 workers: *");
  bobbin_hand_press ("ctrl+q");
  g_assert_cmpint (bobbin_person_wait_for_end (person, 30), ==, 0);
  bobbin_person_open (person);
  bobbin_hand_take_window ("Bobbin");
  bobbin_hand_press ("alt+2");
  see_description (person, "20 downloads on 8 workers: Finished in *, one after another about *× faster");
  bobbin_hand_press ("Right");
  see_description (person, "*.jpg, * in * · worker 1 · 1 try, Waiting for first byte *, Receiving *");
  bobbin_person_click (person, ATSPI_ROLE_PUSH_BUTTON, "Earlier Runs");
  g_usleep (500000);
  bobbin_hand_shoot ("timeline-runs");
}

/* A bar leads to its row. */
static void
test_activate (void)
{
  g_autoptr (BobbinPerson) person = open_demo ();

  bobbin_hand_press ("Right");
  see_description (person, "*.jpg, *");
  bobbin_hand_press ("Return");
  bobbin_person_see (person, ATSPI_ROLE_LIST_ITEM, "01-birch.jpg, *");
  bobbin_hand_press ("alt+2");
  bobbin_person_see (person, ATSPI_ROLE_IMAGE, "Timeline");
  bobbin_hand_press ("alt+1");
  bobbin_person_see_no_more (person, ATSPI_ROLE_IMAGE, "Timeline");
}

static void
look_at (const char *variable, const char *value, const char *width, const char *shot)
{
  g_autoptr (BobbinPerson) person = bobbin_person_new ();

  if (variable != NULL)
    bobbin_person_set_variable (person, variable, value);
  if (width != NULL)
    bobbin_person_set_up (person, "window-width", width);
  bobbin_person_open_with (person, "--demo");
  bobbin_hand_take_window ("Bobbin");
  bobbin_hand_press ("alt+2");
  see_description (person, "20 downloads on 8 workers: Finished *");
  bobbin_hand_press ("Down");
  bobbin_hand_press ("Down");
  see_description (person, "*.jpg, *worker 2*");
  bobbin_hand_shoot (shot);
}

static void
test_looks (void)
{
  look_at ("ADW_DEBUG_COLOR_SCHEME", "prefer-dark", NULL, "timeline-dark");
  look_at ("ADW_DEBUG_HIGH_CONTRAST", "1", NULL, "timeline-contrast");
  look_at (NULL, NULL, "360", "timeline-narrow");
}

/* Ten thousand bars, and no turn of the main loop that anybody could feel. */
static void
test_many (void)
{
  g_autoptr (BobbinDemoServer) server = bobbin_demo_server_new (NULL);
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *path = NULL;
  g_autofree char *errors = NULL;
  g_autoptr (BobbinPerson) person = NULL;

  for (guint i = 0; i < 10000; i++)
    {
      g_autofree char *query = g_strdup_printf ("name=%05u.bin", i);

      bobbin_scene_append_link (text, server, 100 + i, query);
    }
  path = g_build_filename (g_get_home_dir (), "many.txt", NULL);
  g_assert_true (g_file_set_contents (path, text->str, -1, NULL));
  person = bobbin_person_start (path, NULL);
  bobbin_person_see_within (person, ATSPI_ROLE_STATUS_BAR, "10000 links", 60);
  bobbin_person_click (person, ATSPI_ROLE_PUSH_BUTTON, "Download");
  bobbin_person_see_no_more (person, ATSPI_ROLE_PUSH_BUTTON, "Download");
  bobbin_hand_take_window ("Bobbin");
  bobbin_hand_press ("alt+2");
  bobbin_person_see_within (person, ATSPI_ROLE_STATUS_BAR, "Finished in *", 120);
  see_description (person, "10000 downloads on 8 workers: *");
  bobbin_hand_shoot ("timeline-many");
  for (guint i = 0; i < 10; i++)
    bobbin_hand_press ("ctrl+plus");
  bobbin_hand_press ("Right");
  see_description (person, "*.bin, *");
  bobbin_hand_shoot ("timeline-many-zoomed");
  bobbin_hand_press ("ctrl+q");
  g_assert_cmpint (bobbin_person_wait_for_end (person, 60), ==, 0);
  errors = bobbin_person_read_errors (person);
  g_test_message ("%s", errors);
}

int
main (int argc, char **argv)
{
  /* The folders are isolated already, for the tools and the program too. */
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/ui/timeline/demo", test_demo);
  g_test_add_func ("/ui/timeline/zoom", test_zoom);
  g_test_add_func ("/ui/timeline/troubles", test_troubles);
  g_test_add_func ("/ui/timeline/copy", test_copy);
  g_test_add_func ("/ui/timeline/export", test_export);
  g_test_add_func ("/ui/timeline/measure", test_measure);
  g_test_add_func ("/ui/timeline/stop-measuring", test_stop_measuring);
  g_test_add_func ("/ui/timeline/runs", test_runs);
  g_test_add_func ("/ui/timeline/activate", test_activate);
  g_test_add_func ("/ui/timeline/looks", test_looks);
  g_test_add_func ("/ui/timeline/many", test_many);
  return g_test_run ();
}
