/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * BobbinScriptEnd:
 * @BOBBIN_SCRIPT_KEEP: wait for the next request on the connection
 * @BOBBIN_SCRIPT_CLOSE: end the connection
 * @BOBBIN_SCRIPT_RESET: reset the connection
 * @BOBBIN_SCRIPT_HOLD: say nothing more until the client goes
 * @BOBBIN_SCRIPT_REPEAT: say the body again and again until the client goes
 *
 * What the server does after it has sent an answer.
 */
typedef enum
{
  BOBBIN_SCRIPT_KEEP,
  BOBBIN_SCRIPT_CLOSE,
  BOBBIN_SCRIPT_RESET,
  BOBBIN_SCRIPT_HOLD,
  BOBBIN_SCRIPT_REPEAT,
} BobbinScriptEnd;

/**
 * BobbinScriptServer:
 *
 * A server on loopback, in threads of its own, that gives its answers one after
 * another, whatever is asked, and remembers what was.
 */
typedef struct _BobbinScriptServer BobbinScriptServer;

BobbinScriptServer *bobbin_script_server_new (GTlsCertificate *certificate) G_GNUC_WARN_UNUSED_RESULT;
void bobbin_script_server_free (BobbinScriptServer *self);

guint16 bobbin_script_server_get_port (BobbinScriptServer *self);
char *bobbin_script_server_dup_uri (BobbinScriptServer *self, const char *path) G_GNUC_WARN_UNUSED_RESULT;

void bobbin_script_server_answer (BobbinScriptServer *self,
                                  const char *head,
                                  const char *body,
                                  BobbinScriptEnd end);

guint bobbin_script_server_get_n_requests (BobbinScriptServer *self);
guint bobbin_script_server_get_n_connections (BobbinScriptServer *self);
char *bobbin_script_server_dup_request (BobbinScriptServer *self, guint index) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BobbinScriptServer, bobbin_script_server_free)

G_END_DECLS
