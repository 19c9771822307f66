/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "bobbin-list-page.h"
#include "bobbin-timeline-page.h"

G_BEGIN_DECLS

void bobbin_views_set_up (AdwViewStack *views,
                          GtkWindow *window,
                          BobbinListPage *list_page,
                          BobbinTimelinePage *timeline_page);

G_END_DECLS
