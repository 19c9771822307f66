/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-offer.h"

#include "bobbin-add-reader.h"
#include "bobbin-choices.h"
#include "bobbin-pattern.h"

#include <glib/gi18n.h>
#include <string.h>

struct _BobbinOffer
{
  AdwBin parent_instance;

  GSettings *settings;       /* owned */
  BobbinAddReader *reader;   /* owned */
  GCancellable *cancellable; /* owned; of the text that is read from the clipboard */
  gboolean is_seen;          /* whether what is on the clipboard was looked at */

  GtkWidget *revealer;
  GtkWidget *label;
};

G_DEFINE_FINAL_TYPE (BobbinOffer, bobbin_offer, ADW_TYPE_BIN)

static void
hide (BobbinOffer *self)
{
  gtk_revealer_set_reveal_child (GTK_REVEALER (self->revealer), FALSE);
}

/* What is not revealed would still be read to somebody. */
static void
revealed_cb (BobbinOffer *self)
{
  if (!gtk_revealer_get_reveal_child (GTK_REVEALER (self->revealer)))
    gtk_widget_hide (GTK_WIDGET (self));
}

static void
read_cb (BobbinOffer *self, BobbinAddFiles *files)
{
  const BobbinLinks *links = bobbin_add_plan_get_text_links (bobbin_add_files_get_plan (files));
  guint64 n_pending = bobbin_links_get_n_pending (links);
  guint n_links = (guint) MIN (bobbin_add_files_get_n_selected (files) + n_pending, G_MAXUINT);
  g_autofree char *words = NULL;

  if (n_links == 0)
    return;
  words = g_strdup_printf (ngettext ("%'u new link on the clipboard", "%'u new links on the clipboard",
                                     n_links),
                           n_links);
  gtk_label_set_label (GTK_LABEL (self->label), words);
  gtk_widget_show (GTK_WIDGET (self));
  gtk_revealer_set_reveal_child (GTK_REVEALER (self->revealer), TRUE);
}

static void
text_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BobbinOffer) self = user_data;
  g_autofree char *text = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (object), result, NULL);
  g_autofree char *folder = NULL;
  BobbinAddRequest request = { .text = text, .max_expanded = BOBBIN_PATTERN_ASK };

  if (text == NULL || self->reader == NULL)
    return;
  folder = bobbin_choices_dup_folder (self->settings);
  request.folder = folder;
  bobbin_add_reader_read (self->reader, &request);
}

static gboolean
is_active (BobbinOffer *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  return GTK_IS_WINDOW (root) && gtk_window_is_active (GTK_WINDOW (root));
}

static void
look (BobbinOffer *self)
{
  GdkClipboard *clipboard = gtk_widget_get_clipboard (GTK_WIDGET (self));

  if (self->is_seen || !is_active (self) || !g_settings_get_boolean (self->settings, "offer-clipboard"))
    return;
  self->is_seen = TRUE;
  if (!gdk_clipboard_is_local (clipboard))
    gdk_clipboard_read_text_async (clipboard, self->cancellable, text_cb, g_object_ref (self));
}

static void
copied_cb (BobbinOffer *self)
{
  self->is_seen = FALSE;
  bobbin_add_reader_cancel (self->reader);
  hide (self);
  look (self);
}

static void
bobbin_offer_root (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (bobbin_offer_parent_class)->root (widget);
  g_signal_connect_object (gtk_widget_get_root (widget), "notify::is-active", G_CALLBACK (look), widget,
                           G_CONNECT_SWAPPED);
}

static void
bobbin_offer_unroot (GtkWidget *widget)
{
  g_signal_handlers_disconnect_by_data (gtk_widget_get_root (widget), widget);
  GTK_WIDGET_CLASS (bobbin_offer_parent_class)->unroot (widget);
}

static void
bobbin_offer_dispose (GObject *object)
{
  BobbinOffer *self = BOBBIN_OFFER (object);

  g_cancellable_cancel (self->cancellable);
  if (self->reader != NULL)
    bobbin_add_reader_cancel (self->reader);
  g_clear_object (&self->reader);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->settings);

  G_OBJECT_CLASS (bobbin_offer_parent_class)->dispose (object);
}

static void
bobbin_offer_class_init (BobbinOfferClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = bobbin_offer_dispose;
  widget_class->root = bobbin_offer_root;
  widget_class->unroot = bobbin_offer_unroot;

  gtk_widget_class_set_template_from_resource (widget_class, "/app/bobbin/Bobbin/bobbin-offer.ui");
  gtk_widget_class_bind_template_child (widget_class, BobbinOffer, revealer);
  gtk_widget_class_bind_template_child (widget_class, BobbinOffer, label);
  gtk_widget_class_bind_template_callback (widget_class, hide);
  gtk_widget_class_bind_template_callback (widget_class, revealed_cb);
}

static void
bobbin_offer_init (BobbinOffer *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * bobbin_offer_set_up:
 * @self: the bar, in a window
 * @queue: the downloads, whose links are not new
 * @settings: what the person has chosen
 *
 * Looks at the clipboard from now on, if the person wants that.
 */
void
bobbin_offer_set_up (BobbinOffer *self, BobbinQueue *queue, GSettings *settings)
{
  self->settings = g_object_ref (settings);
  self->reader = bobbin_add_reader_new (queue);
  g_signal_connect_object (self->reader, "read", G_CALLBACK (read_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (gtk_widget_get_clipboard (GTK_WIDGET (self)), "changed", G_CALLBACK (copied_cb),
                           self, G_CONNECT_SWAPPED);
}
