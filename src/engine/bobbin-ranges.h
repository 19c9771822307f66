/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * BobbinRange:
 * @first: offset of the first byte
 * @end: offset after the last byte
 *
 * Some bytes of a file.
 */
typedef struct
{
  goffset first;
  goffset end;
} BobbinRange;

/* A range list is a GArray of BobbinRange in order that neither touch nor
 * overlap. */
GArray *bobbin_range_list_new (void) G_GNUC_WARN_UNUSED_RESULT;
GArray *bobbin_range_list_copy (const GArray *ranges) G_GNUC_WARN_UNUSED_RESULT;
void bobbin_range_list_add (GArray *ranges, goffset first, goffset end);
void bobbin_range_list_remove (GArray *ranges, goffset first, goffset end);
goffset bobbin_range_list_count (const GArray *ranges);
goffset bobbin_range_list_get_end (const GArray *ranges);
GBytes *bobbin_range_list_to_bytes (const GArray *ranges) G_GNUC_WARN_UNUSED_RESULT;
GArray *bobbin_range_list_from_bytes (GBytes *bytes) G_GNUC_WARN_UNUSED_RESULT;

/**
 * BobbinPiece:
 * @first: its first byte
 * @cursor: the next byte that its worker will write
 * @end: after its last byte, %G_MAXOFFSET while the file's size is not known
 * @reach: after the last byte that its worker has asked the server for
 * @sure: whether the server has agreed to send it; until then whoever comes
 *   before it, and has asked for it, too, may go on into it
 * @began: when it was taken, monotonic microseconds
 *
 * What one worker fetches. Its end moves down when another worker takes the
 * upper half of what is left.
 */
typedef struct
{
  goffset first;
  goffset cursor;
  goffset end;
  goffset reach;
  gboolean sure;
  gint64 began;
} BobbinPiece;

/**
 * BobbinRanges:
 *
 * Which bytes of a file are there, and who fetches the rest. Pure; its owner
 * locks it.
 */
typedef struct
{
  goffset total;     /* of the file, -1 while unknown */
  GArray *held;      /* a range list: bytes written */
  GPtrArray *pieces; /* of owned BobbinPiece that workers have, in order */
} BobbinRanges;

void bobbin_ranges_init (BobbinRanges *self);
void bobbin_ranges_clear (BobbinRanges *self);
void bobbin_ranges_reset (BobbinRanges *self, const GArray *held, goffset total);
void bobbin_ranges_set_total (BobbinRanges *self, goffset total);
gboolean bobbin_ranges_is_complete (const BobbinRanges *self);

BobbinPiece *bobbin_ranges_take_gap (BobbinRanges *self, gint64 now);
BobbinPiece *bobbin_ranges_take_half (BobbinRanges *self, goffset least, gint64 now);
gboolean bobbin_ranges_has_work (const BobbinRanges *self, goffset least, gint64 now);
gboolean bobbin_ranges_confirm (BobbinRanges *self, BobbinPiece *piece);
void bobbin_ranges_give_back (BobbinRanges *self, BobbinPiece *piece);

gsize bobbin_ranges_claim (BobbinRanges *self, BobbinPiece *piece, gsize n);
void bobbin_ranges_written (BobbinRanges *self, goffset first, gsize n);

G_END_DECLS
