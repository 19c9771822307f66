/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A network that comes and goes when the test says so. */
void bobbin_test_network_install (void);
void bobbin_test_network_set_available (gboolean available);

G_END_DECLS
