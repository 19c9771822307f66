/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * BobbinDemoServer:
 *
 * The server inside Bobbin: on a free port of 127.0.0.1 alone, in a thread of
 * its own, from bobbin_demo_server_new() to bobbin_demo_server_free().
 */
typedef struct _BobbinDemoServer BobbinDemoServer;

BobbinDemoServer *bobbin_demo_server_new (GError **error) G_GNUC_WARN_UNUSED_RESULT;
void bobbin_demo_server_free (BobbinDemoServer *self);

const char *bobbin_demo_server_get_uri (const BobbinDemoServer *self);
GPtrArray *bobbin_demo_server_dup_picture_uris (const BobbinDemoServer *self) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BobbinDemoServer, bobbin_demo_server_free)

G_END_DECLS
