/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BOBBIN_CLI_EXIT_STOPPED:
 *
 * The exit status after Ctrl+C or SIGTERM.
 */
#define BOBBIN_CLI_EXIT_STOPPED 130

gboolean bobbin_cli_signals_install (void);

int bobbin_cli_signals_get_fd (void);
gboolean bobbin_cli_signals_is_stop_asked (void);
guint bobbin_cli_signals_get_n_continued (void);

gssize bobbin_cli_signals_read (int fd, void *buffer, gsize size);

G_END_DECLS
