/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * BobbinUnit:
 * @BOBBIN_UNIT_CONNECTIONS: a number of connections; 0 means any number
 * @BOBBIN_UNIT_SECONDS: seconds
 * @BOBBIN_UNIT_MEGABYTES: megabytes (MB)
 * @BOBBIN_UNIT_RATE: kilobytes a second (kB/s)
 *
 * What a number of the settings counts.
 */
typedef enum
{
  BOBBIN_UNIT_CONNECTIONS,
  BOBBIN_UNIT_SECONDS,
  BOBBIN_UNIT_MEGABYTES,
  BOBBIN_UNIT_RATE,
} BobbinUnit;

char *bobbin_unit_format (BobbinUnit unit, int value) G_GNUC_WARN_UNUSED_RESULT;
gboolean bobbin_unit_parse (BobbinUnit unit, const char *text, int *value);

void bobbin_unit_attach (BobbinUnit unit, GtkSpinButton *spin);

G_END_DECLS
