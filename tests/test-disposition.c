/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-file-name.h"
#include "bobbin-safe-name.h"
#include "bobbin-test.h"

typedef struct
{
  const char *disposition;
  const char *name; /* NULL: the one from the URI, "leaf" */
} DispositionRow;

static const DispositionRow dispositions[] = {
  /* nothing in it */
  { "", NULL },
  { ";", NULL },
  { "=", NULL },
  { "\"", NULL },
  { "attachment", NULL },
  { "attachment;", NULL },
  { "inline", NULL },
  { "\"attachment\"", NULL },
  { "attachment; filename", NULL },
  { "attachment; filename=", NULL },
  { "attachment; filename=\"\"", NULL },
  { "attachment; filename=\"", NULL },
  { "attachment; filename =      ", NULL },
  { "attachment; filename*=", NULL },
  { "attachment; filename*=UTF-8''", NULL },
  { "attachment; filename X", NULL },
  { "attachment; name=\"foo.html\"", NULL },
  { "attachment; xfilename=foo.html", NULL },
  { "attachment; foo=foo filename=bar", NULL },
  { "attachment filename=foo", NULL },
  { "attachment; example=\"filename=example.txt\"", NULL },
  { "attachment; foo=\"a;filename=b", NULL },
  /* a token or a quoted string */
  { "attachment; filename=foo.html", "foo.html" },
  { "inline; filename=foo.html", "foo.html" },
  { "something; filename=foo.html", "foo.html" },
  { "ATTACHMENT; FILENAME=\"foo.html\"", "foo.html" },
  { "attachment;filename=\"foo.html\"", "foo.html" },
  { "attachment; filename = \"foo.html\"", "foo.html" },
  { "attachment; filename\t=\tfoo.html", "foo.html" },
  { "attachment; filename=\"Here's a semicolon;.html\"", "Here's a semicolon;.html" },
  { "attachment; filename=\"f\\oo.html\"", "foo.html" },
  { "attachment; filename=\"a\\;b.txt\"", "a;b.txt" },
  { "attachment; filename='foo.bar'", "'foo.bar'" },
  { "attachment; foo=\"\\\"\\\\\";filename=\"foo.html\"", "foo.html" },
  { "attachment; filename=foo[1](2).html", "foo[1](2).html" },
  { "attachment; filename=abc,de.pdf", "abc,de.pdf" },
  /* broken, and understood all the same */
  { "filename=foo.html", "foo.html" },
  { "filename= foo.html", "foo.html" },
  { "x=y; filename=foo.html", "foo.html" },
  { "; filename=foo.html", "foo.html" },
  { "attachment; ;filename=foo.html", "foo.html" },
  { "attachment; filename=foo.html ;", "foo.html" },
  { "attachment; filename=foo bar.html", "foo bar.html" },
  { "attachment; filename=foo\tbar.html", "foo bar.html" },
  { "attachment; filename=foo.html; trouble", "foo.html" },
  { "attachment; trouble; filename=foo.html", "foo.html" },
  { "inline; attachment; filename=foo.html", "foo.html" },
  { "filename=foo.html; attachment", "foo.html" },
  { "attachment; filename=\"foo.html", "foo.html" },
  { "attachment; filename=\"foo.html\\", "foo.html" },
  { "attachment; filename=\"foo.html\".txt", "foo.html" },
  { "attachment; filename=\"foo.html\" ; x=y", "foo.html" },
  { "\"foo; filename=bar;baz\"; filename=qux.html", "qux.html" },
  { "attachment; filename=first.html; filename=second.html", "first.html" },
  { "attachment; filename=; filename=second.html", "second.html" },
  { "attachment; filename=\"a.html\", attachment; filename=\"b.html\"", "a.html" },
  /* raw letters and percent-encoding */
  { "attachment; filename=\"caf\xc3\xa9.html\"", "caf\xc3\xa9.html" },
  { "attachment; filename=\"caf\xe9.html\"", "caf\xc3\xa9.html" },
  { "attachment; filename=caf\xe9.html", "caf\xc3\xa9.html" },
  { "attachment; filename=\"\x93quoted\x94 \x80.html\"", "“quoted” €.html" },
  { "attachment; filename=\"foo-%41.html\"", "foo-A.html" },
  { "attachment; filename=\"foo-%c3%a4-%e2%82%ac.html\"", "foo-ä-€.html" },
  { "attachment; filename=\"50%.html\"", "50%.html" },
  { "attachment; filename=\"50%25.html\"", "50%.html" },
  { "attachment; filename=%B7%DD%BD%D1.png", "%B7%DD%BD%D1.png" },
  { "attachment; filename=\"foo%00bar.html\"", "foo_bar.html" },
  { "attachment; filename=\"foo%0abar.html\"", "foo bar.html" },
  /* encoded-words */
  { "attachment; filename==?utf-8?Q?caf=C3=A9_3=2Epng?=", "café 3.png" },
  { "attachment; filename=\"=?ISO-8859-1?Q?caf=E9.png?=\"", "café.png" },
  { "attachment; filename=\"=?iso88591?q?caf=e9_=2epng?=\"", "café .png" },
  { "attachment; filename=\"=?UTF-8?B?Y2Fmw6kucG5n?=\"", "café.png" },
  { "attachment; filename=\"=?utf-8*fr?b?Y2Fmw6kucG5n?=\"", "café.png" },
  { "attachment; filename=\"=?EUC-JP?Q?=B7=DD=BD=D13=2Epng?=\"", "芸術3.png" },
  { "attachment; filename=\"=?utf-8?Q?a?= =?utf-8?Q?b.png?=\"", "ab.png" },
  { "attachment; filename=\"a =?utf-8?Q?b.png?=\"", "a b.png" },
  { "attachment; filename=\"a=?b.png\"", "a=_b.png" },
  { "attachment; filename==?utf-8?Q?caf=EG?=", NULL },
  { "attachment; filename==?utf-8?Q?caf=E9?=", NULL },
  { "attachment; filename==?utf-8?Q?caf", NULL },
  { "attachment; filename==?no-such-charset?Q?caf?=", NULL },
  { "attachment; filename==?UTF-7?Q?caf?=", NULL },
  /* RFC 8187 */
  { "attachment; filename*=UTF-8''foo-%c3%a4-%e2%82%ac.html", "foo-ä-€.html" },
  { "attachment; FileName*=utf-8'de'foo-%C3%A4.html", "foo-ä.html" },
  { "attachment; filename*=iso-8859-1''foo-%E4.html", "foo-ä.html" },
  { "attachment; filename*=ISO-8859-1''%e2%82%ac.html", "â‚¬.html" },
  { "attachment; filename*=windows-1251''%ea%ee%f2.html", "кот.html" },
  { "attachment; filename*=UTF-8''it's.html", "it's.html" },
  { "attachment; filename* = UTF-8''foo.html", "foo.html" },
  { "attachment; filename *=UTF-8''foo.html", NULL },
  { "attachment; filename*=UTF-8''a%00b.html", "a_b.html" },
  { "attachment; filename=basic.html; filename*=UTF-8''extended.html", "extended.html" },
  { "attachment; filename*=UTF-8''extended.html; filename=basic.html", "extended.html" },
  { "attachment; filename=basic.html; filename*=UTF-8''a%e4b.html", "basic.html" },
  { "attachment; filename=basic.html; filename*=UTF-8''f%oo.html", "basic.html" },
  { "attachment; filename=basic.html; filename*=UTF-8''foo%", "basic.html" },
  { "attachment; filename=basic.html; filename*=bogus''foo.html", "basic.html" },
  { "attachment; filename=basic.html; filename*=UTF-8'foo.html", "basic.html" },
  { "attachment; filename=basic.html; filename*=foo.html", "basic.html" },
  { "attachment; filename=basic.html; filename*=UTF-8''foo-\xc3\xa4.html", "basic.html" },
  { "attachment; filename=basic.html; filename*=\"UTF-8''foo.html\"", "basic.html" },
  { "attachment; filename*=UTF-8''a%e4b.html", NULL },
  { "attachment; filename*=UTF-8''f%oo.html", NULL },
  /* and those who break its rules */
  { "attachment; filename*=\"UTF-8''foo-%c3%a4.html\"", "foo-ä.html" },
  { "attachment; filename*=''foo-%c3%a4.html", "foo-ä.html" },
  { "attachment; filename*=UTF-8'foo-%41.html", "foo-A.html" },
  { "attachment; filename*=foo-%41.html", "foo-A.html" },
  { "attachment; filename*=\"a%20b.html\"", "a b.html" },
  { "attachment; filename*=UTF-8''foo-\xc3\xa4.html", "foo-ä.html" },
  /* in pieces, by RFC 2231 */
  { "attachment; filename*0=foo; filename*1=bar.html", "foobar.html" },
  { "attachment; filename*1=bar.html; filename*0=foo", "foobar.html" },
  { "attachment; filename*0=\"foo\"; filename*1=\"\\b\\a\\r.html\"", "foobar.html" },
  { "attachment; filename=basic; filename*0=foo; filename*1=bar.html", "foobar.html" },
  { "attachment; filename*0*=UTF-8''multi; filename*1=line; filename*2*=%20ext.html", "multiline ext.html" },
  { "attachment; filename*0*=ISO-8859-1''a%e4; filename*1*=%e4.html", "aää.html" },
  { "attachment; filename*0=UTF-8''plain; filename*1*=%20.html", "UTF-8''plain .html" },
  { "attachment; filename*0=foo.html; filename*2=bar", "foo.html" },
  { "attachment; filename*0=foo.html; filename*01=bar", "foo.html" },
  { "attachment; filename*0=foo.html; filename*1a=bar", "foo.html" },
  { "attachment; filename*0=foo.html; filename*-1=bar", "foo.html" },
  { "attachment; filename*0=foo.html; filename*11111111111111111111111=bar", "foo.html" },
  { "attachment; filename*0=a; filename*1=b.html; filename*0=x; filename*1=y; filename*2=z", "ab.html" },
  { "attachment; filename*0=a.html; filename*=UTF-8''extended.html", "extended.html" },
  { "attachment; filename*0*=UTF-8''a%e4b; filename=fallback.html", "fallback.html" },
  { "attachment; filename=basic.html; filename*1=multi; filename*2=line", "basic.html" },
  { "attachment; filename=basic.html; filename**=UTF-8''0", "basic.html" },
  /* the catalogue of what servers have sent and browsers had to understand */
  { "inline; filename=\"Not an attachment!\"", "Not an attachment!" },
  { "attachment; filename=\"0000000000111111111122222222223333333333\"",
    "0000000000111111111122222222223333333333" },
  { "attachment; filename=\"\\\"quoting\\\" tested.html\"", "_quoting_ tested.html" },
  { "attachment; foo=\"bar\"; filename=\"foo.html\"", "foo.html" },
  { "attachment; filename =\"foo.html\"", "foo.html" },
  { "attachment; filename= \"foo.html\"", "foo.html" },
  { "attachment;\tfilename=\"foo.html\"", "foo.html" },
  { "attachment ; filename = foo.html", "foo.html" },
  { "attachment; filename=foo-\xe4.html", "foo-ä.html" },
  { "attachment; filename=foo-\xc3\xa4.html", "foo-ä.html" },
  { "attachment; filename=\"\xe4-%41.html\"", "ä-%41.html" },
  { "attachment; filename=\"foo.html\"; filename=\"bar.html\"", "foo.html" },
  { "attachment; filename=\"bar", "bar" },
  { "attachment; filename=foo\"bar;baz\"qux", "foo_bar" },
  { ": inline; attachment; filename=foo.html", "foo.html" },
  { "attachment; filename=bar foo=foo", "bar foo=foo" },
  { "attachment; filename=\"/foo.html\"", "foo.html" },
  { "attachment; filename=\"\\\\foo.html\"", "foo.html" },
  { "attachment; creation-date=\"Wed, 12 Feb 1997 16:29:51 -0500\"; filename=foo.html", "foo.html" },
  { "attachment; modification-date=\"Wed, 12 Feb 1997 16:29:51 -0500\"", NULL },
  { "foobar", NULL },
  { "foobar=x; filename=\"foo.html\"", "foo.html" },
  { "attachment; filename*=UTF-8''foo-a%cc%88.html", "foo-a\xcc\x88.html" },
  { "attachment; filename*=iso-8859-1''foo-%c3%a4-%e2%82%ac.html", "foo-Ã¤-â‚¬.html" },
  { "attachment; filename*=utf-8''foo-%E4.html", NULL },
  { "attachment; filename*= UTF-8''foo-%c3%a4.html", "foo-ä.html" },
  { "attachment; filename*=UTF-8''foo%", NULL },
  { "attachment; filename*=UTF-8''A-%2541.html", "A-%41.html" },
  { "attachment; filename*=UTF-8''%5cfoo.html", "foo.html" },
  { "attachment; filename*=UTF-8''%2ffoo.html", "foo.html" },
  { "attachment; filename*0*=UTF-8''foo-%c3%a4; filename*1=\".html\"", "foo-ä.html" },
  { "attachment; filename*0=\"foo\"; filename*01=\"bar\"", "foo" },
  { "attachment; filename*1=\"foo.\"; filename*2=\"html\"", NULL },
  { "attachment; filename=\"foo-ae.html\"; filename*=UTF-8''foo-%c3%a4.html", "foo-ä.html" },
  { "attachment; filename*=UTF-8''foo-%c3%a4.html; filename=\"foo-ae.html\"", "foo-ä.html" },
  { "attachment; filename*0*=ISO-8859-15''euro-sign%3d%a4; filename*=ISO-8859-1''currency-sign%3d%a4",
    "currency-sign=¤" },
  { "attachment; filename==?ISO-8859-1?Q?foo-=E4.html?=", "foo-ä.html" },
  { "attachment; filename=\"=?ISO-8859-1?Q?foo-=E4.html?=\"", "foo-ä.html" },
  { "attachment; filename=\"=?UTF-8?Q?a_long_name_?=\r\n =?UTF-8?Q?in_two.txt?=\"",
    "a long name in two.txt" },
  { "attachment; filename=\"archive.tar.gz\"", "archive.tar.gz" },
  { "attachment; filename=\"photo.jpg.exe\"", "photo.jpg.exe" },
  { "attachment; filename=\"evil.exe. . \"", "evil.exe" },
  { "attachment; filename=\"\xe2\x80\x8b.txt\"", "txt" },
  { "attachment; filename=\"AUX.txt\"", "_AUX.txt" },
  { "attachment; filename=\"~/x\"", "x" },
  { "attachment; filename=\"a%2fb.txt\"", "b.txt" },
  { "form-data; name=\"f\"; filename=\"foo.html\"", "foo.html" },
  { "attachment; filename=\"foo.html\"; size=123;", "foo.html" },
  { "attachment; filename=\"a;b=c.txt\"; filename*=", "a;b=c.txt" },
  { "attachment; filename*=gb18030''%d6%d0.txt", "中.txt" },
  { "attachment; filename*=Shift_JIS''%93%fa.txt", "日.txt" },
  { "attachment; filename=\"=?gb2312?B?1tA=?=.txt\"", "中.txt" },
  /* a leaf, and nothing but a leaf */
  { "attachment; filename=\"/etc/passwd.html\"", "passwd.html" },
  { "attachment; filename=\"../../../.bashrc\"", "bashrc" },
  { "attachment; filename=..\\..\\evil.html", "evil.html" },
  { "attachment; filename=\"\\\\\\\\server\\\\share\\\\foo.html\"", "foo.html" },
  { "attachment; filename=\"C:\\\\dir\\\\foo.html\"", "foo.html" },
  { "attachment; filename=\"%2e%2e%2f%2e%2e%2fevil.html\"", "evil.html" },
  { "attachment; filename*=UTF-8''..%2f..%2fevil.html", "evil.html" },
  { "attachment; filename=\"foo/\"", "foo" },
  { "attachment; filename=\"..\"", NULL },
  { "attachment; filename=\"/\"", NULL },
  { "attachment; filename=\". . .\"", NULL },
  { "attachment; filename=\".\"", NULL },
  { "attachment; filename=\"evil.desktop\"", "evil.desktop.download" },
  { "attachment; filename=\"evil.lnk\n\"", "evil.lnk.download" },
  { "attachment; filename=\"photo\xe2\x80\xaegpj.exe\"", "photo_gpj.exe" },
  { "attachment; filename=\"$(touch x).iso\"", "$(touch x).iso" },
  { "attachment; filename=\"<b>x</b>.html\"", "b_.html" },
  { "attachment; filename=\"\x1b]0;x\a.html\"", "_]0;x_.html" },
};

static void
test_disposition (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (dispositions); i++)
    {
      const DispositionRow *row = &dispositions[i];
      g_autofree char *name = NULL;

      bobbin_test_message (row->disposition);
      name = bobbin_file_name_for_answer (NULL, row->disposition, "http://example.org/leaf.html?x=y", NULL);
      g_assert_cmpstr (name, ==, row->name != NULL ? row->name : "leaf.html");
      bobbin_assert_safe_name (name, FALSE);
    }
}

/* A name that the server chose is not taken for that of a program. */
static void
test_extension_of_disposition (void)
{
  static const struct
  {
    const char *disposition;
    const char *media_type;
    const char *name;
  } rows[] = {
    { "attachment; filename=cat", "image/jpeg", "cat.jpg" },
    { "attachment; filename=cat.php", "text/html", "cat.php" },
    { "attachment; filename=cat.txt", "text/html", "cat.txt" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *name
          = bobbin_file_name_for_answer (NULL, rows[i].disposition, "http://h/x.zip", rows[i].media_type);

      g_assert_cmpstr (name, ==, rows[i].name);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/disposition/name", test_disposition);
  g_test_add_func ("/disposition/extension", test_extension_of_disposition);
  return g_test_run ();
}
