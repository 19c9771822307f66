/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-fault-reply.h"

#include "bobbin-demo-bytes.h"
#include "bobbin-fault-request.h"

#include <linux/sockios.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

/* Written at once, and the pieces in which a rate is kept. */
#define PIECE ((goffset) 16 * 1024)

/* What comes of a whole file before it waits for other requests. */
#define BEFORE_WAIT ((goffset) 4096)

/* How much longer an answer is that is longer than it should be. */
#define SURPLUS ((goffset) 100)

/* Bytes @offset and on of the content @seed: any file of any size, and files of
 * other seeds have other bytes. Any thread. */
void
bobbin_fault_bytes_fill (guint8 *buffer, gsize size, goffset offset, guint seed)
{
  bobbin_demo_bytes_fill (buffer, size, offset + ((goffset) seed << 40));
}

/* Waits, unless the server stops or the client goes.
 * Returns: whether to go on */
static gboolean
wait_for (BobbinFaultPeer *peer, guint milliseconds)
{
  gint64 until = g_get_monotonic_time () + (gint64) milliseconds * 1000;
  g_autoptr (GError) error = NULL;
  gint64 left;

  while ((left = until - g_get_monotonic_time ()) > 0)
    {
      char byte;

      g_clear_error (&error);
      if (!g_socket_condition_timed_wait (peer->socket, G_IO_IN, left, peer->stop, &error))
        return g_error_matches (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT);
      /* No client here sends a request before it has had its answer. */
      if (recv (g_socket_get_fd (peer->socket), &byte, 1, MSG_PEEK | MSG_DONTWAIT) <= 0)
        return FALSE;
      g_usleep (1000);
    }
  return TRUE;
}

static gboolean
send_data (BobbinFaultPeer *peer, const void *data, gsize size)
{
  return g_output_stream_write_all (g_io_stream_get_output_stream (peer->stream), data, size, NULL,
                                    peer->stop, NULL);
}

static gboolean
send_text (BobbinFaultPeer *peer, const char *text)
{
  g_autofree char *expanded = peer->expand (text, peer->server);

  return send_data (peer, expanded, strlen (expanded));
}

static gboolean
send_head (BobbinFaultPeer *peer, const char *text)
{
  g_autoptr (GString) head = g_string_new ("HTTP/1.1 ");

  g_string_append (head, text);
  g_string_replace (head, "\n", "\r\n", 0);
  g_string_append (head, "\r\n\r\n");
  return send_text (peer, head->str);
}

static gboolean
send_bytes (BobbinFaultPeer *peer, goffset first, goffset n, guint seed)
{
  guint8 buffer[PIECE];

  while (n > 0)
    {
      gsize size = (gsize) MIN (n, PIECE);

      bobbin_fault_bytes_fill (buffer, size, first, seed);
      if (!send_data (peer, buffer, size))
        return FALSE;
      peer->n_sent += (goffset) size;
      first += (goffset) size;
      n -= (goffset) size;
    }
  return TRUE;
}

static gboolean
drip (BobbinFaultPeer *peer, const BobbinFaultStep *step)
{
  goffset piece = step->piece > 0 ? step->piece : step->n;

  for (goffset done = 0; done < step->n; done += piece)
    if (!send_bytes (peer, step->first + done, MIN (piece, step->n - done), step->seed)
        || (step->wait > 0 && !wait_for (peer, step->wait)))
      return FALSE;
  return TRUE;
}

static gboolean
send_chunk (BobbinFaultPeer *peer, goffset first, goffset n, guint seed)
{
  g_autofree char *line = g_strdup_printf ("%" G_GINT64_MODIFIER "x\r\n", (gint64) n);

  return send_text (peer, line) && send_bytes (peer, first, n, seed) && send_text (peer, "\r\n");
}

/* Without a wait in between, many at once: a write for each byte takes minutes
 * under a sanitizer. */
static gboolean
repeat (BobbinFaultPeer *peer, const BobbinFaultStep *step)
{
  goffset at_once = step->wait > 0 ? 1 : MAX (1, PIECE / (goffset) strlen (step->text));
  g_autoptr (GString) text = g_string_new (NULL);
  goffset n;

  for (goffset done = 0; done < step->n; done += n)
    {
      n = MIN (at_once, step->n - done);
      g_string_truncate (text, 0);
      for (goffset i = 0; i < n; i++)
        g_string_append (text, step->text);
      if (!send_text (peer, text->str) || (step->wait > 0 && !wait_for (peer, step->wait)))
        return FALSE;
    }
  return TRUE;
}

static gboolean
play_one (BobbinFaultPeer *peer, const BobbinFaultStep *step)
{
  switch (step->kind)
    {
    case BOBBIN_FAULT_STEP_HEAD:
      return send_head (peer, step->text);
    case BOBBIN_FAULT_STEP_RAW:
      return step->n > 0 ? send_data (peer, step->text, (gsize) step->n) : send_text (peer, step->text);
    case BOBBIN_FAULT_STEP_REPEAT:
      return repeat (peer, step);
    case BOBBIN_FAULT_STEP_BYTES:
      return drip (peer, step);
    case BOBBIN_FAULT_STEP_CHUNK:
      return send_chunk (peer, step->first, step->n, step->seed);
    case BOBBIN_FAULT_STEP_PAUSE:
      return wait_for (peer, step->wait);
    case BOBBIN_FAULT_STEP_NONE:
    case BOBBIN_FAULT_STEP_END:
    default:
      return TRUE;
    }
}

/* Sends what a script says.
 * Returns: what comes after it */
BobbinFaultEnd
bobbin_fault_play (BobbinFaultPeer *peer, const BobbinFaultStep *steps)
{
  for (; steps->kind != BOBBIN_FAULT_STEP_NONE; steps++)
    {
      if (steps->kind == BOBBIN_FAULT_STEP_END)
        return steps->end;
      if (!play_one (peer, steps))
        return BOBBIN_FAULT_CLOSE;
    }
  return BOBBIN_FAULT_KEEP;
}

/* What an answer of a file holds. */
typedef struct
{
  const BobbinFaultFile *file;
  gboolean whole;
  goffset first;
  goffset end;    /* after the last byte sent */
  goffset length; /* as the head says */
} Reply;

static gboolean
condition_holds (const BobbinFaultPeer *peer, const BobbinFaultFile *file)
{
  g_autofree char *condition = bobbin_fault_request_dup_header (peer->head, "If-Range");

  if (condition == NULL || (file->flaws & BOBBIN_FAULT_IF_RANGE_IGNORED) != 0)
    return TRUE;
  if ((file->flaws & BOBBIN_FAULT_IF_RANGE_FAILS) != 0)
    return FALSE;
  /* Only the strong comparison counts (RFC 9110, 13.1.5). */
  return !g_str_has_prefix (condition, "W/")
         && (g_strcmp0 (condition, file->etag) == 0 || g_strcmp0 (condition, file->modified) == 0);
}

static gboolean
wants_range (const BobbinFaultPeer *peer, const BobbinFaultFile *file, goffset *first, goffset *end)
{
  return bobbin_fault_request_get_range (peer->head, first, end)
         && (file->flaws & (BOBBIN_FAULT_NO_RANGES | BOBBIN_FAULT_RANGE_IGNORED)) == 0
         && condition_holds (peer, file);
}

static void
append_field (GString *head, const char *name, const char *value)
{
  if (value != NULL)
    g_string_append_printf (head, "\n%s: %s", name, value);
}

static void
append_content_range (GString *head, const Reply *reply)
{
  const BobbinFaultFile *file = reply->file;
  g_autofree char *total = (file->flaws & BOBBIN_FAULT_NO_TOTAL) != 0
                               ? g_strdup ("*")
                               : g_strdup_printf ("%" G_GOFFSET_FORMAT, file->size);
  g_autofree char *value = g_strdup_printf ("bytes %" G_GOFFSET_FORMAT "-%" G_GOFFSET_FORMAT "/%s",
                                            reply->first, reply->end - 1, total);

  if (g_strcmp0 (file->content_range, "") != 0)
    append_field (head, "Content-Range", file->content_range != NULL ? file->content_range : value);
}

static gboolean
send_file_head (BobbinFaultPeer *peer, const Reply *reply)
{
  const BobbinFaultFile *file = reply->file;
  g_autoptr (GString) head = g_string_new (reply->whole ? "200 OK" : "206 Partial Content");

  append_field (head, "ETag", file->etag);
  append_field (head, "Last-Modified", file->modified);
  if ((file->flaws & BOBBIN_FAULT_NO_RANGES) != 0)
    append_field (head, "Accept-Ranges", "none");
  else if ((file->flaws & BOBBIN_FAULT_QUIET) == 0)
    append_field (head, "Accept-Ranges", "bytes");
  if (!reply->whole)
    append_content_range (head, reply);
  if ((file->flaws & BOBBIN_FAULT_CHUNKED) != 0)
    append_field (head, "Transfer-Encoding", "chunked");
  else if ((file->flaws & BOBBIN_FAULT_UNTIL_CLOSE) != 0)
    append_field (head, "Connection", "close");
  else
    g_string_append_printf (head, "\nContent-Length: %" G_GOFFSET_FORMAT, reply->length);
  if (file->fields != NULL)
    g_string_append_printf (head, "\n%s", file->fields);
  return send_head (peer, head->str);
}

static gboolean
send_piece (BobbinFaultPeer *peer, const Reply *reply, goffset first, goffset n)
{
  if ((reply->file->flaws & BOBBIN_FAULT_CHUNKED) != 0)
    return send_chunk (peer, first, n, reply->file->seed);
  return send_bytes (peer, first, n, reply->file->seed);
}

/* How many bytes come next, from @offset on. */
static goffset
next_piece (const Reply *reply, goffset offset)
{
  const BobbinFaultFile *file = reply->file;
  goffset piece = file->rate > 0 ? CLAMP (file->rate / 20, 1, PIECE) : PIECE;

  if (file->cut > 0)
    piece = MIN (piece, reply->first + file->cut - offset);
  if (reply->whole && file->until > 0 && offset < BEFORE_WAIT)
    piece = MIN (piece, BEFORE_WAIT - offset);
  return MIN (piece, reply->end - offset);
}

static void
release (BobbinFaultPeer *peer)
{
  peer->released = TRUE;
  peer->release (peer->server);
}

/* Returns: whether all of the body was sent */
static gboolean
send_file_body (BobbinFaultPeer *peer, const Reply *reply)
{
  const BobbinFaultFile *file = reply->file;
  goffset offset = reply->first;

  while (offset < reply->end && !(file->cut > 0 && offset - reply->first >= file->cut))
    {
      goffset n = next_piece (reply, offset);

      if (offset + n == reply->end && !peer->released)
        release (peer);
      if (!send_piece (peer, reply, offset, n))
        return FALSE;
      offset += n;
      if (reply->whole && file->until > 0 && offset == BEFORE_WAIT)
        peer->wait_for_requests (file->until, file->patience, peer->server);
      if (file->rate > 0 && !wait_for (peer, (guint) MAX (n * 1000 / file->rate, 1)))
        return FALSE;
    }
  if (offset < reply->end)
    return FALSE;
  return (file->flaws & BOBBIN_FAULT_CHUNKED) == 0 || send_text (peer, "0\r\n\r\n");
}

static void
set_range (Reply *reply, goffset first, goffset end)
{
  const BobbinFaultFile *file = reply->file;

  reply->whole = FALSE;
  reply->first = first;
  reply->end = end < 0 || (file->flaws & BOBBIN_FAULT_TO_THE_END) != 0 ? file->size : MIN (end, file->size);
  if ((file->flaws & BOBBIN_FAULT_SHORTER) != 0)
    reply->end -= (reply->end - reply->first) / 2;
  reply->length = reply->end - reply->first;
}

static BobbinFaultEnd
refuse (BobbinFaultPeer *peer, const char *head)
{
  return send_head (peer, head) ? BOBBIN_FAULT_KEEP : BOBBIN_FAULT_CLOSE;
}

static BobbinFaultEnd
send_file (BobbinFaultPeer *peer, Reply *reply)
{
  const BobbinFaultFile *file = reply->file;
  guint longer = file->flaws & (BOBBIN_FAULT_SURPLUS | BOBBIN_FAULT_LONGER);

  if (!reply->whole && (longer & BOBBIN_FAULT_LONGER) != 0)
    reply->length += SURPLUS;
  if (!send_file_head (peer, reply))
    return BOBBIN_FAULT_CLOSE;
  if (!send_file_body (peer, reply))
    return file->cut > 0 ? file->end : BOBBIN_FAULT_CLOSE;
  /* What is too much is wrong as well, to be seen where it is written. */
  if (!reply->whole && longer != 0 && !send_bytes (peer, reply->end, SURPLUS, file->seed + 1000))
    return BOBBIN_FAULT_CLOSE;
  return (file->flaws & BOBBIN_FAULT_UNTIL_CLOSE) != 0 ? BOBBIN_FAULT_CLOSE : BOBBIN_FAULT_KEEP;
}

/* Answers with a file, the range of it that was asked for, or a refusal.
 * Returns: what comes after it */
BobbinFaultEnd
bobbin_fault_serve (BobbinFaultPeer *peer, const BobbinFaultFile *file)
{
  Reply reply = { .file = file, .whole = TRUE, .first = 0, .end = file->size, .length = file->size };
  goffset first;
  goffset end;

  if (file->most > 0 && peer->n_serving > file->most)
    return refuse (peer, "503 Service Unavailable\nContent-Length: 0");
  if (wants_range (peer, file, &first, &end))
    {
      g_autofree char *unsatisfied
          = g_strdup_printf ("416 Range Not Satisfiable\nContent-Range: bytes */%" G_GOFFSET_FORMAT
                             "\nContent-Length: 0",
                             file->size);

      if (first >= file->size)
        return refuse (peer, unsatisfied);
      set_range (&reply, first, end);
    }
  return send_file (peer, &reply);
}

/* What the kernel still holds would be lost with a reset. */
static void
wait_until_sent (BobbinFaultPeer *peer)
{
  int n = 0;

  for (guint i = 0; i < 1000; i++)
    {
      if (ioctl (g_socket_get_fd (peer->socket), SIOCOUTQ, &n) != 0 || n == 0)
        return;
      g_usleep (1000);
    }
}

/* Does what comes after an answer, as far as the connection does not close. */
void
bobbin_fault_end (BobbinFaultPeer *peer, BobbinFaultEnd end)
{
  struct linger linger = { .l_onoff = 1, .l_linger = 0 };
  char byte;

  if (end == BOBBIN_FAULT_HOLD)
    while (g_input_stream_read (g_io_stream_get_input_stream (peer->stream), &byte, 1, peer->stop, NULL) == 1)
      ;
  if (end == BOBBIN_FAULT_RESET)
    {
      wait_until_sent (peer);
      setsockopt (g_socket_get_fd (peer->socket), SOL_SOCKET, SO_LINGER, &linger, sizeof linger);
    }
}
