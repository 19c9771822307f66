/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-choices.h"

#include <glib/gi18n.h>

#define MEGABYTE 1000000
#define KILOBYTE 1000

typedef enum
{
  PROXY_SYSTEM,
  PROXY_NONE,
  PROXY_OWN,
} ProxyChoice;

static guint
get_number (GSettings *settings, const char *key)
{
  return (guint) g_settings_get_int (settings, key);
}

static gboolean
is_host (const char *host)
{
  return host != NULL && *host != '\0' && strpbrk (host, " \t\"<>") == NULL;
}

static gboolean
is_proxy_scheme (const char *scheme)
{
  static const char *const schemes[] = { "http", "socks4", "socks4a", "socks5", "socks5h", NULL };

  return scheme != NULL && g_strv_contains (schemes, scheme);
}

/**
 * bobbin_choices_read_proxy:
 * @text: what a person has typed as the address of a proxy
 *
 * Reads "proxy.example.org:3128" as an HTTP proxy, and addresses of HTTP and
 * SOCKS proxies as they are. Pure.
 *
 * Returns: (transfer full) (nullable): the address without user, password and
 *   path, %NULL if it is none
 */
char *
bobbin_choices_read_proxy (const char *text)
{
  g_autofree char *stripped = g_strstrip (g_strdup (text));
  g_autofree char *address
      = strstr (stripped, "://") != NULL ? g_strdup (stripped) : g_strconcat ("http://", stripped, NULL);
  g_autoptr (GUri) uri = g_uri_parse (address, G_URI_FLAGS_HAS_PASSWORD, NULL);

  if (uri == NULL || !is_proxy_scheme (g_uri_get_scheme (uri)) || !is_host (g_uri_get_host (uri)))
    return NULL;
  return g_uri_join (G_URI_FLAGS_NONE, g_uri_get_scheme (uri), NULL, g_uri_get_host (uri),
                     g_uri_get_port (uri), "", NULL, NULL);
}

/* An own proxy that has no address yet is the system's.
 * Returns: (nullable): as BobbinSettings has it */
static char *
dup_proxy (GSettings *settings)
{
  g_autofree char *address = g_settings_get_string (settings, "proxy-address");

  switch ((ProxyChoice) g_settings_get_enum (settings, "proxy"))
    {
    case PROXY_NONE:
      return g_strdup ("");
    case PROXY_OWN:
      return bobbin_choices_read_proxy (address);
    case PROXY_SYSTEM:
    default:
      return NULL;
    }
}

/* Nobody has to be polite to the own machine, unless the person says so. */
static gboolean
is_chosen (GSettings *settings, const char *key)
{
  g_autoptr (GVariant) value = g_settings_get_user_value (settings, key);

  return value != NULL;
}

/**
 * bobbin_choices_apply:
 * @settings: what the person has chosen
 * @queue: a queue
 *
 * Takes effect at once: downloads that are under way follow as far as they can.
 * Main thread.
 */
void
bobbin_choices_apply (GSettings *settings, BobbinQueue *queue)
{
  g_autoptr (BobbinSettings) changed = bobbin_settings_copy (bobbin_queue_get_settings (queue));
  const goffset limit = (goffset) get_number (settings, "speed-limit") * KILOBYTE;

  changed->patient = TRUE;
  changed->timeout = get_number (settings, "timeout");
  changed->retry_delay = (gint64) get_number (settings, "retry-delay") * G_USEC_PER_SEC;
  changed->tries = get_number (settings, "tries");
  changed->per_host = get_number (settings, "per-host");
  changed->limit_local = is_chosen (settings, "per-host");
  changed->parts = get_number (settings, "parts");
  changed->part_size = (goffset) get_number (settings, "part-size") * MEGABYTE;
  changed->keep_time = g_settings_get_boolean (settings, "keep-time");
  changed->keep_origin = g_settings_get_boolean (settings, "keep-origin");
  changed->conflict = (BobbinConflict) g_settings_get_enum (settings, "conflict");
  g_free (changed->proxy);
  changed->proxy = dup_proxy (settings);
  g_strfreev (changed->trusted_hosts);
  changed->trusted_hosts = g_settings_get_strv (settings, "trusted-hosts");
  bobbin_rate_limiter_set_rate (changed->limiter,
                                g_settings_get_boolean (settings, "limit-speed") ? limit : 0);
  bobbin_queue_set_settings (queue, changed);
  bobbin_queue_set_at_once (queue, get_number (settings, "at-once"));
}

static void
changed_cb (GSettings *settings, const char *key, BobbinQueue *queue)
{
  static const char *const others[]
      = { "folder",       "folders",       "name-template",    "offer-clipboard",
          "sort-order",   "start-at-once", "notify-finished",  "notify-failed",
          "window-width", "window-height", "window-maximized", NULL };

  if (!g_strv_contains (others, key))
    bobbin_choices_apply (settings, queue);
}

/**
 * bobbin_choices_bind:
 * @settings: what the person chooses
 * @queue: a queue, which is followed as long as it lives
 *
 * Applies what is chosen, now and whenever it changes. Main thread.
 */
void
bobbin_choices_bind (GSettings *settings, BobbinQueue *queue)
{
  g_signal_connect_object (settings, "changed", G_CALLBACK (changed_cb), queue, 0);
  bobbin_choices_apply (settings, queue);
}

static char *
dup_downloads_folder (void)
{
  const char *downloads = g_get_user_special_dir (G_USER_DIRECTORY_DOWNLOAD);

  return downloads != NULL ? g_strdup (downloads) : g_build_filename (g_get_home_dir (), "Downloads", NULL);
}

/**
 * bobbin_choices_dup_folder:
 * @settings: what the person has chosen
 *
 * Returns: (transfer full): absolute path of the folder to save to
 */
char *
bobbin_choices_dup_folder (GSettings *settings)
{
  g_autofree char *folder = g_settings_get_string (settings, "folder");

  return g_path_is_absolute (folder) ? g_steal_pointer (&folder) : dup_downloads_folder ();
}

/**
 * bobbin_choices_set_folder:
 * @settings: what the person has chosen
 * @folder: absolute path of the folder to save to
 *
 * The Downloads folder is remembered as just that, wherever it is.
 */
void
bobbin_choices_set_folder (GSettings *settings, const char *folder)
{
  g_autofree char *downloads = dup_downloads_folder ();

  g_settings_set_string (settings, "folder", g_str_equal (folder, downloads) ? "" : folder);
}

/**
 * bobbin_choices_dup_naming:
 * @settings: what the person has chosen
 *
 * Returns: (transfer full): what files are to be called from now on, and where
 *   below the folder they go
 */
BobbinNaming *
bobbin_choices_dup_naming (GSettings *settings)
{
  const char *const kind_folders[BOBBIN_FILE_N_KINDS] = {
    /* Translators: a folder that is made for files of this kind, as are the next four */
    [BOBBIN_FILE_KIND_PICTURE] = _ ("Pictures"),   [BOBBIN_FILE_KIND_SOUND] = _ ("Music"),
    [BOBBIN_FILE_KIND_VIDEO] = _ ("Videos"),       [BOBBIN_FILE_KIND_ARCHIVE] = _ ("Archives"),
    [BOBBIN_FILE_KIND_DOCUMENT] = _ ("Documents"),
  };
  g_autofree char *template = g_settings_get_string (settings, "name-template");
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();

  return bobbin_naming_new ((BobbinFolders) g_settings_get_enum (settings, "folders"), template, kind_folders,
                            now);
}
