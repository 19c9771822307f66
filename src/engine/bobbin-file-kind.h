/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BobbinFileKind:
 * @BOBBIN_FILE_KIND_PICTURE: pictures
 * @BOBBIN_FILE_KIND_SOUND: sound
 * @BOBBIN_FILE_KIND_VIDEO: video
 * @BOBBIN_FILE_KIND_ARCHIVE: archives, packages, images of discs
 * @BOBBIN_FILE_KIND_DOCUMENT: documents, books, tables, plain text
 * @BOBBIN_FILE_KIND_OTHER: pages, and what can't be told
 *
 * What a file is to a person, as far as its name tells.
 */
typedef enum
{
  BOBBIN_FILE_KIND_PICTURE,
  BOBBIN_FILE_KIND_SOUND,
  BOBBIN_FILE_KIND_VIDEO,
  BOBBIN_FILE_KIND_ARCHIVE,
  BOBBIN_FILE_KIND_DOCUMENT,
  BOBBIN_FILE_KIND_OTHER,
} BobbinFileKind;

/**
 * BOBBIN_FILE_N_KINDS:
 *
 * How many kinds there are.
 */
#define BOBBIN_FILE_N_KINDS (BOBBIN_FILE_KIND_OTHER + 1)

BobbinFileKind bobbin_file_kind_for_name (const char *name);

G_END_DECLS
