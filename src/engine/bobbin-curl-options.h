/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What an option of curl means here. From VALUE on, it comes with a value. */
typedef enum
{
  BOBBIN_CURL_SILENT, /* nothing that the file would depend on */
  BOBBIN_CURL_UNUSED, /* something that is not done here */
  BOBBIN_CURL_HEAD,
  BOBBIN_CURL_GET,
  BOBBIN_CURL_NO_GLOB,
  BOBBIN_CURL_NEXT,
  BOBBIN_CURL_REMOTE_NAME,
  BOBBIN_CURL_VALUE,
  BOBBIN_CURL_SILENT_VALUE = BOBBIN_CURL_VALUE,
  BOBBIN_CURL_UNUSED_VALUE,
  BOBBIN_CURL_URL,
  BOBBIN_CURL_HEADER,
  BOBBIN_CURL_COOKIE,
  BOBBIN_CURL_USER,
  BOBBIN_CURL_BEARER,
  BOBBIN_CURL_REFERER,
  BOBBIN_CURL_AGENT,
  BOBBIN_CURL_OUTPUT,
  BOBBIN_CURL_OUTPUT_DIR,
  BOBBIN_CURL_REQUEST,
  BOBBIN_CURL_DATA,
  BOBBIN_CURL_ENCODED_DATA,
  BOBBIN_CURL_UPLOAD,
} BobbinCurlAction;

BobbinCurlAction bobbin_curl_option_find (const char *option, const char **name);

G_END_DECLS
