/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * BobbinNginx:
 *
 * A real nginx on loopback, of the test's own. It writes the path and the bytes
 * of the body of each request to a log.
 */
typedef struct
{
  char *folder; /* its own */
  char *log;
  guint16 port;
  GSubprocess *process;
} BobbinNginx;

BobbinNginx *bobbin_nginx_new (const char *locations) G_GNUC_WARN_UNUSED_RESULT;
void bobbin_nginx_free (BobbinNginx *self);

goffset bobbin_nginx_count_sent (BobbinNginx *self, const char *path);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BobbinNginx, bobbin_nginx_free)

G_END_DECLS
