/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bench-watch.h"

#include <poll.h>
#include <sys/inotify.h>
#include <unistd.h>

/* Nothing comes any more when nothing has come for so long, µs. */
#define QUIET 300000

struct _BenchWatch
{
  int fd;
  GHashTable *names; /* of files that have their final names */
};

/* Looks at @folder from now on. */
BenchWatch *
bench_watch_new (const char *folder)
{
  BenchWatch *self = g_new0 (BenchWatch, 1);

  self->fd = inotify_init1 (IN_CLOEXEC | IN_NONBLOCK);
  inotify_add_watch (self->fd, folder, IN_CREATE | IN_MOVED_TO | IN_CLOSE_WRITE);
  self->names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return self;
}

void
bench_watch_free (BenchWatch *self)
{
  close (self->fd);
  g_hash_table_unref (self->names);
  g_free (self);
}

static gboolean
read_events (BenchWatch *self)
{
  char buffer[65536] __attribute__ ((aligned (__alignof__(struct inotify_event))));
  gssize size = read (self->fd, buffer, sizeof buffer);

  for (gssize i = 0; i < size;)
    {
      const struct inotify_event *event = (const void *) (buffer + i);

      if (event->len > 0 && g_str_has_suffix (event->name, ".bin"))
        g_hash_table_add (self->names, g_strdup (event->name));
      i += (gssize) (sizeof *event + event->len);
    }
  return size > 0;
}

/* Waits until @n_files have their final names and nothing more happens to them;
 * a file that is made under its final name is not yet whole then.
 * @first: (out): when the first thing happened, on the monotonic clock
 * @last: (out): when the last one did
 * Returns: whether it came to that within @patience seconds */
gboolean
bench_watch_wait (BenchWatch *self, guint n_files, double patience, gint64 *first, gint64 *last)
{
  gint64 end = g_get_monotonic_time () + (gint64) (patience * G_USEC_PER_SEC);
  struct pollfd watched = { self->fd, POLLIN, 0 };

  *first = *last = 0;
  while (g_get_monotonic_time () < end)
    {
      if (poll (&watched, 1, QUIET / 1000) == 0 && g_hash_table_size (self->names) >= n_files)
        return TRUE;
      if (!read_events (self))
        continue;
      *last = g_get_monotonic_time ();
      if (*first == 0)
        *first = *last;
      /* Seldom enough not to be in the way of those who are measured. */
      g_usleep (1000);
    }
  return FALSE;
}
