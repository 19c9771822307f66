/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-pattern.h"

#include <string.h>

/* Longer numbers are no counting but a name of digits. */
#define MAX_DIGITS 18

typedef struct
{
  guint64 count; /* at least 1 */

  char **words;  /* a fixed text has one, a set all of its own */
  guint64 first; /* without words: the first number or letter, */
  guint64 step;  /* how far it is to the next, */
  int width;     /* how many digits it has at least; 0 for a letter */
} Part;

struct _BobbinPattern
{
  GArray *parts; /* Part */
  guint64 count;
};

static void
part_clear (gpointer data)
{
  Part *part = data;

  g_strfreev (part->words);
}

static gboolean
take_number (const char **text, guint64 *number)
{
  const char *start = *text;

  *number = 0;
  while (g_ascii_isdigit (**text) && *text - start <= MAX_DIGITS)
    *number = *number * 10 + (guint64) (*(*text)++ - '0');

  return *text > start && *text - start <= MAX_DIGITS;
}

/* "1-100" or "001-100": zeros in front say how wide all the numbers are. */
static gboolean
take_numbers (const char **text, Part *part, guint64 *last)
{
  const char *start = *text;
  const char *dash = NULL;

  if (!take_number (text, &part->first) || **text != '-')
    return FALSE;
  dash = (*text)++;
  if (!take_number (text, last))
    return FALSE;

  part->width = *start == '0' ? (int) (dash - start) : 1;
  return TRUE;
}

/* "a-z" or "A-Z" */
static gboolean
take_letters (const char **text, Part *part, guint64 *last)
{
  const char *p = *text;

  if (!g_ascii_isalpha (p[0]) || p[1] != '-' || !g_ascii_isalpha (p[2])
      || g_ascii_islower (p[0]) != g_ascii_islower (p[2]))
    return FALSE;

  part->first = (guint64) p[0];
  *last = (guint64) p[2];
  *text += 3;
  return TRUE;
}

/* Reads "[1-100]", "[001-100]", "[a-z]" and, with a step, "[1-100:10]". What
 * counts down is no range: "[2024-01]" is a month.
 */
static const char *
take_range (const char *text, Part *part)
{
  const char *p = text + 1;
  guint64 last = 0;
  gboolean is_range = g_ascii_isdigit (*p) ? take_numbers (&p, part, &last) : take_letters (&p, part, &last);

  if (!is_range || last < part->first)
    return NULL;
  part->step = 1;
  if (*p == ':')
    {
      p++;
      if (!take_number (&p, &part->step) || part->step == 0)
        return NULL;
    }
  if (*p != ']')
    return NULL;

  part->count = (last - part->first) / part->step + 1;
  return p + 1;
}

static gboolean
is_escape (const char *text, const char *special)
{
  return text[0] == '\\' && text[1] != '\0' && strchr (special, text[1]) != NULL;
}

/* Reads "{one,two}". Without a comma, braces are just braces: "{id}". */
static const char *
take_set (const char *text, Part *part)
{
  g_autoptr (GPtrArray) words = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GString) word = g_string_new (NULL);
  const char *p = text + 1;

  for (; *p != '}'; p++)
    {
      if (*p == '\0' || *p == '{')
        return NULL;
      if (*p == ',')
        {
          g_ptr_array_add (words, g_strdup (word->str));
          g_string_truncate (word, 0);
          continue;
        }
      if (is_escape (p, "{},"))
        p++;
      g_string_append_c (word, *p);
    }
  if (words->len == 0)
    return NULL;

  g_ptr_array_add (words, g_strdup (word->str));
  part->count = words->len;
  g_ptr_array_add (words, NULL);
  part->words = (char **) g_ptr_array_free (g_steal_pointer (&words), FALSE);
  return p + 1;
}

static void
add_part (BobbinPattern *self, const Part *part)
{
  g_array_append_vals (self->parts, part, 1);
  if (!g_uint64_checked_mul (&self->count, self->count, part->count))
    self->count = G_MAXUINT64;
}

static void
add_fixed (BobbinPattern *self, GString *fixed)
{
  Part part = { .count = 1 };

  if (fixed->len == 0)
    return;
  part.words = g_new0 (char *, 2);
  part.words[0] = g_strdup (fixed->str);
  add_part (self, &part);
  g_string_truncate (fixed, 0);
}

/**
 * bobbin_pattern_new:
 * @text: a link as a person writes it
 *
 * Finds "[1-100]", "[001-100]", "[a-z]", "[1-100:10]" and "{one,two}" in a
 * text, any number of them. A backslash before a bracket or brace, and before a
 * comma within braces, takes the meaning from it and goes. Brackets with
 * anything else in them stay, such as those of an IPv6 address. Any thread.
 *
 * Returns: (transfer full) (nullable): the pattern, or %NULL if the text stands
 *   for nothing but itself
 */
BobbinPattern *
bobbin_pattern_new (const char *text)
{
  g_autoptr (BobbinPattern) self = NULL;
  g_autoptr (GString) fixed = NULL;
  gboolean changed = FALSE;

  g_return_val_if_fail (text != NULL, NULL);

  if (strpbrk (text, "[{\\") == NULL) /* nearly all of a long list */
    return NULL;

  self = g_new0 (BobbinPattern, 1);
  self->count = 1;
  self->parts = g_array_new (FALSE, FALSE, sizeof (Part));
  g_array_set_clear_func (self->parts, part_clear);
  fixed = g_string_new (NULL);
  for (const char *p = text; *p != '\0';)
    {
      Part part = { 0 };
      const char *rest = *p == '[' ? take_range (p, &part) : *p == '{' ? take_set (p, &part) : NULL;

      if (rest != NULL)
        {
          add_fixed (self, fixed);
          add_part (self, &part);
          changed = TRUE;
          p = rest;
          continue;
        }
      if (is_escape (p, "[]{}"))
        {
          changed = TRUE;
          p++;
        }
      g_string_append_c (fixed, *p++);
    }
  add_fixed (self, fixed);

  return changed ? g_steal_pointer (&self) : NULL;
}

/**
 * bobbin_pattern_free:
 * @self: (transfer full): a pattern
 *
 * Frees the pattern.
 */
void
bobbin_pattern_free (BobbinPattern *self)
{
  g_return_if_fail (self != NULL);

  g_array_unref (self->parts);
  g_free (self);
}

/**
 * bobbin_pattern_get_count:
 * @self: a pattern
 *
 * Returns: how many texts it stands for, at least 1; %G_MAXUINT64 also for more
 *   than that
 */
guint64
bobbin_pattern_get_count (const BobbinPattern *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->count;
}

static void
append_value (GString *text, const Part *part, guint64 index)
{
  guint64 value = part->first + index * part->step;

  if (part->words != NULL)
    g_string_append (text, part->words[index]);
  else if (part->width == 0)
    g_string_append_c (text, (char) value);
  else
    g_string_append_printf (text, "%0*" G_GUINT64_FORMAT, part->width, value);
}

/* Which value of the part at @position belongs to the text at @index: the last
 * pattern runs through first.
 */
static guint64
get_value_index (const BobbinPattern *self, guint position, guint64 index)
{
  for (guint i = self->parts->len - 1; i > position; i--)
    index /= g_array_index (self->parts, Part, i).count;

  return index % g_array_index (self->parts, Part, position).count;
}

/**
 * bobbin_pattern_dup_text:
 * @self: a pattern
 * @index: less than bobbin_pattern_get_count()
 *
 * Makes one of the texts. The last pattern of a text runs through first. Any
 * thread.
 *
 * Returns: (transfer full): the text
 */
char *
bobbin_pattern_dup_text (const BobbinPattern *self, guint64 index)
{
  g_autofree guint64 *indices = NULL;
  GString *text = NULL;

  g_return_val_if_fail (self != NULL && index < self->count, NULL);

  indices = g_new0 (guint64, self->parts->len);
  for (guint i = self->parts->len; i > 0; i--)
    {
      const Part *part = &g_array_index (self->parts, Part, i - 1);

      indices[i - 1] = index % part->count;
      index /= part->count;
    }
  text = g_string_sized_new (128);
  for (guint i = 0; i < self->parts->len; i++)
    append_value (text, &g_array_index (self->parts, Part, i), indices[i]);

  return g_string_free (text, FALSE);
}

/* The position of the @number-th part that is not fixed, counted from 1. */
static gboolean
find_variable (const BobbinPattern *self, guint64 number, guint *position)
{
  for (guint i = 0; i < self->parts->len && number > 0; i++)
    {
      const Part *part = &g_array_index (self->parts, Part, i);

      if (part->words != NULL && part->words[1] == NULL)
        continue;
      if (--number == 0)
        {
          *position = i;
          return TRUE;
        }
    }

  return FALSE;
}

/**
 * bobbin_pattern_dup_name:
 * @self: a pattern
 * @index: less than bobbin_pattern_get_count()
 * @name: a name with "#1", "#2"… in it
 *
 * Puts the values that the patterns have in the text at @index into a name, as
 * curl does with its output option: "#1" is the first pattern's. Any thread.
 *
 * Returns: (transfer full): the name
 */
char *
bobbin_pattern_dup_name (const BobbinPattern *self, guint64 index, const char *name)
{
  GString *text = NULL;

  g_return_val_if_fail (self != NULL && index < self->count && name != NULL, NULL);

  text = g_string_sized_new (strlen (name));
  while (*name != '\0')
    {
      const char *p = name + 1;
      guint64 number = 0;
      guint position = 0;

      if (*name == '#' && take_number (&p, &number) && find_variable (self, number, &position))
        {
          append_value (text, &g_array_index (self->parts, Part, position),
                        get_value_index (self, position, index));
          name = p;
        }
      else
        g_string_append_c (text, *name++);
    }

  return g_string_free (text, FALSE);
}
