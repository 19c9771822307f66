/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bobbin-links.h"

G_BEGIN_DECLS

/* What the tests of the formats of links share. */

BobbinLinks *bobbin_test_read (const char *text) G_GNUC_WARN_UNUSED_RESULT;
BobbinLinks *bobbin_test_read_bytes (const void *bytes, gsize length, const BobbinLinksOptions *options)
    G_GNUC_WARN_UNUSED_RESULT;

void bobbin_test_assert_uris (const BobbinLinks *links, const char *uris);
void bobbin_test_assert_line (
    const BobbinLinks *links, guint index, BobbinVerdict verdict, BobbinReason reason, guint n_links);
void bobbin_test_assert_note (
    const BobbinLinks *links, guint index, guint line, BobbinReason reason, const char *detail);
void bobbin_test_assert_headers (const BobbinLink *link, const char *headers);
void bobbin_test_assert_sound (const BobbinLinks *links);

G_END_DECLS
