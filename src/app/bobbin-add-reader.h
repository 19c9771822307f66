/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bobbin-add-files.h"

G_BEGIN_DECLS

#define BOBBIN_TYPE_ADD_READER (bobbin_add_reader_get_type ())

/**
 * BobbinAddReader:
 *
 * Understands the text of the Add dialog and what came besides, without ever
 * holding up the window: a thread reads it, then the main loop looks bit by bit
 * which links are in the list already. A newer text takes the place of an older
 * one that is still being read. Main thread. Signals:
 * - "read" (files): hands over the #BobbinAddFiles
 * - "progress" (permille): how far it has come, if it takes its time
 */
G_DECLARE_FINAL_TYPE (BobbinAddReader, bobbin_add_reader, BOBBIN, ADD_READER, GObject)

BobbinAddReader *bobbin_add_reader_new (BobbinQueue *queue) G_GNUC_WARN_UNUSED_RESULT;

void bobbin_add_reader_read (BobbinAddReader *self, const BobbinAddRequest *request);
void bobbin_add_reader_cancel (BobbinAddReader *self);

G_END_DECLS
