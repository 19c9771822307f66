/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bobbin-disk-shim.h"

G_BEGIN_DECLS

/**
 * BobbinDiskFault:
 * @call: which kind of call is to fail, %BOBBIN_DISK_N_CALLS for any
 * @nth: from which one on, the first is 1; 0 for none
 * @times: how many fail; %G_MAXUINT for all from then on
 * @number: the errno that they fail with; 0 kills the process in their place
 * @half: whether one write before goes halfway only, as when the disk gets full
 *
 * What is to go wrong.
 */
typedef struct
{
  BobbinDiskCall call;
  guint nth;
  guint times;
  int number;
  gboolean half;
} BobbinDiskFault;

void bobbin_disk_break (const char *folder, const BobbinDiskFault *fault);
guint bobbin_disk_mend (BobbinDiskCall call);
guint bobbin_disk_get_n_failed (void);

G_END_DECLS
