/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BOBBIN_PHRASE_MAX_PIECES:
 *
 * The most pieces that a phrase holds.
 */
#define BOBBIN_PHRASE_MAX_PIECES 6

/**
 * BobbinRank:
 * @BOBBIN_RANK_KEEP: stays whatever happens
 * @BOBBIN_RANK_HOST: goes third
 * @BOBBIN_RANK_RATE: goes second
 * @BOBBIN_RANK_PARTS: goes first
 *
 * What goes first when a phrase does not fit: the highest rank.
 */
typedef enum
{
  BOBBIN_RANK_KEEP,
  BOBBIN_RANK_HOST,
  BOBBIN_RANK_RATE,
  BOBBIN_RANK_PARTS,
} BobbinRank;

/**
 * BOBBIN_RANK_LAST:
 *
 * The rank under which everything stays.
 */
#define BOBBIN_RANK_LAST BOBBIN_RANK_PARTS

/**
 * BobbinTone:
 * @BOBBIN_TONE_PLAIN: as the text around it
 * @BOBBIN_TONE_STRONG: bold
 * @BOBBIN_TONE_ACCENT: bold, in the accent colour
 */
typedef enum
{
  BOBBIN_TONE_PLAIN,
  BOBBIN_TONE_STRONG,
  BOBBIN_TONE_ACCENT,
} BobbinTone;

/**
 * BobbinPhrasePiece:
 * @text: (owned): the piece as it reads where there is room
 * @brief: (owned) (nullable): the piece where there is none
 * @rank: when it goes
 * @tone: how it is set
 */
typedef struct
{
  char *text;
  char *brief;
  BobbinRank rank;
  BobbinTone tone;
} BobbinPhrasePiece;

/**
 * BobbinPhrase:
 *
 * A line of text made of pieces with a dot between them, which are left out
 * whole when there is no room. A plain value; starts out as zeros.
 */
typedef struct
{
  BobbinPhrasePiece pieces[BOBBIN_PHRASE_MAX_PIECES];
  guint n_pieces;
  const char *separator; /* between two pieces; %NULL for a dot */
} BobbinPhrase;

BobbinPhrasePiece *bobbin_phrase_take (BobbinPhrase *self, char *text, BobbinRank rank);
void bobbin_phrase_clear (BobbinPhrase *self);
gboolean bobbin_phrase_equal (const BobbinPhrase *self, const BobbinPhrase *other);

const char *bobbin_phrase_get_separator (const BobbinPhrase *self);
const char *bobbin_phrase_piece_get_text (const BobbinPhrasePiece *self, BobbinRank limit);
char *bobbin_phrase_join (const BobbinPhrase *self, BobbinRank limit) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BobbinPhrase, bobbin_phrase_clear)

G_END_DECLS
