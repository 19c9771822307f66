/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-timeline-keep.h"

#include <gio/gio.h>
#include <string.h>

/*
 * A head, the rates, the spans and, in the end, the names of the spans, each
 * with a nul after it. A database stays on its machine, so numbers are as that
 * has them. What is read back may be damaged all the same.
 */
#define MAGIC 0x316c7462u

/* Later spans are left out, for the longest runs are kept as well. */
#define MAX_KEPT 20000

/* More workers than a person can ask for. */
#define MAX_LANES 1024

typedef struct
{
  guint32 magic;
  guint32 n_lanes;
  guint32 n_rates;
  guint32 n_spans;
  guint32 n_left_out;
  guint32 names; /* bytes */
  gint64 interval;
} Head;

/* Times count from the start of the run; -1 for none. */
typedef struct
{
  gint64 start;
  gint64 head;
  gint64 end;
  gint64 bytes;
  guint64 job;
  guint16 lane;
  guint8 how;
  guint8 part;
  guint32 name; /* where it begins among the names */
} Span;

static Span
pack (const BobbinTimeline *self, const BobbinSpan *span, gsize name)
{
  return (Span){
    .start = span->start - self->start,
    .head = span->head != 0 ? span->head - self->start : -1,
    .end = span->end - self->start,
    .bytes = span->bytes,
    .job = span->job,
    .lane = (guint16) span->lane,
    .how = (guint8) span->how,
    .part = (guint8) (span->part != FALSE),
    .name = (guint32) name,
  };
}

/**
 * bobbin_timeline_keep:
 * @self: a timeline of a run that is over
 *
 * Main thread.
 *
 * Returns: (transfer full): it, to be kept over the end of the program
 */
GBytes *
bobbin_timeline_keep (const BobbinTimeline *self)
{
  g_autoptr (GString) names = g_string_new (NULL);
  GByteArray *bytes = g_byte_array_new ();
  Head head = { .magic = MAGIC, .n_lanes = self->n_lanes, .n_rates = self->rates->len };

  head.n_spans = MIN (self->spans->len, MAX_KEPT);
  head.n_left_out = self->n_left_out + self->spans->len - head.n_spans;
  head.interval = self->interval;
  g_byte_array_append (bytes, (const guint8 *) &head, sizeof head);
  g_byte_array_append (bytes, (const guint8 *) self->rates->data,
                       (guint) (self->rates->len * sizeof (gint64)));
  for (guint i = 0; i < head.n_spans; i++)
    {
      const BobbinSpan *span = &g_array_index (self->spans, BobbinSpan, i);
      g_autofree char *name = bobbin_span_dup_name (span);
      Span packed = pack (self, span, names->len);

      g_string_append (names, name);
      g_string_append_c (names, '\0');
      g_byte_array_append (bytes, (const guint8 *) &packed, sizeof packed);
    }
  ((Head *) (gpointer) bytes->data)->names = (guint32) names->len;
  g_byte_array_append (bytes, (const guint8 *) names->str, (guint) names->len);
  return g_byte_array_free_to_bytes (bytes);
}

/* Returns: whether the parts are as long as they say */
static gboolean
check (const Head *head, gsize size)
{
  const guint64 needed = sizeof *head + head->n_rates * (guint64) sizeof (gint64)
                         + head->n_spans * (guint64) sizeof (Span) + head->names;

  return head->magic == MAGIC && needed == size && head->n_lanes <= MAX_LANES
         && (head->interval > 0 || head->n_rates == 0) && head->n_spans <= MAX_KEPT;
}

/* Before anything is added to its times. */
static gboolean
is_sound (const Span *packed, const Head *head)
{
  return packed->lane < head->n_lanes && packed->name < head->names && packed->how <= BOBBIN_SPAN_HELD
         && packed->start >= 0 && packed->end >= packed->start && packed->end <= G_MAXINT64 / 4
         && packed->bytes >= 0 && packed->head <= packed->end;
}

static gboolean
unpack (BobbinTimeline *self, const Span *packed, const Head *head, const char *names)
{
  BobbinSpan span;

  if (!is_sound (packed, head) || !g_utf8_validate (names + packed->name, -1, NULL))
    return FALSE;
  span = (BobbinSpan){
    .name = (char *) names + packed->name,
    .job = packed->job,
    .lane = packed->lane,
    .part = packed->part != 0,
    .start = self->start + packed->start,
    .head = packed->head >= 0 ? self->start + packed->head : 0,
    .end = self->start + packed->end,
    .bytes = packed->bytes,
    .how = (BobbinSpanEnd) packed->how,
  };
  bobbin_timeline_add (self, &span);
  return TRUE;
}

/**
 * bobbin_timeline_read_kept:
 * @self: a timeline
 * @kept: what bobbin_timeline_keep() gave
 * @error: return location for an error
 *
 * Puts what was kept in the place of what the timeline has. It began at the
 * first microsecond of the clock. Any thread.
 *
 * Sets %G_IO_ERROR_INVALID_DATA.
 *
 * Returns: whether it could be read
 */
gboolean
bobbin_timeline_read_kept (BobbinTimeline *self, GBytes *kept, GError **error)
{
  gsize size;
  const char *bytes = g_bytes_get_data (kept, &size);
  gboolean fine = size >= sizeof (Head);
  const char *names;
  Head head = { 0 };

  bobbin_timeline_begin (self, 1);
  if (fine)
    memcpy (&head, bytes, sizeof head);
  fine = fine && check (&head, size) && (head.names == 0 || bytes[size - 1] == '\0');
  names = fine ? bytes + size - head.names : NULL;
  if (fine)
    g_array_append_vals (self->rates, bytes + sizeof head, head.n_rates);
  for (guint i = 0; fine && i < head.n_spans; i++)
    {
      Span packed;

      memcpy (&packed, bytes + sizeof head + head.n_rates * sizeof (gint64) + i * sizeof packed,
              sizeof packed);
      fine = unpack (self, &packed, &head, names);
    }
  self->interval = head.interval;
  self->n_lanes = head.n_lanes;
  self->n_left_out = head.n_left_out;
  if (!fine)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "The timeline is damaged");
  return fine;
}
