/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-encoding.h"

/* The bytes 0x80 to 0x9f of Windows-1252. What it leaves undefined stays a C1
 * control, as the WHATWG Encoding Standard has it, so that decoding never fails.
 */
static const gunichar2 windows_1252_high[32] = {
  0x20ac, 0x0081, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160,
  0x2039, 0x0152, 0x008d, 0x017d, 0x008f, 0x0090, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022,
  0x2013, 0x2014, 0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0x009d, 0x017e, 0x0178,
};

/* Only these are handed to iconv: a server chooses the label, and every module
 * of iconv is code that parses hostile bytes. The short forms without hyphens
 * are what some servers send and browsers understand.
 */
static const struct
{
  const char *label;
  const char *iconv_name;
} charsets[] = {
  { "big5", "BIG5" },
  { "euc-jp", "EUC-JP" },
  { "euc-kr", "CP949" },
  { "gb18030", "GB18030" },
  { "gb2312", "GB18030" },
  { "gbk", "GB18030" },
  { "iso-8859-2", "ISO-8859-2" },
  { "iso-8859-3", "ISO-8859-3" },
  { "iso-8859-4", "ISO-8859-4" },
  { "iso-8859-5", "ISO-8859-5" },
  { "iso-8859-6", "ISO-8859-6" },
  { "iso-8859-7", "ISO-8859-7" },
  { "iso-8859-8", "ISO-8859-8" },
  { "iso-8859-9", "ISO-8859-9" },
  { "iso-8859-10", "ISO-8859-10" },
  { "iso-8859-13", "ISO-8859-13" },
  { "iso-8859-14", "ISO-8859-14" },
  { "iso-8859-15", "ISO-8859-15" },
  { "iso-8859-16", "ISO-8859-16" },
  { "koi8-r", "KOI8-R" },
  { "koi8-u", "KOI8-U" },
  { "ks_c_5601-1987", "CP949" },
  { "ksc5601", "CP949" },
  { "shift_jis", "CP932" },
  { "sjis", "CP932" },
  { "windows-1250", "CP1250" },
  { "windows-1251", "CP1251" },
  { "windows-1253", "CP1253" },
  { "windows-1254", "CP1254" },
  { "windows-1255", "CP1255" },
  { "windows-1256", "CP1256" },
  { "windows-1257", "CP1257" },
  { "windows-1258", "CP1258" },
  { "windows-31j", "CP932" },
  { "windows-874", "CP874" },
};

static const char *const utf8_labels[] = { "utf-8", "utf8", "us-ascii", "ascii", NULL };
static const char *const latin_labels[] = { "iso-8859-1", "iso8859-1", "iso88591",     "iso_8859-1", "latin1",
                                            "latin-1",    "cp1252",    "windows-1252", NULL };

/**
 * bobbin_encoding_from_windows_1252:
 * @bytes: (array length=length): any bytes
 * @length: how many
 *
 * Decodes Windows-1252, which is what "ISO-8859-1" means on the web (WHATWG
 * Encoding Standard). A NUL ends up as U+FFFD, so that no text is cut there.
 * Any thread.
 *
 * Returns: (transfer full): valid UTF-8; never fails
 */
char *
bobbin_encoding_from_windows_1252 (const char *bytes, gsize length)
{
  GString *text = g_string_sized_new (length + 16);

  for (gsize i = 0; i < length; i++)
    {
      guchar byte = (guchar) bytes[i];

      if (byte == 0)
        g_string_append_unichar (text, 0xfffd);
      else if (byte >= 0x80 && byte < 0xa0)
        g_string_append_unichar (text, windows_1252_high[byte - 0x80]);
      else
        g_string_append_unichar (text, byte);
    }

  return g_string_free (text, FALSE);
}

/**
 * bobbin_encoding_from_utf16:
 * @bytes: (array length=length): UTF-16 without its byte order mark
 * @length: how many bytes
 * @big_endian: the byte order
 * @length_out: (out): bytes of the result; it may hold NULs
 *
 * Decodes UTF-16; lone surrogates and an odd byte at the end become U+FFFD.
 * Any thread.
 *
 * Returns: (transfer full): UTF-8; never fails
 */
char *
bobbin_encoding_from_utf16 (const char *bytes, gsize length, gboolean big_endian, gsize *length_out)
{
  GString *text = g_string_sized_new (length / 2 + 16);
  const guchar *data = (const guchar *) bytes;
  guint high = 0;

  for (gsize i = 0; i + 1 < length; i += 2)
    {
      guint unit = big_endian ? data[i] << 8 | data[i + 1] : data[i + 1] << 8 | data[i];
      gboolean is_low = unit >= 0xdc00 && unit <= 0xdfff;

      if (high != 0)
        g_string_append_unichar (text, is_low ? 0x10000 + ((high - 0xd800) << 10) + (unit - 0xdc00) : 0xfffd);
      else if (is_low)
        g_string_append_unichar (text, 0xfffd);
      if (high != 0 && is_low)
        {
          high = 0;
          continue;
        }
      high = unit >= 0xd800 && unit <= 0xdbff ? unit : 0;
      if (high == 0 && !is_low)
        g_string_append_unichar (text, unit);
    }
  if (high != 0 || length % 2 != 0)
    g_string_append_unichar (text, 0xfffd);

  *length_out = text->len;
  return g_string_free (text, FALSE);
}

/**
 * bobbin_encoding_guess:
 * @bytes: (array length=length): bytes whose encoding nobody named
 * @length: how many
 *
 * Takes the bytes as UTF-8 if they are valid as such, otherwise as
 * Windows-1252, as browsers do with raw bytes in headers. Any thread.
 *
 * Returns: (transfer full): valid UTF-8; never fails
 */
char *
bobbin_encoding_guess (const char *bytes, gsize length)
{
  if (g_utf8_validate_len (bytes, length, NULL))
    return g_strndup (bytes, length);

  return bobbin_encoding_from_windows_1252 (bytes, length);
}

static const char *
find_iconv_name (const char *charset)
{
  for (guint i = 0; i < G_N_ELEMENTS (charsets); i++)
    if (g_ascii_strcasecmp (charset, charsets[i].label) == 0)
      return charsets[i].iconv_name;

  return NULL;
}

static gboolean
is_label_in (const char *const *labels, const char *charset)
{
  for (guint i = 0; labels[i] != NULL; i++)
    if (g_ascii_strcasecmp (labels[i], charset) == 0)
      return TRUE;

  return FALSE;
}

/**
 * bobbin_encoding_from_charset:
 * @bytes: (array length=length): the bytes
 * @length: how many
 * @charset: the label that came with them, any case
 *
 * Decodes bytes whose charset somebody named. Any thread.
 *
 * Returns: (transfer full) (nullable): valid UTF-8, or %NULL if the charset is
 *   not known here or the bytes don't fit it
 */
char *
bobbin_encoding_from_charset (const char *bytes, gsize length, const char *charset)
{
  const char *iconv_name = NULL;
  g_autofree char *text = NULL;
  gsize text_length = 0;

  if (is_label_in (utf8_labels, charset))
    return g_utf8_validate_len (bytes, length, NULL) ? g_strndup (bytes, length) : NULL;
  if (is_label_in (latin_labels, charset))
    return bobbin_encoding_from_windows_1252 (bytes, length);

  iconv_name = find_iconv_name (charset);
  if (iconv_name == NULL)
    return NULL;
  text = g_convert (bytes, (gssize) length, "UTF-8", iconv_name, NULL, &text_length, NULL);
  if (text == NULL || !g_utf8_validate_len (text, text_length, NULL))
    return NULL;

  return g_steal_pointer (&text);
}
