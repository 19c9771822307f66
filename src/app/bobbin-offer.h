/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bobbin-queue.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define BOBBIN_TYPE_OFFER (bobbin_offer_get_type ())

/**
 * BobbinOffer:
 *
 * A quiet bar that offers the links on the clipboard when the person comes to
 * the window, once for each time that something was copied, if the person wants
 * that. It looks at text alone; into files that were copied it looks only when
 * they are pasted. Main thread.
 */
G_DECLARE_FINAL_TYPE (BobbinOffer, bobbin_offer, BOBBIN, OFFER, AdwBin)

void bobbin_offer_set_up (BobbinOffer *self, BobbinQueue *queue, GSettings *settings);

G_END_DECLS
