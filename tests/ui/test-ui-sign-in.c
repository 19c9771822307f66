/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-fault-certificate.h"
#include "bobbin-fault-server.h"
#include "bobbin-hand.h"
#include "bobbin-scene.h"

#include <sys/wait.h>

static const BobbinFaultStep who[]
    = { { .kind = BOBBIN_FAULT_STEP_HEAD,
          .text = "401 Who\nWWW-Authenticate: Basic realm=\"x\"\nContent-Length: 0" },
        { 0 } };
static const BobbinFaultStep busy[]
    = { { .kind = BOBBIN_FAULT_STEP_HEAD, .text = "503 Busy\nRetry-After: 60\nContent-Length: 0" }, { 0 } };

/* "me:opensesame" */
#define RIGHT "Basic bWU6b3BlbnNlc2FtZQ=="

static const BobbinFaultFile file = { .size = 4000, .etag = "\"a\"" };

/* A site that wants a sign-in for all it has. */
static BobbinFaultServer *
start_site (void)
{
  BobbinFaultServer *server = bobbin_fault_server_new ();

  bobbin_fault_server_add_rule (server, &(BobbinFaultRule){ "/* | Authorization: " RIGHT, 0, NULL, &file });
  bobbin_fault_server_add_rule (server, &(BobbinFaultRule){ "/*", 0, who, NULL });
  return server;
}

static char *
get_links (BobbinFaultServer *server)
{
  g_autofree char *one = bobbin_fault_server_dup_uri (server, "/one.bin");
  g_autofree char *two = bobbin_fault_server_dup_uri (server, "/two.bin");

  return g_strjoin ("\n", one, two, NULL);
}

static void
sign_in (const char *user, const char *password)
{
  bobbin_hand_type (user);
  bobbin_hand_press ("Tab");
  bobbin_hand_type (password);
  bobbin_hand_press ("Return");
}

/* One question for two downloads; a wrong answer brings another one, the right
 * one lets both go on. The password is in no file. */
static void
test_ask (void)
{
  g_autoptr (BobbinFaultServer) server = start_site ();
  g_autoptr (BobbinPerson) person = NULL;
  g_autofree char *links = get_links (server);
  g_autofree char *command = NULL;
  int status;

  if (!bobbin_hand_has_tools ("xclip", "grep", NULL))
    return;

  person = bobbin_person_start (NULL, NULL);
  bobbin_scene_download (person, links);
  bobbin_person_see (person, ATSPI_ROLE_LABEL, "Sign In to 127.0.0.1");
  bobbin_hand_shoot ("sign-in");
  bobbin_person_see (person, ATSPI_ROLE_LIST_ITEM,
                     "two.bin, failed, The server asks for a sign-in (401), sign in to go on");
  sign_in ("me", "wrong");

  bobbin_person_see (person, ATSPI_ROLE_LABEL, "This sign-in was not accepted");
  sign_in ("me", "opensesame");
  bobbin_person_see (person, ATSPI_ROLE_LIST_ITEM, "one.bin, finished*");
  bobbin_person_see (person, ATSPI_ROLE_LIST_ITEM, "two.bin, finished*");
  bobbin_scene_assert_n_files (person, 2);

  bobbin_hand_press ("ctrl+q");
  g_assert_cmpint (bobbin_person_wait_for_end (person, 10.0), ==, 0);
  command = g_strdup_printf ("grep -rqaF opensesame %s", bobbin_person_get_home (person));
  g_assert_true (g_spawn_command_line_sync (command, NULL, NULL, &status, NULL));
  g_assert_cmpint (WEXITSTATUS (status), ==, 1);
}

/* Who says no is not asked again, until the button of a row is pressed. */
static void
test_decline (void)
{
  g_autoptr (BobbinFaultServer) server = start_site ();
  g_autoptr (BobbinPerson) person = NULL;
  g_autofree char *links = get_links (server);

  if (!bobbin_hand_has_tools ("xclip", NULL))
    return;

  person = bobbin_person_start (NULL, NULL);
  bobbin_scene_download (person, links);
  bobbin_person_see (person, ATSPI_ROLE_LABEL, "Sign In to 127.0.0.1");
  bobbin_hand_press ("Escape");
  bobbin_person_see_no_more (person, ATSPI_ROLE_LABEL, "Sign In to 127.0.0.1");
  bobbin_person_click (person, ATSPI_ROLE_LIST_ITEM, "one.bin, failed*");
  bobbin_hand_press ("ctrl+r");
  g_usleep (G_USEC_PER_SEC);
  bobbin_person_see (person, ATSPI_ROLE_LIST_ITEM, "one.bin, failed*");
  g_assert_false (bobbin_person_sees (person, ATSPI_ROLE_LABEL, "Sign In to 127.0.0.1"));

  bobbin_person_click (person, ATSPI_ROLE_PUSH_BUTTON, "Sign In for two.bin*");
  bobbin_person_see (person, ATSPI_ROLE_LABEL, "Sign In to 127.0.0.1");
  sign_in ("me", "opensesame");
  bobbin_person_see (person, ATSPI_ROLE_LIST_ITEM, "one.bin, finished*");
  bobbin_person_see (person, ATSPI_ROLE_LIST_ITEM, "two.bin, finished*");
}

/* A link that leads elsewhere: it is the place that asks which is named, and
 * which gets the password. */
static void
test_elsewhere (void)
{
  g_autoptr (BobbinFaultServer) other = start_site ();
  g_autoptr (BobbinFaultServer) server = bobbin_fault_server_new ();
  g_autoptr (BobbinPerson) person = NULL;
  g_autofree char *link = bobbin_fault_server_dup_uri (server, "/one.bin");
  g_autofree char *redirect = bobbin_fault_server_expand (
      other, "HTTP/1.1 302 Found\nLocation: http://localhost:@PORT@/one.bin\nContent-Length: 0");

  if (!bobbin_hand_has_tools ("xclip", NULL))
    return;

  bobbin_fault_server_answer (server, "/one.bin", redirect, "", BOBBIN_FAULT_KEEP);
  person = bobbin_person_start (NULL, NULL);
  bobbin_scene_download (person, link);
  bobbin_person_see (person, ATSPI_ROLE_LABEL, "Sign In to localhost");
  bobbin_hand_shoot ("sign-in-elsewhere");
  sign_in ("me", "opensesame");
  bobbin_person_see (person, ATSPI_ROLE_LIST_ITEM, "one.bin, finished*");
  g_assert_cmpuint (bobbin_fault_server_count_requests (server, "Authorization"), ==, 0);
}

/* A busy server: the row counts down, and its button does not wait. */
static void
test_retry (void)
{
  g_autoptr (BobbinFaultServer) server = bobbin_fault_server_new ();
  g_autoptr (BobbinPerson) person = NULL;
  g_autofree char *link = bobbin_fault_server_dup_uri (server, "/busy.bin");

  if (!bobbin_hand_has_tools ("xclip", NULL))
    return;

  bobbin_fault_server_add_rule (server, &(BobbinFaultRule){ "/busy.bin", 1, busy, NULL });
  bobbin_fault_server_add_rule (server, &(BobbinFaultRule){ "/busy.bin", 0, NULL, &file });
  person = bobbin_person_start (NULL, NULL);
  bobbin_scene_download (person, link);
  bobbin_person_see (person, ATSPI_ROLE_LIST_ITEM,
                     "busy.bin, waiting, Retry in *, The server is busy (503), try 2 of 5");
  bobbin_hand_shoot ("retry");
  bobbin_person_click (person, ATSPI_ROLE_PUSH_BUTTON, "Retry busy.bin");
  bobbin_person_see_within (person, ATSPI_ROLE_LIST_ITEM, "busy.bin, finished*", 20.0);
}

/* A certificate that nobody vouches for is refused, until the person says so,
 * for this server: the one that showed it, not the one of the link. */
static void
test_trust (void)
{
  g_autoptr (GTlsCertificate) certificate = bobbin_fault_certificate_new ();
  g_autoptr (BobbinFaultServer) server = bobbin_fault_server_new_tls (certificate);
  g_autoptr (BobbinPerson) person = NULL;
  g_autoptr (BobbinFaultServer) plain = bobbin_fault_server_new ();
  g_autofree char *link = bobbin_fault_server_dup_uri (plain, "/wool.bin");
  g_autofree char *target = bobbin_fault_server_dup_uri (server, "/wool.bin");
  g_autofree char *redirect = g_strdup_printf ("HTTP/1.1 302 Found\nLocation: %s\nContent-Length: 0", target);
  g_autofree char *question = bobbin_fault_server_expand (server, "The certificate of 127.0.0.1:@PORT@ *");

  if (!bobbin_hand_has_tools ("xclip", NULL))
    return;

  bobbin_fault_server_answer (plain, "/wool.bin", redirect, "", BOBBIN_FAULT_KEEP);
  bobbin_fault_server_add_rule (server, &(BobbinFaultRule){ "/*", 0, NULL, &file });
  person = bobbin_person_start (NULL, NULL);
  bobbin_scene_download (person, link);
  bobbin_person_see (person, ATSPI_ROLE_LIST_ITEM,
                     "wool.bin, failed, The server's certificate is not valid*");
  bobbin_person_click (person, ATSPI_ROLE_LIST_ITEM, "wool.bin, failed*");
  bobbin_hand_press ("Menu");
  bobbin_person_see (person, ATSPI_ROLE_MENU_ITEM, "Trust Server…");
  bobbin_hand_press ("Down");
  bobbin_hand_shoot ("trust-menu");
  bobbin_hand_press ("Return");
  bobbin_person_see (person, ATSPI_ROLE_LABEL, "Trust This Server?");
  bobbin_person_see (person, ATSPI_ROLE_LABEL, question);
  bobbin_hand_shoot ("trust");
  bobbin_hand_press ("alt+t");
  bobbin_person_see (person, ATSPI_ROLE_LIST_ITEM, "wool.bin, finished*");
}

int
main (int argc, char **argv)
{
  /* The folders are isolated already, for the tools and the program too. */
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/ui/sign-in/ask", test_ask);
  g_test_add_func ("/ui/sign-in/decline", test_decline);
  g_test_add_func ("/ui/sign-in/elsewhere", test_elsewhere);
  g_test_add_func ("/ui/sign-in/retry", test_retry);
  g_test_add_func ("/ui/sign-in/trust", test_trust);

  return g_test_run ();
}
