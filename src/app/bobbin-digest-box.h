/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "bobbin-download.h"

G_BEGIN_DECLS

#define BOBBIN_TYPE_DIGEST_BOX (bobbin_digest_box_get_type ())

/**
 * BobbinDigestBox:
 *
 * The checksum that a file is to have, and the one that it has: computed when
 * the person asks, or pastes one to compare with.
 *
 * Signals:
 * - "notice" (text): something to tell in passing
 */
G_DECLARE_FINAL_TYPE (BobbinDigestBox, bobbin_digest_box, BOBBIN, DIGEST_BOX, GtkWidget)

void bobbin_digest_box_show (BobbinDigestBox *self, BobbinDownload *download);
void bobbin_digest_box_update (BobbinDigestBox *self);

G_END_DECLS
