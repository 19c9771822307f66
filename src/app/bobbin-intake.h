/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bobbin-window.h"

G_BEGIN_DECLS

/**
 * BobbinIntake:
 *
 * Where links come into a window: what the person brings leads to Add
 * Downloads, and so does what comes from other programs, unless the person
 * wants that to start at once. Main thread.
 */
typedef struct _BobbinIntake BobbinIntake;

BobbinIntake *bobbin_intake_new (BobbinWindow *window,
                                 BobbinQueue *queue,
                                 GSettings *settings,
                                 BobbinKeeper *keeper) G_GNUC_WARN_UNUSED_RESULT;
void bobbin_intake_free (BobbinIntake *self);

void bobbin_intake_add (BobbinIntake *self, BobbinIncoming *incoming);
void bobbin_intake_take (BobbinIntake *self, BobbinIncoming *incoming);
void bobbin_intake_take_files (BobbinIntake *self, GListModel *files);
void bobbin_intake_paste (BobbinIntake *self);
void bobbin_intake_choose (BobbinIntake *self);
void bobbin_intake_list_is_back (BobbinIntake *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BobbinIntake, bobbin_intake_free)

G_END_DECLS
