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
 * BobbinFaultStepKind:
 * @BOBBIN_FAULT_STEP_NONE: after the last step
 * @BOBBIN_FAULT_STEP_HEAD: @text after "HTTP/1.1 ", lines separated by single
 *   newlines, and an empty line
 * @BOBBIN_FAULT_STEP_RAW: @text as it is, or its first @n bytes without a look
 *   at them
 * @BOBBIN_FAULT_STEP_REPEAT: @text @n times, with @wait after each
 * @BOBBIN_FAULT_STEP_BYTES: @n bytes of the content from @first on, with @wait
 *   after each @piece of them
 * @BOBBIN_FAULT_STEP_CHUNK: the same as one chunk
 * @BOBBIN_FAULT_STEP_PAUSE: nothing for @wait
 * @BOBBIN_FAULT_STEP_END: the answer ends with @end
 *
 * What is sent next. In @text, "@SELF@" and "@OTHER@" stand for the addresses
 * of the server and of the other one, "@HERE@" and "@THERE@" for the same with
 * names of hosts, "@PORT@" and "@OTHER_PORT@" for the ports alone, and "@SOON@"
 * for the date that is two seconds ahead.
 */
typedef enum
{
  BOBBIN_FAULT_STEP_NONE,
  BOBBIN_FAULT_STEP_HEAD,
  BOBBIN_FAULT_STEP_RAW,
  BOBBIN_FAULT_STEP_REPEAT,
  BOBBIN_FAULT_STEP_BYTES,
  BOBBIN_FAULT_STEP_CHUNK,
  BOBBIN_FAULT_STEP_PAUSE,
  BOBBIN_FAULT_STEP_END,
} BobbinFaultStepKind;

/**
 * BobbinFaultStep:
 * @wait: milliseconds
 * @seed: which content
 *
 * One step of a script; the fields that its kind speaks of.
 */
typedef struct
{
  BobbinFaultStepKind kind;
  const char *text;
  goffset first;
  goffset n;
  goffset piece;
  guint wait;
  guint seed;
  BobbinFaultEnd end;
} BobbinFaultStep;

/**
 * BobbinFaultFlaws:
 * @BOBBIN_FAULT_NO_RANGES: says that ranges are not served, nor serves them
 * @BOBBIN_FAULT_RANGE_IGNORED: says that ranges are served, and does not
 * @BOBBIN_FAULT_IF_RANGE_IGNORED: serves ranges whatever If-Range says
 * @BOBBIN_FAULT_IF_RANGE_FAILS: takes each If-Range for a file that has changed
 * @BOBBIN_FAULT_TO_THE_END: sends all to the end of the file, whatever range
 *   was asked for, and says so
 * @BOBBIN_FAULT_SURPLUS: sends 100 bytes more than the range and the length say
 * @BOBBIN_FAULT_LONGER: as before, and the length says so, but not the range
 * @BOBBIN_FAULT_SHORTER: 206 with all right but half the bytes asked for, and
 *   says so
 * @BOBBIN_FAULT_CHUNKED: the body is chunked
 * @BOBBIN_FAULT_UNTIL_CLOSE: the body has no length and ends with the connection
 * @BOBBIN_FAULT_QUIET: says nothing about ranges unless it is asked for one
 * @BOBBIN_FAULT_NO_TOTAL: the total of a range is a star
 *
 * What is wrong with a file's answers, or at least not as usual.
 */
typedef enum
{
  BOBBIN_FAULT_NO_RANGES = 1 << 0,
  BOBBIN_FAULT_RANGE_IGNORED = 1 << 1,
  BOBBIN_FAULT_IF_RANGE_IGNORED = 1 << 2,
  BOBBIN_FAULT_IF_RANGE_FAILS = 1 << 3,
  BOBBIN_FAULT_TO_THE_END = 1 << 4,
  BOBBIN_FAULT_SURPLUS = 1 << 5,
  BOBBIN_FAULT_LONGER = 1 << 6,
  BOBBIN_FAULT_SHORTER = 1 << 7,
  BOBBIN_FAULT_CHUNKED = 1 << 8,
  BOBBIN_FAULT_UNTIL_CLOSE = 1 << 9,
  BOBBIN_FAULT_QUIET = 1 << 10,
  BOBBIN_FAULT_NO_TOTAL = 1 << 11,
} BobbinFaultFlaws;

/**
 * BobbinFaultFile:
 * @size: bytes
 * @seed: which content
 * @etag: (nullable): its ETag, with the quotes
 * @modified: (nullable): its Last-Modified
 * @fields: (nullable): more of the head, lines separated by single newlines
 * @content_range: (nullable): what Content-Range says in the place of the truth;
 *   "" for no such field
 * @flaws: what is wrong
 * @rate: bytes a second, 0 for no limit
 * @most: so many answers at once; the others are 503
 * @cut: after so many bytes of a body comes @end, 0: nothing is cut
 * @end: what comes then
 * @until: so many requests have to come until all but the first 4096 bytes of a
 *   whole file are sent, or @patience to pass
 * @patience: milliseconds
 *
 * A file as a good server serves it (RFC 9110, 13.1.5 and 14), but for what the
 * fields say.
 */
typedef struct
{
  goffset size;
  guint seed;
  const char *etag;
  const char *modified;
  const char *fields;
  const char *content_range;
  guint flaws;
  goffset rate;
  guint most;
  goffset cut;
  BobbinFaultEnd end;
  guint until;
  guint patience;
} BobbinFaultFile;

/**
 * BobbinFaultPeer:
 * @n_serving: how many answers were under way as this one began, with it
 * @n_sent: bytes of content that it has had
 * @released: whether @release was called
 * @release: tells that the answer is about to be over, so that it does not count
 *   any more when the client, who has all of it, asks for the next one
 * @expand: replaces the variables of a text
 * @wait_for_requests: waits for the server's n-th request, or so many
 *   milliseconds
 *
 * The one who is answered, and what the server does for the answer.
 */
typedef struct
{
  GIOStream *stream;
  GSocket *socket;
  GCancellable *stop;
  const char *head;
  guint n_serving;
  goffset n_sent;
  gboolean released;
  void (*release) (gpointer server);
  char *(*expand) (const char *text, gpointer server);
  void (*wait_for_requests) (guint n, guint milliseconds, gpointer server);
  gpointer server;
} BobbinFaultPeer;

void bobbin_fault_bytes_fill (guint8 *buffer, gsize size, goffset offset, guint seed);

BobbinFaultEnd bobbin_fault_play (BobbinFaultPeer *peer, const BobbinFaultStep *steps);
BobbinFaultEnd bobbin_fault_serve (BobbinFaultPeer *peer, const BobbinFaultFile *file);
void bobbin_fault_end (BobbinFaultPeer *peer, BobbinFaultEnd end);

G_END_DECLS
