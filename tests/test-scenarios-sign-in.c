/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-scenario.h"

#include <string.h>

/* Users and passwords: for whom they are, and for nobody else. */

#define RIGHT "Authorization: Basic dXNlcjpvcGVuc2VzYW1l" /* user:opensesame */
#define WRONG "Authorization: Basic dXNlcjp3cm9uZw=="     /* user:wrong */
#define LINK "http://user:opensesame@127.0.0.1:@PORT@/file"
#define WRONG_LINK "http://user:wrong@127.0.0.1:@PORT@/file"

#define ASK_WITH(fields_)                                                                                    \
  {                                                                                                          \
    "*", 0,                                                                                                  \
        SCRIPT (HEAD ("401 Unauthorized\nContent-Length: 12\nWWW-Authenticate: " fields_),                   \
                RAW ("Who are you?"))                                                                        \
  }
#define ASK ASK_WITH ("Basic realm=\"x\"")
#define LET_IN                                                                                               \
  {                                                                                                          \
    "/file | " RIGHT, 0, .file = &file                                                                       \
  }
#define SHUT_OUT                                                                                             \
  .end = BOBBIN_SCENARIO_FAILED, ERRORS (OWN (HTTP_STATUS)), .status = 401, .part = BOBBIN_SCENARIO_PART_NONE
#define IN_TWO .most = 2, .check = check_hidden

#define NONCE "dcd98b7102dd2f0e8b11d0f600bfb0c093"
#define DIGEST(more_) ASK_WITH ("Digest realm=\"x\", nonce=\"" NONCE "\", qop=\"auth\"" more_)

#define ASK_AT_PROXY                                                                                         \
  {                                                                                                          \
    "*", 0,                                                                                                  \
        SCRIPT (HEAD ("407 Proxy Authentication Required\nContent-Length: 12\nProxy-Authenticate: Basic "    \
                      "realm=\"p\""),                                                                        \
                RAW ("Who are you?"))                                                                        \
  }
#define PASS "Proxy-Authorization: Basic cHJveHk6b3BlbnNlc2FtZQ==" /* proxy:opensesame */

static const BobbinFaultFile file = { .size = 3000, .etag = "\"a\"" };
static const BobbinFaultFile big = { .size = 1024 * 1024, .etag = "\"a\"", .until = 4, .patience = 5000 };
static const BobbinFaultFile big_parts = { .size = 1024 * 1024, .etag = "\"a\"" };

/* No password in what a person sees of the download. */
static void
check_hidden (BobbinScenarioRun *run)
{
  g_autofree char *name = bobbin_download_dup_name (run->download);
  g_autofree char *host = bobbin_download_dup_host (run->download);
  g_autofree char *uri = bobbin_link_dup_shown_uri (bobbin_download_get_link (run->download));
  const GError *error = bobbin_download_get_error (run->download);
  g_autofree char *all = g_strjoin ("\n", name, host, uri, error != NULL ? error->message : "", NULL);

  bobbin_scenario_expect (run, strstr (all, "opensesame") == NULL, "Shown: %s", all);
  bobbin_scenario_expect_count (run, run->server, "Referer", 0, 0);
}

static void
check_all_signed_in (BobbinScenarioRun *run)
{
  bobbin_scenario_expect_count (run, run->server, "Range | " RIGHT, 1, 60);
  bobbin_scenario_expect_count (run, run->server, "!Range | " RIGHT, 1, 1);
}

static void
check_no_basic (BobbinScenarioRun *run)
{
  bobbin_scenario_expect_count (run, run->server, "Authorization: Basic*", 0, 0);
}

static void
sign_in_rightly (BobbinScenarioRun *run)
{
  bobbin_scenario_expect (run, bobbin_error_get_status (bobbin_download_get_error (run->download)) == 401,
                          "Not asked for a password");
  bobbin_scenario_sign_in (run, "user", "opensesame");
}

/* As the front ends do: who asks is told, and gets the password. */
static void
sign_in_where_asked (BobbinScenarioRun *run)
{
  const char *origin = bobbin_error_get_origin (bobbin_download_get_error (run->download));
  g_autofree char *asking
      = bobbin_fault_server_expand (run->server, run->scenario->other != NULL ? "@OTHER@" : "@SELF@");
  g_autoptr (GUri) uri = NULL;

  if (!bobbin_scenario_expect (run, g_strcmp0 (origin, asking) == 0, "%s asks, not %s", origin, asking))
    return;
  uri = g_uri_parse (origin, G_URI_FLAGS_NONE, NULL);
  bobbin_credentials_set (run->settings->credentials, uri, "user", "opensesame");
}

/* A parameter of a Digest answer (RFC 7616, 3.4), without its quotes. */
static char *
dup_parameter (const char *answer, const char *name)
{
  g_autofree char *pattern = g_strdup_printf ("(?:^|[ ,])%s=(?:\"([^\"]*)\"|([^, ]*))", name);
  g_autoptr (GRegex) regex = g_regex_new (pattern, 0, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;
  g_autofree char *quoted = NULL;

  if (!g_regex_match (regex, answer, 0, &match))
    return g_strdup ("");
  quoted = g_match_info_fetch (match, 1);
  return quoted[0] != '\0' ? g_steal_pointer (&quoted) : g_match_info_fetch (match, 2);
}

static char *
digest_of (GChecksumType type, const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list args;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  return g_compute_checksum_for_string (type, text, -1);
}

/* The last request has to prove that it knows the password (RFC 7616, 3.4.1). */
static void
expect_digest (BobbinScenarioRun *run, GChecksumType type)
{
  guint n = bobbin_fault_server_get_n_requests (run->server);
  g_autofree char *head = bobbin_fault_server_dup_request (run->server, n - 1);
  g_autofree char *answer = bobbin_fault_request_dup_header (head, "Authorization");
  g_autofree char *nonce = dup_parameter (answer != NULL ? answer : "", "nonce");
  g_autofree char *count = dup_parameter (answer != NULL ? answer : "", "nc");
  g_autofree char *own = dup_parameter (answer != NULL ? answer : "", "cnonce");
  g_autofree char *response = dup_parameter (answer != NULL ? answer : "", "response");
  g_autofree char *one = digest_of (type, "user:x:opensesame");
  g_autofree char *two = digest_of (type, "GET:/file");
  g_autofree char *expected = digest_of (type, "%s:%s:%s:%s:auth:%s", one, nonce, count, own, two);

  bobbin_scenario_expect (run, g_str_equal (response, expected), "A wrong proof: %s", answer);
}

static void
check_md5 (BobbinScenarioRun *run)
{
  check_hidden (run);
  expect_digest (run, G_CHECKSUM_MD5);
}

static void
check_sha_256 (BobbinScenarioRun *run)
{
  if (bobbin_download_get_state (run->download) == BOBBIN_STATE_FINISHED)
    expect_digest (run, G_CHECKSUM_SHA256);
}

static const BobbinScenario scenarios[] = {
  { .name = "basic-in-link", .link = LINK, RULES (LET_IN, ASK), IN_TWO },
  { .name = "basic-given", .sign_in = "user:opensesame", RULES (LET_IN, ASK), IN_TWO },
  { .name = "not-needed", .sign_in = "user:opensesame", RULES ({ "*", 0, .file = &file }), REQUESTS ("*") },
  { .name = "nothing-given", RULES (LET_IN, ASK), SHUT_OUT, REQUESTS ("!Authorization") },
  { .name = "wrong-in-link", .link = WRONG_LINK, RULES (LET_IN, ASK), SHUT_OUT, .most = 2 },
  { .name = "wrong-given", .sign_in = "user:wrong", RULES (LET_IN, ASK), SHUT_OUT, .most = 2 },
  { .name = "asked-for", .again = TRUE, .meanwhile = sign_in_rightly, RULES (LET_IN, ASK), .most = 3 },
  { .name = "wrong-then-right",
    .sign_in = "user:wrong",
    .again = TRUE,
    .meanwhile = sign_in_rightly,
    RULES (LET_IN, ASK),
    .most = 5 },
  { .name = "wrong-in-link-then-right",
    .link = WRONG_LINK,
    .again = TRUE,
    .meanwhile = sign_in_rightly,
    RULES (LET_IN, ASK),
    .most = 5 },
  { .name = "never-let-in", .link = LINK, RULES (ASK), SHUT_OUT, .most = 3 },
  { .name = "asked-without-a-way",
    .link = LINK,
    RULES ({ "*", 0, SCRIPT (HEAD ("401 Unauthorized\nContent-Length: 0")) }),
    SHUT_OUT,
    .most = 2 },
  { .name = "unknown-way", .link = LINK, RULES (ASK_WITH ("Smoke color=white")), SHUT_OUT, .most = 2 },
  { .name = "broken-way",
    .link = LINK,
    RULES (ASK_WITH ("Basic realm=\"x")),
    .end = BOBBIN_SCENARIO_FAILED,
    ERRORS (OWN (HTTP_STATUS)),
    .status = 401,
    .most = 3 },
  { .name = "body-held-back",
    .link = LINK,
    .timeout = 3,
    .tries = 1,
    RULES (LET_IN,
           { "*", 0,
             SCRIPT (HEAD ("401 Unauthorized\nContent-Length: 100\nWWW-Authenticate: Basic realm=\"x\""),
                     RAW ("Who"),
                     HOLD) }) },
  { .name = "body-endless",
    .link = LINK,
    .timeout = 2,
    .tries = 1,
    RULES (LET_IN,
           { "*", 0,
             SCRIPT (HEAD ("401 Unauthorized\nWWW-Authenticate: Basic realm=\"x\""),
                     REPEAT ("Who are you?", 10000, 1)) }),
    .end = BOBBIN_SCENARIO_EITHER,
    ERRORS (OWN (HTTP_STATUS), OWN (TOO_SLOW), IO (TIMED_OUT)),
    .most = 2 },
  /* In UTF-8 or in Latin-1: RFC 7617 leaves it open. */
  { .name = "beyond-ascii",
    .link = "http://us%C3%A9r:p%40ss%3A1@127.0.0.1:@PORT@/file",
    RULES ({ "Authorization: Basic dXPDqXI6cEBzczox", 0, .file = &file },
           { "Authorization: Basic dXPpcjpwQHNzOjE=", 0, .file = &file },
           ASK) },
  { .name = "no-password",
    .link = "http://user:@127.0.0.1:@PORT@/file",
    RULES ({ "Authorization: Basic dXNlcjo=", 0, .file = &file }, ASK) },
  { .name = "no-name-in-link",
    .link = "http://user:opensesame@127.0.0.1:@PORT@/",
    RULES ({ "/ | " RIGHT, 0,
             SERVE (.size = 3000, .fields = "Content-Disposition: attachment; filename=file") },
           ASK),
    IN_TWO },
  { .name = "while-resuming",
    .link = LINK,
    RULES ({ "!Range | " RIGHT, 1,
             SCRIPT (HEAD ("200 OK\nContent-Length: 3000\nETag: \"a\""), BYTES (0, 1000), FIN) },
           LET_IN,
           ASK) },
  { .name = "in-parts",
    .link = LINK,
    .size = 1024 * 1024,
    RULES ({ "!Range | " RIGHT, 0, .file = &big }, { "Range | " RIGHT, 0, .file = &big_parts }, ASK),
    .check = check_all_signed_in },

  /* Proofs instead of passwords. */
  { .name = "digest",
    .link = LINK,
    RULES ({ "Authorization: Digest *", 0, .file = &file }, DIGEST ("")),
    .most = 2,
    .check = check_md5 },
  { .name = "digest-md5",
    .sign_in = "user:opensesame",
    RULES ({ "Authorization: Digest *", 0, .file = &file }, DIGEST (", algorithm=MD5, opaque=\"y\"")),
    .most = 2,
    .check = check_md5 },
  { .name = "digest-sha-256",
    .link = LINK,
    RULES ({ "Authorization: Digest *", 0, .file = &file }, DIGEST (", algorithm=SHA-256")),
    .end = BOBBIN_SCENARIO_EITHER,
    ERRORS (OWN (HTTP_STATUS)),
    .status = 401,
    .most = 2,
    .check = check_sha_256 },
  { .name = "digest-in-two-ways",
    .link = LINK,
    RULES ({ "Authorization: Digest *", 0, .file = &file },
           ASK_WITH ("Digest realm=\"x\", nonce=\"" NONCE "\", qop=\"auth\", algorithm=SHA-256\n"
                     "WWW-Authenticate: Digest realm=\"x\", nonce=\"" NONCE
                     "\", qop=\"auth\", algorithm=MD5")),
    .end = BOBBIN_SCENARIO_EITHER,
    ERRORS (OWN (HTTP_STATUS)),
    .status = 401,
    .most = 3 },
  { .name = "digest-or-basic",
    .link = LINK,
    RULES ({ "Authorization: Digest *", 0, .file = &file },
           ASK_WITH ("Basic realm=\"x\"\nWWW-Authenticate: Digest realm=\"x\", nonce=\"" NONCE
                     "\", qop=\"auth\"")),
    .most = 2,
    .check = check_no_basic },
  { .name = "digest-stale",
    .link = LINK,
    RULES ({ "Authorization: Digest *", 1,
             SCRIPT (HEAD (
                 "401 Unauthorized\nContent-Length: 0\nWWW-Authenticate: Digest realm=\"x\", nonce=\"new\", "
                 "stale=true, qop=\"auth\"")) },
           { "Authorization: Digest *", 0, .file = &file },
           DIGEST ("")),
    .most = 3,
    .check = check_md5 },
  { .name = "digest-always-stale",
    .link = LINK,
    .tries = 1,
    RULES (DIGEST (", stale=true")),
    .end = BOBBIN_SCENARIO_FAILED,
    ERRORS (OWN (HTTP_STATUS), OWN (BAD_ANSWER)),
    .status = 401,
    .part = BOBBIN_SCENARIO_PART_NONE,
    .most = 25 },
  { .name = "digest-wrong", .link = WRONG_LINK, RULES (DIGEST ("")), SHUT_OUT, .most = 3 },
#define BROKEN(name_, text_)                                                                                 \
  {                                                                                                          \
    .name = "digest-" name_, .link = LINK, RULES (ASK_WITH (text_)), SHUT_OUT, .most = 3                     \
  }
  BROKEN ("without-realm", "Digest nonce=\"" NONCE "\", qop=\"auth\""),
  BROKEN ("without-nonce", "Digest realm=\"x\", qop=\"auth\""),
  BROKEN ("empty", "Digest"),
  BROKEN ("comma", "Digest ,"),
  BROKEN ("unclosed", "Digest realm=\"x\", nonce=\"" NONCE),
  BROKEN ("of-unknown-kind", "Digest realm=\"x\", nonce=\"" NONCE "\", qop=\"auth\", algorithm=SHA-1024"),
  BROKEN ("of-unknown-quality", "Digest realm=\"x\", nonce=\"" NONCE "\", qop=\"auth-better\""),
  BROKEN ("for-elsewhere", "Digest realm=\"x\", nonce=\"" NONCE "\", qop=\"auth\", domain=\"http://[\""),

  /* For a host whatever it is asked for, as .netrc has it. */
  { .name = "host",
    .link = "@HERE@/file",
    .sign_in_host = "here.test user opensesame",
    RULES (LET_IN, ASK),
    .most = 2 },
  { .name = "other-host",
    .link = "@HERE@/file",
    .sign_in_host = "there.test user opensesame",
    RULES (LET_IN, ASK),
    SHUT_OUT,
    REQUESTS ("!Authorization") },
  { .name = "host-and-redirect",
    .link = "@HERE@/start",
    .sign_in_host = "here.test user opensesame",
    RULES ({ "/start | " RIGHT, 0, SCRIPT (HEAD ("302 Found\nLocation: @THERE@/file\nContent-Length: 0")) },
           ASK),
    OTHER ({ "*", 0, .file = &file }),
    OTHERS ("!Authorization") },
  { .name = "host-and-redirect-that-asks",
    .link = "@HERE@/start",
    .sign_in_host = "here.test user opensesame",
    RULES ({ "/start | " RIGHT, 0, SCRIPT (HEAD ("302 Found\nLocation: @THERE@/file\nContent-Length: 0")) },
           ASK),
    OTHER (ASK),
    SHUT_OUT,
    OTHERS ("!Authorization") },
  { .name = "origin-and-redirect-that-asks",
    .link = "/start",
    .sign_in = "user:opensesame",
    RULES ({ "/start | " RIGHT, 0, SCRIPT (HEAD ("302 Found\nLocation: @OTHER@/file\nContent-Length: 0")) },
           ASK),
    OTHER (ASK),
    SHUT_OUT,
    OTHERS ("!Authorization") },
  { .name = "redirect-that-asks-and-is-answered",
    .link = "/start",
    .again = TRUE,
    .meanwhile = sign_in_where_asked,
    RULES ({ "/start", 0, SCRIPT (HEAD ("302 Found\nLocation: @OTHER@/file\nContent-Length: 0")) }),
    OTHER (LET_IN, ASK),
    REQUESTS ("/start | !Authorization", "/start | !Authorization"),
    OTHERS ("!Authorization", "!Authorization", RIGHT) },
  { .name = "link-asks-and-is-answered",
    .again = TRUE,
    .meanwhile = sign_in_where_asked,
    RULES (LET_IN, ASK),
    REQUESTS ("!Authorization", "!Authorization", RIGHT) },
  { .name = "redirect-to-origin",
    .link = "@OTHER@/start",
    .sign_in = "user:opensesame",
    OTHER ({ "/start", 0, SCRIPT (HEAD ("302 Found\nLocation: @OTHER@/file\nContent-Length: 0")) }),
    RULES (LET_IN, ASK),
    OTHERS ("!Authorization") },

  /* The proxy's are the proxy's. The server of these is the proxy. */
  { .name = "proxy",
    .link = "http://site.test/file",
    .proxy = "http://127.0.0.1:@PORT@",
    RULES ({ "http://site.test/file", 0, .file = &file }),
    REQUESTS ("!Proxy-Authorization") },
  { .name = "proxy-with-password",
    .link = "http://site.test/file",
    .proxy = "http://proxy:opensesame@127.0.0.1:@PORT@",
    RULES ({ "http://site.test/file | " PASS, 0, .file = &file }, ASK_AT_PROXY),
    .most = 2 },
  { .name = "proxy-asks",
    .link = "http://site.test/file",
    .proxy = "http://127.0.0.1:@PORT@",
    RULES (ASK_AT_PROXY),
    .end = BOBBIN_SCENARIO_FAILED,
    ERRORS (OWN (HTTP_STATUS)),
    .status = 407,
    REQUESTS ("!Proxy-Authorization") },
  { .name = "proxy-password-wrong",
    .link = "http://site.test/file",
    .proxy = "http://proxy:wrong@127.0.0.1:@PORT@",
    RULES (ASK_AT_PROXY),
    .end = BOBBIN_SCENARIO_FAILED,
    ERRORS (OWN (HTTP_STATUS)),
    .status = 407,
    .most = 2 },
  { .name = "proxy-and-site",
    .link = "http://user:opensesame@site.test/file",
    .proxy = "http://proxy:opensesame@127.0.0.1:@PORT@",
    RULES ({ PASS " | " RIGHT, 0, .file = &file },
           { PASS, 0,
             SCRIPT (HEAD ("401 Unauthorized\nContent-Length: 0\n"
                           "WWW-Authenticate: Basic realm=\"x\"")) },
           ASK_AT_PROXY),
    .most = 3 },
  { .name = "proxy-password-not-for-site",
    .link = "http://site.test/file",
    .proxy = "http://proxy:opensesame@127.0.0.1:@PORT@",
    RULES ({ PASS, 0,
             SCRIPT (HEAD ("401 Unauthorized\nContent-Length: 0\nWWW-Authenticate: Basic realm=\"x\"")) },
           ASK_AT_PROXY),
    SHUT_OUT,
    .most = 2,
    .check = check_no_basic },
  { .name = "proxy-asks-and-is-answered",
    .link = "http://site.test/file",
    .proxy = "http://127.0.0.1:@PORT@",
    .again = TRUE,
    .meanwhile = sign_in_where_asked,
    RULES ({ "* | Proxy-" RIGHT, 0, .file = &file }, ASK_AT_PROXY),
    REQUESTS ("!Proxy-Authorization", "!Proxy-Authorization", "Proxy-" RIGHT) },
  { .name = "site-that-plays-proxy",
    .link = LINK,
    RULES (ASK_AT_PROXY),
    .end = BOBBIN_SCENARIO_FAILED,
    ERRORS (OWN (HTTP_STATUS)),
    .status = 407,
    .most = 2 },
};

int
main (int argc, char *argv[])
{
  return bobbin_scenario_main (argc, argv, "sign-in", scenarios, G_N_ELEMENTS (scenarios));
}
