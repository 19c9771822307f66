/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-target.h"

#include "bobbin-error.h"
#include "bobbin-file-attributes.h"
#include "bobbin-gzip.h"

/* Returns: (transfer full) (nullable): the digest of the file; what came in
 * order need not be read again */
static BobbinDigest *
find_digest (BobbinTarget *self, GCancellable *cancellable, GError **error)
{
  if (self->summed == self->ranges.total)
    return bobbin_digest_new (self->digest->type, g_checksum_get_string (self->checksum));
  return bobbin_digest_of_file (bobbin_part_file_get_fd (self->part), self->digest->type, cancellable, error);
}

/* Finds the pieces that are wrong, and gives up just those.
 * Returns: whether all are right */
static gboolean
check_pieces (BobbinTarget *self, const BobbinPieces *pieces, GCancellable *cancellable, GError **error)
{
  int fd = bobbin_part_file_get_fd (self->part);
  gboolean right = TRUE;

  for (guint i = 0; i < pieces->digests->len; i++)
    {
      goffset first = i * pieces->length;
      goffset end = MIN (first + pieces->length, self->ranges.total);
      g_autoptr (BobbinDigest) found
          = bobbin_digest_of_range (fd, first, end - first, pieces->type, cancellable, error);

      if (found == NULL)
        return FALSE;
      if (g_str_equal (found->hex, g_ptr_array_index (pieces->digests, i)))
        continue;
      bobbin_range_list_remove (self->ranges.held, first, end);
      right = FALSE;
    }
  if (!right)
    g_set_error (error, BOBBIN_ERROR, BOBBIN_ERROR_CHECKSUM, "Some pieces are wrong");
  return right;
}

static gboolean
check_digest (BobbinTarget *self, GCancellable *cancellable, GError **error)
{
  g_autoptr (BobbinDigest) found = find_digest (self, cancellable, error);

  if (found == NULL)
    return FALSE;
  if (bobbin_digest_equal (found, self->digest))
    return TRUE;
  g_set_error (error, BOBBIN_ERROR, BOBBIN_ERROR_CHECKSUM, "%s expected, %s found", self->digest->hex,
               found->hex);
  return FALSE;
}

static gboolean
are_for (const BobbinPieces *pieces, goffset total)
{
  return pieces != NULL && (goffset) pieces->digests->len == (total + pieces->length - 1) / pieces->length;
}

static gboolean
verify (BobbinTarget *self, GCancellable *cancellable, gboolean *verified, GError **error)
{
  const BobbinPieces *pieces = bobbin_link_get_pieces (self->link);
  g_autoptr (GError) reason = NULL;

  if (!are_for (pieces, self->ranges.total))
    pieces = NULL;
  if (self->digest == NULL && pieces == NULL)
    return TRUE;
  if (self->digest != NULL)
    *verified = check_digest (self, cancellable, &reason);
  else
    *verified = check_pieces (self, pieces, cancellable, &reason);
  if (self->digest != NULL && pieces != NULL && g_error_matches (reason, BOBBIN_ERROR, BOBBIN_ERROR_CHECKSUM)
      && check_pieces (self, pieces, cancellable, NULL))
    g_array_set_size (self->ranges.held, 0); /* the pieces don't know either */
  if (*verified)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&reason));
  return FALSE;
}

static gboolean
is_whole (BobbinTarget *self, GCancellable *cancellable)
{
  if (!bobbin_ranges_is_complete (&self->ranges) || self->part == NULL
      || self->ranges.total < bobbin_target_get_total (self))
    return FALSE;
  return !self->only_gzip_tells || bobbin_gzip_is_whole (bobbin_part_file_get_fd (self->part), cancellable);
}

/* A cut looks the same: what else is known of the size, a digest, or the file's
 * own form would tell. */
static gboolean
is_unproven (const BobbinTarget *self, gboolean verified)
{
  return self->until_close && !self->only_gzip_tells && !verified && bobbin_link_get_size (self->link) < 0
         && (self->held == NULL || self->held->total < 0);
}

static void
set_attributes (BobbinTarget *self)
{
  int fd = bobbin_part_file_get_fd (self->part);

  if (self->settings->keep_time && self->modified != 0)
    bobbin_file_attributes_set_time (fd, self->modified, NULL);
  if (self->settings->keep_origin)
    bobbin_file_attributes_set_origin (fd, self->uri != NULL ? self->uri : bobbin_link_get_uri (self->link));
}

/* The bytes of a file that cannot be given its name go into a part file. */
static gboolean
move_into_part (BobbinTarget *self, GError **error)
{
  g_autoptr (BobbinPartFile) unnamed = g_steal_pointer (&self->part);

  if (bobbin_target_create_part (self, bobbin_part_file_get_name (unnamed), error)
      && bobbin_part_file_copy (self->part, unnamed, self->ranges.total, error))
    {
      set_attributes (self);
      return TRUE;
    }
  bobbin_target_start_anew (self);
  return FALSE;
}

/**
 * bobbin_target_publish:
 * @self: a target that all workers have left
 * @cancellable: (nullable): ends reading the file again
 * @verified: (out): whether the file has a digest that was expected
 * @error: return location for an error
 *
 * Checks the file and gives it its final name. The last worker.
 *
 * Sets %BOBBIN_ERROR_TRUNCATED, or the first worker's error, when bytes are
 * missing, %BOBBIN_ERROR_CHECKSUM, and the errors of
 * bobbin_part_file_publish().
 *
 * Returns: (transfer full) (nullable): the final leaf name
 */
char *
bobbin_target_publish (BobbinTarget *self, GCancellable *cancellable, gboolean *verified, GError **error)
{
  *verified = FALSE;
  if (!is_whole (self, cancellable))
    {
      if (self->error != NULL)
        g_propagate_error (error, g_error_copy (self->error));
      else
        g_set_error (error, BOBBIN_ERROR, BOBBIN_ERROR_TRUNCATED, "Bytes are missing");
      return NULL;
    }
  if (!verify (self, cancellable, verified, error))
    return NULL;
  self->unproven = is_unproven (self, *verified);
  set_attributes (self);
  if (!bobbin_part_file_is_named (self->part))
    {
      if (bobbin_part_file_link (self->part))
        return g_strdup (bobbin_part_file_get_name (self->part));
      if (!move_into_part (self, error))
        return NULL;
    }
  return bobbin_part_file_publish (self->part, self->ranges.total, error);
}
