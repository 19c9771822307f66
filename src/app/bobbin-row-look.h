/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bobbin-bar.h"
#include "bobbin-queue.h"

G_BEGIN_DECLS

/**
 * BobbinLookId:
 *
 * What a row can look like: more than a download has states.
 */
typedef enum
{
  BOBBIN_LOOK_WAITING,
  BOBBIN_LOOK_RETRYING,
  BOBBIN_LOOK_CONNECTING,
  BOBBIN_LOOK_RECEIVING,
  BOBBIN_LOOK_PAUSED,
  BOBBIN_LOOK_FINISHED,
  BOBBIN_LOOK_VERIFIED,
  BOBBIN_LOOK_FAILED,
  BOBBIN_LOOK_SIGN_IN,
} BobbinLookId;

/**
 * BobbinLook:
 * @style: the style class of the row
 * @state_icon: (nullable): the icon beside the state
 * @button_icon: the icon of the button
 * @bar: the kind of the bar
 * @has_bar: whether there is a bar
 *
 * What a row looks like.
 */
typedef struct
{
  const char *style;
  const char *state_icon;
  const char *button_icon;
  BobbinBarKind bar;
  gboolean has_bar;
} BobbinLook;

BobbinLookId bobbin_look_for (BobbinQueue *queue, BobbinDownload *download);
const BobbinLook *bobbin_look_get (BobbinLookId id);
const char *bobbin_look_get_tooltip (BobbinLookId id);

G_END_DECLS
