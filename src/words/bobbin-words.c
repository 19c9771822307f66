/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "bobbin-words.h"

#include <glib/gi18n.h>

/* The sentence for a code of one error domain, marked for translation. */
typedef struct
{
  int code;
  const char *sentence;
} Sentence;

static const Sentence bobbin_sentences[] = {
  { BOBBIN_ERROR_NOT_A_LINK, N_ ("This is not a link") },
  { BOBBIN_ERROR_UNSUPPORTED_SCHEME, N_ ("Only http and https links can be downloaded") },
  { BOBBIN_ERROR_NO_CONTENT, N_ ("The server has nothing to send for this link") },
  { BOBBIN_ERROR_BAD_ANSWER, N_ ("The server's answer cannot be understood") },
  { BOBBIN_ERROR_BAD_REDIRECT, N_ ("The server sends this on to a place that is not allowed") },
  { BOBBIN_ERROR_TOO_MANY_REDIRECTS, N_ ("The server sends this on too many times") },
  { BOBBIN_ERROR_TRUNCATED, N_ ("The file ended too soon") },
  { BOBBIN_ERROR_PART_LOST, N_ ("The part file was removed or replaced") },
  { BOBBIN_ERROR_NO_FREE_NAME, N_ ("All names for this file are taken in this folder") },
  { BOBBIN_ERROR_RANGE_REFUSED, N_ ("The server does not send the part that was asked for") },
  { BOBBIN_ERROR_CHANGED, N_ ("The file on the server changed again and again") },
  { BOBBIN_ERROR_TOO_SLOW, N_ ("The server sends too slowly") },
  { BOBBIN_ERROR_CHECKSUM, N_ ("The file differs from its checksum") },
  { BOBBIN_ERROR_EXISTS, N_ ("The name of this file is taken in this folder") },
  { BOBBIN_ERROR_INSECURE_REDIRECT, N_ ("The server sends this on over a connection that is not secure") },
  { BOBBIN_ERROR_BAD_CERTIFICATE, N_ ("The server's certificate is not valid") },
};

/* Of the network and of the disk alike: the engine passes on what GLib says. */
static const Sentence io_sentences[] = {
  { G_IO_ERROR_HOST_NOT_FOUND, N_ ("No server of this name") },
  { G_IO_ERROR_HOST_UNREACHABLE, N_ ("The server cannot be reached") },
  { G_IO_ERROR_NETWORK_UNREACHABLE, N_ ("The network cannot be reached") },
  { G_IO_ERROR_CONNECTION_REFUSED, N_ ("The server refuses connections") },
  { G_IO_ERROR_TIMED_OUT, N_ ("The server does not answer") },
  { G_IO_ERROR_CONNECTION_CLOSED, N_ ("The connection was reset") },
  { G_IO_ERROR_NOT_CONNECTED, N_ ("The connection was reset") },
  { G_IO_ERROR_PARTIAL_INPUT, N_ ("The file ended too soon") },
  { G_IO_ERROR_PROXY_FAILED, N_ ("The proxy cannot reach the server") },
  { G_IO_ERROR_PROXY_AUTH_FAILED, N_ ("The proxy does not accept the sign-in") },
  { G_IO_ERROR_PROXY_NEED_AUTH, N_ ("The proxy asks for a sign-in") },
  { G_IO_ERROR_PROXY_NOT_ALLOWED, N_ ("The proxy does not allow this") },
  { G_IO_ERROR_NO_SPACE, N_ ("The disk is full") },
  { G_IO_ERROR_PERMISSION_DENIED, N_ ("No permission to write in this folder") },
  { G_IO_ERROR_READ_ONLY, N_ ("This folder is read-only") },
  { G_IO_ERROR_NOT_FOUND, N_ ("This folder does not exist") },
  { G_IO_ERROR_NOT_DIRECTORY, N_ ("This folder does not exist") },
  { G_IO_ERROR_IS_DIRECTORY, N_ ("A folder has the name of this file") },
  { G_IO_ERROR_EXISTS, N_ ("The name of this file is taken in this folder") },
  { G_IO_ERROR_FILENAME_TOO_LONG, N_ ("The name is too long for this folder") },
  { G_IO_ERROR_INVALID_FILENAME, N_ ("This folder does not accept the name of the file") },
  { G_IO_ERROR_TOO_MANY_LINKS, N_ ("This folder leads around in a circle") },
  { G_IO_ERROR_TOO_MANY_OPEN_FILES, N_ ("Too many files are open") },
  { G_IO_ERROR_CANCELLED, N_ ("Stopped") },
};

static const Sentence resolver_sentences[] = {
  { G_RESOLVER_ERROR_NOT_FOUND, N_ ("No server of this name") },
  { G_RESOLVER_ERROR_TEMPORARY_FAILURE, N_ ("Names of servers cannot be looked up now") },
  { G_RESOLVER_ERROR_INTERNAL, N_ ("Names of servers cannot be looked up now") },
};

static const Sentence tls_sentences[] = {
  { G_TLS_ERROR_UNAVAILABLE, N_ ("Secure connections are not available on this system") },
  { G_TLS_ERROR_MISC, N_ ("No secure connection to the server") },
  { G_TLS_ERROR_BAD_CERTIFICATE, N_ ("The server's certificate is not valid") },
  { G_TLS_ERROR_NOT_TLS, N_ ("The server does not offer secure connections") },
  { G_TLS_ERROR_HANDSHAKE, N_ ("No secure connection to the server") },
  { G_TLS_ERROR_CERTIFICATE_REQUIRED, N_ ("The server asks for a certificate of yours") },
  { G_TLS_ERROR_EOF, N_ ("The connection was reset") },
  { G_TLS_ERROR_INAPPROPRIATE_FALLBACK, N_ ("No secure connection to the server") },
};

static const char *
find_sentence (const Sentence *sentences, gsize n_sentences, int code)
{
  for (gsize i = 0; i < n_sentences; i++)
    if (sentences[i].code == code)
      return _ (sentences[i].sentence);
  return NULL;
}

static const char *
sentence_for_error (const GError *error)
{
  if (error->domain == BOBBIN_ERROR)
    return find_sentence (bobbin_sentences, G_N_ELEMENTS (bobbin_sentences), error->code);
  if (error->domain == G_IO_ERROR)
    return find_sentence (io_sentences, G_N_ELEMENTS (io_sentences), error->code);
  if (error->domain == G_RESOLVER_ERROR)
    return find_sentence (resolver_sentences, G_N_ELEMENTS (resolver_sentences), error->code);
  if (error->domain == G_TLS_ERROR)
    return find_sentence (tls_sentences, G_N_ELEMENTS (tls_sentences), error->code);
  return NULL;
}

static char *
words_for_status (guint status)
{
  switch (status)
    {
    case 401:
      return g_strdup_printf (_ ("The server asks for a sign-in (%u)"), status);
    case 403:
      return g_strdup_printf (_ ("The server does not allow this (%u)"), status);
    case 404:
      return g_strdup_printf (_ ("The server has no such file (%u)"), status);
    case 407:
      return g_strdup_printf (_ ("The proxy asks for a sign-in (%u)"), status);
    case 410:
      return g_strdup_printf (_ ("The server no longer has this file (%u)"), status);
    case 429:
    case 503:
      return g_strdup_printf (_ ("The server is busy (%u)"), status);
    case 451:
      return g_strdup_printf (_ ("The law keeps the server from sending this (%u)"), status);
    default:
      break;
    }

  if (status >= 400 && status < 500)
    return g_strdup_printf (_ ("The server refuses this (%u)"), status);
  if (status >= 500 && status < 600)
    return g_strdup_printf (_ ("The server has a fault (%u)"), status);

  return g_strdup_printf (_ ("The server answers with something else than the file (%u)"), status);
}

/**
 * bobbin_words_for_error:
 * @error: why a download failed
 *
 * Says what happened, for a person: a fragment without a full stop, with the
 * server's status in parentheses if there is one. The error's own message is
 * never part of it.
 *
 * Returns: (transfer full): the sentence, in UTF-8
 */
char *
bobbin_words_for_error (const GError *error)
{
  guint status = bobbin_error_get_status (error);
  const char *sentence = NULL;

  if (g_error_matches (error, BOBBIN_ERROR, BOBBIN_ERROR_HTTP_STATUS) && status != 0)
    return words_for_status (status);

  sentence = sentence_for_error (error);
  return g_strdup (sentence != NULL ? sentence : _ ("The download failed for an unknown reason"));
}

/**
 * bobbin_words_for_state:
 * @state: a state
 *
 * Returns: the state in a word, as it stands alone in a row
 */
const char *
bobbin_words_for_state (BobbinState state)
{
  switch (state)
    {
    case BOBBIN_STATE_WAITING:
      /* Translators: state of a download that is in line for a worker */
      return C_ ("state", "Waiting");
    case BOBBIN_STATE_CONNECTING:
      return C_ ("state", "Connecting");
    case BOBBIN_STATE_RECEIVING:
      return C_ ("state", "Receiving");
    case BOBBIN_STATE_PAUSED:
      return C_ ("state", "Paused");
    case BOBBIN_STATE_FINISHED:
      return C_ ("state", "Finished");
    case BOBBIN_STATE_FAILED:
      return C_ ("state", "Failed");
    default:
      g_return_val_if_reached ("");
    }
}

/* From a minute on: two units, whole numbers. Below \302\240 is a no-break
 * space, so that no line ends between a number and its unit.
 */
static char *
words_for_minutes (gint64 seconds)
{
  int minutes = (int) MIN (seconds / 60, G_MAXINT);

  if (minutes < 60)
    /* Translators: minutes and seconds, "1 min 14 s"; keep the no-break spaces before the units */
    return g_strdup_printf (_ ("%d\302\240min %d\302\240s"), minutes, (int) (seconds % 60));

  /* Translators: hours and minutes, "2 h 5 min"; keep the no-break spaces before the units */
  return g_strdup_printf (_ ("%d\302\240h %d\302\240min"), minutes / 60, minutes % 60);
}

static gint64
to_seconds (gint64 microseconds)
{
  return microseconds / G_USEC_PER_SEC + (microseconds % G_USEC_PER_SEC >= G_USEC_PER_SEC / 2 ? 1 : 0);
}

/**
 * bobbin_words_for_duration:
 * @microseconds: a time span, 0 or more
 *
 * "12.4 s" below a minute, then "1 min 14 s" and "2 h 5 min".
 *
 * Returns: (transfer full): the words
 */
char *
bobbin_words_for_duration (gint64 microseconds)
{
  gint64 tenths = MAX (microseconds, 0) / 100000 + (microseconds % 100000 >= 50000 ? 1 : 0);

  if (tenths >= 600)
    return words_for_minutes (to_seconds (microseconds));

  /* Translators: seconds, "12.4 s"; keep the no-break space before the unit */
  return g_strdup_printf (_ ("%.1f\302\240s"), (double) tenths / 10);
}

/**
 * bobbin_words_for_exact_duration:
 * @microseconds: a time span, 0 or more
 *
 * As bobbin_words_for_duration(), but with two decimals below a minute: for a
 * time that stands still, such as that of a finished run, "1.52 s".
 *
 * Returns: (transfer full): the words
 */
char *
bobbin_words_for_exact_duration (gint64 microseconds)
{
  gint64 hundredths = MAX (microseconds, 0) / 10000 + (microseconds % 10000 >= 5000 ? 1 : 0);

  if (hundredths >= 6000)
    return words_for_minutes (to_seconds (microseconds));

  /* Translators: seconds, "1.52 s"; keep the no-break space before the unit */
  return g_strdup_printf (_ ("%.2f\302\240s"), (double) hundredths / 100);
}

/**
 * bobbin_words_for_whole_seconds:
 * @seconds: a time span, 0 or more
 *
 * Returns: (transfer full): "11 s", "1 min 14 s" or "2 h 5 min"
 */
char *
bobbin_words_for_whole_seconds (gint64 seconds)
{
  if (seconds >= 60)
    return words_for_minutes (seconds);

  /* Translators: whole seconds, "11 s"; keep the no-break space before the unit */
  return g_strdup_printf (_ ("%d\302\240s"), (int) seconds);
}

/**
 * bobbin_words_for_time_left:
 * @microseconds: the time until the end, negative if unknown
 *
 * "11 s left", rounded up to whole seconds, so that nothing is announced
 * sooner than it comes and 0 never shows.
 *
 * Returns: (transfer full) (nullable): the words, %NULL if unknown
 */
char *
bobbin_words_for_time_left (gint64 microseconds)
{
  g_autofree char *span = NULL;
  gint64 seconds = MAX (microseconds / G_USEC_PER_SEC + (microseconds % G_USEC_PER_SEC > 0 ? 1 : 0), 1);
  guint days = (guint) MIN (seconds / (24 * 60 * 60), G_MAXINT);

  if (microseconds < 0)
    return NULL;
  if (days >= 2)
    return g_strdup_printf (ngettext ("%u day left", "%u days left", days), days);

  span = bobbin_words_for_whole_seconds (seconds);
  /* Translators: time until a download is complete, "11 s left" */
  return g_strdup_printf (_ ("%s left"), span);
}

/**
 * bobbin_words_for_retry_in:
 * @microseconds: the time until the next try
 *
 * "Retry in 4 s", rounded up to whole seconds.
 *
 * Returns: (transfer full): the words
 */
char *
bobbin_words_for_retry_in (gint64 microseconds)
{
  g_autofree char *span
      = bobbin_words_for_whole_seconds (MAX ((microseconds + G_USEC_PER_SEC - 1) / G_USEC_PER_SEC, 1));

  /* Translators: time until a download is tried again, "Retry in 4 s" */
  return g_strdup_printf (_ ("Retry in %s"), span);
}

/**
 * bobbin_words_for_rate:
 * @bytes_per_second: a rate, 0 or more
 *
 * Returns: (transfer full): "9.6 MB/s"
 */
char *
bobbin_words_for_rate (double bytes_per_second)
{
  g_autofree char *size = g_format_size ((guint64) CLAMP (bytes_per_second, 0.0, 1e18));

  /* Translators: a rate, size for each second, "9.6 MB/s" */
  return g_strdup_printf (_ ("%s/s"), size);
}

/**
 * bobbin_words_for_size_of_total:
 * @received: bytes that are there
 * @total: bytes of the whole file, negative if unknown
 *
 * Returns: (transfer full): "212.6 MB of 318.0 MB", or "212.6 MB" if the total
 *   is unknown
 */
char *
bobbin_words_for_size_of_total (goffset received, goffset total)
{
  g_autofree char *here = g_format_size ((guint64) MAX (received, 0));
  g_autofree char *whole = NULL;

  if (total < 0)
    return g_steal_pointer (&here);

  whole = g_format_size ((guint64) total);
  /* Translators: size that is there of the whole size, "212.6 MB of 318.0 MB" */
  return g_strdup_printf (_ ("%s of %s"), here, whole);
}

/**
 * bobbin_words_for_time_and_rate:
 * @microseconds: the own time of a download that finished
 * @bytes: the bytes that it received in that time
 *
 * Returns: (transfer full): "0.6 s at 7.0 MB/s"; below a tenth of a second the
 *   time is in milliseconds
 */
char *
bobbin_words_for_time_and_rate (gint64 microseconds, goffset bytes)
{
  g_autofree char *span = NULL;
  g_autofree char *rate = NULL;
  gint64 time = MAX (microseconds, 1);

  if (time < 100000)
    /* Translators: milliseconds, "18 ms"; keep the no-break space before the unit */
    span = g_strdup_printf (_ ("%d\302\240ms"), (int) MAX (time / 1000, 1));
  else
    span = bobbin_words_for_duration (time);

  rate = bobbin_words_for_rate ((double) bytes * G_USEC_PER_SEC / (double) time);
  /* Translators: how long a download took and its average rate, "0.6 s at 7.0 MB/s" */
  return g_strdup_printf (_ ("%s at %s"), span, rate);
}

/**
 * bobbin_words_for_percent:
 * @fraction: from 0 to 1, negative if unknown
 *
 * Rounded down: what is not whole is never 100%.
 *
 * Returns: (transfer full) (nullable): "67%", %NULL if unknown
 */
char *
bobbin_words_for_percent (double fraction)
{
  if (!(fraction >= 0))
    return NULL;

  /* Translators: a part of the whole, "67%" */
  return g_strdup_printf (_ ("%u%%"), (guint) (MIN (fraction, 1.0) * 100));
}

/**
 * bobbin_words_for_place_in_line:
 * @place: the place, 1 is next
 *
 * There is one sentence for each ending of English ordinals. The endings of
 * other languages don't follow the same numbers, but a language that needs one
 * sentence only can translate all four alike.
 *
 * Returns: (transfer full): "3rd in line", thousands grouped as the locale does
 */
char *
bobbin_words_for_place_in_line (guint place)
{
  guint ending = place % 100 >= 11 && place % 100 <= 13 ? 0 : place % 10;

  switch (ending)
    {
    case 1:
      /* Translators: place in line of a download that waits: 1st, 21st, 31st, … If your language needs
         one sentence for all numbers, translate this one and the three that follow alike. */
      return g_strdup_printf (C_ ("1st, 21st", "%'ust in line"), place);
    case 2:
      return g_strdup_printf (C_ ("2nd, 22nd", "%'und in line"), place);
    case 3:
      return g_strdup_printf (C_ ("3rd, 23rd", "%'urd in line"), place);
    default:
      return g_strdup_printf (C_ ("4th, 11th", "%'uth in line"), place);
    }
}

/**
 * bobbin_words_for_finished_of_total:
 * @finished: downloads that finished
 * @total: all downloads
 *
 * Returns: (transfer full): "10 of 24 finished"
 */
char *
bobbin_words_for_finished_of_total (guint finished, guint total)
{
  return g_strdup_printf (
      /* Translators: how many downloads are finished, of how many; the plural follows the second number */
      ngettext ("%'u of %'u finished", "%'u of %'u finished", total), finished, total);
}

/**
 * bobbin_words_for_failed:
 * @failed: downloads that failed
 *
 * Returns: (transfer full): "2 failed"
 */
char *
bobbin_words_for_failed (guint failed)
{
  /* Translators: how many downloads failed */
  return g_strdup_printf (ngettext ("%'u failed", "%'u failed", failed), failed);
}
