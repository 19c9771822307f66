/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-subfolder.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Opens a folder in another one, and makes it if it is missing.
 *
 * Returns: a file descriptor, -1 with errno set
 */
static int
open_below (int above, const char *element)
{
  int fd = -1;

  if (element[0] == '\0' || strcmp (element, ".") == 0 || strcmp (element, "..") == 0)
    {
      errno = EINVAL;
      return -1;
    }
  if (mkdirat (above, element, 0777) < 0 && errno != EEXIST)
    return -1;
  fd = openat (above, element, O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
  if (fd < 0 && errno == ELOOP)
    errno = ENOTDIR;

  return fd;
}

/**
 * bobbin_subfolder_make:
 * @folder: absolute path of the folder to save to, which is there
 * @subfolder: as bobbin_link_get_subfolder() has it
 * @error: return location for an error
 *
 * Makes sure that a folder below another one is there, step by step. No
 * symbolic link is followed on the way down, so that what lies in @folder, which
 * may have come in an archive, cannot lead files out of it. A link in the path
 * of @folder itself is the person's own. Any thread.
 *
 * Sets %G_IO_ERROR codes for what the file system refuses, and
 * %G_IO_ERROR_NOT_DIRECTORY where a file or a symbolic link is in the way.
 *
 * Returns: (transfer full) (nullable): its absolute path
 */
char *
bobbin_subfolder_make (const char *folder, const char *subfolder, GError **error)
{
  g_auto (GStrv) elements = g_strsplit (subfolder, "/", -1);
  int fd = open (folder, O_PATH | O_DIRECTORY | O_CLOEXEC);

  for (char **element = elements; fd >= 0 && *element != NULL; element++)
    {
      int above = fd;
      int number = 0;

      fd = open_below (above, *element);
      number = errno;
      close (above);
      errno = number;
    }
  if (fd < 0)
    {
      int number = errno;

      g_set_error (error, G_IO_ERROR, (int) g_io_error_from_errno (number), "Cannot open “%s”: %s", subfolder,
                   g_strerror (number));
      return NULL;
    }

  close (fd);
  return g_build_filename (folder, subfolder, NULL);
}
