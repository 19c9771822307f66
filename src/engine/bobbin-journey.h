/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bobbin-answer.h"
#include "bobbin-proxies.h"

G_BEGIN_DECLS

BobbinAnswer *bobbin_journey_run (SoupSession *session,
                                  BobbinProxies *proxies,
                                  const BobbinRequest *request,
                                  GCancellable *cancellable,
                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
