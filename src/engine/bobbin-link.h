/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bobbin-checksum.h"

G_BEGIN_DECLS

/**
 * BobbinLink:
 *
 * One link and what came with it: a name, a folder, request headers, other
 * places that have the file, and how to tell that it arrived whole. Filled in
 * by one thread, then shared and never changed again; references are atomic, so
 * any thread may hold one.
 */
typedef struct _BobbinLink BobbinLink;

/**
 * BOBBIN_MIRROR_LAST:
 *
 * The priority of a mirror that came without one (RFC 5854 section 4.2.16.1.3).
 */
#define BOBBIN_MIRROR_LAST 999999

/**
 * BobbinMirror:
 * @uri: as bobbin_link_get_uri() has it
 * @priority: 1 for the best to %BOBBIN_MIRROR_LAST
 * @location: (nullable): where it stands, a country's two letters (ISO 3166-1)
 *   in lower case
 *
 * Another place that has the same file.
 */
typedef struct
{
  char *uri;
  guint priority;
  char *location;
} BobbinMirror;

/**
 * BobbinPieces:
 * @type: the algorithm of the digests
 * @length: bytes of each piece but the last, which may be shorter
 * @digests: (element-type utf8): one for each piece, lower case hexadecimal
 *
 * The digests of a file's pieces, which tell the bad bytes from the good ones.
 */
typedef struct
{
  GChecksumType type;
  goffset length;
  GPtrArray *digests;
} BobbinPieces;

BobbinLink *bobbin_link_new (const char *uri, GError **error) G_GNUC_WARN_UNUSED_RESULT;
BobbinLink *bobbin_link_copy (const BobbinLink *self) G_GNUC_WARN_UNUSED_RESULT;
BobbinLink *bobbin_link_copy_to (const BobbinLink *self, const char *uri, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;
BobbinLink *bobbin_link_ref (BobbinLink *self);
void bobbin_link_unref (BobbinLink *self);

const char *bobbin_link_get_uri (const BobbinLink *self);
char *bobbin_link_dup_host (const BobbinLink *self) G_GNUC_WARN_UNUSED_RESULT;
char *bobbin_link_dup_shown_uri (const BobbinLink *self) G_GNUC_WARN_UNUSED_RESULT;

const char *bobbin_link_get_name (const BobbinLink *self);
void bobbin_link_set_name (BobbinLink *self, const char *name);

const char *bobbin_link_get_folder (const BobbinLink *self);
void bobbin_link_set_folder (BobbinLink *self, const char *folder);

const char *const *bobbin_link_get_headers (const BobbinLink *self);
gboolean bobbin_link_add_header (BobbinLink *self, const char *name, const char *value, GError **error);

const char *bobbin_link_get_subfolder (const BobbinLink *self);
void bobbin_link_set_subfolder (BobbinLink *self, const char *subfolder);

void bobbin_link_set_name_template (BobbinLink *self, const char *template);
char *bobbin_link_dup_file_name (const BobbinLink *self,
                                 const char *disposition,
                                 const char *uri,
                                 const char *media_type) G_GNUC_WARN_UNUSED_RESULT;

goffset bobbin_link_get_size (const BobbinLink *self);
void bobbin_link_set_size (BobbinLink *self, goffset size);

const BobbinDigest *bobbin_link_get_digest (const BobbinLink *self);
void bobbin_link_set_digest (BobbinLink *self, const BobbinDigest *digest);

const BobbinPieces *bobbin_link_get_pieces (const BobbinLink *self);
void bobbin_link_set_pieces (BobbinLink *self, GChecksumType type, goffset length, GPtrArray *digests);

guint bobbin_link_get_n_mirrors (const BobbinLink *self);
const BobbinMirror *bobbin_link_get_mirror (const BobbinLink *self, guint index);
gboolean bobbin_link_add_mirror (
    BobbinLink *self, const char *uri, guint priority, const char *location, GError **error);

char *bobbin_link_dup_extras (const BobbinLink *self) G_GNUC_WARN_UNUSED_RESULT;
void bobbin_link_take_extras (BobbinLink *self, const char *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BobbinLink, bobbin_link_unref)

G_END_DECLS
