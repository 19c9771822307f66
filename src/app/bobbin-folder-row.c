/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-folder-row.h"

#include "bobbin-subfolder.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

struct _BobbinFolderRow
{
  AdwActionRow parent_instance;

  char *folder;              /* absolute path */
  GCancellable *cancellable; /* owned; of the look at the folder, if one is under way */
  GtkNativeDialog *chooser;  /* owned */

  GtkWidget *warning_icon;
  GtkWidget *space_label;
  GtkWidget *button;
};

/* What a look at a folder finds. It may hang on a network, so a thread does it. */
typedef struct
{
  gboolean exists;
  gboolean is_folder;   /* it, or for a missing one what it would be made in */
  gboolean is_writable; /* the same */
  guint64 free_bytes;
} Look;

enum
{
  PROP_FOLDER = 1,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (BobbinFolderRow, bobbin_folder_row, ADW_TYPE_ACTION_ROW)

static void
look_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  g_autofree char *path = g_strdup (data);
  Look *look = g_new0 (Look, 1);
  struct statvfs space;
  struct stat status;

  look->exists = stat (path, &status) == 0;
  while (stat (path, &status) != 0 && errno == ENOENT && !g_str_equal (path, "/"))
    {
      char *parent = g_path_get_dirname (path);

      g_free (path);
      path = parent;
    }

  look->is_folder = stat (path, &status) == 0 && S_ISDIR (status.st_mode);
  look->is_writable = access (path, W_OK | X_OK) == 0;
  if (statvfs (path, &space) == 0)
    look->free_bytes = (guint64) space.f_bavail * space.f_frsize;
  g_task_return_pointer (task, look, g_free);
}

static char *
get_words_for_look (const Look *look)
{
  g_autofree char *size = g_format_size (look->free_bytes);

  if (!look->is_folder)
    return g_strdup (_ ("not a folder"));
  if (!look->is_writable)
    return g_strdup (look->exists ? _ ("saving is not allowed") : _ ("missing, making it is not allowed"));
  if (!look->exists)
    /* Translators: a folder that will be made; %s is a size, such as "214 GB" */
    return g_strdup_printf (_ ("new, %s free"), size);
  /* Translators: %s is a size, such as "214 GB" */
  return g_strdup_printf (_ ("%s free"), size);
}

static void
on_looked (GObject *source, GAsyncResult *result, gpointer data)
{
  BobbinFolderRow *self = BOBBIN_FOLDER_ROW (source);
  g_autofree Look *look = g_task_propagate_pointer (G_TASK (result), NULL);
  g_autofree char *words = NULL;

  if (look == NULL) /* cancelled */
    return;

  g_clear_object (&self->cancellable);
  words = get_words_for_look (look);
  gtk_label_set_label (GTK_LABEL (self->space_label), words);
  gtk_widget_set_visible (self->warning_icon, !look->is_folder || !look->is_writable);
}

static void
look_at_folder (BobbinFolderRow *self)
{
  g_autoptr (GTask) task = NULL;

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();

  task = g_task_new (self, self->cancellable, on_looked, NULL);
  g_task_set_source_tag (task, look_at_folder);
  g_task_set_task_data (task, g_strdup (self->folder), g_free);
  g_task_run_in_thread (task, look_in_thread);
}

static char *
get_shown_path (const char *path)
{
  g_autofree char *shown = g_filename_display_name (path);
  const char *home = g_get_home_dir ();
  gsize length = strlen (home);

  if (!g_str_has_prefix (shown, home) || (shown[length] != '/' && shown[length] != '\0'))
    return g_steal_pointer (&shown);
  return g_strconcat ("~", shown + length, NULL);
}

static void
drop_chooser (BobbinFolderRow *self)
{
  if (self->chooser != NULL)
    gtk_native_dialog_destroy (self->chooser);
  g_clear_object (&self->chooser);
}

static void
on_chosen (GtkNativeDialog *chooser, int response, BobbinFolderRow *self)
{
  g_autoptr (GFile) file = NULL;
  g_autofree char *path = NULL;

  if (response != GTK_RESPONSE_ACCEPT)
    return;

  file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser));
  path = file != NULL ? g_file_get_path (file) : NULL;
  if (path != NULL)
    bobbin_folder_row_set_folder (self, path);
}

static void
choose (BobbinFolderRow *self)
{
  GtkWindow *window = GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self)));
  g_autoptr (GFile) folder = g_file_new_for_path (self->folder);

  drop_chooser (self);
  self->chooser = GTK_NATIVE_DIALOG (gtk_file_chooser_native_new (_ ("Choose Folder"), window,
                                                                  GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER,
                                                                  _ ("_Choose"), NULL));
  gtk_native_dialog_set_modal (self->chooser, TRUE);
  gtk_file_chooser_set_current_folder (GTK_FILE_CHOOSER (self->chooser), folder, NULL);
  g_signal_connect_object (self->chooser, "response", G_CALLBACK (on_chosen), self, 0);
  gtk_native_dialog_show (self->chooser);
}

static void
bobbin_folder_row_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_FOLDER:
      g_value_set_string (value, BOBBIN_FOLDER_ROW (object)->folder);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
bobbin_folder_row_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_FOLDER:
      bobbin_folder_row_set_folder (BOBBIN_FOLDER_ROW (object), g_value_get_string (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
bobbin_folder_row_dispose (GObject *object)
{
  BobbinFolderRow *self = BOBBIN_FOLDER_ROW (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->folder, g_free);
  drop_chooser (self);

  G_OBJECT_CLASS (bobbin_folder_row_parent_class)->dispose (object);
}

static void
bobbin_folder_row_class_init (BobbinFolderRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = bobbin_folder_row_get_property;
  object_class->set_property = bobbin_folder_row_set_property;
  object_class->dispose = bobbin_folder_row_dispose;

  properties[PROP_FOLDER]
      = g_param_spec_string ("folder", NULL, NULL, NULL,
                             G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (widget_class, "/app/bobbin/Bobbin/bobbin-folder-row.ui");
  gtk_widget_class_bind_template_child (widget_class, BobbinFolderRow, warning_icon);
  gtk_widget_class_bind_template_child (widget_class, BobbinFolderRow, space_label);
  gtk_widget_class_bind_template_child (widget_class, BobbinFolderRow, button);
  gtk_widget_class_bind_template_callback (widget_class, choose);
}

static void
bobbin_folder_row_init (BobbinFolderRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * bobbin_folder_row_get_folder:
 * @self: a row
 *
 * Returns: (transfer none): absolute path of the folder
 */
const char *
bobbin_folder_row_get_folder (BobbinFolderRow *self)
{
  return self->folder;
}

/**
 * bobbin_folder_row_set_folder:
 * @self: a row
 * @folder: absolute path; need not exist
 *
 * Shows a folder, and looks how much room it has.
 */
void
bobbin_folder_row_set_folder (BobbinFolderRow *self, const char *folder)
{
  g_autofree char *shown = NULL;

  g_return_if_fail (folder != NULL);
  if (g_strcmp0 (self->folder, folder) == 0)
    return;

  g_free (self->folder);
  self->folder = g_strdup (folder);
  shown = get_shown_path (folder);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), shown);
  look_at_folder (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FOLDER]);
}

/**
 * bobbin_folder_make:
 * @folder: absolute path
 * @error: return location for a #GIOErrorEnum whose message is for the person
 *
 * Makes @folder and what it stands in, if missing, and sees that files can be
 * saved there. Any thread that may wait for a disk.
 *
 * Returns: whether files can be saved in @folder
 */
gboolean
bobbin_folder_make (const char *folder, GError **error)
{
  int error_number;

  if (g_mkdir_with_parents (folder, 0777) == 0 && access (folder, W_OK | X_OK) == 0)
    return TRUE;

  error_number = errno;
  g_set_error_literal (error, G_IO_ERROR, g_io_error_from_errno (error_number),
                       error_number == EACCES || error_number == EPERM || error_number == EROFS
                           ? _ ("Saving in this folder is not allowed")
                       : error_number == ENOSPC || error_number == EDQUOT ? _ ("The disk is full")
                       : error_number == EEXIST || error_number == ENOTDIR
                           ? _ ("This is not a folder")
                           : _ ("This folder cannot be made"));
  return FALSE;
}

/**
 * bobbin_folder_make_below:
 * @folder: absolute path of a folder that is there
 * @subfolder: as bobbin_link_get_subfolder() has it
 * @error: return location for a #GIOErrorEnum whose message is for the person
 *
 * Makes a folder in @folder, if missing, without being led out of it. Any
 * thread that may wait for a disk.
 *
 * Returns: whether it is there
 */
gboolean
bobbin_folder_make_below (const char *folder, const char *subfolder, GError **error)
{
  g_autoptr (GError) cause = NULL;
  g_autofree char *path = bobbin_subfolder_make (folder, subfolder, &cause);

  if (path != NULL)
    return TRUE;

  if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED)
      || g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_READ_ONLY))
    g_set_error_literal (error, G_IO_ERROR, cause->code, _ ("Saving in this folder is not allowed"));
  else if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_NO_SPACE))
    g_set_error_literal (error, G_IO_ERROR, cause->code, _ ("The disk is full"));
  else
    g_set_error (error, G_IO_ERROR, cause->code, _ ("The folder “%s” cannot be made"), subfolder);
  return FALSE;
}
