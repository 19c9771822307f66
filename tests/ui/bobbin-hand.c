/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-hand.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>

/* How long a hand rests, in microseconds, so that the other side can follow. */
#define REST 50000

/**
 * bobbin_hand_has_tools:
 * @tool: a program that the test needs
 * @...: more of them, then %NULL
 *
 * Skips the test, with the reason, if one of them is missing.
 *
 * Returns: whether all of them are there
 */
gboolean
bobbin_hand_has_tools (const char *tool, ...)
{
  gboolean has_all = TRUE;
  va_list tools;

  va_start (tools, tool);
  for (; tool != NULL && has_all; tool = va_arg (tools, const char *))
    {
      g_autofree char *path = g_find_program_in_path (tool);
      g_autofree char *reason = g_strdup_printf ("%s is not installed", tool);

      if (path == NULL)
        g_test_skip (reason);
      has_all = path != NULL;
    }
  va_end (tools);
  return has_all;
}

static gboolean
try_tool (const char *const *arguments, const char *input)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) tool
      = g_subprocess_newv (arguments,
                           input != NULL ? G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_SILENCE
                                         : G_SUBPROCESS_FLAGS_NONE,
                           &error);

  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (tool, input, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  return g_subprocess_get_successful (tool);
}

/* Nothing takes a tool longer than a few seconds but a window that does not come.
 * xdotool stumbles when a window goes while it looks through all of them. */
static void
run_tool (const char *const *arguments, const char *input)
{
  gboolean searches = g_strv_contains (arguments, "search");
  guint n_left = searches ? 20 : 1;

  while (!try_tool (arguments, input))
    {
      g_assert_cmpuint (--n_left, >, 0);
      g_usleep (REST);
    }
}

/**
 * bobbin_hand_press:
 * @keys: as xdotool writes them: "ctrl+v", "Return"
 *
 * Presses and lets go of keys.
 */
void
bobbin_hand_press (const char *keys)
{
  const char *arguments[] = { "xdotool", "key", keys, NULL };

  run_tool (arguments, NULL);
  /* These may close a dialog, and GTK 4.8 does not survive being asked for one that it is taking down. */
  if (strstr (keys, "Return") != NULL || strstr (keys, "Escape") != NULL)
    g_usleep (8 * REST);
}

/**
 * bobbin_hand_type:
 * @text: what to type
 *
 * Types text, key by key.
 */
void
bobbin_hand_type (const char *text)
{
  const char *arguments[] = { "xdotool", "type", "--delay", "15", "--", text, NULL };

  run_tool (arguments, NULL);
}

/**
 * bobbin_hand_get_window:
 * @x: (out): its left edge on the screen, in pixels
 * @y: (out): its upper edge
 *
 * Tells where the window is that has the focus.
 */
void
bobbin_hand_get_window (int *x, int *y)
{
  const char *arguments[] = { "xdotool", "getactivewindow", "getwindowgeometry", "--shell", NULL };
  g_autoptr (GSubprocess) tool = g_subprocess_newv (arguments, G_SUBPROCESS_FLAGS_STDOUT_PIPE, NULL);
  g_autofree char *output = NULL;

  g_assert_nonnull (tool);
  g_assert_true (g_subprocess_communicate_utf8 (tool, NULL, NULL, &output, NULL, NULL));
  g_assert_nonnull (strstr (output, "\nX="));
  *x = atoi (strstr (output, "\nX=") + 3);
  *y = atoi (strstr (output, "\nY=") + 3);
}

static void
move_pointer (int x, int y)
{
  g_autofree char *left = g_strdup_printf ("%d", x);
  g_autofree char *top = g_strdup_printf ("%d", y);
  const char *arguments[] = { "xdotool", "mousemove", left, top, NULL };

  run_tool (arguments, NULL);
}

/**
 * bobbin_hand_click:
 * @x: where on the screen, in pixels
 * @y: the same
 *
 * Moves the pointer there, and clicks.
 */
void
bobbin_hand_click (int x, int y)
{
  const char *click[] = { "xdotool", "click", "1", NULL };

  move_pointer (x, y);
  g_usleep (2 * REST);
  run_tool (click, NULL);
}

/**
 * bobbin_hand_place_window:
 * @title: the title of a window, of any program
 * @x: where to put it on the screen, in pixels
 * @y: the same
 *
 * Waits for a window, and moves it.
 */
void
bobbin_hand_place_window (const char *title, int x, int y)
{
  g_autofree char *pattern = g_strdup_printf ("^%s$", title);
  g_autofree char *left = g_strdup_printf ("%d", x);
  g_autofree char *top = g_strdup_printf ("%d", y);
  const char *arguments[]
      = { "timeout",    "30",     "xdotool", "search", "--sync", "--onlyvisible", "--name", pattern,
          "windowmove", "--sync", left,      top,      NULL };

  run_tool (arguments, NULL);
}

/**
 * bobbin_hand_take_window:
 * @title: the title of a window, of any program
 *
 * Waits for a window, and until the keys go to it: those pressed before would
 * be lost.
 */
void
bobbin_hand_take_window (const char *title)
{
  g_autofree char *pattern = g_strdup_printf ("^%s$", title);
  const char *arguments[] = { "timeout", "30",    "xdotool",        "search", "--sync", "--onlyvisible",
                              "--name",  pattern, "windowactivate", "--sync", NULL };

  run_tool (arguments, NULL);
}

static void
die_with_test (gpointer data)
{
  prctl (PR_SET_PDEATHSIG, SIGKILL);
}

/**
 * bobbin_hand_open_folder:
 * @folder: path of a folder
 *
 * Opens a real file manager in the upper left corner of the screen.
 *
 * Returns: (transfer full): its process, to be ended with bobbin_hand_close()
 */
GSubprocess *
bobbin_hand_open_folder (const char *folder)
{
  g_autofree char *title = g_path_get_basename (folder);
  g_autofree char *pattern = g_strdup_printf ("^%s$", title);
  const char *size[]
      = { "timeout",    "30",     "xdotool", "search", "--sync", "--onlyvisible", "--name", pattern,
          "windowsize", "--sync", "400",     "400",    NULL };
  g_autoptr (GSubprocessLauncher) launcher
      = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE | G_SUBPROCESS_FLAGS_STDERR_SILENCE);
  g_autoptr (GError) error = NULL;
  GSubprocess *manager;

  g_subprocess_launcher_set_child_setup (launcher, die_with_test, NULL, NULL);
  manager = g_subprocess_launcher_spawn (launcher, &error, "pcmanfm", "--no-desktop", folder, NULL);
  g_assert_no_error (error);
  bobbin_hand_place_window (title, 0, 0);
  run_tool (size, NULL);
  g_usleep (20 * REST); /* it tells nobody when it has drawn its icons */
  return manager;
}

/**
 * bobbin_hand_show_source:
 * @type: the media type of something
 * @...: what it is in this type, further types in the same way, then %NULL
 *
 * Opens another program in the upper left corner of the screen, which has
 * something to be dragged in its middle.
 *
 * Returns: (transfer full): its process, to be ended with bobbin_hand_close()
 */
GSubprocess *
bobbin_hand_show_source (const char *type, ...)
{
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDERR_SILENCE);
  g_autoptr (GPtrArray) arguments = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;
  GSubprocess *source;
  va_list more;

  g_ptr_array_add (arguments, (gpointer) g_getenv ("BOBBIN_DRAG_SOURCE"));
  g_assert_nonnull (arguments->pdata[0]);
  va_start (more, type);
  for (const char *argument = type; argument != NULL; argument = va_arg (more, const char *))
    g_ptr_array_add (arguments, (gpointer) argument);
  va_end (more);
  g_ptr_array_add (arguments, NULL);

  g_subprocess_launcher_set_child_setup (launcher, die_with_test, NULL, NULL);
  source = g_subprocess_launcher_spawnv (launcher, (const char *const *) arguments->pdata, &error);
  g_assert_no_error (error);
  bobbin_hand_place_window ("Source", 0, 0);
  g_usleep (20 * REST);
  return source;
}

/**
 * bobbin_hand_close:
 * @program: (transfer full): a process
 *
 * Ends a program.
 */
void
bobbin_hand_close (GSubprocess *program)
{
  g_subprocess_force_exit (program);
  g_subprocess_wait (program, NULL, NULL);
  g_object_unref (program);
}

/**
 * bobbin_hand_drag:
 * @from_x: where on the screen to take hold of something, in pixels
 * @from_y: the same
 * @to_x: where to carry it
 * @to_y: the same
 *
 * Presses the button of the pointer, and moves it, in steps.
 */
void
bobbin_hand_drag (int from_x, int from_y, int to_x, int to_y)
{
  const char *press[] = { "xdotool", "mousedown", "1", NULL };

  move_pointer (from_x, from_y);
  g_usleep (4 * REST);
  run_tool (press, NULL);
  g_usleep (4 * REST);
  for (int step = 1; step <= 40; step++)
    {
      move_pointer (from_x + (to_x - from_x) * step / 40, from_y + (to_y - from_y) * step / 40);
      g_usleep (REST / 2);
    }
}

/**
 * bobbin_hand_drop:
 *
 * Lets go of the button of the pointer.
 */
void
bobbin_hand_drop (void)
{
  const char *release[] = { "xdotool", "mouseup", "1", NULL };

  run_tool (release, NULL);
}

/**
 * bobbin_hand_copy:
 * @text: what to put on the clipboard
 * @target: (nullable): as what type, or %NULL for text
 *
 * Copies something in another program.
 */
void
bobbin_hand_copy (const char *text, const char *target)
{
  const char *arguments[] = { "xclip", "-selection", "clipboard", "-t", target, NULL };

  if (target == NULL)
    arguments[3] = NULL;
  run_tool (arguments, text);
}

static void
shoot (const char *window, const char *name)
{
  const char *folder = g_getenv ("BOBBIN_UI_SHOTS");
  g_autofree char *tool = g_find_program_in_path ("import");
  g_autofree char *path = NULL;
  const char *arguments[] = { "import", "-window", window, NULL, NULL };

  if (folder == NULL || tool == NULL)
    return;

  g_mkdir_with_parents (folder, 0777);
  path = g_strdup_printf ("%s/%s.png", folder, name);
  arguments[3] = path;
  run_tool (arguments, NULL);
}

/**
 * bobbin_hand_shoot:
 * @name: a name for the picture
 *
 * Keeps a picture of the screen, if the environment names a folder for it in
 * BOBBIN_UI_SHOTS.
 */
void
bobbin_hand_shoot (const char *name)
{
  shoot ("root", name);
}

/**
 * bobbin_hand_shoot_active:
 * @name: a name for the picture
 *
 * As bobbin_hand_shoot(), of the window that has the focus alone.
 */
void
bobbin_hand_shoot_active (const char *name)
{
  const char *arguments[] = { "xdotool", "getactivewindow", NULL };
  g_autoptr (GSubprocess) tool = g_subprocess_newv (arguments, G_SUBPROCESS_FLAGS_STDOUT_PIPE, NULL);
  g_autofree char *window = NULL;

  g_assert_nonnull (tool);
  g_assert_true (g_subprocess_communicate_utf8 (tool, NULL, NULL, &window, NULL, NULL));
  shoot (g_strstrip (window), name);
}
