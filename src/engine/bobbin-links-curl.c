/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-curl.h"
#include "bobbin-links-private.h"

#include <string.h>

/* Commands for curl as browsers copy them and people keep them: in the words of
 * a POSIX shell, with $'…' of bash, or in those of the command line of Windows.
 * Nothing is ever run, and no variable means anything.
 */

typedef enum
{
  WORD,
  COMMAND_END,
  REDIRECTION, /* the next word is a file */
  TEXT_END,
} Token;

typedef struct
{
  const char *p;
  const char *end;
  gboolean is_windows;
  guint line; /* at @p */
  GString *word;
  guint word_line; /* where the word began */
} Words;

static int
peek (const Words *words, gsize offset)
{
  return offset < (gsize) (words->end - words->p) ? (guchar) words->p[offset] : -1;
}

/* How many bytes of line end are at an offset, 0 for none. */
static gsize
get_line_end (const Words *words, gsize offset)
{
  int c = peek (words, offset);

  if (c == '\r')
    return peek (words, offset + 1) == '\n' ? 2 : 1;
  return c == '\n' ? 1 : 0;
}

/* Takes one byte into the word and counts lines. A NUL, which no word can have,
 * becomes what no link can have.
 */
static void
take_byte (Words *words)
{
  gsize line_end = get_line_end (words, 0);

  if (line_end > 0)
    {
      g_string_append_c (words->word, '\n');
      words->line++;
      words->p += line_end;
      return;
    }
  g_string_append_c (words->word, *words->p != '\0' ? *words->p : '\1');
  words->p++;
}

/* A mark that takes the meaning from what follows, or joins two lines. */
static void
take_escaped (Words *words)
{
  gsize line_end = get_line_end (words, 1);

  words->p += 1 + line_end;
  if (line_end > 0)
    words->line++;
  else if (words->p < words->end)
    take_byte (words);
}

static gboolean
take_number (Words *words, guint base, guint max_digits, guint32 *number)
{
  guint n = 0;

  for (*number = 0; n < max_digits && words->p < words->end; n++)
    {
      int digit = g_ascii_xdigit_value (*words->p);

      if (digit < 0 || digit >= (int) base)
        break;
      *number = *number * base + (guint32) digit;
      words->p++;
    }

  return n > 0;
}

/* What stands after a backslash in $'…'. */
static void
take_ansi_escape (Words *words)
{
  static const char letters[] = "abefnrtv";
  static const char meanings[] = "\a\b\033\f\n\r\t\v";
  int c = peek (words, 1);
  const char *letter = c > 0 ? strchr (letters, c) : NULL;
  guint32 number = 0;

  words->p++;
  if (c == 'x' || c == 'u' || c == 'U')
    {
      words->p++;
      if (take_number (words, 16, c == 'x' ? 2 : c == 'u' ? 4 : 8, &number))
        {
          if (c == 'x')
            g_string_append_c (words->word, number != 0 ? (char) number : '\1');
          else
            g_string_append_unichar (words->word,
                                     number != 0 && g_unichar_validate (number) ? number : 0xfffd);
        }
    }
  else if (c >= '0' && c <= '7' && take_number (words, 8, 3, &number))
    g_string_append_c (words->word, (char) number != 0 ? (char) number : '\1');
  else if (letter != NULL)
    {
      g_string_append_c (words->word, meanings[letter - letters]);
      words->p++;
    }
  else if (words->p < words->end)
    take_byte (words);
}

static void
take_quoted (Words *words, char quote, gboolean is_ansi)
{
  words->p++;
  while (words->p < words->end && *words->p != quote)
    {
      gboolean escapes = *words->p == '\\' && (quote != '\'' || is_ansi);
      int next = peek (words, 1);

      if (escapes && is_ansi)
        take_ansi_escape (words);
      else if (escapes && next > 0 && (strchr ("$`\"\\", next) != NULL || get_line_end (words, 1) > 0))
        take_escaped (words);
      else
        take_byte (words);
    }
  if (words->p < words->end)
    words->p++;
}

static gboolean
is_word_end (int c)
{
  return c < 0 || (c != 0 && strchr (" \t\n\r;&|<>", c) != NULL);
}

static void
take_word (Words *words)
{
  while (!is_word_end (peek (words, 0)))
    {
      if (*words->p == '\\')
        take_escaped (words);
      else if (*words->p == '\'' || *words->p == '"')
        take_quoted (words, *words->p, FALSE);
      else if (*words->p == '$' && peek (words, 1) == '\'')
        {
          words->p++;
          take_quoted (words, '\'', TRUE);
        }
      else
        take_byte (words);
    }
}

/* In the command line of Windows a caret takes the meaning of the next byte for
 * the shell; quotation marks and backslashes before them are curl's own matter.
 */
static void
take_windows_word (Words *words)
{
  gboolean is_quoted = FALSE;

  for (;;)
    {
      int c = peek (words, 0);

      if (c == '^')
        {
          gsize line_end = get_line_end (words, 1);

          words->p += 1 + line_end;
          words->line += line_end > 0 ? 1 : 0;
          if (line_end > 0 && !is_quoted)
            return;
          c = peek (words, 0);
        }
      else if (!is_quoted && is_word_end (c))
        return;
      if (c < 0)
        return;
      if (c == '\\' && (peek (words, 1) == '"' || (peek (words, 1) == '^' && peek (words, 2) == '"')))
        words->p += peek (words, 1) == '^' ? 2 : 1;
      else if (c == '"')
        {
          is_quoted = !is_quoted;
          words->p++;
          continue;
        }
      take_byte (words);
    }
}

static void
skip_blanks (Words *words)
{
  for (;;)
    {
      char joiner = words->is_windows ? '^' : '\\';
      gsize line_end = peek (words, 0) == joiner ? get_line_end (words, 1) : 0;

      if (line_end > 0)
        {
          words->line++;
          words->p += 1 + line_end;
        }
      else if (peek (words, 0) == ' ' || peek (words, 0) == '\t')
        words->p++;
      else
        return;
    }
}

static Token
next_token (Words *words)
{
  gsize line_end = 0;

  skip_blanks (words);
  if (peek (words, 0) == '#')
    while (words->p < words->end && get_line_end (words, 0) == 0)
      words->p++;
  if (words->p >= words->end)
    return TEXT_END;

  line_end = get_line_end (words, 0);
  words->word_line = words->line;
  if (line_end > 0)
    {
      words->line++;
      words->p += line_end;
      return COMMAND_END;
    }
  if (is_word_end (peek (words, 0)))
    {
      gboolean is_redirection = *words->p == '<' || *words->p == '>';

      words->p++;
      return is_redirection ? REDIRECTION : COMMAND_END;
    }

  g_string_truncate (words->word, 0);
  if (words->is_windows)
    take_windows_word (words);
  else
    take_word (words);
  return WORD;
}

static gboolean
is_curl (const char *word)
{
  const char *leaf = word + strlen (word);

  while (leaf > word && leaf[-1] != '/' && leaf[-1] != '\\')
    leaf--;

  return g_ascii_strcasecmp (leaf, "curl") == 0 || g_ascii_strcasecmp (leaf, "curl.exe") == 0;
}

typedef struct
{
  BobbinCurl *curl;
  gboolean is_curl;     /* the command is known to be one */
  gboolean any;         /* the command has a word */
  guint line;           /* where the command began */
  char *option;         /* (nullable): that waits for its value */
  gboolean is_redirect; /* the next word is a file */
  gboolean is_input;
  gboolean no_options; /* after "--" */
} Command;

/* "-sSLo": all letters up to one that takes the rest as its value. */
static void
take_letters (Command *command, guint line, const char *letters)
{
  for (const char *p = letters; *p != '\0'; p++)
    {
      char option[] = { *p, '\0' };

      if (!bobbin_curl_takes_value (option))
        bobbin_curl_take_option (command->curl, line, option, "");
      else if (p[1] != '\0')
        {
          bobbin_curl_take_option (command->curl, line, option, p + 1);
          return;
        }
      else
        command->option = g_strdup (option);
    }
}

static void
take_long (Command *command, guint line, const char *option)
{
  gsize length = strcspn (option, "=");
  g_autofree char *name = g_strndup (option, length);

  if (option[length] == '=')
    bobbin_curl_take_option (command->curl, line, name, option + length + 1);
  else if (bobbin_curl_takes_value (name))
    command->option = g_steal_pointer (&name);
  else
    bobbin_curl_take_option (command->curl, line, name, "");
}

static void
take_argument (Command *command, guint line, const char *word)
{
  g_autofree char *option = g_steal_pointer (&command->option);

  if (option != NULL)
    bobbin_curl_take_option (command->curl, line, option, word);
  else if (word[0] != '-' || word[1] == '\0' || command->no_options)
    bobbin_curl_take_link (command->curl, line, word);
  else if (strcmp (word, "--") == 0)
    command->no_options = TRUE;
  else if (word[1] == '-')
    take_long (command, line, word + 2);
  else
    take_letters (command, line, word + 1);
}

/* Other commands are passed over, but for links in them. */
static void
take_command_word (Command *command, const Words *words)
{
  const char *word = words->word->str;

  if (!command->any)
    command->line = words->word_line;
  command->any = TRUE;
  if (command->is_redirect)
    {
      if (command->is_curl && !command->is_input)
        bobbin_curl_take_output (command->curl, word);
      command->is_redirect = FALSE;
    }
  else if (command->is_curl)
    take_argument (command, words->word_line, word);
  else if (is_curl (word))
    command->is_curl = TRUE;
  else if (g_ascii_strncasecmp (word, "http://", 7) == 0 || g_ascii_strncasecmp (word, "https://", 8) == 0)
    bobbin_curl_take_link (command->curl, words->word_line, word);
}

static void
end_command (Command *command)
{
  if (command->any)
    {
      bobbin_curl_end_command (command->curl, command->line);
      bobbin_curl_begin_command (command->curl);
    }
  g_free (command->option);
  *command = (Command){ .curl = command->curl };
}

/* "2" in "2>errors" */
static gboolean
is_descriptor (const Words *words)
{
  const char *word = words->word->str;

  return (peek (words, 0) == '>' || peek (words, 0) == '<') && word[0] != '\0'
         && strspn (word, "0123456789") == strlen (word);
}

static gboolean
is_for_windows (const char *text, gsize length)
{
  static const char *const marks[] = { "^\n", "^\r\n", " ^\"" };

  for (guint i = 0; i < G_N_ELEMENTS (marks); i++)
    if (memmem (text, MIN (length, 65536), marks[i], strlen (marks[i])) != NULL)
      return TRUE;

  return FALSE;
}

/* Reads commands for curl. */
void
bobbin_links_read_curl (BobbinLinks *self, const char *text, gsize length)
{
  g_autoptr (BobbinCurl) curl = bobbin_curl_new (self);
  g_autoptr (GString) word = g_string_new (NULL);
  Words words
      = { .p = text, .end = text + length, .is_windows = is_for_windows (text, length), .word = word };
  Command command = { .curl = curl };
  Token token = TEXT_END;

  do
    {
      token = next_token (&words);
      if (token == REDIRECTION)
        {
          command.is_redirect = TRUE;
          command.is_input = words.p[-1] == '<';
        }
      else if (token == WORD && !is_descriptor (&words))
        take_command_word (&command, &words);
      else if (token != WORD)
        end_command (&command);
    }
  while (token != TEXT_END && bobbin_links_go_on (self, (gsize) (words.p - text)));

  bobbin_curl_finish (curl,
                      words.line
                          + (length > 0 && text[length - 1] != '\n' && text[length - 1] != '\r' ? 1 : 0));
}
