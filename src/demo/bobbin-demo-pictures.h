/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define BOBBIN_DEMO_N_PICTURES 20

/**
 * BobbinDemoPicture:
 * @name: its name, without `.jpg`
 * @delay: milliseconds from the request to the head of the answer
 * @duration: milliseconds from the head to the last byte
 */
typedef struct
{
  const char *name;
  guint delay;
  guint duration;
} BobbinDemoPicture;

const BobbinDemoPicture *bobbin_demo_picture_get (guint number);
const BobbinDemoPicture *bobbin_demo_picture_find (const char *name);
GBytes *bobbin_demo_picture_load (const BobbinDemoPicture *self) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
