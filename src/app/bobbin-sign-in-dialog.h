/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * BOBBIN_RESPONSE_SIGN_IN:
 *
 * The response of somebody who wants to sign in.
 */
#define BOBBIN_RESPONSE_SIGN_IN "sign-in"

/**
 * BobbinSignInAsk:
 * @origin: scheme, host and port of the site or of the proxy
 * @is_proxy: which of them it is
 * @is_again: whether a sign-in was just refused
 *
 * What a person is asked.
 */
typedef struct
{
  const char *origin;
  gboolean is_proxy;
  gboolean is_again;
} BobbinSignInAsk;

#define BOBBIN_TYPE_SIGN_IN_DIALOG (bobbin_sign_in_dialog_get_type ())

/**
 * BobbinSignInDialog:
 *
 * Asks for a user's name and a password.
 */
G_DECLARE_FINAL_TYPE (BobbinSignInDialog, bobbin_sign_in_dialog, BOBBIN, SIGN_IN_DIALOG, AdwMessageDialog)

GtkWidget *bobbin_sign_in_dialog_new (GtkWindow *parent, const BobbinSignInAsk *ask);

const char *bobbin_sign_in_dialog_get_user (BobbinSignInDialog *self);
const char *bobbin_sign_in_dialog_get_password (BobbinSignInDialog *self);
gboolean bobbin_sign_in_dialog_remembers (BobbinSignInDialog *self);

G_END_DECLS
