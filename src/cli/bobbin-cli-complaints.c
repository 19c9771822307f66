/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "bobbin-cli-complaints.h"

#include "bobbin-cli-text.h"

#include <glib/gi18n.h>

/* So many lines of one file are named; the rest is counted. */
#define MAX_LINES_NAMED 5

/**
 * bobbin_cli_complaint_free:
 * @self: (transfer full): a complaint
 */
void
bobbin_cli_complaint_free (BobbinCliComplaint *self)
{
  g_free (self->input);
  g_free (self->text);
  g_free (self->message);
  g_clear_error (&self->error);
  g_free (self);
}

static char *
dup_shown_input (const BobbinCliComplaint *complaint)
{
  if (g_str_equal (complaint->input, "-"))
    return g_strdup (_ ("standard input"));
  return bobbin_cli_text_clean (complaint->input);
}

/* Details of a message are a file's own words. */
static void
complain_about (BobbinCliOutput *output, const BobbinCliComplaint *complaint)
{
  g_autofree char *message = bobbin_cli_text_clean (complaint->message);
  g_autofree char *input = NULL;

  if (complaint->input == NULL)
    {
      bobbin_cli_output_complain (output, "%s: %s", complaint->text, message);
      return;
    }

  input = dup_shown_input (complaint);
  if (complaint->is_entry || complaint->line == 0)
    bobbin_cli_output_complain (output, "%s: %s", input, message);
  else
    bobbin_cli_output_complain (output, "%s:%u: %s", input, complaint->line, message);
}

static void
complain_about_more (BobbinCliOutput *output, const BobbinCliComplaint *complaint, guint n)
{
  g_autofree char *input = dup_shown_input (complaint);

  if (complaint->is_entry)
    /* Translators: %s is a file, %u how many more of its entries there is something to say about */
    bobbin_cli_output_complain (output,
                                ngettext ("%s: %'u more entry like this", "%s: %'u more entries like this",
                                          n),
                                input, n);
  else
    bobbin_cli_output_complain (output,
                                /* Translators: %s is a file, %u how many more of its lines hold no link */
                                ngettext ("%s: %'u more line like this", "%s: %'u more lines like this", n),
                                input, n);
}

/**
 * bobbin_cli_complaints_tell:
 * @complaints: (element-type BobbinCliComplaint): what is to be said
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
