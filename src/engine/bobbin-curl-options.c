/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-curl-options.h"

#include <string.h>

/* The options of curl that come with a value, because nothing else can be told
 * from a link that follows, and those without that matter. All others are
 * switches without any effect on the file.
 */
static const struct
{
  const char *name;
  char letter;
  BobbinCurlAction action;
} options[] = {
  { "url", 0, BOBBIN_CURL_URL },
  { "header", 'H', BOBBIN_CURL_HEADER },
  { "cookie", 'b', BOBBIN_CURL_COOKIE },
  { "user", 'u', BOBBIN_CURL_USER },
  { "oauth2-bearer", 0, BOBBIN_CURL_BEARER },
  { "referer", 'e', BOBBIN_CURL_REFERER },
  { "user-agent", 'A', BOBBIN_CURL_AGENT },
  { "output", 'o', BOBBIN_CURL_OUTPUT },
  { "output-dir", 0, BOBBIN_CURL_OUTPUT_DIR },
  { "remote-name", 'O', BOBBIN_CURL_REMOTE_NAME },
  { "request", 'X', BOBBIN_CURL_REQUEST },
  { "get", 'G', BOBBIN_CURL_GET },
  { "head", 'I', BOBBIN_CURL_HEAD },
  { "globoff", 'g', BOBBIN_CURL_NO_GLOB },
  { "next", ':', BOBBIN_CURL_NEXT },
  /* what has a body */
  { "data", 'd', BOBBIN_CURL_DATA },
  { "data-ascii", 0, BOBBIN_CURL_DATA },
  { "data-binary", 0, BOBBIN_CURL_DATA },
  { "data-raw", 0, BOBBIN_CURL_DATA },
  { "data-urlencode", 0, BOBBIN_CURL_ENCODED_DATA },
  { "form", 'F', BOBBIN_CURL_UPLOAD },
  { "form-string", 0, BOBBIN_CURL_UPLOAD },
  { "json", 0, BOBBIN_CURL_UPLOAD },
  { "upload-file", 'T', BOBBIN_CURL_UPLOAD },
  { "mail-from", 0, BOBBIN_CURL_UPLOAD },
  { "quote", 'Q', BOBBIN_CURL_UPLOAD },
  /* how long to try, what to print, where to write notes */
  { "alt-svc", 0, BOBBIN_CURL_SILENT_VALUE },
  { "connect-timeout", 0, BOBBIN_CURL_SILENT_VALUE },
  { "continue-at", 'C', BOBBIN_CURL_SILENT_VALUE },
  { "cookie-jar", 'c', BOBBIN_CURL_SILENT_VALUE },
  { "create-file-mode", 0, BOBBIN_CURL_SILENT_VALUE },
  { "dump-header", 'D', BOBBIN_CURL_SILENT_VALUE },
  { "etag-save", 0, BOBBIN_CURL_SILENT_VALUE },
  { "expect100-timeout", 0, BOBBIN_CURL_SILENT_VALUE },
  { "happy-eyeballs-timeout-ms", 0, BOBBIN_CURL_SILENT_VALUE },
  { "hsts", 0, BOBBIN_CURL_SILENT_VALUE },
  { "keepalive-cnt", 0, BOBBIN_CURL_SILENT_VALUE },
  { "keepalive-time", 0, BOBBIN_CURL_SILENT_VALUE },
  { "libcurl", 0, BOBBIN_CURL_SILENT_VALUE },
  { "max-redirs", 0, BOBBIN_CURL_SILENT_VALUE },
  { "max-time", 'm', BOBBIN_CURL_SILENT_VALUE },
  { "parallel-max", 0, BOBBIN_CURL_SILENT_VALUE },
  { "proto", 0, BOBBIN_CURL_SILENT_VALUE },
  { "proto-default", 0, BOBBIN_CURL_SILENT_VALUE },
  { "proto-redir", 0, BOBBIN_CURL_SILENT_VALUE },
  { "rate", 0, BOBBIN_CURL_SILENT_VALUE },
  { "retry", 0, BOBBIN_CURL_SILENT_VALUE },
  { "retry-delay", 0, BOBBIN_CURL_SILENT_VALUE },
  { "retry-max-time", 0, BOBBIN_CURL_SILENT_VALUE },
  { "speed-limit", 'Y', BOBBIN_CURL_SILENT_VALUE },
  { "speed-time", 'y', BOBBIN_CURL_SILENT_VALUE },
  { "stderr", 0, BOBBIN_CURL_SILENT_VALUE },
  { "tls-max", 0, BOBBIN_CURL_SILENT_VALUE },
  { "trace", 0, BOBBIN_CURL_SILENT_VALUE },
  { "trace-ascii", 0, BOBBIN_CURL_SILENT_VALUE },
  { "trace-config", 0, BOBBIN_CURL_SILENT_VALUE },
  { "write-out", 'w', BOBBIN_CURL_SILENT_VALUE },
  /* what would make a difference */
  { "insecure", 'k', BOBBIN_CURL_UNUSED },
  { "netrc", 'n', BOBBIN_CURL_UNUSED },
  { "netrc-optional", 0, BOBBIN_CURL_UNUSED },
  { "proxytunnel", 'p', BOBBIN_CURL_UNUSED },
  { "abstract-unix-socket", 0, BOBBIN_CURL_UNUSED_VALUE },
  { "aws-sigv4", 0, BOBBIN_CURL_UNUSED_VALUE },
  { "cacert", 0, BOBBIN_CURL_UNUSED_VALUE },
  { "capath", 0, BOBBIN_CURL_UNUSED_VALUE },
  { "cert", 'E', BOBBIN_CURL_UNUSED_VALUE },
  { "cert-type", 0, BOBBIN_CURL_UNUSED_VALUE },
  { "ciphers", 0, BOBBIN_CURL_UNUSED_VALUE },
  { "config", 'K', BOBBIN_CURL_UNUSED_VALUE },
  { "connect-to", 0, BOBBIN_CURL_UNUSED_VALUE },
  { "crlfile", 0, BOBBIN_CURL_UNUSED_VALUE },
  { "curves", 0, BOBBIN_CURL_UNUSED_VALUE },
  { "delegation", 0, BOBBIN_CURL_UNUSED_VALUE },
  { "dns-interface", 0, BOBBIN_CURL_UNUSED_VALUE },
  { "dns-ipv4-addr", 0, BOBBIN_CURL_UNUSED_VALUE },
  { "dns-ipv6-addr", 0, BOBBIN_CURL_UNUSED_VALUE },
  { "dns-servers", 0, BOBBIN_CURL_UNUSED_VALUE },
  { "doh-url", 0, BOBBIN_CURL_UNUSED_VALUE },
  { "ech", 0, BOBBIN_CURL_UNUSED_VALUE },
  { "egd-file", 0, BOBBIN_CURL_UNUSED_VALUE },
  { "engine", 0, BOBBIN_CURL_UNUSED_VALUE },
  { "etag-compare", 0, BOBBIN_CURL_UNUSED_VALUE },
  { "ftp-account", 0, BOBBIN_CURL_UNUSED_VALUE },
  { "ftp-alternative-to-user", 0, BOBBIN_CURL_UNUSED_VALUE },
  { "ftp-method", 0, BOBBIN_CURL_UNUSED_VALUE },
  { "ftp-port", 'P', BOBBIN_CURL_UNUSED_VALUE },
  { "ftp-ssl-ccc-mode", 0, BOBBIN_CURL_UNUSED_VALUE },
  { "haproxy-clientip", 0, BOBBIN_CURL_UNUSED_VALUE },
  { "hostpubmd5", 0, BOBBIN_CURL_UNUSED_VALUE },
  { "hostpubsha256", 0, BOBBIN_CURL_UNUSED_VALUE },
  { "interface", 0, BOBBIN_CURL_UNUSED_VALUE },
  { "ip-tos", 0, BOBBIN_CURL_UNUSED_VALUE },
  { "ipfs-gateway", 0, BOBBIN_CURL_UNUSED_VALUE },
  { "key", 0, BOBBIN_CURL_UNUSED_VALUE },
  { "key-type", 0, BOBBIN_CURL_UNUSED_VALUE },
  { "krb", 0, BOBBIN_CURL_UNUSED_VALUE },
  { "limit-rate", 0, BOBBIN_CURL_UNUSED_VALUE },
  { "local-port", 0, BOBBIN_CURL_UNUSED_VALUE },
  { "login-options", 0, BOBBIN_CURL_UNUSED_VALUE },
  { "mail-auth", 0, BOBBIN_CURL_UNUSED_VALUE },
  { "mail-rcpt", 0, BOBBIN_CURL_UNUSED_VALUE },
  { "max-filesize", 0, BOBBIN_CURL_UNUSED_VALUE },
  { "netrc-file", 0, BOBBIN_CURL_UNUSED_VALUE },
  { "noproxy", 0, BOBBIN_CURL_UNUSED_VALUE },
  { "pass", 0, BOBBIN_CURL_UNUSED_VALUE },
  { "pinnedpubkey", 0, BOBBIN_CURL_UNUSED_VALUE },
  { "preproxy", 0, BOBBIN_CURL_UNUSED_VALUE },
  { "proxy", 'x', BOBBIN_CURL_UNUSED_VALUE },
  { "proxy-cacert", 0, BOBBIN_CURL_UNUSED_VALUE },
  { "proxy-capath", 0, BOBBIN_CURL_UNUSED_VALUE },
  { "proxy-cert", 0, BOBBIN_CURL_UNUSED_VALUE },
  { "proxy-cert-type", 0, BOBBIN_CURL_UNUSED_VALUE },
  { "proxy-ciphers", 0, BOBBIN_CURL_UNUSED_VALUE },
  { "proxy-crlfile", 0, BOBBIN_CURL_UNUSED_VALUE },
  { "proxy-header", 0, BOBBIN_CURL_UNUSED_VALUE },
  { "proxy-key", 0, BOBBIN_CURL_UNUSED_VALUE },
  { "proxy-key-type", 0, BOBBIN_CURL_UNUSED_VALUE },
  { "proxy-pass", 0, BOBBIN_CURL_UNUSED_VALUE },
  { "proxy-pinnedpubkey", 0, BOBBIN_CURL_UNUSED_VALUE },
  { "proxy-service-name", 0, BOBBIN_CURL_UNUSED_VALUE },
  { "proxy-tls13-ciphers", 0, BOBBIN_CURL_UNUSED_VALUE },
  { "proxy-tlsauthtype", 0, BOBBIN_CURL_UNUSED_VALUE },
  { "proxy-tlspassword", 0, BOBBIN_CURL_UNUSED_VALUE },
  { "proxy-tlsuser", 0, BOBBIN_CURL_UNUSED_VALUE },
  { "proxy-user", 'U', BOBBIN_CURL_UNUSED_VALUE },
  { "proxy1.0", 0, BOBBIN_CURL_UNUSED_VALUE },
  { "pubkey", 0, BOBBIN_CURL_UNUSED_VALUE },
  { "random-file", 0, BOBBIN_CURL_UNUSED_VALUE },
  { "range", 'r', BOBBIN_CURL_UNUSED_VALUE },
  { "request-target", 0, BOBBIN_CURL_UNUSED_VALUE },
  { "resolve", 0, BOBBIN_CURL_UNUSED_VALUE },
  { "sasl-authzid", 0, BOBBIN_CURL_UNUSED_VALUE },
  { "service-name", 0, BOBBIN_CURL_UNUSED_VALUE },
  { "socks4", 0, BOBBIN_CURL_UNUSED_VALUE },
  { "socks4a", 0, BOBBIN_CURL_UNUSED_VALUE },
  { "socks5", 0, BOBBIN_CURL_UNUSED_VALUE },
  { "socks5-gssapi-service", 0, BOBBIN_CURL_UNUSED_VALUE },
  { "socks5-hostname", 0, BOBBIN_CURL_UNUSED_VALUE },
  { "telnet-option", 't', BOBBIN_CURL_UNUSED_VALUE },
  { "tftp-blksize", 0, BOBBIN_CURL_UNUSED_VALUE },
  { "time-cond", 'z', BOBBIN_CURL_UNUSED_VALUE },
  { "tls13-ciphers", 0, BOBBIN_CURL_UNUSED_VALUE },
  { "tlsauthtype", 0, BOBBIN_CURL_UNUSED_VALUE },
  { "tlspassword", 0, BOBBIN_CURL_UNUSED_VALUE },
  { "tlsuser", 0, BOBBIN_CURL_UNUSED_VALUE },
  { "unix-socket", 0, BOBBIN_CURL_UNUSED_VALUE },
  { "url-query", 0, BOBBIN_CURL_UNUSED_VALUE },
  { "variable", 0, BOBBIN_CURL_UNUSED_VALUE },
  { "vlan-priority", 0, BOBBIN_CURL_UNUSED_VALUE },
};

/* Looks up an option, without its dashes; one of a single letter is a short one.
 *
 * @name: (out): what people know it by
 */
BobbinCurlAction
bobbin_curl_option_find (const char *option, const char **name)
{
  gboolean is_short = option[0] != '\0' && option[1] == '\0';

  for (guint i = 0; i < G_N_ELEMENTS (options); i++)
    if (is_short ? options[i].letter == option[0] : strcmp (options[i].name, option) == 0)
      {
        *name = options[i].name;
        return options[i].action;
      }

  *name = option;
  return BOBBIN_CURL_SILENT;
}
