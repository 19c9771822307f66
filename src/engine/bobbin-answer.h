/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bobbin-body.h"
#include "bobbin-http.h"

G_BEGIN_DECLS

/* Between the files of the HTTP side; what others need is in bobbin-http.h. */

BobbinAnswer *bobbin_answer_new (SoupMessage *message,
                                 BobbinBody *body,
                                 const BobbinRequest *request,
                                 GError **error) G_GNUC_WARN_UNUSED_RESULT;

gboolean bobbin_request_is_for_part (const BobbinRequest *self);

G_END_DECLS
