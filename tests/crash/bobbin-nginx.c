/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-nginx.h"

#include "bobbin-crash-folder.h"

#include <signal.h>
#include <string.h>
#include <sys/prctl.h>

#define CONFIGURATION                                                                                        \
  "daemon off;\n"                                                                                            \
  "master_process off;\n"                                                                                    \
  "pid %1$s/pid;\n"                                                                                          \
  "error_log %1$s/errors;\n"                                                                                 \
  "events { worker_connections 128; }\n"                                                                     \
  "http {\n"                                                                                                 \
  "  log_format sent '$uri $body_bytes_sent';\n"                                                             \
  "  access_log %1$s/sent sent;\n"                                                                           \
  "  default_type application/octet-stream;\n"                                                               \
  "  client_body_temp_path %1$s/body;\n"                                                                     \
  "  proxy_temp_path %1$s/proxy;\n"                                                                          \
  "  fastcgi_temp_path %1$s/fastcgi;\n"                                                                      \
  "  uwsgi_temp_path %1$s/uwsgi;\n"                                                                          \
  "  scgi_temp_path %1$s/scgi;\n"                                                                            \
  "  server {\n"                                                                                             \
  "    listen 127.0.0.1:%2$u;\n"                                                                             \
  "    %3$s\n"                                                                                               \
  "  }\n"                                                                                                    \
  "}\n"

static char *
find_program (void)
{
  char *found = g_find_program_in_path ("nginx");

  if (found == NULL && g_file_test ("/usr/sbin/nginx", G_FILE_TEST_IS_EXECUTABLE))
    found = g_strdup ("/usr/sbin/nginx");
  return found;
}

/* The port is free when it is asked for; should somebody else take it in
 * between, nginx ends and the test says so. */
static guint16
find_free_port (void)
{
  g_autoptr (GSocketListener) listener = g_socket_listener_new ();
  guint16 port = g_socket_listener_add_any_inet_port (listener, NULL, NULL);

  g_socket_listener_close (listener);
  return port;
}

static void
wait_until_it_answers (BobbinNginx *self)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();

  for (guint tries = 0; tries < 1000; tries++)
    {
      g_autoptr (GSocketConnection) connection
          = g_socket_client_connect_to_host (client, "127.0.0.1", self->port, NULL, NULL);

      if (connection != NULL)
        return;
      g_usleep (10000);
    }
  g_error ("nginx does not answer");
}

/* A test that fails leaves no server behind. */
static void
end_with_parent (gpointer user_data)
{
  prctl (PR_SET_PDEATHSIG, SIGKILL);
}

static void
start (BobbinNginx *self, const char *program, const char *configuration)
{
  g_autoptr (GSubprocessLauncher) launcher
      = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE | G_SUBPROCESS_FLAGS_STDERR_SILENCE);
  g_autoptr (GError) error = NULL;

  g_subprocess_launcher_set_child_setup (launcher, end_with_parent, NULL, NULL);
  self->process = g_subprocess_launcher_spawn (launcher, &error, program, "-p", self->folder, "-c",
                                               configuration, NULL);
  g_assert_no_error (error);
  wait_until_it_answers (self);
}

/* Starts an nginx with @locations, a part of its configuration.
 * Returns: (nullable): NULL if there is no nginx on this machine */
BobbinNginx *
bobbin_nginx_new (const char *locations)
{
  g_autofree char *program = find_program ();
  g_autofree char *path = NULL;
  g_autofree char *text = NULL;
  BobbinNginx *self;

  if (program == NULL)
    return NULL;
  self = g_new0 (BobbinNginx, 1);
  self->folder = bobbin_crash_folder_new ();
  self->log = g_build_filename (self->folder, "sent", NULL);
  self->port = find_free_port ();
  path = g_build_filename (self->folder, "nginx.conf", NULL);
  text = g_strdup_printf (CONFIGURATION, self->folder, self->port, locations);
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  start (self, program, path);
  return self;
}

void
bobbin_nginx_free (BobbinNginx *self)
{
  g_subprocess_send_signal (self->process, SIGTERM);
  g_subprocess_wait (self->process, NULL, NULL);
  g_object_unref (self->process);
  bobbin_crash_folder_remove (self->folder);
  g_free (self->folder);
  g_free (self->log);
  g_free (self);
}

/* Returns: how many bytes of @path have been sent by requests that are over */
goffset
bobbin_nginx_count_sent (BobbinNginx *self, const char *path)
{
  g_autofree char *prefix = g_strconcat (path, " ", NULL);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  goffset sent = 0;

  g_assert_true (g_file_get_contents (self->log, &text, NULL, NULL));
  lines = g_strsplit (text, "\n", -1);
  for (char **line = lines; *line != NULL; line++)
    if (g_str_has_prefix (*line, prefix))
      sent += g_ascii_strtoll (*line + strlen (prefix), NULL, 10);
  return sent;
}
