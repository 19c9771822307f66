/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * BOBBIN_PARTS_MAX:
 *
 * More parts could not be told apart.
 */
#define BOBBIN_PARTS_MAX 16

/**
 * BobbinPart:
 * @start: where it begins
 * @fill: how far it is filled
 * @end: where it ends
 *
 * A part of a file that comes in several; fractions of the file.
 */
typedef struct
{
  double start;
  double fill;
  double end;
} BobbinPart;

guint bobbin_parts_read (BobbinPart *parts, const GArray *ranges, goffset total);
double bobbin_part_get_fraction (const BobbinPart *self);
char *bobbin_parts_words_for_sizes (const BobbinPart *parts, guint n_parts, goffset total)
    G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
