/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-mailbox.h"

#define N_THREADS 4
#define N_EACH 5000

typedef struct
{
  BobbinMailbox *mailbox;
  GThread *owner;
  GArray *seen;
  guint last[N_THREADS];
  gboolean free_in_handler;
} Fixture;

static void
on_message (gpointer message, gpointer user_data)
{
  Fixture *fixture = user_data;
  guint value = GPOINTER_TO_UINT (message);

  g_assert_true (g_thread_self () == fixture->owner);
  g_array_append_val (fixture->seen, value);
  if (fixture->free_in_handler)
    g_clear_pointer (&fixture->mailbox, bobbin_mailbox_free);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->owner = g_thread_self ();
  fixture->seen = g_array_new (FALSE, FALSE, sizeof (guint));
  fixture->mailbox = bobbin_mailbox_new (g_main_context_default (), on_message, fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_clear_pointer (&fixture->mailbox, bobbin_mailbox_free);
  g_array_unref (fixture->seen);
}

static gpointer
post_many (gpointer user_data)
{
  Fixture *fixture = user_data;
  static gint next_thread;
  guint thread = (guint) g_atomic_int_add (&next_thread, 1);

  for (guint i = 1; i <= N_EACH; i++)
    bobbin_mailbox_post (fixture->mailbox, GUINT_TO_POINTER (thread * 100000 + i));
  return NULL;
}

/* Messages of many threads arrive on the main loop, none lost, none twice, and
 * those of one thread in their order. */
static void
test_threads (Fixture *fixture, gconstpointer data)
{
  GThread *threads[N_THREADS];

  for (guint i = 0; i < N_THREADS; i++)
    threads[i] = g_thread_new ("post", post_many, fixture);
  while (fixture->seen->len < N_THREADS * N_EACH)
    g_main_context_iteration (NULL, TRUE);
  for (guint i = 0; i < N_THREADS; i++)
    g_thread_join (threads[i]);
  while (g_main_context_iteration (NULL, FALSE))
    ;

  g_assert_cmpuint (fixture->seen->len, ==, N_THREADS * N_EACH);
  for (guint i = 0; i < fixture->seen->len; i++)
    {
      guint value = g_array_index (fixture->seen, guint, i);

      g_assert_cmpuint (value % 100000, ==, fixture->last[value / 100000] + 1);
      fixture->last[value / 100000] = value % 100000;
    }
}

/* Nothing is handed over before the main loop turns, and one turn is enough
 * for a batch. */
static void
test_batch (Fixture *fixture, gconstpointer data)
{
  for (guint i = 1; i <= 3; i++)
    bobbin_mailbox_post (fixture->mailbox, GUINT_TO_POINTER (i));
  g_assert_cmpuint (fixture->seen->len, ==, 0);
  g_assert_true (g_main_context_iteration (NULL, FALSE));
  g_assert_cmpuint (fixture->seen->len, ==, 3);
  g_assert_false (g_main_context_iteration (NULL, FALSE));
}

/* A message that can wait comes in its order, with the next one that cannot or
 * by itself. */
static void
test_patience (Fixture *fixture, gconstpointer data)
{
  bobbin_mailbox_post_patiently (fixture->mailbox, GUINT_TO_POINTER (1));
  bobbin_mailbox_post (fixture->mailbox, GUINT_TO_POINTER (2));
  g_assert_true (g_main_context_iteration (NULL, FALSE));
  g_assert_cmpuint (fixture->seen->len, ==, 2);
  g_assert_cmpuint (g_array_index (fixture->seen, guint, 0), ==, 1);

  bobbin_mailbox_post_patiently (fixture->mailbox, GUINT_TO_POINTER (3));
  bobbin_mailbox_post_patiently (fixture->mailbox, GUINT_TO_POINTER (4));
  while (fixture->seen->len < 4)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (g_array_index (fixture->seen, guint, 3), ==, 4);
}

static void
test_empty_and_free (Fixture *fixture, gconstpointer data)
{
  bobbin_mailbox_post (fixture->mailbox, GUINT_TO_POINTER (1));
  bobbin_mailbox_empty (fixture->mailbox);
  g_assert_cmpuint (fixture->seen->len, ==, 1);

  bobbin_mailbox_post (fixture->mailbox, GUINT_TO_POINTER (2));
  g_clear_pointer (&fixture->mailbox, bobbin_mailbox_free);
  g_assert_cmpuint (fixture->seen->len, ==, 2);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpuint (fixture->seen->len, ==, 2);
}

/* The one who reads the last message may well be the one who is done with the
 * mailbox. */
static void
test_free_in_handler (Fixture *fixture, gconstpointer data)
{
  fixture->free_in_handler = TRUE;
  bobbin_mailbox_post (fixture->mailbox, GUINT_TO_POINTER (1));
  while (fixture->mailbox != NULL)
    g_main_context_iteration (NULL, TRUE);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpuint (fixture->seen->len, ==, 1);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add ("/mailbox/threads", Fixture, NULL, set_up, test_threads, tear_down);
  g_test_add ("/mailbox/batch", Fixture, NULL, set_up, test_batch, tear_down);
  g_test_add ("/mailbox/patience", Fixture, NULL, set_up, test_patience, tear_down);
  g_test_add ("/mailbox/empty-and-free", Fixture, NULL, set_up, test_empty_and_free, tear_down);
  g_test_add ("/mailbox/free-in-handler", Fixture, NULL, set_up, test_free_in_handler, tear_down);
  return g_test_run ();
}
