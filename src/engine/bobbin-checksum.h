/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include <stdatomic.h>

G_BEGIN_DECLS

/**
 * BobbinDigest:
 * @type: the algorithm
 * @hex: the digest, lower case hexadecimal
 *
 * A digest that a file should have, or has.
 */
typedef struct
{
  GChecksumType type;
  char *hex;
} BobbinDigest;

BobbinDigest *bobbin_digest_new (GChecksumType type, const char *hex) G_GNUC_WARN_UNUSED_RESULT;
BobbinDigest *bobbin_digest_parse (const char *text) G_GNUC_WARN_UNUSED_RESULT;
BobbinDigest *bobbin_digest_from_fields (const char *repr_digest,
                                         const char *digest,
                                         const char *content_digest,
                                         const char *content_md5) G_GNUC_WARN_UNUSED_RESULT;
BobbinDigest *bobbin_digest_copy (const BobbinDigest *self) G_GNUC_WARN_UNUSED_RESULT;
void bobbin_digest_free (BobbinDigest *self);

const char *bobbin_digest_get_algorithm (const BobbinDigest *self);
char *bobbin_digest_to_string (const BobbinDigest *self) G_GNUC_WARN_UNUSED_RESULT;
gboolean bobbin_digest_equal (const BobbinDigest *a, const BobbinDigest *b);
BobbinDigest *bobbin_digest_of_file (int fd, GChecksumType type, GCancellable *cancellable, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;
BobbinDigest *bobbin_digest_of_file_watched (int fd,
                                             GChecksumType type,
                                             _Atomic goffset *done,
                                             GCancellable *cancellable,
                                             GError **error) G_GNUC_WARN_UNUSED_RESULT;

BobbinDigest *bobbin_digest_of_range (
    int fd, goffset first, goffset size, GChecksumType type, GCancellable *cancellable, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BobbinDigest, bobbin_digest_free)

G_END_DECLS
