/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BobbinCliOutput:
 *
 * Lines on their way to standard output (results) and standard error (notes).
 * They are gathered, so that a terminal's progress lines can make way for many
 * at once. Main thread.
 */
typedef struct _BobbinCliOutput BobbinCliOutput;

BobbinCliOutput *bobbin_cli_output_new (void) G_GNUC_WARN_UNUSED_RESULT;
void bobbin_cli_output_free (BobbinCliOutput *self);

void bobbin_cli_output_print (BobbinCliOutput *self, const char *line);
void bobbin_cli_output_note (BobbinCliOutput *self, const char *line);
void bobbin_cli_output_complain (BobbinCliOutput *self, const char *format, ...) G_GNUC_PRINTF (2, 3);

gboolean bobbin_cli_output_is_waiting (BobbinCliOutput *self);
void bobbin_cli_output_flush (BobbinCliOutput *self);
int bobbin_cli_output_get_error (BobbinCliOutput *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BobbinCliOutput, bobbin_cli_output_free)

G_END_DECLS
