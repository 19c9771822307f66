/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bench-screen.h"

#include "bench-child.h"
#include "bench-files.h"

#include <X11/Xlib.h>
#include <X11/Xutil.h>
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <poll.h>
#include <string.h>

/* Smaller windows are no main windows. */
#define LEAST_WIDTH 300
#define LEAST_HEIGHT 200

/* How long servers may take to start, in steps of 10 ms. */
#define STEPS 1000

struct _BenchScreen
{
  char *folder;
  pid_t server;
  pid_t bus;
  pid_t manager; /* 0 without one */
  Display *display;
};

static pid_t
start_in (BenchScreen *self, const char *name, const char *const *command)
{
  g_autofree char *folder = bench_files_make_folder (self->folder, name);

  return bench_child_start (command, folder);
}

/* What all programs on the screen see. */
static void
set_surroundings (BenchScreen *self)
{
  g_autofree char *run = bench_files_make_folder (self->folder, "run");
  g_autofree char *address = g_strdup_printf ("unix:path=%s/bus", run);

  g_chmod (run, 0700);
  g_setenv ("XDG_RUNTIME_DIR", run, TRUE);
  g_setenv ("DBUS_SESSION_BUS_ADDRESS", address, TRUE);
  g_setenv ("GDK_BACKEND", "x11", TRUE);
  g_setenv ("GSK_RENDERER", "cairo", TRUE);
  g_setenv ("GSETTINGS_BACKEND", "keyfile", TRUE);
  g_setenv ("GSETTINGS_SCHEMA_DIR", BENCH_SCHEMAS, TRUE);
  g_setenv ("NO_AT_BRIDGE", "1", TRUE);
  g_setenv ("GTK_A11Y", "none", TRUE);
  g_unsetenv ("WAYLAND_DISPLAY");
}

static gboolean
wait_for_display (const char *path)
{
  for (guint i = 0; i < STEPS; i++)
    {
      g_autofree char *number = NULL;

      if (g_file_get_contents (path, &number, NULL, NULL) && strchr (number, '\n') != NULL)
        {
          g_autofree char *display = g_strdup_printf (":%s", g_strchomp (number));

          g_setenv ("DISPLAY", display, TRUE);
          return TRUE;
        }
      g_usleep (10000);
    }
  return FALSE;
}

static gboolean
start_server (BenchScreen *self)
{
  g_autofree char *path = g_build_filename (self->folder, "number", NULL);
  const char *const command[]
      = { "sh", "-c", "exec Xvfb -displayfd 3 -screen 0 1400x900x24 -nolisten tcp -noreset 3>\"$0\"", path,
          NULL };

  self->server = start_in (self, "server", command);
  if (!wait_for_display (path))
    return FALSE;
  self->display = XOpenDisplay (NULL);
  if (self->display != NULL)
    XSelectInput (self->display, DefaultRootWindow (self->display), SubstructureNotifyMask);
  return self->display != NULL;
}

static gboolean
start_bus (BenchScreen *self)
{
  const char *address = g_getenv ("DBUS_SESSION_BUS_ADDRESS");
  g_autofree char *option = g_strconcat ("--address=", address, NULL);

  self->bus
      = start_in (self, "daemon",
                  (const char *[]){ "dbus-daemon", "--session", "--nofork", "--nopidfile", option, NULL });
  for (guint i = 0; i < STEPS; i++)
    {
      if (g_access (address + strlen ("unix:path="), F_OK) == 0)
        return TRUE;
      g_usleep (10000);
    }
  return FALSE;
}

/* Windows come and go while we look at them. */
static int
ignore_error (Display *display, XErrorEvent *event)
{
  return 0;
}

/* With a manager, windows get the keys; without one, the first frame is nobody
 * else's. */
BenchScreen *
bench_screen_new (const char *parent, gboolean with_manager, GError **error)
{
  BenchScreen *self = g_new0 (BenchScreen, 1);

  self->folder = bench_files_make_folder (parent, "screen");
  XSetErrorHandler (ignore_error);
  set_surroundings (self);
  if (!start_server (self) || !start_bus (self))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "there is no screen (Xvfb, dbus-daemon)");
      bench_screen_free (self);
      return NULL;
    }
  if (with_manager)
    self->manager = start_in (self, "manager", (const char *[]){ "openbox", NULL });
  return self;
}

static void
end (pid_t child)
{
  if (child != 0)
    bench_child_end (child);
}

void
bench_screen_free (BenchScreen *self)
{
  if (self->display != NULL)
    XCloseDisplay (self->display);
  end (self->manager);
  end (self->bus);
  end (self->server);
  g_unsetenv ("DISPLAY");
  g_unsetenv ("DBUS_SESSION_BUS_ADDRESS");
  bench_files_remove (self->folder);
  g_free (self->folder);
  g_free (self);
}

/* Returns: the main window that was mapped last, or None */
static Window
find_window (BenchScreen *self, Window window)
{
  while (XPending (self->display) > 0)
    {
      XWindowAttributes attributes;
      XEvent event;

      XNextEvent (self->display, &event);
      if (event.type == MapNotify && XGetWindowAttributes (self->display, event.xmap.window, &attributes) != 0
          && attributes.width >= LEAST_WIDTH && attributes.height >= LEAST_HEIGHT
          && attributes.class == InputOutput)
        window = event.xmap.window;
    }
  return window;
}

static gboolean
is_plain (XImage *line)
{
  for (int x = 1; x < line->width; x++)
    if (XGetPixel (line, x, 0) != XGetPixel (line, 0, 0))
      return FALSE;
  return TRUE;
}

/* There is a frame when the upper part of the window, where header bar or menu
 * are, is of more than one colour. */
static gboolean
has_frame (BenchScreen *self, Window window)
{
  XWindowAttributes attributes;

  if (XGetWindowAttributes (self->display, window, &attributes) == 0 || attributes.map_state != IsViewable)
    return FALSE;
  for (int y = 8; y < 80; y += 8)
    {
      XImage *line = XGetImage (self->display, window, 0, y, (guint) attributes.width, 1, AllPlanes, ZPixmap);
      gboolean plain = line == NULL || is_plain (line);

      if (line != NULL)
        XDestroyImage (line);
      if (!plain)
        return TRUE;
    }
  return FALSE;
}

/* Waits until a new main window shows something.
 * @when: (out): on the monotonic clock
 * Returns: whether one did within @patience seconds */
gboolean
bench_screen_wait_for_frame (BenchScreen *self, double patience, gint64 *when)
{
  gint64 end = g_get_monotonic_time () + (gint64) (patience * G_USEC_PER_SEC);
  Window window = None;

  while ((*when = g_get_monotonic_time ()) < end)
    {
      window = find_window (self, window);
      if (window != None && has_frame (self, window))
        return TRUE;
      g_usleep (2000);
    }
  return FALSE;
}

/* Presses @keys, in the words of xdotool. */
void
bench_screen_press (BenchScreen *self, const char *keys)
{
  BenchSample sample;
  const char *const command[] = { "xdotool", "key", "--clearmodifiers", keys, NULL };

  bench_child_run (command, self->folder, 10, &sample, NULL);
}

/* Copies the text in the file @path.
 * Returns: the program that holds it, to be ended when nobody wants it any more */
pid_t
bench_screen_copy (BenchScreen *self, const char *path)
{
  const char *const command[] = { "xclip", "-quiet", "-selection", "clipboard", "-i", path, NULL };
  pid_t holder = bench_child_start (command, self->folder);

  g_usleep (G_USEC_PER_SEC / 2);
  return holder;
}
