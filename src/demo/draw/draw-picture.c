/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scene.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const Scene *
find_scene (const char *name)
{
  for (int i = 0; i < n_scenes; i++)
    if (strcmp (scenes[i].name, name) == 0)
      return &scenes[i];

  return NULL;
}

/* Usage: draw-picture NAME FILE */
int
main (int argc, char **argv)
{
  const Scene *scene = argc == 3 ? find_scene (argv[1]) : NULL;
  Paint *paint;
  bool written;

  if (scene == NULL)
    {
      fprintf (stderr, "draw-picture: no picture of this name\n");
      return EXIT_FAILURE;
    }

  paint = scene_paint (scene);
  written = paint_write_jpeg (paint, argv[2], scene->quality, scene->grain);
  paint_free (paint);
  if (!written)
    fprintf (stderr, "draw-picture: %s could not be written\n", argv[2]);

  return written ? EXIT_SUCCESS : EXIT_FAILURE;
}
