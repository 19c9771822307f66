/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bobbin-cli-output.h"

G_BEGIN_DECLS

/**
 * BobbinCliComplaint:
 * @input: (nullable): the file that it is about, "-" for standard input
 * @line: the line or entry of @input, from 1; 0 for all of it
 * @is_entry: whether @input has no lines that a person could look for
 * @text: (nullable): the argument or the link that it is about, fit to be shown
 * @message: what is to be said, for a person
 * @error: (nullable): why it is nothing to download; %NULL for a remark on
 *   something that is downloaded all the same
 * @is_refused: whether it was understood, so that it has failed even if it is
 *   all that was given
 *
 * Something to be said about what was given: in a file, or as an argument.
 */
typedef struct
{
  char *input;
  guint line;
  gboolean is_entry;
  char *text;
  char *message;
  GError *error;
  gboolean is_refused;
} BobbinCliComplaint;

void bobbin_cli_complaint_free (BobbinCliComplaint *self);
void bobbin_cli_complaints_tell (GPtrArray *complaints, BobbinCliOutput *output);

G_END_DECLS
