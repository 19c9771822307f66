/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-file-name.h"
#include "bobbin-fuzz.h"
#include "bobbin-name-template.h"
#include "bobbin-safe-name.h"

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autofree char *template = bobbin_fuzz_take_line (&data, &size);
  g_autofree char *host = bobbin_fuzz_take_line (&data, &size);
  g_autofree char *text = bobbin_fuzz_dup_text (data, size);
  g_autofree char *name = bobbin_file_name_sanitize (text);
  g_autoptr (GDateTime) date = g_date_time_new_utc (2026, 3, 9, 0, 0, 0);
  gboolean is_good = bobbin_name_template_check (template) == BOBBIN_TEMPLATE_GOOD;
  /* one from the store may be anything */
  g_autofree char *bound = is_good ? bobbin_name_template_bind (template, host, size, 100, date) : NULL;
  g_autofree char *made = bobbin_name_template_apply (is_good ? bound : template, name);

  bobbin_assert_safe_name (made, template[0] == '.');

  return 0;
}
