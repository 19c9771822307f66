/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-links-private.h"

#include "bobbin-encoding.h"
#include "bobbin-error.h"

#include <string.h>

/* What the readers of all formats build a list of links with. */

/* More lines than this are not there to be read by anybody. Only a text of
 * hardly anything but line ends has so many.
 */
#define MAX_LINES 10000000

/* Notes beyond these would tell nobody anything new. */
#define MAX_NOTES 1000
#define MAX_DETAIL 64

/* Bytes between two reports of progress. */
#define PROGRESS_STEP (256 * 1024)

static void
note_clear (gpointer data)
{
  BobbinNote *note = data;

  g_free (note->detail);
}

/* Makes a list to be filled by bobbin_links_read_…() and finished. */
BobbinLinks *
bobbin_links_new (BobbinShape shape, gsize total, const BobbinLinksOptions *options)
{
  BobbinLinks *self = g_new0 (BobbinLinks, 1);

  self->shape = shape;
  self->total = total;
  if (options != NULL)
    self->options = *options;
  self->links = g_ptr_array_new_with_free_func ((GDestroyNotify) bobbin_link_unref);
  self->lines = g_array_new (FALSE, FALSE, sizeof (BobbinLine));
  self->notes = g_array_new (FALSE, FALSE, sizeof (BobbinNote));
  g_array_set_clear_func (self->notes, note_clear);
  self->seen = g_hash_table_new (g_str_hash, g_str_equal);
  if (self->options.base_uri != NULL)
    bobbin_links_set_base (self, self->options.base_uri);

  return self;
}

/* Lets go of what only reading needs. */
void
bobbin_links_finish (BobbinLinks *self)
{
  self->options = (BobbinLinksOptions){ 0 };
  g_clear_pointer (&self->seen, g_hash_table_unref);
  g_clear_pointer (&self->base, g_uri_unref);
}

/* Tells how many bytes are read.
 *
 * Returns: whether to go on
 */
gboolean
bobbin_links_go_on (BobbinLinks *self, gsize done)
{
  if (g_cancellable_is_cancelled (self->options.cancellable))
    return FALSE;
  if (self->options.progress != NULL && done - MIN (done, self->reported) >= PROGRESS_STEP)
    {
      self->reported = done;
      self->options.progress (MIN (done, self->total), self->total, self->links->len,
                              self->options.progress_data);
    }
  if (self->lines->len >= MAX_LINES)
    self->is_cut = TRUE;

  return !self->is_cut && !g_cancellable_is_cancelled (self->options.cancellable);
}

/* Sets what relative links belong to; what is no link changes nothing. */
void
bobbin_links_set_base (BobbinLinks *self, const char *uri)
{
  g_autoptr (BobbinLink) link = bobbin_link_new (uri, NULL);

  if (link == NULL)
    return;
  g_clear_pointer (&self->base, g_uri_unref);
  self->base = g_uri_parse (bobbin_link_get_uri (link), G_URI_FLAGS_ENCODED | G_URI_FLAGS_HAS_PASSWORD, NULL);
}

/* Begins the verdict on a line. */
void
bobbin_links_begin_line (BobbinLinks *self)
{
  self->line = (BobbinLine){ .first_link = self->links->len };
  self->repeated = FALSE;
  self->otherwise = BOBBIN_VERDICT_EMPTY;
  self->kind = BOBBIN_LINK_KIND_UNKNOWN;
}

/* Says what the links of the current line are. */
void
bobbin_links_set_kind (BobbinLinks *self, BobbinLinkKind kind)
{
  self->kind = kind;
}

static void
remember_kind (BobbinLinks *self)
{
  guint8 kind = (guint8) self->kind;
  guint n_known = self->kinds != NULL ? self->kinds->len : 0;

  if (self->kind == BOBBIN_LINK_KIND_UNKNOWN)
    return;
  if (self->kinds == NULL)
    self->kinds = g_byte_array_new ();
  g_byte_array_set_size (self->kinds, self->links->len - 1);
  if (self->kinds->len > n_known)
    memset (self->kinds->data + n_known, BOBBIN_LINK_KIND_UNKNOWN, self->kinds->len - n_known);
  g_byte_array_append (self->kinds, &kind, 1);
}

/* Takes over a link of the current line, unless it stands further up. */
void
bobbin_links_take (BobbinLinks *self, BobbinLink *link)
{
  const char *uri = bobbin_link_get_uri (link);

  /* Look before adding: g_hash_table_add() would put the new key in the place
   * of the old one, and this link is about to go.
   */
  if (g_hash_table_contains (self->seen, uri))
    {
      self->repeated = TRUE;
      bobbin_link_unref (link);
      return;
    }
  if (self->links->len >= BOBBIN_LINKS_MAX)
    {
      self->is_cut = TRUE;
      bobbin_link_unref (link);
      return;
    }

  g_hash_table_add (self->seen, (gpointer) uri);
  g_ptr_array_add (self->links, link);
  self->line.n_links++;
  remember_kind (self);
}

/* One line of valid text, without control characters, marks of direction and
 * all that belongs to a longer story.
 */
static char *
dup_detail (const char *detail)
{
  g_autofree char *valid = bobbin_encoding_guess (detail, strnlen (detail, 4 * MAX_DETAIL));
  GString *text = g_string_new (NULL);
  guint n = 0;

  for (const char *p = valid; *p != '\0' && n < MAX_DETAIL; p = g_utf8_next_char (p), n++)
    {
      gunichar c = g_utf8_get_char (p);

      g_string_append_unichar (text,
                               g_unichar_isprint (c) && g_unichar_type (c) != G_UNICODE_FORMAT ? c : 0xfffd);
    }

  return g_string_free (text, FALSE);
}

/* Says something about the current line; with a detail it becomes a note. */
void
bobbin_links_add_reason (BobbinLinks *self, BobbinReason reason, const char *detail)
{
  BobbinNote note = { .line = self->lines->len, .reason = reason };

  if (self->line.reason == BOBBIN_REASON_NONE)
    self->line.reason = reason;
  if (detail == NULL || self->notes->len >= MAX_NOTES)
    return;
  note.detail = dup_detail (detail);
  g_array_append_val (self->notes, note);
}

/* The same about a link that is neither http nor https. */
void
bobbin_links_add_scheme_reason (BobbinLinks *self, const char *text)
{
  self->otherwise = BOBBIN_VERDICT_UNSUPPORTED_SCHEME;
  bobbin_links_add_reason (self,
                           g_ascii_strncasecmp (text, "magnet:", strlen ("magnet:")) == 0
                               ? BOBBIN_REASON_MAGNET
                               : BOBBIN_REASON_SCHEME,
                           NULL);
}

/* Ends the line; @otherwise is the verdict if it had no link at all. */
void
bobbin_links_end_line (BobbinLinks *self, BobbinVerdict otherwise)
{
  if (self->line.n_links > 0)
    self->line.verdict = BOBBIN_VERDICT_LINKS;
  else if (self->repeated)
    self->line.verdict = BOBBIN_VERDICT_REPEATED;
  else if (self->is_cut) /* not taken, for whatever it is */
    self->line.verdict = BOBBIN_VERDICT_EMPTY;
  else
    self->line.verdict = self->otherwise != BOBBIN_VERDICT_EMPTY ? self->otherwise : otherwise;

  g_array_append_val (self->lines, self->line);
}

/* A whole line without links. */
void
bobbin_links_add_line (BobbinLinks *self, BobbinVerdict verdict, BobbinReason reason, const char *detail)
{
  bobbin_links_begin_line (self);
  if (reason != BOBBIN_REASON_NONE)
    bobbin_links_add_reason (self, reason, detail);
  bobbin_links_end_line (self, verdict);
}

/* Whether the links of a pattern may be made now; tells why not. */
static gboolean
may_expand (BobbinLinks *self, guint64 count, gsize length, guint max_expanded)
{
  /* All of them in memory at once: long links make it fewer. */
  gboolean too_many = count > BOBBIN_PATTERN_MAX || count * length > G_GUINT64_CONSTANT (512) * 1024 * 1024;

  if (!too_many && self->n_expanded + count <= max_expanded)
    {
      self->n_expanded += count;
      return TRUE;
    }

  if (!too_many)
    self->n_pending += count;
  self->otherwise = too_many ? BOBBIN_VERDICT_REFUSED : BOBBIN_VERDICT_ASK;
  bobbin_links_add_reason (self, too_many ? BOBBIN_REASON_PATTERN_TOO_MANY : BOBBIN_REASON_PATTERN_MANY,
                           NULL);
  return FALSE;
}

static gboolean
take_one (BobbinLinks *self,
          const char *text,
          const BobbinPattern *pattern,
          guint64 index,
          BobbinLinksComplete complete,
          gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  BobbinLink *link = bobbin_link_new (text, &error);

  if (link == NULL)
    {
      if (g_error_matches (error, BOBBIN_ERROR, BOBBIN_ERROR_UNSUPPORTED_SCHEME))
        bobbin_links_add_scheme_reason (self, text);
      return FALSE;
    }
  if (complete != NULL)
    complete (link, pattern, index, user_data);
  bobbin_links_take (self, link);

  return TRUE;
}

/* Takes the link in @text or, if it has patterns and may have, all the links
 * that it stands for.
 */
void
bobbin_links_take_text (
    BobbinLinks *self, const char *text, guint max_expanded, BobbinLinksComplete complete, gpointer user_data)
{
  g_autoptr (BobbinPattern) pattern = max_expanded > 0 ? bobbin_pattern_new (text) : NULL;
  guint64 count = pattern != NULL ? bobbin_pattern_get_count (pattern) : 1;

  if (pattern == NULL)
    {
      take_one (self, text, NULL, 0, complete, user_data);
      return;
    }
  if (count > 1 && !may_expand (self, count, strlen (text), max_expanded))
    return;

  for (guint64 i = 0; i < count && !g_cancellable_is_cancelled (self->options.cancellable); i++)
    {
      g_autofree char *one = bobbin_pattern_dup_text (pattern, i);

      if (!take_one (self, one, pattern, i, complete, user_data) && i == 0)
        return;
    }
}
