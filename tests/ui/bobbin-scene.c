/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-demo-bytes.h"
#include "bobbin-hand.h"
#include "bobbin-scene.h"

/**
 * bobbin_scene_append_link:
 * @text: lines of links
 * @server: the server
 * @size: how many bytes the file has
 * @query: the query of the link
 *
 * Adds a line with a link.
 */
void
bobbin_scene_append_link (GString *text, BobbinDemoServer *server, guint size, const char *query)
{
  g_string_append_printf (text, "%s/bytes/%u?%s\n", bobbin_demo_server_get_uri (server), size, query);
}

/**
 * bobbin_scene_assert_bytes:
 * @person: somebody
 * @name: leaf name of a file in the Downloads folder
 * @size: how many bytes it should have
 *
 * Compares the file with what the server sent, byte for byte.
 */
void
bobbin_scene_assert_bytes (BobbinPerson *person, const char *name, guint size)
{
  g_autofree char *path = g_build_filename (bobbin_person_get_downloads (person), name, NULL);
  g_autofree char *contents = NULL;
  g_autofree guint8 *expected = g_malloc (size + 1); /* never NULL */
  g_autoptr (GError) error = NULL;
  gsize length;

  g_file_get_contents (path, &contents, &length, &error);
  g_assert_no_error (error);
  bobbin_demo_bytes_fill (expected, size, 0);
  g_assert_cmpmem (contents, length, expected, size);
}

/**
 * bobbin_scene_list_files:
 * @person: somebody
 *
 * Returns: (transfer full): the names of all that is in the Downloads folder
 */
char **
bobbin_scene_list_files (BobbinPerson *person)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GDir) folder = g_dir_open (bobbin_person_get_downloads (person), 0, &error);
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  const char *name;

  g_assert_no_error (error);
  while ((name = g_dir_read_name (folder)) != NULL)
    g_strv_builder_add (names, name);
  return g_strv_builder_end (names);
}

/**
 * bobbin_scene_assert_n_files:
 * @person: somebody
 * @n_files: how many there should be
 *
 * Counts what is in the Downloads folder, parts of files too.
 */
void
bobbin_scene_assert_n_files (BobbinPerson *person, guint n_files)
{
  g_auto (GStrv) names = bobbin_scene_list_files (person);

  g_assert_cmpuint (g_strv_length (names), ==, n_files);
}

/**
 * bobbin_scene_paste:
 * @person: somebody
 * @text: lines of links
 *
 * Copies @text elsewhere, pastes it into the window, and waits for the dialog.
 */
void
bobbin_scene_paste (BobbinPerson *person, const char *text)
{
  bobbin_hand_copy (text, NULL);
  bobbin_hand_take_window ("Bobbin");
  bobbin_hand_press ("ctrl+v");
  /* Its role would tell more, but GTK 4.8 has none for a dialog. */
  bobbin_person_see (person, ATSPI_ROLE_PUSH_BUTTON, "Download");
}

/**
 * bobbin_scene_download:
 * @person: somebody
 * @text: lines of links
 *
 * Pastes links, and downloads them.
 */
void
bobbin_scene_download (BobbinPerson *person, const char *text)
{
  bobbin_scene_paste (person, text);
  bobbin_person_see (person, ATSPI_ROLE_STATUS_BAR, "* link*");
  bobbin_hand_press ("ctrl+Return");
  bobbin_person_see_no_more (person, ATSPI_ROLE_PUSH_BUTTON, "Download");
}
