/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-line-gutter.h"
#include "bobbin-link-lines.h"
#include "bobbin-link-view.h"

/* How long one turn of filling or marking may take, in microseconds, and how much goes between two looks at
 * the clock. A mark is a range of lines, so the usual text needs few; but every second line may be bad. */
#define TURN_TIME 4000
#define BYTES_AT_A_TIME (32 * 1024)
#define LINES_AT_A_TIME 64

/* Dim text is this part of the text's colour, which keeps its contrast above 4.5:1. */
#define DIM_ALPHA 0.72f

typedef enum
{
  MARK_NONE,
  MARK_DIM,
  MARK_BAD,
} Mark;

struct _BobbinLinkView
{
  GtkTextView parent_instance;

  GtkTextTag *dim_tag; /* owned by the buffer's tag table */
  GtkTextTag *bad_tag;
  GtkTextTag *pattern_tag;
  gboolean is_broken; /* whether what is being inserted has no very long lines any more */

  /* while filling */
  guint filling;    /* idle source */
  GString *pending; /* owned; text to be inserted */
  gsize inserted;   /* how much of it is in the buffer */
  GtkTextMark *end; /* where it goes; owned by the buffer */

  /* while marking */
  guint marking;         /* idle source */
  BobbinAddFiles *files; /* owned */
  guint line;            /* next line to look at */
  Mark run_mark;         /* the mark of the lines right before it */
  guint run_start;       /* and the first of those */
};

enum
{
  SIGNAL_PASTE_WANTED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BobbinLinkView, bobbin_link_view, GTK_TYPE_TEXT_VIEW)

static void
stop_marking (BobbinLinkView *self)
{
  g_clear_handle_id (&self->marking, g_source_remove);
  g_clear_object (&self->files);
}

static Mark
get_mark (BobbinLinkView *self, guint index)
{
  const BobbinAddPlan *plan = bobbin_add_files_get_plan (self->files);
  const BobbinLine *line = bobbin_links_get_line (bobbin_add_plan_get_text_links (plan), index);

  switch (line->verdict)
    {
    case BOBBIN_VERDICT_UNSUPPORTED_SCHEME:
    case BOBBIN_VERDICT_NOT_A_LINK:
    case BOBBIN_VERDICT_REFUSED:
      return MARK_BAD;
    case BOBBIN_VERDICT_REPEATED:
      return MARK_DIM;
    case BOBBIN_VERDICT_LINKS:
      for (guint i = 0; i < line->n_links; i++)
        {
          if (!bobbin_add_files_is_already (self->files, line->first_link + i))
            return MARK_NONE;
        }
      return MARK_DIM;
    case BOBBIN_VERDICT_EMPTY:
    case BOBBIN_VERDICT_ASK:
    default:
      return MARK_NONE;
    }
}

static void
end_run (BobbinLinkView *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self));
  GtkTextIter start, end;

  if (self->run_mark == MARK_NONE)
    return;

  gtk_text_buffer_get_iter_at_line (buffer, &start, (int) self->run_start);
  gtk_text_buffer_get_iter_at_line (buffer, &end, (int) self->line - 1);
  if (!gtk_text_iter_ends_line (&end))
    gtk_text_iter_forward_to_line_end (&end);
  gtk_text_buffer_apply_tag (buffer, self->run_mark == MARK_DIM ? self->dim_tag : self->bad_tag, &start,
                             &end);
}

/* Whether a part of a link in brackets or braces stands for several texts. */
static gboolean
is_pattern (const char *text, gsize length)
{
  g_autofree char *part = g_strndup (text, length);
  g_autoptr (BobbinPattern) pattern = bobbin_pattern_new (part);

  return pattern != NULL && bobbin_pattern_get_count (pattern) > 1;
}

static void
mark_patterns (BobbinLinkView *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self));
  GtkTextIter start, end;
  g_autofree char *text = NULL;

  gtk_text_buffer_get_iter_at_line (buffer, &start, (int) self->line);
  end = start;
  if (!gtk_text_iter_ends_line (&end))
    gtk_text_iter_forward_to_line_end (&end);
  text = gtk_text_iter_get_slice (&start, &end);

  for (const char *p = strpbrk (text, "[{"); p != NULL; p = strpbrk (p + 1, "[{"))
    {
      const char *close = strchr (p, *p == '[' ? ']' : '}');

      if (close == NULL || !is_pattern (p, (gsize) (close + 1 - p)))
        continue;
      gtk_text_iter_set_line_index (&start, (int) (p - text));
      gtk_text_iter_set_line_index (&end, (int) (close + 1 - text));
      gtk_text_buffer_apply_tag (buffer, self->pattern_tag, &start, &end);
    }
}

static gboolean
may_have_pattern (BobbinLinkView *self)
{
  const BobbinAddPlan *plan = bobbin_add_files_get_plan (self->files);
  const BobbinLine *line = bobbin_links_get_line (bobbin_add_plan_get_text_links (plan), self->line);

  return line->n_links > 1 || line->verdict == BOBBIN_VERDICT_ASK
         || line->reason == BOBBIN_REASON_PATTERN_TOO_MANY;
}

static void
mark_line (BobbinLinkView *self)
{
  Mark mark = get_mark (self, self->line);

  if (may_have_pattern (self))
    mark_patterns (self);

  if (mark != self->run_mark)
    {
      end_run (self);
      self->run_mark = mark;
      self->run_start = self->line;
    }
  self->line++;
}

static gboolean
mark_some (gpointer data)
{
  BobbinLinkView *self = data;
  const BobbinLinks *links = bobbin_add_plan_get_text_links (bobbin_add_files_get_plan (self->files));
  /* The entries of a page that was pasted as it is written have no lines. */
  guint n_lines = bobbin_links_has_lines (links) ? bobbin_links_get_n_lines (links) : 0;
  gint64 deadline = g_get_monotonic_time () + TURN_TIME;

  while (self->line < n_lines)
    {
      mark_line (self);
      if (self->line % LINES_AT_A_TIME == 0 && g_get_monotonic_time () >= deadline)
        return G_SOURCE_CONTINUE;
    }

  end_run (self);
  self->marking = 0;
  stop_marking (self);
  return G_SOURCE_REMOVE;
}

static void
stop_filling (BobbinLinkView *self)
{
  g_clear_handle_id (&self->filling, g_source_remove);
  g_string_truncate (self->pending, 0);
  self->inserted = 0;
}

/* A piece ends with a line, or at least with a character. */
static gsize
get_piece_length (const char *text, gsize length)
{
  const char *end;

  if (length <= BYTES_AT_A_TIME)
    return length;

  end = memrchr (text, '\n', BYTES_AT_A_TIME);
  if (end == NULL)
    end = g_utf8_find_prev_char (text, text + BYTES_AT_A_TIME);
  else
    end++;
  return (gsize) (end - text);
}

static void
insert (BobbinLinkView *self, GtkTextIter *where, const char *text, gsize length)
{
  self->is_broken = TRUE;
  gtk_text_buffer_insert (gtk_text_view_get_buffer (GTK_TEXT_VIEW (self)), where, text, (int) length);
  self->is_broken = FALSE;
}

/* What is typed or pasted into the text itself. */
static void
on_insert_text (BobbinLinkView *self, GtkTextIter *where, char *text, int length, GtkTextBuffer *buffer)
{
  g_autoptr (GString) lines = NULL;

  if (self->is_broken)
    return;

  lines = g_string_new (NULL);
  bobbin_link_lines_append (lines, text, (gsize) length);
  if (lines->len == (gsize) length && memcmp (lines->str, text, lines->len) == 0)
    return;

  g_signal_stop_emission_by_name (buffer, "insert-text");
  insert (self, where, lines->str, lines->len);
}

static gboolean
fill_some (gpointer data)
{
  BobbinLinkView *self = data;
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self));
  gint64 deadline = g_get_monotonic_time () + TURN_TIME;

  while (self->inserted < self->pending->len)
    {
      const char *text = self->pending->str + self->inserted;
      gsize length = get_piece_length (text, self->pending->len - self->inserted);
      GtkTextIter end;

      self->inserted += length;
      gtk_text_buffer_get_iter_at_mark (buffer, &end, self->end);
      gtk_text_buffer_begin_irreversible_action (buffer);
      insert (self, &end, text, length);
      gtk_text_buffer_end_irreversible_action (buffer);
      if (g_get_monotonic_time () >= deadline && self->inserted < self->pending->len)
        return G_SOURCE_CONTINUE;
    }

  self->filling = 0;
  stop_filling (self);
  return G_SOURCE_REMOVE;
}

/* GtkTextTag has colours but no names of colours, so they are set anew with each style. */
static void
bobbin_link_view_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  BobbinLinkView *self = BOBBIN_LINK_VIEW (widget);
  GtkStyleContext *style = gtk_widget_get_style_context (widget);
  GdkRGBA dim, warning, accent;

  GTK_WIDGET_CLASS (bobbin_link_view_parent_class)->css_changed (widget, change);

  gtk_style_context_get_color (style, &dim);
  dim.alpha *= DIM_ALPHA;
  g_object_set (self->dim_tag, "foreground-rgba", &dim, NULL);
  if (gtk_style_context_lookup_color (style, "warning_color", &warning))
    g_object_set (self->bad_tag, "foreground-rgba", &warning, "underline-rgba", &warning, NULL);
  if (gtk_style_context_lookup_color (style, "accent_color", &accent))
    g_object_set (self->pattern_tag, "foreground-rgba", &accent, NULL);
}

static void
bobbin_link_view_dispose (GObject *object)
{
  BobbinLinkView *self = BOBBIN_LINK_VIEW (object);

  stop_marking (self);
  stop_filling (self);

  G_OBJECT_CLASS (bobbin_link_view_parent_class)->dispose (object);
}

static void
bobbin_link_view_finalize (GObject *object)
{
  g_string_free (BOBBIN_LINK_VIEW (object)->pending, TRUE);

  G_OBJECT_CLASS (bobbin_link_view_parent_class)->finalize (object);
}

/* A clipboard may hold more than text, and more text than a text view takes at once. */
static void
bobbin_link_view_paste_clipboard (GtkTextView *view)
{
  g_signal_emit (view, signals[SIGNAL_PASTE_WANTED], 0);
}

static void
bobbin_link_view_class_init (BobbinLinkViewClass *klass)
{
  GTK_TEXT_VIEW_CLASS (klass)->paste_clipboard = bobbin_link_view_paste_clipboard;
  signals[SIGNAL_PASTE_WANTED] = g_signal_new ("paste-wanted", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                               0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  G_OBJECT_CLASS (klass)->dispose = bobbin_link_view_dispose;
  G_OBJECT_CLASS (klass)->finalize = bobbin_link_view_finalize;
  GTK_WIDGET_CLASS (klass)->css_changed = bobbin_link_view_css_changed;
}

static void
bobbin_link_view_init (BobbinLinkView *self)
{
  GtkTextView *view = GTK_TEXT_VIEW (self);
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (view);

  GtkTextIter end;

  self->pending = g_string_new (NULL);
  gtk_text_buffer_get_end_iter (buffer, &end);
  self->end = gtk_text_buffer_create_mark (buffer, NULL, &end, FALSE);
  self->dim_tag = gtk_text_buffer_create_tag (buffer, NULL, NULL);
  self->bad_tag = gtk_text_buffer_create_tag (buffer, NULL, "underline", PANGO_UNDERLINE_ERROR, NULL);
  self->pattern_tag = gtk_text_buffer_create_tag (buffer, NULL, "weight", PANGO_WEIGHT_BOLD, NULL);
  g_signal_connect_object (buffer, "insert-text", G_CALLBACK (on_insert_text), self, G_CONNECT_SWAPPED);
  /* A mark speaks of the text that was understood; the lines may be others now. */
  g_signal_connect_object (buffer, "changed", G_CALLBACK (stop_marking), self, G_CONNECT_SWAPPED);

  gtk_text_view_set_monospace (view, TRUE);
  gtk_text_view_set_accepts_tab (view, FALSE);
  gtk_text_view_set_input_purpose (view, GTK_INPUT_PURPOSE_URL);
  gtk_text_view_set_input_hints (view, GTK_INPUT_HINT_NO_SPELLCHECK | GTK_INPUT_HINT_NO_EMOJI);
  bobbin_line_gutter_attach (view);
}

/**
 * bobbin_link_view_append:
 * @self: the view
 * @text: UTF-8
 *
 * Adds lines at the end of the text, very long ones broken. A long text arrives
 * bit by bit, each with a "changed" of the buffer.
 */
void
bobbin_link_view_append (BobbinLinkView *self, const char *text)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self));
  GtkTextIter end;

  if (self->pending->len > 0)
    g_string_append_c (self->pending, '\n');
  else
    {
      gtk_text_buffer_get_end_iter (buffer, &end);
      if (!gtk_text_iter_starts_line (&end))
        gtk_text_buffer_insert (buffer, &end, "\n", 1);
      gtk_text_buffer_move_mark (buffer, self->end, &end);
    }

  bobbin_link_lines_append (self->pending, text, strlen (text));
  if (self->filling == 0 && fill_some (self))
    self->filling = g_idle_add (fill_some, self);
}

/**
 * bobbin_link_view_paste:
 * @self: the view
 * @text: UTF-8
 *
 * Puts @text in the place of the selection, as pasting does; a long text goes
 * to the end.
 */
void
bobbin_link_view_paste (BobbinLinkView *self, const char *text)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self));

  if (strlen (text) > BYTES_AT_A_TIME)
    {
      bobbin_link_view_append (self, text);
      return;
    }
  gtk_text_buffer_begin_user_action (buffer);
  gtk_text_buffer_delete_selection (buffer, TRUE, TRUE);
  gtk_text_buffer_insert_at_cursor (buffer, text, -1);
  gtk_text_buffer_end_user_action (buffer);
  gtk_text_view_scroll_mark_onscreen (GTK_TEXT_VIEW (self), gtk_text_buffer_get_insert (buffer));
}

/**
 * bobbin_link_view_is_filling:
 * @self: the view
 *
 * Returns: whether more of the text that was appended is still to come
 */
gboolean
bobbin_link_view_is_filling (BobbinLinkView *self)
{
  return self->filling != 0;
}

/**
 * bobbin_link_view_dup_text:
 * @self: the view
 *
 * Returns: (transfer full): the whole text
 */
char *
bobbin_link_view_dup_text (BobbinLinkView *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self));
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  return gtk_text_buffer_get_text (buffer, &start, &end, TRUE);
}

/**
 * bobbin_link_view_mark:
 * @self: the view
 * @files: what the present text was understood as, checked against the list
 *
 * Marks the lines: dim where all is in the list already, underlined where no
 * link can be made of it, patterns bold. A long text is marked bit by bit.
 */
void
bobbin_link_view_mark (BobbinLinkView *self, BobbinAddFiles *files)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self));
  GtkTextIter start, end;

  stop_marking (self);
  gtk_text_buffer_get_bounds (buffer, &start, &end);
  gtk_text_buffer_remove_tag (buffer, self->dim_tag, &start, &end);
  gtk_text_buffer_remove_tag (buffer, self->bad_tag, &start, &end);
  gtk_text_buffer_remove_tag (buffer, self->pattern_tag, &start, &end);

  self->files = g_object_ref (files);
  self->line = 0;
  self->run_mark = MARK_NONE;
  if (mark_some (self))
    self->marking = g_idle_add (mark_some, self);
}

/**
 * bobbin_link_view_show_line:
 * @self: the view
 * @line: index of a line
 *
 * Selects a line, scrolls to it and takes the focus.
 */
void
bobbin_link_view_show_line (BobbinLinkView *self, guint line)
{
  GtkTextView *view = GTK_TEXT_VIEW (self);
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (view);
  GtkTextIter start, end;

  gtk_text_buffer_get_iter_at_line (buffer, &start, (int) line);
  end = start;
  if (!gtk_text_iter_ends_line (&end))
    gtk_text_iter_forward_to_line_end (&end);
  gtk_text_buffer_select_range (buffer, &end, &start);
  gtk_text_view_scroll_to_mark (view, gtk_text_buffer_get_insert (buffer), 0.1, FALSE, 0, 0);
  gtk_widget_grab_focus (GTK_WIDGET (self));
}
