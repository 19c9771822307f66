/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BobbinKind:
 * @style: the style class that tints a tile
 * @icon: the name of the symbolic icon
 *
 * A kind of file, told from its name.
 */
typedef struct
{
  const char *style;
  const char *icon;
} BobbinKind;

const BobbinKind *bobbin_kind_for_name (const char *name);

G_END_DECLS
