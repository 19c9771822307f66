/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-application.h"
#include "bobbin-engine.h"
#include "bobbin-turns.h"

#include <glib/gi18n.h>
#include <locale.h>

int
main (int argc, char **argv)
{
  g_autoptr (BobbinApplication) application = NULL;
  int status;

  bobbin_engine_init ();
  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, BOBBIN_LOCALE_DIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  g_set_application_name (_ ("Bobbin"));

  bobbin_turns_watch ();
  application = bobbin_application_new ();
  status = g_application_run (G_APPLICATION (application), argc, argv);
  bobbin_turns_report ();
  return status;
}
