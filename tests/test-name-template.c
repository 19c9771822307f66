/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-file-name.h"
#include "bobbin-name-template.h"
#include "bobbin-naming.h"
#include "bobbin-safe-name.h"
#include "bobbin-test.h"

#include <string.h>

static char *
make (const char *template, const char *host, guint number, guint n_files, const char *name)
{
  g_autoptr (GDateTime) date = g_date_time_new_local (2026, 3, 9, 23, 59, 0);
  g_autofree char *bound = bobbin_name_template_bind (template, host, number, n_files, date);

  g_assert_cmpint (bobbin_name_template_check (bound), !=, BOBBIN_TEMPLATE_FIELD);
  return bobbin_name_template_apply (bound, name);
}

static void
test_check (void)
{
  static const struct
  {
    const char *template;
    BobbinTemplateFault fault;
  } rows[] = {
    { "{name}", BOBBIN_TEMPLATE_GOOD },
    { "{index}", BOBBIN_TEMPLATE_GOOD },
    { "{date} {host} {index} {name}", BOBBIN_TEMPLATE_GOOD },
    { "{{{name}}}", BOBBIN_TEMPLATE_GOOD },
    { "a\\b{name}", BOBBIN_TEMPLATE_GOOD },
    { "", BOBBIN_TEMPLATE_SAME },
    { "a", BOBBIN_TEMPLATE_SAME },
    { "{host} {date}", BOBBIN_TEMPLATE_SAME },
    { "{{name}}", BOBBIN_TEMPLATE_SAME },
    { "{Name}", BOBBIN_TEMPLATE_FIELD },
    { "{name }", BOBBIN_TEMPLATE_FIELD },
    { "{name} {ext}", BOBBIN_TEMPLATE_FIELD },
    { "{name} {}", BOBBIN_TEMPLATE_FIELD },
    { "{name} {", BOBBIN_TEMPLATE_BRACE },
    { "{name} }", BOBBIN_TEMPLATE_BRACE },
    { "{name}}", BOBBIN_TEMPLATE_BRACE },
    { "{name", BOBBIN_TEMPLATE_BRACE },
    { "{na{me}", BOBBIN_TEMPLATE_BRACE },
    { "{host}/{name}", BOBBIN_TEMPLATE_SLASH },
    { "../{name}", BOBBIN_TEMPLATE_SLASH },
  };
  g_autofree char *longest = g_strnfill (BOBBIN_FILE_NAME_MAX + 1, 'a');

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      bobbin_test_message (rows[i].template);
      g_assert_cmpint (bobbin_name_template_check (rows[i].template), ==, rows[i].fault);
    }
  g_assert_cmpint (bobbin_name_template_check (longest), ==, BOBBIN_TEMPLATE_LONG);
}

static void
test_names (void)
{
  static const struct
  {
    const char *template;
    const char *name;
    const char *made;
  } rows[] = {
    { "{name}", "cat.jpg", "cat.jpg" },
    { "{name}", "cat.tar.gz", "cat.tar.gz" },
    { "{date} {name}", "cat.jpg", "2026-03-09 cat.jpg" },
    { "{host}-{index}", "cat.tar.gz", "example.org-007.tar.gz" },
    { "{index}", "README", "007" },
    { "{name}.{index}", "cat.jpg", "cat.007.jpg" },
    { "{name}.png", "cat.jpg", "cat.png.jpg" },
    { "{name} ", "cat.jpg", "cat.jpg" },
    { "{name}", "photo.v1.2", "photo.v1.2" },
    { "{{{name}}}", "cat.jpg", "{cat}.jpg" },
    { "{name}", "{index}{{x}}.jpg", "{index}{{x}}.jpg" },
    { "{name}{name}", "a.b", "aa.b" },
    { "{name}?", "a.b", "a_.b" },
    { "caf\xe9 {name}", "é.b", "café é.b" },
    { "{name}", "evil.desktop.download", "evil.desktop.download" },
    { "{name}.desktop", "evil", "evil.desktop.download" },
    { "{name}.url", "x.download", "x.url.download" },
    { "co{name}", "n.txt", "_con.txt" },
    { ". {name}", "x.txt", ".x.txt" },
    { ".{name}", "x.txt", ".x.txt" },
    { " .{name}", "x.txt", "x.txt" },
    { "{name}", ".bashrc", ".bashrc" },
    { "{index}{name}", ".bashrc", "007.bashrc" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *made = make (rows[i].template, "example.org", 7, 100, rows[i].name);

      bobbin_test_message (rows[i].template);
      g_assert_cmpstr (made, ==, rows[i].made);
      bobbin_assert_safe_name (made,
                               made[0] == '.' && (rows[i].template[0] == '.' || rows[i].name[0] == '.'));
    }
}

/* Whatever is too long is cut, and the extension is not what goes. */
static void
test_length (void)
{
  g_autofree char *text = g_strnfill (BOBBIN_FILE_NAME_MAX - 10, 'a');
  g_autofree char *template = g_strconcat (text, "{name}", NULL);
  g_autofree char *name = g_strconcat (text, ".tar.gz", NULL);
  g_autofree char *made = make (template, "h", 1, 1, name);

  g_assert_cmpuint (strlen (made), ==, BOBBIN_FILE_NAME_MAX);
  g_assert_true (g_str_has_suffix (made, "a.tar.gz"));
  bobbin_assert_safe_name (made, FALSE);
}

/* Blanks at the front, of which there may be more than a name has room. */
static void
test_blanks (void)
{
  g_autofree char *blanks = g_strnfill (BOBBIN_FILE_NAME_MAX + 20, '\f');
  g_autofree char *template = g_strconcat (blanks, "x{name}", NULL);
  g_autofree char *made = bobbin_name_template_apply (template, "a.b");

  g_assert_cmpstr (made, ==, "xa.b");
}

/* The numbers of a batch sort as they are. */
static void
test_numbers (void)
{
  g_autofree char *first = make ("{index}", "h", 1, 1000, "a");
  g_autofree char *only = make ("{index}", "h", 1, 1, "a");
  g_autofree char *beyond = make ("{index}", "h", 12, 5, "a");

  g_assert_cmpstr (first, ==, "0001");
  g_assert_cmpstr (only, ==, "1");
  g_assert_cmpstr (beyond, ==, "12");
}

/* What the store gives back may be no template of ours. */
static void
test_damaged (void)
{
  static const char *const templates[] = { "", "{", "}", "{index}", "{name", "/../{name}", "\xff{name}" };

  for (gsize i = 0; i < G_N_ELEMENTS (templates); i++)
    {
      g_autofree char *made = bobbin_name_template_apply (templates[i], "a.b");

      bobbin_assert_safe_name (made, FALSE);
    }
}

static void
test_random (void)
{
  static const char *const bits[]
      = { "{name}", "{host}", "{index}", "{date}", "{{",           "}}", "{", "}",  "/",    "..",  " ",
          ".",      "con",    "é",       "\xff",   "\xe2\x80\xae", "a",  "*", "\n", ".lnk", ".url" };

  for (guint i = 0; i < 20000; i++)
    {
      g_autoptr (GString) template = g_string_new (NULL);
      g_autoptr (GString) text = g_string_new (NULL);
      g_autofree char *name = NULL;
      g_autofree char *made = NULL;

      for (gint j = g_test_rand_int_range (0, 8); j > 0; j--)
        g_string_append (template, bits[g_test_rand_int_range (0, G_N_ELEMENTS (bits))]);
      for (gint j = g_test_rand_int_range (0, 8); j > 0; j--)
        g_string_append (text, bits[g_test_rand_int_range (0, G_N_ELEMENTS (bits))]);
      name = bobbin_file_name_sanitize (text->str);
      made = make (template->str, text->str, i, 20000, name);
      bobbin_assert_safe_name (made, template->str[0] == '.');
    }
}

static BobbinLink *
make_link (const char *uri, const char *subfolder)
{
  BobbinLink *link = bobbin_link_new (uri, NULL);

  bobbin_link_set_subfolder (link, subfolder);
  return link;
}

static void
test_folders (void)
{
  static const char *const kind_folders[BOBBIN_FILE_N_KINDS]
      = { [BOBBIN_FILE_KIND_PICTURE] = "Pictures", [BOBBIN_FILE_KIND_SOUND] = "../Mus/ic" };
  static const struct
  {
    BobbinFolders folders;
    BobbinFileKind kind;
    const char *uri;
    const char *own;
    const char *folder;
  } rows[] = {
    { BOBBIN_FOLDERS_NONE, BOBBIN_FILE_KIND_PICTURE, "https://example.org/a.jpg", NULL, NULL },
    { BOBBIN_FOLDERS_NONE, BOBBIN_FILE_KIND_PICTURE, "https://example.org/a.jpg", "x/y", "x/y" },
    { BOBBIN_FOLDERS_KIND, BOBBIN_FILE_KIND_PICTURE, "https://example.org/a.jpg", NULL, "Pictures" },
    { BOBBIN_FOLDERS_KIND, BOBBIN_FILE_KIND_PICTURE, "https://example.org/a.jpg", "x/y", "Pictures/x/y" },
    { BOBBIN_FOLDERS_KIND, BOBBIN_FILE_KIND_SOUND, "https://example.org/a", NULL, "_Mus_ic" },
    { BOBBIN_FOLDERS_KIND, BOBBIN_FILE_KIND_OTHER, "https://example.org/a", NULL, NULL },
    { BOBBIN_FOLDERS_HOST, BOBBIN_FILE_KIND_OTHER, "https://Example.org:8080/a", NULL, "example.org" },
    { BOBBIN_FOLDERS_HOST, BOBBIN_FILE_KIND_OTHER, "http://u:p@con/a", "x", "_con/x" },
    { BOBBIN_FOLDERS_HOST, BOBBIN_FILE_KIND_OTHER, "http://[::1]:8080/a", NULL, "[__1]" },
    { BOBBIN_FOLDERS_HOST, BOBBIN_FILE_KIND_OTHER, "http://xn--bcher-kva.example/a", NULL, "bücher.example" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (BobbinNaming) naming = bobbin_naming_new (rows[i].folders, NULL, kind_folders, NULL);
      g_autoptr (BobbinLink) link = make_link (rows[i].uri, rows[i].own);

      bobbin_naming_apply (naming, link, rows[i].kind, 1, 1);
      bobbin_test_message (rows[i].uri);
      g_assert_cmpstr (bobbin_link_get_subfolder (link), ==, rows[i].folder);
    }
}

/* The template goes with the link, is kept with it, and waits for the name. */
static void
test_link (void)
{
  g_autoptr (BobbinNaming) naming = bobbin_naming_new (BOBBIN_FOLDERS_NONE, "{index} {name}", NULL, NULL);
  g_autoptr (BobbinNaming) bad = bobbin_naming_new (BOBBIN_FOLDERS_NONE, "{index} {nam}", NULL, NULL);
  g_autoptr (BobbinLink) link = make_link ("https://example.org/get", NULL);
  g_autoptr (BobbinLink) copy = NULL;
  g_autoptr (BobbinLink) again = make_link ("https://example.org/get", NULL);
  g_autofree char *extras = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  bobbin_naming_apply (naming, link, BOBBIN_FILE_KIND_OTHER, 3, 20);
  bobbin_naming_apply (bad, link, BOBBIN_FILE_KIND_OTHER, 4, 20);
  copy = bobbin_link_copy (link);
  extras = bobbin_link_dup_extras (copy);
  bobbin_link_take_extras (again, extras);
  before = bobbin_link_dup_file_name (again, NULL, NULL, NULL);
  after = bobbin_link_dup_file_name (again, "attachment; filename=cat.jpg", "https://cdn.example/x", NULL);

  g_assert_cmpstr (before, ==, "03 get");
  g_assert_cmpstr (after, ==, "03 cat.jpg");
}

/* What a version without templates has written. */
static void
test_old_extras (void)
{
  g_autoptr (BobbinLink) link = make_link ("https://example.org/a.b", NULL);
  g_autofree char *name = NULL;

  bobbin_link_take_extras (link,
                           "(int64 5, [('https://m.example/a', uint32 2, 'de')], ('md5', int64 0, []))");
  name = bobbin_link_dup_file_name (link, NULL, NULL, NULL);

  g_assert_cmpint (bobbin_link_get_size (link), ==, 5);
  g_assert_cmpuint (bobbin_link_get_n_mirrors (link), ==, 1);
  g_assert_cmpstr (name, ==, "a.b");
}

/* By the types of the real system, which the isolated folders hide. */
static void
test_kinds (void)
{
  static const char *const mime_folders[] = { "/usr/share/mime", NULL };
  static const struct
  {
    const char *name;
    BobbinFileKind kind;
  } rows[] = {
    { "a.jpg", BOBBIN_FILE_KIND_PICTURE },    { "a.SVG", BOBBIN_FILE_KIND_PICTURE },
    { "a.mp3", BOBBIN_FILE_KIND_SOUND },      { "a.flac", BOBBIN_FILE_KIND_SOUND },
    { "a.mkv", BOBBIN_FILE_KIND_VIDEO },      { "a.zip", BOBBIN_FILE_KIND_ARCHIVE },
    { "a.tar.gz", BOBBIN_FILE_KIND_ARCHIVE }, { "a.iso", BOBBIN_FILE_KIND_ARCHIVE },
    { "a.deb", BOBBIN_FILE_KIND_ARCHIVE },    { "a.pdf", BOBBIN_FILE_KIND_DOCUMENT },
    { "a.epub", BOBBIN_FILE_KIND_DOCUMENT },  { "a.csv", BOBBIN_FILE_KIND_DOCUMENT },
    { "a.odt", BOBBIN_FILE_KIND_DOCUMENT },   { "a.txt", BOBBIN_FILE_KIND_DOCUMENT },
    { "a.html", BOBBIN_FILE_KIND_OTHER },     { "a", BOBBIN_FILE_KIND_OTHER },
    { "", BOBBIN_FILE_KIND_OTHER },           { "a.no-such-ending", BOBBIN_FILE_KIND_OTHER },
  };

  if (!g_file_test ("/usr/share/mime/mime.cache", G_FILE_TEST_EXISTS))
    {
      g_test_skip ("no shared-mime-info");
      return;
    }
  g_content_type_set_mime_dirs (mime_folders);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      bobbin_test_message (rows[i].name);
      g_assert_cmpint (bobbin_file_kind_for_name (rows[i].name), ==, rows[i].kind);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/name-template/check", test_check);
  g_test_add_func ("/name-template/names", test_names);
  g_test_add_func ("/name-template/length", test_length);
  g_test_add_func ("/name-template/blanks", test_blanks);
  g_test_add_func ("/name-template/numbers", test_numbers);
  g_test_add_func ("/name-template/damaged", test_damaged);
  g_test_add_func ("/name-template/random", test_random);
  g_test_add_func ("/naming/folders", test_folders);
  g_test_add_func ("/naming/link", test_link);
  g_test_add_func ("/naming/old-extras", test_old_extras);
  g_test_add_func ("/naming/kinds", test_kinds);

  return g_test_run ();
}
