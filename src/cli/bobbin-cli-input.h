/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bobbin-cli-complaints.h"
#include "bobbin-cli-options.h"
#include "bobbin-link.h"

G_BEGIN_DECLS

/**
 * BobbinCliInput:
 * @links: (element-type BobbinLink): the links in the order given
 * @complaints: (element-type BobbinCliComplaint): what is no link to download,
 *   in order
 * @remarks: (element-type BobbinCliComplaint): what else there is to say, in
 *   order
 * @n_repeated: links in files that were left out, as they stand further up
 *
 * What the arguments and the files of links hold.
 */
typedef struct
{
  GPtrArray *links;
  GPtrArray *complaints;
  GPtrArray *remarks;
  guint n_repeated;
} BobbinCliInput;

BobbinCliInput *bobbin_cli_input_new (void) G_GNUC_WARN_UNUSED_RESULT;
void bobbin_cli_input_free (BobbinCliInput *self);

gboolean bobbin_cli_input_read (BobbinCliInput *self, const BobbinCliOptions *options, GError **error);
gboolean bobbin_cli_input_add_uri (BobbinCliInput *self, const char *uri, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BobbinCliInput, bobbin_cli_input_free)

G_END_DECLS
