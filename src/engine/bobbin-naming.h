/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bobbin-file-kind.h"
#include "bobbin-link.h"

G_BEGIN_DECLS

/**
 * BobbinFolders:
 * @BOBBIN_FOLDERS_NONE: all files go into the folder to save to
 * @BOBBIN_FOLDERS_KIND: pictures, sound, … each into a folder below it
 * @BOBBIN_FOLDERS_HOST: the files of each host into a folder below it
 *
 * How files are spread over folders.
 */
typedef enum
{
  BOBBIN_FOLDERS_NONE,
  BOBBIN_FOLDERS_KIND,
  BOBBIN_FOLDERS_HOST,
} BobbinFolders;

/**
 * BobbinNaming:
 *
 * What the person wants files to be called, and where below the folder to save
 * to they go. A plain value, never changed: any thread may hold and read one.
 */
typedef struct _BobbinNaming BobbinNaming;

BobbinNaming *bobbin_naming_new (BobbinFolders folders,
                                 const char *template,
                                 const char *const *kind_folders,
                                 GDateTime *date) G_GNUC_WARN_UNUSED_RESULT;
BobbinNaming *bobbin_naming_ref (BobbinNaming *self);
void bobbin_naming_unref (BobbinNaming *self);

gboolean bobbin_naming_is_plain (const BobbinNaming *self);
void bobbin_naming_apply (
    const BobbinNaming *self, BobbinLink *link, BobbinFileKind kind, guint number, guint n_files);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BobbinNaming, bobbin_naming_unref)

G_END_DECLS
