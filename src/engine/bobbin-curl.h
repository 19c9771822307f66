/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bobbin-links.h"

G_BEGIN_DECLS

/* What curl is told to do, whoever tells it: a command line or a file of
 * options. Gathers links and options, and turns them into a list of links when
 * all are known. Only for the readers of links.
 */
typedef struct _BobbinCurl BobbinCurl;

BobbinCurl *bobbin_curl_new (BobbinLinks *links) G_GNUC_WARN_UNUSED_RESULT;
void bobbin_curl_free (BobbinCurl *self);

gboolean bobbin_curl_takes_value (const char *option);
void bobbin_curl_begin_command (BobbinCurl *self);
void bobbin_curl_take_option (BobbinCurl *self, guint line, const char *option, const char *value);
void bobbin_curl_take_link (BobbinCurl *self, guint line, const char *text);
void bobbin_curl_take_output (BobbinCurl *self, const char *name);
void bobbin_curl_end_command (BobbinCurl *self, guint line);
void bobbin_curl_finish (BobbinCurl *self, guint n_lines);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BobbinCurl, bobbin_curl_free)

G_END_DECLS
