/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "bobbin-incoming.h"
#include "bobbin-keeper.h"

G_BEGIN_DECLS

#define BOBBIN_TYPE_WINDOW (bobbin_window_get_type ())

/**
 * BobbinWindow:
 *
 * The main window.
 */
G_DECLARE_FINAL_TYPE (BobbinWindow, bobbin_window, BOBBIN, WINDOW, AdwApplicationWindow)

GtkWidget *bobbin_window_new (GtkApplication *application,
                              BobbinQueue *queue,
                              GSettings *settings,
                              BobbinKeeper *keeper);

void bobbin_window_take (BobbinWindow *self, BobbinIncoming *incoming);
void bobbin_window_take_files (BobbinWindow *self, GListModel *files);
void bobbin_window_tell (BobbinWindow *self, const char *text);

G_END_DECLS
