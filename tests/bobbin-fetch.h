/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bobbin-http.h"

G_BEGIN_DECLS

/**
 * BobbinFetch:
 * @http: the HTTP side, entered by the calling thread
 * @settings: what the next requests go by; not shared yet, so free to change
 *   before the first
 * @answer: (nullable): to the last request
 * @body: (nullable): of @answer, %NULL if it did not come to its end
 * @error: (nullable): why there is no answer or no body
 *
 * What a worker does, in the test's own thread.
 */
typedef struct
{
  BobbinHttp *http;
  BobbinSettings *settings;
  BobbinAnswer *answer;
  char *body;
  GError *error;
} BobbinFetch;

void bobbin_fetch_init (BobbinFetch *self);
void bobbin_fetch_clear (BobbinFetch *self);

void bobbin_fetch_link (BobbinFetch *self, BobbinLink *link, const BobbinRequest *wanted);
void bobbin_fetch_uri (BobbinFetch *self, const char *uri);
void bobbin_fetch_part (
    BobbinFetch *self, const char *uri, goffset first, goffset end, goffset total, const char *validator);

void bobbin_fetch_assert_body (const BobbinFetch *self, const char *expected);
void bobbin_fetch_assert_error (const BobbinFetch *self, int code);
void bobbin_fetch_assert_status (const BobbinFetch *self, guint status);

G_END_DECLS
