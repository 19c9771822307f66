/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "bobbin-cli-output.h"

#include "bobbin-cli-signals.h"

#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <unistd.h>

/* How long a reader that doesn't read may hold up a program that was asked to
 * stop, in milliseconds.
 */
#define LAST_WAIT_MS 200

/* Lines that nobody asked to flush are written when there are this many bytes
 * of them.
 */
#define FULL 65536

struct _BobbinCliOutput
{
  GString *results;
  GString *notes;
  int error; /* errno of the first result that could not be written, 0 if none */
};

/**
 * bobbin_cli_output_new:
 *
 * Returns: (transfer full): an output without lines
 */
BobbinCliOutput *
bobbin_cli_output_new (void)
{
  BobbinCliOutput *self = g_new0 (BobbinCliOutput, 1);

  self->results = g_string_new (NULL);
  self->notes = g_string_new (NULL);
  return self;
}

/* Waits until @fd takes bytes; once the program was asked to stop, only for a
 * moment more. Returns errno, 0 on success.
 */
static int
wait_for_room (int fd)
{
  gboolean last = FALSE;
  int n_ready = 0;

  do
    {
      struct pollfd fds[] = {
        { .fd = fd, .events = POLLOUT },
        { .fd = bobbin_cli_signals_get_fd (), .events = POLLIN },
      };

      last = bobbin_cli_signals_is_stop_asked ();
      n_ready = poll (fds, last ? 1 : 2, last ? LAST_WAIT_MS : -1);
      if (n_ready > 0 && fds[0].revents != 0)
        return 0;
      if (n_ready < 0 && errno != EINTR)
        return errno;
    }
  while (!last || n_ready < 0);

  return ETIMEDOUT;
}

/* Writes all of @text and empties it, PIPE_BUF bytes at a time, because that
 * many a pipe with room takes without blocking. Returns errno, 0 on success.
 */
static int
write_all (int fd, GString *text)
{
  int error = 0;

  for (gsize done = 0; done < text->len && error == 0;)
    {
      gssize n = -1;

      error = wait_for_room (fd);
      if (error == 0)
        n = write (fd, text->str + done, MIN (text->len - done, PIPE_BUF));
      if (n >= 0)
        done += (gsize) n;
      else if (error == 0 && errno != EINTR && errno != EAGAIN)
        error = errno;
    }

  g_string_truncate (text, 0);
  return error;
}

/**
 * bobbin_cli_output_flush:
 * @self: an output
 *
 * Writes all lines. What standard output doesn't take is dropped, and so is
 * everything after it; see bobbin_cli_output_get_error(). Errors of standard
 * error have nowhere to be told.
 */
void
bobbin_cli_output_flush (BobbinCliOutput *self)
{
  if (self->notes->len > 0)
    write_all (STDERR_FILENO, self->notes);

  if (self->error != 0)
    g_string_truncate (self->results, 0);
  else if (self->results->len > 0)
    self->error = write_all (STDOUT_FILENO, self->results);
}

/**
 * bobbin_cli_output_free:
 * @self: (transfer full): an output
 *
 * Flushes and frees.
 */
void
bobbin_cli_output_free (BobbinCliOutput *self)
{
  bobbin_cli_output_flush (self);
  g_string_free (self->results, TRUE);
  g_string_free (self->notes, TRUE);
  g_free (self);
}

static void
append_line (GString *lines, const char *line)
{
  g_string_append (lines, line);
  g_string_append_c (lines, '\n');
}

/**
 * bobbin_cli_output_print:
 * @self: an output
 * @line: valid UTF-8 without control characters
 *
 * Adds a line to standard output.
 */
void
bobbin_cli_output_print (BobbinCliOutput *self, const char *line)
{
  append_line (self->results, line);
  if (self->results->len >= FULL)
    bobbin_cli_output_flush (self);
}

/**
 * bobbin_cli_output_note:
 * @self: an output
 * @line: valid UTF-8 without control characters
 *
 * Adds a line to standard error.
 */
void
bobbin_cli_output_note (BobbinCliOutput *self, const char *line)
{
  append_line (self->notes, line);
  if (self->notes->len >= FULL)
    bobbin_cli_output_flush (self);
}

/**
 * bobbin_cli_output_complain:
 * @self: an output
 * @format: what is wrong, with what to put in as clean text
 * @...: arguments of @format
 *
 * Adds a line to standard error that begins with the name of the program.
 */
void
bobbin_cli_output_complain (BobbinCliOutput *self, const char *format, ...)
{
  g_autofree char *what = NULL;
  g_autofree char *line = NULL;
  va_list arguments;

  va_start (arguments, format);
  what = g_strdup_vprintf (format, arguments);
  va_end (arguments);

  line = g_strdup_printf ("%s: %s", g_get_prgname (), what);
  bobbin_cli_output_note (self, line);
}

/**
 * bobbin_cli_output_is_waiting:
 * @self: an output
 *
 * Returns: whether there are lines that were not written yet
 */
gboolean
bobbin_cli_output_is_waiting (BobbinCliOutput *self)
{
  return self->results->len > 0 || self->notes->len > 0;
}

/**
 * bobbin_cli_output_get_error:
 * @self: an output
 *
 * Returns: errno of the first result that standard output refused, 0 if none:
 *   EPIPE if nobody reads any more, ENOSPC if the disk is full
 */
int
bobbin_cli_output_get_error (BobbinCliOutput *self)
{
  return self->error;
}
