/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-retry.h"

#include "bobbin-error.h"

/* The longest wait between two tries of our own accord: 96 s and up to a
 * quarter more are at most two minutes. */
#define MAX_BACK_OFF (96 * G_USEC_PER_SEC)

/* The longest wait that a server may ask for without the person, seconds. */
#define MAX_RETRY_AFTER (10 * 60)

/* An error that says when to come back is not final, whatever its status means
 * otherwise: 403 and 413 are what some servers limit rates with. */
static gboolean
is_passing_status (guint status, gboolean has_retry_after)
{
  switch (status)
    {
    case 408: /* Request Timeout */
    case 425: /* Too Early */
    case 429: /* Too Many Requests */
    case 500: /* Internal Server Error */
    case 502: /* Bad Gateway */
    case 503: /* Service Unavailable */
    case 504: /* Gateway Timeout */
    case 507: /* Insufficient Storage: the server's */
    case 520: /* 520 to 524 are a content network's about its way to the server */
    case 521:
    case 522:
    case 523:
    case 524:
      return TRUE;
    case 403:
    case 413:
      return has_retry_after;
    default:
      return FALSE;
    }
}

static gboolean
is_passing_of_ours (const GError *error)
{
  switch ((BobbinError) error->code)
    {
    case BOBBIN_ERROR_HTTP_STATUS:
      return is_passing_status (bobbin_error_get_status (error), bobbin_error_get_retry_after (error) >= 0);
    case BOBBIN_ERROR_BAD_ANSWER: /* a proxy or a login page on the way may have answered */
    case BOBBIN_ERROR_TRUNCATED:
    case BOBBIN_ERROR_PART_LOST:
    case BOBBIN_ERROR_RANGE_REFUSED:
    case BOBBIN_ERROR_CHANGED:
    case BOBBIN_ERROR_TOO_SLOW:
      return TRUE;
    case BOBBIN_ERROR_NOT_A_LINK:
    case BOBBIN_ERROR_UNSUPPORTED_SCHEME:
    case BOBBIN_ERROR_NO_CONTENT:
    case BOBBIN_ERROR_BAD_REDIRECT:
    case BOBBIN_ERROR_TOO_MANY_REDIRECTS:
    case BOBBIN_ERROR_NO_FREE_NAME:
    case BOBBIN_ERROR_CHECKSUM:
    case BOBBIN_ERROR_EXISTS:
    case BOBBIN_ERROR_INSECURE_REDIRECT:
    case BOBBIN_ERROR_BAD_CERTIFICATE:
      return FALSE;
    }
  return FALSE;
}

/* The disk's errors come in this domain too, and are not among these. A code
 * that does not tell where it is from counts as the disk's. */
static gboolean
is_passing_of_io (int code)
{
  switch (code)
    {
    case G_IO_ERROR_TIMED_OUT:
    case G_IO_ERROR_CONNECTION_REFUSED:
    case G_IO_ERROR_CONNECTION_CLOSED: /* the same as G_IO_ERROR_BROKEN_PIPE */
    case G_IO_ERROR_NOT_CONNECTED:
    case G_IO_ERROR_HOST_NOT_FOUND:
    case G_IO_ERROR_HOST_UNREACHABLE:
    case G_IO_ERROR_NETWORK_UNREACHABLE:
    case G_IO_ERROR_PARTIAL_INPUT:
    case G_IO_ERROR_PROXY_FAILED:
    case G_IO_ERROR_TOO_MANY_OPEN_FILES: /* other transfers end and close theirs */
      return TRUE;
    default:
      return FALSE;
    }
}

/* glib-networking calls it "not TLS" when the connection ends within the
 * handshake, as it does at a busy server, and "misc" when that answers in plain
 * text. */
static gboolean
is_passing_of_tls (int code)
{
  return code == G_TLS_ERROR_EOF || code == G_TLS_ERROR_NOT_TLS || code == G_TLS_ERROR_MISC;
}

static gboolean
is_passing (const GError *error)
{
  if (error->domain == BOBBIN_ERROR)
    return is_passing_of_ours (error);
  if (error->domain == G_IO_ERROR)
    return is_passing_of_io (error->code);
  if (error->domain == G_TLS_ERROR)
    return is_passing_of_tls (error->code);
  /* A name that is not found is often one that can't be asked for just now. */
  return error->domain == G_RESOLVER_ERROR && error->code != G_RESOLVER_ERROR_INTERNAL;
}

/* Returns: a part of @most, in microseconds, that @random picks */
static gint64
spread (gint64 most, guint32 random)
{
  return (gint64) (((guint64) most * random) >> 32);
}

/* Returns: 1, 2, 4… seconds, in microseconds, and up to a quarter more, so that
 * downloads that failed together do not come back together */
static gint64
get_back_off (guint failures, guint32 random)
{
  gint64 base = MAX_BACK_OFF;

  if (failures < 8)
    base = MIN (base, G_USEC_PER_SEC << (MAX (failures, 1) - 1));
  return base + spread (base / 4, random);
}

/**
 * bobbin_retry_decide:
 * @error: why a try failed
 * @failures: how many tries in a row have failed without progress, this one
 *   included
 * @tries: how many tries without progress there are, at least 1
 * @random: any number, for the jitter
 *
 * Decides what becomes of a download after an error. The wait doubles from 1 s
 * to at most 2 minutes; a longer one that the server asks for (Retry-After, RFC
 * 9110, 10.2.3) is kept to, up to 10 minutes, with up to a second more. Errors
 * of the disk are given up here: whether to wait for room on a full one is the
 * caller's to decide. So is asking for a password after a 401 or 407.
 *
 * Pure. Any thread.
 *
 * Returns: what to do, and when
 */
BobbinRetry
bobbin_retry_decide (const GError *error, guint failures, guint tries, guint32 random)
{
  gint64 retry_after = bobbin_error_get_retry_after (error);
  gint64 delay;

  if (!is_passing (error) || failures >= tries)
    return (BobbinRetry){ .what = BOBBIN_RETRY_GIVE_UP };
  if (retry_after > MAX_RETRY_AFTER)
    return (BobbinRetry){ .what = BOBBIN_RETRY_ASK };

  delay = get_back_off (failures, random);
  if (retry_after >= 0)
    delay = MAX (delay, retry_after * G_USEC_PER_SEC + spread (G_USEC_PER_SEC, random));
  return (BobbinRetry){ .what = BOBBIN_RETRY_LATER, .delay = delay };
}

/**
 * bobbin_retry_wants_fewer_connections:
 * @error: why a try failed
 *
 * A refused connection is none of these: nothing tells a host that is full from
 * one that is down, and the wait between tries helps both. Pure. Any thread.
 *
 * Returns: whether the server says that it is asked too much: 429 (RFC 6585, 4)
 *   or 503
 */
gboolean
bobbin_retry_wants_fewer_connections (const GError *error)
{
  guint status = bobbin_error_get_status (error);

  return status == 429 || status == 503;
}

static gboolean
is_about_the_way (int code)
{
  switch (code)
    {
    case G_IO_ERROR_TIMED_OUT:
    case G_IO_ERROR_NOT_CONNECTED:
    case G_IO_ERROR_HOST_NOT_FOUND:
    case G_IO_ERROR_HOST_UNREACHABLE:
    case G_IO_ERROR_NETWORK_UNREACHABLE:
      return TRUE;
    default:
      return FALSE;
    }
}

/**
 * bobbin_retry_is_about_the_network:
 * @error: why a try failed
 *
 * Tells errors that are what a lost network looks like: nothing is found,
 * reached or heard any more. Whether the network is really gone is then for
 * #GNetworkMonitor to say. A refused or closed connection is none of these:
 * somebody has answered. Pure. Any thread.
 *
 * Returns: whether @error may come from a network that is gone
 */
gboolean
bobbin_retry_is_about_the_network (const GError *error)
{
  if (error->domain == G_IO_ERROR)
    return is_about_the_way (error->code);
  return error->domain == G_RESOLVER_ERROR || g_error_matches (error, BOBBIN_ERROR, BOBBIN_ERROR_TOO_SLOW);
}

/* So much has to be free where the size of the rest is not known, in bytes. */
#define LEAST_SPACE (16 * 1024 * 1024)

/* A quota, or a reserve, that says no: waited for so long, doubled up to so many
 * times: 10 s to 10 min 40 s. */
#define FIRST_REFUSAL (10 * G_TIME_SPAN_SECOND)
#define MAX_REFUSALS 7

/**
 * bobbin_retry_space_refused:
 * @self: (inout): what is known of the disk, zeros at first
 * @rest: bytes that are still to come, 0 if unknown
 * @free: bytes that the file system says are free
 * @now: monotonic microseconds
 *
 * Notes that a write was refused for want of room. Pure.
 */
void
bobbin_retry_space_refused (BobbinRetrySpace *self, goffset rest, goffset free, gint64 now)
{
  self->refusals = free > MAX (rest, LEAST_SPACE) ? MIN (self->refusals + 1, MAX_REFUSALS) : 0;
  self->since = now;
  self->free = free;
}

/**
 * bobbin_retry_space_has_come:
 * @self: what is known of the disk
 * @rest: bytes that are still to come, 0 if unknown
 * @free: bytes that the file system says are free
 * @now: monotonic microseconds
 *
 * Tells whether it is worth trying to write again. The free space of a file
 * system says nothing of a quota: where it was there when the last write was
 * refused, it has to have grown, or time to have passed. Pure.
 *
 * Returns: whether there may be room
 */
gboolean
bobbin_retry_space_has_come (const BobbinRetrySpace *self, goffset rest, goffset free, gint64 now)
{
  goffset wanted = MAX (rest, LEAST_SPACE);

  if (free <= wanted)
    return FALSE;
  return self->refusals == 0 || free - self->free > wanted
         || now - self->since >= FIRST_REFUSAL << (self->refusals - 1);
}
