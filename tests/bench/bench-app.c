/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bench-app.h"

#include "bench-child.h"

/* For anything that a window does, in seconds. */
#define PATIENCE 30.0

#define MOST_WORDS 16

/* Makes a home in @folder, where Bobbin's window is set up to download as the
 * program on the terminal is told to. */
void
bench_app_make_home (const char *folder, const char *downloads, guint at_once, guint parts)
{
  g_autofree char *settings = g_build_filename (folder, "home/.config/glib-2.0/settings", NULL);
  g_autofree char *path = g_build_filename (settings, "keyfile", NULL);
  g_autofree char *text
      = g_strdup_printf ("[app/bobbin/Bobbin]\nfolder='%s'\nat-once=%u\nparts=%u\nper-host=0\n", downloads,
                         at_once, parts);

  g_assert_cmpint (g_mkdir_with_parents (settings, 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

/* Starts @command, whose home is in @folder, with its turns watched, and waits
 * until it shows something.
 * Returns: whether it does */
gboolean
bench_app_start (BenchApp *self, BenchScreen *screen, const char *folder, const char *const *command)
{
  g_autofree char *turns = g_strdup_printf ("BENCH_TURNS=%s/turns", folder);
  const char *words[MOST_WORDS] = { "env", "LD_PRELOAD=" BENCH_TURNS, turns };

  for (guint i = 0; command[i] != NULL && i + 4 < MOST_WORDS; i++)
    words[i + 3] = command[i];
  self->screen = screen;
  self->turns = g_build_filename (folder, "turns", NULL);
  self->start = g_get_monotonic_time ();
  self->process = bench_child_start (words, folder);
  return bench_screen_wait_for_frame (screen, PATIENCE, &self->shown);
}

/* Returns: when the program had nothing more to do; 0 if it has still */
gint64
bench_app_wait_quiet (BenchApp *self)
{
  return bench_process_wait_quiet (self->process, PATIENCE);
}

BenchTurn
bench_app_get_longest_turn (BenchApp *self, gint64 from)
{
  return bench_process_read_turns (self->turns, from, g_get_monotonic_time ());
}

/* Quits as a person does, and waits for the end. */
gboolean
bench_app_quit (BenchApp *self, BenchSample *sample, GError **error)
{
  bench_screen_press (self->screen, "ctrl+q");
  g_clear_pointer (&self->turns, g_free);
  return bench_child_wait (self->process, PATIENCE, sample, error);
}

/* For programs that would ask before they quit. */
void
bench_app_kill (BenchApp *self)
{
  bench_child_end (self->process);
  g_clear_pointer (&self->turns, g_free);
}
