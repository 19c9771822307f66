/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-site.h"

#include "bobbin-test.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <utime.h>

/* A server writes its log when a request is over for it, which may be after the
 * client has got all. */
#define LOG_SECONDS 20

/* Files are of 2025: servers trust neither the date nor the ETag of those that
 * have changed in the last moments. */
#define FILE_TIME 1735689600

/* Returns: (transfer full) (nullable): path of the first of @names that is
 *   installed, also where only administrators look */
char *
bobbin_site_find_program (const char *const *names)
{
  for (; *names != NULL; names++)
    {
      g_autofree char *path = g_find_program_in_path (*names);
      g_autofree char *hidden = g_build_filename ("/usr/sbin", *names, NULL);

      if (path != NULL)
        return g_steal_pointer (&path);
      if (g_file_test (hidden, G_FILE_TEST_IS_EXECUTABLE))
        return g_steal_pointer (&hidden);
    }
  return NULL;
}

/* The ports are free when they are asked for; should somebody else take one in
 * between, the server ends and the test says so. */
static void
find_free_ports (BobbinSite *self)
{
  g_autoptr (GSocketListener) listener = g_socket_listener_new ();

  self->port = g_socket_listener_add_any_inet_port (listener, NULL, NULL);
  self->secure_port = g_socket_listener_add_any_inet_port (listener, NULL, NULL);
  g_socket_listener_close (listener);
}

/* A server that is started by root reads its files as somebody else. */
static char *
make_folder_for_all (void)
{
  char *folder = bobbin_test_make_folder ();

  g_assert_cmpint (g_chmod (folder, 0755), ==, 0);
  return folder;
}

/* Makes everything but the server. */
void
bobbin_site_init (BobbinSite *self)
{
  self->folder = make_folder_for_all ();
  self->files = make_folder_for_all ();
  self->target = bobbin_test_make_folder ();
  self->queue = bobbin_queue_new ();
  find_free_ports (self);
}

static void
remove_tree (const char *folder)
{
  g_auto (GStrv) names = bobbin_test_list_folder (folder);

  for (char **name = names; *name != NULL; name++)
    {
      g_autofree char *path = g_build_filename (folder, *name, NULL);

      if (g_file_test (path, G_FILE_TEST_IS_DIR))
        remove_tree (path);
    }
  bobbin_test_remove_folder (folder);
}

static void
end_server (BobbinSite *self)
{
  if (self->server == NULL)
    return;
  g_subprocess_send_signal (self->server, SIGTERM);
  g_subprocess_wait (self->server, NULL, NULL);
  g_clear_object (&self->server);
}

/* Nothing is left, whether the site was made or not. */
void
bobbin_site_clear (BobbinSite *self)
{
  if (self->folder == NULL)
    return;
  g_assert_finalize_object (self->queue);
  end_server (self);
  remove_tree (self->folder);
  bobbin_test_remove_folder (self->files);
  bobbin_test_remove_folder (self->target);
  g_free (self->folder);
  g_free (self->files);
  g_free (self->target);
}

/* Writes a file into the server's own folder. */
void
bobbin_site_write (BobbinSite *self, const char *name, const char *text)
{
  g_autofree char *path = g_build_filename (self->folder, name, NULL);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

/* A test that fails leaves no server behind, nor its children. */
static void
end_with_parent (gpointer user_data)
{
  prctl (PR_SET_PDEATHSIG, SIGTERM);
}

static void
wait_until_it_answers (BobbinSite *self)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autofree char *path = g_build_filename (self->folder, "errors", NULL);
  g_autofree char *said = NULL;

  for (guint tries = 0; tries < 1000; tries++)
    {
      g_autoptr (GSocketConnection) connection
          = g_socket_client_connect_to_host (client, "127.0.0.1", self->port, NULL, NULL);

      if (connection != NULL)
        return;
      g_usleep (10000);
    }
  g_file_get_contents (path, &said, NULL, NULL);
  g_error ("The server does not answer: %s", said);
}

/* Starts the server with @command, and waits until it answers. */
void
bobbin_site_start (BobbinSite *self, const char *const *command)
{
  g_autofree char *errors = g_build_filename (self->folder, "errors", NULL);
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE);
  g_autoptr (GError) error = NULL;

  g_subprocess_launcher_set_stderr_file_path (launcher, errors);
  g_subprocess_launcher_set_child_setup (launcher, end_with_parent, NULL, NULL);
  self->server = g_subprocess_launcher_spawnv (launcher, command, &error);
  g_assert_no_error (error);
  wait_until_it_answers (self);
}

static GBytes *
make_bytes (gsize size, guint seed)
{
  guint8 *bytes = g_malloc (size + 1);

  for (gsize i = 0; i < size; i++)
    bytes[i] = (guint8) (i * 31 + seed * 7 + (i >> 8));
  return g_bytes_new_take (bytes, size);
}

/* A higher seed is of a later second. */
static void
serve (BobbinSite *self, const char *name, GBytes *bytes, guint seed)
{
  g_autofree char *path = g_build_filename (self->files, name, NULL);
  struct utimbuf times = { FILE_TIME + seed, FILE_TIME + seed };
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);

  g_assert_true (g_file_set_contents_full (path, data != NULL ? data : "", (gssize) size,
                                           G_FILE_SET_CONTENTS_CONSISTENT, 0644, NULL));
  g_assert_cmpint (g_utime (path, &times), ==, 0);
}

/* Serves @size bytes, which ones @seed decides. */
void
bobbin_site_make_file (BobbinSite *self, const char *name, gsize size, guint seed)
{
  g_autoptr (GBytes) bytes = make_bytes (size, seed);

  serve (self, name, bytes, seed);
}

static GBytes *
convert (GConverter *converter, GBytes *bytes)
{
  g_autoptr (GInputStream) source = g_memory_input_stream_new_from_bytes (bytes);
  g_autoptr (GInputStream) stream = g_converter_input_stream_new (source, converter);
  g_autoptr (GOutputStream) sink = g_memory_output_stream_new_resizable ();
  g_autoptr (GError) error = NULL;

  g_output_stream_splice (sink, stream, G_OUTPUT_STREAM_SPLICE_CLOSE_TARGET, NULL, &error);
  g_assert_no_error (error);
  return g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (sink));
}

/* Serves the same bytes, but compressed. They are stored, not packed, so that
 * they stay as many. */
void
bobbin_site_make_gzip (BobbinSite *self, const char *name, gsize size, guint seed)
{
  g_autoptr (GZlibCompressor) compressor = g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, 0);
  g_autoptr (GBytes) bytes = make_bytes (size, seed);
  g_autoptr (GBytes) packed = convert (G_CONVERTER (compressor), bytes);

  serve (self, name, packed, seed);
}

char *
bobbin_site_dup_uri (BobbinSite *self, const char *path)
{
  return g_strdup_printf ("http://127.0.0.1:%d/%s", self->port, path);
}

/* Returns: (transfer full): the queue's settings, to be changed */
BobbinSettings *
bobbin_site_copy_settings (BobbinSite *self)
{
  return bobbin_settings_copy (bobbin_queue_get_settings (self->queue));
}

/* Takes over @settings. */
void
bobbin_site_use_settings (BobbinSite *self, BobbinSettings *settings)
{
  bobbin_queue_set_settings (self->queue, settings);
  bobbin_settings_unref (settings);
}

void
bobbin_site_use_parts (BobbinSite *self, guint parts, goffset part_size)
{
  BobbinSettings *settings = bobbin_site_copy_settings (self);

  settings->parts = parts;
  settings->part_size = part_size;
  settings->retry_delay = G_USEC_PER_SEC / 20;
  bobbin_site_use_settings (self, settings);
}

/* Does what a person does who is asked. */
void
bobbin_site_sign_in (BobbinSite *self, const char *user, const char *password)
{
  g_autofree char *uri = bobbin_site_dup_uri (self, "");
  g_autoptr (GUri) origin = g_uri_parse (uri, G_URI_FLAGS_NONE, NULL);

  bobbin_credentials_set (bobbin_queue_get_settings (self->queue)->credentials, origin, user, password);
}

/* Returns: (transfer none): the new download of what the server has at @path */
BobbinDownload *
bobbin_site_add (BobbinSite *self, const char *path)
{
  g_autofree char *uri = bobbin_site_dup_uri (self, path);

  return bobbin_test_add (self->queue, self->target, uri);
}

typedef struct
{
  BobbinDownload *download;
  goffset received;
} Wanted;

static gboolean
has_received (gpointer user_data)
{
  const Wanted *wanted = user_data;

  return bobbin_download_get_received (wanted->download) >= wanted->received;
}

static gboolean
nothing_runs (gpointer user_data)
{
  return !bobbin_run_is_running (bobbin_queue_get_run (user_data));
}

/* Pauses when @received bytes are there. Returns: how many really are */
goffset
bobbin_site_pause_at (BobbinSite *self, BobbinDownload *download, goffset received)
{
  Wanted wanted = { download, received };

  bobbin_test_wait (has_received, &wanted);
  bobbin_queue_pause (self->queue, download);
  bobbin_test_wait (nothing_runs, self->queue);
  g_assert_cmpint (bobbin_download_get_state (download), ==, BOBBIN_STATE_PAUSED);
  return bobbin_download_get_received (download);
}

/* Resumes, and waits for a good end. */
void
bobbin_site_go_on (BobbinSite *self, BobbinDownload *download)
{
  bobbin_queue_resume (self->queue, download);
  bobbin_test_wait_for_run (self->queue);
  g_assert_no_error (bobbin_download_get_error (download));
}

/* A file that came has to be all that there is. */
void
bobbin_site_assert_file (BobbinSite *self, const char *name, gsize size, guint seed)
{
  g_autoptr (GBytes) bytes = make_bytes (size, seed);

  bobbin_test_assert_file (self->target, name, g_bytes_get_data (bytes, NULL), size);
}

/* The same bytes have come, compressed by whomever. */
void
bobbin_site_assert_gzip (BobbinSite *self, const char *name, gsize size, guint seed)
{
  g_autoptr (GZlibDecompressor) decompressor = g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP);
  g_autoptr (GBytes) expected = make_bytes (size, seed);
  g_autofree char *path = g_build_filename (self->target, name, NULL);
  g_autofree char *found = NULL;
  g_autoptr (GBytes) packed = NULL;
  g_autoptr (GBytes) bytes = NULL;
  gsize found_size;

  g_assert_true (g_file_get_contents (path, &found, &found_size, NULL));
  packed = g_bytes_new_take (g_steal_pointer (&found), found_size);
  bytes = convert (G_CONVERTER (decompressor), packed);
  g_assert_true (g_bytes_equal (bytes, expected));
}

/* What the server has and what came are the same bytes. */
void
bobbin_site_assert_served (BobbinSite *self, const char *name)
{
  g_autofree char *path = g_build_filename (self->files, name, NULL);
  g_autofree char *data = NULL;
  gsize size;

  g_assert_true (g_file_get_contents (path, &data, &size, NULL));
  bobbin_test_assert_file (self->target, name, data, size);
}

void
bobbin_site_assert_nothing (BobbinSite *self)
{
  g_auto (GStrv) names = bobbin_test_list_folder (self->target);

  g_assert_cmpuint (g_strv_length (names), ==, 0);
}

static guint
count_logged (const char *path, const char *pattern)
{
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  guint n = 0;

  g_file_get_contents (path, &text, NULL, NULL);
  lines = g_strsplit (text != NULL ? text : "", "\n", -1);
  for (char **line = lines; *line != NULL; line++)
    n += g_pattern_match_simple (pattern, *line);
  return n;
}

/* From @least to @most lines of the server's log have to be like @pattern, with
 * "*" and "?". */
void
bobbin_site_assert_logged (BobbinSite *self, const char *pattern, guint least, guint most)
{
  g_autofree char *path = g_build_filename (self->folder, "log", NULL);
  gint64 until = g_get_monotonic_time () + LOG_SECONDS * G_USEC_PER_SEC;
  guint n;

  while ((n = count_logged (path, pattern)) < least && g_get_monotonic_time () < until)
    g_usleep (10000);
  if (n < least || n > most)
    {
      g_autofree char *text = NULL;

      g_file_get_contents (path, &text, NULL, NULL);
      g_test_message ("%u times %s in: %s", n, pattern, text);
    }
  g_assert_cmpuint (n, >=, least);
  g_assert_cmpuint (n, <=, most);
}
