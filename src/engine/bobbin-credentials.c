/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-credentials.h"

#include <string.h>

typedef struct
{
  char *user;
  char *password;
} Entry;

struct _BobbinCredentials
{
  gatomicrefcount ref_count;

  /* protected by mutex */
  GMutex mutex;
  GHashTable *entries; /* "scheme://host:port" or, for all of a host, "host" → Entry */
};

static Entry *
entry_new (const char *user, const char *password)
{
  Entry *entry = g_new0 (Entry, 1);

  entry->user = g_strdup (user);
  entry->password = g_strdup (password);
  return entry;
}

static void
entry_free (gpointer data)
{
  Entry *entry = data;

  g_free (entry->user);
  /* Freed memory ends up in crash reports. */
  explicit_bzero (entry->password, strlen (entry->password));
  g_free (entry->password);
  g_free (entry);
}

static int
get_port (GUri *origin)
{
  int port = g_uri_get_port (origin);

  if (port > 0)
    return port;
  return g_str_equal (g_uri_get_scheme (origin), "https") ? 443 : 80;
}

static char *
dup_host_key (const char *host)
{
  return g_ascii_strdown (host, -1);
}

static char *
dup_origin_key (GUri *origin)
{
  g_autofree char *host = dup_host_key (g_uri_get_host (origin));

  return g_strdup_printf ("%s://%s:%d", g_uri_get_scheme (origin), host, get_port (origin));
}

/**
 * bobbin_credentials_new:
 *
 * Any thread.
 *
 * Returns: (transfer full): credentials for nobody
 */
BobbinCredentials *
bobbin_credentials_new (void)
{
  BobbinCredentials *self = g_new0 (BobbinCredentials, 1);

  g_atomic_ref_count_init (&self->ref_count);
  g_mutex_init (&self->mutex);
  self->entries = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, entry_free);
  return self;
}

/**
 * bobbin_credentials_ref:
 * @self: credentials
 *
 * Any thread.
 *
 * Returns: (transfer full): @self
 */
BobbinCredentials *
bobbin_credentials_ref (BobbinCredentials *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

/**
 * bobbin_credentials_unref:
 * @self: (transfer full): credentials
 *
 * Any thread.
 */
void
bobbin_credentials_unref (BobbinCredentials *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_hash_table_unref (self->entries);
  g_mutex_clear (&self->mutex);
  g_free (self);
}

static void
set (BobbinCredentials *self, char *key, const char *user, const char *password)
{
  g_mutex_lock (&self->mutex);
  g_hash_table_replace (self->entries, key, entry_new (user, password));
  g_mutex_unlock (&self->mutex);
}

/**
 * bobbin_credentials_set:
 * @self: credentials
 * @origin: an address with the scheme, host and port that they are for; that of
 *   a proxy for a proxy's
 * @user: the user's name
 * @password: the password
 *
 * Takes the place of what was there for the same origin. Any thread.
 */
void
bobbin_credentials_set (BobbinCredentials *self, GUri *origin, const char *user, const char *password)
{
  set (self, dup_origin_key (origin), user, password);
}

/**
 * bobbin_credentials_set_host:
 * @self: credentials
 * @host: the host that they are for, with any scheme and port
 * @user: the user's name
 * @password: the password
 *
 * Takes the place of what was there for the same host. Any thread.
 */
void
bobbin_credentials_set_host (BobbinCredentials *self,
                             const char *host,
                             const char *user,
                             const char *password)
{
  set (self, dup_host_key (host), user, password);
}

/**
 * bobbin_credentials_lookup:
 * @self: credentials
 * @origin: an address
 * @user: (out) (transfer full): the user's name
 * @password: (out) (transfer full): the password
 *
 * Looks for what was given for just this scheme, host and port, then for what
 * was given for the host. No other host's are ever found, not even those of
 * one it belongs to. Any thread.
 *
 * Returns: whether there are any
 */
gboolean
bobbin_credentials_lookup (BobbinCredentials *self, GUri *origin, char **user, char **password)
{
  g_autofree char *origin_key = dup_origin_key (origin);
  g_autofree char *host_key = dup_host_key (g_uri_get_host (origin));
  const Entry *entry;

  g_mutex_lock (&self->mutex);
  entry = g_hash_table_lookup (self->entries, origin_key);
  if (entry == NULL)
    entry = g_hash_table_lookup (self->entries, host_key);
  *user = entry != NULL ? g_strdup (entry->user) : NULL;
  *password = entry != NULL ? g_strdup (entry->password) : NULL;
  g_mutex_unlock (&self->mutex);
  return *user != NULL;
}
