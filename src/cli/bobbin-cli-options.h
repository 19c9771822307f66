/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

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
  int at_once;
  int timeout; /* seconds */
  BobbinCliOrder order;
  char **headers; /* checked lines "Name: value"; %NULL if none */
  char *user_agent;
  char *referer;
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
