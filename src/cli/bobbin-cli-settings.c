/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "bobbin-cli-settings.h"

#include "bobbin-cli-secrets.h"
#include "bobbin-cli-text.h"
#include "bobbin-link.h"
#include "bobbin-netrc.h"

#include <glib/gi18n.h>
#include <gio/gio.h>
#include <string.h>

static gboolean
load_netrc (BobbinCredentials *credentials, GError **error)
{
  const char *given = g_getenv ("NETRC");
  g_autofree char *path = given != NULL && *given != '\0'
                              ? g_canonicalize_filename (given, NULL)
                              : g_build_filename (g_get_home_dir (), ".netrc", NULL);

  return bobbin_netrc_load (path, credentials, error);
}

static GUri *
parse_origin (const BobbinLink *link)
{
  return g_uri_parse (bobbin_link_get_uri (link), G_URI_FLAGS_ENCODED | G_URI_FLAGS_SCHEME_NORMALIZE, NULL);
}

static gboolean
is_same_origin (GUri *a, GUri *b)
{
  return g_str_equal (g_uri_get_scheme (a), g_uri_get_scheme (b))
         && g_ascii_strcasecmp (g_uri_get_host (a), g_uri_get_host (b)) == 0
         && g_uri_get_port (a) == g_uri_get_port (b);
}

/* Whoever has put a link into a list must not get the password for another one
 * of its links' servers by that. */
static GUri *
get_only_origin (GPtrArray *links, GError **error)
{
  g_autoptr (GUri) first = parse_origin (g_ptr_array_index (links, 0));

  for (guint i = 0; i < links->len; i++)
    {
      g_autoptr (GUri) origin = parse_origin (g_ptr_array_index (links, i));

      if (first != NULL && origin != NULL && is_same_origin (first, origin))
        continue;
      g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                           _ ("--user is for links of one server, and these are of more; --netrc knows "
                              "a user for each"));
      return NULL;
    }
  return g_steal_pointer (&first);
}

static char *
lookup_password (BobbinCredentials *credentials, GUri *origin, const char *wanted)
{
  g_autofree char *user = NULL;
  char *password = NULL;

  if (!bobbin_credentials_lookup (credentials, origin, &user, &password) || g_str_equal (user, wanted))
    return password;
  bobbin_cli_secrets_free (password);
  return NULL;
}

static char *
ask_password (const char *user, GUri *origin, GError **error)
{
  /* Translators: asked on a terminal; a user and a server, with a space at the end */
  g_autofree char *prompt = g_strdup_printf (_ ("Password of %s at %s: "), user, g_uri_get_host (origin));
  g_autofree char *clean = bobbin_cli_text_clean (prompt);

  return bobbin_cli_secrets_ask (clean, error);
}

/* Servers that have moved to TLS send on from http to https. */
static void
set_for_origin (BobbinCredentials *credentials, GUri *origin, const char *user, const char *password)
{
  g_autoptr (GUri) secure
      = g_uri_build (G_URI_FLAGS_NONE, "https", NULL, g_uri_get_host (origin), -1, "", NULL, NULL);

  bobbin_credentials_set (credentials, origin, user, password);
  if (g_str_equal (g_uri_get_scheme (origin), "http") && g_uri_get_port (origin) <= 0)
    bobbin_credentials_set (credentials, secure, user, password);
}

static gboolean
set_user (BobbinCredentials *credentials, const BobbinCliOptions *options, GPtrArray *links, GError **error)
{
  g_autoptr (GUri) origin = get_only_origin (links, error);
  char *password = NULL;

  if (origin == NULL)
    return FALSE;

  if (options->password_file != NULL)
    password = bobbin_cli_secrets_read (options->password_file, error);
  else
    {
      password = lookup_password (credentials, origin, options->user);
      if (password == NULL)
        password = ask_password (options->user, origin, error);
    }
  if (password == NULL)
    return FALSE;

  set_for_origin (credentials, origin, options->user, password);
  bobbin_cli_secrets_free (password);
  return TRUE;
}

/* At the time of the first connection it would fail without saying why. */
static gboolean
check_ca_file (const char *path, GError **error)
{
  GList *certificates = NULL;
  g_autoptr (GError) reason = NULL;

  if (path == NULL)
    return TRUE;
  certificates = g_tls_certificate_list_new_from_file (path, &reason);
  if (certificates != NULL)
    {
      g_list_free_full (certificates, g_object_unref);
      return TRUE;
    }
  g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
               _ ("--ca-file takes a file of certificates: %s"), reason != NULL ? reason->message : path);
  return FALSE;
}

/* Who asks for more parts of a file asks for as many connections to its host. */
static void
set_per_host (BobbinSettings *settings, const BobbinCliOptions *options)
{
  settings->limit_local = options->per_host >= 0;
  if (options->per_host >= 0)
    settings->per_host = (guint) options->per_host;
  else
    settings->per_host = MAX (settings->per_host, (guint) options->parts);
}

/**
 * bobbin_cli_settings_new:
 * @options: the command line
 * @links: (element-type BobbinLink): what is downloaded, at least one
 * @error: return location
 *
 * Makes settings of options; asks for a password if there is one to be asked
 * for, and waits. Sets error codes of several domains with messages that are
 * for the person. Main thread.
 *
 * Returns: (transfer full) (nullable): the settings, %NULL on error
 */
BobbinSettings *
bobbin_cli_settings_new (const BobbinCliOptions *options, GPtrArray *links, GError **error)
{
  g_autoptr (BobbinSettings) settings = bobbin_settings_new ();

  settings->timeout = (guint) options->timeout;
  settings->tries = (guint) options->tries;
  settings->parts = (guint) options->parts;
  settings->part_size = options->part_size;
  /* The demo's next server has another address. */
  settings->resume = !options->no_resume && !options->demo;
  settings->conflict = options->conflict;
  settings->proxy = g_strdup (options->proxy);
  settings->ca_file = g_strdup (options->ca_file);
  bobbin_rate_limiter_set_rate (settings->limiter, options->limit_rate);
  set_per_host (settings, options);

  if (!check_ca_file (options->ca_file, error)
      || (options->netrc && !load_netrc (settings->credentials, error))
      || (options->user != NULL && !set_user (settings->credentials, options, links, error)))
    return NULL;
  return g_steal_pointer (&settings);
}
