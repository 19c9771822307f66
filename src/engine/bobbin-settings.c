/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-settings.h"

/**
 * bobbin_settings_new:
 *
 * Makes settings as they are when nobody has chosen otherwise, with a rate
 * limiter that does not limit and no credentials. Main thread.
 *
 * Returns: (transfer full): settings that nobody shares yet
 */
BobbinSettings *
bobbin_settings_new (void)
{
  BobbinSettings *self = g_new0 (BobbinSettings, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->timeout = 30;
  self->low_speed = 8;
  self->low_speed_time = 60;
  self->tries = 5;
  self->retry_delay = G_USEC_PER_SEC;
  self->per_host = 6;
  self->parts = 4;
  self->part_size = 8 * 1024 * 1024;
  self->resume = TRUE;
  self->keep_time = TRUE;
  self->limiter = bobbin_rate_limiter_new ();
  self->credentials = bobbin_credentials_new ();
  return self;
}

/**
 * bobbin_settings_copy:
 * @self: settings
 *
 * Makes a copy to change; limiter and credentials stay the same objects. Main
 * thread.
 *
 * Returns: (transfer full): settings that nobody shares yet
 */
BobbinSettings *
bobbin_settings_copy (const BobbinSettings *self)
{
  BobbinSettings *copy = g_memdup2 (self, sizeof *self);

  g_atomic_ref_count_init (&copy->ref_count);
  copy->proxy = g_strdup (self->proxy);
  copy->ca_file = g_strdup (self->ca_file);
  copy->trusted_hosts = g_strdupv (self->trusted_hosts);
  bobbin_rate_limiter_ref (copy->limiter);
  bobbin_credentials_ref (copy->credentials);
  return copy;
}

/**
 * bobbin_settings_ref:
 * @self: settings
 *
 * Any thread.
 *
 * Returns: (transfer full): @self
 */
BobbinSettings *
bobbin_settings_ref (BobbinSettings *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

/**
 * bobbin_settings_unref:
 * @self: (transfer full): settings
 *
 * Any thread.
 */
void
bobbin_settings_unref (BobbinSettings *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_free (self->proxy);
  g_free (self->ca_file);
  g_strfreev (self->trusted_hosts);
  bobbin_rate_limiter_unref (self->limiter);
  bobbin_credentials_unref (self->credentials);
  g_free (self);
}
