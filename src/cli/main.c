/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-cli-input.h"
#include "bobbin-cli-links.h"
#include "bobbin-cli-options.h"
#include "bobbin-cli-output.h"
#include "bobbin-cli-results.h"
#include "bobbin-cli-run.h"
#include "bobbin-cli-secrets.h"
#include "bobbin-cli-settings.h"
#include "bobbin-cli-signals.h"
#include "bobbin-cli-text.h"
#include "bobbin-demo-server.h"
#include "bobbin-engine.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <locale.h>
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

enum
{
  EXIT_ALL_FINISHED = 0,
  EXIT_SOME_FAILED = 1,
  EXIT_WRONG_USAGE = 2,
  EXIT_NOTHING_TO_DO = 3,
};

/* Started with a standard stream closed, the next file opened would take its
 * number, and a message would land in somebody's download.
 */
static void
open_standard_streams (void)
{
  int fd = 0;

  do
    fd = open ("/dev/null", O_RDWR);
  while (fd >= 0 && fd <= STDERR_FILENO);
  if (fd > STDERR_FILENO)
    close (fd);
}

static void
set_up_locale (void)
{
  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, BOBBIN_LOCALE_DIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
}

static int
complain_of_usage (BobbinCliOutput *output, const GError *error)
{
  g_autofree char *message = bobbin_cli_text_clean (error->message);

  if (bobbin_cli_signals_is_stop_asked ())
    return BOBBIN_CLI_EXIT_STOPPED;

  bobbin_cli_output_complain (output, "%s", message);
  bobbin_cli_output_note (output, _ ("Try “bobbin-cli --help”."));
  return EXIT_WRONG_USAGE;
}

/* Returns: the exit status */
static int
make_folder (const char *folder, BobbinCliOutput *output)
{
  g_autofree char *shown = bobbin_cli_text_clean (folder);
  int number = g_mkdir_with_parents (folder, 0777) == 0 ? 0 : errno;

  if (number == ENOTDIR || number == EEXIST)
    {
      g_autoptr (GError) error = g_error_new (G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                                              _ ("--directory takes a folder, and “%s” is none"), shown);

      return complain_of_usage (output, error);
    }
  if (number != 0)
    bobbin_cli_output_complain (output, "%s: %s", shown, g_strerror (number));
  return number == 0 ? EXIT_ALL_FINISHED : EXIT_SOME_FAILED;
}

/* Returns: (transfer full): the server, which has to live as long as the run */
static BobbinDemoServer *
start_demo (BobbinCliInput *input, GError **error)
{
  g_autoptr (BobbinDemoServer) server = bobbin_demo_server_new (error);
  g_autoptr (GPtrArray) uris = NULL;

  if (server == NULL)
    return NULL;

  uris = bobbin_demo_server_dup_picture_uris (server);
  for (guint i = 0; i < uris->len; i++)
    if (!bobbin_cli_input_add_uri (input, g_ptr_array_index (uris, i), error))
      return NULL;
  return g_steal_pointer (&server);
}

/* No link at all is nothing to do; what is refused has failed. */
static int
exit_status_without_links (const BobbinCliInput *input)
{
  for (guint i = 0; i < input->complaints->len; i++)
    {
      const BobbinCliComplaint *complaint = g_ptr_array_index (input->complaints, i);

      if (complaint->is_refused)
        return EXIT_SOME_FAILED;
    }
  return EXIT_NOTHING_TO_DO;
}

static int
exit_status_for (BobbinCliEnd end, BobbinCliResults *results)
{
  const BobbinCliTally *tally;

  if (end == BOBBIN_CLI_END_STOPPED)
    return BOBBIN_CLI_EXIT_STOPPED;
  tally = bobbin_cli_results_get_tally (results);
  return tally->failed > 0 || tally->no_links > 0 ? EXIT_SOME_FAILED : EXIT_ALL_FINISHED;
}

static int
download (const BobbinCliOptions *options,
          const BobbinCliInput *input,
          BobbinCliResults *results,
          BobbinCliOutput *output)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BobbinSettings) settings = bobbin_cli_settings_new (options, input->links, &error);
  g_autoptr (GPtrArray) complaints = NULL;
  int status = EXIT_ALL_FINISHED;

  if (settings == NULL)
    return complain_of_usage (output, error);
  status = make_folder (options->folder, output);
  if (status != EXIT_ALL_FINISHED)
    return status;
  complaints = bobbin_cli_links_make_folders (input->links);
  bobbin_cli_results_tell_complaints (results, complaints);
  if (input->links->len == 0)
    {
      bobbin_cli_results_tell_nothing (results);
      return EXIT_SOME_FAILED;
    }
  return exit_status_for (bobbin_cli_run (options, input->links, settings, results, output), results);
}

static int
work (const BobbinCliOptions *options, BobbinCliOutput *output)
{
  g_autoptr (BobbinCliInput) input = bobbin_cli_input_new ();
  g_autoptr (BobbinCliResults) results = bobbin_cli_results_new (options, output);
  g_autoptr (BobbinDemoServer) server = NULL;
  g_autoptr (GError) error = NULL;

  if (!bobbin_cli_input_read (input, options, &error))
    return complain_of_usage (output, error);
  /* Before the first thread, which is the demo's server. */
  if (options->demo || !options->list)
    bobbin_engine_init ();
  if (options->demo && (server = start_demo (input, &error)) == NULL)
    {
      bobbin_cli_output_complain (output, _ ("the demo's server does not start: %s"), error->message);
      return EXIT_SOME_FAILED;
    }
  if (!bobbin_cli_links_apply_options (input->links, options, &error))
    return complain_of_usage (output, error);

  bobbin_cli_results_tell_input (results, input);
  if (input->links->len == 0)
    {
      bobbin_cli_results_tell_nothing (results);
      return options->list ? EXIT_NOTHING_TO_DO : exit_status_without_links (input);
    }
  if (options->list)
    {
      bobbin_cli_results_tell_list (results, input->links);
      return EXIT_ALL_FINISHED;
    }
  return download (options, input, results, output);
}

/* What could not be printed is not a success, even if all was downloaded. Where
 * nobody reads any more, the program ends as others do in a pipe.
 */
static int
check_output (BobbinCliOutput *output, int status)
{
  int error = bobbin_cli_output_get_error (output);

  if (error == EPIPE)
    {
      signal (SIGPIPE, SIG_DFL);
      raise (SIGPIPE);
    }
  if (error == 0 || status == BOBBIN_CLI_EXIT_STOPPED)
    return status;

  bobbin_cli_output_complain (output, _ ("not all results could be written: %s"), g_strerror (error));
  return status == EXIT_ALL_FINISHED ? EXIT_SOME_FAILED : status;
}

int
main (int argc, char **argv)
{
  g_autoptr (BobbinCliOutput) output = NULL;
  g_autoptr (BobbinCliOptions) options = NULL;
  g_autoptr (GError) error = NULL;
  int status = EXIT_ALL_FINISHED;

  open_standard_streams ();
  set_up_locale ();
  g_set_prgname ("bobbin-cli");
  output = bobbin_cli_output_new ();

  options = bobbin_cli_options_parse (argv, &error);
  if (options == NULL)
    return complain_of_usage (output, error);
  bobbin_cli_secrets_hide (argv);
  if (!bobbin_cli_signals_install ())
    return EXIT_SOME_FAILED;

  if (options->version)
    bobbin_cli_output_print (output, "bobbin-cli " BOBBIN_VERSION);
  else
    status = work (options, output);

  bobbin_cli_output_flush (output);
  return check_output (output, status);
}
