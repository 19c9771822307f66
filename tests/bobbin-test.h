/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bobbin-engine.h"

G_BEGIN_DECLS

/* What the tests of the engine share. */

typedef gboolean (*BobbinTestFunc) (gpointer user_data);

void bobbin_test_init (int *argc, char ***argv);
void bobbin_test_message (const char *text);

void bobbin_test_wait (BobbinTestFunc done, gpointer user_data);
void bobbin_test_wait_for_run (BobbinQueue *queue);
void bobbin_test_wait_for_state (BobbinDownload *download, BobbinState state);

char *bobbin_test_make_folder (void) G_GNUC_WARN_UNUSED_RESULT;
void bobbin_test_remove_folder (const char *folder);
char **bobbin_test_list_folder (const char *folder) G_GNUC_WARN_UNUSED_RESULT;
void bobbin_test_assert_file (const char *folder, const char *name, const void *data, gsize size);

void bobbin_test_set_patience (BobbinQueue *queue, guint timeout, guint tries);
BobbinDownload *bobbin_test_add (BobbinQueue *queue, const char *folder, const char *uri);
BobbinDownload *bobbin_test_get (BobbinQueue *queue, guint position);

G_END_DECLS
