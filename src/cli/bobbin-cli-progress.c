/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "bobbin-cli-progress.h"

#include "bobbin-cli-rows.h"
#include "bobbin-cli-signals.h"
#include "bobbin-cli-text.h"

#include <sys/ioctl.h>
#include <unistd.h>

/* Milliseconds between two drawings. */
#define INTERVAL 100

/* ECMA-48: to the first column; n lines up; clear to the end of the line, of
 * the screen. DEC private mode 7 is wrapping at the right edge: with it off, a
 * name that the terminal finds wider than we do is cut and disturbs no other
 * line.
 */
#define FIRST_COLUMN "\r"
#define UP_FORMAT "\033[%uA"
#define CLEAR_LINE "\033[K"
#define CLEAR_BELOW "\033[J"
#define WRAP_OFF "\033[?7l"
#define WRAP_ON "\033[?7h"

struct _BobbinCliProgress
{
  BobbinQueue *queue;
  const BobbinCliTally *tally;
  BobbinCliOutput *output;
  GPtrArray *places; /* of downloads that have a line; NULL where one is free */
  GArray *free;      /* the places that are free */
  GHashTable *taken; /* download to its place; thousands may wait for their next try */
  guint tick_id;

  GArray *widths;    /* of the lines on the screen, in columns */
  GString *drawn;    /* the lines on the screen */
  guint n_continued; /* as of the last drawing */
};

/**
 * bobbin_cli_progress_is_possible:
 *
 * Returns: whether standard error is a terminal that can be drawn on
 */
gboolean
bobbin_cli_progress_is_possible (void)
{
  const char *terminal = g_getenv ("TERM");

  return isatty (STDERR_FILENO) && terminal != NULL && *terminal != '\0' && !g_str_equal (terminal, "dumb");
}

static void
get_size (guint *columns, guint *rows)
{
  struct winsize size = { 0 };

  ioctl (STDERR_FILENO, TIOCGWINSZ, &size);
  *columns = size.ws_col > 0 ? size.ws_col : 80;
  *rows = size.ws_row > 0 ? size.ws_row : 24;
}

/* In the background the terminal is another program's. Where it is not our
 * controlling terminal there is no background.
 */
static gboolean
is_in_foreground (void)
{
  pid_t group = tcgetpgrp (STDERR_FILENO);

  return group < 0 || group == getpgrp ();
}

static void
write_to_terminal (const GString *text)
{
  const char *p = text->str;
  gsize left = text->len;

  while (left > 0)
    {
      gssize n = write (STDERR_FILENO, p, left);

      if (n <= 0)
        return;
      p += n;
      left -= (gsize) n;
    }
}

/* Where there is no room for all, those that wait for their next try come last.
 */
static GPtrArray *
dup_shown (BobbinCliProgress *self, guint rows)
{
  GPtrArray *shown = g_ptr_array_new ();
  guint n_active = 0;

  for (guint i = 0; i < self->places->len; i++)
    if (g_ptr_array_index (self->places, i) != NULL)
      g_ptr_array_add (shown, g_ptr_array_index (self->places, i));
  if (shown->len < rows)
    return shown;

  for (guint i = 0; i < shown->len; i++)
    if (bobbin_download_is_active (g_ptr_array_index (shown, i)))
      g_ptr_array_insert (shown, (int) n_active++, g_ptr_array_steal_index (shown, i));
  return shown;
}

/* To the start of what was drawn. A terminal that has become narrower has
 * broken lines that don't fit any longer into several.
 */
static void
append_way_back (BobbinCliProgress *self, GString *text, guint columns)
{
  guint n_rows = 0;

  for (guint i = 0; i < self->widths->len; i++)
    n_rows += MAX ((g_array_index (self->widths, guint, i) + columns - 1) / columns, 1);

  if (n_rows == 0)
    return;
  g_string_append (text, FIRST_COLUMN);
  if (n_rows > 1)
    g_string_append_printf (text, UP_FORMAT, n_rows - 1);
}

/* After a stop (Ctrl+Z) others have written below what was drawn, so that it
 * can't be found any more.
 */
static void
forget_lost_drawing (BobbinCliProgress *self)
{
  guint n_continued = bobbin_cli_signals_get_n_continued ();

  if (n_continued == self->n_continued)
    return;
  self->n_continued = n_continued;
  g_array_set_size (self->widths, 0);
  g_string_truncate (self->drawn, 0);
}

static void
erase (BobbinCliProgress *self)
{
  g_autoptr (GString) text = g_string_new (NULL);
  guint columns = 0;
  guint rows = 0;

  forget_lost_drawing (self);
  if (self->widths->len == 0)
    return;

  get_size (&columns, &rows);
  append_way_back (self, text, columns);
  g_string_append (text, CLEAR_BELOW);
  write_to_terminal (text);
  g_array_set_size (self->widths, 0);
  g_string_truncate (self->drawn, 0);
}

/* One write, so that nothing flickers and the terminal is never left with
 * wrapping off.
 */
static void
draw (BobbinCliProgress *self)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GString) drawing = g_string_new (WRAP_OFF);
  g_autoptr (GPtrArray) shown = NULL;
  g_autoptr (GPtrArray) lines = NULL;
  guint columns = 0;
  guint rows = 0;

  get_size (&columns, &rows);
  shown = dup_shown (self, MAX (rows, 2) - 1);
  lines = bobbin_cli_rows_create (self->queue, self->tally, shown, columns - 1, MAX (rows, 2) - 1);
  forget_lost_drawing (self);
  append_way_back (self, text, columns);
  g_array_set_size (self->widths, 0);

  for (guint i = 0; i < lines->len; i++)
    {
      guint width = bobbin_cli_text_width (g_ptr_array_index (lines, i));

      g_string_append (drawing, i > 0 ? "\n" : "");
      g_string_append (drawing, g_ptr_array_index (lines, i));
      g_string_append (drawing, CLEAR_LINE);
      g_array_append_val (self->widths, width);
    }
  g_string_append (drawing, CLEAR_BELOW WRAP_ON);

  if (g_string_equal (drawing, self->drawn))
    return;
  g_string_assign (self->drawn, drawing->str);
  g_string_append (text, drawing->str);
  write_to_terminal (text);
}

static gboolean
on_tick (gpointer user_data)
{
  BobbinCliProgress *self = user_data;

  if (!is_in_foreground ())
    {
      bobbin_cli_output_flush (self->output);
      return G_SOURCE_CONTINUE;
    }

  if (bobbin_cli_output_is_waiting (self->output))
    {
      erase (self);
      bobbin_cli_output_flush (self->output);
    }
  draw (self);
  return G_SOURCE_CONTINUE;
}

/**
 * bobbin_cli_progress_new:
 * @queue: the downloads; must outlive this
 * @tally: what came of the links; must outlive this
 * @output: whose lines appear above; must outlive this
 *
 * Draws ten times a second until it is freed. The output is flushed at the same
 * time, so that its lines and the drawing never mix.
 *
 * Returns: (transfer full): the progress
 */
BobbinCliProgress *
bobbin_cli_progress_new (BobbinQueue *queue, const BobbinCliTally *tally, BobbinCliOutput *output)
{
  BobbinCliProgress *self = g_new0 (BobbinCliProgress, 1);

  self->queue = queue;
  self->tally = tally;
  self->output = output;
  self->places = g_ptr_array_new ();
  self->free = g_array_new (FALSE, FALSE, sizeof (guint));
  self->taken = g_hash_table_new (NULL, NULL);
  self->widths = g_array_new (FALSE, FALSE, sizeof (guint));
  self->drawn = g_string_new (NULL);
  self->n_continued = bobbin_cli_signals_get_n_continued ();
  self->tick_id = g_timeout_add (INTERVAL, on_tick, self);
  return self;
}

/**
 * bobbin_cli_progress_free:
 * @self: (transfer full): the progress
 *
 * Takes the lines off the terminal.
 */
void
bobbin_cli_progress_free (BobbinCliProgress *self)
{
  g_source_remove (self->tick_id);
  if (is_in_foreground ())
    erase (self);
  g_ptr_array_unref (self->places);
  g_array_unref (self->free);
  g_hash_table_unref (self->taken);
  g_array_unref (self->widths);
  g_string_free (self->drawn, TRUE);
  g_free (self);
}

static void
take_place (BobbinCliProgress *self, BobbinDownload *download)
{
  guint place = self->places->len;

  if (self->free->len > 0)
    {
      place = g_array_index (self->free, guint, self->free->len - 1);
      g_array_set_size (self->free, self->free->len - 1);
      g_ptr_array_index (self->places, place) = download;
    }
  else
    g_ptr_array_add (self->places, download);
  g_hash_table_insert (self->taken, download, GUINT_TO_POINTER (place));
}

static void
leave_place (BobbinCliProgress *self, BobbinDownload *download, guint place)
{
  g_ptr_array_index (self->places, place) = NULL;
  g_array_append_val (self->free, place);
  g_hash_table_remove (self->taken, download);
}

/**
 * bobbin_cli_progress_changed:
 * @self: the progress
 * @download: a download of the queue, whose state may have changed
 *
 * Gives a download that is active, or waits for its next try, a place, a free
 * one if there is any, so that the others stay where they are; takes it from
 * others.
 */
void
bobbin_cli_progress_changed (BobbinCliProgress *self, BobbinDownload *download)
{
  gboolean shown = bobbin_download_is_active (download) || bobbin_download_get_retry_at (download) != 0;
  gpointer place = NULL;
  gboolean has_place = g_hash_table_lookup_extended (self->taken, download, NULL, &place);

  if (shown && !has_place)
    take_place (self, download);
  else if (!shown && has_place)
    leave_place (self, download, GPOINTER_TO_UINT (place));
}
