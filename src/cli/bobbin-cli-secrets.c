/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "bobbin-cli-secrets.h"

#include "bobbin-cli-signals.h"
#include "bobbin-cli-text.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <glib/gi18n.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

/* Longer than any password; what is longer is another file. */
#define MAX_PASSWORD 4096

#define COVER '*'

static void
cover (char *from, const char *end)
{
  if (from < end)
    memset (from, COVER, (gsize) (end - from));
}

/* "scheme://user:password@host" */
static void
hide_passwords (char *argument)
{
  for (char *p = strstr (argument, "://"); p != NULL; p = strstr (p, "://"))
    {
      char *at;
      char *colon;

      p += strlen ("://");
      at = memrchr (p, '@', strcspn (p, "/?#"));
      colon = at != NULL ? memchr (p, ':', (gsize) (at - p)) : NULL;
      if (colon != NULL)
        cover (colon + 1, at);
    }
}

static void
hide_value (char *line)
{
  char *colon = strchr (line, ':');

  if (colon != NULL)
    cover (colon + 1, colon + strlen (colon));
}

/* What follows the letter of an option in a group, such as "Cookie: …" in
 * "-qHCookie: …"; empty if that is the next argument. */
static char *
find_attached_header (char *argument)
{
  char *letter = argument[0] == '-' && argument[1] != '-' ? strchr (argument, 'H') : NULL;

  return letter != NULL ? letter + 1 : NULL;
}

/**
 * bobbin_cli_secrets_hide:
 * @argv: the process's own arguments, of which nothing is needed any more
 *
 * Covers passwords in addresses and the values of headers, which everybody on
 * the same machine could read in the list of processes. What a group of letters
 * might hold is rather covered than not.
 */
void
bobbin_cli_secrets_hide (char **argv)
{
  gboolean is_header = FALSE;

  for (; *argv != NULL; argv++)
    {
      char *attached = is_header ? *argv : find_attached_header (*argv);

      if (attached == NULL && g_str_has_prefix (*argv, "--header="))
        attached = *argv;
      hide_passwords (*argv);
      if (attached != NULL)
        hide_value (attached);
      is_header = !is_header && (g_str_equal (*argv, "--header") || (attached != NULL && *attached == '\0'));
    }
}

static gboolean
set_cancelled (GError **error)
{
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, _ ("no password was given"));
  return FALSE;
}

/* Reads to the end of the line. A signal that asks to stop ends it. */
static gboolean
read_line (int fd, char *buffer, gsize size, GError **error)
{
  gsize length = 0;
  gssize n = 0;

  while (length + 1 < size)
    {
      n = bobbin_cli_signals_read (fd, buffer + length, 1);
      if (n <= 0 || buffer[length] == '\n')
        break;
      length++;
    }
  buffer[length] = '\0';
  if (length > 0 && buffer[length - 1] == '\r')
    buffer[length - 1] = '\0';
  return (n > 0 || (n == 0 && length > 0)) || set_cancelled (error);
}

static gboolean
write_text (int fd, const char *text)
{
  return write (fd, text, strlen (text)) >= 0;
}

/* Stopping the program (Ctrl+Z) would leave a shell that shows nothing. */
static gboolean
switch_echo_off (int fd, struct termios *before)
{
  struct termios quiet;

  if (tcgetattr (fd, before) < 0)
    return FALSE;
  quiet = *before;
  quiet.c_lflag &= ~(tcflag_t) ECHO;
  quiet.c_lflag |= ICANON;
  quiet.c_cc[VSUSP] = _POSIX_VDISABLE;
  return tcsetattr (fd, TCSAFLUSH, &quiet) == 0;
}

/**
 * bobbin_cli_secrets_ask:
 * @prompt: what to ask, in one line of clean text
 * @error: return location
 *
 * Asks for a password on the terminal that the program was started from,
 * wherever its standard streams lead, and doesn't show what is typed. Sets
 * %G_IO_ERROR codes, with messages that are for the person:
 * %G_IO_ERROR_CANCELLED if there came none, also by a signal.
 *
 * Returns: (transfer full) (nullable): the password, for
 *   bobbin_cli_secrets_free()
 */
char *
bobbin_cli_secrets_ask (const char *prompt, GError **error)
{
  char buffer[MAX_PASSWORD];
  int fd = open ("/dev/tty", O_RDWR | O_NOCTTY | O_CLOEXEC);
  struct termios before;
  char *password = NULL;

  if (fd < 0 || !switch_echo_off (fd, &before))
    {
      g_set_error_literal (
          error, G_IO_ERROR, G_IO_ERROR_FAILED,
          _ ("there is no terminal to ask for the password on; --password-file takes a file"));
      if (fd >= 0)
        close (fd);
      return NULL;
    }

  if (write_text (fd, prompt) && read_line (fd, buffer, sizeof buffer, error))
    password = g_strdup (buffer);
  explicit_bzero (buffer, sizeof buffer);
  tcsetattr (fd, TCSAFLUSH, &before);
  write_text (fd, "\n");
  close (fd);
  return password;
}

/**
 * bobbin_cli_secrets_read:
 * @path: a file
 * @error: return location
 *
 * Reads a password from the first line of a file, or of a pipe. Sets %G_IO_ERROR
 * codes, with messages that are for the person.
 *
 * Returns: (transfer full) (nullable): the password, for
 *   bobbin_cli_secrets_free()
 */
char *
bobbin_cli_secrets_read (const char *path, GError **error)
{
  char buffer[MAX_PASSWORD];
  int fd = open (path, O_RDONLY | O_CLOEXEC);
  char *password = NULL;

  if (fd < 0)
    {
      int number = errno;

      g_set_error (error, G_IO_ERROR, (int) g_io_error_from_errno (number), "%s: %s", path,
                   g_strerror (number));
      return NULL;
    }

  if (read_line (fd, buffer, sizeof buffer, error))
    password = g_strdup (buffer);
  else
    g_prefix_error (error, "%s: ", path);
  explicit_bzero (buffer, sizeof buffer);
  close (fd);
  return password;
}

/**
 * bobbin_cli_secrets_free:
 * @secret: (transfer full) (nullable): a password
 *
 * Freed memory ends up in crash reports.
 */
void
bobbin_cli_secrets_free (char *secret)
{
  if (secret != NULL)
    explicit_bzero (secret, strlen (secret));
  g_free (secret);
}
