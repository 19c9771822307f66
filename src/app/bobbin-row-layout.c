/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-row-layout.h"

/*
 * The figures, in pixels at the text size of the desktop's default. Where text
 * is larger, rows are higher and turn to the narrow form earlier.
 */
#define NAME_HEIGHT 20
#define START_PADDING 16
#define END_PADDING 14
#define TILE 40
#define BUTTON 34
#define ICON 16
#define ICON_SPACING 6

#define WIDE_HEIGHT 54
#define WIDE_SPACING 14
#define WIDE_BAR 176
#define WIDE_STATE 104

#define NARROW_HEIGHT 68
#define NARROW_SPACING 12
#define NARROW_LINE_GAP 2
#define NARROW_BAR_GAP 6
#define BAR 8

struct _BobbinRowLayout
{
  GtkLayoutManager parent_instance;

  const BobbinRowParts *parts;
  gboolean narrow;
};

/* What one allocation works on: sizes of text, and the way that text runs. */
typedef struct
{
  int width;
  int height;
  int name_height;
  int details_height;
  gboolean rtl;
} Frame;

G_DEFINE_FINAL_TYPE (BobbinRowLayout, bobbin_row_layout, GTK_TYPE_LAYOUT_MANAGER)

/* All rows are as high as the last one that was measured, those that are not
 * filled yet included. */
static int last_name_height = NAME_HEIGHT;
static int last_details_height;

static int
get_text_height (BobbinTextLine *line)
{
  int height;

  gtk_widget_measure (GTK_WIDGET (line), GTK_ORIENTATION_VERTICAL, -1, &height, NULL, NULL, NULL);
  return height;
}

static gboolean
is_narrow (int width, int name_height)
{
  return width * NAME_HEIGHT < BOBBIN_NARROW_BELOW * MAX (NAME_HEIGHT, name_height);
}

static void
place (const Frame *frame, GtkWidget *child, int x, int y, int width, int height)
{
  const int left = frame->rtl ? frame->width - x - width : x;

  gtk_widget_size_allocate (child, &(GtkAllocation){ left, y, MAX (0, width), height }, -1);
}

static void
place_middle (const Frame *frame, GtkWidget *child, int x, int width, int height)
{
  place (frame, child, x, (frame->height - height) / 2, width, height);
}

/* Centred text; allocating no less than a child asks for keeps GTK quiet. */
static void
allocate_wide (const BobbinRowParts *parts, const Frame *frame)
{
  const int text_x = START_PADDING + TILE + WIDE_SPACING;
  const int button_x = frame->width - END_PADDING - BUTTON;
  const int state_x = button_x - WIDE_SPACING - WIDE_STATE;
  const int bar_x = state_x - WIDE_SPACING - WIDE_BAR;
  const int text_width = bar_x - WIDE_SPACING - text_x;
  const int top = (frame->height - frame->name_height - frame->details_height) / 2;
  const gboolean has_icon = gtk_widget_should_layout (parts->state_icon);
  const int indent = has_icon ? ICON + ICON_SPACING : 0;

  place_middle (frame, parts->tile, START_PADDING, TILE, TILE);
  place (frame, GTK_WIDGET (parts->name), text_x, top, text_width, frame->name_height);
  place (frame, GTK_WIDGET (parts->details), text_x, top + frame->name_height, text_width,
         frame->details_height);
  if (gtk_widget_should_layout (parts->bar))
    place_middle (frame, parts->bar, bar_x, WIDE_BAR, BAR);
  if (has_icon)
    place_middle (frame, parts->state_icon, state_x, ICON, ICON);
  place_middle (frame, GTK_WIDGET (parts->state), state_x + indent, WIDE_STATE - indent, frame->name_height);
  place_middle (frame, parts->button, button_x, BUTTON, BUTTON);
}

/* The state ends where the text ends; the details get what is left. */
static void
allocate_second_line (const BobbinRowParts *parts, const Frame *frame, int x, int end, int y)
{
  const int state_width = bobbin_text_line_get_brief_width (parts->state);
  const gboolean has_icon = gtk_widget_should_layout (parts->state_icon);
  const int state_x = end - state_width;
  const int icon_x = has_icon ? state_x - ICON_SPACING - ICON : state_x;
  const int middle = y + frame->details_height / 2;

  place (frame, GTK_WIDGET (parts->details), x, y, icon_x - NARROW_SPACING - x, frame->details_height);
  if (has_icon)
    place (frame, parts->state_icon, icon_x, middle - ICON / 2, ICON, ICON);
  place (frame, GTK_WIDGET (parts->state), state_x, middle - frame->name_height / 2, state_width,
         frame->name_height);
}

static void
allocate_narrow (const BobbinRowParts *parts, const Frame *frame)
{
  const gboolean has_bar = gtk_widget_should_layout (parts->bar);
  const int text_x = START_PADDING + TILE + NARROW_SPACING;
  const int button_x = frame->width - END_PADDING - BUTTON;
  const int text_end = button_x - NARROW_SPACING;
  const int text_height = frame->name_height + NARROW_LINE_GAP + frame->details_height;
  const int block_height = text_height + (has_bar ? NARROW_BAR_GAP + BAR : 0);
  const int top = (frame->height - block_height) / 2;

  place_middle (frame, parts->tile, START_PADDING, TILE, TILE);
  place (frame, GTK_WIDGET (parts->name), text_x, top, text_end - text_x, frame->name_height);
  allocate_second_line (parts, frame, text_x, text_end, top + frame->name_height + NARROW_LINE_GAP);
  if (has_bar)
    place (frame, parts->bar, text_x, top + text_height + NARROW_BAR_GAP, text_end - text_x, BAR);
  place_middle (frame, parts->button, button_x, BUTTON, BUTTON);
}

static void
bobbin_row_layout_allocate (GtkLayoutManager *manager, GtkWidget *widget, int width, int height, int baseline)
{
  BobbinRowLayout *self = BOBBIN_ROW_LAYOUT (manager);
  const Frame frame = {
    .width = width,
    .height = height,
    .name_height = last_name_height,
    .details_height = last_details_height,
    .rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL,
  };

  if (self->parts->tile == NULL)
    return;
  self->narrow = is_narrow (width, frame.name_height);
  bobbin_text_line_set_xalign (self->parts->state, self->narrow ? 1.0f : 0.0f);
  if (self->narrow)
    allocate_narrow (self->parts, &frame);
  else
    allocate_wide (self->parts, &frame);
}

static void
bobbin_row_layout_measure (GtkLayoutManager *manager,
                           GtkWidget *widget,
                           GtkOrientation orientation,
                           int for_size,
                           int *minimum,
                           int *natural,
                           int *minimum_baseline,
                           int *natural_baseline)
{
  BobbinRowLayout *self = BOBBIN_ROW_LAYOUT (manager);
  int text_height;

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = START_PADDING + TILE + NARROW_SPACING * 2 + BUTTON + END_PADDING;
      *natural = BOBBIN_NARROW_BELOW;
      return;
    }
  if (self->parts->tile != NULL)
    {
      last_name_height = get_text_height (self->parts->name);
      last_details_height = get_text_height (self->parts->details);
    }
  text_height = last_name_height + last_details_height;
  if (for_size >= 0 && is_narrow (for_size, last_name_height))
    *minimum = MAX (NARROW_HEIGHT, text_height + NARROW_LINE_GAP + NARROW_BAR_GAP + BAR + NARROW_SPACING);
  else
    *minimum = MAX (WIDE_HEIGHT, text_height + WIDE_SPACING);
  *natural = *minimum;
}

static GtkSizeRequestMode
bobbin_row_layout_get_request_mode (GtkLayoutManager *manager, GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
bobbin_row_layout_class_init (BobbinRowLayoutClass *klass)
{
  GtkLayoutManagerClass *layout_class = GTK_LAYOUT_MANAGER_CLASS (klass);

  layout_class->allocate = bobbin_row_layout_allocate;
  layout_class->measure = bobbin_row_layout_measure;
  layout_class->get_request_mode = bobbin_row_layout_get_request_mode;
}

static void
bobbin_row_layout_init (BobbinRowLayout *self)
{
}

/**
 * bobbin_row_layout_new:
 * @parts: the widgets to place; stays where it is as long as the layout lives
 *
 * Returns: (transfer full): a layout
 */
GtkLayoutManager *
bobbin_row_layout_new (const BobbinRowParts *parts)
{
  BobbinRowLayout *self = g_object_new (BOBBIN_TYPE_ROW_LAYOUT, NULL);

  self->parts = parts;
  return GTK_LAYOUT_MANAGER (self);
}

/**
 * bobbin_row_layout_is_narrow:
 * @self: a layout
 *
 * Returns: whether the row was last laid out in its narrow form
 */
gboolean
bobbin_row_layout_is_narrow (BobbinRowLayout *self)
{
  return self->narrow;
}
