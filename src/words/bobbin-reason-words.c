/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "bobbin-reason-words.h"

#include <glib/gi18n.h>

/* Marked for translation; those with a limit in them are not here. */
static const char *const sentences[] = {
  [BOBBIN_REASON_SCHEME] = N_ ("Only http and https links can be downloaded"),
  [BOBBIN_REASON_MAGNET] = N_ ("This is a magnet link, which a BitTorrent program opens"),
  [BOBBIN_REASON_TORRENT] = N_ ("This is a torrent, which a BitTorrent program opens"),
  [BOBBIN_REASON_RELATIVE] = N_ ("Only the end of a link, and its page is not known"),
  [BOBBIN_REASON_NO_LINK] = N_ ("There is no link in this"),
  [BOBBIN_REASON_LEAVES_FOLDER] = N_ ("A name that leads out of the folder is left out"),
  [BOBBIN_REASON_UPLOAD] = N_ ("This command would send something to the server"),
  [BOBBIN_REASON_METHOD] = N_ ("This command asks for something else than a file"),
  [BOBBIN_REASON_PATTERN_TOO_MANY] = N_ ("This stands for too many links; choose a smaller range"),
  [BOBBIN_REASON_OPTION] = N_ ("An option that has no effect here is left out"),
  [BOBBIN_REASON_HEADER] = N_ ("A header that cannot be sent is left out"),
  [BOBBIN_REASON_CHECKSUM] = N_ ("A checksum that cannot be checked is left out"),
  [BOBBIN_REASON_MIRROR] = N_ ("A mirror that is neither http nor https is left out"),
  [BOBBIN_REASON_BROKEN] = N_ ("The file is damaged or cut off; what came before was read"),
  [BOBBIN_REASON_TOO_DEEP] = N_ ("The file is nested too deep; what came before was read"),
  [BOBBIN_REASON_NOT_TEXT] = N_ ("This is no list of links of a kind that can be read"),
};

/* Returns: (transfer full) (nullable): %NULL if the detail says nothing more */
static char *
words_with_detail (BobbinReason reason, const char *detail)
{
  switch (reason)
    {
    case BOBBIN_REASON_TORRENT:
      /* Translators: %s is the name of a file in a list of files */
      return g_strdup_printf (_ ("“%s” comes as a torrent only, which a BitTorrent program opens"), detail);
    case BOBBIN_REASON_NO_LINK:
      /* Translators: %s is the name of a file in a list of files */
      return g_strdup_printf (_ ("“%s” has no link to download it from"), detail);
    case BOBBIN_REASON_LEAVES_FOLDER:
      /* Translators: %s is a name such as “../../letter.txt” */
      return g_strdup_printf (_ ("“%s” leads out of the folder and is left out"), detail);
    case BOBBIN_REASON_UPLOAD:
      /* Translators: %s is an option of the program curl, such as “data” */
      return g_strdup_printf (_ ("This command would send something to the server (%s)"), detail);
    case BOBBIN_REASON_METHOD:
      /* Translators: %s is an option of the program curl, such as “head” */
      return g_strdup_printf (_ ("This command asks for something else than a file (%s)"), detail);
    case BOBBIN_REASON_OPTION:
      /* Translators: %s is an option of another program, such as “split” */
      return g_strdup_printf (_ ("The option “%s” has no effect here"), detail);
    case BOBBIN_REASON_HEADER:
      /* Translators: %s is the name of a request header, such as “Range” */
      return g_strdup_printf (_ ("The header “%s” cannot be sent and is left out"), detail);
    case BOBBIN_REASON_CHECKSUM:
      if (g_str_equal (detail, "pieces"))
        return g_strdup (_ ("The checksums of the pieces cannot be used and are left out"));
      /* Translators: %s is the name of an algorithm, such as “crc32” */
      return g_strdup_printf (_ ("The checksum “%s” cannot be checked and is left out"), detail);
    default:
      return NULL;
    }
}

/**
 * bobbin_words_for_reason:
 * @reason: what there is to say
 * @detail: (nullable): as #BobbinNote has it
 *
 * Says it for a person: a fragment without a full stop, with the detail in it
 * if that says more.
 *
 * Returns: (transfer full) (nullable): the fragment, in UTF-8 and with no
 *   markup; %NULL for %BOBBIN_REASON_NONE
 */
char *
bobbin_words_for_reason (BobbinReason reason, const char *detail)
{
  char *words = detail != NULL && detail[0] != '\0' ? words_with_detail (reason, detail) : NULL;

  if (words != NULL || reason == BOBBIN_REASON_NONE)
    return words;
  if (reason == BOBBIN_REASON_PATTERN_MANY)
    return g_strdup_printf (_ ("The patterns stand for more than %'u links"), BOBBIN_PATTERN_ASK);

  g_return_val_if_fail (reason < G_N_ELEMENTS (sentences), NULL);
  return g_strdup (_ (sentences[reason]));
}

/* Notes are in the order of their lines, so that the first of a line is found
 * by halving. */
static const char *
find_detail (const BobbinLinks *links, guint index, BobbinReason reason)
{
  guint first = 0;
  guint end = bobbin_links_get_n_notes (links);

  while (first < end)
    {
      guint middle = first + (end - first) / 2;

      if (bobbin_links_get_note (links, middle)->line < index)
        first = middle + 1;
      else
        end = middle;
    }
  for (; first < bobbin_links_get_n_notes (links); first++)
    {
      const BobbinNote *note = bobbin_links_get_note (links, first);

      if (note->line != index)
        break;
      if (note->reason == reason)
        return note->detail;
    }
  return NULL;
}

/**
 * bobbin_words_for_line:
 * @links: links
 * @index: less than bobbin_links_get_n_lines()
 *
 * Says why a line or an entry has no link to download or, if it has, what else
 * there is to say about it first; there may be more in the notes. Any thread.
 *
 * Returns: (transfer full) (nullable): a fragment as bobbin_words_for_reason()
 *   gives it, %NULL if there is nothing to say
 */
char *
bobbin_words_for_line (const BobbinLinks *links, guint index)
{
  const BobbinLine *line = bobbin_links_get_line (links, index);

  g_return_val_if_fail (line != NULL, NULL);

  if (line->reason != BOBBIN_REASON_NONE)
    return bobbin_words_for_reason (line->reason, find_detail (links, index, line->reason));
  if (line->verdict == BOBBIN_VERDICT_UNSUPPORTED_SCHEME)
    return bobbin_words_for_reason (BOBBIN_REASON_SCHEME, NULL);
  return line->verdict == BOBBIN_VERDICT_NOT_A_LINK || line->verdict == BOBBIN_VERDICT_REFUSED
             ? g_strdup (_ ("This is not a link"))
             : NULL;
}

/**
 * bobbin_words_for_template_fault:
 * @fault: what is wrong with a template for names
 *
 * Returns: (transfer full) (nullable): a fragment without a full stop, %NULL for
 *   %BOBBIN_TEMPLATE_GOOD
 */
char *
bobbin_words_for_template_fault (BobbinTemplateFault fault)
{
  switch (fault)
    {
    case BOBBIN_TEMPLATE_FIELD:
      return g_strdup (_ ("There are {name}, {host}, {date} and {index}, and no other fields"));
    case BOBBIN_TEMPLATE_BRACE:
      return g_strdup (_ ("A brace has no other half; two of them, {{ or }}, stand for one"));
    case BOBBIN_TEMPLATE_SLASH:
      return g_strdup (_ ("A name has no slash in it"));
    case BOBBIN_TEMPLATE_SAME:
      return g_strdup (_ ("Without {name} or {index}, all files would have the same name"));
    case BOBBIN_TEMPLATE_LONG:
      return g_strdup (_ ("This is too long for a name"));
    case BOBBIN_TEMPLATE_GOOD:
    default:
      return NULL;
    }
}
