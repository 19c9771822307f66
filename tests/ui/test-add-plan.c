/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-add-plan.h"
#include "bobbin-test.h"

static BobbinAddPlan *
make_plan (const char *text, const char *folder, const char *name)
{
  const BobbinAddRequest request
      = { .text = text, .max_expanded = BOBBIN_PATTERN_ASK, .folder = folder, .name = name };

  return bobbin_add_plan_new (&request, NULL);
}

static void
test_names (void)
{
  g_autofree char *folder = bobbin_test_make_folder ();
  g_autofree char *path = g_build_filename (folder, "b.bin", NULL);
  g_autoptr (BobbinAddPlan) plan = NULL;
  g_autoptr (BobbinLink) link = NULL;

  g_assert_true (g_file_set_contents (path, "", 0, NULL));
  plan = make_plan ("http://h/a.bin\nhttp://h/b.bin\nhttp://h/x/a.bin\nhttp://h/y/a.bin\n", folder, NULL);

  g_assert_cmpuint (bobbin_add_plan_get_n_links (plan), ==, 4);
  g_assert_cmpstr (bobbin_add_plan_get_name (plan, 0), ==, "a.bin");
  g_assert_cmpstr (bobbin_add_plan_get_name (plan, 1), ==, "b (1).bin");
  g_assert_cmpstr (bobbin_add_plan_get_name (plan, 2), ==, "a (1).bin");
  g_assert_cmpstr (bobbin_add_plan_get_name (plan, 3), ==, "a (2).bin");
  g_assert_false (bobbin_add_plan_is_renamed (plan, 0));
  g_assert_true (bobbin_add_plan_is_renamed (plan, 1));
  g_assert_true (bobbin_add_plan_is_renamed (plan, 3));
  link = bobbin_add_plan_dup_link (plan, 3);
  g_assert_cmpstr (bobbin_link_get_folder (link), ==, folder);
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
  plan = make_plan ("http://h/a.bin", folder, NULL);

  g_assert_cmpstr (bobbin_add_plan_get_name (plan, 0), ==, "a (1).bin");
  g_assert_true (bobbin_add_plan_is_renamed (plan, 0));
  bobbin_test_remove_folder (folder);
}

/* A number that was added must not meet a name that has the number by itself, whichever comes first. */
static void
test_names_with_numbers (void)
{
  g_autoptr (BobbinAddPlan) other
      = make_plan ("http://h/a.bin\nhttp://h/x/a.bin\nhttp://h/a%20(1).bin\n", "/nonexistent", NULL);
  g_autoptr (BobbinAddPlan) plan
      = make_plan ("http://h/a%20(1).bin\nhttp://h/a.bin\nhttp://h/x/a.bin\n", "/nonexistent", NULL);

  g_assert_cmpstr (bobbin_add_plan_get_name (plan, 0), ==, "a (1).bin");
  g_assert_cmpstr (bobbin_add_plan_get_name (plan, 1), ==, "a.bin");
  g_assert_cmpstr (bobbin_add_plan_get_name (plan, 2), ==, "a (2).bin");
  g_assert_cmpstr (bobbin_add_plan_get_name (other, 1), ==, "a (1).bin");
  g_assert_cmpstr (bobbin_add_plan_get_name (other, 2), ==, "a (1) (1).bin");
}

static void
test_given_name (void)
{
  g_autoptr (BobbinAddPlan) one = make_plan ("http://h/a.bin", "/nonexistent", "mine.bin");
  g_autoptr (BobbinAddPlan) two = make_plan ("http://h/a.bin http://h/b.bin", "/nonexistent", "mine.bin");
  g_autoptr (BobbinLink) link = bobbin_add_plan_dup_link (one, 0);

  g_assert_cmpstr (bobbin_add_plan_get_name (one, 0), ==, "mine.bin");
  g_assert_cmpstr (bobbin_link_get_name (link), ==, "mine.bin");
  g_assert_cmpstr (bobbin_add_plan_get_name (two, 0), ==, "a.bin");
  g_assert_null (bobbin_link_get_name (bobbin_add_plan_get_link (two, 0)));
}

static void
test_lines (void)
{
  g_autoptr (BobbinAddPlan) plan
      = make_plan ("http://h/a\n\nhttp://h/a\nfor later\nftp://h/b\n", "/nonexistent", NULL);
  g_autoptr (BobbinAddPlan) good = make_plan ("http://h/a\n# mine\n", "/nonexistent", NULL);

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
  plan = make_plan (text->str, "/nonexistent", NULL);

  g_assert_cmpuint (bobbin_add_plan_get_n_links (plan), ==, 20000);
  g_assert_cmpstr (bobbin_add_plan_get_name (plan, 19999), ==, "download (19999)");
}

static BobbinAddSource *
make_source (const char *text, const char *name)
{
  g_autoptr (GBytes) data = g_bytes_new_static (text, strlen (text));

  return bobbin_add_source_new (data, name, NULL);
}

static BobbinAddPlan *
make_plan_of (const char *text, BobbinAddSource *source, guint max_expanded)
{
  g_autoptr (GPtrArray) sources = g_ptr_array_new ();
  const BobbinAddRequest request
      = { .text = text, .max_expanded = max_expanded, .sources = sources, .folder = "/nonexistent" };

  if (source != NULL)
    g_ptr_array_add (sources, source);
  return bobbin_add_plan_new (&request, NULL);
}

static const char metalink[] = "<metalink xmlns=\"urn:ietf:params:xml:ns:metalink\">"
                               "<file name=\"deep/er/a.iso\"><size>12</size>"
                               "<url>http://h/a.iso</url><url>http://m/a.iso</url></file>"
                               "<file name=\"b.iso\"><url>http://h/b.iso</url></file>"
                               "<file name=\"../c.iso\"><url>http://h/c.iso</url></file></metalink>";

/* The links of a source follow those of the text, each once, in their folders. */
static void
test_source (void)
{
  g_autoptr (BobbinAddSource) source = make_source (metalink, "all.meta4");
  g_autoptr (BobbinAddPlan) plan = make_plan_of ("http://h/b.iso\n", source, BOBBIN_PATTERN_ASK);
  g_autoptr (BobbinLink) link = bobbin_add_plan_dup_link (plan, 1);
  guint first;

  g_assert_cmpuint (bobbin_add_plan_get_n_links (plan), ==, 2);
  g_assert_cmpuint (bobbin_add_plan_get_n_repeated (plan), ==, 1);
  g_assert_cmpstr (bobbin_add_plan_get_name (plan, 0), ==, "b.iso");
  g_assert_cmpstr (bobbin_add_plan_get_name (plan, 1), ==, "a.iso");
  g_assert_cmpstr (bobbin_link_get_folder (link), ==, "/nonexistent/deep/er");
  g_assert_cmpuint (bobbin_link_get_n_mirrors (link), ==, 1);
  g_assert_cmpuint (bobbin_add_source_get_n_lines_with_reason (source, BOBBIN_REASON_LEAVES_FOLDER, &first),
                    ==, 1);
  g_assert_cmpuint (first, ==, 2);
}

/* Away from the database of types, only what the page says of its links tells their kinds. */
static void
test_kinds (void)
{
  static const char page[] = "<html><body><a href=http://h/a>a</a><img src=http://h/b><img src=http://h/c>"
                             "<video src=http://h/d></video><audio src=http://h/e></audio></body></html>";
  g_autoptr (BobbinAddSource) source = make_source (page, "page.html");
  g_autoptr (BobbinAddPlan) plan = make_plan_of ("", source, BOBBIN_PATTERN_ASK);

  g_assert_true (bobbin_add_plan_is_mixed (plan));
  g_assert_cmpuint (bobbin_add_plan_get_n_of_kind (plan, BOBBIN_ADD_KIND_PICTURE), ==, 2);
  g_assert_cmpuint (bobbin_add_plan_get_n_of_kind (plan, BOBBIN_ADD_KIND_SOUND), ==, 1);
  g_assert_cmpuint (bobbin_add_plan_get_n_of_kind (plan, BOBBIN_ADD_KIND_VIDEO), ==, 1);
  g_assert_cmpuint (bobbin_add_plan_get_n_of_kind (plan, BOBBIN_ADD_KIND_OTHER), ==, 1);
}

static void
test_patterns (void)
{
  g_autoptr (BobbinAddPlan) few
      = make_plan_of ("http://h/x\r\nhttp://h/[1-3]\r\nhttp://h/{a,b}[1-3]\r\nhttp://h/z", NULL,
                      BOBBIN_PATTERN_ASK);
  g_autoptr (BobbinAddPlan) many = make_plan_of ("http://h/[1-5000]", NULL, BOBBIN_PATTERN_ASK);
  g_autoptr (BobbinAddPlan) agreed = make_plan_of ("http://h/[1-5000]", NULL, 5000);
  g_autoptr (BobbinAddPlan) too_many = make_plan_of ("http://h/[1-1000001]", NULL, BOBBIN_PATTERN_MAX);
  const GArray *ranges = bobbin_add_plan_get_ranges (few);

  g_assert_cmpuint (bobbin_add_plan_get_n_links (few), ==, 11);
  g_assert_cmpuint (ranges->len, ==, 1);
  g_assert_cmpuint (g_array_index (ranges, BobbinAddRange, 0).first, ==, 4);
  g_assert_cmpuint (g_array_index (ranges, BobbinAddRange, 0).n_links, ==, 6);
  g_assert_cmpuint (bobbin_add_plan_get_n_links (many), ==, 0);
  g_assert_cmpuint (bobbin_links_get_n_pending (bobbin_add_plan_get_text_links (many)), ==, 5000);
  g_assert_cmpuint (bobbin_add_plan_get_n_bad (many), ==, 0);
  g_assert_cmpuint (bobbin_add_plan_get_n_links (agreed), ==, 5000);
  g_assert_cmpuint (bobbin_add_plan_get_n_links (too_many), ==, 0);
  g_assert_cmpuint (bobbin_add_plan_get_n_bad (too_many), ==, 1);
}

/* What the person wants of names and folders is in the plan as it is in the links. */
static void
test_naming (void)
{
  static const char *const kind_folders[BOBBIN_FILE_N_KINDS] = { [BOBBIN_FILE_KIND_PICTURE] = "Pictures" };
  g_autoptr (BobbinNaming) naming
      = bobbin_naming_new (BOBBIN_FOLDERS_KIND, "{index} {name}", kind_folders, NULL);
  g_autoptr (BobbinAddSource) source
      = make_source ("<html><body><img src=http://h/b.x><a href=http://h/c.x>c</a>", "page.html");
  g_autoptr (GPtrArray) sources = g_ptr_array_new ();
  BobbinAddRequest request = { .text = "", .sources = sources, .folder = "/nonexistent", .naming = naming };
  g_autoptr (BobbinAddPlan) plan = NULL;
  g_autoptr (BobbinAddPlan) single = NULL;
  g_autoptr (BobbinLink) link = NULL;
  g_autoptr (BobbinLink) given = NULL;
  g_autofree char *name = NULL;
  g_autofree char *given_name = NULL;

  g_ptr_array_add (sources, source);
  plan = bobbin_add_plan_new (&request, NULL);
  link = bobbin_add_plan_dup_link (plan, 0);
  name = bobbin_link_dup_file_name (link, "attachment; filename=cat.jpg", NULL, NULL);
  g_assert_cmpstr (bobbin_add_plan_get_name (plan, 0), ==, "1 b.x");
  g_assert_cmpstr (bobbin_add_plan_get_name (plan, 1), ==, "2 c.x");
  g_assert_cmpstr (bobbin_add_plan_get_subfolder (plan, 0), ==, "Pictures");
  g_assert_null (bobbin_add_plan_get_subfolder (plan, 1));
  g_assert_cmpstr (bobbin_link_get_folder (link), ==, "/nonexistent/Pictures");
  g_assert_cmpstr (name, ==, "1 cat.jpg");

  request = (BobbinAddRequest){ .text = "http://h/a.x", .folder = "/x", .name = "mine", .naming = naming };
  single = bobbin_add_plan_new (&request, NULL);
  given = bobbin_add_plan_dup_link (single, 0);
  given_name = bobbin_link_dup_file_name (given, NULL, NULL, NULL);
  g_assert_cmpstr (bobbin_add_plan_get_name (single, 0), ==, "mine");
  g_assert_cmpstr (given_name, ==, "mine");
}

static void
test_cancelled (void)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  const BobbinAddRequest request = { .text = "http://h/a", .folder = "/nonexistent" };

  g_cancellable_cancel (cancellable);
  g_assert_null (bobbin_add_plan_new (&request, cancellable));
}

static void
assert_one_site (const char *text, gboolean expected)
{
  g_autoptr (BobbinAddPlan) plan = make_plan (text, "/nonexistent", NULL);

  g_assert_cmpint (bobbin_add_plan_has_one_site (plan), ==, expected);
}

/* A password for one of these must not reach another. */
static void
test_one_site (void)
{
  assert_one_site ("", FALSE);
  assert_one_site ("http://h/a", TRUE);
  assert_one_site ("http://h/a\nhttp://H:80/b?c\nhttp://h", TRUE);
  assert_one_site ("http://h/a\nhttps://h/a", FALSE);
  assert_one_site ("http://h/a\nhttp://h:8080/a", FALSE);
  assert_one_site ("http://h/a\nhttp://ha/", FALSE);
  assert_one_site ("http://h.example.org/a\nhttp://example.org/a", FALSE);
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

  g_test_add_func ("/add-plan/source", test_source);
  g_test_add_func ("/add-plan/kinds", test_kinds);
  g_test_add_func ("/add-plan/patterns", test_patterns);
  g_test_add_func ("/add-plan/naming", test_naming);
  g_test_add_func ("/add-plan/cancelled", test_cancelled);
  g_test_add_func ("/add-plan/one-site", test_one_site);

  return g_test_run ();
}
