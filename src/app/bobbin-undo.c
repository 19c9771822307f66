/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-undo.h"

#include <glib/gi18n.h>

#define UNDO_SECONDS 5

/* To free a hundred thousand downloads takes longer than a frame, so so many at
 * a time. */
#define FREED_AT_A_TIME 2000

struct _BobbinUndo
{
  BobbinQueue *queue;
  AdwToastOverlay *toasts; /* borrowed: the window has both */
  GPtrArray *downloads;    /* NULL when there is nothing to bring back */
  AdwToast *toast;         /* that tells of them; NULL once it is gone */
};

static gboolean
free_some_cb (gpointer user_data)
{
  GPtrArray *downloads = user_data;
  const guint n = MIN (downloads->len, FREED_AT_A_TIME);

  g_ptr_array_remove_range (downloads, downloads->len - n, n);
  return downloads->len > 0 ? G_SOURCE_CONTINUE : G_SOURCE_REMOVE;
}

static void
let_go (BobbinUndo *self)
{
  if (self->downloads != NULL)
    g_idle_add_full (G_PRIORITY_LOW, free_some_cb, g_steal_pointer (&self->downloads),
                     (GDestroyNotify) g_ptr_array_unref);
}

static void
dismissed_cb (BobbinUndo *self)
{
  self->toast = NULL;
}

static void
drop_toast (BobbinUndo *self)
{
  AdwToast *toast = g_steal_pointer (&self->toast);

  if (toast == NULL)
    return;
  g_signal_handlers_disconnect_by_data (toast, self);
  adw_toast_dismiss (toast);
}

static char *
get_title (GPtrArray *downloads)
{
  g_autofree char *name = bobbin_download_dup_name (g_ptr_array_index (downloads, 0));
  /* Translators: %s is the name of a file */
  g_autofree char *one = g_strdup_printf (_ ("%s removed"), name);
  g_autofree char *many
      = g_strdup_printf (ngettext ("%'u download removed", "%'u downloads removed", downloads->len),
                         downloads->len);

  /* The title of a toast is markup, a name is not. */
  return g_markup_escape_text (downloads->len == 1 ? one : many, -1);
}

/**
 * bobbin_undo_bring_back:
 * @self: what was removed
 *
 * Puts it back, once.
 */
void
bobbin_undo_bring_back (BobbinUndo *self)
{
  drop_toast (self);
  if (self->downloads != NULL)
    bobbin_queue_restore (self->queue, self->downloads);
  let_go (self);
}

/**
 * bobbin_undo_note_removal:
 * @self: what was removed before
 * @downloads: (element-type BobbinDownload): what has just been removed; an
 *   array of its own, with a free function
 *
 * Tells of it, and keeps it.
 */
void
bobbin_undo_note_removal (BobbinUndo *self, GPtrArray *downloads)
{
  g_autofree char *title = get_title (downloads);
  AdwToast *toast = adw_toast_new (title);

  drop_toast (self);
  let_go (self);
  self->downloads = g_ptr_array_ref (downloads);
  self->toast = toast;
  adw_toast_set_button_label (toast, _ ("Undo"));
  adw_toast_set_timeout (toast, UNDO_SECONDS);
  /* Not to wait behind another one until it is too late to be of use. */
  adw_toast_set_priority (toast, ADW_TOAST_PRIORITY_HIGH);
  g_signal_connect_swapped (toast, "button-clicked", G_CALLBACK (bobbin_undo_bring_back), self);
  g_signal_connect_swapped (toast, "dismissed", G_CALLBACK (dismissed_cb), self);
  adw_toast_overlay_add_toast (self->toasts, toast);
}

/**
 * bobbin_undo_new:
 * @queue: a queue
 * @toasts: where to tell of removals; has to outlive this
 *
 * Returns: (transfer full): nothing removed yet
 */
BobbinUndo *
bobbin_undo_new (BobbinQueue *queue, AdwToastOverlay *toasts)
{
  BobbinUndo *self = g_new0 (BobbinUndo, 1);

  self->queue = g_object_ref (queue);
  self->toasts = toasts;
  return self;
}

/**
 * bobbin_undo_free:
 * @self: (transfer full): what was removed
 */
void
bobbin_undo_free (BobbinUndo *self)
{
  drop_toast (self);
  g_clear_pointer (&self->downloads, g_ptr_array_unref);
  g_object_unref (self->queue);
  g_free (self);
}
