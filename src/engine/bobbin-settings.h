/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bobbin-credentials.h"
#include "bobbin-rate-limiter.h"

G_BEGIN_DECLS

/**
 * BobbinConflict:
 * @BOBBIN_CONFLICT_NUMBER: the new file gets the next free number
 * @BOBBIN_CONFLICT_SKIP: the download ends with %BOBBIN_ERROR_EXISTS
 * @BOBBIN_CONFLICT_OVERWRITE: the new file takes the place of a regular file
 *   once it is whole
 *
 * What to do about a file that has the name already.
 */
typedef enum
{
  BOBBIN_CONFLICT_NUMBER,
  BOBBIN_CONFLICT_SKIP,
  BOBBIN_CONFLICT_OVERWRITE,
} BobbinConflict;

/**
 * BobbinSettings:
 *
 * How transfers work. Filled in by the main thread, then shared with the
 * workers and never changed again: a change is a new one. @limiter and
 * @credentials are live objects that several settings share.
 */
typedef struct
{
  gatomicrefcount ref_count;

  /* immutable once shared */
  guint timeout;        /* seconds for connecting, for the first byte and for silence */
  guint low_speed;      /* bytes a second; slower than this for low_speed_time is given up; 0: never */
  guint low_speed_time; /* seconds */
  gint64 retry_delay;   /* microseconds to wait before the first new try; doubled for each further one */
  guint tries;          /* without progress, until a download fails; at least 1 */
  guint per_host;       /* connections to one host, 0: no limit */
  gboolean limit_local; /* whether per_host holds for this machine, too */
  guint parts;          /* workers for one file, at least 1 */
  goffset part_size;    /* bytes that a part has at least */
  gboolean resume;      /* whether part files are kept and taken up */
  gboolean patient;     /* whether a full disk and a missing network are waited for, however long */
  gboolean keep_time;   /* whether the file gets the time of its Last-Modified */
  gboolean keep_origin; /* whether the file's origin is noted in its attributes */
  BobbinConflict conflict;
  char *proxy;          /* URI; "" for none, NULL for the system's */
  char *ca_file;        /* absolute path of further certificates to trust, or NULL */
  char **trusted_hosts; /* "host:port" whose certificates are taken unseen, or NULL */
  BobbinRateLimiter *limiter;
  BobbinCredentials *credentials;
} BobbinSettings;

BobbinSettings *bobbin_settings_new (void) G_GNUC_WARN_UNUSED_RESULT;
BobbinSettings *bobbin_settings_copy (const BobbinSettings *self) G_GNUC_WARN_UNUSED_RESULT;
BobbinSettings *bobbin_settings_ref (BobbinSettings *self);
void bobbin_settings_unref (BobbinSettings *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BobbinSettings, bobbin_settings_unref)

G_END_DECLS
