/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-plist.h"

#include "bobbin-encoding.h"

#include <string.h>

/* The binary property lists of macOS, as far as an Internet location needs it:
 * a dictionary at the top with a string in it. Every number from the file is
 * checked before it is used.
 *
 * Layout (CFBinaryPList.c): "bplist00", the objects, a table with the offset of
 * each, and 32 bytes at the end that say how wide the numbers are and where the
 * table is. An object begins with a byte of kind and count; a count of 15 means
 * that an integer with the count follows.
 */

#define MAGIC "bplist00"
#define TRAILER 32

/* A dictionary with more keys is no Internet location. */
#define MAX_KEYS 1000

/* Nor is a longer string a link, or a key. */
#define MAX_STRING 65536

enum
{
  KIND_INTEGER = 0x1,
  KIND_ASCII = 0x5,
  KIND_UTF16 = 0x6,
  KIND_DICTIONARY = 0xd,
};

typedef struct
{
  const guint8 *bytes;
  gsize length; /* without the trailer */
  guint offset_size;
  guint index_size;
  guint64 n_objects;
  guint64 top;
  guint64 table;
} Plist;

typedef struct
{
  guint kind;
  guint64 count;
  gsize start; /* of what comes after the count */
} Object;

/* Reads a big-endian number of 1 to 8 bytes. */
static gboolean
read_number (const Plist *plist, guint64 offset, guint size, guint64 *number)
{
  if (size < 1 || size > 8 || offset > plist->length || plist->length - offset < size)
    return FALSE;
  *number = 0;
  for (guint i = 0; i < size; i++)
    *number = *number << 8 | plist->bytes[offset + i];

  return TRUE;
}

static gboolean
read_trailer (Plist *plist, const char *bytes, gsize length)
{
  Plist whole = { (const guint8 *) bytes, length };
  gsize end = length - TRAILER;

  *plist = (Plist){ (const guint8 *) bytes, end, whole.bytes[end + 6], whole.bytes[end + 7] };

  return read_number (&whole, end + 8, 8, &plist->n_objects) && read_number (&whole, end + 16, 8, &plist->top)
         && read_number (&whole, end + 24, 8, &plist->table) && plist->top < plist->n_objects;
}

static gboolean
read_object (const Plist *plist, guint64 index, Object *object)
{
  guint64 entry = 0, offset = 0, head = 0;

  if (index >= plist->n_objects || !g_uint64_checked_mul (&entry, index, plist->offset_size)
      || !g_uint64_checked_add (&entry, entry, plist->table)
      || !read_number (plist, entry, plist->offset_size, &offset) || !read_number (plist, offset, 1, &head))
    return FALSE;

  object->kind = (guint) (head >> 4);
  object->count = head & 0xf;
  object->start = (gsize) offset + 1;
  if (object->count == 0xf)
    {
      guint size = 0;

      if (!read_number (plist, object->start, 1, &head) || head >> 4 != KIND_INTEGER || (head & 0xf) > 3)
        return FALSE;
      size = 1u << (head & 0xf);
      if (!read_number (plist, object->start + 1, size, &object->count))
        return FALSE;
      object->start += 1 + size;
    }

  return TRUE;
}

static char *
dup_string (const Plist *plist, guint64 index)
{
  Object object = { 0 };
  const char *start = NULL;
  gsize room = 0;

  if (!read_object (plist, index, &object) || object.start > plist->length || object.count > MAX_STRING)
    return NULL;
  start = (const char *) plist->bytes + object.start;
  room = plist->length - object.start;
  if (object.kind == KIND_ASCII && object.count <= room)
    return bobbin_encoding_guess (start, (gsize) object.count);
  if (object.kind == KIND_UTF16 && object.count <= room / 2)
    return bobbin_encoding_from_utf16 (start, (gsize) object.count * 2, TRUE, &room);

  return NULL;
}

/**
 * bobbin_plist_is_binary:
 * @bytes: (array length=length): the start of a file, or all of it
 * @length: how many bytes
 *
 * Returns: whether it is a binary property list
 */
gboolean
bobbin_plist_is_binary (const char *bytes, gsize length)
{
  return length >= strlen (MAGIC) && memcmp (bytes, MAGIC, strlen (MAGIC)) == 0;
}

/**
 * bobbin_plist_dup_string:
 * @bytes: (array length=length): a binary property list, from anybody
 * @length: how many bytes
 * @key: a key
 *
 * Looks for a string in the dictionary at the top. Any thread.
 *
 * Returns: (transfer full) (nullable): the string in UTF-8, %NULL if there is
 *   none or the list is broken
 */
char *
bobbin_plist_dup_string (const char *bytes, gsize length, const char *key)
{
  Plist plist = { 0 };
  Object top = { 0 };

  if (!bobbin_plist_is_binary (bytes, length) || length < strlen (MAGIC) + TRAILER
      || !read_trailer (&plist, bytes, length) || !read_object (&plist, plist.top, &top)
      || top.kind != KIND_DICTIONARY || top.count > MAX_KEYS)
    return NULL;

  for (guint64 i = 0; i < top.count; i++)
    {
      guint64 name_index = 0, value_index = 0;
      g_autofree char *name = NULL;

      if (!read_number (&plist, top.start + i * plist.index_size, plist.index_size, &name_index)
          || !read_number (&plist, top.start + (top.count + i) * plist.index_size, plist.index_size,
                           &value_index))
        return NULL;
      name = dup_string (&plist, name_index);
      if (g_strcmp0 (name, key) == 0)
        return dup_string (&plist, value_index);
    }

  return NULL;
}
