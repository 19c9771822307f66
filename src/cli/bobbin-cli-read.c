/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "bobbin-cli-read.h"

#include "bobbin-cli-signals.h"
#include "bobbin-cli-text.h"
#include "bobbin-links.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <unistd.h>

#define PIECE 65536

static GBytes *
fail (GError **error, int number, const char *name)
{
  g_autofree char *shown = bobbin_cli_text_clean (name);

  g_set_error (error, G_IO_ERROR, (int) g_io_error_from_errno (number), "%s: %s", shown, g_strerror (number));
  return NULL;
}

/* What is larger than the largest list is something that took its place on the
 * command line by mistake. A signal that asks to stop is an error (EINTR). */
static GBytes *
read_all (int fd, const char *name, GError **error)
{
  g_autoptr (GByteArray) data = g_byte_array_new ();
  gssize n = 1;

  while (n > 0)
    {
      guint length = data->len;

      g_byte_array_set_size (data, length + PIECE);
      n = bobbin_cli_signals_read (fd, data->data + length, PIECE);
      g_byte_array_set_size (data, length + (guint) MAX (n, 0));
      if (data->len > BOBBIN_LINKS_MAX_SIZE)
        return fail (error, EFBIG, name);
    }
  return n == 0 ? g_byte_array_free_to_bytes (g_steal_pointer (&data)) : fail (error, errno, name);
}

/**
 * bobbin_cli_read:
 * @name: a file's name, "-" for standard input
 * @error: return location
 *
 * Reads a list of links to its end. Sets %G_IO_ERROR codes with messages that
 * are for the person, also when a signal asks to stop.
 *
 * Returns: (transfer full) (nullable): the bytes
 */
GBytes *
bobbin_cli_read (const char *name, GError **error)
{
  GBytes *data = NULL;
  int fd = -1;

  if (g_str_equal (name, "-"))
    return read_all (STDIN_FILENO, _ ("standard input"), error);

  fd = open (name, O_RDONLY | O_CLOEXEC);
  if (fd < 0)
    return fail (error, errno, name);

  data = read_all (fd, name, error);
  close (fd);
  return data;
}
