/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-safe-name.h"

#include "bobbin-file-name.h"

#include <string.h>

static gboolean
is_end_blank (gunichar c)
{
  return c == '.' || c == 0x180e || g_unichar_isspace (c);
}

static gboolean
is_device (const char *name)
{
  g_autofree char *stem = g_ascii_strup (name, (gssize) strcspn (name, "."));

  g_strchomp (stem);
  return g_regex_match_simple ("^(CON|PRN|AUX|NUL|CLOCK\\$|CONIN\\$|CONOUT\\$|(COM|LPT)([0-9]|¹|²|³))$", stem,
                               0, 0);
}

/* What every file name keeps, whatever it was made of. */
void
bobbin_assert_safe_name (const char *name, gboolean may_be_hidden)
{
  static const char *const followed[] = { ".desktop", ".url", ".lnk", ".local", ".scf" };
  g_autofree char *lower = g_ascii_strdown (name, -1);
  gsize length = strlen (name);

  g_assert_cmpuint (length, >, 0);
  g_assert_cmpuint (length, <=, BOBBIN_FILE_NAME_MAX);
  g_assert_true (g_utf8_validate (name, -1, NULL));
  g_assert_cmpstr (name, !=, ".");
  g_assert_cmpstr (name, !=, "..");
  g_assert_null (strpbrk (name, "/\\:*?\"<>|"));
  g_assert_true (may_be_hidden || name[0] != '.');
  g_assert_false (is_end_blank (g_utf8_get_char (g_utf8_prev_char (name + length))));
  g_assert_false (g_unichar_isspace (g_utf8_get_char (name)));
  g_assert_false (is_device (name));

  for (const char *p = name; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      g_assert_false (c < 0x20 || (c >= 0x7f && c < 0xa0));
      g_assert_false (c == 0x61c || c == 0x200e || c == 0x200f || c == 0x2028 || c == 0x2029);
      g_assert_false ((c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069));
    }
  for (gsize i = 0; i < G_N_ELEMENTS (followed); i++)
    g_assert_false (g_str_has_suffix (lower, followed[i]));
}
