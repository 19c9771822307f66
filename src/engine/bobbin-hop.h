/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bobbin-body.h"
#include "bobbin-http.h"
#include "bobbin-proxies.h"

G_BEGIN_DECLS

/**
 * BobbinHop:
 * @session: the worker's own
 * @proxies: (nullable): the session's resolver, %NULL if it has none
 * @request: what to ask for
 * @origin: the link's own address
 * @uri: where the request goes now, without user and password
 * @authorization: (nullable): what to show to the site
 * @proxy_authorization: (nullable): what to show to an HTTP proxy
 *
 * One request to one place. Borrows all that it points to.
 */
typedef struct
{
  SoupSession *session;
  BobbinProxies *proxies;
  const BobbinRequest *request;
  GUri *origin;
  GUri *uri;
  const char *authorization;
  const char *proxy_authorization;
} BobbinHop;

BobbinBody *bobbin_hop_send (const BobbinHop *self,
                             GCancellable *cancellable,
                             SoupMessage **message,
                             BobbinPhases *phases,
                             GError **error) G_GNUC_WARN_UNUSED_RESULT;

char *bobbin_hop_dup_proxy (SoupMessage *message) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
