/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-queue-line.h"

#include "bobbin-download-private.h"
#include "bobbin-engine.h"
#include "bobbin-list.h"

static void
host_free (gpointer data)
{
  BobbinQueueHost *host = data;

  g_free (host->key);
  g_sequence_free (host->waiting);
  g_free (host);
}

/* For the queue: an empty line. */
void
bobbin_queue_line_init (BobbinQueueLine *self)
{
  self->hosts = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, host_free);
  self->waiting = g_sequence_new (NULL);
  self->ready = g_sequence_new (NULL);
  self->later = g_sequence_new (NULL);
  self->blocked = g_ptr_array_new ();
}

/* For the queue: frees what the line holds. */
void
bobbin_queue_line_clear (BobbinQueueLine *self)
{
  g_sequence_free (self->waiting);
  g_sequence_free (self->ready);
  g_sequence_free (self->later);
  g_ptr_array_unref (self->blocked);
  g_hash_table_unref (self->hosts);
}

static guint
get_limit (const BobbinQueueLine *self, const BobbinQueueHost *host)
{
  if (self->per_host == 0 || (host->is_local && !self->limit_local))
    return host->limit;
  return MIN (self->per_host, host->limit);
}

/* For the queue: whether @host stands one more connection. */
gboolean
bobbin_queue_line_has_room (BobbinQueueLine *self, BobbinQueueHost *host)
{
  return host->not_before == 0 && host->n_active < get_limit (self, host);
}

static gint64
get_first_order (const BobbinQueueHost *host)
{
  const BobbinDownload *first = g_sequence_get (g_sequence_get_begin_iter (host->waiting));

  return first->order;
}

static int
compare_first (gconstpointer a, gconstpointer b, gpointer user_data)
{
  gint64 order_a = get_first_order (a);
  gint64 order_b = get_first_order (b);

  return (order_a > order_b) - (order_a < order_b);
}

/* Leaves the ready ones; to be called before the host's first download or
 * anything that decides changes. */
static void
set_aside (BobbinQueueHost *host)
{
  if (host->ready != NULL)
    g_sequence_remove (host->ready);
  host->ready = NULL;
}

static void
set_ready (BobbinQueueLine *self, BobbinQueueHost *host)
{
  set_aside (host);
  if (!g_sequence_is_empty (host->waiting) && bobbin_queue_line_has_room (self, host))
    host->ready = g_sequence_insert_sorted (self->ready, host, compare_first, NULL);
}

static void
set_all_ready (BobbinQueueLine *self)
{
  GHashTableIter iter;
  gpointer host;

  g_hash_table_iter_init (&iter, self->hosts);
  while (g_hash_table_iter_next (&iter, NULL, &host))
    set_ready (self, host);
}

/* For the queue: takes over the limits of @settings. */
void
bobbin_queue_line_set_limits (BobbinQueueLine *self, const BobbinSettings *settings)
{
  self->per_host = settings->per_host;
  self->limit_local = settings->limit_local;
  set_all_ready (self);
}

/* For the queue: forgets what hosts were found to stand; a run is over. */
void
bobbin_queue_line_forget_limits (BobbinQueueLine *self)
{
  GHashTableIter iter;
  gpointer host;

  g_hash_table_iter_init (&iter, self->hosts);
  while (g_hash_table_iter_next (&iter, NULL, &host))
    ((BobbinQueueHost *) host)->limit = G_MAXUINT;
  set_all_ready (self);
}

static char *
make_key (GUri *uri)
{
  const char *scheme = g_uri_get_scheme (uri);
  int port = g_uri_get_port (uri);

  if (port < 0)
    port = g_str_equal (scheme, "https") ? 443 : 80;
  return g_strdup_printf ("%s %s %d", scheme, g_uri_get_host (uri), port);
}

static gboolean
is_local (const char *name)
{
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (name);

  return g_ascii_strcasecmp (name, "localhost") == 0
         || (address != NULL && g_inet_address_get_is_loopback (address));
}

/* For the queue: the host that @text, a URI, names. */
BobbinQueueHost *
bobbin_queue_line_get_host (BobbinQueueLine *self, const char *text)
{
  g_autoptr (GUri) uri = g_uri_parse (text, G_URI_FLAGS_PARSE_RELAXED, NULL);
  g_autofree char *key = uri != NULL ? make_key (uri) : g_strdup ("");
  BobbinQueueHost *host = g_hash_table_lookup (self->hosts, key);

  if (host != NULL)
    return host;
  host = g_new0 (BobbinQueueHost, 1);
  if (uri != NULL && g_str_equal (g_uri_get_scheme (uri), "https"))
    bobbin_engine_prepare_tls ();
  host->is_local = uri != NULL && is_local (g_uri_get_host (uri));
  host->key = g_steal_pointer (&key);
  host->limit = G_MAXUINT;
  host->waiting = g_sequence_new (NULL);
  g_hash_table_insert (self->hosts, host->key, host);
  return host;
}

/* For the queue: puts a download in line, in its place. */
void
bobbin_queue_line_put (BobbinQueueLine *self, BobbinDownload *download)
{
  BobbinQueueHost *host;
  gboolean first;

  download->host = bobbin_queue_line_get_host (self, bobbin_download_get_address (download));
  host = download->host;
  first = g_sequence_is_empty (host->waiting) || get_first_order (host) > download->order;
  if (first)
    set_aside (host);
  g_sequence_insert_sorted (host->waiting, download, bobbin_list_compare_order, NULL);
  g_sequence_insert_sorted (self->waiting, download, bobbin_list_compare_order, NULL);
  if (first)
    set_ready (self, host);
}

static int
compare_retry (gconstpointer a, gconstpointer b, gpointer user_data)
{
  gint64 at_a = ((const BobbinDownload *) a)->retry_at;
  gint64 at_b = ((const BobbinDownload *) b)->retry_at;

  return at_a != at_b ? (at_a > at_b) - (at_a < at_b) : bobbin_list_compare_order (a, b, NULL);
}

/* For the queue: lets a download wait for its retry time. */
void
bobbin_queue_line_put_later (BobbinQueueLine *self, BobbinDownload *download)
{
  g_sequence_insert_sorted (self->later, download, compare_retry, NULL);
}

static gboolean
remove_from (GSequence *sequence, BobbinDownload *download, GCompareDataFunc compare)
{
  GSequenceIter *place = g_sequence_lookup (sequence, download, compare, NULL);

  if (place != NULL)
    g_sequence_remove (place);
  return place != NULL;
}

/* For the queue: takes a download out of the line.
 * Returns: whether it was in it */
gboolean
bobbin_queue_line_remove (BobbinQueueLine *self, BobbinDownload *download)
{
  BobbinQueueHost *host = download->host;

  if (host == NULL)
    return FALSE;
  if (download->retry_at != 0)
    return remove_from (self->later, download, compare_retry);
  if (!remove_from (self->waiting, download, bobbin_list_compare_order))
    return FALSE;
  set_aside (host);
  remove_from (host->waiting, download, bobbin_list_compare_order);
  set_ready (self, host);
  return TRUE;
}

/* For the queue: takes the first download that can start out of the line.
 * Returns: (transfer none) (nullable): it */
BobbinDownload *
bobbin_queue_line_take (BobbinQueueLine *self)
{
  BobbinQueueHost *host;
  BobbinDownload *download;

  if (g_sequence_is_empty (self->ready))
    return NULL;
  host = g_sequence_get (g_sequence_get_begin_iter (self->ready));
  download = g_sequence_get (g_sequence_get_begin_iter (host->waiting));
  bobbin_queue_line_remove (self, download);
  return download;
}

/* For the queue: whether nobody is in line. */
gboolean
bobbin_queue_line_is_empty (BobbinQueueLine *self)
{
  return g_sequence_is_empty (self->waiting);
}

/* For the queue: whether somebody waits for a moment to come. */
gboolean
bobbin_queue_line_has_later (BobbinQueueLine *self)
{
  return !g_sequence_is_empty (self->later);
}

static gint64
wake_hosts (BobbinQueueLine *self, gint64 now)
{
  gint64 next = G_MAXINT64;

  for (guint i = self->blocked->len; i > 0; i--)
    {
      BobbinQueueHost *host = g_ptr_array_index (self->blocked, i - 1);

      if (host->not_before > now)
        {
          next = MIN (next, host->not_before);
          continue;
        }
      host->not_before = 0;
      g_ptr_array_remove_index (self->blocked, i - 1);
      set_ready (self, host);
    }
  return next;
}

/* For the queue: puts those in line whose moment has come.
 * Returns: the next moment, monotonic microseconds; G_MAXINT64 if there is none */
gint64
bobbin_queue_line_wake (BobbinQueueLine *self, gint64 now)
{
  gint64 next = wake_hosts (self, now);

  while (!g_sequence_is_empty (self->later))
    {
      GSequenceIter *first = g_sequence_get_begin_iter (self->later);
      BobbinDownload *download = g_sequence_get (first);

      if (download->retry_at > now)
        return MIN (next, download->retry_at);
      g_sequence_remove (first);
      download->retry_at = 0;
      bobbin_queue_line_put (self, download);
      bobbin_download_emit_changed (download);
    }
  return next;
}

/* For the queue: 1 for the first in line, 2 for the next, 0 for who is not. */
guint
bobbin_queue_line_get_place (BobbinQueueLine *self, BobbinDownload *download)
{
  GSequenceIter *place = g_sequence_lookup (self->waiting, download, bobbin_list_compare_order, NULL);

  return place != NULL ? (guint) g_sequence_iter_get_position (place) + 1 : 0;
}

/* For the queue: counts a connection to @host in. */
void
bobbin_queue_line_begin (BobbinQueueLine *self, BobbinQueueHost *host)
{
  host->n_active++;
  set_ready (self, host);
}

/* For the queue: counts a connection to @host out. */
void
bobbin_queue_line_end (BobbinQueueLine *self, BobbinQueueHost *host)
{
  host->n_active--;
  set_ready (self, host);
}

/* For the queue: @host has refused one of its connections, so it gets fewer in
 * this run, but always one. */
void
bobbin_queue_line_expect_less (BobbinQueueLine *self, BobbinQueueHost *host)
{
  host->limit = MAX (MIN (host->limit, host->n_active), 2) - 1;
  set_ready (self, host);
}

/* For the queue: starts nothing on @host until @until. */
void
bobbin_queue_line_leave_alone (BobbinQueueLine *self, BobbinQueueHost *host, gint64 until)
{
  if (host->not_before == 0)
    g_ptr_array_add (self->blocked, host);
  host->not_before = MAX (host->not_before, until);
  set_ready (self, host);
}
