/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-add-plan.h"
#include "bobbin-test.h"

static void
test_names (void)
{
  g_autofree char *folder = bobbin_test_make_folder ();
  g_autofree char *path = g_build_filename (folder, "b.bin", NULL);
  g_autoptr (BobbinAddPlan) plan = NULL;

  g_assert_true (g_file_set_contents (path, "", 0, NULL));
  plan = bobbin_add_plan_new ("http://h/a.bin\nhttp://h/b.bin\nhttp://h/x/a.bin\nhttp://h/y/a.bin\n", folder,
                              NULL);

  g_assert_cmpuint (bobbin_add_plan_get_n_links (plan), ==, 4);
  g_assert_cmpstr (bobbin_add_plan_get_name (plan, 0), ==, "a.bin");
  g_assert_cmpstr (bobbin_add_plan_get_name (plan, 1), ==, "b (1).bin");
  g_assert_cmpstr (bobbin_add_plan_get_name (plan, 2), ==, "a (1).bin");
  g_assert_cmpstr (bobbin_add_plan_get_name (plan, 3), ==, "a (2).bin");
  g_assert_false (bobbin_add_plan_is_renamed (plan, 0));
  g_assert_true (bobbin_add_plan_is_renamed (plan, 1));
  g_assert_true (bobbin_add_plan_is_renamed (plan, 3));
  g_assert_cmpstr (bobbin_link_get_folder (bobbin_add_plan_get_link (plan, 3)), ==, folder);
  bobbin_test_remove_folder (folder);
}

/* Somebody else's download, which has only begun. */
static void
test_name_with_part (void)
{
  g_autofree char *folder = bobbin_test_make_folder ();
  g_autofree char *path = g_build_filename (folder, "a.bin.part", NULL);
  g_autoptr (BobbinAddPlan) plan = NULL;

  g_assert_true (g_file_set_contents (path, "", 0, NULL));
  plan = bobbin_add_plan_new ("http://h/a.bin", folder, NULL);

  g_assert_cmpstr (bobbin_add_plan_get_name (plan, 0), ==, "a (1).bin");
  g_assert_true (bobbin_add_plan_is_renamed (plan, 0));
  bobbin_test_remove_folder (folder);
}

/* A number that was added must not meet a name that has the number by itself, whichever comes first. */
static void
test_names_with_numbers (void)
{
  g_autoptr (BobbinAddPlan) other
      = bobbin_add_plan_new ("http://h/a.bin\nhttp://h/x/a.bin\nhttp://h/a%20(1).bin\n", "/nonexistent",
                             NULL);
  g_autoptr (BobbinAddPlan) plan
      = bobbin_add_plan_new ("http://h/a%20(1).bin\nhttp://h/a.bin\nhttp://h/x/a.bin\n", "/nonexistent",
                             NULL);

  g_assert_cmpstr (bobbin_add_plan_get_name (plan, 0), ==, "a (1).bin");
  g_assert_cmpstr (bobbin_add_plan_get_name (plan, 1), ==, "a.bin");
  g_assert_cmpstr (bobbin_add_plan_get_name (plan, 2), ==, "a (2).bin");
  g_assert_cmpstr (bobbin_add_plan_get_name (other, 1), ==, "a (1).bin");
  g_assert_cmpstr (bobbin_add_plan_get_name (other, 2), ==, "a (1) (1).bin");
}

static void
test_given_name (void)
{
  g_autoptr (BobbinAddPlan) one = bobbin_add_plan_new ("http://h/a.bin", "/nonexistent", "mine.bin");
  g_autoptr (BobbinAddPlan) two
      = bobbin_add_plan_new ("http://h/a.bin http://h/b.bin", "/nonexistent", "mine.bin");

  g_assert_cmpstr (bobbin_add_plan_get_name (one, 0), ==, "mine.bin");
  g_assert_cmpstr (bobbin_link_get_name (bobbin_add_plan_get_link (one, 0)), ==, "mine.bin");
  g_assert_cmpstr (bobbin_add_plan_get_name (two, 0), ==, "a.bin");
  g_assert_null (bobbin_link_get_name (bobbin_add_plan_get_link (two, 0)));
}

static void
test_lines (void)
{
  g_autoptr (BobbinAddPlan) plan
      = bobbin_add_plan_new ("http://h/a\n\nhttp://h/a\nfor later\nftp://h/b\n", "/nonexistent", NULL);
  g_autoptr (BobbinAddPlan) good = bobbin_add_plan_new ("http://h/a\n# mine\n", "/nonexistent", NULL);

  g_assert_cmpuint (bobbin_add_plan_get_n_lines (plan), ==, 5);
  g_assert_cmpuint (bobbin_add_plan_get_n_repeated (plan), ==, 1);
  g_assert_cmpuint (bobbin_add_plan_get_n_bad (plan), ==, 2);
  g_assert_cmpuint (bobbin_add_plan_get_first_bad (plan), ==, 3);
  g_assert_cmpuint (bobbin_add_plan_get_n_bad (good), ==, 0);
}

/* As many links of one name as there are, in a time that grows with their number, not with its square. */
static void
test_many_of_one_name (void)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (BobbinAddPlan) plan = NULL;

  for (guint i = 0; i < 20000; i++)
    g_string_append_printf (text, "http://h/%u/download\n", i);
  plan = bobbin_add_plan_new (text->str, "/nonexistent", NULL);

  g_assert_cmpuint (bobbin_add_plan_get_n_links (plan), ==, 20000);
  g_assert_cmpstr (bobbin_add_plan_get_name (plan, 19999), ==, "download (19999)");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/add-plan/names", test_names);
  g_test_add_func ("/add-plan/name-with-part", test_name_with_part);
  g_test_add_func ("/add-plan/names-with-numbers", test_names_with_numbers);
  g_test_add_func ("/add-plan/given-name", test_given_name);
  g_test_add_func ("/add-plan/lines", test_lines);
  g_test_add_func ("/add-plan/many-of-one-name", test_many_of_one_name);

  return g_test_run ();
}
