/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "bobbin-screen.h"

#include <string.h>

/* The second cell of a wide character. */
#define CONTINUED 0

struct _BobbinScreen
{
  guint columns;
  guint rows;
  GPtrArray *lines; /* of GArray of gunichar, a cell each */
  guint line;       /* the cursor's */
  guint column;
  gboolean wraps;
  GString *input;  /* what came and is not complete yet */
  guint n_cut;     /* characters that found no room with wrapping off */
  guint most_rows; /* between the highest and the lowest line of one drawing */
};

BobbinScreen *
bobbin_screen_new (guint columns, guint rows)
{
  BobbinScreen *self = g_new0 (BobbinScreen, 1);

  self->columns = columns;
  self->rows = rows;
  self->lines = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);
  self->wraps = TRUE;
  self->input = g_string_new (NULL);
  return self;
}

void
bobbin_screen_free (BobbinScreen *self)
{
  g_ptr_array_unref (self->lines);
  g_string_free (self->input, TRUE);
  g_free (self);
}

static GArray *
get_line (BobbinScreen *self, guint index)
{
  while (self->lines->len <= index)
    g_ptr_array_add (self->lines, g_array_new (FALSE, TRUE, sizeof (gunichar)));
  return g_ptr_array_index (self->lines, index);
}

static void
put_cell (BobbinScreen *self, gunichar cell)
{
  GArray *line = get_line (self, self->line);
  const gunichar space = ' ';

  while (line->len <= self->column)
    g_array_append_val (line, space);
  g_array_index (line, gunichar, self->column) = cell;
  self->column++;
}

static void
put_character (BobbinScreen *self, gunichar character)
{
  guint width = g_unichar_iswide (character) ? 2 : 1;

  if (g_unichar_iszerowidth (character))
    return;
  if (self->column + width > self->columns)
    {
      if (!self->wraps)
        {
          self->n_cut++;
          return;
        }
      self->line++;
      self->column = 0;
    }
  put_cell (self, character);
  if (width == 2)
    put_cell (self, CONTINUED);
}

static void
move_up (BobbinScreen *self, guint n)
{
  guint top = self->lines->len > self->rows ? self->lines->len - self->rows : 0;

  self->line -= MIN (n, self->line - MIN (top, self->line));
  self->most_rows = MAX (self->most_rows, n + 1);
}

static void
clear_right (BobbinScreen *self)
{
  GArray *line = get_line (self, self->line);

  g_array_set_size (line, MIN (line->len, self->column));
}

static void
clear_below (BobbinScreen *self)
{
  clear_right (self);
  g_ptr_array_set_size (self->lines, (int) self->line + 1);
}

static void
obey (BobbinScreen *self, const char *parameters, char command)
{
  if (command == 'A')
    move_up (self, (guint) g_ascii_strtoull (parameters, NULL, 10));
  else if (command == 'K' && *parameters == '\0')
    clear_right (self);
  else if (command == 'J' && *parameters == '\0')
    clear_below (self);
  else if ((command == 'l' || command == 'h') && g_str_equal (parameters, "?7"))
    self->wraps = command == 'h';
  else
    g_error ("Unexpected control sequence ESC [ %s%c", parameters, command);
}

/* Returns: how many bytes it has, 0 if it is not complete. */
static gsize
take_sequence (BobbinScreen *self, const char *text)
{
  g_autofree char *parameters = NULL;
  gsize length = 0;

  if (text[1] == '\0')
    return 0;
  if (text[1] != '[')
    g_error ("Unexpected escape %d", text[1]);

  length = strspn (text + 2, "?0123456789;");
  if (text[2 + length] == '\0')
    return 0;
  parameters = g_strndup (text + 2, length);
  obey (self, parameters, text[2 + length]);
  return length + 3;
}

static gsize
take_character (BobbinScreen *self, const char *text, gsize size)
{
  gunichar character = g_utf8_get_char_validated (text, (gssize) size);

  if (character == (gunichar) -2)
    return 0;
  g_assert_cmpuint (character, !=, (gunichar) -1);

  if (character == '\r')
    self->column = 0;
  else if (character == '\n')
    get_line (self, ++self->line);
  else if (g_unichar_iscntrl (character))
    g_error ("Unexpected control character %u", character);
  else
    put_character (self, character);
  return (gsize) (g_utf8_next_char (text) - text);
}

/* Draws what a program has written; a sequence may come in pieces. */
void
bobbin_screen_feed (BobbinScreen *self, const char *bytes, gsize size)
{
  gsize taken = 0;
  gsize done = 0;

  g_string_append_len (self->input, bytes, (gssize) size);
  do
    {
      const char *text = self->input->str + done;

      taken = 0;
      if (*text == '\033')
        taken = take_sequence (self, text);
      else if (*text != '\0')
        taken = take_character (self, text, self->input->len - done);
      done += taken;
    }
  while (taken > 0);
  g_string_erase (self->input, 0, (gssize) done);
}

/* Breaks lines that have become too long into several, as terminals do. */
void
bobbin_screen_resize (BobbinScreen *self, guint columns, guint rows)
{
  g_autoptr (GPtrArray) old = g_steal_pointer (&self->lines);
  guint cursor_line = self->line;

  self->lines = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);
  self->columns = columns;
  self->rows = rows;
  for (guint i = 0; i < old->len; i++)
    {
      const GArray *line = g_ptr_array_index (old, i);
      guint first = self->lines->len;

      get_line (self, first);
      for (guint k = 0; k < line->len; k++)
        g_array_append_val (get_line (self, first + k / columns), g_array_index (line, gunichar, k));
      if (i == cursor_line)
        {
          self->line = first + self->column / columns;
          self->column %= columns;
        }
    }
}

/* Returns: (transfer full): all lines, each ended by a newline, without what is
 * empty at the end
 */
char *
bobbin_screen_dup_text (BobbinScreen *self)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < self->lines->len; i++)
    {
      const GArray *line = g_ptr_array_index (self->lines, i);

      for (guint k = 0; k < line->len; k++)
        if (g_array_index (line, gunichar, k) != CONTINUED)
          g_string_append_unichar (text, g_array_index (line, gunichar, k));
      g_string_append_c (text, '\n');
    }
  while (g_str_has_suffix (text->str, "\n\n"))
    g_string_truncate (text, text->len - 1);
  if (g_str_equal (text->str, "\n"))
    g_string_truncate (text, 0);
  return g_string_free (text, FALSE);
}

guint
bobbin_screen_get_n_cut (BobbinScreen *self)
{
  return self->n_cut;
}

guint
bobbin_screen_get_most_rows (BobbinScreen *self)
{
  return self->most_rows;
}
