/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-fault-server.h"
#include "bobbin-hand.h"
#include "bobbin-scene.h"

#include <string.h>

#define SIZE 300000

static char *
dup_digest (GChecksumType type, guint size, guint seed)
{
  g_autofree guint8 *bytes = g_malloc (size);

  bobbin_fault_bytes_fill (bytes, size, 0, seed);
  return g_compute_checksum_for_data (type, bytes, size);
}

static void
assert_file (BobbinPerson *person, const char *name, guint size, guint seed)
{
  g_autofree char *path = g_build_filename (bobbin_person_get_downloads (person), name, NULL);
  g_autofree char *expected = dup_digest (G_CHECKSUM_SHA256, size, seed);
  g_autofree char *contents = NULL;
  g_autofree char *found = NULL;
  g_autoptr (GError) error = NULL;
  gsize length;

  g_file_get_contents (path, &contents, &length, &error);
  g_assert_no_error (error);
  found = g_compute_checksum_for_data (G_CHECKSUM_SHA256, (guint8 *) contents, length);
  g_assert_cmpstr (found, ==, expected);
}

/* The panel opens and closes by keys and by its button, follows the selection,
 * and tells what goes on. */
static void
test_follow (void)
{
  static const BobbinFaultFile slow = { .size = 60000000, .etag = "\"a\"", .rate = 200000 };
  g_autoptr (BobbinFaultServer) server = bobbin_fault_server_new ();
  g_autofree char *slow_uri = bobbin_fault_server_dup_uri (server, "/survey-tiles.tar.zst");
  g_autofree char *other_uri = bobbin_fault_server_dup_uri (server, "/nothing.pdf");
  g_autofree char *text = g_strconcat (slow_uri, "\n", other_uri, "\n", NULL);
  g_autoptr (BobbinPerson) person = NULL;

  if (!bobbin_hand_has_tools ("xclip", NULL))
    return;

  bobbin_fault_server_answer (server, "/nothing.pdf", "HTTP/1.1 404 Nothing\nContent-Length: 0", "",
                              BOBBIN_FAULT_KEEP);
  bobbin_fault_server_add_rule (server, &(BobbinFaultRule){ "/survey*", 0, NULL, &slow });
  person = bobbin_person_start (NULL, NULL);
  bobbin_scene_download (person, text);
  bobbin_person_see (person, ATSPI_ROLE_LIST_ITEM, "nothing.pdf, failed*");
  bobbin_person_see (person, ATSPI_ROLE_LIST_ITEM, "survey-tiles.tar.zst, receiving*");

  bobbin_hand_take_window ("Bobbin");
  bobbin_person_click (person, ATSPI_ROLE_LIST_ITEM, "survey-tiles.tar.zst*");
  bobbin_hand_press ("F9");
  bobbin_person_see (person, ATSPI_ROLE_LABEL, slow_uri);
  bobbin_person_see (person, ATSPI_ROLE_STATUS_BAR, "Receiving in * parts*");
  bobbin_person_see (person, ATSPI_ROLE_LABEL, "Until the First Byte");
  bobbin_person_see (person, ATSPI_ROLE_LABEL, "60.0*MB (60*000*000 bytes)");
  bobbin_person_see (person, ATSPI_ROLE_LOG, "Tries");
  bobbin_person_see (person, ATSPI_ROLE_LABEL, "Receiving in * parts");
  bobbin_person_see (person, ATSPI_ROLE_PROGRESS_BAR, "Received");
  bobbin_hand_shoot ("details-receiving");

  bobbin_person_click (person, ATSPI_ROLE_LIST_ITEM, "nothing.pdf*");
  bobbin_person_see (person, ATSPI_ROLE_LABEL, "The server has no such file (404)*");
  bobbin_person_see_no_more (person, ATSPI_ROLE_LABEL, "Until the First Byte");
  bobbin_hand_shoot ("details-failed");
  bobbin_hand_press ("ctrl+a");
  bobbin_person_see (person, ATSPI_ROLE_LABEL, "2 Downloads");
  bobbin_person_see (person, ATSPI_ROLE_LABEL, "1 receiving · 1 failed");
  bobbin_hand_shoot ("details-several");

  bobbin_hand_press ("Escape");
  bobbin_person_see_no_more (person, ATSPI_ROLE_LABEL, "2 Downloads");
  bobbin_person_click (person, ATSPI_ROLE_PUSH_BUTTON, "Details");
  bobbin_person_see (person, ATSPI_ROLE_LABEL, "2 Downloads");
  bobbin_hand_press ("alt+Return");
  bobbin_person_see_no_more (person, ATSPI_ROLE_LABEL, "2 Downloads");
}

static void
paste_into_entry (BobbinPerson *person, const char *text)
{
  bobbin_hand_copy (text, NULL);
  bobbin_person_click (person, ATSPI_ROLE_TEXT, "Compare with a Checksum");
  bobbin_hand_press ("ctrl+a");
  bobbin_hand_press ("ctrl+v");
}

/* The digest of a finished file is computed when it is asked for, or pasted. */
static void
test_digest (void)
{
  static const BobbinFaultFile file = { .size = SIZE, .etag = "\"a\"", .seed = 3 };
  g_autoptr (BobbinFaultServer) server = bobbin_fault_server_new ();
  g_autofree char *uri = bobbin_fault_server_dup_uri (server, "/file.bin");
  g_autofree char *sha256 = dup_digest (G_CHECKSUM_SHA256, SIZE, 3);
  g_autofree char *md5 = dup_digest (G_CHECKSUM_MD5, SIZE, 3);
  g_autofree char *wrong = dup_digest (G_CHECKSUM_SHA256, SIZE, 4);
  g_autofree char *brief = g_strdup_printf ("%.12s…%s", sha256, sha256 + 54);
  g_autofree char *line = g_strdup_printf ("%s *file.bin\n", md5);
  g_autoptr (BobbinPerson) person = NULL;

  if (!bobbin_hand_has_tools ("xclip", NULL))
    return;

  bobbin_fault_server_add_rule (server, &(BobbinFaultRule){ "/*", 0, NULL, &file });
  person = bobbin_person_start (NULL, NULL);
  bobbin_scene_download (person, uri);
  bobbin_person_see (person, ATSPI_ROLE_LIST_ITEM, "file.bin, finished*");
  bobbin_hand_take_window ("Bobbin");
  bobbin_person_click (person, ATSPI_ROLE_LIST_ITEM, "file.bin*");
  bobbin_hand_press ("alt+Return");
  bobbin_person_see (person, ATSPI_ROLE_LABEL, "None was told to check it by");
  bobbin_person_click (person, ATSPI_ROLE_PUSH_BUTTON, "Compute");
  bobbin_person_see (person, ATSPI_ROLE_LABEL, brief);
  bobbin_hand_shoot ("details-finished");

  paste_into_entry (person, sha256);
  bobbin_person_see (person, ATSPI_ROLE_STATUS_BAR, "The file has this checksum");
  paste_into_entry (person, wrong);
  bobbin_person_see (person, ATSPI_ROLE_STATUS_BAR, "The file differs from this checksum");
  bobbin_hand_shoot ("details-differs");
  paste_into_entry (person, line);
  bobbin_person_see (person, ATSPI_ROLE_STATUS_BAR, "The file has this checksum");
  paste_into_entry (person, "no digest");
  bobbin_person_see (person, ATSPI_ROLE_STATUS_BAR, "This is no checksum");
  bobbin_hand_press ("Escape");
  bobbin_person_see_no_more (person, ATSPI_ROLE_LABEL, brief);
}

/* A link that has expired: the file goes on from another server. */
static void
test_address (void)
{
  static const BobbinFaultFile cut
      = { .size = SIZE, .etag = "\"a\"", .seed = 3, .cut = 100000, .end = BOBBIN_FAULT_CLOSE };
  static const BobbinFaultFile whole = { .size = SIZE, .etag = "\"a\"", .seed = 3 };
  g_autoptr (BobbinFaultServer) first = bobbin_fault_server_new ();
  g_autoptr (BobbinFaultServer) second = bobbin_fault_server_new ();
  g_autofree char *uri = bobbin_fault_server_dup_uri (first, "/film.mp4?expires=1");
  g_autofree char *other = bobbin_fault_server_dup_uri (second, "/film.mp4?expires=2");
  g_autofree char *request = NULL;
  g_autoptr (BobbinPerson) person = NULL;

  if (!bobbin_hand_has_tools ("xclip", NULL))
    return;

  bobbin_fault_server_add_rule (first, &(BobbinFaultRule){ "/*", 1, NULL, &cut });
  bobbin_fault_server_answer (first, "/*", "HTTP/1.1 410 Gone\nContent-Length: 0", "", BOBBIN_FAULT_KEEP);
  bobbin_fault_server_add_rule (second, &(BobbinFaultRule){ "/*", 0, NULL, &whole });
  person = bobbin_person_start (NULL, NULL);
  bobbin_scene_download (person, uri);
  bobbin_person_see (person, ATSPI_ROLE_LIST_ITEM, "film.mp4, failed*");

  /* What cannot be opened is looked at. */
  bobbin_hand_take_window ("Bobbin");
  bobbin_person_click (person, ATSPI_ROLE_LIST_ITEM, "film.mp4*");
  bobbin_hand_press ("Return");
  bobbin_person_see (person, ATSPI_ROLE_LABEL, "The server no longer has this file (410)*");
  bobbin_person_see (person, ATSPI_ROLE_LABEL, "The file ended too soon after 100.0*kB");
  bobbin_hand_shoot ("details-expired");
  bobbin_person_click (person, ATSPI_ROLE_PUSH_BUTTON, "Change Address…");
  bobbin_person_see (person, ATSPI_ROLE_LABEL, "What is here is kept*");
  bobbin_hand_shoot ("details-address");
  bobbin_hand_copy (other, NULL);
  bobbin_hand_press ("ctrl+a");
  bobbin_hand_press ("ctrl+v");
  bobbin_hand_press ("Return");

  bobbin_person_see (person, ATSPI_ROLE_LIST_ITEM, "film.mp4, finished*");
  bobbin_person_see (person, ATSPI_ROLE_LABEL, other);
  bobbin_person_see (person, ATSPI_ROLE_LABEL, "The address was changed");
  bobbin_person_see (person, ATSPI_ROLE_LABEL, "Went on from 100.0*kB and finished");
  bobbin_hand_shoot ("details-moved");
  assert_file (person, "film.mp4", SIZE, 3);
  request = bobbin_fault_server_dup_request (second, 0);
  g_assert_nonnull (strstr (request, "Range: bytes=100000-"));
}

/* In a narrow window the panel covers the list, and goes again. */
static void
test_narrow (void)
{
  static const BobbinFaultFile slow = { .size = 60000000, .etag = "\"a\"", .rate = 200000 };
  g_autoptr (BobbinFaultServer) server = bobbin_fault_server_new ();
  g_autofree char *uri = bobbin_fault_server_dup_uri (server, "/survey-tiles.tar.zst");
  g_autoptr (BobbinPerson) person = NULL;

  if (!bobbin_hand_has_tools ("xclip", NULL))
    return;

  bobbin_fault_server_add_rule (server, &(BobbinFaultRule){ "/*", 0, NULL, &slow });
  person = bobbin_person_new ();
  bobbin_person_set_up (person, "window-width", "360");
  bobbin_person_open (person);
  bobbin_scene_download (person, uri);
  bobbin_person_see (person, ATSPI_ROLE_LIST_ITEM, "survey-tiles.tar.zst, receiving*");
  bobbin_hand_take_window ("Bobbin");
  bobbin_person_click (person, ATSPI_ROLE_LIST_ITEM, "survey-tiles.tar.zst*");
  bobbin_hand_press ("F9");
  bobbin_person_see (person, ATSPI_ROLE_STATUS_BAR, "Receiving in * parts*");
  bobbin_hand_shoot ("details-narrow");
  bobbin_hand_press ("Escape");
  bobbin_person_see_no_more (person, ATSPI_ROLE_LABEL, "Until the First Byte");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ui/details/follow", test_follow);
  g_test_add_func ("/ui/details/digest", test_digest);
  g_test_add_func ("/ui/details/address", test_address);
  g_test_add_func ("/ui/details/narrow", test_narrow);
  return g_test_run ();
}
