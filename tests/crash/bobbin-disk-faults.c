/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-disk-faults.h"

#include <signal.h>
#include <stdatomic.h>
#include <unistd.h>

static BobbinDiskFault the_fault;
static atomic_uint n_calls[BOBBIN_DISK_N_CALLS + 1];
static atomic_uint n_failed;

/* Returns: the how-many-th call of its kind it is */
static guint
count (BobbinDiskCall call)
{
  guint n = atomic_fetch_add (&n_calls[call], 1) + 1;
  guint n_all = atomic_fetch_add (&n_calls[BOBBIN_DISK_N_CALLS], 1) + 1;

  return the_fault.call == BOBBIN_DISK_N_CALLS ? n_all : n;
}

static int
begin (BobbinDiskEvent *event)
{
  guint n = count (event->call);

  if (the_fault.nth == 0 || (the_fault.call != event->call && the_fault.call != BOBBIN_DISK_N_CALLS)
      || n < the_fault.nth || n - the_fault.nth >= the_fault.times)
    return 0;
  if (the_fault.number == 0)
    {
      kill (getpid (), SIGKILL);
      pause ();
    }
  atomic_fetch_add (&n_failed, 1);
  if (event->call != BOBBIN_DISK_WRITE || !the_fault.half || n > the_fault.nth || event->size < 2)
    return the_fault.number;
  event->size /= 2;
  return 0;
}

static void
end (BobbinDiskEvent *event, gboolean done)
{
}

/* Lets calls that are about what is in @folder, a canonical path, fail from now
 * on. While nobody is at work there. */
void
bobbin_disk_break (const char *folder, const BobbinDiskFault *fault)
{
  static const BobbinDiskHooks hooks = { begin, end };

  the_fault = *fault;
  for (gsize i = 0; i < G_N_ELEMENTS (n_calls); i++)
    atomic_store (&n_calls[i], 0);
  atomic_store (&n_failed, 0);
  bobbin_disk_watch (folder, &hooks);
}

/* All is well again. Returns: how many calls there were */
guint
bobbin_disk_mend (BobbinDiskCall call)
{
  bobbin_disk_watch (NULL, NULL);
  return atomic_load (&n_calls[call]);
}

/* Returns: how many calls have failed since bobbin_disk_break() */
guint
bobbin_disk_get_n_failed (void)
{
  return atomic_load (&n_failed);
}
