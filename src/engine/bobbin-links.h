/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bobbin-link.h"
#include "bobbin-pattern.h"

G_BEGIN_DECLS

/**
 * BOBBIN_LINKS_MAX:
 *
 * The most links that one text or file gives.
 */
#define BOBBIN_LINKS_MAX 1000000

/**
 * BOBBIN_LINKS_MAX_SIZE:
 *
 * The largest text or file in bytes.
 */
#define BOBBIN_LINKS_MAX_SIZE (100 * 1000 * 1000)

/**
 * BobbinVerdict:
 * @BOBBIN_VERDICT_EMPTY: nothing that wants to be a link: a blank line, a
 *   comment, an option of a link further up
 * @BOBBIN_VERDICT_LINKS: one or more links
 * @BOBBIN_VERDICT_REPEATED: only links that stand further up already
 * @BOBBIN_VERDICT_UNSUPPORTED_SCHEME: a link, but neither http nor https
 * @BOBBIN_VERDICT_NOT_A_LINK: text without a link
 * @BOBBIN_VERDICT_ASK: a pattern that stands for more links than may be made
 *   without asking
 * @BOBBIN_VERDICT_REFUSED: understood, but not to be downloaded: the reason
 *   says why
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
  BOBBIN_VERDICT_ASK,
  BOBBIN_VERDICT_REFUSED,
} BobbinVerdict;

/**
 * BobbinReason:
 * @BOBBIN_REASON_NONE: there is nothing to say
 * @BOBBIN_REASON_SCHEME: neither http nor https
 * @BOBBIN_REASON_MAGNET: a magnet link, which a BitTorrent program opens
 * @BOBBIN_REASON_TORRENT: a torrent, which a BitTorrent program opens
 * @BOBBIN_REASON_RELATIVE: only the end of a link, and the page that it belongs
 *   to is not known
 * @BOBBIN_REASON_NO_LINK: a file, an entry or a command without any link
 * @BOBBIN_REASON_LEAVES_FOLDER: its name leads out of the folder to save to
 * @BOBBIN_REASON_UPLOAD: the command would send something to the server
 * @BOBBIN_REASON_METHOD: the command asks for something else than the file
 * @BOBBIN_REASON_PATTERN_MANY: stands for more links than may be made without
 *   asking
 * @BOBBIN_REASON_PATTERN_TOO_MANY: stands for more links than can be made
 * @BOBBIN_REASON_OPTION: an option that has no effect here
 * @BOBBIN_REASON_HEADER: a header that can't be sent
 * @BOBBIN_REASON_CHECKSUM: a checksum that can't be read or checked
 * @BOBBIN_REASON_MIRROR: another place of the file that can't be used
 * @BOBBIN_REASON_BROKEN: the file is damaged or cut off; what came before is
 *   there
 * @BOBBIN_REASON_TOO_DEEP: nested deeper than any real file; what came before
 *   is there
 * @BOBBIN_REASON_NOT_TEXT: no list of links of any kind
 *
 * What there is to say about a line, for the program to put into words.
 */
typedef enum
{
  BOBBIN_REASON_NONE,
  BOBBIN_REASON_SCHEME,
  BOBBIN_REASON_MAGNET,
  BOBBIN_REASON_TORRENT,
  BOBBIN_REASON_RELATIVE,
  BOBBIN_REASON_NO_LINK,
  BOBBIN_REASON_LEAVES_FOLDER,
  BOBBIN_REASON_UPLOAD,
  BOBBIN_REASON_METHOD,
  BOBBIN_REASON_PATTERN_MANY,
  BOBBIN_REASON_PATTERN_TOO_MANY,
  BOBBIN_REASON_OPTION,
  BOBBIN_REASON_HEADER,
  BOBBIN_REASON_CHECKSUM,
  BOBBIN_REASON_MIRROR,
  BOBBIN_REASON_BROKEN,
  BOBBIN_REASON_TOO_DEEP,
  BOBBIN_REASON_NOT_TEXT,
} BobbinReason;

/**
 * BobbinLine:
 * @verdict: what the line is
 * @reason: why, or what else there is to say; the first if there are several
 * @first_link: index of the line's first link in the list of links
 * @n_links: how many links the line added
 *
 * The verdict on one line or, where a file has no lines, on one of its entries.
 */
typedef struct
{
  BobbinVerdict verdict : 8;
  BobbinReason reason : 8;
  guint first_link;
  guint n_links;
} BobbinLine;

/**
 * BobbinNote:
 * @line: index of the line that it is about
 * @reason: what there is to say
 * @detail: (nullable): the name of the option, header, file or algorithm; valid
 *   UTF-8 on one line, from outside, without secrets
 *
 * Something that was left out or can't be had.
 */
typedef struct
{
  guint line;
  BobbinReason reason;
  char *detail;
} BobbinNote;

/**
 * BobbinShape:
 * @BOBBIN_SHAPE_TEXT: links anywhere in text
 * @BOBBIN_SHAPE_URI_LIST: one link a line (RFC 2483)
 * @BOBBIN_SHAPE_HTML: a page, a part of one, or saved bookmarks
 * @BOBBIN_SHAPE_METALINK: Metalink 3 or 4 (RFC 5854)
 * @BOBBIN_SHAPE_URL_FILE: an Internet shortcut of Windows
 * @BOBBIN_SHAPE_DESKTOP_FILE: a desktop entry
 * @BOBBIN_SHAPE_WEBLOC: an Internet location of macOS, XML or binary
 * @BOBBIN_SHAPE_ARIA2: an input file of aria2
 * @BOBBIN_SHAPE_CURL: commands for curl
 * @BOBBIN_SHAPE_CURL_CONFIG: a configuration file of curl
 * @BOBBIN_SHAPE_M3U: a playlist
 * @BOBBIN_SHAPE_PLS: a playlist with sections
 * @BOBBIN_SHAPE_FEED: RSS or Atom
 * @BOBBIN_SHAPE_TORRENT: a torrent
 * @BOBBIN_SHAPE_OTHER: no list of links of any kind
 *
 * How links can come.
 */
typedef enum
{
  BOBBIN_SHAPE_TEXT,
  BOBBIN_SHAPE_URI_LIST,
  BOBBIN_SHAPE_HTML,
  BOBBIN_SHAPE_METALINK,
  BOBBIN_SHAPE_URL_FILE,
  BOBBIN_SHAPE_DESKTOP_FILE,
  BOBBIN_SHAPE_WEBLOC,
  BOBBIN_SHAPE_ARIA2,
  BOBBIN_SHAPE_CURL,
  BOBBIN_SHAPE_CURL_CONFIG,
  BOBBIN_SHAPE_M3U,
  BOBBIN_SHAPE_PLS,
  BOBBIN_SHAPE_FEED,
  BOBBIN_SHAPE_TORRENT,
  BOBBIN_SHAPE_OTHER,
} BobbinShape;

/**
 * BobbinLinkKind:
 * @BOBBIN_LINK_KIND_UNKNOWN: nothing is said about it; its name may tell
 * @BOBBIN_LINK_KIND_PICTURE: shown as a picture
 * @BOBBIN_LINK_KIND_SOUND: played as sound
 * @BOBBIN_LINK_KIND_VIDEO: played as video
 *
 * What a page or a feed says that a link is.
 */
typedef enum
{
  BOBBIN_LINK_KIND_UNKNOWN,
  BOBBIN_LINK_KIND_PICTURE,
  BOBBIN_LINK_KIND_SOUND,
  BOBBIN_LINK_KIND_VIDEO,
} BobbinLinkKind;

/**
 * BobbinLinksProgress:
 * @done: bytes read
 * @total: bytes there are
 * @n_links: links found so far
 * @user_data: what was given with the function
 *
 * Told how far reading has come, on the thread that reads, about every quarter
 * of a megabyte.
 */
typedef void (*BobbinLinksProgress) (gsize done, gsize total, guint n_links, gpointer user_data);

/**
 * BobbinLinksOptions:
 * @file_name: (nullable): the name of the file; only its ending is looked at
 * @media_type: (nullable): what the clipboard or the server call it
 * @base_uri: (nullable): the page that relative links belong to
 * @max_expanded: how many links the patterns of the text may make together: 0
 *   if brackets and braces are just that, %BOBBIN_PATTERN_ASK at first,
 *   %BOBBIN_PATTERN_MAX once the person has agreed
 * @progress: (nullable): told how far reading has come
 * @progress_data: for @progress
 * @cancellable: (nullable): ends the reading
 *
 * What is known about links besides their bytes. All zeros will do.
 */
typedef struct
{
  const char *file_name;
  const char *media_type;
  const char *base_uri;
  guint max_expanded;
  BobbinLinksProgress progress;
  gpointer progress_data;
  GCancellable *cancellable;
} BobbinLinksOptions;

/**
 * BobbinLinks:
 *
 * The links found in a text or a file, in order and without repetition, with
 * all that came with them, and a verdict for every line. A plain value: made on
 * any thread, read on any other.
 */
typedef struct _BobbinLinks BobbinLinks;

BobbinLinks *bobbin_links_read (GBytes *data, const BobbinLinksOptions *options, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;
BobbinLinks *bobbin_links_parse (GBytes *data) G_GNUC_WARN_UNUSED_RESULT;
BobbinLinks *bobbin_links_parse_text (const char *text, gssize length) G_GNUC_WARN_UNUSED_RESULT;
void bobbin_links_free (BobbinLinks *self);

BobbinShape bobbin_links_get_shape (const BobbinLinks *self);
gboolean bobbin_links_has_lines (const BobbinLinks *self);
gboolean bobbin_links_is_cut (const BobbinLinks *self);
guint64 bobbin_links_get_n_pending (const BobbinLinks *self);

guint bobbin_links_get_n_links (const BobbinLinks *self);
BobbinLink *bobbin_links_get_link (const BobbinLinks *self, guint index);
BobbinLinkKind bobbin_links_get_kind (const BobbinLinks *self, guint index);

guint bobbin_links_get_n_lines (const BobbinLinks *self);
const BobbinLine *bobbin_links_get_line (const BobbinLinks *self, guint index);

guint bobbin_links_get_n_notes (const BobbinLinks *self);
const BobbinNote *bobbin_links_get_note (const BobbinLinks *self, guint index);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BobbinLinks, bobbin_links_free)

G_END_DECLS
