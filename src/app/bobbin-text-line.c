/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-text-line.h"

struct _BobbinTextLine
{
  GtkWidget parent_instance;

  BobbinPhrase phrase;
  PangoEllipsizeMode ellipsize;
  float xalign;
  gboolean grows;

  /* what was found to fit, until the text, the width or the style changes */
  PangoLayout *layout;
  int layout_width;

  int height; /* of the font, 0 until it is asked for */
  int widest; /* natural width of the widest text so far, if the line grows */
};

enum
{
  PROP_ELLIPSIZE = 1,
  PROP_GROWS,
  PROP_XALIGN,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (BobbinTextLine, bobbin_text_line, GTK_TYPE_WIDGET)

static void
add_attribute (PangoAttrList *attributes, PangoAttribute *attribute, gsize start, gsize end)
{
  attribute->start_index = (guint) start;
  attribute->end_index = (guint) end;
  pango_attr_list_insert (attributes, attribute);
}

static guint16
to_pango (float channel)
{
  return (guint16) (channel * 65535);
}

static void
add_tone (BobbinTextLine *self, PangoAttrList *attributes, BobbinTone tone, gsize start, gsize end)
{
  GtkStyleContext *context = gtk_widget_get_style_context (GTK_WIDGET (self));
  GdkRGBA colour;

  if (tone == BOBBIN_TONE_PLAIN)
    return;
  add_attribute (attributes, pango_attr_weight_new (PANGO_WEIGHT_BOLD), start, end);
  if (tone != BOBBIN_TONE_ACCENT || !gtk_style_context_lookup_color (context, "accent_color", &colour))
    return;
  add_attribute (attributes,
                 pango_attr_foreground_new (to_pango (colour.red), to_pango (colour.green),
                                            to_pango (colour.blue)),
                 start, end);
  /* The text around it may be translucent. */
  add_attribute (attributes, pango_attr_foreground_alpha_new (to_pango (colour.alpha)), start, end);
}

static PangoLayout *
create_layout (BobbinTextLine *self, BobbinRank limit)
{
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();
  g_autofree char *text = bobbin_phrase_join (&self->phrase, limit);
  PangoLayout *layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), text);
  gsize at = 0;

  /* Digits of one width, so that a text that counts does not tremble: what the
   * style class does for a label. */
  if (gtk_widget_has_css_class (GTK_WIDGET (self), "numeric"))
    pango_attr_list_insert (attributes, pango_attr_font_features_new ("tnum=1"));
  for (guint i = 0; i < self->phrase.n_pieces; i++)
    {
      const BobbinPhrasePiece *piece = &self->phrase.pieces[i];
      const char *piece_text = bobbin_phrase_piece_get_text (piece, limit);

      if (piece_text == NULL)
        continue;
      if (at > 0)
        at += strlen (bobbin_phrase_get_separator (&self->phrase));
      add_tone (self, attributes, piece->tone, at, at + strlen (piece_text));
      at += strlen (piece_text);
    }
  pango_layout_set_attributes (layout, attributes);
  pango_layout_set_single_paragraph_mode (layout, TRUE);
  return layout;
}

static int
get_layout_width (PangoLayout *layout)
{
  int width;

  pango_layout_get_pixel_size (layout, &width, NULL);
  return width;
}

/* The fullest form that fits into @width; if none does, the briefest, cut. */
static PangoLayout *
fit_layout (BobbinTextLine *self, int width)
{
  g_autoptr (PangoLayout) layout = NULL;

  for (int limit = BOBBIN_RANK_LAST; limit >= BOBBIN_RANK_KEEP; limit--)
    {
      g_clear_object (&layout);
      layout = create_layout (self, (BobbinRank) limit);
      if (get_layout_width (layout) <= width)
        return g_steal_pointer (&layout);
    }
  pango_layout_set_ellipsize (layout, self->ellipsize);
  pango_layout_set_width (layout, width * PANGO_SCALE);
  return g_steal_pointer (&layout);
}

static PangoLayout *
ensure_layout (BobbinTextLine *self, int width)
{
  if (self->layout == NULL || self->layout_width != width)
    {
      g_clear_object (&self->layout);
      self->layout = fit_layout (self, width);
      self->layout_width = width;
    }
  return self->layout;
}

static void
bobbin_text_line_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  BobbinTextLine *self = BOBBIN_TEXT_LINE (widget);
  int width = gtk_widget_get_width (widget);
  int height = gtk_widget_get_height (widget);
  int text_width, text_height;
  float xalign = self->xalign;
  PangoLayout *layout;

  if (width <= 0 || self->phrase.n_pieces == 0)
    return;
  if (gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL)
    xalign = 1.0f - xalign;
  layout = ensure_layout (self, width);
  pango_layout_get_pixel_size (layout, &text_width, &text_height);
  gtk_snapshot_render_layout (snapshot, gtk_widget_get_style_context (widget),
                              (int) ((float) (width - text_width) * xalign), (height - text_height) / 2,
                              layout);
}

/* From the font alone, so that lines stand still whatever they say. */
static int
get_height (BobbinTextLine *self)
{
  if (self->height == 0)
    {
      PangoContext *context = gtk_widget_get_pango_context (GTK_WIDGET (self));
      PangoFontMetrics *metrics = pango_context_get_metrics (context, NULL, NULL);

      self->height = PANGO_PIXELS_CEIL (pango_font_metrics_get_height (metrics));
      pango_font_metrics_unref (metrics);
    }
  return self->height;
}

static void
bobbin_text_line_measure (GtkWidget *widget,
                          GtkOrientation orientation,
                          int for_size,
                          int *minimum,
                          int *natural,
                          int *minimum_baseline,
                          int *natural_baseline)
{
  BobbinTextLine *self = BOBBIN_TEXT_LINE (widget);
  g_autoptr (PangoLayout) layout = NULL;
  int width;

  if (orientation == GTK_ORIENTATION_VERTICAL)
    {
      *minimum = *natural = get_height (self);
      return;
    }
  layout = create_layout (self, BOBBIN_RANK_LAST);
  width = get_layout_width (layout);
  self->widest = MAX (self->widest, width);
  *natural = self->grows ? self->widest : width;
  *minimum = self->grows ? self->widest : 0;
}

static void
bobbin_text_line_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  BobbinTextLine *self = BOBBIN_TEXT_LINE (widget);

  GTK_WIDGET_CLASS (bobbin_text_line_parent_class)->css_changed (widget, change);
  g_clear_object (&self->layout);
  self->widest = 0;
  self->height = 0;
  gtk_widget_queue_draw (widget);
}

static void
bobbin_text_line_get_property (GObject *object, guint id, GValue *value, GParamSpec *spec)
{
  BobbinTextLine *self = BOBBIN_TEXT_LINE (object);

  switch (id)
    {
    case PROP_ELLIPSIZE:
      g_value_set_enum (value, (int) self->ellipsize);
      break;
    case PROP_GROWS:
      g_value_set_boolean (value, self->grows);
      break;
    case PROP_XALIGN:
      g_value_set_float (value, self->xalign);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
    }
}

static void
bobbin_text_line_set_property (GObject *object, guint id, const GValue *value, GParamSpec *spec)
{
  BobbinTextLine *self = BOBBIN_TEXT_LINE (object);

  switch (id)
    {
    case PROP_ELLIPSIZE:
      bobbin_text_line_set_ellipsize (self, (PangoEllipsizeMode) g_value_get_enum (value));
      break;
    case PROP_GROWS:
      self->grows = g_value_get_boolean (value);
      break;
    case PROP_XALIGN:
      bobbin_text_line_set_xalign (self, g_value_get_float (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
    }
}

static void
bobbin_text_line_finalize (GObject *object)
{
  BobbinTextLine *self = BOBBIN_TEXT_LINE (object);

  bobbin_phrase_clear (&self->phrase);
  g_clear_object (&self->layout);
  G_OBJECT_CLASS (bobbin_text_line_parent_class)->finalize (object);
}

static void
bobbin_text_line_class_init (BobbinTextLineClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = bobbin_text_line_get_property;
  object_class->set_property = bobbin_text_line_set_property;
  object_class->finalize = bobbin_text_line_finalize;
  widget_class->measure = bobbin_text_line_measure;
  widget_class->snapshot = bobbin_text_line_snapshot;
  widget_class->css_changed = bobbin_text_line_css_changed;

  /* where a text that does not fit is cut */
  properties[PROP_ELLIPSIZE]
      = g_param_spec_enum ("ellipsize", NULL, NULL, PANGO_TYPE_ELLIPSIZE_MODE, PANGO_ELLIPSIZE_END, flags);
  /* whether the line needs room for the widest text that it had, rather than to be cut */
  properties[PROP_GROWS] = g_param_spec_boolean ("grows", NULL, NULL, FALSE, flags);
  /* 0 at the start of the line, 1 at its end */
  properties[PROP_XALIGN] = g_param_spec_float ("xalign", NULL, NULL, 0.0f, 1.0f, 0.0f, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_css_name (widget_class, "label");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
bobbin_text_line_init (BobbinTextLine *self)
{
  self->ellipsize = PANGO_ELLIPSIZE_END;
}

/**
 * bobbin_text_line_new:
 *
 * Returns: (transfer floating): an empty line, cut at its end
 */
GtkWidget *
bobbin_text_line_new (void)
{
  return g_object_new (BOBBIN_TYPE_TEXT_LINE, NULL);
}

/**
 * bobbin_text_line_take_phrase:
 * @self: a line
 * @phrase: (inout): the text to show; empty afterwards
 *
 * Shows @phrase. Does nothing if it is shown already. Main thread.
 *
 * Returns: whether the text changed
 */
gboolean
bobbin_text_line_take_phrase (BobbinTextLine *self, BobbinPhrase *phrase)
{
  if (bobbin_phrase_equal (&self->phrase, phrase))
    {
      bobbin_phrase_clear (phrase);
      return FALSE;
    }
  bobbin_phrase_clear (&self->phrase);
  self->phrase = *phrase;
  phrase->n_pieces = 0;
  g_clear_object (&self->layout);

  if (self->grows)
    {
      g_autoptr (PangoLayout) layout = create_layout (self, BOBBIN_RANK_LAST);

      if (get_layout_width (layout) > self->widest)
        gtk_widget_queue_resize (GTK_WIDGET (self));
    }
  gtk_widget_queue_draw (GTK_WIDGET (self));
  return TRUE;
}

/**
 * bobbin_text_line_set_text:
 * @self: a line
 * @text: (nullable): the text to show
 *
 * Shows a text of one piece. Main thread.
 *
 * Returns: whether the text changed
 */
gboolean
bobbin_text_line_set_text (BobbinTextLine *self, const char *text)
{
  g_auto (BobbinPhrase) phrase = { 0 };

  bobbin_phrase_take (&phrase, g_strdup (text), BOBBIN_RANK_KEEP);
  return bobbin_text_line_take_phrase (self, &phrase);
}

/**
 * bobbin_text_line_dup_text:
 * @self: a line
 *
 * Returns: (transfer full): the whole text, whatever of it fits
 */
char *
bobbin_text_line_dup_text (BobbinTextLine *self)
{
  return bobbin_phrase_join (&self->phrase, BOBBIN_RANK_LAST);
}

/**
 * bobbin_text_line_set_ellipsize:
 * @self: a line
 * @ellipsize: where to cut a text that does not fit in its briefest form
 */
void
bobbin_text_line_set_ellipsize (BobbinTextLine *self, PangoEllipsizeMode ellipsize)
{
  if (self->ellipsize == ellipsize)
    return;
  self->ellipsize = ellipsize;
  g_clear_object (&self->layout);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ELLIPSIZE]);
}

/**
 * bobbin_text_line_set_xalign:
 * @self: a line
 * @xalign: 0 for the start of the line, 1 for its end
 */
void
bobbin_text_line_set_xalign (BobbinTextLine *self, float xalign)
{
  if (self->xalign >= xalign && self->xalign <= xalign)
    return;
  self->xalign = xalign;
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_XALIGN]);
}

/**
 * bobbin_text_line_get_brief_width:
 * @self: a line
 *
 * Returns: the width of the briefest form of the text, in pixels
 */
int
bobbin_text_line_get_brief_width (BobbinTextLine *self)
{
  g_autoptr (PangoLayout) layout = create_layout (self, BOBBIN_RANK_KEEP);

  return get_layout_width (layout);
}
