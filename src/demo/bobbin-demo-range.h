/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BobbinDemoRange:
 * @BOBBIN_DEMO_RANGE_WHOLE: no range is asked for, or none that has to be honoured
 * @BOBBIN_DEMO_RANGE_PART: one part is asked for, and there is some of it
 * @BOBBIN_DEMO_RANGE_UNSATISFIABLE: one part is asked for, and there is nothing of it
 */
typedef enum
{
  BOBBIN_DEMO_RANGE_WHOLE,
  BOBBIN_DEMO_RANGE_PART,
  BOBBIN_DEMO_RANGE_UNSATISFIABLE,
} BobbinDemoRange;

BobbinDemoRange bobbin_demo_range_parse (const char *value, goffset size, goffset *start, goffset *end);

G_END_DECLS
