/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BobbinTemplateFault:
 * @BOBBIN_TEMPLATE_GOOD: there is none
 * @BOBBIN_TEMPLATE_FIELD: a field that does not exist
 * @BOBBIN_TEMPLATE_BRACE: a brace without its other half
 * @BOBBIN_TEMPLATE_SLASH: a slash, which would be a folder
 * @BOBBIN_TEMPLATE_SAME: neither name nor number, so that all files would have
 *   one name
 * @BOBBIN_TEMPLATE_LONG: more text than a name can hold
 *
 * What is wrong with a template for names.
 */
typedef enum
{
  BOBBIN_TEMPLATE_GOOD,
  BOBBIN_TEMPLATE_FIELD,
  BOBBIN_TEMPLATE_BRACE,
  BOBBIN_TEMPLATE_SLASH,
  BOBBIN_TEMPLATE_SAME,
  BOBBIN_TEMPLATE_LONG,
} BobbinTemplateFault;

BobbinTemplateFault bobbin_name_template_check (const char *template);
char *bobbin_name_template_bind (const char *template,
                                 const char *host,
                                 guint number,
                                 guint n_files,
                                 GDateTime *date) G_GNUC_WARN_UNUSED_RESULT;
char *bobbin_name_template_apply (const char *template, const char *name) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
