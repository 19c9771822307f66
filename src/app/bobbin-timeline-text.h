/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * BobbinTimelineFont:
 * @BOBBIN_TIMELINE_FONT_SMALL: labels and names
 * @BOBBIN_TIMELINE_FONT_HEADING: headings
 *
 * How a text is set.
 */
typedef enum
{
  BOBBIN_TIMELINE_FONT_SMALL,
  BOBBIN_TIMELINE_FONT_HEADING,
} BobbinTimelineFont;

/**
 * BobbinTimelineTexts:
 *
 * The texts of a picture, which are laid out once.
 */
typedef struct
{
  GtkWidget *widget;   /* not owned: it owns this */
  GHashTable *layouts; /* the number of the font before the text → PangoLayout */
} BobbinTimelineTexts;

void bobbin_timeline_texts_init (BobbinTimelineTexts *self, GtkWidget *widget);
void bobbin_timeline_texts_clear (BobbinTimelineTexts *self);
void bobbin_timeline_texts_forget (BobbinTimelineTexts *self);

int bobbin_timeline_texts_get_width (BobbinTimelineTexts *self, BobbinTimelineFont font, const char *text);
int bobbin_timeline_texts_get_height (BobbinTimelineTexts *self, BobbinTimelineFont font);
void bobbin_timeline_texts_append (BobbinTimelineTexts *self,
                                   GtkSnapshot *snapshot,
                                   BobbinTimelineFont font,
                                   const char *text,
                                   float x,
                                   float middle,
                                   float xalign,
                                   const GdkRGBA *colour);

G_END_DECLS
