/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-turns.h"

#include <glib-unix.h>
#include <time.h>

/*
 * A turn is the time from the moment that poll() returns to the moment that it
 * is entered again: for that long, nothing in the window moves. On a machine
 * that is busy with other things, the work in it tells more than its length.
 */
#define FRAME_USEC 16000

typedef struct
{
  gint64 longest;
  guint n_long;
} Figures;

static GPollFunc real_poll;
static gint64 turn_start; /* 0 before the first turn */
static gint64 work_start;
static guint n_turns;
static Figures lengths;
static Figures work;

static gint64
get_thread_time (void)
{
  struct timespec time;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &time);
  return (gint64) time.tv_sec * G_USEC_PER_SEC + time.tv_nsec / 1000;
}

static void
count (Figures *figures, gint64 time)
{
  figures->longest = MAX (figures->longest, time);
  figures->n_long += time > FRAME_USEC;
}

static int
watched_poll (GPollFD *fds, guint n_fds, int timeout)
{
  int result;

  if (turn_start != 0)
    {
      n_turns++;
      count (&lengths, g_get_monotonic_time () - turn_start);
      count (&work, get_thread_time () - work_start);
    }
  result = real_poll (fds, n_fds, timeout);
  turn_start = g_get_monotonic_time ();
  work_start = get_thread_time ();
  return result;
}

/**
 * bobbin_turns_report:
 *
 * Prints what was measured to the standard error, if it was. Main thread.
 */
void
bobbin_turns_report (void)
{
  if (real_poll == NULL)
    return;
  g_printerr ("main loop: %u turns, longest %.1f ms, %u above %d ms\n", n_turns,
              (double) lengths.longest / 1000.0, lengths.n_long, FRAME_USEC / 1000);
  g_printerr ("main loop: most work in a turn %.1f ms, %u above %d ms\n", (double) work.longest / 1000.0,
              work.n_long, FRAME_USEC / 1000);
}

/* What was measured so far is told, and counting begins anew. */
static gboolean
signal_cb (gpointer user_data)
{
  bobbin_turns_report ();
  n_turns = 0;
  lengths = work = (Figures){ 0 };
  turn_start = 0; /* this turn is not a part of either */
  return G_SOURCE_CONTINUE;
}

/**
 * bobbin_turns_watch:
 *
 * Measures the turns of the main loop from now on, if the environment asks for
 * it with BOBBIN_DEBUG=turns; the signal SIGUSR1 asks for a report in between.
 * Main thread, before the main loop runs.
 */
void
bobbin_turns_watch (void)
{
  const GDebugKey keys[] = { { "turns", 1 } };
  const char *wanted = g_getenv ("BOBBIN_DEBUG");

  if (wanted == NULL || g_parse_debug_string (wanted, keys, G_N_ELEMENTS (keys)) == 0)
    return;
  real_poll = g_main_context_get_poll_func (NULL);
  g_main_context_set_poll_func (NULL, watched_poll);
  g_unix_signal_add (SIGUSR1, signal_cb, NULL);
}
