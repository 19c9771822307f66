/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-demo-bytes.h"
#include "bobbin-demo-range.h"
#include "bobbin-demo-sender.h"

#define LAST_MODIFIED "Sat, 01 Jan 2022 00:00:00 GMT"

#define CHUNK_SIZE ((goffset) 128 * 1024)
#define TICK (20 * G_TIME_SPAN_MILLISECOND)
/* What a slow reader may fall behind; beyond that the rate starts anew, so that nothing comes in bursts. */
#define LONGEST_LAG (100 * G_TIME_SPAN_MILLISECOND)

/* libsoup writes what is in the body and pauses when there is nothing more. So each chunk is appended when
 * the one before it is written, which holds one chunk in memory however slow the reader is, and a chunk whose
 * time has not come is appended by a timer, which then wakes libsoup up again. */
struct _BobbinDemoSender
{
  GHashTable *senders;
  SoupServerMessage *message;
  BobbinDemoReply *reply;
  GSource *timer;

  gboolean head_made;
  goffset position; /* the next byte of the content to append */
  goffset stop;     /* where sending ends, before end if the connection is to be cut */
  goffset end;      /* the end of the body as the head says */
  gint64 due;       /* monotonic time when the bytes up to position are due */
};

static gboolean
on_timer_ready (GSource *source, GSourceFunc callback, gpointer user_data)
{
  g_source_set_ready_time (source, -1);

  return callback (user_data);
}

/* Microseconds, where the timeouts of GLib would count in milliseconds. */
static GSourceFuncs timer_funcs = { NULL, NULL, on_timer_ready, NULL };

/* The size of the next chunk: with a rate, what one tick lets through. */
static goffset
next_size (const BobbinDemoSender *self)
{
  goffset most = CHUNK_SIZE;

  if (self->reply->rate > 0 && self->reply->rate < CHUNK_SIZE * G_TIME_SPAN_SECOND / TICK)
    most = MAX (self->reply->rate * TICK / G_TIME_SPAN_SECOND, 1);

  return MIN (most, self->stop - self->position);
}

static void
append_chunk (BobbinDemoSender *self)
{
  SoupMessageBody *body = soup_server_message_get_response_body (self->message);
  gsize size = (gsize) next_size (self);
  g_autoptr (GBytes) chunk = NULL;

  if (self->reply->bytes != NULL)
    chunk = g_bytes_new_from_bytes (self->reply->bytes, (gsize) self->position, size);
  else
    {
      guint8 *data = g_malloc (size);

      bobbin_demo_bytes_fill (data, size, self->position);
      chunk = g_bytes_new_take (data, size);
    }

  soup_message_body_append_bytes (body, chunk);
  self->position += (goffset) size;
}

/* A chunk is due when the rate lets its last byte through. */
static void
wait_for_chunk (BobbinDemoSender *self)
{
  gint64 now = g_get_monotonic_time ();

  self->due = MAX (self->due, now - LONGEST_LAG);
  self->due += next_size (self) * G_TIME_SPAN_SECOND / self->reply->rate;
  g_source_set_ready_time (self->timer, self->due);
}

/* libsoup writes on for as long as the socket takes more. A turn of the main loop after each chunk keeps one
 * fast reader from holding up the timers and the other readers. */
static void
yield (BobbinDemoSender *self)
{
  soup_server_message_pause (self->message);
  soup_server_message_unpause (self->message);
}

static void
send_more (BobbinDemoSender *self)
{
  if (self->position == self->end)
    return;

  if (self->position == self->stop)
    g_source_set_ready_time (self->timer, 0);
  else if (self->reply->rate > 0)
    wait_for_chunk (self);
  else
    {
      append_chunk (self);
      yield (self);
    }
}

/* Whether the client still wants a part of what we have (RFC 9110, section 13.1.5). Our date is old enough
 * to be strong. */
static gboolean
if_range_holds (BobbinDemoSender *self)
{
  SoupMessageHeaders *request = soup_server_message_get_request_headers (self->message);
  const char *value = soup_message_headers_get_one (request, "If-Range");

  return value == NULL || g_str_equal (value, self->reply->etag) || g_str_equal (value, LAST_MODIFIED);
}

static BobbinDemoRange
find_range (BobbinDemoSender *self, goffset *start, goffset *end)
{
  SoupMessageHeaders *request = soup_server_message_get_request_headers (self->message);
  const char *value = soup_message_headers_get_one (request, "Range");

  if (soup_server_message_get_method (self->message) != SOUP_METHOD_GET || !if_range_holds (self))
    return BOBBIN_DEMO_RANGE_WHOLE;

  return bobbin_demo_range_parse (value, self->reply->size, start, end);
}

/* Puts into the head what only a thing with an entity tag has, and finds the part to send. */
static void
make_ranges (BobbinDemoSender *self, SoupMessageHeaders *headers)
{
  goffset size = self->reply->size;

  soup_message_headers_replace (headers, "Accept-Ranges", "bytes");
  soup_message_headers_replace (headers, "ETag", self->reply->etag);
  soup_message_headers_replace (headers, "Last-Modified", LAST_MODIFIED);

  switch (find_range (self, &self->position, &self->end))
    {
    case BOBBIN_DEMO_RANGE_PART:
      soup_server_message_set_status (self->message, SOUP_STATUS_PARTIAL_CONTENT, NULL);
      soup_message_headers_set_content_range (headers, self->position, self->end - 1, size);
      break;

    case BOBBIN_DEMO_RANGE_UNSATISFIABLE:
      {
        g_autofree char *range = g_strdup_printf ("bytes */%" G_GINT64_FORMAT, (gint64) size);

        soup_server_message_set_status (self->message, SOUP_STATUS_REQUESTED_RANGE_NOT_SATISFIABLE, NULL);
        soup_message_headers_replace (headers, "Content-Range", range);
        self->end = 0;
        break;
      }

    case BOBBIN_DEMO_RANGE_WHOLE:
    default:
      break;
    }
}

/* A quoted string for ASCII, the extended notation for the rest (RFC 6266, section 4.1; RFC 8187). */
static char *
dup_disposition (const char *file_name)
{
  g_autofree char *escaped = NULL;

  if (!g_str_is_ascii (file_name))
    {
      escaped = g_uri_escape_string (file_name, NULL, FALSE);
      return g_strdup_printf ("attachment; filename*=UTF-8''%s", escaped);
    }

  escaped = g_strescape (file_name, NULL);
  return g_strdup_printf ("attachment; filename=\"%s\"", escaped);
}

static void
make_head (BobbinDemoSender *self)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (self->message);
  const BobbinDemoReply *reply = self->reply;

  self->head_made = TRUE;
  self->due = g_get_monotonic_time ();
  self->end = reply->size;

  soup_server_message_set_status (self->message, reply->status, NULL);
  soup_message_headers_replace (headers, "Content-Type", reply->media_type);
  if (reply->location != NULL)
    soup_message_headers_replace (headers, "Location", reply->location);
  if (reply->file_name != NULL)
    {
      g_autofree char *disposition = dup_disposition (reply->file_name);

      soup_message_headers_replace (headers, "Content-Disposition", disposition);
    }
  if (reply->etag != NULL)
    make_ranges (self, headers);

  soup_message_headers_set_content_length (headers, self->end - self->position);
  self->stop = self->end;
  if (reply->cut >= 0 && reply->cut < self->end - self->position)
    self->stop = self->position + reply->cut;

  /* Without a body, there is nothing to append: the head says all. */
  if (soup_server_message_get_method (self->message) == SOUP_METHOD_HEAD)
    self->position = self->stop = self->end;
}

/* Closes the connection though the head has promised more. */
static void
cut (BobbinDemoSender *self)
{
  g_autoptr (SoupServerMessage) message = g_object_ref (self->message);
  g_autoptr (GIOStream) stream = NULL;

  g_hash_table_remove (self->senders, self);
  stream = soup_server_message_steal_connection (message);
  g_io_stream_close (stream, NULL, NULL);
}

static gboolean
on_due (gpointer user_data)
{
  BobbinDemoSender *self = user_data;

  if (self->head_made && self->position == self->stop)
    {
      cut (self);
      return G_SOURCE_REMOVE;
    }

  if (self->head_made)
    append_chunk (self);
  else
    make_head (self);
  soup_server_message_unpause (self->message);

  return G_SOURCE_CONTINUE;
}

static void
on_ended (BobbinDemoSender *self)
{
  g_hash_table_remove (self->senders, self);
}

/**
 * bobbin_demo_sender_start:
 * @senders: the set that owns the senders, with bobbin_demo_sender_free()
 * @message: a request that was read
 * @reply: (transfer full): what to answer
 *
 * Answers @message, in time. The sender leaves @senders when the answer has
 * been sent or the client is gone.
 *
 * The server's thread, with the server's context as its default.
 */
void
bobbin_demo_sender_start (GHashTable *senders, SoupServerMessage *message, BobbinDemoReply *reply)
{
  BobbinDemoSender *self = g_new0 (BobbinDemoSender, 1);

  self->senders = senders;
  self->message = g_object_ref (message);
  self->reply = reply;
  self->timer = g_source_new (&timer_funcs, sizeof (GSource));
  g_source_set_callback (self->timer, on_due, self, NULL);
  g_source_attach (self->timer, g_main_context_get_thread_default ());
  g_hash_table_add (senders, self);

  soup_message_body_set_accumulate (soup_server_message_get_response_body (message), FALSE);
  g_signal_connect_swapped (message, "wrote-headers", G_CALLBACK (send_more), self);
  g_signal_connect_swapped (message, "wrote-chunk", G_CALLBACK (send_more), self);
  g_signal_connect_swapped (message, "finished", G_CALLBACK (on_ended), self);
  g_signal_connect_swapped (message, "disconnected", G_CALLBACK (on_ended), self);

  if (reply->delay > 0)
    {
      soup_server_message_pause (message);
      g_source_set_ready_time (self->timer, g_get_monotonic_time () + reply->delay);
    }
  else
    make_head (self);
}

/**
 * bobbin_demo_sender_free:
 * @self: (transfer full): a sender
 *
 * Ends it where it stands. Its message belongs to the server and stays.
 */
void
bobbin_demo_sender_free (BobbinDemoSender *self)
{
  g_signal_handlers_disconnect_by_data (self->message, self);
  g_source_destroy (self->timer);
  g_source_unref (self->timer);
  g_object_unref (self->message);
  bobbin_demo_reply_free (self->reply);
  g_free (self);
}
