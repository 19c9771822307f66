/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-ranges.h"

#include <string.h>

/* What is left of a slow piece is shared down to this size, so that no file
 * ends on one slow connection while others are free. */
#define LEAST_SLOW (256 * 1024)

/* A piece is slow when what is left of it takes longer than this, in
 * microseconds. */
#define SLOW (4 * G_USEC_PER_SEC)

#define RANGE(ranges, i) g_array_index (ranges, BobbinRange, i)
#define PIECE(self, i) ((BobbinPiece *) g_ptr_array_index ((self)->pieces, i))

/**
 * bobbin_range_list_new:
 *
 * Returns: (transfer full): an empty range list
 */
GArray *
bobbin_range_list_new (void)
{
  return g_array_new (FALSE, FALSE, sizeof (BobbinRange));
}

/**
 * bobbin_range_list_copy:
 * @ranges: a range list
 *
 * Returns: (transfer full): a copy
 */
GArray *
bobbin_range_list_copy (const GArray *ranges)
{
  GArray *copy = bobbin_range_list_new ();

  g_array_append_vals (copy, ranges->data, ranges->len);
  return copy;
}

/**
 * bobbin_range_list_add:
 * @ranges: a range list
 * @first: offset of the first byte
 * @end: offset after the last byte
 *
 * Adds bytes; what touches or overlaps becomes one range.
 */
void
bobbin_range_list_add (GArray *ranges, goffset first, goffset end)
{
  BobbinRange whole = { first, end };
  guint from = ranges->len;
  guint to;

  if (first >= end)
    return;
  while (from > 0 && RANGE (ranges, from - 1).end >= first)
    from--;
  for (to = from; to < ranges->len && RANGE (ranges, to).first <= end; to++)
    {
      whole.first = MIN (whole.first, RANGE (ranges, to).first);
      whole.end = MAX (whole.end, RANGE (ranges, to).end);
    }
  if (to == from)
    {
      g_array_insert_val (ranges, from, whole);
      return;
    }
  RANGE (ranges, from) = whole;
  g_array_remove_range (ranges, from + 1, to - from - 1);
}

/**
 * bobbin_range_list_remove:
 * @ranges: a range list
 * @first: offset of the first byte
 * @end: offset after the last byte
 *
 * Takes bytes out of the list, whether they are in it or not.
 */
void
bobbin_range_list_remove (GArray *ranges, goffset first, goffset end)
{
  g_autoptr (GArray) before = bobbin_range_list_copy (ranges);

  g_array_set_size (ranges, 0);
  for (guint i = 0; i < before->len; i++)
    {
      BobbinRange range = RANGE (before, i);

      bobbin_range_list_add (ranges, range.first, MIN (range.end, first));
      bobbin_range_list_add (ranges, MAX (range.first, end), range.end);
    }
}

/**
 * bobbin_range_list_count:
 * @ranges: a range list
 *
 * Returns: how many bytes are in it
 */
goffset
bobbin_range_list_count (const GArray *ranges)
{
  goffset n = 0;

  for (guint i = 0; i < ranges->len; i++)
    n += RANGE (ranges, i).end - RANGE (ranges, i).first;
  return n;
}

/**
 * bobbin_range_list_get_end:
 * @ranges: a range list
 *
 * Returns: offset after its last byte, 0 if it is empty
 */
goffset
bobbin_range_list_get_end (const GArray *ranges)
{
  return ranges->len > 0 ? RANGE (ranges, ranges->len - 1).end : 0;
}

/**
 * bobbin_range_list_to_bytes:
 * @ranges: a range list
 *
 * Writes the list down as pairs of 64-bit numbers in big-endian order.
 *
 * Returns: (transfer full): the list as bytes
 */
GBytes *
bobbin_range_list_to_bytes (const GArray *ranges)
{
  gsize size = ranges->len * 2 * sizeof (gint64);
  gint64 *numbers = g_malloc (size);

  for (guint i = 0; i < ranges->len; i++)
    {
      numbers[2 * i] = GINT64_TO_BE (RANGE (ranges, i).first);
      numbers[2 * i + 1] = GINT64_TO_BE (RANGE (ranges, i).end);
    }
  return g_bytes_new_take (numbers, size);
}

/**
 * bobbin_range_list_from_bytes:
 * @bytes: what bobbin_range_list_to_bytes() made
 *
 * Reads a list again and believes nothing: ranges that are out of order,
 * overlap or are empty make the whole list worthless.
 *
 * Returns: (transfer full): the list; empty if @bytes hold none
 */
GArray *
bobbin_range_list_from_bytes (GBytes *bytes)
{
  GArray *ranges = bobbin_range_list_new ();
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);
  goffset last = -1;

  for (gsize at = 0; at + 2 * sizeof (gint64) <= size; at += 2 * sizeof (gint64))
    {
      gint64 numbers[2];
      BobbinRange range;

      memcpy (numbers, data + at, sizeof numbers);
      range = (BobbinRange){ GINT64_FROM_BE (numbers[0]), GINT64_FROM_BE (numbers[1]) };
      if (range.first <= last || range.end <= range.first)
        {
          g_array_set_size (ranges, 0);
          return ranges;
        }
      g_array_append_val (ranges, range);
      last = range.end;
    }
  return ranges;
}

/**
 * bobbin_ranges_init:
 * @self: memory for ranges
 *
 * Begins with nothing held of a file of unknown size.
 */
void
bobbin_ranges_init (BobbinRanges *self)
{
  self->total = -1;
  self->held = bobbin_range_list_new ();
  self->pieces = g_ptr_array_new_with_free_func (g_free);
}

/**
 * bobbin_ranges_clear:
 * @self: ranges
 *
 * Frees what they hold.
 */
void
bobbin_ranges_clear (BobbinRanges *self)
{
  g_array_unref (self->held);
  g_ptr_array_unref (self->pieces);
}

/**
 * bobbin_ranges_reset:
 * @self: ranges without pieces
 * @held: (nullable): a range list of what is there
 * @total: bytes of the file, -1 if unknown
 *
 * Begins anew.
 */
void
bobbin_ranges_reset (BobbinRanges *self, const GArray *held, goffset total)
{
  g_array_set_size (self->held, 0);
  if (held != NULL)
    g_array_append_vals (self->held, held->data, held->len);
  self->total = total;
}

/**
 * bobbin_ranges_set_total:
 * @self: ranges
 * @total: bytes of the file, not less than what is held
 *
 * Notes the file's size when it becomes known; pieces without an end get it.
 */
void
bobbin_ranges_set_total (BobbinRanges *self, goffset total)
{
  self->total = total;
  for (guint i = 0; i < self->pieces->len; i++)
    {
      PIECE (self, i)->end = MIN (PIECE (self, i)->end, total);
      PIECE (self, i)->reach = MIN (PIECE (self, i)->reach, total);
    }
}

/**
 * bobbin_ranges_is_complete:
 * @self: ranges
 *
 * Returns: whether all bytes of the file are there
 */
gboolean
bobbin_ranges_is_complete (const BobbinRanges *self)
{
  if (self->total <= 0)
    return self->total == 0;
  return self->held->len == 1 && RANGE (self->held, 0).first == 0 && RANGE (self->held, 0).end == self->total;
}

static BobbinPiece *
insert_piece (BobbinRanges *self, goffset first, goffset end, gint64 now)
{
  BobbinPiece *piece = g_new0 (BobbinPiece, 1);
  guint place = 0;

  piece->first = piece->cursor = first;
  piece->end = piece->reach = end;
  piece->began = now;
  while (place < self->pieces->len && PIECE (self, place)->first < first)
    place++;
  g_ptr_array_insert (self->pieces, (gint) place, piece);
  return piece;
}

/* The first byte at or after @at that is neither held nor in a piece. */
static goffset
skip_taken (const BobbinRanges *self, goffset at)
{
  goffset before;

  do
    {
      before = at;
      for (guint i = 0; i < self->held->len; i++)
        if (RANGE (self->held, i).first <= at && at < RANGE (self->held, i).end)
          at = RANGE (self->held, i).end;
      for (guint i = 0; i < self->pieces->len; i++)
        if (PIECE (self, i)->first <= at && at < PIECE (self, i)->end)
          at = PIECE (self, i)->end;
    }
  while (at != before);
  return at;
}

/* Where the gap that begins at @at ends. */
static goffset
find_gap_end (const BobbinRanges *self, goffset at)
{
  goffset end = self->total >= 0 ? self->total : G_MAXOFFSET;

  for (guint i = 0; i < self->held->len; i++)
    if (RANGE (self->held, i).first > at)
      end = MIN (end, RANGE (self->held, i).first);
  for (guint i = 0; i < self->pieces->len; i++)
    if (PIECE (self, i)->first > at)
      end = MIN (end, PIECE (self, i)->first);
  return end;
}

static gboolean
has_gap (const BobbinRanges *self, goffset *first)
{
  *first = skip_taken (self, 0);
  return *first < (self->total >= 0 ? self->total : G_MAXOFFSET);
}

/**
 * bobbin_ranges_take_gap:
 * @self: ranges
 * @now: monotonic microseconds
 *
 * Takes the first bytes that are not there and that nobody fetches.
 *
 * Returns: (transfer none) (nullable): a piece, to be given back with
 *   bobbin_ranges_give_back(); %NULL if there is no gap
 */
BobbinPiece *
bobbin_ranges_take_gap (BobbinRanges *self, gint64 now)
{
  goffset first;

  if (!has_gap (self, &first))
    return NULL;
  return insert_piece (self, first, find_gap_end (self, first), now);
}

/* The least that either half of @piece has to have. */
static goffset
get_least_half (const BobbinPiece *piece, goffset least, gint64 now)
{
  goffset fetched = piece->cursor - piece->first;
  double left = (double) (piece->end - piece->cursor);

  if (now - piece->began < SLOW || least < LEAST_SLOW)
    return least;
  if (fetched > 0 && left / (double) fetched * (double) (now - piece->began) < SLOW)
    return least;
  return LEAST_SLOW;
}

static BobbinPiece *
find_largest_rest (const BobbinRanges *self, goffset least, gint64 now)
{
  BobbinPiece *largest = NULL;

  for (guint i = 0; i < self->pieces->len && self->total >= 0; i++)
    {
      BobbinPiece *piece = PIECE (self, i);
      goffset rest = piece->end - piece->cursor;

      if (rest >= 2 && rest / 2 >= get_least_half (piece, least, now)
          && (largest == NULL || rest > largest->end - largest->cursor))
        largest = piece;
    }
  return largest;
}

/**
 * bobbin_ranges_take_half:
 * @self: ranges
 * @least: bytes that either half has to have
 * @now: monotonic microseconds
 *
 * Takes the upper half of the largest rest that somebody fetches. It is not
 * sure yet: bobbin_ranges_confirm() once the server sends it.
 *
 * Returns: (transfer none) (nullable): a piece, to be given back with
 *   bobbin_ranges_give_back(); %NULL if no rest is worth sharing
 */
BobbinPiece *
bobbin_ranges_take_half (BobbinRanges *self, goffset least, gint64 now)
{
  BobbinPiece *piece = find_largest_rest (self, least, now);
  goffset end;

  if (piece == NULL)
    return NULL;
  end = piece->end;
  piece->end = piece->cursor + (end - piece->cursor + 1) / 2;
  return insert_piece (self, piece->end, end, now);
}

/**
 * bobbin_ranges_has_work:
 * @self: ranges
 * @least: bytes that either half has to have
 * @now: monotonic microseconds
 *
 * Returns: whether one more worker would find something to fetch
 */
gboolean
bobbin_ranges_has_work (const BobbinRanges *self, goffset least, gint64 now)
{
  goffset first;

  return has_gap (self, &first) || find_largest_rest (self, least, now) != NULL;
}

/**
 * bobbin_ranges_confirm:
 * @self: ranges
 * @piece: a piece that its worker has an answer for
 *
 * Makes a piece sure.
 *
 * Returns: %FALSE if whoever came before it has gone on into it meanwhile, so
 *   that there is nothing left to fetch
 */
gboolean
bobbin_ranges_confirm (BobbinRanges *self, BobbinPiece *piece)
{
  if (piece->end <= piece->cursor)
    return FALSE;
  piece->sure = TRUE;
  return TRUE;
}

/**
 * bobbin_ranges_give_back:
 * @self: ranges
 * @piece: (transfer full): a piece
 *
 * Ends a worker's claim. What is not there of the piece is a gap.
 */
void
bobbin_ranges_give_back (BobbinRanges *self, BobbinPiece *piece)
{
  g_ptr_array_remove (self->pieces, piece);
}

static BobbinPiece *
find_piece_at (const BobbinRanges *self, goffset first, const BobbinPiece *other)
{
  for (guint i = 0; i < self->pieces->len; i++)
    if (PIECE (self, i) != other && PIECE (self, i)->first == first && PIECE (self, i)->end > first)
      return PIECE (self, i);
  return NULL;
}

/* Lets @piece go on into what comes next, as far as its worker has asked for
 * that: bytes that nobody fetches, or another's for which the server has not
 * agreed yet.
 * Returns: whether it has grown */
static gboolean
go_on (BobbinRanges *self, BobbinPiece *piece)
{
  BobbinPiece *next = find_piece_at (self, piece->end, piece);
  goffset end = piece->end;

  if (next == NULL && skip_taken (self, piece->end) == piece->end)
    end = MIN (find_gap_end (self, piece->end), piece->reach);
  else if (next != NULL && !next->sure && next->end <= piece->reach)
    end = next->end;
  if (end <= piece->end)
    return FALSE;
  if (next != NULL)
    next->end = next->first;
  piece->end = end;
  return TRUE;
}

/**
 * bobbin_ranges_claim:
 * @self: ranges
 * @piece: a sure piece
 * @n: how many bytes its worker has received
 *
 * Moves the cursor past those bytes that the worker is to write; they are held
 * only after bobbin_ranges_written().
 *
 * Returns: how many of the @n bytes are in the piece; 0 when it is at its end
 */
gsize
bobbin_ranges_claim (BobbinRanges *self, BobbinPiece *piece, gsize n)
{
  while (piece->cursor + (goffset) n >= piece->end && piece->end < piece->reach && go_on (self, piece))
    ;
  n = (gsize) MIN ((goffset) n, piece->end - piece->cursor);
  piece->cursor += (goffset) n;
  return n;
}

/**
 * bobbin_ranges_written:
 * @self: ranges
 * @first: offset of the first byte
 * @n: how many
 *
 * Notes bytes that are in the file.
 */
void
bobbin_ranges_written (BobbinRanges *self, goffset first, gsize n)
{
  bobbin_range_list_add (self->held, first, first + (goffset) n);
}
