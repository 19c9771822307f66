/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <fcntl.h>
#include <glib.h>
#include <time.h>
#include <unistd.h>

/*
 * Loaded into a program with a window before all else, this writes down the
 * longer turns of its main loop into the file that BENCH_TURNS names: when each
 * began, how long it took, and how much of the processor's time it took, in µs.
 * For so long nothing in the window moves, whoever wrote the program.
 */

/* Shorter ones interest nobody. */
#define LEAST 4000

static GPollFunc real_poll;
static int output;
static gint64 turn_start; /* 0 before the first turn */
static gint64 work_start;

static gint64
get_thread_time (void)
{
  struct timespec time;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &time);
  return (gint64) time.tv_sec * G_USEC_PER_SEC + time.tv_nsec / 1000;
}

static void
write_turn (gint64 length)
{
  char line[128];
  int size
      = g_snprintf (line, sizeof line, "%" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %" G_GINT64_FORMAT "\n",
                    turn_start, length, get_thread_time () - work_start);

  if (write (output, line, (gsize) size) != size)
    return; /* then it is not told */
}

static int
watched_poll (GPollFD *fds, guint n_fds, int timeout)
{
  gint64 length = g_get_monotonic_time () - turn_start;
  int result;

  if (turn_start != 0 && length >= LEAST)
    write_turn (length);
  result = real_poll (fds, n_fds, timeout);
  turn_start = g_get_monotonic_time ();
  work_start = get_thread_time ();
  return result;
}

static void __attribute__ ((constructor)) watch (void)
{
  const char *path = g_getenv ("BENCH_TURNS");

  if (path == NULL)
    return;
  output = open (path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
  g_unsetenv ("LD_PRELOAD");
  real_poll = g_main_context_get_poll_func (NULL);
  g_main_context_set_poll_func (NULL, watched_poll);
}
