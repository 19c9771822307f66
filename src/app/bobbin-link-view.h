/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bobbin-add-files.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define BOBBIN_TYPE_LINK_VIEW (bobbin_link_view_get_type ())

/**
 * BobbinLinkView:
 *
 * The text that links are typed and pasted into: line numbers, and the lines
 * marked by what they turned out to be. The signal "paste-wanted" asks for the
 * clipboard.
 */
G_DECLARE_FINAL_TYPE (BobbinLinkView, bobbin_link_view, BOBBIN, LINK_VIEW, GtkTextView)

void bobbin_link_view_append (BobbinLinkView *self, const char *text);
void bobbin_link_view_paste (BobbinLinkView *self, const char *text);
gboolean bobbin_link_view_is_filling (BobbinLinkView *self);
char *bobbin_link_view_dup_text (BobbinLinkView *self) G_GNUC_WARN_UNUSED_RESULT;
void bobbin_link_view_mark (BobbinLinkView *self, BobbinAddFiles *files);
void bobbin_link_view_show_line (BobbinLinkView *self, guint line);

G_END_DECLS
