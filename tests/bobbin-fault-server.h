/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * BobbinFaultEnd:
 * @BOBBIN_FAULT_KEEP: wait for the next request on the connection
 * @BOBBIN_FAULT_CLOSE: end the connection
 * @BOBBIN_FAULT_RESET: reset the connection
 * @BOBBIN_FAULT_HOLD: say nothing more until the client goes
 *
 * What the server does after it has sent an answer.
 */
typedef enum
{
  BOBBIN_FAULT_KEEP,
  BOBBIN_FAULT_CLOSE,
  BOBBIN_FAULT_RESET,
  BOBBIN_FAULT_HOLD,
} BobbinFaultEnd;

/**
 * BobbinFaultServer:
 *
 * A server on loopback that sends just the bytes that it was told to, right or
 * wrong, and remembers what it was asked.
 */
typedef struct _BobbinFaultServer BobbinFaultServer;

BobbinFaultServer *bobbin_fault_server_new (void) G_GNUC_WARN_UNUSED_RESULT;
void bobbin_fault_server_free (BobbinFaultServer *self);

char *bobbin_fault_server_dup_uri (BobbinFaultServer *self, const char *path) G_GNUC_WARN_UNUSED_RESULT;
void bobbin_fault_server_answer (
    BobbinFaultServer *self, const char *path, const char *head, const char *body, BobbinFaultEnd end);
guint bobbin_fault_server_get_n_requests (BobbinFaultServer *self);
char *bobbin_fault_server_dup_request (BobbinFaultServer *self, guint index) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BobbinFaultServer, bobbin_fault_server_free)

G_END_DECLS
