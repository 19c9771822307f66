/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bench-nginx.h"

#include "bench-child.h"
#include "bench-files.h"
#include "bench-port.h"
#include "bobbin-site.h"
#include "bobbin-test-certificate.h"

#include <unistd.h>

/* The requests that a connection may carry are many more than the thousand that
 * nginx allows, so that what is measured is the client. Started by root, it
 * would give its workers to somebody who may not read our folders. */
#define CONFIGURATION                                                                                        \
  "%6$s"                                                                                                     \
  "daemon off;\n"                                                                                            \
  "worker_processes 2;\n"                                                                                    \
  "pid %1$s/pid;\n"                                                                                          \
  "error_log %1$s/errors;\n"                                                                                 \
  "events { worker_connections 1024; }\n"                                                                    \
  "http {\n"                                                                                                 \
  "  access_log off;\n"                                                                                      \
  "  sendfile on;\n"                                                                                         \
  "  keepalive_requests 1000000;\n"                                                                          \
  "  default_type application/octet-stream;\n"                                                               \
  "  client_body_temp_path %1$s/body;\n"                                                                     \
  "  proxy_temp_path %1$s/proxy;\n"                                                                          \
  "  fastcgi_temp_path %1$s/fastcgi;\n"                                                                      \
  "  uwsgi_temp_path %1$s/uwsgi;\n"                                                                          \
  "  scgi_temp_path %1$s/scgi;\n"                                                                            \
  "  server {\n"                                                                                             \
  "    listen 127.0.0.1:%2$d backlog=1024;\n"                                                                \
  "    %3$s\n"                                                                                               \
  "    root %4$s;\n"                                                                                         \
  "    location /limited/ { alias %4$s/; limit_rate %5$d; }\n"                                               \
  "  }\n"                                                                                                    \
  "}\n"

#define SECURE                                                                                               \
  "listen 127.0.0.1:%1$d ssl backlog=1024; ssl_certificate %2$s/server.crt; "                                \
  "ssl_certificate_key %2$s/server.key; ssl_session_cache shared:own:1m;"

static gboolean
make_certificate (BenchNginx *self)
{
  g_autoptr (GTlsCertificate) certificate
      = bobbin_test_certificate_new (self->folder, "server", "127.0.0.1", 2049);

  if (certificate == NULL)
    return FALSE;
  self->authority = g_build_filename (self->folder, "server.crt", NULL);
  self->secure_port = bench_port_find_free ();
  return TRUE;
}

static char *
write_configuration (BenchNginx *self)
{
  char *path = g_build_filename (self->folder, "nginx.conf", NULL);
  g_autofree char *secure = NULL;
  g_autofree char *text = NULL;

  if (make_certificate (self))
    secure = g_strdup_printf (SECURE, self->secure_port, self->folder);
  text = g_strdup_printf (CONFIGURATION, self->folder, self->port, secure != NULL ? secure : "", self->files,
                          BENCH_NGINX_RATE, geteuid () == 0 ? "user root root;\n" : "");
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  return path;
}

/* Starts the server, which serves the folder "files" that it makes in @folder. */
BenchNginx *
bench_nginx_new (const char *folder, GError **error)
{
  static const char *const names[] = { "nginx", NULL };
  g_autofree char *program = bobbin_site_find_program (names);
  g_autofree char *configuration = NULL;
  BenchNginx *self;

  if (program == NULL)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "nginx is not installed");
      return NULL;
    }
  self = g_new0 (BenchNginx, 1);
  self->folder = bench_files_make_folder (folder, "nginx");
  self->files = bench_files_make_folder (folder, "files");
  self->port = bench_port_find_free ();
  configuration = write_configuration (self);
  self->process
      = bench_child_start ((const char *[]){ program, "-p", self->folder, "-c", configuration, NULL },
                           self->folder);
  if (!bench_port_wait (self->port, error))
    g_clear_pointer (&self, bench_nginx_free);
  return self;
}

void
bench_nginx_free (BenchNginx *self)
{
  bench_child_end (self->process);
  g_free (self->folder);
  g_free (self->files);
  g_free (self->authority);
  g_free (self);
}
