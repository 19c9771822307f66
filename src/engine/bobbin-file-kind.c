/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-file-kind.h"

#include <gio/gio.h>

/* Where the system's types and their icons say something else than people. */
static const struct
{
  const char *type; /* or the start of one */
  BobbinFileKind kind;
} by_type[] = {
  { "image/vnd.djvu", BOBBIN_FILE_KIND_DOCUMENT },
  { "image/", BOBBIN_FILE_KIND_PICTURE },
  { "video/", BOBBIN_FILE_KIND_VIDEO },
  { "audio/", BOBBIN_FILE_KIND_SOUND },
  { "text/html", BOBBIN_FILE_KIND_OTHER },
  { "text/csv", BOBBIN_FILE_KIND_DOCUMENT },
  { "text/markdown", BOBBIN_FILE_KIND_DOCUMENT },
  { "text/plain", BOBBIN_FILE_KIND_DOCUMENT },
  { "text/rtf", BOBBIN_FILE_KIND_DOCUMENT },
  { "text/spreadsheet", BOBBIN_FILE_KIND_DOCUMENT },
  { "text/tab-separated-values", BOBBIN_FILE_KIND_DOCUMENT },
  { "application/epub+zip", BOBBIN_FILE_KIND_DOCUMENT },
  { "application/gzip", BOBBIN_FILE_KIND_ARCHIVE },
  { "application/octet-stream", BOBBIN_FILE_KIND_OTHER },
  { "application/pdf", BOBBIN_FILE_KIND_DOCUMENT },
  { "application/postscript", BOBBIN_FILE_KIND_DOCUMENT },
  { "application/rtf", BOBBIN_FILE_KIND_DOCUMENT },
  { "application/vnd.efi.i", BOBBIN_FILE_KIND_ARCHIVE }, /* .iso, .img */
  { "application/x-apple-diskimage", BOBBIN_FILE_KIND_ARCHIVE },
  { "application/x-cd-image", BOBBIN_FILE_KIND_ARCHIVE },
  { "application/x-mobipocket-ebook", BOBBIN_FILE_KIND_DOCUMENT },
  { "application/x-php", BOBBIN_FILE_KIND_OTHER },
  { "application/x-raw-disk-image", BOBBIN_FILE_KIND_ARCHIVE },
  { "application/x-xz", BOBBIN_FILE_KIND_ARCHIVE },
  { "application/xhtml+xml", BOBBIN_FILE_KIND_OTHER },
  { "application/zstd", BOBBIN_FILE_KIND_ARCHIVE },
};

static const struct
{
  const char *icon;
  BobbinFileKind kind;
} by_icon[] = {
  { "audio-x-generic", BOBBIN_FILE_KIND_SOUND },
  { "image-x-generic", BOBBIN_FILE_KIND_PICTURE },
  { "package-x-generic", BOBBIN_FILE_KIND_ARCHIVE },
  { "text-x-generic", BOBBIN_FILE_KIND_DOCUMENT },
  { "video-x-generic", BOBBIN_FILE_KIND_VIDEO },
  { "x-office-document", BOBBIN_FILE_KIND_DOCUMENT },
  { "x-office-presentation", BOBBIN_FILE_KIND_DOCUMENT },
  { "x-office-spreadsheet", BOBBIN_FILE_KIND_DOCUMENT },
};

/**
 * bobbin_file_kind_for_name:
 * @name: the leaf name of a file, which need not be there
 *
 * Guesses the kind by what the system's list of types says of the name. Any
 * thread.
 *
 * Returns: the kind
 */
BobbinFileKind
bobbin_file_kind_for_name (const char *name)
{
  g_autofree char *type = g_content_type_guess (name, NULL, 0, NULL);
  g_autofree char *icon = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (by_type); i++)
    if (g_str_has_prefix (type, by_type[i].type))
      return by_type[i].kind;
  icon = g_content_type_get_generic_icon_name (type);
  for (guint i = 0; i < G_N_ELEMENTS (by_icon); i++)
    if (g_strcmp0 (icon, by_icon[i].icon) == 0)
      return by_icon[i].kind;

  return BOBBIN_FILE_KIND_OTHER;
}
