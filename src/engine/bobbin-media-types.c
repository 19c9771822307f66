/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-media-types.h"

#include <string.h>

/* What people call these files, and the names by which servers call the types.
 * The system's list has several extensions for most and prefers none.
 */
static const struct
{
  const char *media_type;
  const char *extension;
} preferred[] = {
  { "application/epub+zip", "epub" },
  { "application/font-woff", "woff" },
  { "application/gzip", "gz" },
  { "application/json", "json" },
  { "application/ld+json", "jsonld" },
  { "application/metalink4+xml", "meta4" },
  { "application/msword", "doc" },
  { "application/ogg", "ogg" },
  { "application/pdf", "pdf" },
  { "application/postscript", "ps" },
  { "application/rtf", "rtf" },
  { "application/vnd.ms-excel", "xls" },
  { "application/vnd.ms-powerpoint", "ppt" },
  { "application/vnd.oasis.opendocument.presentation", "odp" },
  { "application/vnd.oasis.opendocument.spreadsheet", "ods" },
  { "application/vnd.oasis.opendocument.text", "odt" },
  { "application/vnd.openxmlformats-officedocument.presentationml.presentation", "pptx" },
  { "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx" },
  { "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "docx" },
  { "application/vnd.rar", "rar" },
  { "application/wasm", "wasm" },
  { "application/x-7z-compressed", "7z" },
  { "application/x-bittorrent", "torrent" },
  { "application/x-bzip", "bz2" },
  { "application/x-bzip-compressed-tar", "tar.bz2" },
  { "application/x-bzip2", "bz2" },
  { "application/x-bzip2-compressed-tar", "tar.bz2" },
  { "application/x-cd-image", "iso" },
  { "application/x-compressed-tar", "tar.gz" },
  { "application/x-font-ttf", "ttf" },
  { "application/x-gtar", "tar" },
  { "application/x-gzip", "gz" },
  { "application/x-iso9660-image", "iso" },
  { "application/x-lzma-compressed-tar", "tar.lzma" },
  { "application/x-mobipocket-ebook", "mobi" },
  { "application/x-ndjson", "ndjson" },
  { "application/x-pdf", "pdf" },
  { "application/x-rar", "rar" },
  { "application/x-rar-compressed", "rar" },
  { "application/x-sqlite3", "sqlite" },
  { "application/x-tar", "tar" },
  { "application/x-xz", "xz" },
  { "application/x-xz-compressed-tar", "tar.xz" },
  { "application/x-yaml", "yaml" },
  { "application/x-zip", "zip" },
  { "application/x-zip-compressed", "zip" },
  { "application/x-zstd-compressed-tar", "tar.zst" },
  { "application/xhtml+xml", "xhtml" },
  { "application/xml", "xml" },
  { "application/yaml", "yaml" },
  { "application/zip", "zip" },
  { "application/zstd", "zst" },
  { "audio/aac", "aac" },
  { "audio/flac", "flac" },
  { "audio/midi", "mid" },
  { "audio/mp3", "mp3" },
  { "audio/mp4", "m4a" },
  { "audio/mpeg", "mp3" },
  { "audio/ogg", "ogg" },
  { "audio/opus", "opus" },
  { "audio/wav", "wav" },
  { "audio/wave", "wav" },
  { "audio/webm", "weba" },
  { "audio/x-flac", "flac" },
  { "audio/x-m4a", "m4a" },
  { "audio/x-mod", "mod" },
  { "audio/x-wav", "wav" },
  { "font/otf", "otf" },
  { "font/ttf", "ttf" },
  { "font/woff", "woff" },
  { "font/woff2", "woff2" },
  { "image/apng", "apng" },
  { "image/avif", "avif" },
  { "image/bmp", "bmp" },
  { "image/gif", "gif" },
  { "image/heic", "heic" },
  { "image/heif", "heif" },
  { "image/jpeg", "jpg" },
  { "image/jpg", "jpg" },
  { "image/jxl", "jxl" },
  { "image/pjpeg", "jpg" },
  { "image/png", "png" },
  { "image/svg+xml", "svg" },
  { "image/tiff", "tif" },
  { "image/vnd.djvu", "djvu" },
  { "image/vnd.microsoft.icon", "ico" },
  { "image/webp", "webp" },
  { "image/x-icon", "ico" },
  { "image/x-png", "png" },
  { "message/rfc822", "eml" },
  { "text/calendar", "ics" },
  { "text/css", "css" },
  { "text/csv", "csv" },
  { "text/html", "html" },
  { "text/markdown", "md" },
  { "text/plain", "txt" },
  { "text/rtf", "rtf" },
  { "text/tab-separated-values", "tsv" },
  { "text/vcard", "vcf" },
  { "text/x-c++src", "cpp" },
  { "text/x-diff", "diff" },
  { "text/x-tex", "tex" },
  { "text/xml", "xml" },
  { "video/3gpp", "3gp" },
  { "video/mp4", "mp4" },
  { "video/mpeg", "mpg" },
  { "video/ogg", "ogv" },
  { "video/quicktime", "mov" },
  { "video/webm", "webm" },
  { "video/x-m4v", "m4v" },
  { "video/x-matroska", "mkv" },
  { "video/x-msvideo", "avi" },
};

/* Extensions that a desktop runs, installs from or follows when the file is
 * opened. A file without an extension is harmless; what a server calls its
 * content must not change that.
 */
static const char *const never_added[] = {
  "action",     "appimage",    "apk",   "bash",    "bat",       "bin",   "cgi", "cmd", "com",
  "cpl",        "crx",         "csh",   "desktop", "directory", "dll",   "elf", "exe", "flatpak",
  "flatpakref", "flatpakrepo", "hta",   "inf",     "jar",       "jnlp",  "js",  "jse", "kdelnk",
  "ksh",        "lnk",         "local", "mjs",     "mount",     "msi",   "msp", "php", "pif",
  "pl",         "ps1",         "py",    "pyc",     "rb",        "reg",   "run", "scf", "scr",
  "service",    "sh",          "snap",  "so",      "tcl",       "theme", "url", "vb",  "vbe",
  "vbs",        "webloc",      "wsf",   "wsh",     "xpi",       "zsh",
};

typedef struct
{
  const char *extension;
  guint weight;
} Glob;

/* The strings are in the files' texts, which are kept: there are a thousand of
 * them. */
typedef struct
{
  GHashTable *by_type; /* media type → Glob */
  GHashTable *known;   /* set of extensions, lower case */
} SystemTypes;

static gboolean
is_in (const char *const *list, gsize n, const char *text)
{
  for (gsize i = 0; i < n; i++)
    if (g_ascii_strcasecmp (list[i], text) == 0)
      return TRUE;

  return FALSE;
}

static gboolean
is_plain_extension (const char *text)
{
  gsize length = strlen (text);

  if (length == 0 || length > 16)
    return FALSE;
  for (const char *p = text; *p != '\0'; p++)
    if (!g_ascii_isalnum (*p) && strchr ("+-_.", *p) == NULL)
      return FALSE;

  return g_ascii_isalnum (text[0]) && g_ascii_isalnum (text[length - 1]);
}

/* "weight:type:glob" and perhaps flags (shared-mime-info specification, globs2).
 * The heavier glob wins, then the shorter one, then the one of the person's own
 * folders, which are read first.
 */
static void
add_line (SystemTypes *types, char *line)
{
  char *rest = line;
  const char *weight_text = strsep (&rest, ":");
  const char *type = strsep (&rest, ":");
  const char *extension = strsep (&rest, ":");
  guint weight;
  Glob *glob;

  if (line[0] == '#' || extension == NULL || !g_str_has_prefix (extension, "*."))
    return;
  extension += 2;
  if (!is_plain_extension (extension))
    return;
  g_hash_table_add (types->known, (gpointer) extension);
  if (is_in (never_added, G_N_ELEMENTS (never_added), extension))
    return;

  weight = (guint) MIN (g_ascii_strtoull (weight_text, NULL, 10), 100);
  glob = g_hash_table_lookup (types->by_type, type);
  if (glob != NULL
      && (glob->weight > weight
          || (glob->weight == weight && strlen (glob->extension) <= strlen (extension))))
    return;

  glob = g_new0 (Glob, 1);
  glob->extension = extension;
  glob->weight = weight;
  g_hash_table_replace (types->by_type, (gpointer) type, glob);
}

static void
add_folder (SystemTypes *types, const char *folder)
{
  g_autofree char *path = g_build_filename (folder, "mime", "globs2", NULL);
  char *text = NULL;
  char *rest = NULL;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    return;
  for (char *p = text; *p != '\0'; p++)
    *p = g_ascii_tolower (*p);
  for (char *line = strtok_r (text, "\r\n", &rest); line != NULL; line = strtok_r (NULL, "\r\n", &rest))
    add_line (types, line);
}

static gpointer
load_system_types (gpointer unused)
{
  SystemTypes *types = g_new0 (SystemTypes, 1);
  const char *const *folders = g_get_system_data_dirs ();

  types->by_type = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);
  types->known = g_hash_table_new (g_str_hash, g_str_equal);
  for (gsize i = 0; i < G_N_ELEMENTS (preferred); i++)
    g_hash_table_add (types->known, (gpointer) preferred[i].extension);

  add_folder (types, g_get_user_data_dir ());
  for (gsize i = 0; folders[i] != NULL; i++)
    add_folder (types, folders[i]);

  return types;
}

/* Read once, by whoever comes first, and never changed or freed. */
static const SystemTypes *
get_system_types (void)
{
  static GOnce once = G_ONCE_INIT;

  return g_once (&once, load_system_types, NULL);
}

/**
 * bobbin_media_type_dup_extension:
 * @media_type: (nullable): the value of a Content-Type field
 *
 * The extension that files of this type go by, without its dot: from a short
 * table of what people expect, then from the system's shared-mime-info, which
 * is read at the first call. Extensions that a desktop would run are never
 * given. Any thread.
 *
 * Returns: (transfer full) (nullable): such as `jpg` or `tar.gz`, or %NULL if
 *   the type is unknown or says nothing
 */
char *
bobbin_media_type_dup_extension (const char *media_type)
{
  g_autofree char *type = NULL;
  const Glob *glob = NULL;

  if (media_type == NULL)
    return NULL;
  type = g_ascii_strdown (media_type, (gssize) strcspn (media_type, ";,"));
  g_strstrip (type);
  if (strcmp (type, "application/octet-stream") == 0)
    return NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (preferred); i++)
    if (strcmp (type, preferred[i].media_type) == 0)
      return g_strdup (preferred[i].extension);

  glob = g_hash_table_lookup (get_system_types ()->by_type, type);
  return glob != NULL ? g_strdup (glob->extension) : NULL;
}

/**
 * bobbin_media_types_know_extension:
 * @extension: an extension without its dot, any case
 *
 * Tells whether files with this extension are of a type that the system knows.
 * Any thread.
 *
 * Returns: %TRUE if they are
 */
gboolean
bobbin_media_types_know_extension (const char *extension)
{
  g_autofree char *lower = g_ascii_strdown (extension, -1);

  return g_hash_table_contains (get_system_types ()->known, lower);
}
