/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bobbin-settings.h"

G_BEGIN_DECLS

gboolean bobbin_trust_certificate (const BobbinSettings *settings, GUri *uri, GTlsCertificate *certificate);

G_END_DECLS
