/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-plist.h"
#include "bobbin-test.h"
#include "bobbin-test-links.h"

#include <locale.h>
#include <string.h>

static const struct
{
  const char *text;
  const char *uris;
  const char *name;
} rows[] = {
  /* Windows */
  { "[InternetShortcut]\r\nURL=https://example.org/a.\r\nIconFile=https://example.org/favicon.ico\r\n",
    "https://example.org/a.", NULL },
  { "[{000214A0-0000-0000-C000-000000000046}]\r\nProp3=19,2\r\n[InternetShortcut]\r\nIDList=\r\nURL = "
    "https://example.org/a\r\n",
    "https://example.org/a", NULL },
  { "[DEFAULT]\r\nBASEURL=https://example.org/b\r\n[InternetShortcut]\r\nurl=https://example.org/a?b=c\r\n",
    "https://example.org/a?b=c", NULL },
  { "[InternetShortcut.A]\nURL=https://example.org/%3F\n[InternetShortcut.W]\nURL=https://example.org/"
    "+AOk-\n",
    "https://example.org/%3F", NULL },
  { "[InternetShortcut]\nURL=https://example.org/[1-9]\nURL=https://example.org/b\n",
    "https://example.org/%5B1-9%5D", NULL },
  { "[InternetShortcut]\nURL=https://example.org/caf\xe9\n", "https://example.org/caf%C3%A9", NULL },
  /* desktop entries */
  { "#!/usr/bin/env xdg-open\n[Desktop Entry]\nVersion=1.0\nType=Link\nName=Some Image\nName[de]=Ein Abbild\n"
    "Icon=text-html\nURL=https://example.org/a.iso\n",
    "https://example.org/a.iso", "Some Image.iso" },
  { "[Desktop Entry]\nType=Link\nName=a.iso\nURL[$e]=https://example.org/b.iso\n",
    "https://example.org/b.iso", "a.iso" },
  { "[Desktop Entry]\nType=Link\nName=../x\\sy\nURL=https://example.org/b.iso\n", "https://example.org/b.iso",
    "_x y.iso" },
  { "[Desktop Entry]\nType=Link\nName=Site\nURL=https://example.org/\n", "https://example.org/", NULL },
  { "[Desktop Entry]\nType=Link\nName=Site\nURL=https://example.org/get?x=1\n", "https://example.org/get?x=1",
    NULL },
  { "[Desktop Entry]\nType=Link\nURL=https://example.org/a\n[Other]\nURL=https://example.org/b\n",
    "https://example.org/a", NULL },
  /* macOS */
  { "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE plist PUBLIC \"-//Apple//DTD PLIST 1.0//EN\" "
    "\"http://www.apple.com/DTDs/PropertyList-1.0.dtd\">\n<plist version=\"1.0\">\n<dict>\n\t<key>URL</key>\n"
    "\t<string>https://example.org/a?b&amp;c</string>\n</dict>\n</plist>\n",
    "https://example.org/a?b&c", NULL },
  { "<plist><dict><key>Name</key><string>https://example.org/n</string><key>URL</key><string>https://"
    "example.org/a</string>"
    "<key>URL</key><string>https://example.org/b</string></dict></plist>",
    "https://example.org/a", NULL },
};

static void
test_rows (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (BobbinLinks) links = bobbin_test_read (rows[i].text);

      bobbin_test_message (rows[i].text);
      bobbin_test_assert_uris (links, rows[i].uris);
      g_assert_cmpstr (bobbin_link_get_name (bobbin_links_get_link (links, 0)), ==, rows[i].name);
      g_assert_cmpuint (bobbin_links_get_n_lines (links), ==, 1);
      g_assert_false (bobbin_links_has_lines (links));
    }
}

static void
assert_refused (const char *text, BobbinVerdict verdict, BobbinReason reason)
{
  g_autoptr (BobbinLinks) links = bobbin_test_read (text);

  bobbin_test_message (text);
  g_assert_cmpuint (bobbin_links_get_n_links (links), ==, 0);
  bobbin_test_assert_line (links, 0, verdict, reason, 0);
}

static void
test_refused (void)
{
  assert_refused ("[InternetShortcut]\nURL=file:///etc/passwd\n", BOBBIN_VERDICT_UNSUPPORTED_SCHEME,
                  BOBBIN_REASON_SCHEME);
  assert_refused ("[InternetShortcut]\nURL=magnet:?xt=urn:btih:0\n", BOBBIN_VERDICT_UNSUPPORTED_SCHEME,
                  BOBBIN_REASON_MAGNET);
  assert_refused ("[InternetShortcut]\nURL=\n", BOBBIN_VERDICT_REFUSED, BOBBIN_REASON_NO_LINK);
  assert_refused ("[InternetShortcut]\nURL=//host/share\n", BOBBIN_VERDICT_NOT_A_LINK, BOBBIN_REASON_NONE);
  assert_refused ("[Desktop Entry]\nType=Application\nExec=x\nURL=https://example.org/a\n",
                  BOBBIN_VERDICT_REFUSED, BOBBIN_REASON_NO_LINK);
  assert_refused ("[Desktop Entry]\nURL=https://example.org/a\n", BOBBIN_VERDICT_REFUSED,
                  BOBBIN_REASON_NO_LINK);
  assert_refused ("<plist><dict><key>URLs</key><string>https://example.org/a</string></dict></plist>",
                  BOBBIN_VERDICT_REFUSED, BOBBIN_REASON_NO_LINK);
  assert_refused ("bplist00", BOBBIN_VERDICT_REFUSED, BOBBIN_REASON_NO_LINK);
}

/* One key and one value, as macOS writes them. */
static GByteArray *
make_plist (const char *value, gsize length, guint8 kind)
{
  GByteArray *plist = g_byte_array_new ();
  const guint8 head[] = { 'b', 'p', 'l', 'i', 's', 't', '0', '0', 0xd1, 1, 2, 0x53, 'U', 'R', 'L' };
  const guint8 long_string[]
      = { (guint8) (kind << 4 | 0xf), 0x10, (guint8) (kind == 6 ? length / 2 : length) };
  guint8 trailer[32] = { 0 };
  guint8 offsets[] = { 8, 11, 15 };

  g_byte_array_append (plist, head, sizeof head);
  g_byte_array_append (plist, long_string, sizeof long_string);
  g_byte_array_append (plist, (const guint8 *) value, (guint) length);
  trailer[6] = 1;  /* bytes of an offset */
  trailer[7] = 1;  /* bytes of an index */
  trailer[15] = 3; /* objects */
  trailer[31] = (guint8) plist->len;
  g_byte_array_append (plist, offsets, sizeof offsets);
  g_byte_array_append (plist, trailer, sizeof trailer);

  return plist;
}

static void
test_binary (void)
{
  static const char ascii[] = "https://example.org/a?b";
  static const char utf16[] = "\0h\0t\0t\0p\0:\0/\0/\0h\0/\0\xe9";
  g_autoptr (GByteArray) first = make_plist (ascii, sizeof ascii - 1, 5);
  g_autoptr (GByteArray) second = make_plist (utf16, sizeof utf16 - 1, 6);
  g_autoptr (BobbinLinks) links = bobbin_test_read_bytes (first->data, first->len, NULL);
  g_autoptr (BobbinLinks) wide = bobbin_test_read_bytes (second->data, second->len, NULL);

  g_assert_cmpint (bobbin_links_get_shape (links), ==, BOBBIN_SHAPE_WEBLOC);
  bobbin_test_assert_uris (links, ascii);
  bobbin_test_assert_uris (wide, "http://h/%C3%A9");
}

/* Every byte of it changed to every value: nothing is read that is not there. */
static void
test_binary_hostile (void)
{
  static const char ascii[] = "https://example.org/a";
  g_autoptr (GByteArray) plist = make_plist (ascii, sizeof ascii - 1, 5);

  for (guint i = 8; i < plist->len; i++)
    for (guint value = 0; value < 256; value++)
      {
        g_autofree char *bytes = g_memdup2 (plist->data, plist->len);
        g_autofree char *url = NULL;

        bytes[i] = (char) value;
        url = bobbin_plist_dup_string (bytes, plist->len, "URL");
        g_assert_true (url == NULL || g_utf8_validate (url, -1, NULL));
      }
  for (guint length = 0; length < plist->len; length++)
    {
      g_autofree char *bytes = g_memdup2 (plist->data, MAX (length, 1));
      g_autofree char *url = bobbin_plist_dup_string (bytes, length, "URL");

      g_assert_null (url);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/links-shortcut/rows", test_rows);
  g_test_add_func ("/links-shortcut/refused", test_refused);
  g_test_add_func ("/links-shortcut/binary", test_binary);
  g_test_add_func ("/links-shortcut/binary-hostile", test_binary_hostile);

  return g_test_run ();
}
