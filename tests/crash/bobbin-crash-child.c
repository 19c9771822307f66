/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-crash-child.h"

/* Returns: (transfer full): the links of some paths on the server */
char **
bobbin_crash_make_links (BobbinDemoServer *server, const char *const *paths, gsize n_paths)
{
  g_autoptr (GStrvBuilder) links = g_strv_builder_new ();

  for (gsize i = 0; i < n_paths; i++)
    {
      g_autofree char *link = g_strconcat (bobbin_demo_server_get_uri (server), paths[i], NULL);

      g_strv_builder_add (links, link);
    }
  return g_strv_builder_end (links);
}

/* Starts a program that works in @root and has its end before it: see there for
 * what @trash, @seed and @n mean to it.
 * @links: (nullable): what it is to download */
GSubprocess *
bobbin_crash_spawn (
    const char *program, const char *root, const char *trash, guint seed, guint n, char **links)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autofree char *seed_text = g_strdup_printf ("%u", seed);
  g_autofree char *n_text = g_strdup_printf ("%u", n);
  g_auto (GStrv) arguments = NULL;
  g_autoptr (GError) error = NULL;
  GSubprocess *process;

  g_strv_builder_add_many (builder, program, root, trash, seed_text, n_text, NULL);
  if (links != NULL)
    g_strv_builder_addv (builder, (const char **) links);
  arguments = g_strv_builder_end (builder);
  process = g_subprocess_newv ((const char *const *) arguments, G_SUBPROCESS_FLAGS_NONE, &error);
  g_assert_no_error (error);
  return process;
}
