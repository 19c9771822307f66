/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bobbin-settings.h"

G_BEGIN_DECLS

/**
 * BobbinProxies:
 *
 * A proxy resolver that finds what the settings say, the system's proxies or
 * one of their own, and knows who signs in there. One thread at a time.
 */
#define BOBBIN_TYPE_PROXIES (bobbin_proxies_get_type ())
G_DECLARE_FINAL_TYPE (BobbinProxies, bobbin_proxies, BOBBIN, PROXIES, GObject)

BobbinProxies *bobbin_proxies_new (BobbinSettings *settings) G_GNUC_WARN_UNUSED_RESULT;

gboolean bobbin_proxies_lookup_user (BobbinProxies *self,
                                     const char *authority,
                                     char **user,
                                     char **password);

G_END_DECLS
