/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-fault-certificate.h"

/* Signed by itself for 127.0.0.1, localhost, here.test and there.test, for a
 * hundred years. Its key is here for everybody to see: nothing but tests may
 * trust it. */
#define CERTIFICATE                                                                                          \
  "-----BEGIN CERTIFICATE-----\n"                                                                            \
  "MIIBvDCCAWKgAwIBAgIUXaRpZdidmEGOmNGJsywtA6CW3ZswCgYIKoZIzj0EAwIw\n"                                       \
  "GDEWMBQGA1UEAwwNbG9vcGJhY2sudGVzdDAgFw0yNjExMjIxNDUzMzJaGA8yMTI2\n"                                       \
  "MTAyOTE0NTMzMlowGDEWMBQGA1UEAwwNbG9vcGJhY2sudGVzdDBZMBMGByqGSM49\n"                                       \
  "AgEGCCqGSM49AwEHA0IABPF/MbQM20u4Fg/dl7B7qDkMnSbP5eAav/lng7vFRNsz\n"                                       \
  "EzUYCt4kDLind1VgmcfaybvLkpcfIN9d2dXF5tzQ+N6jgYcwgYQwHQYDVR0OBBYE\n"                                       \
  "FDMsfTqNTz2hxiVX7CMF2BwfUDf/MB8GA1UdIwQYMBaAFDMsfTqNTz2hxiVX7CMF\n"                                       \
  "2BwfUDf/MA8GA1UdEwEB/wQFMAMBAf8wMQYDVR0RBCowKIcEfwAAAYIJbG9jYWxo\n"                                       \
  "b3N0ggloZXJlLnRlc3SCCnRoZXJlLnRlc3QwCgYIKoZIzj0EAwIDSAAwRQIgEFwV\n"                                       \
  "yIrVWe+SNvy4K34IFiq6oc3NTlE0uzRp1TDgAjYCIQDxoxiTmf6hjzrS3bIsFxtr\n"                                       \
  "JEQF/UDnyEi3EJn5e8ZISw==\n"                                                                               \
  "-----END CERTIFICATE-----\n"

#define KEY                                                                                                  \
  "-----BEGIN PRIVATE KEY-----\n"                                                                            \
  "MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg3B8aA79KTxOICTmb\n"                                       \
  "Q1ZIUaXF7r7tX9SaeqnI59etV62hRANCAATxfzG0DNtLuBYP3Zewe6g5DJ0mz+Xg\n"                                       \
  "Gr/5Z4O7xUTbMxM1GAreJAy4p3dVYJnH2sm7y5KXHyDfXdnVxebc0Pje\n"                                               \
  "-----END PRIVATE KEY-----\n"

/* Returns: (transfer full): the certificate with its key, for a server */
GTlsCertificate *
bobbin_fault_certificate_new (void)
{
  g_autoptr (GError) error = NULL;
  GTlsCertificate *certificate = g_tls_certificate_new_from_pem (CERTIFICATE KEY, -1, &error);

  g_assert_no_error (error);
  return certificate;
}

/* Writes the certificate without its key, for a client that is to trust it.
 * Returns: (transfer full): the file's path */
char *
bobbin_fault_certificate_save (const char *folder)
{
  char *path = g_build_filename (folder, "certificate.pem", NULL);

  g_assert_true (g_file_set_contents (path, CERTIFICATE, -1, NULL));
  return path;
}
