/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bench-child.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

/* How long a program may take to end when it is asked to, in seconds. */
#define LAST_WORDS 3.0

/* A home that nobody has lived in: no settings of the person who measures, and
 * no proxy of theirs. */
static char **
make_environment (const char *folder)
{
  static const char *const away[]
      = { "http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY" };
  g_autofree char *home = g_build_filename (folder, "home", NULL);
  char **environment = g_get_environ ();

  environment = g_environ_setenv (environment, "HOME", home, TRUE);
  environment = g_environ_setenv (environment, "LC_ALL", "C.UTF-8", TRUE);
  for (guint i = 0; i < G_N_ELEMENTS (away); i++)
    environment = g_environ_unsetenv (environment, away[i]);
  for (guint i = 0; i < 4; i++)
    environment = g_environ_unsetenv (environment, (const char *[]){ "XDG_CONFIG_HOME", "XDG_DATA_HOME",
                                                                     "XDG_STATE_HOME", "XDG_CACHE_HOME" }[i]);
  return environment;
}

static G_GNUC_NORETURN void
become (const char *const *command, const char *folder, char **environment, int output)
{
  prctl (PR_SET_PDEATHSIG, SIGTERM);
  if (folder != NULL && chdir (folder) != 0)
    _exit (126);
  dup2 (output, STDOUT_FILENO);
  dup2 (output, STDERR_FILENO);
  execvpe (command[0], (char *const *) command, environment);
  _exit (127);
}

/* Starts @command in @folder, where it has its home, too, and leaves what it says
 * in a file there named "said".
 *
 * A fork and no vfork: what is most resident of a child that shares our memory
 * would be ours. */
pid_t
bench_child_start (const char *const *command, const char *folder)
{
  g_auto (GStrv) environment = make_environment (folder);
  g_autofree char *path = g_build_filename (folder, "said", NULL);
  int output = open (path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
  pid_t child = fork ();

  if (child == 0)
    become (command, folder, environment, output);
  g_assert_cmpint (child, >, 0);
  close (output);
  return child;
}

/* Returns: whether @child has ended before @patience seconds were over */
static gboolean
has_ended_within (pid_t child, double patience)
{
  int fd = (int) syscall (SYS_pidfd_open, child, 0);
  struct pollfd watched = { fd, POLLIN, 0 };
  int ready;

  g_assert_cmpint (fd, >=, 0);
  while ((ready = poll (&watched, 1, (int) (patience * 1000))) < 0 && errno == EINTR)
    ;
  close (fd);
  return ready == 1;
}

/* Asks @child to end, and ends it if it does not. */
void
bench_child_end (pid_t child)
{
  kill (child, SIGTERM);
  if (!has_ended_within (child, LAST_WORDS))
    kill (child, SIGKILL);
  while (waitpid (child, NULL, 0) < 0 && errno == EINTR)
    ;
}

static double
to_seconds (struct timeval time)
{
  return (double) time.tv_sec + (double) time.tv_usec / G_USEC_PER_SEC;
}

/* Waits for the end of @child, at most @patience seconds, and fills in what it
 * worked and held; its time is left alone.
 * Returns: whether it ended well in time */
gboolean
bench_child_wait (pid_t child, double patience, BenchSample *sample, GError **error)
{
  gboolean in_time = has_ended_within (child, patience);
  struct rusage usage = { 0 };
  int status = 0;

  if (!in_time)
    kill (child, SIGKILL);
  while (wait4 (child, &status, 0, &usage) < 0 && errno == EINTR)
    ;
  sample->work = to_seconds (usage.ru_utime) + to_seconds (usage.ru_stime);
  sample->memory = (double) usage.ru_maxrss * 1024;
  if (!in_time)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT, "not done within %.0f s", patience);
      return FALSE;
    }
  return g_spawn_check_wait_status (status, error);
}

/* Runs @command, as bench_child_start() says, and measures it. */
gboolean
bench_child_run (
    const char *const *command, const char *folder, double patience, BenchSample *sample, GError **error)
{
  gint64 start = g_get_monotonic_time ();
  gboolean well = bench_child_wait (bench_child_start (command, folder), patience, sample, error);

  sample->seconds = (double) (g_get_monotonic_time () - start) / G_USEC_PER_SEC;
  return well;
}
