/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bobbin-checksum.h"
#include "bobbin-link.h"
#include "bobbin-origin.h"
#include "bobbin-settings.h"

G_BEGIN_DECLS

/**
 * BOBBIN_HTTP_MAX_HOPS:
 *
 * The most redirects followed for one request.
 */
#define BOBBIN_HTTP_MAX_HOPS 20

/**
 * BobbinHttp:
 *
 * A worker's own SoupSession under a private main context, used synchronously.
 * One thread at a time.
 */
typedef struct _BobbinHttp BobbinHttp;

/**
 * BobbinRequest:
 * @link: what to ask for
 * @uri: (nullable): a mirror to ask in the link's place
 * @settings: how
 * @first: the first byte wanted
 * @end: after the last byte wanted, -1 for all to the end of the file
 * @total: bytes of the file that other bytes are held of, -1 if unknown
 * @validator: (nullable): strong validator of that file
 * @unconditional: ask without If-Range, for servers that misread it; the answer
 *   is checked all the same
 * @strict: the bytes that are held come from another address, so that a part has
 *   to name @validator itself
 *
 * One request, borrowed for the length of a call. With @first 0 and @end -1 it
 * asks for the whole file, without Range; everything else asks for a part and
 * needs a @validator.
 */
typedef struct
{
  BobbinLink *link;
  const char *uri;
  BobbinSettings *settings;
  goffset first;
  goffset end;
  goffset total;
  const char *validator;
  gboolean unconditional;
  gboolean strict;
} BobbinRequest;

/**
 * BobbinAnswer:
 * @uri: where the answer came from, after redirects; no user, no password
 * @disposition: (nullable): Content-Disposition
 * @media_type: (nullable): media type without parameters
 * @validator: (nullable): strong validator (RFC 9110, 8.8) of the file
 * @digest: (nullable): what the server says the whole file's digest is
 * @mirrors: (nullable) (element-type BobbinMirror): other places that the server
 *   names for the file, unchecked
 * @modified: when the file was last changed, seconds of the epoch; 0 if the
 *   server does not tell
 * @ranges: whether the server serves parts of this file: it has said so, or
 *   has just done it
 * @until_close: whether the body ends with its connection, so that nothing else
 *   tells that it came whole
 * @only_gzip_tells: whether the body is a gzip file whose own end is the only
 *   sign that it came whole
 * @downgraded: whether a redirect led from https to http
 * @n_redirects: how many redirects led to @uri
 * @phases: what the time went into until the answer began
 * @first: offset in the file of the body's first byte
 * @length: bytes that the body must have, -1 if the server does not tell
 * @total: bytes of the whole file, -1 if the server does not tell
 *
 * A checked answer with a body to read.
 */
typedef struct
{
  char *uri;
  char *disposition;
  char *media_type;
  char *validator;
  BobbinDigest *digest;
  GArray *mirrors;
  gint64 modified;
  gboolean ranges;
  gboolean until_close;
  gboolean only_gzip_tells;
  gboolean downgraded;
  guint n_redirects;
  BobbinPhases phases;
  goffset first;
  goffset length;
  goffset total;

  /*< private >*/
  struct _BobbinBody *body;
} BobbinAnswer;

BobbinHttp *bobbin_http_new (void) G_GNUC_WARN_UNUSED_RESULT;
void bobbin_http_free (BobbinHttp *self);

void bobbin_http_enter (BobbinHttp *self);
void bobbin_http_leave (BobbinHttp *self);

BobbinAnswer *bobbin_http_get (BobbinHttp *self,
                               const BobbinRequest *request,
                               GCancellable *cancellable,
                               GError **error) G_GNUC_WARN_UNUSED_RESULT;

gssize bobbin_answer_read (
    BobbinAnswer *self, void *buffer, gsize size, GCancellable *cancellable, GError **error);
gssize bobbin_answer_read_ready (BobbinAnswer *self, void *buffer, gsize size, GError **error);
void bobbin_answer_free (BobbinAnswer *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BobbinHttp, bobbin_http_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BobbinAnswer, bobbin_answer_free)

G_END_DECLS
