/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-fetch.h"

#include "bobbin-error.h"

/* Small, so that ends and frames fall on and between its edges. */
#define BUFFER_SIZE 7

void
bobbin_fetch_init (BobbinFetch *self)
{
  *self = (BobbinFetch){ .http = bobbin_http_new (), .settings = bobbin_settings_new () };
  self->settings->timeout = 20;
  bobbin_http_enter (self->http);
}

static void
forget (BobbinFetch *self)
{
  g_clear_pointer (&self->answer, bobbin_answer_free);
  g_clear_pointer (&self->body, g_free);
  g_clear_error (&self->error);
}

void
bobbin_fetch_clear (BobbinFetch *self)
{
  forget (self);
  bobbin_http_leave (self->http);
  bobbin_http_free (self->http);
  bobbin_settings_unref (self->settings);
}

static char *
read_all (BobbinFetch *self)
{
  g_autoptr (GString) body = g_string_new (NULL);
  char buffer[BUFFER_SIZE];
  gssize n;

  while ((n = bobbin_answer_read (self->answer, buffer, sizeof buffer, NULL, &self->error)) > 0)
    g_string_append_len (body, buffer, n);
  return n == 0 ? g_string_free (g_steal_pointer (&body), FALSE) : NULL;
}

/* Asks for @wanted of @link, or for all of it, and reads the answer. */
void
bobbin_fetch_link (BobbinFetch *self, BobbinLink *link, const BobbinRequest *wanted)
{
  BobbinRequest request = { .end = -1, .total = -1 };

  forget (self);
  if (wanted != NULL)
    request = *wanted;
  request.link = link;
  request.settings = self->settings;
  self->answer = bobbin_http_get (self->http, &request, NULL, &self->error);
  if (self->answer != NULL)
    self->body = read_all (self);
  g_assert_true ((self->body != NULL) == (self->error == NULL));
}

void
bobbin_fetch_uri (BobbinFetch *self, const char *uri)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BobbinLink) link = bobbin_link_new (uri, &error);

  g_assert_no_error (error);
  bobbin_fetch_link (self, link, NULL);
}

void
bobbin_fetch_part (
    BobbinFetch *self, const char *uri, goffset first, goffset end, goffset total, const char *validator)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BobbinLink) link = bobbin_link_new (uri, &error);
  BobbinRequest wanted = { .first = first, .end = end, .total = total, .validator = validator };

  g_assert_no_error (error);
  bobbin_fetch_link (self, link, &wanted);
}

void
bobbin_fetch_assert_body (const BobbinFetch *self, const char *expected)
{
  g_assert_no_error (self->error);
  g_assert_cmpstr (self->body, ==, expected);
}

void
bobbin_fetch_assert_error (const BobbinFetch *self, int code)
{
  g_assert_error (self->error, BOBBIN_ERROR, code);
}

void
bobbin_fetch_assert_status (const BobbinFetch *self, guint status)
{
  g_assert_error (self->error, BOBBIN_ERROR, BOBBIN_ERROR_HTTP_STATUS);
  g_assert_cmpuint (bobbin_error_get_status (self->error), ==, status);
}
