/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "bobbin-queue.h"

G_BEGIN_DECLS

/**
 * BobbinUndo:
 *
 * What was last removed from a queue, so that it can come back: by the toast
 * that tells of it, or by the key as long as nothing else was removed. Owned by
 * the window; main thread.
 */
typedef struct _BobbinUndo BobbinUndo;

BobbinUndo *bobbin_undo_new (BobbinQueue *queue, AdwToastOverlay *toasts) G_GNUC_WARN_UNUSED_RESULT;
void bobbin_undo_free (BobbinUndo *self);

void bobbin_undo_note_removal (BobbinUndo *self, GPtrArray *downloads);
void bobbin_undo_bring_back (BobbinUndo *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BobbinUndo, bobbin_undo_free)

G_END_DECLS
