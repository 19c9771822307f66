/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-hand.h"
#include "bobbin-scene.h"

/* Stands for the desktop, and keeps what it is told. */
static const char interface[]
    = "<node><interface name='org.freedesktop.Notifications'>"
      "<method name='Notify'><arg type='s'/><arg type='u'/><arg type='s'/><arg type='s'/><arg type='s'/>"
      "<arg type='as'/><arg type='a{sv}'/><arg type='i'/><arg type='u' direction='out'/></method>"
      "<method name='CloseNotification'><arg type='u'/></method>"
      "<method name='GetCapabilities'><arg type='as' direction='out'/></method>"
      "<method name='GetServerInformation'><arg type='s' direction='out'/><arg type='s' direction='out'/>"
      "<arg type='s' direction='out'/><arg type='s' direction='out'/></method>"
      "</interface></node>";

static void
called_cb (GDBusConnection *connection,
           const char *sender,
           const char *path,
           const char *name,
           const char *method,
           GVariant *parameters,
           GDBusMethodInvocation *invocation,
           gpointer user_data)
{
  GString *told = user_data;
  const char *title, *body;

  if (g_str_equal (method, "Notify"))
    {
      g_variant_get_child (parameters, 3, "&s", &title);
      g_variant_get_child (parameters, 4, "&s", &body);
      g_string_append_printf (told, "%s|%s;", title, body);
      g_dbus_method_invocation_return_value (invocation, g_variant_new ("(u)", 1));
    }
  else if (g_str_equal (method, "CloseNotification"))
    {
      g_string_append (told, "closed;");
      g_dbus_method_invocation_return_value (invocation, NULL);
    }
  else if (g_str_equal (method, "GetCapabilities"))
    g_dbus_method_invocation_return_value (invocation, g_variant_new_parsed ("(['body'],)"));
  else
    g_dbus_method_invocation_return_value (invocation, g_variant_new ("(ssss)", "Test", "Test", "1", "1.2"));
}

static void
wait_for (BobbinPerson *person, GString *told, const char *pattern)
{
  gint64 deadline = g_get_monotonic_time () + 20 * G_USEC_PER_SEC;

  while (!g_pattern_match_simple (pattern, told->str))
    {
      if (g_get_monotonic_time () > deadline)
        bobbin_person_fail (person, "told is “%s”, not “%s”", told->str, pattern);
      g_main_context_iteration (NULL, FALSE);
      g_usleep (20000);
    }
}

static void
test_notifications (void)
{
  static const GDBusInterfaceVTable methods = { .method_call = called_cb };
  g_autoptr (GDBusNodeInfo) node = g_dbus_node_info_new_for_xml (interface, NULL);
  g_autoptr (GDBusConnection) bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, NULL);
  g_autoptr (BobbinDemoServer) server = bobbin_demo_server_new (NULL);
  g_autoptr (BobbinPerson) person = NULL;
  g_autoptr (GString) told = g_string_new (NULL);
  g_autoptr (GString) text = g_string_new (NULL);

  GSubprocess *manager;

  if (!bobbin_hand_has_tools ("xclip", "pcmanfm", NULL))
    return;

  g_dbus_connection_register_object (bus, "/org/freedesktop/Notifications", node->interfaces[0], &methods,
                                     told, NULL, NULL);
  g_bus_own_name_on_connection (bus, "org.freedesktop.Notifications", G_BUS_NAME_OWNER_FLAGS_NONE, NULL, NULL,
                                NULL, NULL);
  person = bobbin_person_start (NULL, NULL);
  bobbin_scene_append_link (text, server, 1000, "name=quick.bin");
  bobbin_scene_download (person, text->str);
  bobbin_person_see (person, ATSPI_ROLE_LIST_ITEM, "quick.bin, finished*");
  g_usleep (G_USEC_PER_SEC);
  wait_for (person, told, ""); /* who looks need not be told */

  g_string_truncate (text, 0);
  bobbin_scene_append_link (text, server, 2000, "delay=6&name=late.bin");
  g_string_append_printf (text, "%s/bytes/9?delay=5&status=404&name=bad.pdf\n",
                          bobbin_demo_server_get_uri (server));
  bobbin_scene_download (person, text->str);
  manager = bobbin_hand_open_folder (bobbin_person_get_downloads (person)); /* which has the focus now */
  wait_for (person, told, "*Download Failed|*\nThe server has no such file (404);*");
  wait_for (person, told, "*Downloads Finished|1 download*;*");
  bobbin_hand_take_window ("Bobbin");
  wait_for (person, told, "*closed;*");
  bobbin_hand_close (manager);
}

int
main (int argc, char **argv)
{
  /* The folders are isolated already, for the tools and the program too. */
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/ui/notify/notifications", test_notifications);

  return g_test_run ();
}
