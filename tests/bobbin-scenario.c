/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-scenario.h"

#include "bobbin-fault-certificate.h"
#include "bobbin-fault-resolver.h"

#include <string.h>

/* Longer than any case takes on the slowest machine: reached only when
 * something hangs. */
#define TOO_LONG (40 * G_TIME_SPAN_SECOND)

/* The first back-off, in microseconds: short, so that no case waits for what it
 * is not about. */
#define RETRY_BASE 20000

/* What the second file of a case is, which has to come whatever happens to the
 * first one. */
static const BobbinFaultFile also_file = { .size = 2000, .seed = 77, .etag = "\"also\"" };
static const BobbinFaultRule also_rule = { "/also", 0, NULL, &also_file };

/* Notes what is not as it has to be, and goes on, so that one run tells all of
 * it. Returns: @is_so */
gboolean
bobbin_scenario_expect (BobbinScenarioRun *run, gboolean is_so, const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list args;

  if (is_so)
    return TRUE;
  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  run->failed = TRUE;
  bobbin_test_message (text);
  g_test_fail ();
  return FALSE;
}

/* Requests that are as @pattern says have to be @least to @most. */
void
bobbin_scenario_expect_count (
    BobbinScenarioRun *run, BobbinFaultServer *server, const char *pattern, guint least, guint most)
{
  guint n = bobbin_fault_server_count_requests (server, pattern);

  bobbin_scenario_expect (run, n >= least && n <= most, "%u requests with \"%s\", not %u to %u", n, pattern,
                          least, most);
}

/* Gives a user and a password for the server's origin, as a person does who is
 * asked for them. */
void
bobbin_scenario_sign_in (BobbinScenarioRun *run, const char *user, const char *password)
{
  g_autofree char *text = bobbin_fault_server_expand (run->server, "@SELF@/");
  g_autoptr (GUri) origin = g_uri_parse (text, G_URI_FLAGS_NONE, NULL);

  bobbin_credentials_set (run->settings->credentials, origin, user, password);
}

/* Returns: (transfer full): the path of the part file of "/file" */
char *
bobbin_scenario_dup_part_path (BobbinScenarioRun *run)
{
  return g_build_filename (run->folder, "file.part", NULL);
}

static BobbinFaultServer *
start_server (const BobbinFaultRule *rules, const BobbinFaultRule *first, gboolean secure)
{
  g_autoptr (GTlsCertificate) certificate = secure ? bobbin_fault_certificate_new () : NULL;
  BobbinFaultServer *server = bobbin_fault_server_new_tls (certificate);

  if (first != NULL)
    bobbin_fault_server_add_rule (server, first);
  for (; rules != NULL && rules->request != NULL; rules++)
    bobbin_fault_server_add_rule (server, rules);
  return server;
}

static void
give_credentials (BobbinScenarioRun *run)
{
  const BobbinScenario *scenario = run->scenario;

  if (scenario->sign_in != NULL)
    {
      g_auto (GStrv) sides = g_strsplit (scenario->sign_in, ":", 2);

      bobbin_scenario_sign_in (run, sides[0], sides[1]);
    }
  if (scenario->sign_in_host != NULL)
    {
      g_auto (GStrv) words = g_strsplit (scenario->sign_in_host, " ", 3);

      bobbin_credentials_set_host (run->settings->credentials, words[0], words[1], words[2]);
    }
}

static char **
make_trusted_hosts (BobbinScenarioRun *run)
{
  char **hosts = g_new0 (char *, 2);

  hosts[0] = bobbin_fault_server_expand (run->server, "127.0.0.1:@PORT@");
  return hosts;
}

static BobbinSettings *
make_settings (BobbinScenarioRun *run)
{
  const BobbinScenario *scenario = run->scenario;
  BobbinSettings *settings = bobbin_settings_new ();

  settings->timeout = scenario->timeout > 0 ? scenario->timeout : 10;
  settings->tries = scenario->tries > 0 ? scenario->tries : 3;
  settings->parts = scenario->parts > 0 ? scenario->parts : 4;
  settings->part_size = scenario->part_size > 0 ? scenario->part_size : BOBBIN_SCENARIO_PART_SIZE;
  settings->per_host = scenario->per_host > 0 ? scenario->per_host : 6;
  settings->limit_local = TRUE;
  settings->low_speed = scenario->low_speed;
  settings->low_speed_time = scenario->low_speed_time > 0 ? scenario->low_speed_time : 1;
  settings->retry_delay = RETRY_BASE;
  if (scenario->proxy != NULL)
    settings->proxy = bobbin_fault_server_expand (run->server, scenario->proxy);
  if (scenario->secure)
    settings->ca_file = bobbin_fault_certificate_save (run->own_folder);
  if (scenario->trusted)
    settings->trusted_hosts = make_trusted_hosts (run);
  return settings;
}

static void
set_up (BobbinScenarioRun *run)
{
  const BobbinScenario *scenario = run->scenario;

  run->began = g_get_monotonic_time ();
  run->folder = bobbin_test_make_folder ();
  run->own_folder = bobbin_test_make_folder ();
  run->server = start_server (scenario->rules, scenario->also ? &also_rule : NULL,
                              scenario->secure || scenario->secure_unknown);
  run->other = start_server (scenario->other, NULL, FALSE);
  bobbin_fault_server_set_other (run->server, run->other);
  bobbin_fault_server_set_other (run->other, run->server);
  run->queue = bobbin_queue_new ();
  run->settings = make_settings (run);
  give_credentials (run);
  bobbin_queue_set_at_once (run->queue, scenario->at_once > 0 ? scenario->at_once : 4);
  bobbin_queue_set_settings (run->queue, run->settings);
}

static void
tear_down (BobbinScenarioRun *run)
{
  bobbin_queue_stop (run->queue);
  g_assert_finalize_object (run->queue);
  bobbin_settings_unref (run->settings);
  bobbin_fault_server_free (run->server);
  bobbin_fault_server_free (run->other);
  bobbin_test_remove_folder (run->folder);
  bobbin_test_remove_folder (run->own_folder);
  g_free (run->folder);
  g_free (run->own_folder);
}

static BobbinDownload *
add (BobbinScenarioRun *run, const char *text, const char *const *fields)
{
  g_autofree char *uri = text[0] == '/' ? bobbin_fault_server_dup_uri (run->server, text)
                                        : bobbin_fault_server_expand (run->server, text);
  g_autoptr (GPtrArray) links = g_ptr_array_new_with_free_func ((GDestroyNotify) bobbin_link_unref);
  g_autoptr (GError) error = NULL;
  BobbinLink *link = bobbin_link_new (uri, &error);

  g_assert_no_error (error);
  bobbin_link_set_folder (link, run->folder);
  for (; fields != NULL && fields[0] != NULL; fields += 2)
    g_assert_true (bobbin_link_add_header (link, fields[0], fields[1], NULL));
  g_ptr_array_add (links, link);
  bobbin_queue_add (run->queue, links, FALSE);
  return bobbin_test_get (run->queue, g_list_model_get_n_items (G_LIST_MODEL (run->queue)) - 1);
}

static gboolean
wake (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

/* Runs the main loop until @is_so, but not for ever. Returns: whether it is */
gboolean
bobbin_scenario_wait (BobbinScenarioRun *run, BobbinScenarioIsFunc is_so, const char *what)
{
  guint id = g_timeout_add (10, wake, NULL);
  gint64 until = g_get_monotonic_time () + TOO_LONG;
  gboolean is;

  while (!(is = is_so (run)) && g_get_monotonic_time () < until)
    {
      g_main_context_iteration (NULL, TRUE);
      run->retry_at = MAX (run->retry_at, bobbin_download_get_retry_at (run->download));
    }
  g_source_remove (id);
  return bobbin_scenario_expect (run, is, "Waited in vain: %s", what);
}

/* Whether no worker has anything to do. */
gboolean
bobbin_scenario_nothing_runs (BobbinScenarioRun *run)
{
  return bobbin_queue_get_counts (run->queue)->active == 0
         && !bobbin_run_is_running (bobbin_queue_get_run (run->queue));
}

static gboolean
all_is_over (BobbinScenarioRun *run)
{
  return bobbin_scenario_nothing_runs (run) && bobbin_queue_get_counts (run->queue)->waiting == 0;
}

static gboolean
may_be_paused (BobbinScenarioRun *run)
{
  return bobbin_download_get_received (run->download) >= run->scenario->pause_at
         || bobbin_download_get_state (run->download) == BOBBIN_STATE_FINISHED
         || bobbin_download_get_state (run->download) == BOBBIN_STATE_FAILED;
}

static void
pause_and_resume (BobbinScenarioRun *run)
{
  if (!bobbin_scenario_wait (run, may_be_paused, "for bytes to pause at"))
    return;
  bobbin_scenario_expect (run, bobbin_download_is_active (run->download), "Over before it was paused");
  bobbin_queue_pause (run->queue, run->download);
  bobbin_scenario_wait (run, bobbin_scenario_nothing_runs, "for the pause");
  if (run->scenario->meanwhile != NULL)
    run->scenario->meanwhile (run);
  bobbin_queue_resume (run->queue, run->download);
}

/* As a person does who does not want to wait, or has mended what was wrong. */
static void
go_on_by_hand (BobbinScenarioRun *run)
{
  bobbin_scenario_expect (run, bobbin_download_get_state (run->download) != BOBBIN_STATE_FINISHED,
                          "Finished at the first go");
  if (run->scenario->meanwhile != NULL)
    run->scenario->meanwhile (run);
  if (bobbin_download_get_state (run->download) == BOBBIN_STATE_PAUSED)
    bobbin_queue_resume (run->queue, run->download);
  else
    bobbin_queue_retry (run->queue, run->download);
}

static const char *
state_to_text (BobbinState state)
{
  static const char *const names[] = { "waiting", "connecting", "receiving", "paused", "finished", "failed" };

  return names[state];
}

static void
check_error (BobbinScenarioRun *run)
{
  const BobbinScenarioError *errors = run->scenario->errors;
  const GError *error = bobbin_download_get_error (run->download);
  gboolean found = errors[0].domain == NULL;

  if (!bobbin_scenario_expect (run, error != NULL, "No error tells why"))
    return;
  for (guint i = 0; i < G_N_ELEMENTS (run->scenario->errors) && errors[i].domain != NULL; i++)
    found = found || g_error_matches (error, errors[i].domain (), errors[i].code);
  bobbin_scenario_expect (run, found, "Another error: %s %d", g_quark_to_string (error->domain), error->code);
  bobbin_scenario_expect (run,
                          !g_error_matches (error, BOBBIN_ERROR, BOBBIN_ERROR_HTTP_STATUS)
                              || run->scenario->status == 0
                              || bobbin_error_get_status (error) == run->scenario->status,
                          "Status %u, not %u", bobbin_error_get_status (error), run->scenario->status);
}

static gboolean
is_content (const char *data, gsize size, guint seed)
{
  g_autofree guint8 *expected = g_malloc (size + 1);

  bobbin_fault_bytes_fill (expected, size, 0, seed);
  return memcmp (data, expected, size) == 0;
}

static void
check_content (
    BobbinScenarioRun *run, const char *name, const char *text, gsize size, guint seed, guint or_seed)
{
  g_autofree char *path = g_build_filename (run->folder, name, NULL);
  g_autofree char *data = NULL;
  gsize found = 0;

  if (!bobbin_scenario_expect (run, g_file_get_contents (path, &data, &found, NULL), "No file %s", name)
      || !bobbin_scenario_expect (run, found == size,
                                  "%s has %" G_GSIZE_FORMAT " bytes, not %" G_GSIZE_FORMAT, name, found,
                                  size))
    return;
  bobbin_scenario_expect (run,
                          text != NULL ? memcmp (data, text, size) == 0
                                       : is_content (data, size, seed)
                                             || (or_seed > 0 && is_content (data, size, or_seed)),
                          "%s has other bytes", name);
}

static gsize
size_of (const BobbinScenario *scenario)
{
  if (scenario->text != NULL)
    return scenario->text_size > 0 ? (gsize) scenario->text_size : strlen (scenario->text);
  return scenario->size > 0 ? (gsize) scenario->size : BOBBIN_SCENARIO_SIZE;
}

static void
check_names (BobbinScenarioRun *run, const char *expected)
{
  g_auto (GStrv) names = bobbin_test_list_folder (run->folder);
  g_autofree char *found = g_strjoinv (" | ", names);

  bobbin_scenario_expect (run, g_str_equal (found, expected), "The folder has \"%s\", not \"%s\"", found,
                          expected);
}

static const char *
file_of (const BobbinScenario *scenario, const char *shown)
{
  if (scenario->or_file != NULL && g_strcmp0 (shown, scenario->or_file) == 0)
    return scenario->or_file;
  return scenario->file != NULL ? scenario->file : "file";
}

static void
check_done (BobbinScenarioRun *run)
{
  const BobbinScenario *scenario = run->scenario;
  g_autofree char *shown = bobbin_download_dup_name (run->download);
  const char *name = file_of (scenario, shown);
  g_autofree char *with_also = g_strcmp0 (name, "also") < 0 ? g_strconcat (name, " | also", NULL)
                                                            : g_strconcat ("also | ", name, NULL);

  bobbin_scenario_expect (run, bobbin_download_get_error (run->download) == NULL, "Finished with an error");
  check_content (run, name, scenario->text, size_of (scenario), scenario->seed, scenario->or_seed);
  bobbin_scenario_expect (run, g_strcmp0 (shown, name) == 0, "Named %s", shown);
  bobbin_scenario_expect (run, bobbin_download_get_received (run->download) == (goffset) size_of (scenario),
                          "Finished with %" G_GOFFSET_FORMAT " bytes told",
                          bobbin_download_get_received (run->download));
  if (scenario->names == NULL && scenario->or_file == NULL)
    check_names (run, scenario->also ? with_also : name);
}

/* Nothing incomplete has a name that promises a file. */
static void
check_not_done (BobbinScenarioRun *run)
{
  g_auto (GStrv) names = bobbin_test_list_folder (run->folder);
  guint n_parts = 0;

  for (char **name = names; *name != NULL; name++)
    if (g_str_has_suffix (*name, ".part"))
      n_parts++;
    else if (run->scenario->names == NULL && !g_str_equal (*name, "also"))
      bobbin_scenario_expect (run, FALSE, "Not done, but there is a file %s", *name);
  if (run->scenario->part == BOBBIN_SCENARIO_PART_KEPT)
    bobbin_scenario_expect (run, n_parts == 1, "%u part files, not one", n_parts);
  if (run->scenario->part == BOBBIN_SCENARIO_PART_NONE)
    bobbin_scenario_expect (run, n_parts == 0, "%u part files, not none", n_parts);
}

static gboolean
may_end_as (BobbinScenarioEnd end, BobbinState state)
{
  switch (end)
    {
    case BOBBIN_SCENARIO_DONE:
      return state == BOBBIN_STATE_FINISHED;
    case BOBBIN_SCENARIO_FAILED:
      return state == BOBBIN_STATE_FAILED;
    case BOBBIN_SCENARIO_PAUSED:
      return state == BOBBIN_STATE_PAUSED;
    case BOBBIN_SCENARIO_NOT_DONE:
      return state == BOBBIN_STATE_FAILED || state == BOBBIN_STATE_PAUSED;
    case BOBBIN_SCENARIO_EITHER:
      return state == BOBBIN_STATE_FINISHED || state == BOBBIN_STATE_FAILED;
    case BOBBIN_SCENARIO_OPEN:
    default:
      return TRUE;
    }
}

static void
check_end (BobbinScenarioRun *run)
{
  const BobbinScenario *scenario = run->scenario;
  BobbinState state = bobbin_download_get_state (run->download);
  const GError *error = bobbin_download_get_error (run->download);

  bobbin_scenario_expect (run, may_end_as (scenario->end, state), "It is %s: %s", state_to_text (state),
                          error != NULL ? error->message : "no error");
  if (state == BOBBIN_STATE_FINISHED)
    check_done (run);
  else
    check_not_done (run);
  if (state == BOBBIN_STATE_FAILED && may_end_as (scenario->end, state))
    check_error (run);
  if (scenario->names != NULL)
    check_names (run, scenario->names);
}

static void
check_also (BobbinScenarioRun *run)
{
  if (run->also == NULL)
    return;
  bobbin_scenario_expect (run, bobbin_download_get_state (run->also) == BOBBIN_STATE_FINISHED,
                          "The other download is %s", state_to_text (bobbin_download_get_state (run->also)));
  check_content (run, "also", NULL, (gsize) also_file.size, also_file.seed, 0);
}

/* What holds for each request whatever it is about. */
static void
check_manners (BobbinScenarioRun *run, const char *head)
{
  g_autofree char *range = bobbin_fault_request_dup_header (head, "Range");
  g_autofree char *condition = bobbin_fault_request_dup_header (head, "If-Range");
  g_autofree char *target = bobbin_fault_request_dup_target (head);
  goffset first;
  goffset end;

  bobbin_scenario_expect (run, g_str_has_prefix (head, "GET "), "Not a GET: %s", head);
  bobbin_scenario_expect (run, bobbin_fault_request_matches (head, "Accept-Encoding: identity"),
                          "Asks for another coding: %s", head);
  bobbin_scenario_expect (run, range == NULL || bobbin_fault_request_get_range (head, &first, &end),
                          "Asks for no proper range: %s", head);
  bobbin_scenario_expect (run, condition == NULL || (range != NULL && !g_str_has_prefix (condition, "W/")),
                          "A wrong If-Range: %s", head);
  bobbin_scenario_expect (run, target != NULL && strchr (target, '@') == NULL, "Tells a user: %s", head);
}

/* The requests of a server but for those of the second file. */
static GPtrArray *
requests_of (BobbinFaultServer *server)
{
  GPtrArray *requests = g_ptr_array_new_with_free_func (g_free);
  guint n = bobbin_fault_server_get_n_requests (server);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *head = bobbin_fault_server_dup_request (server, i);

      if (!bobbin_fault_request_matches (head, "/also"))
        g_ptr_array_add (requests, g_steal_pointer (&head));
    }
  return requests;
}

static void
check_requests (BobbinScenarioRun *run, BobbinFaultServer *server, const char *const *patterns)
{
  g_autoptr (GPtrArray) requests = requests_of (server);
  guint i = 0;

  for (guint j = 0; j < requests->len; j++)
    check_manners (run, g_ptr_array_index (requests, j));
  if (patterns == NULL)
    return;
  for (; patterns[i] != NULL && !g_str_equal (patterns[i], "..."); i++)
    bobbin_scenario_expect (run,
                            i < requests->len
                                && bobbin_fault_request_matches (g_ptr_array_index (requests, i),
                                                                 patterns[i]),
                            "Request %u is none with \"%s\"", i + 1, patterns[i]);
  bobbin_scenario_expect (run, patterns[i] != NULL || requests->len == i, "%u requests, not %u",
                          requests->len, i);
}

static void
tell_requests (BobbinFaultServer *server, const char *name)
{
  guint n = bobbin_fault_server_get_n_requests (server);

  for (guint i = 0; i < MIN (n, 20); i++)
    {
      g_autofree char *head = bobbin_fault_server_dup_request (server, i);
      g_autofree char *text = g_strdup_printf ("%s, request %u: %s", name, i + 1, head);

      bobbin_test_message (text);
    }
}

static void
check_all (BobbinScenarioRun *run)
{
  const BobbinScenario *scenario = run->scenario;
  g_autoptr (GPtrArray) requests = requests_of (run->server);

  check_end (run);
  check_also (run);
  check_requests (run, run->server, scenario->requests);
  check_requests (run, run->other, scenario->others);
  bobbin_scenario_expect (run, requests->len <= (scenario->most > 0 ? scenario->most : 100), "%u requests",
                          requests->len);
  if (scenario->check != NULL)
    scenario->check (run);
}

static void
carry_out (BobbinScenarioRun *run)
{
  const BobbinScenario *scenario = run->scenario;
  BobbinScenarioIsFunc is_over = scenario->is_over != NULL ? scenario->is_over : all_is_over;

  run->download = add (run, scenario->link != NULL ? scenario->link : "/file", scenario->fields);
  run->also = scenario->also ? add (run, "/also", NULL) : NULL;
  if (scenario->pause_at > 0)
    pause_and_resume (run);
  if (!bobbin_scenario_wait (run, is_over, "for the end"))
    return;
  if (scenario->again)
    {
      go_on_by_hand (run);
      bobbin_scenario_wait (run, all_is_over, "for the end after all");
    }
}

static void
test_scenario (gconstpointer data)
{
  BobbinScenarioRun run = { .scenario = data };

  set_up (&run);
  carry_out (&run);
  check_all (&run);
  if (run.failed)
    {
      tell_requests (run.server, "server");
      tell_requests (run.other, "other server");
    }
  g_test_message ("%.2f s", (double) (g_get_monotonic_time () - run.began) / G_USEC_PER_SEC);
  tear_down (&run);
}

/* For main(): runs the cases of an area, each as a test. */
int
bobbin_scenario_main (
    int argc, char *argv[], const char *area, const BobbinScenario *scenarios, gsize n_scenarios)
{
  bobbin_test_init (&argc, &argv);
  g_test_set_nonfatal_assertions ();
  bobbin_fault_resolver_install ();
  for (gsize i = 0; i < n_scenarios; i++)
    {
      g_autofree char *path = g_strdup_printf ("/scenarios/%s/%s", area, scenarios[i].name);

      g_test_add_data_func (path, &scenarios[i], test_scenario);
    }
  return g_test_run ();
}
