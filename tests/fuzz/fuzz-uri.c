/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-fuzz.h"
#include "bobbin-redirect.h"
#include "bobbin-uri.h"

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autofree char *text = bobbin_fuzz_dup_text (data, size);
  g_autofree char *uri = bobbin_uri_canonicalize (text, NULL);
  g_autofree char *again = uri != NULL ? bobbin_uri_canonicalize (uri, NULL) : NULL;
  g_autoptr (GUri) from = g_uri_parse ("https://base.example/x/?y", G_URI_FLAGS_ENCODED, NULL);
  g_autoptr (GUri) to = bobbin_redirect_resolve (from, text, NULL);

  /* what is canonical stays as it is, and has nothing that splits a request */
  g_assert_cmpstr (again, ==, uri);
  for (const char *p = uri; p != NULL && *p != '\0'; p++)
    g_assert_true (g_ascii_isgraph (*p));
  if (to != NULL)
    g_assert_true (g_str_has_prefix (g_uri_get_scheme (to), "http"));

  return 0;
}
