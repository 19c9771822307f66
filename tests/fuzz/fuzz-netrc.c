/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-fuzz.h"
#include "bobbin-netrc.h"

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autofree char *text = bobbin_fuzz_dup_text (data, size);
  g_autoptr (BobbinCredentials) credentials = bobbin_credentials_new ();

  bobbin_netrc_parse (text, credentials);

  return 0;
}
