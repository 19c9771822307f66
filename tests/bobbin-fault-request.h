/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Looks into the heads of requests. Any thread. */

char *bobbin_fault_request_dup_target (const char *head) G_GNUC_WARN_UNUSED_RESULT;
char *bobbin_fault_request_dup_header (const char *head, const char *name) G_GNUC_WARN_UNUSED_RESULT;
gboolean bobbin_fault_request_matches (const char *head, const char *pattern);
gboolean bobbin_fault_request_get_range (const char *head, goffset *first, goffset *end);

G_END_DECLS
