/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-file-attributes.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/xattr.h>

/* 1980-01-01. Servers that don't know send 1970; and archives cannot hold
 * earlier times. */
#define EARLIEST G_GINT64_CONSTANT (315532800)

#define ORIGIN "user.xdg.origin.url"

/**
 * bobbin_file_attributes_set_time:
 * @fd: a file open for writing
 * @seconds: when the server's file was last changed, seconds of the epoch
 * @error: return location for an error
 *
 * Gives a file the time of its Last-Modified; the time of access stays. Times
 * before 1980 and in the future are somebody's mistake, and are left alone.
 * Every write sets the time anew, so that this comes last. Any thread.
 *
 * Sets %G_IO_ERROR_INVALID_ARGUMENT for such a time, and the %G_IO_ERROR codes
 * of futimens().
 *
 * Returns: whether the file has the time
 */
gboolean
bobbin_file_attributes_set_time (int fd, gint64 seconds, GError **error)
{
  struct timespec times[2] = { { .tv_nsec = UTIME_OMIT }, { .tv_sec = seconds } };

  if (seconds < EARLIEST || seconds > g_get_real_time () / G_USEC_PER_SEC)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                   "%" G_GINT64_FORMAT " is no sensible time for a file", seconds);
      return FALSE;
    }
  if (futimens (fd, times) != 0)
    {
      int saved_errno = errno;

      g_set_error (error, G_IO_ERROR, g_io_error_from_errno (saved_errno), "Setting the time: %s",
                   g_strerror (saved_errno));
      return FALSE;
    }
  return TRUE;
}

/**
 * bobbin_file_attributes_set_origin:
 * @fd: a file open for writing
 * @uri: where it comes from
 *
 * Notes a file's origin in the attribute that freedesktop.org's common extended
 * attributes have for it. Whoever can read the file can read that, and copies
 * take it along: user and password are left out, and so are fragment and query,
 * where the tokens of signed links stand (as in CVE-2018-20483). The
 * page that led there (user.xdg.referrer.url) is not noted at all. Any thread.
 *
 * Returns: whether it is noted; file systems without such attributes, and links
 *   too long for them, are nothing to worry about
 */
gboolean
bobbin_file_attributes_set_origin (int fd, const char *uri)
{
  g_autoptr (GUri) parsed = g_uri_parse (uri, G_URI_FLAGS_ENCODED | G_URI_FLAGS_PARSE_RELAXED, NULL);
  const char *host = parsed != NULL ? g_uri_get_host (parsed) : NULL;
  g_autofree char *origin = NULL;

  if (host == NULL || *host == '\0')
    return FALSE;
  origin = g_uri_to_string_partial (parsed, G_URI_HIDE_USERINFO | G_URI_HIDE_QUERY | G_URI_HIDE_FRAGMENT);
  return fsetxattr (fd, ORIGIN, origin, strlen (origin), 0) == 0;
}
