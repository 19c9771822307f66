/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bobbin-links.h"
#include "bobbin-xml.h"

G_BEGIN_DECLS

/* What the formats share: each has a file of its own with one function, which
 * is given the bytes and tells these what it finds, line by line. Where a format
 * has no lines, every entry counts as one.
 */

struct _BobbinLinks
{
  BobbinShape shape;
  GPtrArray *links;  /* owns BobbinLink */
  GArray *lines;     /* BobbinLine */
  GArray *notes;     /* BobbinNote */
  GByteArray *kinds; /* (nullable): BobbinLinkKind of the links, as far as one has any */
  guint64 n_pending;
  gboolean is_cut;

  /* only while reading */
  BobbinLinksOptions options; /* borrowed from the caller */
  GHashTable *seen;           /* URIs, borrowed from the links */
  GUri *base;                 /* (nullable) */
  gsize total;
  gsize reported;
  guint64 n_expanded;
  BobbinLine line;
  BobbinLinkKind kind;
  gboolean repeated;
  BobbinVerdict otherwise; /* what the line is if it has no link; EMPTY if the format says */
};

/* Fills in what came with a link. With a pattern, it is the one at @index. */
typedef void (*BobbinLinksComplete) (BobbinLink *link,
                                     const BobbinPattern *pattern,
                                     guint64 index,
                                     gpointer user_data);

BobbinLinks *bobbin_links_new (BobbinShape shape, gsize total, const BobbinLinksOptions *options)
    G_GNUC_WARN_UNUSED_RESULT;
void bobbin_links_finish (BobbinLinks *self);
gboolean bobbin_links_go_on (BobbinLinks *self, gsize done);

void bobbin_links_begin_line (BobbinLinks *self);
void bobbin_links_take (BobbinLinks *self, BobbinLink *link);
void bobbin_links_take_text (BobbinLinks *self,
                             const char *text,
                             guint max_expanded,
                             BobbinLinksComplete complete,
                             gpointer user_data);
void bobbin_links_take_reference (BobbinLinks *self,
                                  const char *text,
                                  BobbinLinksComplete complete,
                                  gpointer user_data);
gboolean bobbin_links_is_reference (const char *text);
void bobbin_links_set_base (BobbinLinks *self, const char *uri);
void bobbin_links_set_kind (BobbinLinks *self, BobbinLinkKind kind);
void bobbin_links_add_reason (BobbinLinks *self, BobbinReason reason, const char *detail);
void bobbin_links_add_scheme_reason (BobbinLinks *self, const char *text);
void bobbin_links_end_line (BobbinLinks *self, BobbinVerdict otherwise);
void bobbin_links_add_line (BobbinLinks *self,
                            BobbinVerdict verdict,
                            BobbinReason reason,
                            const char *detail);

gboolean bobbin_links_set_path (BobbinLink *link, const char *path);
gboolean bobbin_links_set_subfolder (BobbinLink *link, const char *folder);
gboolean bobbin_links_set_checksum (BobbinLink *link, const char *algorithm, const char *text);
gboolean bobbin_links_set_header (BobbinLink *link, const char *text);
gboolean bobbin_links_parse_algorithm (const char *name, GChecksumType *type);
guint bobbin_links_get_strength (GChecksumType type);
char *bobbin_links_dup_hex (GChecksumType type, const char *text) G_GNUC_WARN_UNUSED_RESULT;

/* A line of text without its end. */
typedef struct
{
  const char *start;
  const char *end;
} BobbinSpan;

BobbinSpan bobbin_span_take_line (const char **text, const char *end);
BobbinSpan bobbin_span_strip (BobbinSpan span);
gboolean bobbin_span_has_prefix (BobbinSpan span, const char *prefix);
char *bobbin_span_dup (BobbinSpan span) G_GNUC_WARN_UNUSED_RESULT;
const char *bobbin_span_find_link_end (BobbinSpan span, char opener);
const char *bobbin_span_trim_punctuation (BobbinSpan span);
BobbinSpan bobbin_span_unwrap (BobbinSpan span);
gboolean bobbin_span_is_local_or_address (BobbinSpan span);
const char *bobbin_span_guess_scheme (BobbinSpan span);

BobbinShape bobbin_links_guess_shape (const char *bytes, gsize length, const BobbinLinksOptions *options);
void bobbin_links_add_xml_result (BobbinLinks *self, BobbinXmlResult result);

void bobbin_links_read_shape (BobbinLinks *self, const char *bytes, gsize length);
void bobbin_links_read_text (BobbinLinks *self, const char *text, gsize length);
void bobbin_links_read_uri_list (BobbinLinks *self, const char *text, gsize length);
void bobbin_links_read_html (BobbinLinks *self, const char *text, gsize length);
void bobbin_links_read_metalink (BobbinLinks *self, const char *text, gsize length);
void bobbin_links_read_url_file (BobbinLinks *self, const char *text, gsize length);
void bobbin_links_read_desktop_file (BobbinLinks *self, const char *text, gsize length);
void bobbin_links_read_webloc (BobbinLinks *self, const char *text, gsize length);
void bobbin_links_read_aria2 (BobbinLinks *self, const char *text, gsize length);
void bobbin_links_read_curl (BobbinLinks *self, const char *text, gsize length);
void bobbin_links_read_curl_config (BobbinLinks *self, const char *text, gsize length);
void bobbin_links_read_m3u (BobbinLinks *self, const char *text, gsize length);
void bobbin_links_read_pls (BobbinLinks *self, const char *text, gsize length);
void bobbin_links_read_feed (BobbinLinks *self, const char *text, gsize length);

G_END_DECLS
