/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bobbin-link.h"

G_BEGIN_DECLS

/* What few links have. */
typedef struct
{
  char **headers; /* name, value, name, value… */
  char *subfolder;
  char *name_template;
  GArray *mirrors; /* BobbinMirror, the best first */
  BobbinDigest *digest;
  BobbinPieces pieces; /* without digests: none */
  goffset size;        /* bytes, -1 if unknown */
} BobbinLinkExtras;

/* A list of 100,000 is normal, so a link is one block of memory with its URI
 * at the end, all links into one folder share the folder's name, and what few
 * links have is behind one pointer.
 */
struct _BobbinLink
{
  gatomicrefcount ref_count;

  /* immutable once shared */
  char *name;
  const char *folder; /* interned: GRefString's own table of shared strings is not safe in GLib 2.74 */
  BobbinLinkExtras *extras;
  char uri[];
};

BobbinLinkExtras *bobbin_link_ensure_extras (BobbinLink *self);
BobbinLinkExtras *bobbin_link_extras_copy (const BobbinLinkExtras *self) G_GNUC_WARN_UNUSED_RESULT;
void bobbin_link_extras_free (BobbinLinkExtras *self);

G_END_DECLS
