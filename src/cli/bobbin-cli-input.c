/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "bobbin-cli-input.h"

#include "bobbin-cli-read.h"
#include "bobbin-cli-signals.h"
#include "bobbin-cli-text.h"
#include "bobbin-error.h"
#include "bobbin-links.h"
#include "bobbin-reason-words.h"
#include "bobbin-words.h"

#include <glib/gi18n.h>
#include <string.h>

/**
 * bobbin_cli_input_new:
 *
 * Returns: (transfer full): an input without links
 */
BobbinCliInput *
bobbin_cli_input_new (void)
{
  BobbinCliInput *self = g_new0 (BobbinCliInput, 1);

  self->links = g_ptr_array_new_with_free_func ((GDestroyNotify) bobbin_link_unref);
  self->complaints = g_ptr_array_new_with_free_func ((GDestroyNotify) bobbin_cli_complaint_free);
  self->remarks = g_ptr_array_new_with_free_func ((GDestroyNotify) bobbin_cli_complaint_free);
  return self;
}

/**
 * bobbin_cli_input_free:
 * @self: (transfer full): an input
 */
void
bobbin_cli_input_free (BobbinCliInput *self)
{
  g_ptr_array_unref (self->links);
  g_ptr_array_unref (self->complaints);
  g_ptr_array_unref (self->remarks);
  g_free (self);
}

/* Whoever runs a program from a script is not there to be asked. */
static char *
words_for_count (guint64 count)
{
  g_autofree char *number = g_strdup_printf ("%'" G_GUINT64_FORMAT, count);

  if (count > BOBBIN_PATTERN_MAX)
    return bobbin_words_for_reason (BOBBIN_REASON_PATTERN_TOO_MANY, NULL);
  return g_strdup_printf (
      /* Translators: “[1-5000]” in a link stands for %s links; up to %u are made of one argument */
      _ ("This stands for %s links, and up to %'u can be made; choose a smaller range, or list the links "
         "in a file"),
      number, BOBBIN_PATTERN_ASK);
}

/* A file that is read, with the place in its notes. */
typedef struct
{
  BobbinCliInput *input;
  const char *name;
  const BobbinLinks *links;
  guint next_note;
  gboolean is_base_told;
} Reading;

/* Takes the message. */
static BobbinCliComplaint *
complaint_new (const Reading *reading, guint index, char *message)
{
  BobbinCliComplaint *complaint = g_new0 (BobbinCliComplaint, 1);

  complaint->input = g_strdup (reading->name);
  complaint->line = index + 1;
  complaint->is_entry = !bobbin_links_has_lines (reading->links);
  complaint->message = message;
  return complaint;
}

static gboolean
is_complaint (const BobbinLine *line)
{
  return line->verdict != BOBBIN_VERDICT_EMPTY && line->verdict != BOBBIN_VERDICT_LINKS
         && line->verdict != BOBBIN_VERDICT_REPEATED;
}

/* Not what is nothing, or no list at all: then nothing was given. */
static gboolean
is_refused (const BobbinLine *line)
{
  return line->verdict != BOBBIN_VERDICT_NOT_A_LINK && line->reason != BOBBIN_REASON_NO_LINK
         && line->reason != BOBBIN_REASON_NOT_TEXT;
}

static void
complain (const Reading *reading, guint index, char *message)
{
  const BobbinLine *line = bobbin_links_get_line (reading->links, index);
  BobbinCliComplaint *complaint = complaint_new (reading, index, message);
  gboolean is_other = line->verdict == BOBBIN_VERDICT_UNSUPPORTED_SCHEME;

  complaint->error
      = g_error_new (BOBBIN_ERROR, is_other ? BOBBIN_ERROR_UNSUPPORTED_SCHEME : BOBBIN_ERROR_NOT_A_LINK,
                     "Not to be loaded");
  complaint->is_refused = is_refused (line);
  g_ptr_array_add (reading->input->complaints, complaint);
}

/* Takes the message. */
static void
remark (const Reading *reading, guint index, char *message)
{
  g_ptr_array_add (reading->input->remarks, complaint_new (reading, index, message));
}

/* A saved page may have hundreds of these. */
static char *
words_for_relative (Reading *reading, guint index)
{
  g_autofree char *words = bobbin_words_for_line (reading->links, index);

  if (reading->is_base_told)
    return g_steal_pointer (&words);
  reading->is_base_told = TRUE;
  /* Translators: %s is “Only the end of a link, and its page is not known” */
  return g_strdup_printf (_ ("%s; --base=URL tells it"), words);
}

static char *
words_for_line (Reading *reading, guint index)
{
  const BobbinLine *line = bobbin_links_get_line (reading->links, index);

  if (line->reason == BOBBIN_REASON_RELATIVE)
    return words_for_relative (reading, index);
  if (line->verdict != BOBBIN_VERDICT_ASK)
    return bobbin_words_for_line (reading->links, index);
  return g_strdup_printf (_ ("The patterns stand for more than %'u links; choose smaller ranges, or list the "
                             "links one by one"),
                          BOBBIN_PATTERN_ASK);
}

/* The first note with the line's reason is what words_for_line() says. */
static void
add_notes (Reading *reading, guint index)
{
  BobbinReason said = bobbin_links_get_line (reading->links, index)->reason;

  for (; reading->next_note < bobbin_links_get_n_notes (reading->links); reading->next_note++)
    {
      const BobbinNote *note = bobbin_links_get_note (reading->links, reading->next_note);

      if (note->line > index)
        return;
      if (note->reason == said)
        said = BOBBIN_REASON_NONE;
      else
        remark (reading, index, bobbin_words_for_reason (note->reason, note->detail));
    }
}

static void
add_line (Reading *reading, guint index)
{
  const BobbinLine *line = bobbin_links_get_line (reading->links, index);
  char *words = words_for_line (reading, index);

  if (line->verdict == BOBBIN_VERDICT_REPEATED)
    reading->input->n_repeated++;
  if (is_complaint (line))
    complain (reading, index, words);
  else if (words != NULL)
    remark (reading, index, words);
  add_notes (reading, index);
}

static void
complain_about_cut (const Reading *reading)
{
  BobbinCliComplaint *complaint
      = complaint_new (reading, 0, g_strdup (_ ("This list is too long; only its first part was read")));

  complaint->line = 0;
  complaint->error = g_error_new (BOBBIN_ERROR, BOBBIN_ERROR_NOT_A_LINK, "Too many links");
  complaint->is_refused = TRUE;
  g_ptr_array_add (reading->input->complaints, complaint);
}

static void
on_progress (gsize done, gsize total, guint n_links, gpointer user_data)
{
  if (bobbin_cli_signals_is_stop_asked ())
    g_cancellable_cancel (user_data);
}

static gboolean
add_file (BobbinCliInput *self, const char *name, const char *base, GError **error)
{
  g_autoptr (GBytes) data = bobbin_cli_read (name, error);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  const BobbinLinksOptions options = {
    .file_name = name,
    .base_uri = base,
    .max_expanded = BOBBIN_PATTERN_ASK,
    .progress = on_progress,
    .progress_data = cancellable,
    .cancellable = cancellable,
  };
  g_autoptr (BobbinLinks) links = data != NULL ? bobbin_links_read (data, &options, error) : NULL;
  Reading reading = { .input = self, .name = name, .links = links };

  if (links == NULL)
    return FALSE;

  for (guint i = 0; i < bobbin_links_get_n_lines (links); i++)
    add_line (&reading, i);
  for (guint i = 0; i < bobbin_links_get_n_links (links); i++)
    g_ptr_array_add (self->links, bobbin_link_copy (bobbin_links_get_link (links, i)));
  if (bobbin_links_is_cut (links))
    complain_about_cut (&reading);
  return TRUE;
}

/* An argument that is no link, without the password that it may hold. */
static char *
dup_shown_argument (const char *argument)
{
  const char *scheme_end = strstr (argument, "://");
  const char *authority = scheme_end != NULL ? scheme_end + 3 : argument;
  gsize length = strcspn (authority, "/?#");
  const char *at = memrchr (authority, '@', length);
  g_autofree char *without = NULL;

  if (at == NULL)
    return bobbin_cli_text_clean (argument);

  without = g_strdup_printf ("%.*s%s", (int) (authority - argument), argument, at + 1);
  return bobbin_cli_text_clean (without);
}

/* “host/path”, as people type it: what a list of links would take for a link,
 * if it has a path. Without one it is rather a file that is not there.
 */
static BobbinLink *
link_from_host_and_path (const char *argument)
{
  g_autoptr (BobbinLinks) links = NULL;

  if (strchr (argument, '/') == NULL || strpbrk (argument, " \t\n") != NULL)
    return NULL;

  links = bobbin_links_parse_text (argument, -1);
  if (bobbin_links_get_n_links (links) != 1)
    return NULL;
  return bobbin_link_copy (bobbin_links_get_link (links, 0));
}

static BobbinLink *
link_from_text (const char *text, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  BobbinLink *link = bobbin_link_new (text, &local_error);

  if (link == NULL && g_error_matches (local_error, BOBBIN_ERROR, BOBBIN_ERROR_NOT_A_LINK))
    link = link_from_host_and_path (text);
  if (link == NULL)
    g_propagate_error (error, g_steal_pointer (&local_error));
  return link;
}

/* Takes the error and the message. */
static void
complain_about_argument (BobbinCliInput *self, const char *argument, GError *error, char *message)
{
  BobbinCliComplaint *complaint = g_new0 (BobbinCliComplaint, 1);

  complaint->text = dup_shown_argument (argument);
  complaint->message = message;
  complaint->error = error;
  complaint->is_refused = TRUE;
  g_ptr_array_add (self->complaints, complaint);
}

/* Takes the error. */
static gboolean
refuse_argument (BobbinCliInput *self, const char *argument, GError *reason, GError **error)
{
  g_autoptr (GError) owned = reason;
  g_autofree char *shown = NULL;

  if (g_error_matches (owned, BOBBIN_ERROR, BOBBIN_ERROR_UNSUPPORTED_SCHEME))
    {
      gboolean is_magnet = g_ascii_strncasecmp (argument, "magnet:", strlen ("magnet:")) == 0;

      complain_about_argument (self, argument, g_steal_pointer (&owned),
                               bobbin_words_for_reason (is_magnet ? BOBBIN_REASON_MAGNET
                                                                  : BOBBIN_REASON_SCHEME,
                                                        NULL));
      return TRUE;
    }

  shown = dup_shown_argument (argument);
  g_set_error (error, BOBBIN_ERROR, BOBBIN_ERROR_NOT_A_LINK, _ ("“%s” is neither a link nor a file of links"),
               shown);
  return FALSE;
}

static gboolean
add_links (BobbinCliInput *self, const char *argument, GError **error)
{
  g_autoptr (BobbinPattern) pattern = bobbin_pattern_new (argument);
  guint64 count = pattern != NULL ? bobbin_pattern_get_count (pattern) : 1;

  if (count > BOBBIN_PATTERN_ASK)
    {
      complain_about_argument (self, argument,
                               g_error_new (BOBBIN_ERROR, BOBBIN_ERROR_NOT_A_LINK, "Too many links"),
                               words_for_count (count));
      return TRUE;
    }

  for (guint64 i = 0; i < count; i++)
    {
      g_autofree char *text = pattern != NULL ? bobbin_pattern_dup_text (pattern, i) : g_strdup (argument);
      GError *reason = NULL;
      BobbinLink *link = link_from_text (text, &reason);

      if (link == NULL)
        return refuse_argument (self, argument, reason, error);
      g_ptr_array_add (self->links, link);
    }
  return TRUE;
}

static gboolean
add_argument (BobbinCliInput *self, const char *argument, const char *base, GError **error)
{
  if (g_str_equal (argument, "-") || g_file_test (argument, G_FILE_TEST_EXISTS))
    return add_file (self, argument, base, error);
  return add_links (self, argument, error);
}

/**
 * bobbin_cli_input_read:
 * @self: an input
 * @options: where to read
 * @error: return location
 *
 * Adds the links of all --input files, then those of the arguments. The same
 * link twice on the command line is two downloads; twice in one file it is one.
 * Sets %G_IO_ERROR codes for files that can't be read and
 * %BOBBIN_ERROR_NOT_A_LINK for an argument that is nothing, with messages that
 * are for the person.
 *
 * Returns: whether everything could be read
 */
gboolean
bobbin_cli_input_read (BobbinCliInput *self, const BobbinCliOptions *options, GError **error)
{
  for (char **name = options->inputs; name != NULL && *name != NULL; name++)
    if (!add_file (self, *name, options->base, error))
      return FALSE;
  for (char **argument = options->arguments; argument != NULL && *argument != NULL; argument++)
    if (!add_argument (self, *argument, options->base, error))
      return FALSE;
  return TRUE;
}

/**
 * bobbin_cli_input_add_uri:
 * @self: an input
 * @uri: an http or https URI
 * @error: return location
 *
 * Adds one link. Sets the errors of bobbin_link_new().
 *
 * Returns: whether it is a link
 */
gboolean
bobbin_cli_input_add_uri (BobbinCliInput *self, const char *uri, GError **error)
{
  BobbinLink *link = bobbin_link_new (uri, error);

  if (link == NULL)
    return FALSE;

  g_ptr_array_add (self->links, link);
  return TRUE;
}
