/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-checksum.h"

#include <string.h>

#define LONGEST_DIGEST 64 /* bytes, of SHA-512 */

/* From strong to weak. RFC 9530 keeps "sha" and "md5" for accidents only, and
 * accidents are all that a digest from the same server can tell. */
static const struct
{
  const char *key;
  GChecksumType type;
} algorithms[] = {
  { "sha-512", G_CHECKSUM_SHA512 },
  { "sha-256", G_CHECKSUM_SHA256 },
  { "sha", G_CHECKSUM_SHA1 },
  { "md5", G_CHECKSUM_MD5 },
};

static char *
hex_of (const guchar *bytes, gsize length)
{
  GString *hex = g_string_sized_new (2 * length);

  for (gsize i = 0; i < length; i++)
    g_string_append_printf (hex, "%02x", bytes[i]);
  return g_string_free (hex, FALSE);
}

static gsize
count_base64 (const char *text)
{
  gsize n = 0;

  while (g_ascii_isalnum (text[n]) || text[n] == '+' || text[n] == '/')
    n++;
  return n;
}

/* @text has to be just the bytes of one digest, with or without padding (RFC
 * 8941, 4.2.7). g_base64_decode() alone would skip what does not belong there. */
static BobbinDigest *
digest_from_base64 (GChecksumType type, const char *text, gsize length)
{
  gsize wanted = (gsize) g_checksum_type_get_length (type);
  gsize n_chars = (wanted * 4 + 2) / 3;
  gsize n_padded = (wanted + 2) / 3 * 4;
  char padded[(LONGEST_DIGEST + 2) / 3 * 4 + 1];
  g_autofree guchar *bytes = NULL;
  g_autofree char *hex = NULL;
  gsize n_bytes;

  if (count_base64 (text) != n_chars || (length != n_chars && length != n_padded)
      || strspn (text + n_chars, "=") < length - n_chars)
    return NULL;
  memcpy (padded, text, n_chars);
  memset (padded + n_chars, '=', n_padded - n_chars);
  padded[n_padded] = '\0';
  bytes = g_base64_decode (padded, &n_bytes);
  g_return_val_if_fail (n_bytes == wanted, NULL);
  hex = hex_of (bytes, n_bytes);
  return bobbin_digest_new (type, hex);
}

/* What follows reads dictionaries of structured fields, RFC 8941, 3.2, as far as
 * digests need them. Each function takes one thing and tells whether it was
 * there. */

static void
skip (const char **text, const char *chars)
{
  *text += strspn (*text, chars);
}

static gboolean
take_char (const char **text, char wanted)
{
  if (**text != wanted)
    return FALSE;
  (*text)++;
  return TRUE;
}

static gboolean
take_key (const char **text, const char **key, gsize *length)
{
  const char *p = *text;

  if (!g_ascii_islower (*p) && *p != '*')
    return FALSE;
  while (g_ascii_islower (*p) || g_ascii_isdigit (*p) || (*p != '\0' && strchr ("_-.*", *p) != NULL))
    p++;
  *key = *text;
  *length = (gsize) (p - *text);
  *text = p;
  return TRUE;
}

static gboolean
take_bytes (const char **text, const char **base64, gsize *length)
{
  if (!take_char (text, ':'))
    return FALSE;
  *base64 = *text;
  *text += count_base64 (*text);
  skip (text, "=");
  *length = (gsize) (*text - *base64);
  return take_char (text, ':');
}

static gboolean
take_string (const char **text)
{
  const char *p = *text + 1;

  for (; *p != '"'; p++)
    {
      if (*p == '\\')
        p++;
      if (!g_ascii_isprint (*p))
        return FALSE;
    }
  *text = p + 1;
  return TRUE;
}

/* A number, a token or a boolean; which of them makes no difference here. */
static gboolean
take_word (const char **text)
{
  const char *p = *text;

  while (g_ascii_isalnum (*p) || (*p != '\0' && strchr ("!#$%&'*+-.^_`|~:/?", *p) != NULL))
    p++;
  if (p == *text)
    return FALSE;
  *text = p;
  return TRUE;
}

static gboolean
take_item (const char **text)
{
  const char *base64;
  gsize length;

  if (**text == '"')
    return take_string (text);
  return **text == ':' ? take_bytes (text, &base64, &length) : take_word (text);
}

static gboolean
take_parameters (const char **text)
{
  const char *key;
  gsize length;

  while (take_char (text, ';'))
    {
      skip (text, " ");
      if (!take_key (text, &key, &length) || (take_char (text, '=') && !take_item (text)))
        return FALSE;
    }
  return TRUE;
}

/* The place of an algorithm in the table, or the one after the last. */
static gsize
find_algorithm (const char *key, gsize length)
{
  gsize i = 0;

  while (i < G_N_ELEMENTS (algorithms)
         && (strlen (algorithms[i].key) != length || strncmp (algorithms[i].key, key, length) != 0))
    i++;
  return i;
}

/* A member whose value is no byte sequence is no digest (RFC 9530, 2), and makes
 * the whole field worthless as a malformed one would. */
static gboolean
take_member (const char **text, BobbinDigest **found)
{
  const char *key;
  const char *base64;
  gsize key_length;
  gsize length;
  gsize i;

  if (!take_key (text, &key, &key_length) || !take_char (text, '=') || !take_bytes (text, &base64, &length)
      || !take_parameters (text))
    return FALSE;
  i = find_algorithm (key, key_length);
  if (i == G_N_ELEMENTS (algorithms))
    return TRUE;
  bobbin_digest_free (found[i]);
  found[i] = digest_from_base64 (algorithms[i].type, base64, length);
  return TRUE;
}

/* One mistake, and nothing in the dictionary counts; of several members with
 * one key the last does. */
static gboolean
take_dictionary (const char **text, BobbinDigest **found)
{
  skip (text, " ");
  do
    {
      skip (text, " \t");
      if (!take_member (text, found))
        return FALSE;
      skip (text, " \t");
    }
  while (take_char (text, ','));
  return **text == '\0';
}

/* Returns: (transfer full) (nullable): the strongest digest of the field */
static BobbinDigest *
digest_from_dictionary (const char *text)
{
  BobbinDigest *found[G_N_ELEMENTS (algorithms)] = { NULL };
  gboolean good = take_dictionary (&text, found);
  BobbinDigest *strongest = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (found); i++)
    if (good && strongest == NULL)
      strongest = found[i];
    else
      bobbin_digest_free (found[i]);
  return strongest;
}

static gboolean
is_stronger (const BobbinDigest *a, const BobbinDigest *b)
{
  return g_checksum_type_get_length (a->type) > g_checksum_type_get_length (b->type);
}

static BobbinDigest *
digest_from_md5_field (const char *text)
{
  gsize length;

  skip (&text, " \t");
  length = strcspn (text, " \t");
  return text[length + strspn (text + length, " \t")] == '\0'
             ? digest_from_base64 (G_CHECKSUM_MD5, text, length)
             : NULL;
}

/* Digest (RFC 3230, 4.3.2), which RFC 6249 has for mirrors: the whole file's,
 * also with a 206. */
static BobbinDigest *
digest_from_instance_field (const char *text)
{
  g_auto (GStrv) values = g_strsplit (text, ",", -1);
  BobbinDigest *strongest = NULL;

  for (char **value = values; *value != NULL; value++)
    {
      char *equals = strchr (g_strstrip (*value), '=');

      for (gsize i = 0; equals != NULL && i < G_N_ELEMENTS (algorithms); i++)
        {
          const char *key = algorithms[i].key;
          BobbinDigest *digest;

          if (g_ascii_strncasecmp (*value, key, strlen (key)) != 0 || *value + strlen (key) != equals)
            continue;
          digest = digest_from_base64 (algorithms[i].type, equals + 1, strlen (equals + 1));
          if (digest != NULL && (strongest == NULL || is_stronger (digest, strongest)))
            {
              bobbin_digest_free (strongest);
              strongest = g_steal_pointer (&digest);
            }
          bobbin_digest_free (digest);
        }
    }
  return strongest;
}

/**
 * bobbin_digest_from_fields:
 * @repr_digest: (nullable): Repr-Digest (RFC 9530, 3), several joined by commas
 * @digest: (nullable): Digest (RFC 3230), likewise
 * @content_digest: (nullable): Content-Digest (RFC 9530, 2), likewise
 * @content_md5: (nullable): Content-MD5 (RFC 1864)
 *
 * Picks the strongest digest that an answer gives for the file, and of two as
 * strong that of the representation. The last two fields are about the content
 * of one answer: for a 206, which holds a part, they have to be left out. A field
 * that is malformed is ignored, and so is an algorithm that is not known. Pure.
 * Any thread.
 *
 * Returns: (transfer full) (nullable): the digest
 */
BobbinDigest *
bobbin_digest_from_fields (const char *repr_digest,
                           const char *digest,
                           const char *content_digest,
                           const char *content_md5)
{
  g_autoptr (BobbinDigest) of_file = repr_digest != NULL ? digest_from_dictionary (repr_digest) : NULL;
  g_autoptr (BobbinDigest) of_instance = digest != NULL ? digest_from_instance_field (digest) : NULL;
  g_autoptr (BobbinDigest) of_content
      = content_digest != NULL ? digest_from_dictionary (content_digest) : NULL;

  if (of_instance != NULL && (of_file == NULL || is_stronger (of_instance, of_file)))
    {
      bobbin_digest_free (of_file);
      of_file = g_steal_pointer (&of_instance);
    }
  if (of_content != NULL && (of_file == NULL || is_stronger (of_content, of_file)))
    return g_steal_pointer (&of_content);
  if (of_file != NULL)
    return g_steal_pointer (&of_file);
  return content_md5 != NULL ? digest_from_md5_field (content_md5) : NULL;
}
