/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bobbin-links.h"

G_BEGIN_DECLS

/**
 * BobbinAddKind:
 * @BOBBIN_ADD_KIND_PICTURE: pictures
 * @BOBBIN_ADD_KIND_SOUND: sound
 * @BOBBIN_ADD_KIND_VIDEO: video
 * @BOBBIN_ADD_KIND_ARCHIVE: archives, packages, images of discs
 * @BOBBIN_ADD_KIND_DOCUMENT: documents, books, tables, plain text
 * @BOBBIN_ADD_KIND_OTHER: pages, and what can't be told
 *
 * What files can be chosen by before any server is asked.
 */
typedef enum
{
  BOBBIN_ADD_KIND_PICTURE,
  BOBBIN_ADD_KIND_SOUND,
  BOBBIN_ADD_KIND_VIDEO,
  BOBBIN_ADD_KIND_ARCHIVE,
  BOBBIN_ADD_KIND_DOCUMENT,
  BOBBIN_ADD_KIND_OTHER,
} BobbinAddKind;

/**
 * BOBBIN_ADD_N_KINDS:
 *
 * How many kinds there are.
 */
#define BOBBIN_ADD_N_KINDS (BOBBIN_ADD_KIND_OTHER + 1)

/**
 * BobbinAddKinds:
 *
 * Tells kinds, and remembers them by the ending of the name. One thread.
 */
typedef struct _BobbinAddKinds BobbinAddKinds;

BobbinAddKinds *bobbin_add_kinds_new (void) G_GNUC_WARN_UNUSED_RESULT;
void bobbin_add_kinds_free (BobbinAddKinds *self);
BobbinAddKind bobbin_add_kinds_tell (BobbinAddKinds *self, const char *name, BobbinLinkKind said);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BobbinAddKinds, bobbin_add_kinds_free)

G_END_DECLS
