/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

GTlsCertificate *bobbin_test_certificate_new (const char *folder,
                                              const char *name,
                                              const char *host,
                                              int last_year) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
