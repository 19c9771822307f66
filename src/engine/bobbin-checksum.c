/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-checksum.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

/* Files are read in pieces of so many bytes. */
#define PIECE (256 * 1024)

typedef struct
{
  const char *name;
  const char *short_name;
  GChecksumType type;
} Algorithm;

static const Algorithm algorithms[] = {
  { "md5", "md5", G_CHECKSUM_MD5 },           { "sha-1", "sha1", G_CHECKSUM_SHA1 },
  { "sha-256", "sha256", G_CHECKSUM_SHA256 }, { "sha-384", "sha384", G_CHECKSUM_SHA384 },
  { "sha-512", "sha512", G_CHECKSUM_SHA512 },
};

static gboolean
is_hex (const char *text, gsize length)
{
  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isxdigit (text[i]))
      return FALSE;
  return TRUE;
}

static gsize
get_hex_length (GChecksumType type)
{
  return 2 * (gsize) g_checksum_type_get_length (type);
}

static BobbinDigest *
digest_new (GChecksumType type, const char *hex, gsize length)
{
  BobbinDigest *self;

  if (length != get_hex_length (type) || !is_hex (hex, length))
    return NULL;
  self = g_new0 (BobbinDigest, 1);
  self->type = type;
  self->hex = g_ascii_strdown (hex, (gssize) length);
  return self;
}

/**
 * bobbin_digest_new:
 * @type: the algorithm
 * @hex: the digest, hexadecimal, of the length that @type has
 *
 * Any thread.
 *
 * Returns: (transfer full): a digest
 */
BobbinDigest *
bobbin_digest_new (GChecksumType type, const char *hex)
{
  BobbinDigest *self = digest_new (type, hex, strlen (hex));

  g_return_val_if_fail (self != NULL, NULL);
  return self;
}

static const Algorithm *
find_by_name (const char *name, gsize length)
{
  for (gsize i = 0; i < G_N_ELEMENTS (algorithms); i++)
    {
      const Algorithm *algorithm = &algorithms[i];

      if ((strlen (algorithm->name) == length && g_ascii_strncasecmp (name, algorithm->name, length) == 0)
          || (strlen (algorithm->short_name) == length
              && g_ascii_strncasecmp (name, algorithm->short_name, length) == 0))
        return algorithm;
    }
  return NULL;
}

static const Algorithm *
find_by_hex_length (gsize length)
{
  for (gsize i = 0; i < G_N_ELEMENTS (algorithms); i++)
    if (get_hex_length (algorithms[i].type) == length)
      return &algorithms[i];
  return NULL;
}

static gsize
count_spaces (const char *text)
{
  gsize n = 0;

  while (g_ascii_isspace (text[n]))
    n++;
  return n;
}

static gsize
length_without_trailing_spaces (const char *text, gsize length)
{
  while (length > 0 && g_ascii_isspace (text[length - 1]))
    length--;
  return length;
}

/**
 * bobbin_digest_parse:
 * @text: what a person or a link file gave
 *
 * Reads "sha-256=HEX" or "sha256:HEX", or HEX alone, whose length tells the
 * algorithm. Case does not matter, nor do spaces around each of the two. Pure.
 *
 * Returns: (transfer full) (nullable): the digest, %NULL if @text is none
 */
BobbinDigest *
bobbin_digest_parse (const char *text)
{
  const Algorithm *algorithm;
  gsize name_length;
  gsize length;

  text += count_spaces (text);
  name_length = strcspn (text, "=:");
  if (text[name_length] == '\0')
    {
      length = length_without_trailing_spaces (text, name_length);
      algorithm = find_by_hex_length (length);
    }
  else
    {
      algorithm = find_by_name (text, length_without_trailing_spaces (text, name_length));
      text += name_length + 1;
      text += count_spaces (text);
      length = length_without_trailing_spaces (text, strlen (text));
    }
  return algorithm != NULL ? digest_new (algorithm->type, text, length) : NULL;
}

/**
 * bobbin_digest_copy:
 * @self: (nullable): a digest
 *
 * Any thread.
 *
 * Returns: (transfer full) (nullable): a copy
 */
BobbinDigest *
bobbin_digest_copy (const BobbinDigest *self)
{
  return self != NULL ? bobbin_digest_new (self->type, self->hex) : NULL;
}

/**
 * bobbin_digest_free:
 * @self: (transfer full) (nullable): a digest
 */
void
bobbin_digest_free (BobbinDigest *self)
{
  if (self == NULL)
    return;
  g_free (self->hex);
  g_free (self);
}

/**
 * bobbin_digest_get_algorithm:
 * @self: a digest
 *
 * Returns: the algorithm's name, "sha-256" and the like; for logs and the store
 */
const char *
bobbin_digest_get_algorithm (const BobbinDigest *self)
{
  for (gsize i = 0; i < G_N_ELEMENTS (algorithms); i++)
    if (algorithms[i].type == self->type)
      return algorithms[i].name;
  g_return_val_if_reached ("");
}

/**
 * bobbin_digest_to_string:
 * @self: a digest
 *
 * Returns: (transfer full): "sha-256=" and the digest, as bobbin_digest_parse()
 *   reads it
 */
char *
bobbin_digest_to_string (const BobbinDigest *self)
{
  return g_strconcat (bobbin_digest_get_algorithm (self), "=", self->hex, NULL);
}

/**
 * bobbin_digest_equal:
 * @a: a digest
 * @b: another
 *
 * Returns: whether both are the same digest by the same algorithm
 */
gboolean
bobbin_digest_equal (const BobbinDigest *a, const BobbinDigest *b)
{
  return a->type == b->type && g_str_equal (a->hex, b->hex);
}

static gssize
read_piece (int fd, guint8 *buffer, gsize size, goffset offset, GError **error)
{
  gssize n;

  do
    n = pread (fd, buffer, size, offset);
  while (n < 0 && errno == EINTR);
  if (n < 0)
    {
      int saved_errno = errno;

      g_set_error (error, G_IO_ERROR, g_io_error_from_errno (saved_errno), "Reading for the digest: %s",
                   g_strerror (saved_errno));
    }
  return n;
}

/* Notes in @done, if it is wanted, how many bytes have been read. */
static BobbinDigest *
compute (int fd,
         goffset first,
         goffset size,
         GChecksumType type,
         _Atomic goffset *done,
         GCancellable *cancellable,
         GError **error)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (type);
  g_autofree guint8 *buffer = g_malloc (PIECE);
  gssize n = 1;

  while (size > 0 && n > 0)
    {
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return NULL;
      n = read_piece (fd, buffer, (gsize) MIN (size, PIECE), first, error);
      if (n < 0)
        return NULL;
      g_checksum_update (checksum, buffer, n);
      first += n;
      size -= n;
      if (done != NULL)
        atomic_fetch_add_explicit (done, n, memory_order_relaxed);
    }
  return bobbin_digest_new (type, g_checksum_get_string (checksum));
}

/**
 * bobbin_digest_of_range:
 * @fd: a file open for reading
 * @first: offset of the first byte
 * @size: how many bytes, or as many as there are
 * @type: the algorithm
 * @cancellable: (nullable): ends the call within a moment when cancelled
 * @error: return location for an error
 *
 * Computes the digest of a part of a file, wherever @fd stands. Takes about a
 * second for 350 MB with SHA-256: not for the main thread.
 *
 * Sets %G_IO_ERROR_CANCELLED and the %G_IO_ERROR codes of pread().
 *
 * Returns: (transfer full) (nullable): the digest
 */
BobbinDigest *
bobbin_digest_of_range (
    int fd, goffset first, goffset size, GChecksumType type, GCancellable *cancellable, GError **error)
{
  return compute (fd, first, size, type, NULL, cancellable, error);
}

/**
 * bobbin_digest_of_file:
 * @fd: a file open for reading
 * @type: the algorithm
 * @cancellable: (nullable): ends the call within a moment when cancelled
 * @error: return location for an error
 *
 * Computes the digest of a file from its first byte to its last, as
 * bobbin_digest_of_range() does.
 *
 * Returns: (transfer full) (nullable): the digest
 */
BobbinDigest *
bobbin_digest_of_file (int fd, GChecksumType type, GCancellable *cancellable, GError **error)
{
  return bobbin_digest_of_range (fd, 0, G_MAXOFFSET, type, cancellable, error);
}

/**
 * bobbin_digest_of_file_watched:
 * @fd: a file open for reading
 * @type: the algorithm
 * @done: how many bytes have been read, for others to look at meanwhile
 * @cancellable: (nullable): ends the call within a moment when cancelled
 * @error: return location for an error
 *
 * As bobbin_digest_of_file(), for somebody who waits for it.
 *
 * Returns: (transfer full) (nullable): the digest
 */
BobbinDigest *
bobbin_digest_of_file_watched (
    int fd, GChecksumType type, _Atomic goffset *done, GCancellable *cancellable, GError **error)
{
  return compute (fd, 0, G_MAXOFFSET, type, done, cancellable, error);
}
