/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-crash-deeds.h"
#include "bobbin-crash-file.h"
#include "bobbin-disk-power.h"
#include "bobbin-subfolder.h"

#include <stdlib.h>
#include <string.h>

/* Fetches files as the engine does, from nowhere, until the power is cut. */

/* With few, the finished files are synced one by one, with many all together. */
#define MOST_WORKERS 5
#define LARGEST_WRITE (24 * 1024)
#define LONGEST_PAUSE 40000 /* microseconds between two steps */

typedef struct
{
  char *folder;
  char *deeds; /* path of what was done for good */
  BobbinStore *store;
  GAsyncQueue *waiting; /* of BobbinRecord: what the last session left */
  guint32 seed;
  gint next; /* atomic: number of the next new file */
} Session;

typedef struct
{
  Session *session;
  GRand *rand;
} Worker;

/* A download at work: what a target holds. */
typedef struct
{
  Worker *worker;
  BobbinRecord *record; /* without ranges and validator */
  BobbinPartFile *part;
  GArray *held;
  goffset size;
  guint version;
} Fetch;

static gboolean
chance (const Worker *worker, int one_in)
{
  return g_rand_int_range (worker->rand, 0, one_in) == 0;
}

/* While the power is cut, other threads may see the disk in disorder for a last
 * moment. */
static void
check (gboolean fine, const GError *error)
{
  if (fine)
    return;
  g_usleep (5 * G_USEC_PER_SEC);
  g_error ("%s", error != NULL ? error->message : "The disk refuses");
}

static BobbinRecord *
copy_record (const BobbinRecord *from)
{
  BobbinRecord *record = bobbin_record_new ();

  record->id = from->id;
  record->order = from->order;
  record->state = from->state;
  record->uri = g_strdup (from->uri);
  record->folder = g_strdup (from->folder);
  record->total = from->total;
  return record;
}

/* It is there for good, or gone for good, once the store says so. */
static void
flush (const Fetch *self, BobbinCrashDeed deed)
{
  const Session *session = self->worker->session;
  g_autoptr (GError) error = NULL;

  check (bobbin_store_flush (session->store, &error), error);
  bobbin_crash_note_deed (session->deeds, deed, self->record->id);
}

/* As the person does, who has not yet seen it begin. */
static void
add (const Fetch *self)
{
  bobbin_store_put (self->worker->session->store, copy_record (self->record), -1);
  if (chance (self->worker, 2))
    flush (self, BOBBIN_CRASH_ADDED);
}

/* Tells the store as the queue does. */
static void
put (Fetch *self)
{
  BobbinRecord *record = copy_record (self->record);

  record->tries = 1;
  record->name = g_strdup (bobbin_part_file_get_name (self->part));
  record->identity = bobbin_part_file_get_identity (self->part);
  record->validator = g_strdup_printf ("%u", self->version);
  record->ranges = bobbin_range_list_copy (self->held);
  record->received = bobbin_range_list_count (self->held);
  bobbin_store_put (self->worker->session->store, record, bobbin_part_file_dup_fd (self->part));
}

/* What was there before is given up. */
static void
create_part (Fetch *self)
{
  g_autofree char *name = g_path_get_basename (self->record->uri);
  g_autoptr (GError) error = NULL;
  BobbinPartIdentity identity;

  if (self->part != NULL)
    bobbin_part_file_discard (self->part);
  bobbin_part_file_free (self->part);
  self->part = bobbin_part_file_create (self->record->folder, name, BOBBIN_CONFLICT_NUMBER, &error);
  check (self->part != NULL, error);
  identity = bobbin_part_file_get_identity (self->part);
  bobbin_store_note_created (self->worker->session->store, self->record->id, self->record->uri,
                             self->record->folder, bobbin_part_file_get_name (self->part), &identity);
}

/* It may not have survived. */
static void
make_folder (const Fetch *self)
{
  const char *top = self->worker->session->folder;
  g_autoptr (GError) error = NULL;
  g_autofree char *made = NULL;

  if (g_str_equal (self->record->folder, top))
    return;
  made = bobbin_subfolder_make (top, self->record->folder + strlen (top) + 1, &error);
  check (made != NULL, error);
}

static void
open_part (Fetch *self, const BobbinRecord *from)
{
  self->held = bobbin_range_list_new ();
  if (from->name != NULL && from->identity.inode != 0)
    self->part
        = bobbin_part_file_reopen (from->folder, from->name, &from->identity,
                                   from->ranges != NULL ? bobbin_range_list_get_end (from->ranges) : 0, NULL);
  if (self->part == NULL || from->validator == NULL || from->ranges == NULL)
    create_part (self);
  else
    {
      self->version = (guint) g_ascii_strtoull (from->validator, NULL, 10);
      g_array_append_vals (self->held, from->ranges->data, from->ranges->len);
    }
}

static void
write_some (Fetch *self)
{
  guint8 bytes[LARGEST_WRITE];
  goffset size = g_rand_int_range (self->worker->rand, 1, LARGEST_WRITE);
  goffset first = g_rand_int_range (self->worker->rand, 0, (gint32) self->size);
  goffset end;

  if (chance (self->worker, 2) || self->held->len > 4) /* the first gap, so that it comes to its end */
    first = self->held->len > 0 && g_array_index (self->held, BobbinRange, 0).first == 0
                ? g_array_index (self->held, BobbinRange, 0).end
                : 0;
  end = MIN (first + size, self->size);
  bobbin_crash_file_fill (bytes, (gsize) (end - first), first, self->record->uri, self->version);
  check (bobbin_part_file_write (self->part, bytes, (gsize) (end - first), first, NULL), NULL);
  bobbin_range_list_add (self->held, first, end);
}

static void
start_anew (Fetch *self)
{
  self->version = (self->version + 1) % BOBBIN_CRASH_VERSIONS;
  g_array_set_size (self->held, 0);
  create_part (self);
}

static void
finish (Fetch *self)
{
  g_autoptr (GError) error = NULL;
  BobbinRecord *record = copy_record (self->record);

  record->state = BOBBIN_STATE_FINISHED;
  record->tries = 1;
  record->name = bobbin_part_file_publish (self->part, self->size, &error);
  check (record->name != NULL, error);
  record->received = self->size;
  record->identity = bobbin_part_file_get_identity (self->part);
  record->modified = bobbin_part_file_get_modified (self->part);
  bobbin_store_put (self->worker->session->store, record, -1);
}

static void
leave (Fetch *self, BobbinState state)
{
  self->record->state = state;
  put (self);
}

static void
drop (Fetch *self)
{
  bobbin_crash_note_deed (self->worker->session->deeds, BOBBIN_CRASH_REMOVING, self->record->id);
  bobbin_part_file_discard (self->part);
  bobbin_store_remove (self->worker->session->store, &self->record->id, 1);
  if (chance (self->worker, 2))
    flush (self, BOBBIN_CRASH_REMOVED);
}

/* Returns: whether to go on */
static gboolean
step (Fetch *self)
{
  const Worker *worker = self->worker;

  g_usleep ((gulong) g_rand_int_range (worker->rand, 0, LONGEST_PAUSE));
  if (bobbin_range_list_count (self->held) == self->size)
    finish (self);
  else if (chance (worker, 40))
    leave (self, chance (worker, 2) ? BOBBIN_STATE_PAUSED : BOBBIN_STATE_FAILED);
  else if (chance (worker, 80))
    drop (self);
  else
    {
      if (chance (worker, 60))
        start_anew (self);
      write_some (self);
      if (chance (worker, 4))
        put (self);
      return TRUE;
    }
  return FALSE;
}

static void
fetch (Worker *worker, BobbinRecord *from)
{
  Fetch self = { .worker = worker, .record = from, .size = bobbin_crash_file_get_size (from->uri) };

  from->state = BOBBIN_STATE_WAITING;
  from->total = self.size;
  if (chance (worker, 2))
    add (&self);
  make_folder (&self);
  open_part (&self, from);
  if (chance (worker, 2))
    put (&self);
  while (step (&self))
    ;
  bobbin_part_file_free (self.part);
  g_array_unref (self.held);
}

static BobbinRecord *
make_record (Session *session)
{
  guint number = (guint) g_atomic_int_add (&session->next, 1);
  BobbinRecord *record = bobbin_record_new ();

  record->id = bobbin_store_new_id (session->store);
  record->uri = g_strdup_printf ("http://127.0.0.1/file-%u-%u.bin", session->seed, number);
  /* Every third one has a folder of its own, in one that some share. */
  record->folder = number % 3 != 0
                       ? g_strdup (session->folder)
                       : g_strdup_printf ("%s/%u-%u/%u", session->folder, session->seed, number / 10, number);
  return record;
}

static gpointer
work (gpointer data)
{
  Worker *self = data;

  while (TRUE)
    {
      g_autoptr (BobbinRecord) record = g_async_queue_try_pop (self->session->waiting);

      if (record == NULL)
        record = make_record (self->session);
      fetch (self, record);
    }
  return NULL;
}

/* A finished file that may not have survived is fetched again. */
static gboolean
is_over (const BobbinRecord *record)
{
  return record->state == BOBBIN_STATE_FINISHED && (record->synced || record->same_boot);
}

static void
load (Session *session)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) records = bobbin_store_load (session->store, NULL, &error);

  g_assert_no_error (error);
  while (records->len > 0)
    {
      g_autoptr (BobbinRecord) record = g_ptr_array_steal_index (records, records->len - 1);

      if (!is_over (record))
        g_async_queue_push (session->waiting, g_steal_pointer (&record));
    }
}

/* FOLDER has the folders "files" and "state". */
int
main (int argc, char *argv[])
{
  Session session = { .waiting = g_async_queue_new () };
  g_autofree char *boot = NULL;
  g_autofree char *limbo = NULL;
  g_autofree char *path = NULL;
  gint32 n_workers;
  GRand *rand;

  if (argc != 5)
    g_error ("Usage: %s FOLDER TRASH SEED MILLISECONDS", argv[0]);
  session.seed = (guint32) g_ascii_strtoull (argv[3], NULL, 10);
  session.folder = g_build_filename (argv[1], "files", NULL);
  path = g_build_filename (argv[1], "state", "downloads.sqlite", NULL);
  session.deeds = g_build_filename (argv[2], "deeds", NULL);
  boot = g_build_filename (argv[2], "boot_id", NULL);
  limbo = g_build_filename (argv[2], "limbo", NULL);
  rand = g_rand_new_with_seed (session.seed);

  bobbin_disk_replace_boot_id (boot);
  bobbin_disk_power_begin (argv[1], limbo, session.seed);
  bobbin_disk_power_cut_after (g_ascii_strtoll (argv[4], NULL, 10) * 1000,
                               (guint) g_rand_int_range (rand, 0, 30));
  session.store = bobbin_store_open (path);
  g_assert_no_error (bobbin_store_get_error (session.store));
  load (&session);
  n_workers = g_rand_int_range (rand, 1, MOST_WORKERS + 1);
  for (gint32 i = 0; i < n_workers; i++)
    {
      Worker *worker = g_new (Worker, 1);

      *worker = (Worker){ .session = &session, .rand = g_rand_new_with_seed (g_rand_int (rand)) };
      g_thread_new ("worker", work, worker);
    }
  g_usleep (G_USEC_PER_SEC * 60);
  g_error ("The power was not cut");
  return EXIT_FAILURE;
}
