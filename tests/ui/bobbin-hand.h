/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* The hands of somebody in front of a screen: keys, pointer, clipboard and other programs. */

gboolean bobbin_hand_has_tools (const char *tool, ...) G_GNUC_NULL_TERMINATED;

void bobbin_hand_press (const char *keys);
void bobbin_hand_type (const char *text);
void bobbin_hand_copy (const char *text, const char *target);

void bobbin_hand_get_window (int *x, int *y);
void bobbin_hand_take_window (const char *title);
void bobbin_hand_place_window (const char *title, int x, int y);

void bobbin_hand_click (int x, int y);
void bobbin_hand_drag (int from_x, int from_y, int to_x, int to_y);
void bobbin_hand_drop (void);

GSubprocess *bobbin_hand_open_folder (const char *folder) G_GNUC_WARN_UNUSED_RESULT;
GSubprocess *bobbin_hand_show_source (const char *type, ...) G_GNUC_NULL_TERMINATED G_GNUC_WARN_UNUSED_RESULT;
void bobbin_hand_close (GSubprocess *program);

void bobbin_hand_shoot (const char *name);
void bobbin_hand_shoot_active (const char *name);

G_END_DECLS
