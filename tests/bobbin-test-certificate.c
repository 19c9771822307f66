/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-test-certificate.h"

/* "openssl req -x509" would be shorter, but its certificates cannot be over. */
static const char script[]
    = "set -e; cd \"$1\"; "
      "printf '%s\\n' '[ca]' 'default_ca = own' '[own]' \"database = $2.list\" 'new_certs_dir = .' "
      "'rand_serial = yes' 'default_md = sha256' 'policy = any' 'copy_extensions = copy' 'x509_extensions = "
      "more' "
      "'[any]' 'commonName = optional' '[more]' 'basicConstraints = CA:TRUE' > \"$2.conf\"; "
      ": > \"$2.list\"; "
      "openssl req -new -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -subj /CN=t "
      "-addext \"subjectAltName = IP:$3\" -keyout \"$2.key\" -out \"$2.csr\"; "
      "openssl ca -batch -selfsign -config \"$2.conf\" -keyfile \"$2.key\" -in \"$2.csr\" -notext "
      "-startdate 20200101000000Z -enddate \"${4}0101000000Z\" -out \"$2.crt\"; "
      "cat \"$2.crt\" \"$2.key\" > \"$2.pem\"";

/* Makes a certificate that signs itself, for the address @host, good until the
 * beginning of @last_year, and leaves it with its key in NAME.pem in @folder.
 * Skips the test where openssl is missing.
 * Returns: (transfer full) (nullable): the certificate */
GTlsCertificate *
bobbin_test_certificate_new (const char *folder, const char *name, const char *host, int last_year)
{
  g_autofree char *openssl = g_find_program_in_path ("openssl");
  g_autofree char *leaf = g_strconcat (name, ".pem", NULL);
  g_autofree char *path = g_build_filename (folder, leaf, NULL);
  g_autofree char *year = g_strdup_printf ("%d", last_year);
  const char *const command[] = { "sh", "-c", script, "sh", folder, name, host, year, NULL };
  g_autofree char *said = NULL;
  g_autoptr (GError) error = NULL;
  GTlsCertificate *certificate;
  int status;

  if (openssl == NULL)
    {
      g_test_skip ("openssl is not installed");
      return NULL;
    }
  g_spawn_sync (NULL, (char **) command, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, &said, &status, &error);
  g_assert_no_error (error);
  if (!g_spawn_check_wait_status (status, &error))
    g_test_message ("%s", said);
  g_assert_no_error (error);
  certificate = g_tls_certificate_new_from_file (path, &error);
  g_assert_no_error (error);
  return certificate;
}
