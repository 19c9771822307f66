/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "bobbin-cli-history.h"

#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#define PART_SUFFIX ".part"

struct _BobbinCliHistory
{
  BobbinStore *store;
};

/* What a record says of a link is worth, now that its file was looked at. */
typedef enum
{
  WORTH_NOTHING,  /* to be forgotten */
  WORTH_LEAVING,  /* not for this command, or somebody else's */
  WORTH_GOING_ON, /* there is a part file to take up */
  WORTH_A_SKIP,   /* the file is there */
} Worth;

/**
 * bobbin_cli_history_open:
 *
 * Opens the history of this user's commands. What cannot be opened is as if it
 * were empty, and nothing is kept; bobbin_store_get_notice() tells. Waits for
 * the disk.
 *
 * Returns: (transfer full): the history
 */
BobbinCliHistory *
bobbin_cli_history_open (void)
{
  BobbinCliHistory *self = g_new0 (BobbinCliHistory, 1);
  g_autofree char *path = g_build_filename (g_get_user_state_dir (), "bobbin", "terminal.sqlite", NULL);

  self->store = bobbin_store_open (path);
  return self;
}

/**
 * bobbin_cli_history_free:
 * @self: (transfer full): a history
 *
 * Waits until all that was noted is written.
 */
void
bobbin_cli_history_free (BobbinCliHistory *self)
{
  bobbin_store_close (self->store);
  bobbin_store_unref (self->store);
  g_free (self);
}

/**
 * bobbin_cli_history_get_store:
 * @self: a history
 *
 * Returns: (transfer none): where a queue notes what it does
 */
BobbinStore *
bobbin_cli_history_get_store (BobbinCliHistory *self)
{
  return self->store;
}

static gint64
get_modified (const struct stat *info)
{
  return info->st_mtim.tv_sec * G_GINT64_CONSTANT (1000000000) + info->st_mtim.tv_nsec;
}

/* What was on its way to the disk when the power went has left a hole: a file
 * system that knows holes says where, and one that knows none has cut the file
 * short. */
static gboolean
has_hole (const char *path, goffset size)
{
  int fd = open (path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
  gboolean has = fd < 0 || (size > 0 && lseek (fd, 0, SEEK_HOLE) < size);

  if (fd >= 0)
    close (fd);
  return has;
}

static gboolean
is_of_record (const struct stat *info, const BobbinRecord *record)
{
  return S_ISREG (info->st_mode) && info->st_dev == record->identity.device
         && info->st_ino == record->identity.inode;
}

static char *
dup_part_path (const BobbinRecord *record)
{
  g_autofree char *leaf = g_strconcat (record->name, PART_SUFFIX, NULL);

  return g_build_filename (record->folder, leaf, NULL);
}

/* Whoever writes to a part file holds a lock on it. */
static Worth
judge_part (const BobbinRecord *record)
{
  g_autofree char *path = dup_part_path (record);
  int fd = open (path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
  Worth worth = WORTH_NOTHING;
  struct stat info;

  if (fd < 0)
    return WORTH_NOTHING;
  if (fstat (fd, &info) == 0 && is_of_record (&info, record))
    worth = flock (fd, LOCK_SH | LOCK_NB) == 0 ? WORTH_GOING_ON : WORTH_LEAVING;
  close (fd);
  return worth;
}

/* A kill may come between the final name and the note that it was given. */
static gboolean
has_final_name (const BobbinRecord *record)
{
  g_autofree char *path = g_build_filename (record->folder, record->name, NULL);
  struct stat info;

  return lstat (path, &info) == 0 && is_of_record (&info, record);
}

static Worth
judge_unfinished (const BobbinRecord *record)
{
  Worth worth = judge_part (record);

  if (worth == WORTH_NOTHING && has_final_name (record))
    return WORTH_GOING_ON;
  return worth;
}

static Worth
judge_finished (const BobbinRecord *record)
{
  g_autofree char *path = g_build_filename (record->folder, record->name, NULL);
  struct stat info;

  if (lstat (path, &info) < 0 || !S_ISREG (info.st_mode) || info.st_size != record->received
      || get_modified (&info) != record->modified)
    return WORTH_NOTHING;
  if (record->synced || record->same_boot || !has_hole (path, info.st_size))
    return WORTH_A_SKIP;
  return is_of_record (&info, record) ? WORTH_GOING_ON : WORTH_NOTHING;
}

static Worth
judge (const BobbinRecord *record)
{
  if (record->name == NULL || record->identity.inode == 0)
    return WORTH_NOTHING;
  return record->state == BOBBIN_STATE_FINISHED ? judge_finished (record) : judge_unfinished (record);
}

static gboolean
has_digest (const BobbinRecord *record, const BobbinLink *link)
{
  const BobbinDigest *wanted = bobbin_link_get_digest (link);
  g_autofree char *text = wanted != NULL ? bobbin_digest_to_string (wanted) : NULL;

  return text == NULL || g_strcmp0 (text, record->digest) == 0;
}

/* Only the same command is to find what it left. */
static Worth
judge_for (const BobbinRecord *record, const BobbinLink *link, const BobbinCliOptions *options)
{
  Worth worth = judge (record);

  if (worth >= WORTH_GOING_ON && g_strcmp0 (record->given_name, bobbin_link_get_name (link)) != 0)
    return WORTH_LEAVING;
  if (worth == WORTH_A_SKIP && (options->again || !has_digest (record, link)))
    return WORTH_LEAVING;
  return worth;
}

/* Looks through what is known of a link, and takes out of @records what is not
 * worth keeping and the best of the rest: the file itself is better than a part
 * of it.
 * Returns: (transfer full) (nullable): the best record */
static BobbinRecord *
choose (GPtrArray *records, const BobbinLink *link, const BobbinCliOptions *options, GArray *stale)
{
  Worth best_worth = WORTH_LEAVING;
  guint best = 0;

  for (guint i = 0; i < records->len;)
    {
      const BobbinRecord *record = g_ptr_array_index (records, i);
      Worth worth = judge_for (record, link, options);

      if (worth == WORTH_NOTHING)
        {
          g_array_append_val (stale, record->id);
          g_ptr_array_remove_index (records, i);
          continue;
        }
      if (worth > best_worth)
        {
          best = i;
          best_worth = worth;
        }
      i++;
    }
  return best_worth > WORTH_LEAVING ? g_ptr_array_steal_index (records, best) : NULL;
}

/* Removes the part file, if it still is that of the record. */
static void
discard (const BobbinRecord *record)
{
  g_autoptr (BobbinPartFile) part = NULL;

  if (judge_part (record) == WORTH_GOING_ON)
    part = bobbin_part_file_reopen (record->folder, record->name, &record->identity, 0, NULL);
  if (part != NULL)
    bobbin_part_file_discard (part);
}

/* The record as the queue is to load it: with all that the link has, also what
 * is never written down. */
static void
prepare (BobbinRecord *record, const BobbinLink *link)
{
  const BobbinDigest *digest = bobbin_link_get_digest (link);

  record->state = BOBBIN_STATE_WAITING;
  g_free (record->uri);
  record->uri = g_strdup (bobbin_link_get_uri (link));
  g_strfreev (record->headers);
  record->headers = g_strdupv ((char **) bobbin_link_get_headers (link));
  g_free (record->digest);
  record->digest = digest != NULL ? bobbin_digest_to_string (digest) : NULL;
  g_free (record->extras);
  record->extras = bobbin_link_dup_extras (link);
}

/* Takes the record. Returns: (transfer full) (nullable): what the plan has */
static BobbinRecord *
settle (BobbinRecord *record, const BobbinLink *link, const BobbinCliOptions *options, GArray *stale)
{
  if (judge (record) == WORTH_A_SKIP)
    return record;
  if (!options->no_resume)
    {
      prepare (record, link);
      return record;
    }
  discard (record);
  g_array_append_val (stale, record->id);
  bobbin_record_free (record);
  return NULL;
}

static GHashTable *
load (BobbinCliHistory *self, const char *folder)
{
  g_autoptr (GPtrArray) records = bobbin_store_load (self->store, folder, NULL);
  GHashTable *known
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_ptr_array_unref);

  while (records != NULL && records->len > 0)
    {
      BobbinRecord *record = g_ptr_array_steal_index (records, records->len - 1);
      GPtrArray *of_uri = g_hash_table_lookup (known, record->uri);

      if (of_uri == NULL)
        {
          of_uri = g_ptr_array_new_with_free_func ((GDestroyNotify) bobbin_record_free);
          g_hash_table_insert (known, g_strdup (record->uri), of_uri);
        }
      g_ptr_array_insert (of_uri, 0, record);
    }
  return known;
}

/* Returns: (transfer none) (nullable): what is known of a link into its folder */
static GPtrArray *
find_records (BobbinCliHistory *self, GHashTable *folders, const BobbinLink *link)
{
  const char *folder = bobbin_link_get_folder (link);
  GHashTable *known = g_hash_table_lookup (folders, folder);
  g_autofree char *uri = bobbin_record_strip_uri (bobbin_link_get_uri (link));

  if (known == NULL)
    {
      known = load (self, folder);
      g_hash_table_insert (folders, g_strdup (folder), known);
    }
  return g_hash_table_lookup (known, uri);
}

/**
 * bobbin_cli_history_plan:
 * @self: a history
 * @options: the command line
 * @links: (element-type BobbinLink): what it wants to download
 *
 * Finds out what there already is of each link: a finished file, or a part file
 * to go on with. A link that is given twice needs two of them. Forgets what is
 * not there any more, and with --no-resume removes the part files.
 *
 * Returns: (transfer full) (element-type BobbinRecord): for each link a record,
 *   either finished or ready for bobbin_queue_load(); %NULL for one to begin
 *   with
 */
GPtrArray *
bobbin_cli_history_plan (BobbinCliHistory *self, const BobbinCliOptions *options, GPtrArray *links)
{
  g_autoptr (GHashTable) folders
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_hash_table_unref);
  g_autoptr (GArray) stale = g_array_new (FALSE, FALSE, sizeof (guint64));
  GPtrArray *plan = g_ptr_array_new_full (links->len, (GDestroyNotify) bobbin_record_free);

  for (guint i = 0; i < links->len; i++)
    {
      const BobbinLink *link = g_ptr_array_index (links, i);
      GPtrArray *records = find_records (self, folders, link);
      BobbinRecord *record = records != NULL ? choose (records, link, options, stale) : NULL;

      g_ptr_array_add (plan, record != NULL ? settle (record, link, options, stale) : NULL);
    }
  bobbin_store_remove (self->store, (const guint64 *) (gpointer) stale->data, stale->len);
  return plan;
}
