/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

GTlsCertificate *bobbin_fault_certificate_new (void) G_GNUC_WARN_UNUSED_RESULT;
char *bobbin_fault_certificate_save (const char *folder) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
