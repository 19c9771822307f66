/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bobbin-link.h"

G_BEGIN_DECLS

/**
 * BobbinVerdict:
 * @BOBBIN_VERDICT_EMPTY: a blank line or a comment
 * @BOBBIN_VERDICT_LINKS: one or more links
 * @BOBBIN_VERDICT_REPEATED: only links that stand further up already
 * @BOBBIN_VERDICT_UNSUPPORTED_SCHEME: a link, but neither http nor https
 * @BOBBIN_VERDICT_NOT_A_LINK: text without a link
 *
 * What one line of a list of links turned out to be.
 */
typedef enum
{
  BOBBIN_VERDICT_EMPTY,
  BOBBIN_VERDICT_LINKS,
  BOBBIN_VERDICT_REPEATED,
  BOBBIN_VERDICT_UNSUPPORTED_SCHEME,
  BOBBIN_VERDICT_NOT_A_LINK,
} BobbinVerdict;

/**
 * BobbinLine:
 * @verdict: what the line is
 * @first_link: index of the line's first link in the list of links
 * @n_links: how many links the line added
 *
 * The verdict on one line.
 */
typedef struct
{
  BobbinVerdict verdict;
  guint first_link;
  guint n_links;
} BobbinLine;

/**
 * BobbinLinks:
 *
 * The links found in a text, in order and without repetition, and a verdict
 * for every line. A plain value: made on any thread, read on any other.
 */
typedef struct _BobbinLinks BobbinLinks;

BobbinLinks *bobbin_links_parse (GBytes *data) G_GNUC_WARN_UNUSED_RESULT;
BobbinLinks *bobbin_links_parse_text (const char *text, gssize length) G_GNUC_WARN_UNUSED_RESULT;
void bobbin_links_free (BobbinLinks *self);

guint bobbin_links_get_n_links (const BobbinLinks *self);
BobbinLink *bobbin_links_get_link (const BobbinLinks *self, guint index);

guint bobbin_links_get_n_lines (const BobbinLinks *self);
const BobbinLine *bobbin_links_get_line (const BobbinLinks *self, guint index);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BobbinLinks, bobbin_links_free)

G_END_DECLS
