/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-crash-folder.h"

#include "bobbin-test.h"

#include <glib/gstdio.h>

/* Returns: (transfer full): canonical path of a new, empty folder */
char *
bobbin_crash_folder_new (void)
{
  g_autofree char *made = bobbin_test_make_folder ();
  char *path = realpath (made, NULL);

  g_assert_nonnull (path);
  return path;
}

/* Returns: (transfer full): path of a new folder in another one */
char *
bobbin_crash_folder_make (const char *parent, const char *name)
{
  char *path = g_build_filename (parent, name, NULL);

  g_assert_cmpint (g_mkdir (path, 0700), ==, 0);
  return path;
}

/* Removes a folder and all that is in it. */
void
bobbin_crash_folder_remove (const char *folder)
{
  g_auto (GStrv) names = bobbin_test_list_folder (folder);

  for (char **name = names; *name != NULL; name++)
    {
      g_autofree char *path = g_build_filename (folder, *name, NULL);

      if (g_file_test (path, G_FILE_TEST_IS_DIR))
        bobbin_crash_folder_remove (path);
    }
  bobbin_test_remove_folder (folder);
}

/* Returns: what the environment says, for runs by hand */
guint
bobbin_crash_get_number (const char *variable, guint otherwise)
{
  const char *text = g_getenv (variable);

  return text != NULL ? (guint) g_ascii_strtoull (text, NULL, 10) : otherwise;
}
