/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-hand.h"
#include "bobbin-person.h"

#include <glib/gstdio.h>
#include <locale.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>

/* How long anything may take unless a test says otherwise, in seconds: long enough for a slow machine under
 * a sanitizer, and only waited out in full by what fails. */
#define PATIENCE 30.0

/* Where the program keeps its settings, and under which heading. */
#define SETTINGS ".config/glib-2.0/settings/keyfile"
#define SETTINGS_GROUP "app/bobbin/Bobbin"

/* Between two looks, in microseconds. */
#define BLINK 50000

struct _BobbinPerson
{
  char *home;                    /* owned path; all that the program knows of a home */
  char *downloads;               /* owned path */
  GSubprocessLauncher *launcher; /* owned */
  GSubprocess *program;          /* owned */
  BobbinSight *application;      /* owned; NULL until it was seen */
};

typedef AtspiStateSet States;
typedef AtspiComponent Component;
G_DEFINE_AUTOPTR_CLEANUP_FUNC (States, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Component, g_object_unref)

/* A node of the tree matches, or does not. */
typedef struct
{
  AtspiRole role;
  const char *pattern;
  gboolean wants_all;
  GPtrArray *found; /* of owned BobbinSight */
  GPtrArray *path;  /* of BobbinSight, from the application down to the node */
} Search;

/* A test that fails does not end the program; the kernel does. */
static void
die_with_test (gpointer data)
{
  prctl (PR_SET_PDEATHSIG, SIGKILL);
}

static void
write_file (const char *home, const char *name, const char *contents)
{
  g_autofree char *path = g_build_filename (home, name, NULL);
  g_autofree char *folder = g_path_get_dirname (path);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_file_set_contents (path, contents, -1, &error);
  g_assert_no_error (error);
}

static void
set_folder (BobbinPerson *self, const char *variable, const char *name)
{
  g_autofree char *path = g_build_filename (self->home, name, NULL);

  g_assert_cmpint (g_mkdir_with_parents (path, 0700), ==, 0);
  g_subprocess_launcher_setenv (self->launcher, variable, path, TRUE);
}

static void
make_home (BobbinPerson *self)
{
  g_autoptr (GError) error = NULL;

  self->home = g_dir_make_tmp ("home-XXXXXX", &error);
  g_assert_no_error (error);
  self->downloads = g_build_filename (self->home, "Downloads", NULL);
  g_assert_cmpint (g_mkdir (self->downloads, 0700), ==, 0);
  write_file (self->home, ".config/user-dirs.dirs", "XDG_DOWNLOAD_DIR=\"$HOME/Downloads\"\n");
  /* Nothing to wait for that slides or fades. */
  write_file (self->home, ".config/gtk-4.0/settings.ini", "[Settings]\ngtk-enable-animations=false\n");
}

static void
make_launcher (BobbinPerson *self)
{
  g_autofree char *errors = g_build_filename (self->home, "errors", NULL);

  self->launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_NONE);
  g_subprocess_launcher_set_child_setup (self->launcher, die_with_test, NULL, NULL);
  g_subprocess_launcher_set_stderr_file_path (self->launcher, errors);
  g_subprocess_launcher_setenv (self->launcher, "HOME", self->home, TRUE);
  set_folder (self, "XDG_CONFIG_HOME", ".config");
  set_folder (self, "XDG_DATA_HOME", ".local/share");
  set_folder (self, "XDG_STATE_HOME", ".local/state");
  set_folder (self, "XDG_CACHE_HOME", ".cache");
  g_subprocess_launcher_setenv (self->launcher, "GSETTINGS_BACKEND", "keyfile", TRUE);
  g_subprocess_launcher_setenv (self->launcher, "GSK_RENDERER", "cairo", TRUE);
  g_subprocess_launcher_setenv (self->launcher, "GDK_BACKEND", "x11", TRUE);
  g_subprocess_launcher_setenv (self->launcher, "BOBBIN_DEBUG", "turns", TRUE);
}

static const char *
get_program (void)
{
  const char *program = g_getenv ("BOBBIN");

  g_assert_nonnull (program);
  return program;
}

/**
 * bobbin_person_new:
 *
 * Makes somebody with a home, who has not started the program yet.
 *
 * Returns: (transfer full): somebody
 */
BobbinPerson *
bobbin_person_new (void)
{
  BobbinPerson *self = g_new0 (BobbinPerson, 1);

  setlocale (LC_ALL, "");
  /* A tree that changes while it is read makes the library warn. */
  g_log_set_always_fatal (G_LOG_FATAL_MASK | G_LOG_LEVEL_CRITICAL);
  atspi_init ();
  make_home (self);
  make_launcher (self);
  return self;
}

/**
 * bobbin_person_set_variable:
 * @self: somebody who has not started the program yet
 * @variable: a variable of the environment
 * @value: its value
 *
 * Gives the program a variable.
 */
void
bobbin_person_set_variable (BobbinPerson *self, const char *variable, const char *value)
{
  g_subprocess_launcher_setenv (self->launcher, variable, value, TRUE);
}

/**
 * bobbin_person_set_up:
 * @self: somebody
 * @key: a key of the program's settings
 * @value: its value, as GVariant writes it
 *
 * Chooses something before the program is started, or behind its back.
 */
void
bobbin_person_set_up (BobbinPerson *self, const char *key, const char *value)
{
  g_autofree char *path = g_build_filename (self->home, SETTINGS, NULL);
  g_autofree char *folder = g_path_get_dirname (path);
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_key_file_load_from_file (file, path, G_KEY_FILE_NONE, NULL);
  g_key_file_set_value (file, SETTINGS_GROUP, key, value);
  g_key_file_save_to_file (file, path, &error);
  g_assert_no_error (error);
}

/**
 * bobbin_person_read_choice:
 * @self: somebody
 * @key: a key of the program's settings
 *
 * Returns: (transfer full) (nullable): its value, as GVariant writes it; %NULL
 *   if nothing was chosen
 */
char *
bobbin_person_read_choice (BobbinPerson *self, const char *key)
{
  g_autofree char *path = g_build_filename (self->home, SETTINGS, NULL);
  g_autoptr (GKeyFile) file = g_key_file_new ();

  g_key_file_load_from_file (file, path, G_KEY_FILE_NONE, NULL);
  return g_key_file_get_value (file, SETTINGS_GROUP, key, NULL);
}

static void
open_with (BobbinPerson *self, const char *const *arguments)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (self->program == NULL || !bobbin_person_is_running (self));
  g_clear_object (&self->application);
  g_clear_object (&self->program);
  self->program = g_subprocess_launcher_spawnv (self->launcher, arguments, &error);
  g_assert_no_error (error);
  bobbin_person_see (self, ATSPI_ROLE_FRAME, "*");
}

/**
 * bobbin_person_open:
 * @self: somebody whose program does not run
 *
 * Starts the program, again if it has ended, in the same home, and waits for
 * its window.
 */
void
bobbin_person_open (BobbinPerson *self)
{
  const char *const arguments[] = { get_program (), NULL };

  open_with (self, arguments);
}

/**
 * bobbin_person_open_with:
 * @self: somebody whose program does not run
 * @argument: an argument
 *
 * As bobbin_person_open().
 */
void
bobbin_person_open_with (BobbinPerson *self, const char *argument)
{
  const char *const arguments[] = { get_program (), argument, NULL };

  open_with (self, arguments);
}

/**
 * bobbin_person_start:
 * @argument: (nullable): the first argument of the program
 * @...: more of them, then %NULL
 *
 * Starts the program, with a home of its own, and waits for its window.
 *
 * Returns: (transfer full): somebody who looks at it
 */
BobbinPerson *
bobbin_person_start (const char *argument, ...)
{
  BobbinPerson *self = bobbin_person_new ();
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) arguments = NULL;
  va_list more;

  g_strv_builder_add (builder, get_program ());
  va_start (more, argument);
  for (; argument != NULL; argument = va_arg (more, const char *))
    g_strv_builder_add (builder, argument);
  va_end (more);
  arguments = g_strv_builder_end (builder);
  open_with (self, (const char *const *) arguments);
  return self;
}

/**
 * bobbin_person_kill:
 * @self: somebody
 *
 * Ends the program without a warning.
 */
void
bobbin_person_kill (BobbinPerson *self)
{
  g_subprocess_force_exit (self->program);
  g_subprocess_wait (self->program, NULL, NULL);
}

/**
 * bobbin_person_get_home:
 * @self: somebody
 *
 * Returns: (transfer none): path of the home
 */
const char *
bobbin_person_get_home (BobbinPerson *self)
{
  return self->home;
}

static void
remove_tree (const char *path)
{
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  const char *name;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      if (g_file_test (child, G_FILE_TEST_IS_DIR) && !g_file_test (child, G_FILE_TEST_IS_SYMLINK))
        remove_tree (child);
      else
        g_unlink (child);
    }
  g_rmdir (path);
}

/* What a library finds wrong fails the test. */
static void
assert_nothing_critical (const char *errors)
{
  if (strstr (errors, "-CRITICAL **") != NULL)
    g_error ("The program complained: %s", errors);
}

/**
 * bobbin_person_free:
 * @self: (transfer full): somebody
 *
 * Ends the program, if it still runs, and removes its home.
 */
void
bobbin_person_free (BobbinPerson *self)
{
  g_autofree char *errors = bobbin_person_read_errors (self);

  if (strstr (errors, "WARNING") != NULL)
    g_test_message ("%s", errors);
  if (self->program != NULL && bobbin_person_is_running (self))
    bobbin_person_kill (self);
  assert_nothing_critical (errors);
  remove_tree (self->home);
  g_clear_object (&self->application);
  g_clear_object (&self->program);
  g_clear_object (&self->launcher);
  g_free (self->downloads);
  g_free (self->home);
  g_free (self);
}

/**
 * bobbin_person_get_downloads:
 * @self: somebody
 *
 * Returns: (transfer none): path of the Downloads folder
 */
const char *
bobbin_person_get_downloads (BobbinPerson *self)
{
  return self->downloads;
}

/**
 * bobbin_person_run_again:
 * @self: somebody
 * @argument: an argument
 *
 * Starts the program a second time, in the same home.
 *
 * Returns: (transfer full): the second process
 */
GSubprocess *
bobbin_person_run_again (BobbinPerson *self, const char *argument)
{
  g_autoptr (GError) error = NULL;
  GSubprocess *second = g_subprocess_launcher_spawn (self->launcher, &error, get_program (), argument, NULL);

  g_assert_no_error (error);
  return second;
}

static GPid
get_pid (BobbinPerson *self)
{
  const char *identifier = g_subprocess_get_identifier (self->program);

  return identifier != NULL ? atoi (identifier) : 0;
}

/**
 * bobbin_person_is_running:
 * @self: somebody
 *
 * Returns: whether the program still runs
 */
gboolean
bobbin_person_is_running (BobbinPerson *self)
{
  while (g_main_context_iteration (NULL, FALSE)) /* where GSubprocess hears of the end */
    ;
  return get_pid (self) != 0;
}

/**
 * bobbin_person_wait_for_end:
 * @self: somebody
 * @seconds: how long at most
 *
 * Waits until the program ends by itself.
 *
 * Returns: its exit status; the test fails if it was ended by a signal
 */
int
bobbin_person_wait_for_end (BobbinPerson *self, double seconds)
{
  gint64 deadline = g_get_monotonic_time () + (gint64) (seconds * G_USEC_PER_SEC);

  while (bobbin_person_is_running (self))
    {
      if (g_get_monotonic_time () > deadline)
        bobbin_person_fail (self, "the program does not end");
      g_usleep (BLINK);
    }
  g_subprocess_wait (self->program, NULL, NULL);
  if (!g_subprocess_get_if_exited (self->program))
    bobbin_person_fail (self, "the program ended by signal %d", g_subprocess_get_term_sig (self->program));
  return g_subprocess_get_exit_status (self->program);
}

/**
 * bobbin_person_read_errors:
 * @self: somebody
 *
 * Returns: (transfer full): what the program wrote to its standard error
 */
char *
bobbin_person_read_errors (BobbinPerson *self)
{
  g_autofree char *path = g_build_filename (self->home, "errors", NULL);
  char *errors = NULL;

  g_file_get_contents (path, &errors, NULL, NULL);
  return errors != NULL ? errors : g_strdup ("");
}

static const char *
find_last (const char *text, const char *what)
{
  const char *last = NULL;

  for (const char *next = strstr (text, what); next != NULL; next = strstr (next + 1, what))
    last = next;
  return last;
}

/**
 * bobbin_person_measure_work:
 * @self: somebody whose program runs
 *
 * Asks the program how long its main loop was busy in one turn at most, since
 * it was last asked. That is processor time: other programs do not count.
 *
 * Returns: milliseconds
 */
double
bobbin_person_measure_work (BobbinPerson *self)
{
  const char *title = "main loop: most work in a turn ";
  g_autofree char *before = bobbin_person_read_errors (self);
  const char *line = NULL;

  g_subprocess_send_signal (self->program, SIGUSR1);
  for (guint tries = 0; tries < 600; tries++)
    {
      g_autofree char *now = bobbin_person_read_errors (self);

      line = find_last (now, title);
      if (line != NULL && strchr (line, '\n') != NULL && find_last (now + strlen (before), title) != NULL)
        {
          g_test_message ("%s", find_last (now, "main loop: "));
          return g_ascii_strtod (line + strlen (title), NULL);
        }
      g_usleep (BLINK);
    }
  bobbin_person_fail (self, "the program does not measure its turns");
}

/**
 * bobbin_person_measure_memory:
 * @self: somebody whose program runs
 *
 * Returns: how much memory is the program's own, in bytes: what it does not
 *   share with others
 */
double
bobbin_person_measure_memory (BobbinPerson *self)
{
  g_autofree char *path = g_strdup_printf ("/proc/%d/smaps_rollup", get_pid (self));
  g_autofree char *contents = NULL;
  const char *clean, *dirty;

  g_assert_true (g_file_get_contents (path, &contents, NULL, NULL));
  clean = strstr (contents, "Private_Clean:");
  dirty = strstr (contents, "Private_Dirty:");
  g_assert_nonnull (clean);
  g_assert_nonnull (dirty);
  return 1024.0
         * (g_ascii_strtod (clean + strlen ("Private_Clean:"), NULL)
            + g_ascii_strtod (dirty + strlen ("Private_Dirty:"), NULL));
}

static void
find_application (BobbinPerson *self)
{
  g_autoptr (BobbinSight) desktop = atspi_get_desktop (0);
  int n_children = atspi_accessible_get_child_count (desktop, NULL);

  for (int i = 0; i < n_children && self->application == NULL; i++)
    {
      g_autoptr (BobbinSight) child = atspi_accessible_get_child_at_index (desktop, i, NULL);

      if (child != NULL && atspi_accessible_get_process_id (child, NULL) == (guint) get_pid (self))
        {
          /* What the tree says now, not what it said when it was first read. */
          atspi_accessible_set_cache_mask (child, ATSPI_CACHE_NONE);
          self->application = g_object_ref (child);
        }
    }
}

static gboolean
matches (const Search *search, BobbinSight *node, AtspiRole role)
{
  g_autofree char *name = NULL;

  if (role != search->role)
    return FALSE;
  name = atspi_accessible_get_name (node, NULL);
  return name != NULL && g_pattern_match_simple (search->pattern, name);
}

/* GTK 4.8 tells "showing" of windows alone. */
static gboolean
is_visible (BobbinSight *node)
{
  g_autoptr (States) states = atspi_accessible_get_state_set (node);

  return states != NULL && atspi_state_set_contains (states, ATSPI_STATE_VISIBLE);
}

static gboolean
all_visible (GPtrArray *path)
{
  for (guint i = 1; i < path->len; i++) /* the first is the application */
    {
      if (!is_visible (g_ptr_array_index (path, i)))
        return FALSE;
    }
  return TRUE;
}

/* As the rows of downloads and files do; a row that opens has a title alone. */
static gboolean
says_several_things (BobbinSight *node)
{
  g_autofree char *name = atspi_accessible_get_name (node, NULL);

  return name != NULL && strstr (name, ", ") != NULL;
}

/* Each question to the tree takes about a millisecond, so none is asked in vain: nothing of interest is in
 * these, and what is inside a row matters only if such a thing is searched for. */
static gboolean
is_closed (const Search *search, BobbinSight *node, AtspiRole role)
{
  switch (role)
    {
    case ATSPI_ROLE_LABEL:
    case ATSPI_ROLE_IMAGE:
    case ATSPI_ROLE_CHECK_BOX:
    case ATSPI_ROLE_PROGRESS_BAR:
    case ATSPI_ROLE_SCROLL_BAR:
    case ATSPI_ROLE_SPIN_BUTTON:
    case ATSPI_ROLE_TIMER:
      return TRUE;
    case ATSPI_ROLE_PUSH_BUTTON:
      return search->role != ATSPI_ROLE_PUSH_BUTTON && search->role != ATSPI_ROLE_LABEL;
    case ATSPI_ROLE_LIST_ITEM:
      return says_several_things (node) && search->role != ATSPI_ROLE_CHECK_BOX
             && search->role != ATSPI_ROLE_PUSH_BUTTON && search->role != ATSPI_ROLE_SPIN_BUTTON;
    default:
      return FALSE;
    }
}

/* Returns whether to go on. */
static gboolean
search_tree (Search *search, BobbinSight *node)
{
  AtspiRole role = atspi_accessible_get_role (node, NULL);
  gboolean goes_on = TRUE;
  int n_children;

  g_ptr_array_add (search->path, node);
  if (matches (search, node, role) && all_visible (search->path))
    {
      g_ptr_array_add (search->found, g_object_ref (node));
      goes_on = search->wants_all;
    }

  n_children = goes_on && !is_closed (search, node, role) ? atspi_accessible_get_child_count (node, NULL) : 0;
  for (int i = 0; i < n_children && goes_on; i++)
    {
      g_autoptr (BobbinSight) child = atspi_accessible_get_child_at_index (node, i, NULL);

      goes_on = child == NULL || search_tree (search, child);
    }
  g_ptr_array_set_size (search->path, (int) search->path->len - 1);
  return goes_on;
}

static GPtrArray *
find_now (BobbinPerson *self, AtspiRole role, const char *pattern, gboolean wants_all)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) path = g_ptr_array_new ();
  Search search = { role, pattern, wants_all, found, path };

  if (self->application == NULL)
    find_application (self);
  if (self->application != NULL)
    search_tree (&search, self->application);
  return g_steal_pointer (&found);
}

static BobbinSight *
wait_for (BobbinPerson *self, AtspiRole role, const char *pattern, double seconds)
{
  gint64 deadline = g_get_monotonic_time () + (gint64) (seconds * G_USEC_PER_SEC);

  for (;;)
    {
      g_autoptr (GPtrArray) found = find_now (self, role, pattern, FALSE);

      if (found->len > 0)
        return g_object_ref (g_ptr_array_index (found, 0));
      if (!bobbin_person_is_running (self))
        bobbin_person_fail (self, "the program ended before it showed “%s”", pattern);
      if (g_get_monotonic_time () > deadline)
        {
          g_autofree char *role_name = atspi_role_get_name (role);

          bobbin_person_fail (self, "there is no %s “%s”", role_name, pattern);
        }
      g_usleep (BLINK);
    }
}

/**
 * bobbin_person_look:
 * @self: somebody
 * @role: a role
 * @pattern: what its name is, with * and ?
 *
 * Waits until something of that role and name is on screen.
 *
 * Returns: (transfer full): it
 */
BobbinSight *
bobbin_person_look (BobbinPerson *self, AtspiRole role, const char *pattern)
{
  return wait_for (self, role, pattern, PATIENCE);
}

/**
 * bobbin_person_see:
 * @self: somebody
 * @role: a role
 * @pattern: what its name is, with * and ?
 *
 * Waits until something of that role and name is on screen.
 */
void
bobbin_person_see (BobbinPerson *self, AtspiRole role, const char *pattern)
{
  bobbin_person_see_within (self, role, pattern, PATIENCE);
}

/**
 * bobbin_person_see_within:
 * @self: somebody
 * @role: a role
 * @pattern: what its name is, with * and ?
 * @seconds: how long at most
 *
 * Waits until something of that role and name is on screen.
 */
void
bobbin_person_see_within (BobbinPerson *self, AtspiRole role, const char *pattern, double seconds)
{
  g_autoptr (BobbinSight) seen = wait_for (self, role, pattern, seconds);
}

/**
 * bobbin_person_see_no_more:
 * @self: somebody
 * @role: a role
 * @pattern: what its name is, with * and ?
 *
 * Waits until nothing of that role and name is on screen.
 */
void
bobbin_person_see_no_more (BobbinPerson *self, AtspiRole role, const char *pattern)
{
  gint64 deadline = g_get_monotonic_time () + (gint64) (PATIENCE * G_USEC_PER_SEC);

  while (bobbin_person_sees (self, role, pattern))
    {
      if (g_get_monotonic_time () > deadline)
        bobbin_person_fail (self, "“%s” does not go", pattern);
      g_usleep (BLINK);
    }
}

/**
 * bobbin_person_sees:
 * @self: somebody
 * @role: a role
 * @pattern: what its name is, with * and ?
 *
 * Returns: whether something of that role and name is on screen now
 */
gboolean
bobbin_person_sees (BobbinPerson *self, AtspiRole role, const char *pattern)
{
  g_autoptr (GPtrArray) found = find_now (self, role, pattern, FALSE);

  return found->len > 0;
}

/**
 * bobbin_person_read_all:
 * @self: somebody
 * @role: a role
 * @pattern: what the names are, with * and ?
 *
 * Returns: (transfer full): the names of all things of that role and name that
 *   are on screen now, in order
 */
char **
bobbin_person_read_all (BobbinPerson *self, AtspiRole role, const char *pattern)
{
  g_autoptr (GPtrArray) found = find_now (self, role, pattern, TRUE);
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();

  for (guint i = 0; i < found->len; i++)
    {
      g_autofree char *name = atspi_accessible_get_name (g_ptr_array_index (found, i), NULL);

      g_strv_builder_add (names, name != NULL ? name : "");
    }
  return g_strv_builder_end (names);
}

/**
 * bobbin_person_ask_in_vain:
 * @self: somebody
 *
 * Asks the program for a window that is not there, as a screen reader does when
 * a window goes while it counts them.
 */
void
bobbin_person_ask_in_vain (BobbinPerson *self)
{
  g_autoptr (BobbinSight) window = NULL;

  g_assert_nonnull (self->application);
  window = atspi_accessible_get_child_at_index (self->application, 9, NULL);
}

/**
 * bobbin_person_click:
 * @self: somebody
 * @role: a role
 * @pattern: what its name is, with * and ?
 *
 * Moves the pointer to something in the window that has the focus, and clicks.
 */
void
bobbin_person_click (BobbinPerson *self, AtspiRole role, const char *pattern)
{
  g_autoptr (BobbinSight) target = bobbin_person_look (self, role, pattern);
  g_autoptr (Component) component = atspi_accessible_get_component_iface (target);
  g_autofree AtspiRect *place = atspi_component_get_extents (component, ATSPI_COORD_TYPE_WINDOW, NULL);
  int x, y;

  g_assert_nonnull (place);
  bobbin_hand_get_window (&x, &y);
  bobbin_hand_click (x + place->x + place->width / 2, y + place->y + place->height / 2);
}

/* What GTK calls things that nobody has given a name. */
static gboolean
is_real_name (const char *name)
{
  return name != NULL && *name != '\0' && !g_str_has_prefix (name, "Gtk") && !g_str_has_prefix (name, "Adw")
         && !g_str_has_prefix (name, "Bobbin");
}

/* What libadwaita 1.2 makes itself, without a name and without a way to give it one: the search of the
 * preferences, the switch of a row that opens, and the rows of a choice, which say what is written on them.
 */
static gboolean
is_of_library (const char *path, const char *name)
{
  return g_strcmp0 (name, "GtkSearchEntry") == 0 || g_strcmp0 (name, "GtkImage") == 0
         || g_strcmp0 (name, "GtkSwitch") == 0 || strstr (path, "/combo box “") != NULL;
}

/* Scrollers and lists take the focus only to hand it on to what is in them. */
static gboolean
takes_focus (BobbinSight *node, const char *role)
{
  g_autoptr (States) states = atspi_accessible_get_state_set (node);

  return states != NULL && atspi_state_set_contains (states, ATSPI_STATE_FOCUSABLE)
         && g_strcmp0 (role, "scroll pane") != 0 && g_strcmp0 (role, "list") != 0;
}

/* Returns: how many things that can be used are below @node */
static guint
check_names (BobbinSight *node, const char *path, GPtrArray *nameless)
{
  g_autofree char *role = atspi_accessible_get_role_name (node, NULL);
  g_autofree char *name = atspi_accessible_get_name (node, NULL);
  g_autofree char *here = g_strdup_printf ("%s/%s “%s”", path, role, name);
  const gboolean counts = takes_focus (node, role);
  int n_children = atspi_accessible_get_child_count (node, NULL);
  guint n = counts;

  if (counts && !is_real_name (name) && !is_of_library (path, name))
    g_ptr_array_add (nameless, g_strdup (here));
  for (int i = 0; i < n_children; i++)
    {
      g_autoptr (BobbinSight) child = atspi_accessible_get_child_at_index (node, i, NULL);

      if (child != NULL && is_visible (child))
        n += check_names (child, here, nameless);
    }
  return n;
}

/**
 * bobbin_person_check_names:
 * @self: somebody
 * @screen: what is to be seen
 *
 * Goes through all that is on screen; the test fails if something can take the
 * focus, or be used, and has no name.
 */
void
bobbin_person_check_names (BobbinPerson *self, const char *screen)
{
  g_autoptr (GPtrArray) nameless = g_ptr_array_new_with_free_func (g_free);
  guint n = check_names (self->application, "", nameless);

  for (guint i = 0; i < nameless->len; i++)
    g_printerr ("%s: no name for %s\n", screen, (const char *) g_ptr_array_index (nameless, i));
  g_assert_cmpuint (nameless->len, ==, 0);
  g_test_message ("%s: %u things with names", screen, n);
  g_assert_cmpuint (n, >, 0);
}

static void
print_tree (BobbinSight *node, int depth)
{
  g_autofree char *role = atspi_accessible_get_role_name (node, NULL);
  g_autofree char *name = atspi_accessible_get_name (node, NULL);
  int n_children = atspi_accessible_get_child_count (node, NULL);

  g_printerr ("%*s%s “%s”%s\n", depth * 2, "", role, name, is_visible (node) ? "" : " (hidden)");
  for (int i = 0; i < MIN (n_children, 30); i++)
    {
      g_autoptr (BobbinSight) child = atspi_accessible_get_child_at_index (node, i, NULL);

      if (child != NULL)
        print_tree (child, depth + 1);
    }
}

/**
 * bobbin_person_fail:
 * @self: somebody
 * @format: what went wrong
 * @...: for @format
 *
 * Ends the test program, and tells what there was to be seen instead.
 */
void
bobbin_person_fail (BobbinPerson *self, const char *format, ...)
{
  g_autofree char *errors = bobbin_person_read_errors (self);
  g_autofree char *words = NULL;
  va_list arguments;

  va_start (arguments, format);
  words = g_strdup_vprintf (format, arguments);
  va_end (arguments);

  if (self->application != NULL && bobbin_person_is_running (self))
    print_tree (self->application, 0);
  g_printerr ("%s", errors);
  bobbin_hand_shoot ("failed");
  if (bobbin_person_is_running (self))
    g_subprocess_force_exit (self->program);
  g_error ("%s", words);
}
