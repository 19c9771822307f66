/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-application.h"

#include "bobbin-choices.h"
#include "bobbin-demo.h"
#include "bobbin-leave.h"
#include "bobbin-links.h"
#include "bobbin-notifier.h"
#include "bobbin-shortcuts.h"
#include "bobbin-window.h"

#include <glib/gi18n.h>
#include <glib-unix.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif

struct _BobbinApplication
{
  AdwApplication parent_instance;

  GSettings *settings;
  BobbinQueue *queue;
  BobbinKeeper *keeper;
  BobbinNotifier *notifier;
  guint demos_wanted; /* before the list was back */
  GPtrArray *demos;   /* of BobbinDemo */
  guint signal_ids[3];
};

static const int ending_signals[] = { SIGHUP, SIGINT, SIGTERM };

G_DEFINE_FINAL_TYPE (BobbinApplication, bobbin_application, ADW_TYPE_APPLICATION)

static BobbinWindow *
find_window (BobbinApplication *self)
{
  GList *windows = gtk_application_get_windows (GTK_APPLICATION (self));

  for (GList *link = windows; link != NULL; link = link->next)
    {
      if (BOBBIN_IS_WINDOW (link->data))
        return link->data;
    }
  return NULL;
}

static BobbinWindow *
ensure_window (BobbinApplication *self)
{
  BobbinWindow *window = find_window (self);

  if (window != NULL)
    return window;
  window
      = BOBBIN_WINDOW (bobbin_window_new (GTK_APPLICATION (self), self->queue, self->settings, self->keeper));
  bobbin_keeper_open_after_frame (self->keeper, GTK_WIDGET (window));
  return window;
}

static void
start_demo (BobbinApplication *self)
{
  g_autoptr (GError) error = NULL;
  BobbinDemo *demo;

  if (!bobbin_keeper_is_open (self->keeper))
    {
      self->demos_wanted++;
      return;
    }
  demo = bobbin_demo_start (self->queue, &error);
  if (demo != NULL)
    {
      g_ptr_array_add (self->demos, demo);
      return;
    }
  g_warning ("The demo does not start: %s", error->message);
  bobbin_window_tell (ensure_window (self), _ ("The demo could not be started"));
}

static void
opened_cb (BobbinApplication *self)
{
  for (; self->demos_wanted > 0; self->demos_wanted--)
    start_demo (self);
}

static void
demo_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  start_demo (user_data);
}

static void
about_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  BobbinApplication *self = user_data;

  adw_show_about_window (GTK_WINDOW (ensure_window (self)), "application-icon", BOBBIN_APPLICATION_ID,
                         "application-name", _ ("Bobbin"), "comments", _ ("Download many links at once"),
                         "developer-name", _ ("The Bobbin developers"), "license-type", GTK_LICENSE_GPL_3_0,
                         "version", BOBBIN_VERSION,
                         /* Translators: put your names here, one on each line */
                         "translator-credits", _ ("translator-credits"), NULL);
}

static void
shortcuts_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  GtkWindow *active = gtk_application_get_active_window (user_data);

  bobbin_shortcuts_show (active != NULL ? active : GTK_WINDOW (ensure_window (user_data)));
}

static void
quit (BobbinApplication *self)
{
  BobbinWindow *window = find_window (self);

  /* The window remembers its size as it goes. */
  if (window != NULL)
    gtk_window_destroy (GTK_WINDOW (window));
  g_application_quit (G_APPLICATION (self));
}

static void
quit_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  BobbinApplication *self = user_data;
  BobbinWindow *window = find_window (self);

  if (window == NULL || !bobbin_leave_ask (GTK_WINDOW (window), self->queue))
    quit (self);
}

static void
quit_now_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  quit (user_data);
}

/* The end of the session, or Ctrl+C in a terminal: there is nobody to ask. */
static gboolean
signal_cb (gpointer user_data)
{
  quit (user_data);
  return G_SOURCE_CONTINUE;
}

static void
add_accelerators (GtkApplication *application)
{
  static const struct
  {
    const char *action;
    const char *accelerators[3];
  } keys[] = {
    { "win.add", { "<Control>n" } },
    { "win.open-file", { "<Control>o" } },
    { "win.search", { "<Control>f" } },
    { "win.toggle-details", { "F9", "<Alt>Return" } },
    { "win.pause-or-resume-all", { "<Control><Shift>p" } },
    { "window.close", { "<Control>w" } },
    { "app.shortcuts", { "<Control>question", "<Control>F1" } },
    { "app.quit", { "<Control>q" } },
    { "win.preferences", { "<Control>comma" } },
    { "win.view::downloads", { "<Alt>1" } },
    { "win.view::timeline", { "<Alt>2" } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_application_set_accels_for_action (application, keys[i].action, keys[i].accelerators);
}

/* The run of ten thousand small files leaves 3 MB of freed memory in the heap and in those of the workers,
 * which glibc would keep. Takes about a millisecond. */
static void
run_finished_cb (void)
{
#ifdef __GLIBC__
  malloc_trim (0);
#endif
}

static void
bobbin_application_startup (GApplication *application)
{
  BobbinApplication *self = BOBBIN_APPLICATION (application);
  const GActionEntry actions[] = {
    { "about", about_cb },       { "demo", demo_cb },           { "quit", quit_cb },
    { "quit-now", quit_now_cb }, { "shortcuts", shortcuts_cb },
  };

  G_APPLICATION_CLASS (bobbin_application_parent_class)->startup (application);
  self->settings = g_settings_new (BOBBIN_APPLICATION_ID);
  self->queue = bobbin_queue_new ();
  g_signal_connect (self->queue, "run-finished", G_CALLBACK (run_finished_cb), NULL);
  bobbin_choices_bind (self->settings, self->queue);
  self->notifier = bobbin_notifier_new (GTK_APPLICATION (self), self->queue, self->settings);
  self->keeper = bobbin_keeper_new (self->queue);
  g_signal_connect_object (self->keeper, "opened", G_CALLBACK (opened_cb), self, G_CONNECT_SWAPPED);
  g_action_map_add_action_entries (G_ACTION_MAP (self), actions, G_N_ELEMENTS (actions), self);
  add_accelerators (GTK_APPLICATION (self));
  for (guint i = 0; i < G_N_ELEMENTS (self->signal_ids); i++)
    self->signal_ids[i] = g_unix_signal_add (ending_signals[i], signal_cb, self);
  gtk_window_set_default_icon_name (BOBBIN_APPLICATION_ID);
}

static void
bobbin_application_activate (GApplication *application)
{
  gtk_window_present (GTK_WINDOW (ensure_window (BOBBIN_APPLICATION (application))));
}

/* Files that the desktop hands over, which may be links as well. */
static void
bobbin_application_open (GApplication *application, GFile **files, int n_files, const char *hint)
{
  BobbinWindow *window = ensure_window (BOBBIN_APPLICATION (application));
  g_autoptr (GListStore) store = g_list_store_new (G_TYPE_FILE);

  gtk_window_present (GTK_WINDOW (window));
  g_list_store_splice (store, 0, 0, (gpointer *) files, (guint) n_files);
  bobbin_window_take_files (window, G_LIST_MODEL (store));
}

/* An argument without a scheme: a file if there is one, otherwise perhaps a link the way people write them.
 */
static void
take_path (BobbinWindow *window, GFile *file, const char *argument, GListStore *files, BobbinIncoming *links)
{
  g_autoptr (BobbinLinks) parsed = NULL;
  g_autofree char *name = NULL;
  g_autofree char *words = NULL;

  if (g_file_query_exists (file, NULL))
    {
      g_list_store_append (files, file);
      return;
    }

  parsed = bobbin_links_parse_text (argument, -1);
  if (bobbin_links_get_n_links (parsed) > 0)
    {
      bobbin_incoming_add_line (links, argument);
      return;
    }
  name = g_filename_display_name (argument);
  words = g_strdup_printf (_ ("“%s” does not exist"), name);
  bobbin_window_tell (window, words);
}

static void
take_arguments (BobbinApplication *self,
                BobbinWindow *window,
                GApplicationCommandLine *command_line,
                const char *const *arguments)
{
  g_autoptr (GListStore) files = g_list_store_new (G_TYPE_FILE);
  g_autoptr (BobbinIncoming) links = bobbin_incoming_new ();

  for (guint i = 0; arguments != NULL && arguments[i] != NULL; i++)
    {
      g_autoptr (GFile) file = NULL;
      g_autofree char *scheme = g_uri_parse_scheme (arguments[i]);

      if (scheme != NULL && !g_str_equal (scheme, "file"))
        {
          /* As it was written: a file object would quote it anew. */
          bobbin_incoming_add_line (links, arguments[i]);
          continue;
        }
      file = g_application_command_line_create_file_for_arg (command_line, arguments[i]);
      take_path (window, file, arguments[i], files, links);
    }
  if (!bobbin_incoming_is_empty (links))
    bobbin_window_take (window, links);
  if (g_list_model_get_n_items (G_LIST_MODEL (files)) > 0)
    bobbin_window_take_files (window, G_LIST_MODEL (files));
}

static int
bobbin_application_command_line (GApplication *application, GApplicationCommandLine *command_line)
{
  BobbinApplication *self = BOBBIN_APPLICATION (application);
  GVariantDict *options = g_application_command_line_get_options_dict (command_line);
  BobbinWindow *window = ensure_window (self);
  g_autofree const char **arguments = NULL;

  gtk_window_present (GTK_WINDOW (window));
  if (g_variant_dict_contains (options, "demo"))
    start_demo (self);
  g_variant_dict_lookup (options, G_OPTION_REMAINING, "^a&ay", &arguments);
  take_arguments (self, window, command_line, arguments);
  return EXIT_SUCCESS;
}

static int
bobbin_application_handle_local_options (GApplication *application, GVariantDict *options)
{
  if (!g_variant_dict_contains (options, "version"))
    return -1;
  g_print ("Bobbin %s\n", BOBBIN_VERSION);
  return EXIT_SUCCESS;
}

/* The order matters: no worker may write into a folder that is being removed, and the last that the queue
 * has to say is for the store. */
static void
bobbin_application_shutdown (GApplication *application)
{
  BobbinApplication *self = BOBBIN_APPLICATION (application);

  for (guint i = 0; i < G_N_ELEMENTS (self->signal_ids); i++)
    g_clear_handle_id (&self->signal_ids[i], g_source_remove);
  g_clear_pointer (&self->notifier, bobbin_notifier_free);
  if (self->queue != NULL)
    bobbin_queue_stop (self->queue);
  if (self->keeper != NULL)
    bobbin_keeper_close (self->keeper);
  g_ptr_array_set_size (self->demos, 0);
  g_clear_object (&self->keeper);
  g_clear_object (&self->queue);
  g_clear_object (&self->settings);
  G_APPLICATION_CLASS (bobbin_application_parent_class)->shutdown (application);
}

static void
bobbin_application_finalize (GObject *object)
{
  g_ptr_array_unref (BOBBIN_APPLICATION (object)->demos);
  G_OBJECT_CLASS (bobbin_application_parent_class)->finalize (object);
}

static void
bobbin_application_class_init (BobbinApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = bobbin_application_finalize;
  application_class->startup = bobbin_application_startup;
  application_class->activate = bobbin_application_activate;
  application_class->open = bobbin_application_open;
  application_class->command_line = bobbin_application_command_line;
  application_class->handle_local_options = bobbin_application_handle_local_options;
  application_class->shutdown = bobbin_application_shutdown;
}

static void
bobbin_application_init (BobbinApplication *self)
{
  const GOptionEntry options[] = {
    { "demo", 0, 0, G_OPTION_ARG_NONE, NULL, N_ ("Download 20 pictures from a server inside Bobbin"), NULL },
    { "version", 0, 0, G_OPTION_ARG_NONE, NULL, N_ ("Print the version and exit"), NULL },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, NULL, NULL, N_ ("[FILE|LINK…]") },
    { NULL },
  };

  self->demos = g_ptr_array_new_with_free_func ((GDestroyNotify) bobbin_demo_free);
  g_application_add_main_option_entries (G_APPLICATION (self), options);
  g_application_set_option_context_parameter_string (G_APPLICATION (self), NULL);
  g_application_set_option_context_summary (G_APPLICATION (self), _ ("Download many links at once"));
}

/**
 * bobbin_application_new:
 *
 * Returns: (transfer full): the application, to be run on the main thread
 */
BobbinApplication *
bobbin_application_new (void)
{
  return g_object_new (BOBBIN_TYPE_APPLICATION, "application-id", BOBBIN_APPLICATION_ID, "flags",
                       G_APPLICATION_HANDLES_COMMAND_LINE | G_APPLICATION_HANDLES_OPEN, "resource-base-path",
                       "/app/bobbin/Bobbin", NULL);
}
