/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-list-actions.h"

#include "bobbin-download-list.h"
#include "bobbin-trash.h"

#include <glib/gi18n.h>

typedef struct
{
  const char *name;
  gboolean (*applies) (BobbinDownload *download); /* to all of the selection, or it is not for it */
  void (*act) (BobbinDownloadList *list, BobbinQueue *queue, GPtrArray *downloads);
  guint key; /* with @modifiers; 0 for none */
  GdkModifierType modifiers;
} Action;

static gboolean
has_not_ended (BobbinDownload *download)
{
  const BobbinState state = bobbin_download_get_state (download);

  return state != BOBBIN_STATE_FINISHED && state != BOBBIN_STATE_FAILED;
}

static gboolean
has_digest (BobbinDownload *download)
{
  return bobbin_download_get_digest (download) != NULL;
}

static gboolean
is_any (BobbinDownload *download)
{
  return TRUE;
}

/* What the person wants first is not to wait for another word either. */
static void
download_first (BobbinDownloadList *list, BobbinQueue *queue, GPtrArray *downloads)
{
  bobbin_queue_move_first (queue, downloads);
  bobbin_queue_resume_many (queue, downloads);
}

static void
move_up (BobbinDownloadList *list, BobbinQueue *queue, GPtrArray *downloads)
{
  bobbin_queue_move_up (queue, downloads);
}

static void
move_down (BobbinDownloadList *list, BobbinQueue *queue, GPtrArray *downloads)
{
  bobbin_queue_move_down (queue, downloads);
}

/* One alone as it is, many as the tools that check them read them: "digest  name". */
static char *
join_digests (GPtrArray *downloads)
{
  GString *lines = g_string_new (NULL);

  for (guint i = 0; i < downloads->len; i++)
    {
      BobbinDownload *download = g_ptr_array_index (downloads, i);
      g_autofree char *text = bobbin_digest_to_string (bobbin_download_get_digest (download));
      const char *hex = strchr (text, '=') + 1;
      g_autofree char *name = bobbin_download_dup_name (download);

      g_string_append (lines, hex);
      if (downloads->len > 1)
        g_string_append_printf (lines, "  %s\n", name);
    }
  return g_string_free (lines, FALSE);
}

static void
copy_checksum (BobbinDownloadList *list, BobbinQueue *queue, GPtrArray *downloads)
{
  g_autofree char *text = NULL;

  for (guint i = 0; i < downloads->len; i++)
    if (!has_digest (g_ptr_array_index (downloads, i)))
      return;
  text = join_digests (downloads);
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (list)), text);
  bobbin_download_list_tell (list, ngettext ("Checksum copied", "Checksums copied", downloads->len));
}

static void
tell_cb (GtkWidget *list, const char *words)
{
  bobbin_download_list_tell (BOBBIN_DOWNLOAD_LIST (list), words);
}

static void
move_to_trash (BobbinDownloadList *list, BobbinQueue *queue, GPtrArray *downloads)
{
  bobbin_trash_ask (GTK_WIDGET (list), queue, downloads, tell_cb);
}

static const Action actions[] = {
  { "list.first", has_not_ended, download_first, GDK_KEY_Home, GDK_ALT_MASK },
  { "list.up", has_not_ended, move_up, GDK_KEY_Up, GDK_ALT_MASK },
  { "list.down", has_not_ended, move_down, GDK_KEY_Down, GDK_ALT_MASK },
  { "list.copy-checksum", has_digest, copy_checksum },
  { "list.trash", is_any, move_to_trash, GDK_KEY_Delete, GDK_SHIFT_MASK },
};

static void
act_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  BobbinDownloadList *list = BOBBIN_DOWNLOAD_LIST (widget);
  g_autoptr (GPtrArray) downloads = bobbin_download_list_dup_targets (list);

  for (guint i = 0; i < G_N_ELEMENTS (actions) && downloads->len > 0; i++)
    if (g_str_equal (actions[i].name, name))
      actions[i].act (list, bobbin_download_list_get_queue (list), downloads);
}

/**
 * bobbin_list_actions_install:
 * @list_class: the class of the list
 *
 * Installs the actions.
 */
void
bobbin_list_actions_install (GtkWidgetClass *list_class)
{
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_class_install_action (list_class, actions[i].name, NULL, act_cb);
}

/**
 * bobbin_list_actions_add_keys:
 * @keys: the keys of the list
 *
 * Adds those of the actions.
 */
void
bobbin_list_actions_add_keys (GtkShortcutController *keys)
{
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    {
      if (actions[i].key != 0)
        gtk_shortcut_controller_add_shortcut (keys,
                                              gtk_shortcut_new (gtk_keyval_trigger_new (actions[i].key,
                                                                                        actions[i].modifiers),
                                                                gtk_named_action_new (actions[i].name)));
    }
}

static gboolean
applies (const Action *action, GPtrArray *downloads)
{
  for (guint i = 0; i < downloads->len; i++)
    {
      if (!action->applies (g_ptr_array_index (downloads, i)))
        return FALSE;
    }
  return downloads->len > 0;
}

/**
 * bobbin_list_actions_enable:
 * @list: the list
 * @downloads: (nullable) (element-type BobbinDownload): what they are to act on;
 *   %NULL enables all
 *
 * Enables what applies to all of @downloads.
 */
void
bobbin_list_actions_enable (GtkWidget *list, GPtrArray *downloads)
{
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_action_set_enabled (list, actions[i].name,
                                   downloads == NULL || applies (&actions[i], downloads));
}
