/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * BobbinDemoReply:
 * @status: HTTP status of the whole, 200 for anything that is there
 * @media_type: value of `Content-Type`, or %NULL
 * @file_name: name for `Content-Disposition: attachment`, or %NULL
 * @location: path and query to go to, or %NULL
 * @etag: strong entity tag; %NULL for an answer without validators and ranges
 * @bytes: the whole content, or %NULL for the stream of bobbin_demo_bytes_fill()
 * @size: bytes of the whole content
 * @delay: microseconds to wait before the head
 * @rate: bytes a second at which the body is sent, 0 for as fast as it goes
 * @cut: bytes of the body after which the connection is closed, -1 for none
 *
 * What the demo server answers to a path and a query.
 */
typedef struct
{
  guint status;
  char *media_type;
  char *file_name;
  char *location;
  char *etag;
  GBytes *bytes;
  goffset size;
  gint64 delay;
  gint64 rate;
  goffset cut;
} BobbinDemoReply;

BobbinDemoReply *bobbin_demo_reply_new (const char *path, const char *query) G_GNUC_WARN_UNUSED_RESULT;
BobbinDemoReply *bobbin_demo_reply_new_text (guint status, const char *text) G_GNUC_WARN_UNUSED_RESULT;
void bobbin_demo_reply_free (BobbinDemoReply *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BobbinDemoReply, bobbin_demo_reply_free)

G_END_DECLS
