/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <atspi/atspi.h>
#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * BobbinPerson:
 *
 * Somebody in front of the real program: sees what the accessibility tree
 * tells, presses keys, moves the pointer and uses the clipboard. Whatever does
 * not happen within a bounded time fails the test, with the tree and a picture
 * of the screen.
 */
typedef struct _BobbinPerson BobbinPerson;

/* A thing in the tree; a name of our own, because only later releases of the library free it by themselves.
 */
typedef AtspiAccessible BobbinSight;

BobbinPerson *bobbin_person_start (const char *argument, ...) G_GNUC_NULL_TERMINATED
    G_GNUC_WARN_UNUSED_RESULT;
BobbinPerson *bobbin_person_new (void) G_GNUC_WARN_UNUSED_RESULT;
void bobbin_person_open (BobbinPerson *self);
void bobbin_person_kill (BobbinPerson *self);
void bobbin_person_free (BobbinPerson *self);

void bobbin_person_set_variable (BobbinPerson *self, const char *variable, const char *value);
void bobbin_person_open_with (BobbinPerson *self, const char *argument);
void bobbin_person_set_up (BobbinPerson *self, const char *key, const char *value);
char *bobbin_person_read_choice (BobbinPerson *self, const char *key) G_GNUC_WARN_UNUSED_RESULT;

const char *bobbin_person_get_home (BobbinPerson *self);
const char *bobbin_person_get_downloads (BobbinPerson *self);
GSubprocess *bobbin_person_run_again (BobbinPerson *self, const char *argument) G_GNUC_WARN_UNUSED_RESULT;
gboolean bobbin_person_is_running (BobbinPerson *self);
int bobbin_person_wait_for_end (BobbinPerson *self, double seconds);
void bobbin_person_check_names (BobbinPerson *self, const char *screen);
double bobbin_person_measure_work (BobbinPerson *self);
double bobbin_person_measure_memory (BobbinPerson *self);
char *bobbin_person_read_errors (BobbinPerson *self) G_GNUC_WARN_UNUSED_RESULT;

BobbinSight *bobbin_person_look (BobbinPerson *self, AtspiRole role, const char *pattern)
    G_GNUC_WARN_UNUSED_RESULT;
void bobbin_person_see (BobbinPerson *self, AtspiRole role, const char *pattern);
void bobbin_person_see_within (BobbinPerson *self, AtspiRole role, const char *pattern, double seconds);
void bobbin_person_see_no_more (BobbinPerson *self, AtspiRole role, const char *pattern);
gboolean bobbin_person_sees (BobbinPerson *self, AtspiRole role, const char *pattern);
char **bobbin_person_read_all (BobbinPerson *self, AtspiRole role, const char *pattern)
    G_GNUC_WARN_UNUSED_RESULT;
void bobbin_person_ask_in_vain (BobbinPerson *self);

void bobbin_person_click (BobbinPerson *self, AtspiRole role, const char *pattern);
void bobbin_person_fail (BobbinPerson *self, const char *format, ...) G_GNUC_PRINTF (2, 3) G_GNUC_NORETURN;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BobbinSight, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BobbinPerson, bobbin_person_free)

G_END_DECLS
