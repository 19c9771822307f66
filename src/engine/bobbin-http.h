/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bobbin-link.h"

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
 * @offset: the first byte wanted; 0 asks for the whole file
 * @total: bytes of the file that the bytes before @offset came from, -1 if
 *   unknown
 * @validator: (nullable): strong validator of that file; needed with an @offset
 * @timeout: seconds of silence after which connecting, sending or receiving
 *   fails
 *
 * One request, borrowed for the length of a call.
 */
typedef struct
{
  BobbinLink *link;
  goffset offset;
  goffset total;
  const char *validator;
  guint timeout;
} BobbinRequest;

/**
 * BobbinAnswer:
 * @uri: where the answer came from, after redirects; no user, no password
 * @disposition: (nullable): Content-Disposition
 * @media_type: (nullable): media type without parameters
 * @validator: (nullable): strong validator (RFC 9110, 8.8) of the file
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
  goffset first;
  goffset length;
  goffset total;

  /*< private >*/
  GInputStream *body;
  goffset n_read;
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
void bobbin_answer_free (BobbinAnswer *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BobbinHttp, bobbin_http_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BobbinAnswer, bobbin_answer_free)

G_END_DECLS
