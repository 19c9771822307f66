/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-tries.h"

#include "bobbin-error.h"

/* Number, how, anew, began, time, held, bytes; domain, code, status, message. */
#define FORMAT "(uybxxxxsius)"

static void
try_clear (gpointer data)
{
  g_clear_error (&((BobbinTry *) data)->error);
}

/**
 * bobbin_tries_new:
 *
 * Returns: (transfer full) (element-type BobbinTry): an empty log
 */
GArray *
bobbin_tries_new (void)
{
  GArray *tries = g_array_new (FALSE, FALSE, sizeof (BobbinTry));

  g_array_set_clear_func (tries, try_clear);
  return tries;
}

/**
 * bobbin_tries_copy:
 * @tries: (nullable) (element-type BobbinTry): a log
 *
 * Returns: (transfer full) (nullable) (element-type BobbinTry): a copy
 */
GArray *
bobbin_tries_copy (const GArray *tries)
{
  GArray *copy;

  if (tries == NULL)
    return NULL;
  copy = bobbin_tries_new ();
  for (guint i = 0; i < tries->len; i++)
    bobbin_tries_add (copy, &g_array_index (tries, BobbinTry, i));
  return copy;
}

/**
 * bobbin_tries_add:
 * @tries: (element-type BobbinTry): a log
 * @last: what to add at its end; stays the caller's
 *
 * Remembers one more try, and forgets the oldest one of too many.
 */
void
bobbin_tries_add (GArray *tries, const BobbinTry *last)
{
  BobbinTry copy = *last;

  copy.error = last->error != NULL ? g_error_copy (last->error) : NULL;
  if (tries->len >= BOBBIN_TRIES_MAX)
    g_array_remove_index (tries, 0);
  g_array_append_val (tries, copy);
}

static GVariant *
pack (const BobbinTry *one)
{
  const GError *error = one->error;

  return g_variant_new (FORMAT, one->number, (guint8) one->how, one->anew, one->began, one->time, one->held,
                        one->bytes, error != NULL ? g_quark_to_string (error->domain) : "",
                        error != NULL ? error->code : 0, bobbin_error_get_status (error),
                        error != NULL && g_utf8_validate (error->message, -1, NULL) ? error->message : "");
}

/**
 * bobbin_tries_to_bytes:
 * @tries: (element-type BobbinTry): a log
 *
 * Writes the log down, in little-endian order.
 *
 * Returns: (transfer full): the log as bytes
 */
GBytes *
bobbin_tries_to_bytes (const GArray *tries)
{
  g_autoptr (GVariant) native = NULL;
  g_autoptr (GVariant) kept = NULL;
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a" FORMAT));
  for (guint i = 0; i < tries->len; i++)
    g_variant_builder_add_value (&builder, pack (&g_array_index (tries, BobbinTry, i)));
  native = g_variant_ref_sink (g_variant_builder_end (&builder));
  kept = G_BYTE_ORDER == G_BIG_ENDIAN ? g_variant_byteswap (native) : g_variant_ref (native);
  return g_variant_get_data_as_bytes (kept);
}

/* Takes what can be, and leaves the rest. */
static void
unpack (GVariant *packed, GArray *tries)
{
  BobbinTry one = { 0 };
  guint8 how;
  const char *domain;
  const char *message;
  gint code;
  guint status;

  g_variant_get (packed, "(uybxxxx&siu&s)", &one.number, &how, &one.anew, &one.began, &one.time, &one.held,
                 &one.bytes, &domain, &code, &status, &message);
  if (how > BOBBIN_TRY_MOVED || one.time < 0 || one.held < 0 || one.bytes < 0)
    return;
  one.how = how;
  one.error = bobbin_error_restore (domain, code, status, message);
  bobbin_tries_add (tries, &one);
  g_clear_error (&one.error);
}

/**
 * bobbin_tries_from_bytes:
 * @bytes: what bobbin_tries_to_bytes() made
 *
 * Reads a log again and believes nothing: what cannot be is left out.
 *
 * Returns: (transfer full) (element-type BobbinTry): the log
 */
GArray *
bobbin_tries_from_bytes (GBytes *bytes)
{
  g_autoptr (GVariant) kept
      = g_variant_ref_sink (g_variant_new_from_bytes (G_VARIANT_TYPE ("a" FORMAT), bytes, FALSE));
  g_autoptr (GVariant) native
      = G_BYTE_ORDER == G_BIG_ENDIAN ? g_variant_byteswap (kept) : g_variant_ref (kept);
  GArray *tries = bobbin_tries_new ();
  GVariantIter iter;
  GVariant *packed;

  if (!g_variant_is_normal_form (native))
    return tries;
  g_variant_iter_init (&iter, native);
  while ((packed = g_variant_iter_next_value (&iter)) != NULL)
    {
      unpack (packed, tries);
      g_variant_unref (packed);
    }
  return tries;
}
