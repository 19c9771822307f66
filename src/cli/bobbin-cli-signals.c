/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "bobbin-cli-signals.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <sys/eventfd.h>
#include <time.h>
#include <unistd.h>

/* Own handlers and not g_unix_signal_add(): the second Ctrl+C has to end the
 * program even while the main loop waits for a standard output that nobody
 * reads, and the first has to wake it from there. That is why system calls are
 * not restarted, either.
 */

/* A second signal within this time belongs to the first: timeout(1) signals the
 * process and then its group, a closing terminal sends SIGHUP twice.
 */
#define SAME_SIGNAL_NS (200 * G_GINT64_CONSTANT (1000000))

/* written by the handlers */
static volatile sig_atomic_t stop_asked = 0;
static volatile sig_atomic_t n_continued = 0;
static gint64 stop_time = 0;

/* immutable after installation */
static int stop_fd = -1;

static gint64
monotonic_ns (void)
{
  struct timespec now;

  clock_gettime (CLOCK_MONOTONIC, &now);
  return (gint64) now.tv_sec * G_GINT64_CONSTANT (1000000000) + now.tv_nsec;
}

static void
on_stop_signal (int number)
{
  int saved_errno = errno;
  guint64 one = 1;

  if (!stop_asked)
    {
      stop_asked = 1;
      stop_time = monotonic_ns ();
      if (write (stop_fd, &one, sizeof one) < 0)
        _exit (BOBBIN_CLI_EXIT_STOPPED);
    }
  else if (monotonic_ns () - stop_time >= SAME_SIGNAL_NS)
    _exit (BOBBIN_CLI_EXIT_STOPPED);

  errno = saved_errno;
}

static void
on_continue_signal (int number)
{
  n_continued++;
}

static void
install_stop_handler (int number)
{
  struct sigaction action = { .sa_handler = on_stop_signal };
  struct sigaction old;

  /* nohup and shells that start a job in the background have it ignored. */
  if (sigaction (number, NULL, &old) == 0 && old.sa_handler == SIG_IGN)
    return;

  sigemptyset (&action.sa_mask);
  sigaddset (&action.sa_mask, SIGINT);
  sigaddset (&action.sa_mask, SIGTERM);
  sigaddset (&action.sa_mask, SIGHUP);
  sigaction (number, &action, NULL);
}

/**
 * bobbin_cli_signals_install:
 *
 * Takes SIGINT, SIGTERM and SIGHUP: the first of them makes
 * bobbin_cli_signals_get_fd() readable, the second ends the program with
 * %BOBBIN_CLI_EXIT_STOPPED. Those that are ignored stay so. SIGPIPE becomes an
 * error of write(). Main thread, before any other thread is started.
 *
 * Returns: %FALSE if there are no file descriptors left
 */
gboolean
bobbin_cli_signals_install (void)
{
  struct sigaction on_continue = { .sa_handler = on_continue_signal, .sa_flags = SA_RESTART };

  stop_fd = eventfd (0, EFD_CLOEXEC | EFD_NONBLOCK);
  if (stop_fd < 0)
    return FALSE;

  install_stop_handler (SIGINT);
  install_stop_handler (SIGTERM);
  install_stop_handler (SIGHUP);
  sigemptyset (&on_continue.sa_mask);
  sigaction (SIGCONT, &on_continue, NULL);
  signal (SIGPIPE, SIG_IGN);
  return TRUE;
}

/**
 * bobbin_cli_signals_get_fd:
 *
 * Returns: a file descriptor that is readable from the first signal on, -1
 *   before bobbin_cli_signals_install()
 */
int
bobbin_cli_signals_get_fd (void)
{
  return stop_fd;
}

/**
 * bobbin_cli_signals_is_stop_asked:
 *
 * Returns: whether a signal asked the program to stop
 */
gboolean
bobbin_cli_signals_is_stop_asked (void)
{
  return stop_asked != 0;
}

/**
 * bobbin_cli_signals_get_n_continued:
 *
 * Returns: how many times the program was continued after it had been stopped
 *   (Ctrl+Z), when others may have written on the terminal
 */
guint
bobbin_cli_signals_get_n_continued (void)
{
  return (guint) n_continued;
}

/**
 * bobbin_cli_signals_read:
 * @fd: a file descriptor
 * @buffer: where to
 * @size: how much at most
 *
 * As read(), but goes on after signals other than those that ask to stop. One
 * of these ends it at once, also if it came just before.
 *
 * Returns: how many bytes came, 0 at the end, -1 with errno on error: EINTR if
 *   the program is to stop
 */
gssize
bobbin_cli_signals_read (int fd, void *buffer, gsize size)
{
  for (;;)
    {
      struct pollfd fds[] = {
        { .fd = fd, .events = POLLIN },
        { .fd = stop_fd, .events = POLLIN },
      };
      int n_ready = poll (fds, G_N_ELEMENTS (fds), -1);
      gssize n = -1;

      if (stop_asked)
        {
          errno = EINTR;
          return -1;
        }
      if (n_ready > 0)
        n = read (fd, buffer, size);
      if (n >= 0 || errno != EINTR)
        return n;
    }
}
