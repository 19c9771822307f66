/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-scenario.h"

#include <string.h>

/* Answers that say that it is somewhere else. */

#define FOUND(location_) HEAD ("302 Found\nContent-Length: 0\nLocation: " location_)
#define START(...)                                                                                           \
  {                                                                                                          \
    "/start", 0, SCRIPT (__VA_ARGS__)                                                                        \
  }
#define FILE_AT(path_)                                                                                       \
  {                                                                                                          \
    path_, 0, .file = &file                                                                                  \
  }

/* What a redirect that leads nowhere comes to. */
#define REFUSED                                                                                              \
  .end = BOBBIN_SCENARIO_FAILED, ERRORS (OWN (BAD_REDIRECT)), .part = BOBBIN_SCENARIO_PART_NONE, .most = 1

/* From "/a/b/start" to "/file" of the same server, however it is said. */
#define LOCATION(name_, location_, path_)                                                                    \
  {                                                                                                          \
    .name = "location-" name_, .link = "/a/b/start",                                                         \
    RULES ({ "/a/b/start*", 1, SCRIPT (FOUND (location_)) }, { path_, 0, .file = &file }),                   \
    REQUESTS ("/a/b/start*", path_), .file = "real.bin"                                                      \
  }
#define SCHEME(name_, location_)                                                                             \
  {                                                                                                          \
    .name = "to-" name_, .link = "/start", RULES (START (FOUND (location_))), REFUSED                        \
  }
#define STATUS(status_)                                                                                      \
  {                                                                                                          \
    .name = "status-" status_, .link = "/start",                                                             \
    RULES (START (HEAD (status_ " Elsewhere\nContent-Length: 4\nLocation: /file"), RAW ("away")),            \
           FILE_AT ("/file")),                                                                               \
    REQUESTS ("/start", "/file")                                                                             \
  }
#define NOWHERE(status_)                                                                                     \
  {                                                                                                          \
    .name = "nowhere-" status_, .link = "/start",                                                            \
    RULES (START (HEAD (status_ " Elsewhere\nContent-Length: 4"), RAW ("away"))), REFUSED                    \
  }

/* All that a person may have given for one origin and no other. */
#define SECRETS                                                                                              \
  FIELDS ("Authorization", "Bearer opensesame", "Cookie", "id=opensesame", "X-Api-Key", "opensesame",        \
          "Referer", "http://example.org/?key=opensesame")
#define NO_SECRETS "!Authorization | !Cookie | !X-Api-Key | !Proxy-Authorization"
#define ALL_SECRETS "Authorization: Bearer opensesame | Cookie: id=opensesame | X-Api-Key: opensesame"
#define OPENSESAME "opensesame"

static const BobbinFaultFile file = { .size = 3000, .etag = "\"a\"" };
static const BobbinFaultFile disposed
    = { .size = 3000, .fields = "Content-Disposition: attachment; filename=\"right.bin\"" };

static void
expect_untold (BobbinScenarioRun *run, BobbinFaultServer *server)
{
  for (guint i = 0; i < bobbin_fault_server_get_n_requests (server); i++)
    {
      g_autofree char *head = bobbin_fault_server_dup_request (server, i);

      bobbin_scenario_expect (run, strstr (head, OPENSESAME) == NULL, "Told: %s", head);
    }
}

static void
check_untold_there (BobbinScenarioRun *run)
{
  expect_untold (run, run->other);
}

static void
check_untold (BobbinScenarioRun *run)
{
  expect_untold (run, run->server);
  expect_untold (run, run->other);
}

static void
check_twenty (BobbinScenarioRun *run)
{
  bobbin_scenario_expect_count (run, run->server, "*", 2, 21);
}

static const BobbinScenario scenarios[] = {
  /* Round and round. */
  { .name = "to-itself",
    RULES ({ "/file", 0, SCRIPT (FOUND ("/file")) }),
    .end = BOBBIN_SCENARIO_FAILED,
    ERRORS (OWN (TOO_MANY_REDIRECTS)),
    .part = BOBBIN_SCENARIO_PART_NONE,
    .check = check_twenty },
  { .name = "there-and-back",
    RULES ({ "/file", 0, SCRIPT (FOUND ("@OTHER@/file")) }),
    OTHER ({ "/file", 0, SCRIPT (FOUND ("@OTHER@/file")) }),
    .end = BOBBIN_SCENARIO_FAILED,
    ERRORS (OWN (TOO_MANY_REDIRECTS)),
    .most = 11 },
  { .name = "ever-deeper",
    RULES ({ "*", 0, SCRIPT (FOUND ("on/")) }),
    .end = BOBBIN_SCENARIO_FAILED,
    ERRORS (OWN (TOO_MANY_REDIRECTS)),
    .check = check_twenty },

  /* Nowhere. */
  NOWHERE ("301"),
  NOWHERE ("302"),
  NOWHERE ("303"),
  NOWHERE ("307"),
  NOWHERE ("308"),
  { .name = "to-nothing", .link = "/start", RULES (START (FOUND (""))), REFUSED },
  { .name = "several-choices",
    .link = "/start",
    RULES (START (HEAD ("300 Multiple Choices\nContent-Length: 4"), RAW ("away"))),
    .end = BOBBIN_SCENARIO_FAILED,
    ERRORS (OWN (HTTP_STATUS), OWN (BAD_REDIRECT)),
    .status = 300,
    .most = 1 },
  SCHEME ("file", "file:///etc/passwd"),
  SCHEME ("ftp", "ftp://127.0.0.1/file"),
  SCHEME ("data", "data:text/plain,away"),
  SCHEME ("script", "javascript:alert(1)"),
  SCHEME ("gopher", "gopher://127.0.0.1:@PORT@/file"),
  SCHEME ("about", "about:blank"),
  SCHEME ("nobody", "http:///file"),
  SCHEME ("bad-port", "http://127.0.0.1:99999/file"),
  SCHEME ("unclosed", "http://[::1/file"),

  /* A GET stays a GET. */
  STATUS ("301"),
  STATUS ("302"),
  STATUS ("303"),
  STATUS ("307"),
  STATUS ("308"),

  /* Its body is nobody's file, and not waited for. */
  { .name = "body-held-back",
    .link = "/start",
    .timeout = 100,
    RULES (START (HEAD ("302 Found\nLocation: /file\nContent-Length: 100"), RAW ("away"), HOLD),
           FILE_AT ("/file")) },
  { .name = "body-endless",
    .link = "/start",
    .timeout = 100,
    RULES (START (HEAD ("302 Found\nLocation: /file"), REPEAT ("away", 1000, 100)), FILE_AT ("/file")) },
  { .name = "body-chunked",
    .link = "/start",
    RULES (START (HEAD ("302 Found\nLocation: /file\nTransfer-Encoding: chunked"),
                  CHUNK (0, 1000),
                  LAST_CHUNK),
           FILE_AT ("/file")) },

  /* How the way is told. */
  LOCATION ("absolute", "@SELF@/real.bin", "/real.bin"),
  LOCATION ("from-root", "/real.bin", "/real.bin"),
  LOCATION ("beside", "real.bin", "/a/b/real.bin"),
  LOCATION ("here", "./real.bin", "/a/b/real.bin"),
  LOCATION ("above", "../real.bin", "/a/real.bin"),
  LOCATION ("far-above", "../../../../real.bin", "/real.bin"),
  LOCATION ("dots-inside", "/x/../y/./real.bin", "/y/real.bin"),
  LOCATION ("same-scheme", "//127.0.0.1:@PORT@/real.bin", "/real.bin"),
  LOCATION ("query", "/real.bin?x=1&y=a%20b", "/real.bin?x=1&y=a%20b"),
  LOCATION ("fragment", "/real.bin#top", "/real.bin"),
  LOCATION ("blank", "/a b/real.bin", "/a%20b/real.bin"),
  LOCATION ("blanks-around", "  /real.bin \t", "/real.bin"),
  LOCATION ("escaped", "/a%2Fb/real.bin", "/a%2Fb/real.bin"),
  LOCATION ("utf-8", "/\xc3\xa4/real.bin", "/%C3%A4/real.bin"),
  LOCATION ("capitals", "HTTP://127.0.0.1:@PORT@/real.bin", "/real.bin"),
  LOCATION ("other-host", "@HERE@/real.bin", "/real.bin"),
  { .name = "location-query-alone",
    .link = "/real.bin",
    RULES ({ "/real.bin", 1, SCRIPT (FOUND ("?x")) }, { "/real.bin?x", 0, .file = &file }),
    REQUESTS ("/real.bin", "/real.bin?x"),
    .file = "real.bin" },

  /* What the file is called. */
  { .name = "name-of-the-last",
    .link = "/get?id=1",
    RULES ({ "/get?id=1", 0, SCRIPT (FOUND ("/real.iso")) }, FILE_AT ("/real.iso")),
    .file = "real.iso" },
  { .name = "name-not-of-the-redirect",
    .link = "/get?id=1",
    RULES ({ "/get?id=1", 0,
             SCRIPT (HEAD ("302 Found\nLocation: /real.iso\nContent-Length: 0\n"
                           "Content-Disposition: attachment; filename=\"wrong.sh\"")) },
           FILE_AT ("/real.iso")),
    .file = "real.iso" },
  { .name = "name-that-the-last-tells",
    .link = "/get?id=1",
    RULES ({ "/get?id=1", 0, SCRIPT (FOUND ("/real.iso")) }, { "/real.iso", 0, .file = &disposed }),
    .file = "right.bin" },

  /* What is given to one is not told to another. */
  { .name = "secrets-stay",
    .link = "/start",
    SECRETS,
    RULES (START (FOUND ("@OTHER@/file"))),
    OTHER (FILE_AT ("/file")),
    REQUESTS (ALL_SECRETS),
    OTHERS (NO_SECRETS),
    .check = check_untold_there },
  { .name = "secrets-stay-on-a-host",
    .link = "@HERE@/start",
    SECRETS,
    RULES (START (FOUND ("@THERE@/file"))),
    OTHER (FILE_AT ("/file")),
    REQUESTS (ALL_SECRETS),
    OTHERS (NO_SECRETS),
    .check = check_untold_there },
  { .name = "secrets-stay-on-a-name",
    .link = "@HERE@/start",
    SECRETS,
    RULES ({ "/start", 0, SCRIPT (FOUND ("@SELF@/file")) }, FILE_AT ("/file")),
    REQUESTS (ALL_SECRETS, NO_SECRETS) },
  { .name = "secrets-go-along",
    .link = "/start",
    SECRETS,
    RULES (START (FOUND ("/file")), FILE_AT ("/file")),
    REQUESTS (ALL_SECRETS, ALL_SECRETS) },
  { .name = "password-stays",
    .link = "http://user:opensesame@127.0.0.1:@PORT@/start",
    RULES (START (FOUND ("@OTHER@/file"))),
    OTHER (FILE_AT ("/file")),
    OTHERS (NO_SECRETS),
    .check = check_untold_there },
  { .name = "password-stays-when-asked",
    .link = "http://user:opensesame@127.0.0.1:@PORT@/start",
    RULES (START (FOUND ("@OTHER@/file"))),
    OTHER ({ "*", 0,
             SCRIPT (HEAD ("401 Unauthorized\nWWW-Authenticate: Basic realm=\"x\"\nContent-Length: 0")) }),
    .end = BOBBIN_SCENARIO_FAILED,
    ERRORS (OWN (HTTP_STATUS)),
    .status = 401,
    OTHERS (NO_SECRETS) },
  { .name = "password-of-the-server",
    .link = "/start",
    RULES (START (FOUND ("http://user:opensesame@127.0.0.1:@OTHER_PORT@/file"))),
    OTHER (FILE_AT ("/file")),
    OTHERS ("/file | !Authorization"),
    .check = check_untold },
  { .name = "password-of-the-server-when-asked",
    .link = "/start",
    RULES (START (FOUND ("http://user:opensesame@127.0.0.1:@OTHER_PORT@/file"))),
    OTHER ({ "*", 0,
             SCRIPT (HEAD ("401 Unauthorized\nWWW-Authenticate: Basic realm=\"x\"\nContent-Length: 0")) }),
    .end = BOBBIN_SCENARIO_FAILED,
    ERRORS (OWN (HTTP_STATUS)),
    .status = 401,
    OTHERS ("/file | !Authorization") },
  { .name = "cookies-stay",
    .link = "/start",
    RULES (START (HEAD ("302 Found\nSet-Cookie: id=opensesame\nLocation: @OTHER@/file\nContent-Length: 0"))),
    OTHER (FILE_AT ("/file")),
    .check = check_untold },

  /* From TLS to none. */
  { .name = "secure", .secure = TRUE, RULES (FILE_AT ("/file")), REQUESTS ("*") },
  { .name = "secure-to-plain",
    .secure = TRUE,
    .link = "/start",
    RULES (START (FOUND ("@OTHER@/file"))),
    OTHER (FILE_AT ("/file")),
    .end = BOBBIN_SCENARIO_EITHER,
    ERRORS (OWN (INSECURE_REDIRECT)),
    .most = 1 },
  { .name = "secure-to-plain-with-secrets",
    .secure = TRUE,
    .link = "/start",
    SECRETS,
    RULES (START (FOUND ("@OTHER@/file"))),
    OTHER (FILE_AT ("/file")),
    .end = BOBBIN_SCENARIO_EITHER,
    ERRORS (OWN (INSECURE_REDIRECT)),
    .most = 1,
    .check = check_untold_there },
  { .name = "secure-to-plain-with-password",
    .secure = TRUE,
    .link = "https://user:opensesame@127.0.0.1:@PORT@/start",
    RULES (START (FOUND ("@OTHER@/file"))),
    OTHER (FILE_AT ("/file")),
    .end = BOBBIN_SCENARIO_EITHER,
    ERRORS (OWN (INSECURE_REDIRECT)),
    .check = check_untold_there },
  { .name = "unknown-certificate",
    .secure_unknown = TRUE,
    RULES (FILE_AT ("/file")),
    .end = BOBBIN_SCENARIO_FAILED,
    ERRORS (OWN (BAD_CERTIFICATE)),
    .part = BOBBIN_SCENARIO_PART_NONE,
    .most = 1 },
  { .name = "unknown-certificate-trusted",
    .secure_unknown = TRUE,
    .trusted = TRUE,
    RULES (FILE_AT ("/file")),
    REQUESTS ("*") },
  { .name = "redirect-to-unknown-certificate",
    .secure_unknown = TRUE,
    .link = "@OTHER@/start",
    OTHER ({ "/start", 0, SCRIPT (FOUND ("@OTHER@/file")) }),
    RULES (FILE_AT ("/file")),
    .end = BOBBIN_SCENARIO_FAILED,
    ERRORS (OWN (BAD_CERTIFICATE)),
    .part = BOBBIN_SCENARIO_PART_NONE },
};

int
main (int argc, char *argv[])
{
  return bobbin_scenario_main (argc, argv, "redirects", scenarios, G_N_ELEMENTS (scenarios));
}
