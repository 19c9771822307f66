/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-launch.h"

#include <gio/gio.h>

#define FILE_MANAGER_NAME "org.freedesktop.FileManager1"
#define FILE_MANAGER_PATH "/org/freedesktop/FileManager1"

#define QUERIED                                                                                              \
  G_FILE_ATTRIBUTE_STANDARD_TYPE "," G_FILE_ATTRIBUTE_STANDARD_CONTENT_TYPE                                  \
                                 "," G_FILE_ATTRIBUTE_ACCESS_CAN_EXECUTE

static GAppLaunchContext *
create_context (GtkWindow *parent)
{
  GdkDisplay *display = gtk_widget_get_display (GTK_WIDGET (parent));
  GAppLaunchContext *context = G_APP_LAUNCH_CONTEXT (gdk_display_get_app_launch_context (display));

  /* The engine's own choice of protocol is nobody else's business. */
  g_app_launch_context_unsetenv (context, "SOUP_FORCE_HTTP1");
  return context;
}

static void
launched_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (g_app_info_launch_default_for_uri_finish (result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
launch (GTask *task, GFile *file)
{
  g_autoptr (GAppLaunchContext) context = create_context (g_task_get_source_object (task));
  g_autofree char *uri = g_file_get_uri (file);

  g_app_info_launch_default_for_uri_async (uri, context, NULL, launched_cb, g_object_ref (task));
}

/* What was downloaded is shown by the program for its type, never run. */
static gboolean
is_program (GFileInfo *info)
{
  const char *const programs[] = {
    "application/x-desktop",           "application/x-executable", "application/x-java-archive",
    "application/x-ms-dos-executable", "application/x-msi",        "application/x-ms-shortcut",
  };
  const char *type = g_file_info_get_content_type (info);

  if (g_file_info_get_file_type (info) != G_FILE_TYPE_REGULAR || type == NULL)
    return TRUE;
  /* Where all files have the executable bit, as on a USB stick, a picture is still none. */
  if (g_file_info_get_attribute_boolean (info, G_FILE_ATTRIBUTE_ACCESS_CAN_EXECUTE)
      && g_content_type_can_be_executable (type))
    return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (programs); i++)
    {
      if (g_content_type_is_a (type, programs[i]))
        return TRUE;
    }
  return FALSE;
}

static void
queried_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  g_autoptr (GFileInfo) info = g_file_query_info_finish (G_FILE (object), result, &error);

  if (info == NULL)
    g_task_return_error (task, error);
  else if (is_program (info))
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED, "a program");
  else
    launch (task, G_FILE (object));
}

/**
 * bobbin_launch_file_async:
 * @parent: the window that asks
 * @path: a file
 * @callback: called on the main thread
 * @user_data: for @callback
 *
 * Opens a file with the program for its type. A file that is itself a program
 * is not opened: that ends in %G_IO_ERROR_PERMISSION_DENIED.
 */
void
bobbin_launch_file_async (GtkWindow *parent,
                          const char *path,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (parent, NULL, callback, user_data);
  g_autoptr (GFile) file = g_file_new_for_path (path);

  g_task_set_source_tag (task, bobbin_launch_file_async);
  g_file_query_info_async (file, QUERIED, G_FILE_QUERY_INFO_NONE, G_PRIORITY_DEFAULT, NULL, queried_cb,
                           g_steal_pointer (&task));
}

static void
shown_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GVariant) reply = g_dbus_connection_call_finish (G_DBUS_CONNECTION (object), result, NULL);
  GPtrArray *files = g_task_get_task_data (task);
  g_autoptr (GFile) folder = NULL;

  if (reply != NULL)
    {
      g_task_return_boolean (task, TRUE);
      return;
    }
  /* No file manager that can point at files: the folder alone has to do. */
  folder = g_file_get_parent (g_ptr_array_index (files, 0));
  launch (task, folder);
}

static GVariant *
pack_uris (GPtrArray *files)
{
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("(ass)"));
  g_variant_builder_open (&builder, G_VARIANT_TYPE ("as"));
  for (guint i = 0; i < files->len; i++)
    g_variant_builder_add_value (&builder,
                                 g_variant_new_take_string (g_file_get_uri (g_ptr_array_index (files, i))));
  g_variant_builder_close (&builder);
  g_variant_builder_add (&builder, "s", "");
  return g_variant_builder_end (&builder);
}

static void
connected_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GDBusConnection) bus = g_bus_get_finish (result, NULL);
  GPtrArray *files = g_task_get_task_data (task);

  if (bus == NULL)
    {
      g_autoptr (GFile) folder = g_file_get_parent (g_ptr_array_index (files, 0));

      launch (task, folder);
      return;
    }
  g_dbus_connection_call (bus, FILE_MANAGER_NAME, FILE_MANAGER_PATH, FILE_MANAGER_NAME, "ShowItems",
                          pack_uris (files), NULL, G_DBUS_CALL_FLAGS_NONE, -1, NULL, shown_cb,
                          g_object_ref (task));
}

/**
 * bobbin_launch_folder_async:
 * @parent: the window that asks
 * @paths: (element-type filename): files, at least one
 * @callback: called on the main thread
 * @user_data: for @callback
 *
 * Shows the files in the file manager or, where it cannot, opens the folder of
 * the first.
 */
void
bobbin_launch_folder_async (GtkWindow *parent,
                            GPtrArray *paths,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (parent, NULL, callback, user_data);
  GPtrArray *files = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < paths->len; i++)
    g_ptr_array_add (files, g_file_new_for_path (g_ptr_array_index (paths, i)));
  g_task_set_source_tag (task, bobbin_launch_folder_async);
  g_task_set_task_data (task, files, (GDestroyNotify) g_ptr_array_unref);
  g_bus_get (G_BUS_TYPE_SESSION, NULL, connected_cb, g_steal_pointer (&task));
}

/**
 * bobbin_launch_finish:
 * @result: what the callback got
 * @error: return location for an error
 *
 * Returns: whether a program took it
 */
gboolean
bobbin_launch_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
