/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-kind.h"

#include <gio/gio.h>

static const BobbinKind kind_picture = { "picture", "image-x-generic-symbolic" };
static const BobbinKind kind_video = { "video", "video-x-generic-symbolic" };
static const BobbinKind kind_sound = { "sound", "audio-x-generic-symbolic" };
static const BobbinKind kind_archive = { "archive", "package-x-generic-symbolic" };
static const BobbinKind kind_disc = { "archive", "media-optical-symbolic" };
static const BobbinKind kind_table = { "table", "x-office-spreadsheet-symbolic" };
static const BobbinKind kind_text = { "other", "text-x-generic-symbolic" };
static const BobbinKind kind_other = { "other", "x-office-document-symbolic" };

static const struct
{
  const char *name; /* a media type, or the start of one */
  const BobbinKind *kind;
} by_type[] = {
  { "image/", &kind_picture },
  { "video/", &kind_video },
  { "audio/", &kind_sound },
  { "text/csv", &kind_table },
  { "text/tab-separated-values", &kind_table },
  { "text/spreadsheet", &kind_table },
  { "text/plain", &kind_text },
  { "application/x-cd-image", &kind_disc },
  { "application/x-raw-disk-image", &kind_disc },
  { "application/vnd.efi.iso", &kind_disc },
  { "application/vnd.efi.img", &kind_disc },
  { "application/x-apple-diskimage", &kind_disc },
  { "application/zstd", &kind_archive },
  { "application/gzip", &kind_archive },
  { "application/x-xz", &kind_archive },
};

static const struct
{
  const char *name;
  const BobbinKind *kind;
} by_icon[] = {
  { "package-x-generic", &kind_archive }, { "x-office-spreadsheet", &kind_table },
  { "image-x-generic", &kind_picture },   { "video-x-generic", &kind_video },
  { "audio-x-generic", &kind_sound },
};

/**
 * bobbin_kind_for_name:
 * @name: the leaf name of a file
 *
 * Guesses from the name alone; the file need not be there. Any thread.
 *
 * Returns: (transfer none): the kind
 */
const BobbinKind *
bobbin_kind_for_name (const char *name)
{
  g_autofree char *type = g_content_type_guess (name, NULL, 0, NULL);
  g_autofree char *icon = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (by_type); i++)
    {
      if (g_str_has_prefix (type, by_type[i].name))
        return by_type[i].kind;
    }
  icon = g_content_type_get_generic_icon_name (type);
  for (guint i = 0; i < G_N_ELEMENTS (by_icon); i++)
    {
      if (g_strcmp0 (icon, by_icon[i].name) == 0)
        return by_icon[i].kind;
    }
  return &kind_other;
}
