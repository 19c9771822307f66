/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bobbin-checksum.h"

G_BEGIN_DECLS

/**
 * BobbinDigestJob:
 *
 * The digest of a file being computed on a thread, which takes a second for
 * 350 MB.
 */
typedef struct _BobbinDigestJob BobbinDigestJob;

BobbinDigestJob *bobbin_digest_job_start (const char *path,
                                          GChecksumType type,
                                          GAsyncReadyCallback callback,
                                          gpointer user_data) G_GNUC_WARN_UNUSED_RESULT;
void bobbin_digest_job_unref (BobbinDigestJob *self);

void bobbin_digest_job_cancel (BobbinDigestJob *self);
double bobbin_digest_job_get_fraction (BobbinDigestJob *self);
BobbinDigest *bobbin_digest_job_finish (GAsyncResult *result, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BobbinDigestJob, bobbin_digest_job_unref)

G_END_DECLS
