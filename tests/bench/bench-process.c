/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bench-process.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

/* A program is quiet when it has not been busy for so long, µs. */
#define QUIET 400000

/* It is busy if it works for more than a fifth of such a time, µs. */
#define LOOK 50000

/* Returns: the processor's time that @process has used so far, in seconds */
double
bench_process_get_work (pid_t process)
{
  struct timespec time;
  clockid_t clock;

  if (clock_getcpuclockid (process, &clock) != 0 || clock_gettime (clock, &time) != 0)
    return 0;
  return (double) time.tv_sec + (double) time.tv_nsec / 1e9;
}

/* Returns: what is resident of @process, bytes */
double
bench_process_get_memory (pid_t process)
{
  g_autofree char *path = g_strdup_printf ("/proc/%d/status", process);
  g_autofree char *text = NULL;
  const char *field;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    return 0;
  field = strstr (text, "VmRSS:");
  return field == NULL ? 0 : g_ascii_strtod (field + strlen ("VmRSS:"), NULL) * 1024;
}

/* Waits until @process has nothing to do any more, but at most @patience seconds.
 * Returns: when it was busy last, on the monotonic clock; 0 if it still is */
gint64
bench_process_wait_quiet (pid_t process, double patience)
{
  gint64 last = g_get_monotonic_time ();
  gint64 end = last + (gint64) (patience * G_USEC_PER_SEC);
  double work = bench_process_get_work (process);

  while (g_get_monotonic_time () < MIN (end, last + QUIET))
    {
      double before = work;

      g_usleep (LOOK);
      work = bench_process_get_work (process);
      if ((work - before) * G_USEC_PER_SEC > LOOK / 5)
        last = g_get_monotonic_time ();
    }
  return g_get_monotonic_time () < last + QUIET ? 0 : last;
}

/* Returns: the longest of the turns that bench-turns.c has written into @path
 *   and that began between @from and @to */
BenchTurn
bench_process_read_turns (const char *path, gint64 from, gint64 to)
{
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  BenchTurn longest = { 0, 0 };

  if (!g_file_get_contents (path, &text, NULL, NULL))
    return longest;
  lines = g_strsplit (text, "\n", -1);
  for (char **line = lines; *line != NULL; line++)
    {
      gint64 start, length, work;

      if (sscanf (*line, "%" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %" G_GINT64_FORMAT, &start, &length,
                  &work)
              != 3
          || start < from || start > to)
        continue;
      longest.length = MAX (longest.length, (double) length / G_USEC_PER_SEC);
      longest.work = MAX (longest.work, (double) work / G_USEC_PER_SEC);
    }
  return longest;
}
