/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bobbin-http.h"
#include "bobbin-part-file.h"
#include "bobbin-ranges.h"
#include "bobbin-store.h"

#include <stdatomic.h>

G_BEGIN_DECLS

/**
 * BOBBIN_HELD_ELSEWHERE:
 *
 * The place of bytes that came before the person gave the link another address.
 */
#define BOBBIN_HELD_ELSEWHERE ((guint) G_MAXINT)

/**
 * BobbinHeld:
 * @name: leaf name that the part file stands for
 * @identity: tells the part file from others
 * @ranges: a range list of the bytes in the part file
 * @total: bytes of the whole file, -1 if unknown
 * @validator: (nullable): strong validator of the file that they come from
 * @address: the place that @validator is of: 0 for the link, 1 for its first
 *   mirror and so on; #BOBBIN_HELD_ELSEWHERE for one that the link had before
 * @modified: the part file's time when the last try ended, nanoseconds of the
 *   epoch; 0 if it did not come to an end
 *
 * What a download holds between two tries.
 */
typedef struct
{
  char *name;
  BobbinPartIdentity identity;
  GArray *ranges;
  goffset total;
  char *validator;
  guint address;
  gint64 modified;
} BobbinHeld;

BobbinHeld *bobbin_held_copy (const BobbinHeld *self) G_GNUC_WARN_UNUSED_RESULT;
void bobbin_held_free (BobbinHeld *self);

/**
 * BobbinTarget:
 *
 * The file that one try at a download is to become, shared by all the workers
 * that fetch parts of it. The first one opens it, the last one ends it.
 */
typedef struct
{
  gatomicrefcount ref_count;

  /* immutable after construction */
  BobbinLink *link;
  BobbinSettings *settings;
  guint address;      /* the place that is asked, as in #BobbinHeld */
  BobbinHeld *held;   /* what earlier tries left, or NULL */
  BobbinStore *store; /* or NULL */
  guint64 id;         /* the download's in the store */

  /* atomic */
  _Atomic goffset received; /* bytes of the file that are held now */
  _Atomic goffset fetched;  /* bytes that this try has received */
  atomic_int n_parts;       /* workers that are busy with it */

  /* protected by mutex; until it is open, the first worker's alone */
  GMutex mutex;
  guint n_workers;
  gboolean begun;           /* a worker has opened it, or tries to */
  gboolean open;            /* others may join */
  gboolean closed;          /* the last worker has left */
  gboolean refused;         /* the server does not serve parts as it should */
  gboolean endless;         /* the server does not tell the file's size */
  gboolean until_close;     /* the connection's end is to tell that the file came whole */
  gboolean only_gzip_tells; /* whether the whole body has come, as in #BobbinAnswer */
  gboolean lost;            /* what earlier tries left is not ours any more */
  gboolean elsewhere;       /* the bytes are from another address, and this one has not confirmed them */
  BobbinPartFile *part;
  BobbinRanges ranges;
  char *validator;
  gint64 modified;      /* seconds of the epoch, 0 if unknown */
  BobbinDigest *digest; /* that the file has to have, or NULL */
  GChecksum *checksum;  /* of the first bytes, as long as they come in order; NULL without a digest */
  goffset summed;       /* how many bytes that is */
  char *uri;            /* that the file came from, after redirects */
  GError *error;        /* the first one that left a gap */

  /* the last worker, then the main thread */
  gboolean unproven; /* nothing but the connection's end told that the file came whole */
} BobbinTarget;

/**
 * BobbinRole:
 * @BOBBIN_ROLE_NONE: there is nothing to do
 * @BOBBIN_ROLE_FIRST: opens the target
 * @BOBBIN_ROLE_HELPER: fetches a part of what is left
 *
 * What a worker is to a target.
 */
typedef enum
{
  BOBBIN_ROLE_NONE,
  BOBBIN_ROLE_FIRST,
  BOBBIN_ROLE_HELPER,
} BobbinRole;

BobbinTarget *bobbin_target_new (BobbinLink *link,
                                 guint address,
                                 const BobbinHeld *held,
                                 BobbinSettings *settings,
                                 BobbinStore *store,
                                 guint64 id) G_GNUC_WARN_UNUSED_RESULT;
BobbinTarget *bobbin_target_ref (BobbinTarget *self);
void bobbin_target_unref (BobbinTarget *self);

const char *bobbin_target_get_mirror (BobbinTarget *self);
gboolean bobbin_target_has_work (BobbinTarget *self, gint64 now);
goffset bobbin_target_get_total (const BobbinTarget *self);
gboolean bobbin_target_can_resume (BobbinTarget *self);
GArray *bobbin_target_dup_ranges (BobbinTarget *self) G_GNUC_WARN_UNUSED_RESULT;
BobbinHeld *bobbin_target_snapshot (BobbinTarget *self, int *fd) G_GNUC_WARN_UNUSED_RESULT;

BobbinRole bobbin_target_join (BobbinTarget *self);
gboolean bobbin_target_open_held (BobbinTarget *self, GError **error);
void bobbin_target_start_anew (BobbinTarget *self);
gboolean bobbin_target_settle (
    BobbinTarget *self, BobbinPiece *piece, const BobbinAnswer *answer, gboolean whole, GError **error);
gboolean bobbin_target_create_part (BobbinTarget *self, const char *name, GError **error);
BobbinPiece *bobbin_target_take (BobbinTarget *self);
gboolean bobbin_target_confirm (BobbinTarget *self,
                                BobbinPiece *piece,
                                const BobbinAnswer *answer,
                                GError **error);
void bobbin_target_give_back (BobbinTarget *self, BobbinPiece *piece);
void bobbin_target_refuse_parts (BobbinTarget *self);
gboolean bobbin_target_write (
    BobbinTarget *self, BobbinPiece *piece, const guint8 *data, gsize size, gboolean *more, GError **error);
void bobbin_target_end_of_file (BobbinTarget *self, BobbinPiece *piece);
gboolean bobbin_target_leave (BobbinTarget *self, const GError *error);

char *bobbin_target_publish (BobbinTarget *self,
                             GCancellable *cancellable,
                             gboolean *verified,
                             GError **error) G_GNUC_WARN_UNUSED_RESULT;
BobbinHeld *bobbin_target_dup_held (BobbinTarget *self, const GError *error) G_GNUC_WARN_UNUSED_RESULT;

void bobbin_target_close (BobbinTarget *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BobbinHeld, bobbin_held_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BobbinTarget, bobbin_target_unref)

G_END_DECLS
