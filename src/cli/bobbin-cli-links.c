/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "bobbin-cli-links.h"

#include "bobbin-cli-complaints.h"
#include "bobbin-cli-text.h"
#include "bobbin-link.h"
#include "bobbin-subfolder.h"
#include "bobbin-words.h"

#include <glib/gi18n.h>
#include <string.h>

/* What a file says of one link is more exact than what the command line says of
 * all: only the first @n_own strings count, which came with the link. */
static gboolean
has_own_header (const BobbinLink *link, guint n_own, const char *name)
{
  const char *const *headers = bobbin_link_get_headers (link);

  for (guint i = 0; i < n_own; i += 2)
    if (g_ascii_strcasecmp (headers[i], name) == 0)
      return TRUE;
  return FALSE;
}

/* The message never repeats the line: its value may be a secret. */
static gboolean
add_header_line (BobbinLink *link, guint n_own, const char *line, GError **error)
{
  const char *colon = strchr (line, ':');
  g_autofree char *name = colon != NULL ? g_strndup (line, (gsize) (colon - line)) : NULL;

  if (name != NULL
      && (has_own_header (link, n_own, name) || bobbin_link_add_header (link, name, colon + 1, NULL)))
    return TRUE;

  g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                       _ ("--header takes a line such as “Accept-Language: en”, in one line, and none of the "
                          "headers that a download itself must set"));
  return FALSE;
}

static gboolean
add_header (
    BobbinLink *link, guint n_own, const char *option, const char *name, const char *value, GError **error)
{
  if (value == NULL || has_own_header (link, n_own, name) || bobbin_link_add_header (link, name, value, NULL))
    return TRUE;

  g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, _ ("%s takes a text in one line"), option);
  return FALSE;
}

static gboolean
apply_headers (BobbinLink *link, const BobbinCliOptions *options, GError **error)
{
  const char *const *own = bobbin_link_get_headers (link);
  guint n_own = own != NULL ? g_strv_length ((char **) own) : 0;

  for (char **line = options->headers; line != NULL && *line != NULL; line++)
    if (!add_header_line (link, n_own, *line, error))
      return FALSE;

  return add_header (link, n_own, "--user-agent", "User-Agent", options->user_agent, error)
         && add_header (link, n_own, "--referer", "Referer", options->referer, error);
}

/* --output says all of where the file goes in the folder. */
static void
set_name (BobbinLink *link, const char *name)
{
  bobbin_link_set_name (link, name);
  bobbin_link_set_subfolder (link, NULL);
}

/* The same names in every language, for the sake of scripts. */
static BobbinNaming *
make_naming (const BobbinCliOptions *options)
{
  static const char *const kind_folders[BOBBIN_FILE_N_KINDS] = {
    [BOBBIN_FILE_KIND_PICTURE] = "Pictures",   [BOBBIN_FILE_KIND_SOUND] = "Music",
    [BOBBIN_FILE_KIND_VIDEO] = "Videos",       [BOBBIN_FILE_KIND_ARCHIVE] = "Archives",
    [BOBBIN_FILE_KIND_DOCUMENT] = "Documents",
  };
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();

  return bobbin_naming_new (options->folders, options->name_template, kind_folders, now);
}

static void
apply_naming (const BobbinNaming *naming, BobbinLink *link, guint number, guint n_links)
{
  g_autofree char *name = bobbin_link_dup_file_name (link, NULL, NULL, NULL);

  bobbin_naming_apply (naming, link, bobbin_file_kind_for_name (name), number, n_links);
}

/**
 * bobbin_cli_links_apply_options:
 * @links: (element-type BobbinLink): all links, which nobody shares yet
 * @options: folder, name and headers
 * @error: return location
 *
 * Gives all links their folders, headers and names, and a single link its name
 * and digest. Sets %G_OPTION_ERROR_BAD_VALUE, with messages that are for the person.
 *
 * Returns: whether the options fit the links
 */
gboolean
bobbin_cli_links_apply_options (GPtrArray *links, const BobbinCliOptions *options, GError **error)
{
  g_autoptr (BobbinNaming) naming = make_naming (options);
  const char *single = options->name != NULL ? "--output" : options->digest != NULL ? "--checksum" : NULL;

  if (single != NULL && links->len > 1)
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                   /* Translators: %s is an option, such as --output */
                   _ ("%s is for a single link, and there are more"), single);
      return FALSE;
    }

  for (guint i = 0; i < links->len; i++)
    {
      BobbinLink *link = g_ptr_array_index (links, i);

      bobbin_link_set_folder (link, options->folder);
      if (options->name != NULL)
        set_name (link, options->name);
      if (options->digest != NULL)
        bobbin_link_set_digest (link, options->digest);
      apply_naming (naming, link, i + 1, links->len);
      if (!apply_headers (link, options, error))
        return FALSE;
    }
  return TRUE;
}

static char *
words_for_folder (const char *subfolder, const GError *error)
{
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_DIRECTORY))
    /* Translators: %s is a folder below the one to save to, such as “pictures/2026” */
    return g_strdup_printf (_ ("In the place of the folder “%s” is a file, or a link to another place"),
                            subfolder);
  return bobbin_words_for_error (error);
}

static BobbinCliComplaint *
complaint_new (const BobbinLink *link, GError *error)
{
  BobbinCliComplaint *complaint = g_new0 (BobbinCliComplaint, 1);
  g_autofree char *uri = bobbin_link_dup_shown_uri (link);

  complaint->text = bobbin_cli_text_clean (uri);
  complaint->message = words_for_folder (bobbin_link_get_subfolder (link), error);
  complaint->error = error;
  complaint->is_refused = TRUE;
  return complaint;
}

/* Returns: (transfer full) (nullable): what is wrong, if it cannot be made */
static BobbinCliComplaint *
make_folder (BobbinLink *link)
{
  const char *subfolder = bobbin_link_get_subfolder (link);
  GError *error = NULL;
  g_autofree char *path = NULL;

  if (subfolder == NULL)
    return NULL;
  path = bobbin_subfolder_make (bobbin_link_get_folder (link), subfolder, &error);
  if (path == NULL)
    return complaint_new (link, error);
  bobbin_link_set_folder (link, path);
  return NULL;
}

/**
 * bobbin_cli_links_make_folders:
 * @links: (element-type BobbinLink): links with options, which nobody shares yet
 *
 * Makes the folders below the one to save to that some links want, and lets
 * these links go there. Links whose folder cannot be had are taken out.
 *
 * Returns: (transfer full) (element-type BobbinCliComplaint): about those
 */
GPtrArray *
bobbin_cli_links_make_folders (GPtrArray *links)
{
  GPtrArray *complaints = g_ptr_array_new_with_free_func ((GDestroyNotify) bobbin_cli_complaint_free);
  guint n = 0;

  for (guint i = 0; i < links->len; i++)
    {
      BobbinLink *link = g_ptr_array_index (links, i);
      BobbinCliComplaint *complaint = make_folder (link);

      if (complaint == NULL)
        {
          links->pdata[i] = links->pdata[n];
          links->pdata[n++] = link;
        }
      else
        g_ptr_array_add (complaints, complaint);
    }
  g_ptr_array_set_size (links, (int) n);
  return complaints;
}
