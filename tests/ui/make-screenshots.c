/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-hand.h"
#include "bobbin-scene.h"

#include <glib/gstdio.h>

/* Makes pictures of the screens of the window in each of the looks it can have,
 * for somebody to look at. */

typedef struct
{
  const char *name;
  const char *variables[6]; /* and their values in turn */
  const char *width;        /* NULL: as it opens */
  const char *gtk;          /* a line of GTK's own settings */
} Look;

static const Look looks[] = {
  { "light" },
  { "dark", { "ADW_DEBUG_COLOR_SCHEME", "prefer-dark" } },
  { "contrast", { "ADW_DEBUG_HIGH_CONTRAST", "1" } },
  { "narrow", { NULL }, "360" },
  { "right-to-left", { "LANGUAGE", "ar" } },
  { "large-text", { NULL }, NULL, "gtk-font-name=Sans 16" },
};

static void
set_look (BobbinPerson *person, const Look *look)
{
  g_autofree char *path
      = g_build_filename (bobbin_person_get_home (person), ".config/gtk-4.0/settings.ini", NULL);
  g_autofree char *lines
      = g_strdup_printf ("[Settings]\ngtk-enable-animations=false\n%s\n", look->gtk != NULL ? look->gtk : "");

  for (guint i = 0; look->variables[i] != NULL; i += 2)
    bobbin_person_set_variable (person, look->variables[i], look->variables[i + 1]);
  if (look->width != NULL)
    bobbin_person_set_up (person, "window-width", look->width);
  g_assert_true (g_file_set_contents (path, lines, -1, NULL));
}

/* What the screens are called is not asked, since it is in any language: the
 * keys are the same in all. */
static void
shoot (const Look *look, const char *screen)
{
  g_autofree char *name = g_strdup_printf ("%s-%s", screen, look->name);

  g_usleep (1500000); /* all that comes in, and is drawn, in the meantime */
  bobbin_hand_shoot_active (name);
}

static void
press (const char *keys)
{
  bobbin_hand_press (keys);
  g_usleep (G_USEC_PER_SEC);
}

/* A row of each kind. */
static char *
get_links (BobbinDemoServer *server)
{
  GString *text = g_string_new (NULL);

  bobbin_scene_append_link (text, server, 4200000, "name=north-ridge.jpg");
  bobbin_scene_append_link (text, server, 80100000, "rate=400000&name=lecture-07-thread-pools.mp4");
  bobbin_scene_append_link (
      text, server, 24900000,
      "rate=900000&name=IMG_20230614_183205_lighthouse-panorama-full-resolution-2.tiff");
  bobbin_scene_append_link (text, server, 5000000, "rate=3000000&name=field-recordings.flac");
  bobbin_scene_append_link (text, server, 900, "delay=60&name=weather-stations.csv");
  bobbin_scene_append_link (text, server, 901, "status=503&name=survey-tiles-03.tar.zst");
  bobbin_scene_append_link (text, server, 902, "status=404&name=old-manual.pdf");
  bobbin_scene_append_link (text, server, 903, "delay=61&name=rescue-image-amd64.iso");
  bobbin_scene_append_link (text, server, 904, "delay=62&name=annual-report.pdf");
  g_string_append (text, "no link\n");
  return g_string_free (text, FALSE);
}

static void
shoot_all (const Look *look)
{
  g_autoptr (BobbinDemoServer) server = bobbin_demo_server_new (NULL);
  g_autoptr (BobbinPerson) person = bobbin_person_new ();
  g_autofree char *links = get_links (server);

  set_look (person, look);
  bobbin_person_open (person);
  shoot (look, "empty");
  bobbin_hand_copy (links, NULL);
  press ("ctrl+v");
  shoot (look, "add");
  press ("ctrl+Return");
  g_usleep (3 * G_USEC_PER_SEC);
  press ("End");
  press ("space");
  press ("Home");
  shoot (look, "list");
  press ("shift+Delete");
  shoot (look, "trash");
  press ("Escape");
  press ("ctrl+comma");
  shoot (look, "preferences");
  press ("Escape");
  press ("ctrl+question");
  shoot (look, "shortcuts");
}

int
main (int argc, char **argv)
{
  g_assert_nonnull (g_getenv ("BOBBIN_UI_SHOTS"));

  for (guint i = 0; i < G_N_ELEMENTS (looks); i++)
    if (argc < 2 || g_strv_contains ((const char *const *) argv + 1, looks[i].name))
      {
        g_print ("%s\n", looks[i].name);
        shoot_all (&looks[i]);
      }
  return 0;
}
