/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-demo-pictures.h"

#include "bobbin-demo-resources.h"

/* A picture under a name as photo sites give them: a number, and no extension. */
#define PHOTO_NAME "photo-1516117172878-fd2c41f4a759"
#define PHOTO_NUMBER 9

/* With 8 at once the 20 take 1.49 s, one after another 10.08 s, and no two end in the same 30 ms. */
static const BobbinDemoPicture pictures[BOBBIN_DEMO_N_PICTURES] = {
  { "01-birch", 125, 185 },  { "02-maple", 170, 555 }, { "03-oak", 170, 325 },    { "04-pine", 200, 65 },
  { "05-willow", 180, 370 }, { "06-ash", 155, 310 },   { "07-elm", 155, 435 },    { "08-beech", 205, 900 },
  { "09-cedar", 80, 285 },   { "10-larch", 125, 230 }, { "11-alder", 225, 100 },  { "12-hazel", 185, 155 },
  { "13-rowan", 195, 470 },  { "14-poplar", 85, 330 }, { "15-spruce", 190, 250 }, { "16-yew", 185, 415 },
  { "17-linden", 230, 535 }, { "18-aspen", 80, 475 },  { "19-holly", 210, 110 },  { "20-walnut", 100, 330 },
};

/**
 * bobbin_demo_picture_get:
 * @number: less than %BOBBIN_DEMO_N_PICTURES
 *
 * Any thread.
 *
 * Returns: (transfer none): the picture at this place in the demo
 */
const BobbinDemoPicture *
bobbin_demo_picture_get (guint number)
{
  g_return_val_if_fail (number < BOBBIN_DEMO_N_PICTURES, NULL);

  return &pictures[number];
}

/**
 * bobbin_demo_picture_find:
 * @name: its name, with or without `.jpg`, or that of the photo
 *
 * Any thread.
 *
 * Returns: (transfer none) (nullable): the picture
 */
const BobbinDemoPicture *
bobbin_demo_picture_find (const char *name)
{
  if (g_str_equal (name, PHOTO_NAME))
    return &pictures[PHOTO_NUMBER];

  for (guint i = 0; i < BOBBIN_DEMO_N_PICTURES; i++)
    {
      const char *rest = name;

      if (g_str_has_prefix (name, pictures[i].name))
        rest += strlen (pictures[i].name);
      if (rest != name && (*rest == '\0' || g_str_equal (rest, ".jpg")))
        return &pictures[i];
    }

  return NULL;
}

/**
 * bobbin_demo_picture_load:
 * @self: a picture
 *
 * Any thread.
 *
 * Returns: (transfer full): the JPEG file, in place within the program
 */
GBytes *
bobbin_demo_picture_load (const BobbinDemoPicture *self)
{
  g_autofree char *path = g_strconcat ("/app/bobbin/Bobbin/demo/", self->name, ".jpg", NULL);
  g_autoptr (GError) error = NULL;
  GBytes *bytes
      = g_resource_lookup_data (bobbin_demo_get_resource (), path, G_RESOURCE_LOOKUP_FLAGS_NONE, &error);

  /* It is compiled in: only a build that lacks it could fail here. */
  g_assert_no_error (error);

  return bytes;
}
