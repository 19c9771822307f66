/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bobbin-links.h"

G_BEGIN_DECLS

/* What the targets share. Each is a program of one function, the first one here,
 * which is given any bytes and has to come back; libFuzzer calls it, or the
 * program's own main where there is none.
 */

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

char *bobbin_fuzz_dup_text (const guint8 *data, gsize size) G_GNUC_WARN_UNUSED_RESULT;
char *bobbin_fuzz_take_line (const guint8 **data, gsize *size) G_GNUC_WARN_UNUSED_RESULT;
void bobbin_fuzz_read_links (BobbinShape shape, const guint8 *data, gsize size);

G_END_DECLS
