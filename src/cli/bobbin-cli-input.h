/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bobbin-cli-options.h"
#include "bobbin-link.h"

G_BEGIN_DECLS

/**
 * BobbinCliComplaint:
 * @input: the file that it is about, "-" for standard input; %NULL if it is
 *   about an argument
 * @line: the line of @input, from 1
 * @text: the argument, fit to be shown; %NULL if it is about a line
 * @error: a %BOBBIN_ERROR that says why it is no link to download
 *
 * Something given that can't be downloaded.
 */
typedef struct
{
  char *input;
  guint line;
  char *text;
  GError *error;
} BobbinCliComplaint;

/**
 * BobbinCliInput:
 * @links: (element-type BobbinLink): the links in the order given
 * @complaints: (element-type BobbinCliComplaint): what is no link, in order
 * @n_repeated: links in files that were left out, as they stand further up
 *
 * What the arguments and the files of links hold.
 */
typedef struct
{
  GPtrArray *links;
  GPtrArray *complaints;
  guint n_repeated;
} BobbinCliInput;

BobbinCliInput *bobbin_cli_input_new (void) G_GNUC_WARN_UNUSED_RESULT;
void bobbin_cli_input_free (BobbinCliInput *self);

gboolean bobbin_cli_input_read (BobbinCliInput *self, const BobbinCliOptions *options, GError **error);
gboolean bobbin_cli_input_add_uri (BobbinCliInput *self, const char *uri, GError **error);
gboolean bobbin_cli_input_apply_options (BobbinCliInput *self,
                                         const BobbinCliOptions *options,
                                         GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BobbinCliInput, bobbin_cli_input_free)

G_END_DECLS
