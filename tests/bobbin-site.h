/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bobbin-engine.h"

G_BEGIN_DECLS

/**
 * BobbinSite:
 * @folder: the server's own
 * @files: what it serves
 * @target: where downloads go
 * @port: of 127.0.0.1, free when the site was made
 * @secure_port: another one
 * @server: (nullable): the server's process
 * @queue: downloads into @target
 *
 * A real server on loopback, of the test's own, and a queue that downloads from
 * there. The server is to write a line for each request to "log" in its folder,
 * and its complaints to "errors".
 */
typedef struct
{
  char *folder;
  char *files;
  char *target;
  guint16 port;
  guint16 secure_port;
  GSubprocess *server;
  BobbinQueue *queue;
} BobbinSite;

char *bobbin_site_find_program (const char *const *names) G_GNUC_WARN_UNUSED_RESULT;

void bobbin_site_init (BobbinSite *self);
void bobbin_site_clear (BobbinSite *self);
void bobbin_site_write (BobbinSite *self, const char *name, const char *text);
void bobbin_site_start (BobbinSite *self, const char *const *command);

void bobbin_site_make_file (BobbinSite *self, const char *name, gsize size, guint seed);
void bobbin_site_make_gzip (BobbinSite *self, const char *name, gsize size, guint seed);
char *bobbin_site_dup_uri (BobbinSite *self, const char *path) G_GNUC_WARN_UNUSED_RESULT;
BobbinSettings *bobbin_site_copy_settings (BobbinSite *self) G_GNUC_WARN_UNUSED_RESULT;
void bobbin_site_use_settings (BobbinSite *self, BobbinSettings *settings);
void bobbin_site_use_parts (BobbinSite *self, guint parts, goffset part_size);
void bobbin_site_sign_in (BobbinSite *self, const char *user, const char *password);

BobbinDownload *bobbin_site_add (BobbinSite *self, const char *path);
goffset bobbin_site_pause_at (BobbinSite *self, BobbinDownload *download, goffset received);
void bobbin_site_go_on (BobbinSite *self, BobbinDownload *download);

void bobbin_site_assert_file (BobbinSite *self, const char *name, gsize size, guint seed);
void bobbin_site_assert_gzip (BobbinSite *self, const char *name, gsize size, guint seed);
void bobbin_site_assert_served (BobbinSite *self, const char *name);
void bobbin_site_assert_nothing (BobbinSite *self);
void bobbin_site_assert_logged (BobbinSite *self, const char *pattern, guint least, guint most);

G_END_DECLS
