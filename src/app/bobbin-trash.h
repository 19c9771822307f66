/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "bobbin-queue.h"

G_BEGIN_DECLS

/**
 * BobbinTrashTell:
 * @list: what was given along with it
 * @words: what went wrong
 *
 * Tells the person.
 */
typedef void (*BobbinTrashTell) (GtkWidget *list, const char *words);

void bobbin_trash_ask (GtkWidget *list, BobbinQueue *queue, GPtrArray *downloads, BobbinTrashTell tell);

G_END_DECLS
