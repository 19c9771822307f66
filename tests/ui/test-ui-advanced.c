/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-demo-bytes.h"
#include "bobbin-fault-server.h"
#include "bobbin-hand.h"
#include "bobbin-scene.h"

#include <glib/gstdio.h>
#include <sys/wait.h>
#include <unistd.h>

/* "me:opensesame" */
#define RIGHT "Basic bWU6b3BlbnNlc2FtZQ=="

static const BobbinFaultStep who[]
    = { { .kind = BOBBIN_FAULT_STEP_HEAD,
          .text = "401 Who\nWWW-Authenticate: Basic realm=\"x\"\nContent-Length: 0" },
        { 0 } };
static const BobbinFaultFile file = { .size = 4000, .etag = "\"a\"" };

static void
paste_and_open_advanced (BobbinPerson *person, const char *links)
{
  bobbin_scene_paste (person, links);
  bobbin_person_see (person, ATSPI_ROLE_STATUS_BAR, "*link*");
  bobbin_person_click (person, ATSPI_ROLE_LIST_ITEM, "Advanced");
}

/* The sign-in goes to the site of the links, and nowhere else: not into a file, not to a second site. */
static void
test_sign_in (void)
{
  g_autoptr (BobbinFaultServer) server = bobbin_fault_server_new ();
  g_autofree char *one = bobbin_fault_server_dup_uri (server, "/one.bin");
  g_autofree char *two = bobbin_fault_server_dup_uri (server, "/two.bin");
  g_autofree char *both = g_strjoin ("\n", one, two, NULL);
  g_autofree char *several = g_strjoin ("\n", one, "http://127.0.0.1:1/other.bin", NULL);
  g_autofree char *command = NULL;
  g_autoptr (BobbinPerson) person = NULL;
  int status;

  if (!bobbin_hand_has_tools ("xclip", "grep", NULL))
    return;

  bobbin_fault_server_add_rule (server, &(BobbinFaultRule){ "/* | Authorization: " RIGHT, 0, NULL, &file });
  bobbin_fault_server_add_rule (server, &(BobbinFaultRule){ "/*", 0, who, NULL });
  person = bobbin_person_start (NULL, NULL);
  paste_and_open_advanced (person, several);
  bobbin_person_see (person, ATSPI_ROLE_TEXT, "User Name, for links of one site");
  bobbin_hand_shoot ("advanced-several");
  bobbin_hand_press ("Escape");
  bobbin_person_see_no_more (person, ATSPI_ROLE_PUSH_BUTTON, "Download");

  paste_and_open_advanced (person, both);
  bobbin_person_click (person, ATSPI_ROLE_TEXT, "User Name");
  bobbin_hand_type ("me");
  bobbin_person_click (person, ATSPI_ROLE_TEXT, "Password");
  bobbin_hand_type ("opensesame");
  bobbin_hand_shoot ("advanced");
  bobbin_hand_press ("ctrl+Return");
  bobbin_person_see (person, ATSPI_ROLE_LIST_ITEM, "one.bin, finished*");
  bobbin_person_see (person, ATSPI_ROLE_LIST_ITEM, "two.bin, finished*");

  bobbin_hand_press ("ctrl+q");
  g_assert_cmpint (bobbin_person_wait_for_end (person, 30), ==, 0);
  command = g_strdup_printf ("grep -rqa opensesame '%s'", bobbin_person_get_home (person));
  g_assert_true (g_spawn_command_line_sync (command, NULL, NULL, &status, NULL));
  g_assert_cmpint (WEXITSTATUS (status), ==, 1);
}

static char *
compute_digest (guint size)
{
  g_autofree guint8 *bytes = g_malloc (size);

  bobbin_demo_bytes_fill (bytes, size, 0);
  return g_compute_checksum_for_data (G_CHECKSUM_SHA256, bytes, size);
}

/* What is no checksum is said at once and not sent away; the right one is checked. */
static void
test_checksum (void)
{
  g_autoptr (BobbinDemoServer) server = bobbin_demo_server_new (NULL);
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *digest = compute_digest (3000);
  g_autoptr (BobbinPerson) person = NULL;

  if (!bobbin_hand_has_tools ("xclip", NULL))
    return;

  bobbin_scene_append_link (text, server, 3000, "name=right.bin");
  person = bobbin_person_start (NULL, NULL);
  paste_and_open_advanced (person, text->str);
  bobbin_person_click (person, ATSPI_ROLE_TEXT, "Checksum");
  bobbin_hand_type ("12ab");
  bobbin_person_see (person, ATSPI_ROLE_TEXT, "Checksum, not whole yet");
  bobbin_hand_press ("ctrl+Return");
  bobbin_person_see (person, ATSPI_ROLE_TEXT, "Not a checksum of *");
  bobbin_hand_shoot ("advanced-checksum");

  bobbin_hand_press ("ctrl+a");
  bobbin_hand_type (digest);
  bobbin_person_see (person, ATSPI_ROLE_TEXT, "Checksum, SHA-256");
  bobbin_hand_press ("ctrl+Return");
  bobbin_person_see (person, ATSPI_ROLE_LIST_ITEM, "right.bin, finished*");
}

static void
test_wrong_checksum (void)
{
  g_autoptr (BobbinDemoServer) server = bobbin_demo_server_new (NULL);
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (BobbinPerson) person = NULL;

  if (!bobbin_hand_has_tools ("xclip", NULL))
    return;

  bobbin_scene_append_link (text, server, 3000, "name=wrong.bin");
  person = bobbin_person_start (NULL, NULL);
  paste_and_open_advanced (person, text->str);
  bobbin_person_click (person, ATSPI_ROLE_TEXT, "Checksum");
  bobbin_hand_type ("md5:00112233445566778899aabbccddeeff");
  bobbin_person_see (person, ATSPI_ROLE_TEXT, "Checksum, MD5");
  bobbin_hand_press ("ctrl+Return");
  bobbin_person_see (person, ATSPI_ROLE_LIST_ITEM, "wrong.bin, failed, The file differs from its checksum*");
}

static void
test_all (void)
{
  g_autoptr (BobbinPerson) person = NULL;

  if (!bobbin_hand_has_tools ("xclip", NULL))
    return;

  person = bobbin_person_start (NULL, NULL);
  bobbin_scene_paste (person, "http://127.0.0.1/img[01-09].jpg\nhttp://127.0.0.1/a.bin");
  bobbin_person_see (person, ATSPI_ROLE_LABEL, "10 of 10 selected");
  bobbin_person_click (person, ATSPI_ROLE_CHECK_BOX, "a.bin");
  bobbin_person_see (person, ATSPI_ROLE_LABEL, "9 of 10 selected");
  bobbin_person_click (person, ATSPI_ROLE_CHECK_BOX, "All Files");
  bobbin_person_see (person, ATSPI_ROLE_LABEL, "10 of 10 selected");
  bobbin_person_click (person, ATSPI_ROLE_CHECK_BOX, "All Files");
  bobbin_person_see (person, ATSPI_ROLE_LABEL, "0 of 10 selected");
  bobbin_hand_shoot ("advanced-none");
  bobbin_person_click (person, ATSPI_ROLE_CHECK_BOX, "img02.jpg");
  bobbin_person_see (person, ATSPI_ROLE_LABEL, "1 of 10 selected");
  bobbin_person_click (person, ATSPI_ROLE_PUSH_BUTTON, "Add Paused");
  bobbin_person_see (person, ATSPI_ROLE_LIST_ITEM, "img02.jpg, paused*");
  g_assert_false (bobbin_person_sees (person, ATSPI_ROLE_LIST_ITEM, "a.bin*"));
}

/* A symbolic link below the folder to save to does not lead files out of it. */
static void
test_way_out (void)
{
  g_autoptr (BobbinPerson) person = bobbin_person_start (NULL, NULL);
  g_autofree char *outside = g_build_filename (bobbin_person_get_home (person), "outside", NULL);
  g_autofree char *trap = g_build_filename (bobbin_person_get_downloads (person), "harbour", NULL);
  g_autofree char *path = g_build_filename (g_get_home_dir (), "trap.meta4", NULL);
  g_autoptr (GSubprocess) second = NULL;

  g_assert_cmpint (g_mkdir (outside, 0700), ==, 0);
  g_assert_cmpint (symlink (outside, trap), ==, 0);
  g_assert_true (
      g_file_set_contents (path,
                           "<metalink xmlns=\"urn:ietf:params:xml:ns:metalink\"><file "
                           "name=\"harbour/tide.bin\"><url>http://127.0.0.1:1/t</url></file></metalink>",
                           -1, NULL));
  second = bobbin_person_run_again (person, path);
  bobbin_person_see (person, ATSPI_ROLE_LIST_ITEM, "harbour/tide.bin, 127.0.0.1*");
  bobbin_person_click (person, ATSPI_ROLE_PUSH_BUTTON, "Download");
  bobbin_person_see (person, ATSPI_ROLE_LABEL, "The folder “harbour” cannot be made");
  bobbin_person_see (person, ATSPI_ROLE_PUSH_BUTTON, "Download");
  g_assert_cmpint (g_rmdir (outside), ==, 0); /* empty */
}

int
main (int argc, char **argv)
{
  /* The folders are isolated already, for the tools and the program too. */
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/ui/advanced/sign-in", test_sign_in);
  g_test_add_func ("/ui/advanced/checksum", test_checksum);
  g_test_add_func ("/ui/advanced/wrong-checksum", test_wrong_checksum);
  g_test_add_func ("/ui/advanced/all", test_all);
  g_test_add_func ("/ui/advanced/way-out", test_way_out);

  return g_test_run ();
}
