/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-record.h"

#include <string.h>

/* Headers that are worth keeping and carry no secret; a list of those that do
 * would never be whole. */
static const char *const kept_headers[] = {
  "Accept", "Accept-Language", "Origin", "Referer", "User-Agent",
};

/**
 * bobbin_record_new:
 *
 * Makes an empty record: waiting, of unknown size.
 *
 * Returns: (transfer full): the record
 */
BobbinRecord *
bobbin_record_new (void)
{
  BobbinRecord *self = g_new0 (BobbinRecord, 1);

  self->state = BOBBIN_STATE_WAITING;
  self->total = -1;
  return self;
}

/**
 * bobbin_record_free:
 * @self: (transfer full) (nullable): a record
 *
 * Frees a record and all that it holds.
 */
void
bobbin_record_free (BobbinRecord *self)
{
  if (self == NULL)
    return;
  g_free (self->uri);
  g_free (self->folder);
  g_free (self->given_name);
  g_strfreev (self->headers);
  g_free (self->digest);
  g_free (self->extras);
  g_free (self->name);
  g_free (self->validator);
  g_free (self->file_digest);
  g_clear_pointer (&self->ranges, g_array_unref);
  g_clear_pointer (&self->log, g_array_unref);
  g_clear_error (&self->error);
  g_free (self);
}

/**
 * bobbin_part_identity_equal:
 * @a: an identity
 * @b: another one
 *
 * Returns: whether both tell of the same file
 */
gboolean
bobbin_part_identity_equal (const BobbinPartIdentity *a, const BobbinPartIdentity *b)
{
  return a->device == b->device && a->inode == b->inode && a->birth == b->birth;
}

/**
 * bobbin_record_strip_uri:
 * @uri: an absolute URI
 *
 * Takes user and password out of a URI (RFC 3986 section 3.2.1). Any thread.
 *
 * Returns: (transfer full): @uri without them
 */
char *
bobbin_record_strip_uri (const char *uri)
{
  const char *authority = strstr (uri, "://");
  const char *at;

  if (authority == NULL)
    return g_strdup (uri);
  authority += strlen ("://");
  at = memrchr (authority, '@', strcspn (authority, "/?#"));
  if (at == NULL)
    return g_strdup (uri);
  return g_strdup_printf ("%.*s%s", (int) (authority - uri), uri, at + 1);
}

static gboolean
is_kept (const char *name, const char *value)
{
  gboolean known = FALSE;

  for (gsize i = 0; i < G_N_ELEMENTS (kept_headers) && !known; i++)
    known = g_ascii_strcasecmp (name, kept_headers[i]) == 0;
  return known && strpbrk (value, "\r\n") == NULL;
}

/* Queries and fragments carry tokens. */
static char *
dup_value (const char *name, const char *value)
{
  char *kept;

  if (g_ascii_strcasecmp (name, "Referer") != 0 && g_ascii_strcasecmp (name, "Origin") != 0)
    return g_strdup (value);
  kept = bobbin_record_strip_uri (value);
  kept[strcspn (kept, "?#")] = '\0';
  return kept;
}

/**
 * bobbin_record_keep_headers:
 * @headers: (nullable): name and value in turn, ended by %NULL
 *
 * Picks what may be written down: User-Agent, Accept, Accept-Language, Origin,
 * and Referer without user, password, query and fragment. Any thread.
 *
 * Returns: (transfer full) (nullable): name and value in turn, ended by %NULL;
 *   %NULL if none is left
 */
char **
bobbin_record_keep_headers (const char *const *headers)
{
  g_autoptr (GPtrArray) kept = g_ptr_array_new_with_free_func (g_free);

  for (; headers != NULL && headers[0] != NULL && headers[1] != NULL; headers += 2)
    if (is_kept (headers[0], headers[1]))
      {
        g_ptr_array_add (kept, g_strdup (headers[0]));
        g_ptr_array_add (kept, dup_value (headers[0], headers[1]));
      }
  if (kept->len == 0)
    return NULL;
  g_ptr_array_add (kept, NULL);
  return (char **) g_ptr_array_free (g_steal_pointer (&kept), FALSE);
}

/**
 * bobbin_timeline_record_new:
 * @began: when the run began, microseconds of the epoch
 * @measured: what its links have really taken one after another, microseconds,
 *   or 0
 * @timeline: what bobbin_timeline_keep() gave
 *
 * Returns: (transfer full): a record
 */
BobbinTimelineRecord *
bobbin_timeline_record_new (gint64 began, gint64 measured, GBytes *timeline)
{
  BobbinTimelineRecord *self = g_new0 (BobbinTimelineRecord, 1);

  self->began = began;
  self->measured = measured;
  self->timeline = g_bytes_ref (timeline);
  return self;
}

/**
 * bobbin_timeline_record_free:
 * @self: (transfer full): a record
 */
void
bobbin_timeline_record_free (BobbinTimelineRecord *self)
{
  g_bytes_unref (self->timeline);
  g_free (self);
}
