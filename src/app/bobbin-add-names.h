/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BobbinAddNames:
 *
 * The names that cannot be given any more: those of the batch, and those in the
 * folder. One thread, which may wait for a disk.
 */
typedef struct _BobbinAddNames BobbinAddNames;

BobbinAddNames *bobbin_add_names_new (const char *folder) G_GNUC_WARN_UNUSED_RESULT;
void bobbin_add_names_free (BobbinAddNames *self);
char *bobbin_add_names_take (BobbinAddNames *self, const char *subfolder, const char *wanted)
    G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BobbinAddNames, bobbin_add_names_free)

G_END_DECLS
