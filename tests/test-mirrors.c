/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-error.h"
#include "bobbin-fault-server.h"
#include "bobbin-test.h"

#include <string.h>

/* Several places that are said to have the same file. */
typedef struct
{
  char *folder;
  BobbinFaultServer *first;
  BobbinFaultServer *second;
  BobbinQueue *queue;
} Fixture;

#define BODY "Many hands make light work."
#define WRONG "Many hands spoil the broth!"
#define GOOD "HTTP/1.1 200 OK\nETag: \"a\"\nAccept-Ranges: bytes\nContent-Length: 27"

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = bobbin_test_make_folder ();
  fixture->first = bobbin_fault_server_new ();
  fixture->second = bobbin_fault_server_new ();
  fixture->queue = bobbin_queue_new ();
  bobbin_test_set_patience (fixture->queue, 2, 2);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_assert_finalize_object (fixture->queue);
  bobbin_fault_server_free (fixture->first);
  bobbin_fault_server_free (fixture->second);
  bobbin_test_remove_folder (fixture->folder);
  g_free (fixture->folder);
}

static BobbinLink *
make_link (Fixture *fixture)
{
  g_autofree char *uri = bobbin_fault_server_dup_uri (fixture->first, "/file");
  g_autofree char *mirror = bobbin_fault_server_dup_uri (fixture->second, "/file");
  g_autofree char *with_user = g_strdup_printf ("http://user:opensesame@%s", uri + strlen ("http://"));
  BobbinLink *link = bobbin_link_new (with_user, NULL);

  bobbin_link_set_folder (link, fixture->folder);
  g_assert_true (bobbin_link_add_mirror (link, mirror, 1, NULL, NULL));
  return link;
}

static void
set_digest (BobbinLink *link)
{
  g_autofree char *hex = g_compute_checksum_for_string (G_CHECKSUM_SHA256, BODY, -1);
  g_autoptr (BobbinDigest) digest = bobbin_digest_new (G_CHECKSUM_SHA256, hex);

  bobbin_link_set_digest (link, digest);
}

/* Three pieces of nine bytes. */
static void
set_pieces (BobbinLink *link)
{
  g_autoptr (GPtrArray) digests = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < 3; i++)
    g_ptr_array_add (digests, g_compute_checksum_for_string (G_CHECKSUM_SHA1, BODY + 9 * i, 9));
  bobbin_link_set_pieces (link, G_CHECKSUM_SHA1, 9, digests);
}

static BobbinDownload *
run (Fixture *fixture, BobbinLink *link)
{
  g_autoptr (GPtrArray) links = g_ptr_array_new ();

  g_ptr_array_add (links, link);
  bobbin_queue_add (fixture->queue, links, FALSE);
  bobbin_test_wait_for_run (fixture->queue);
  return bobbin_test_get (fixture->queue, 0);
}

static void
assert_whole (Fixture *fixture, BobbinDownload *download)
{
  g_assert_no_error (bobbin_download_get_error (download));
  g_assert_cmpint (bobbin_download_get_state (download), ==, BOBBIN_STATE_FINISHED);
  bobbin_test_assert_file (fixture->folder, "file", BODY, strlen (BODY));
}

/* What fails for good at one place may be there at the next, which is told
 * nothing that is not its own. */
static void
test_gives_way (Fixture *fixture, gconstpointer data)
{
  g_autoptr (BobbinLink) link = make_link (fixture);
  g_autofree char *request = NULL;

  bobbin_fault_server_answer (fixture->first, "/file", "HTTP/1.1 404 Gone\nContent-Length: 0", "",
                              BOBBIN_FAULT_KEEP);
  bobbin_fault_server_answer (fixture->second, "/file", GOOD, BODY, BOBBIN_FAULT_KEEP);
  assert_whole (fixture, run (fixture, link));
  request = bobbin_fault_server_dup_request (fixture->second, 0);
  g_assert_null (strstr (request, "Authorization"));
}

/* With a digest to check by, bytes of one place and of another make one file. */
static void
test_goes_on_elsewhere (Fixture *fixture, gconstpointer data)
{
  g_autoptr (BobbinLink) link = make_link (fixture);
  g_autofree char *request = NULL;
  BobbinDownload *download;

  set_digest (link);
  bobbin_fault_server_answer (fixture->first, "/file", GOOD, "Many", BOBBIN_FAULT_CLOSE);
  bobbin_fault_server_answer (
      fixture->second, "/file",
      "HTTP/1.1 206 Rest\nETag: \"b\"\nContent-Range: bytes 4-26/27\nContent-Length: 23", BODY + 4,
      BOBBIN_FAULT_KEEP);
  download = run (fixture, link);
  assert_whole (fixture, download);
  g_assert_true (bobbin_download_is_verified (download));
  request = bobbin_fault_server_dup_request (fixture->second, 0);
  g_assert_nonnull (strstr (request, "Range: bytes=4-"));
  g_assert_null (strstr (request, "If-Range"));
}

/* Without one, they don't. */
static void
test_no_mixture (Fixture *fixture, gconstpointer data)
{
  g_autoptr (BobbinLink) link = make_link (fixture);
  g_autofree char *request = NULL;

  bobbin_fault_server_answer (fixture->first, "/file", GOOD, "Mary", BOBBIN_FAULT_CLOSE);
  bobbin_fault_server_answer (fixture->second, "/file", GOOD, BODY, BOBBIN_FAULT_KEEP);
  assert_whole (fixture, run (fixture, link));
  request = bobbin_fault_server_dup_request (fixture->second, 0);
  g_assert_null (strstr (request, "Range: "));
}

static void
test_wrong_bytes (Fixture *fixture, gconstpointer data)
{
  g_autoptr (BobbinLink) link = make_link (fixture);
  BobbinDownload *download;

  set_digest (link);
  bobbin_fault_server_answer (fixture->first, "/file", GOOD, WRONG, BOBBIN_FAULT_KEEP);
  bobbin_fault_server_answer (fixture->second, "/file", GOOD, BODY, BOBBIN_FAULT_KEEP);
  download = run (fixture, link);
  assert_whole (fixture, download);
  g_assert_true (bobbin_download_is_verified (download));
}

/* Only the bad pieces are fetched again. */
static void
test_pieces (Fixture *fixture, gconstpointer data)
{
  g_autoptr (BobbinLink) link = make_link (fixture);
  g_autofree char *request = NULL;

  set_digest (link);
  set_pieces (link);
  bobbin_fault_server_answer (fixture->first, "/file", GOOD, "Many handX make light work.",
                              BOBBIN_FAULT_KEEP);
  bobbin_fault_server_answer (
      fixture->second, "/file",
      "HTTP/1.1 206 Rest\nETag: \"b\"\nContent-Range: bytes 9-17/27\nContent-Length: 9", "s make li",
      BOBBIN_FAULT_KEEP);
  assert_whole (fixture, run (fixture, link));
  request = bobbin_fault_server_dup_request (fixture->second, 0);
  g_assert_nonnull (strstr (request, "Range: bytes=9-17"));
}

/* All places fail: the download does, too, after its tries. */
static void
test_all_fail (Fixture *fixture, gconstpointer data)
{
  g_autoptr (BobbinLink) link = make_link (fixture);
  BobbinDownload *download;

  for (guint i = 0; i < 4; i++)
    {
      bobbin_fault_server_answer (fixture->first, "/file", "HTTP/1.1 503 Busy\nContent-Length: 0", "",
                                  BOBBIN_FAULT_KEEP);
      bobbin_fault_server_answer (fixture->second, "/file", "HTTP/1.1 503 Busy\nContent-Length: 0", "",
                                  BOBBIN_FAULT_KEEP);
    }
  download = run (fixture, link);
  g_assert_cmpint (bobbin_download_get_state (download), ==, BOBBIN_STATE_FAILED);
  g_assert_cmpuint (bobbin_fault_server_get_n_requests (fixture->first), ==, 2);
  g_assert_cmpuint (bobbin_fault_server_get_n_requests (fixture->second), ==, 2);
}

/* The server itself names another place (RFC 6249), for when it fails. */
static void
test_named_by_server (Fixture *fixture, gconstpointer data)
{
  g_autofree char *uri = bobbin_fault_server_dup_uri (fixture->first, "/file");
  g_autofree char *mirror = bobbin_fault_server_dup_uri (fixture->second, "/file");
  g_autofree char *head = NULL;
  g_autofree guint8 *digest = g_malloc (32);
  g_autofree char *base64 = NULL;
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autoptr (BobbinLink) link = bobbin_link_new (uri, NULL);
  BobbinDownload *download;
  gsize length = 32;

  g_checksum_update (checksum, (const guchar *) BODY, -1);
  g_checksum_get_digest (checksum, digest, &length);
  base64 = g_base64_encode (digest, length);
  head = g_strdup_printf (GOOD "\nDigest: MD5=AAAA, SHA-256=%s\nLink: </x>; rel=\"describedby\", <%s>; "
                               "rel=\"next duplicate\"; pri=1; geo=de",
                          base64, mirror);
  bobbin_link_set_folder (link, fixture->folder);
  bobbin_fault_server_answer (fixture->first, "/file", head, "Many", BOBBIN_FAULT_CLOSE);
  bobbin_fault_server_answer (
      fixture->second, "/file",
      "HTTP/1.1 206 Rest\nETag: \"b\"\nContent-Range: bytes 4-26/27\nContent-Length: 23", BODY + 4,
      BOBBIN_FAULT_KEEP);
  download = run (fixture, link);
  assert_whole (fixture, download);
  g_assert_true (bobbin_download_is_verified (download));
}

/* The list says another size: another file. */
static void
test_other_size (Fixture *fixture, gconstpointer data)
{
  g_autoptr (BobbinLink) link = make_link (fixture);

  bobbin_link_set_size (link, 27);
  bobbin_fault_server_answer (fixture->first, "/file", "HTTP/1.1 200 OK\nContent-Length: 4", "Sign",
                              BOBBIN_FAULT_KEEP);
  bobbin_fault_server_answer (fixture->second, "/file", GOOD, BODY, BOBBIN_FAULT_KEEP);
  assert_whole (fixture, run (fixture, link));
}

#define ADD(name, function) g_test_add ("/mirrors/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  bobbin_test_init (&argc, &argv);
  ADD ("gives-way", test_gives_way);
  ADD ("goes-on-elsewhere", test_goes_on_elsewhere);
  ADD ("no-mixture", test_no_mixture);
  ADD ("wrong-bytes", test_wrong_bytes);
  ADD ("pieces", test_pieces);
  ADD ("all-fail", test_all_fail);
  ADD ("named-by-server", test_named_by_server);
  ADD ("other-size", test_other_size);
  return g_test_run ();
}
