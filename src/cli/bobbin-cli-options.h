/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bobbin-checksum.h"
#include "bobbin-naming.h"
#include "bobbin-settings.h"

G_BEGIN_DECLS

/**
 * BobbinCliOrder:
 * @BOBBIN_CLI_ORDER_FINISHED: results as the downloads end
 * @BOBBIN_CLI_ORDER_ADDED: results in the order in which the links were given
 */
typedef enum
{
  BOBBIN_CLI_ORDER_FINISHED,
  BOBBIN_CLI_ORDER_ADDED,
} BobbinCliOrder;

/**
 * BobbinCliOptions:
 *
 * What the command line asks for. A plain value, never changed after
 * bobbin_cli_options_parse(). Texts are as they were given, in any encoding.
 */
typedef struct
{
  char **inputs;    /* files of links, "-" is standard input; %NULL if none */
  char **arguments; /* links and files of links; %NULL if none */
  char *folder;     /* absolute */
  char *name;       /* %NULL if none was given */
  char *base;       /* a link; %NULL if none was given */

  int at_once;
  int per_host; /* 0 for no limit, -1 if none was given */
  int parts;
  goffset part_size;
  goffset limit_rate; /* bytes a second, 0 for no limit */
  int tries;
  int timeout; /* seconds */

  BobbinCliOrder order;
  BobbinConflict conflict;
  BobbinFolders folders;
  char *name_template; /* without fault; %NULL if none was given */
  gboolean no_resume;
  gboolean again;
  BobbinDigest *digest; /* %NULL if none was given */

  char **headers;      /* lines, not checked yet; %NULL if none */
  char *user_agent;    /* %NULL if none was given */
  char *referer;       /* as it is sent; %NULL if none was given */
  char *user;          /* %NULL if none was given */
  char *password_file; /* %NULL if none was given */
  gboolean netrc;
  char *proxy;    /* as #BobbinSettings has it */
  char *ca_file;  /* absolute; %NULL if none was given */
  char *timeline; /* absolute path of the picture to write, or NULL */

  gboolean list;
  gboolean demo;
  gboolean json;
  gboolean quiet;
  gboolean verbose;
  gboolean version;
} BobbinCliOptions;

BobbinCliOptions *bobbin_cli_options_parse (char **argv, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void bobbin_cli_options_free (BobbinCliOptions *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BobbinCliOptions, bobbin_cli_options_free)

G_END_DECLS
