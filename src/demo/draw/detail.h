/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "paint.h"

/* Small things that people made. */
typedef enum
{
  DETAIL_NONE,
  DETAIL_BALLOON,
  DETAIL_BOAT,
  DETAIL_CABIN,
} DetailKind;

void detail_paint (Paint *paint, DetailKind kind, double x, double y, double size, Colour colour);
