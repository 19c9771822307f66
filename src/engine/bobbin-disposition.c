/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-disposition.h"

#include "bobbin-encoding.h"

#include <string.h>

#define SPACE " \t\r\n"

/* One parameter; the value without its quotation marks and escapes. */
typedef struct
{
  char *name;
  char *value;
  gboolean quoted;
} Param;

/* What the header says about the name, one field for each way to say it. */
typedef struct
{
  char *extended;         /* filename*, as RFC 8187 has it */
  char *sloppy;           /* filename*, as some servers write it */
  char *plain;            /* filename */
  GPtrArray *pieces;      /* filename*0, filename*1…: values, with holes */
  GPtrArray *are_encoded; /* whether the piece's name ended with an asterisk */
  gboolean pieces_ended;
} Names;

static void
param_clear (Param *param)
{
  g_clear_pointer (&param->name, g_free);
  g_clear_pointer (&param->value, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Param, param_clear)

static void
names_clear (Names *names)
{
  g_clear_pointer (&names->extended, g_free);
  g_clear_pointer (&names->sloppy, g_free);
  g_clear_pointer (&names->plain, g_free);
  g_clear_pointer (&names->pieces, g_ptr_array_unref);
  g_clear_pointer (&names->are_encoded, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Names, names_clear)

static char *
dup_trimmed (const char *start, const char *end)
{
  while (start < end && strchr (SPACE, *start) != NULL)
    start++;
  while (end > start && strchr (SPACE, end[-1]) != NULL)
    end--;

  return g_strndup (start, (gsize) (end - start));
}

/* A quoted-string (RFC 9110 section 5.6.4) from its opening quotation mark on.
 * One that never ends, ends with the header, as it does in browsers.
 */
static char *
take_quoted (const char **p)
{
  GString *text = g_string_new (NULL);
  const char *c = *p + 1;

  for (; *c != '\0' && *c != '"'; c++)
    {
      if (*c == '\\' && c[1] != '\0')
        c++;
      g_string_append_c (text, *c);
    }

  *p = *c == '"' ? c + 1 : c;
  return g_string_free (text, FALSE);
}

/* The next parameter that has a name and a value. The disposition type has
 * neither and is passed over, as is everything that is broken: a name is worth
 * more than the form. What follows a quoted value up to the semicolon is left
 * out; values without quotation marks run up to the semicolon, blanks and all,
 * because many servers send them so.
 */
static gboolean
take_param (const char **p, Param *param)
{
  param_clear (param);

  while (**p != '\0')
    {
      const char *start = *p;
      gsize length = strcspn (start, "=;\"");

      *p = start + length;
      if (start[length] == '"')
        g_free (take_quoted (p));
      if (start[length] == ';')
        *p += 1;
      if (start[length] != '=')
        continue;

      param->name = dup_trimmed (start, start + length);
      *p += 1;
      *p += strspn (*p, SPACE);
      param->quoted = **p == '"';
      if (param->quoted)
        param->value = take_quoted (p);
      length = strcspn (*p, ";");
      if (!param->quoted)
        param->value = dup_trimmed (*p, *p + length);
      *p += length;
      return TRUE;
    }

  return FALSE;
}

/* Undoes percent-encoding. A NUL would cut the name: it becomes a byte that no
 * name keeps either. FALSE if a percent sign begins no encoding; it then stands
 * for itself.
 */
static gboolean
append_unescaped (GString *bytes, const char *text, char escape)
{
  gboolean valid = TRUE;

  for (const char *p = text; *p != '\0'; p++)
    {
      char byte = *p;

      if (*p == escape && g_ascii_isxdigit (p[1]) && g_ascii_isxdigit (p[2]))
        {
          byte = (char) (g_ascii_xdigit_value (p[1]) << 4 | g_ascii_xdigit_value (p[2]));
          p += 2;
        }
      else if (*p == escape)
        valid = FALSE;
      g_string_append_c (bytes, byte != '\0' ? byte : '\1');
    }

  return valid;
}

/* RFC 8187 section 3.2: charset'language'value */
static char *
decode_extended (const char *text)
{
  const char *language = strchr (text, '\'');
  const char *value = language != NULL ? strchr (language + 1, '\'') : NULL;
  g_autofree char *charset = NULL;
  g_autoptr (GString) bytes = NULL;

  if (value == NULL || !g_str_is_ascii (value))
    return NULL;
  charset = g_strndup (text, (gsize) (language - text));
  bytes = g_string_new (NULL);
  if (!append_unescaped (bytes, value + 1, '%'))
    return NULL;

  return bobbin_encoding_from_charset (bytes->str, bytes->len, charset);
}

/* The same with a charset or the apostrophes missing, or letters that should
 * have been encoded.
 */
static char *
decode_sloppy (const char *text)
{
  const char *language = strchr (text, '\'');
  const char *value = language != NULL ? strchr (language + 1, '\'') : NULL;
  g_autoptr (GString) bytes = g_string_new (NULL);

  if (value == NULL && language != NULL && g_ascii_strncasecmp (text, "utf-8'", 6) == 0)
    value = language;
  if (!append_unescaped (bytes, value != NULL ? value + 1 : text, '%'))
    return NULL;

  return bobbin_encoding_from_charset (bytes->str, bytes->len, "UTF-8");
}

static char *
decode_base64 (const char *text, const char *charset)
{
  gsize length = 0;
  g_autofree char *data = (char *) g_base64_decode (text, &length);

  for (gsize i = 0; i < length; i++)
    if (data[i] == '\0')
      data[i] = '\1';

  return bobbin_encoding_from_charset (data, length, charset);
}

static char *
decode_quoted_printable (char *text, const char *charset)
{
  g_autoptr (GString) bytes = g_string_new (NULL);

  if (!append_unescaped (bytes, g_strdelimit (text, "_", ' '), '='))
    return NULL;

  return bobbin_encoding_from_charset (bytes->str, bytes->len, charset);
}

/* Whether an encoded-word of RFC 2047 begins: =?charset?encoding?text?= */
static gboolean
begins_word (const char *p)
{
  const char *mark = g_str_has_prefix (p, "=?") ? strchr (p + 2, '?') : NULL;

  return mark != NULL && mark[1] != '\0' && strchr ("bBqQ", mark[1]) != NULL && mark[2] == '?';
}

/* Decodes the encoded-word that begins at @p and goes on after it. */
static char *
take_word (const char **p)
{
  const char *mark = strchr (*p + 2, '?');
  const char *start = mark + 3;
  const char *end = strstr (start, "?=");
  g_autofree char *charset = NULL;
  g_autofree char *text = NULL;

  if (end == NULL)
    return NULL;
  /* RFC 2231 section 5 lets "*language" follow the charset. */
  charset = g_strndup (*p + 2, strcspn (*p + 2, "*?"));
  text = g_strndup (start, (gsize) (end - start));
  *p = end + 2;

  if (g_ascii_tolower (mark[1]) == 'b')
    return decode_base64 (text, charset);
  return decode_quoted_printable (text, charset);
}

/* Text outside of encoded-words: percent-encoding is undone where that gives
 * UTF-8, as Chromium, Edge and Safari do and the servers that send it mean it.
 */
static void
append_plain (GString *name, const char *start, gsize length)
{
  g_autofree char *text = g_strndup (start, length);
  g_autofree char *guess = NULL;
  g_autoptr (GString) bytes = g_string_new (NULL);

  append_unescaped (bytes, text, '%');
  if (g_utf8_validate_len (bytes->str, bytes->len, NULL))
    g_string_append_len (name, bytes->str, (gssize) bytes->len);
  else
    {
      guess = bobbin_encoding_guess (text, length);
      g_string_append (name, guess);
    }
}

/* The value of "filename": raw text in any encoding, percent-encoded text, or
 * encoded-words, which RFC 2047 forbids here and servers send. Blanks after an
 * encoded-word only part it from what follows. A broken one spoils the name.
 */
static char *
decode_plain (const char *text)
{
  g_autoptr (GString) name = g_string_new (NULL);
  const char *p = text;

  while (*p != '\0')
    {
      const char *start = p;

      while (*p != '\0' && !((p == start || strchr (SPACE, p[-1]) != NULL) && begins_word (p)))
        p++;
      append_plain (name, start, (gsize) (p - start));
      if (*p != '\0')
        {
          g_autofree char *word = take_word (&p);

          if (word == NULL)
            return NULL;
          g_string_append (name, word);
          p += strspn (p, SPACE);
        }
    }

  return g_string_free (g_steal_pointer (&name), FALSE);
}

/* "filename*0" or "filename*0*" after the first asterisk. FALSE if it is no
 * number as RFC 2231 section 3 writes it.
 */
static gboolean
parse_piece_number (const char *text, guint *number, gboolean *is_encoded)
{
  gsize n_digits = strspn (text, "0123456789");

  *is_encoded = text[n_digits] == '*';
  if (n_digits == 0 || n_digits > 3 || (text[0] == '0' && n_digits > 1)
      || text[n_digits + (*is_encoded ? 1 : 0)] != '\0')
    return FALSE;

  *number = (guint) g_ascii_strtoull (text, NULL, 10);
  return TRUE;
}

/* A number that comes again begins a second name, which nobody asked for. */
static void
add_piece (Names *names, const Param *param, guint number, gboolean is_encoded)
{
  if (names->pieces_ended)
    return;
  if (number >= names->pieces->len)
    {
      g_ptr_array_set_size (names->pieces, (gint) number + 1);
      g_ptr_array_set_size (names->are_encoded, (gint) number + 1);
    }
  if (names->pieces->pdata[number] != NULL)
    {
      names->pieces_ended = TRUE;
      return;
    }

  names->pieces->pdata[number] = g_strdup (param->value);
  names->are_encoded->pdata[number] = GINT_TO_POINTER (is_encoded);
}

/* Joins a name sent in pieces (RFC 2231 sections 3 and 4), up to the first that
 * is missing.
 */
static char *
join_pieces (const Names *names)
{
  g_autofree char *charset = NULL;
  g_autoptr (GString) bytes = g_string_new (NULL);

  for (guint i = 0; i < names->pieces->len && names->pieces->pdata[i] != NULL; i++)
    {
      const char *value = names->pieces->pdata[i];
      const char *language = i == 0 ? strchr (value, '\'') : NULL;
      const char *text = language != NULL ? strchr (language + 1, '\'') : NULL;

      if (!GPOINTER_TO_INT (names->are_encoded->pdata[i]))
        {
          g_string_append (bytes, value);
          continue;
        }
      if (text != NULL && language > value)
        charset = g_strndup (value, (gsize) (language - value));
      if (!append_unescaped (bytes, text != NULL ? text + 1 : value, '%'))
        return NULL;
    }

  if (charset != NULL)
    return bobbin_encoding_from_charset (bytes->str, bytes->len, charset);
  return bobbin_encoding_guess (bytes->str, bytes->len);
}

static void
take_name (Names *names, const Param *param)
{
  const char *name = param->name;
  guint number = 0;
  gboolean is_encoded = FALSE;

  if (g_ascii_strcasecmp (name, "filename") == 0)
    {
      /* Of two, the first; but an empty one says nothing. */
      if (names->plain == NULL && param->value[0] != '\0')
        names->plain = decode_plain (param->value);
    }
  else if (g_ascii_strcasecmp (name, "filename*") == 0)
    {
      if (names->extended == NULL && !param->quoted)
        names->extended = decode_extended (param->value);
      if (names->sloppy == NULL)
        names->sloppy = decode_extended (param->value);
      if (names->sloppy == NULL)
        names->sloppy = decode_sloppy (param->value);
    }
  else if (g_ascii_strncasecmp (name, "filename*", 9) == 0
           && parse_piece_number (name + 9, &number, &is_encoded))
    add_piece (names, param, number, is_encoded);
}

static gboolean
is_name (const char *text)
{
  return text != NULL && text[0] != '\0';
}

/**
 * bobbin_disposition_dup_name:
 * @disposition: the value of a Content-Disposition field, any bytes
 *
 * Reads the file name that a server proposes, whatever the disposition type
 * (RFC 6266; `filename*` by RFC 8187; pieces by RFC 2231, encoded-words by RFC
 * 2047 and raw or percent-encoded text as browsers read them). `filename*`
 * beats pieces, these beat `filename`; a `filename*` that breaks its rules
 * stands in if there is nothing better. The name is not safe:
 * bobbin_file_name_for_answer() makes a leaf of it. Any thread.
 *
 * Returns: (transfer full) (nullable): valid UTF-8, or %NULL if there is no
 *   name in it
 */
char *
bobbin_disposition_dup_name (const char *disposition)
{
  g_auto (Names) names = { 0 };
  g_auto (Param) param = { 0 };
  g_autofree char *joined = NULL;
  const char *p = disposition;

  g_return_val_if_fail (disposition != NULL, NULL);

  names.pieces = g_ptr_array_new_with_free_func (g_free);
  names.are_encoded = g_ptr_array_new ();
  while (take_param (&p, &param))
    take_name (&names, &param);
  joined = join_pieces (&names);

  if (is_name (names.extended))
    return g_steal_pointer (&names.extended);
  if (is_name (joined))
    return g_steal_pointer (&joined);
  if (is_name (names.plain))
    return g_steal_pointer (&names.plain);
  if (is_name (names.sloppy))
    return g_steal_pointer (&names.sloppy);

  return NULL;
}
