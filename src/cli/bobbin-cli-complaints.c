/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "bobbin-cli-complaints.h"

#include "bobbin-cli-input.h"
#include "bobbin-cli-text.h"
#include "bobbin-words.h"

#include <glib/gi18n.h>

/* So many lines of one file are named that are no links; the rest is counted. */
#define MAX_LINES_NAMED 5

static char *
dup_shown_input (const BobbinCliComplaint *complaint)
{
  if (g_str_equal (complaint->input, "-"))
    return g_strdup (_ ("standard input"));
  return bobbin_cli_text_clean (complaint->input);
}

static void
complain_about (BobbinCliOutput *output, const BobbinCliComplaint *complaint)
{
  g_autofree char *sentence = bobbin_words_for_error (complaint->error);
  g_autofree char *input = NULL;

  if (complaint->input == NULL)
    {
      bobbin_cli_output_complain (output, "%s: %s", complaint->text, sentence);
      return;
    }

  input = dup_shown_input (complaint);
  bobbin_cli_output_complain (output, "%s:%u: %s", input, complaint->line, sentence);
}

static void
complain_about_more (BobbinCliOutput *output, const BobbinCliComplaint *complaint, guint n)
{
  g_autofree char *input = dup_shown_input (complaint);

  bobbin_cli_output_complain (output,
                              /* Translators: %s is a file, %u how many more of its lines hold no link */
                              ngettext ("%s: %'u more line like this", "%s: %'u more lines like this", n),
                              input, n);
}

/**
 * bobbin_cli_complaints_tell:
 * @complaints: (element-type BobbinCliComplaint): what is no link to download
 * @output: where to say so
 *
 * Tells a person. A text that is no list at all does not fill the screen.
 */
void
bobbin_cli_complaints_tell (GPtrArray *complaints, BobbinCliOutput *output)
{
  guint n = 0;

  for (guint i = 0; i < complaints->len; i++)
    {
      const BobbinCliComplaint *complaint = g_ptr_array_index (complaints, i);
      const BobbinCliComplaint *next = i + 1 < complaints->len ? g_ptr_array_index (complaints, i + 1) : NULL;

      n++;
      if (n <= MAX_LINES_NAMED || complaint->input == NULL)
        complain_about (output, complaint);
      if (next != NULL && g_strcmp0 (next->input, complaint->input) == 0)
        continue;
      if (n > MAX_LINES_NAMED && complaint->input != NULL)
        complain_about_more (output, complaint, n - MAX_LINES_NAMED);
      n = 0;
    }
}
