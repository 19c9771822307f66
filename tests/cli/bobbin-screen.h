/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BobbinScreen:
 *
 * A terminal's screen with all that scrolled off it. It knows the few controls
 * that bobbin-cli may use, and fails the test on any other.
 */
typedef struct _BobbinScreen BobbinScreen;

BobbinScreen *bobbin_screen_new (guint columns, guint rows) G_GNUC_WARN_UNUSED_RESULT;
void bobbin_screen_free (BobbinScreen *self);

void bobbin_screen_feed (BobbinScreen *self, const char *bytes, gsize size);
void bobbin_screen_resize (BobbinScreen *self, guint columns, guint rows);

char *bobbin_screen_dup_text (BobbinScreen *self) G_GNUC_WARN_UNUSED_RESULT;
guint bobbin_screen_get_n_cut (BobbinScreen *self);
guint bobbin_screen_get_most_rows (BobbinScreen *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BobbinScreen, bobbin_screen_free)

G_END_DECLS
