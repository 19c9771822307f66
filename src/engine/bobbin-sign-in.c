/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-sign-in.h"

#include <libsoup/soup.h>
#include <string.h>

/* libsoup 3.2 knows Digest with MD5 only, and keeps the body of every 401 in
 * memory, however long, when it may sign in itself. So signing in is done here
 * (RFC 7617 and RFC 7616). */

/* One challenge of a WWW-Authenticate or Proxy-Authenticate field. */
typedef struct
{
  char *scheme;
  GString *text;      /* its parameters as they came */
  GHashTable *params; /* name → value, once they are parsed */
} Challenge;

static void
challenge_free (gpointer data)
{
  Challenge *self = data;

  g_free (self->scheme);
  g_string_free (self->text, TRUE);
  g_clear_pointer (&self->params, soup_header_free_param_list);
  g_free (self);
}

/* An item of the list is a parameter, "name=value", or begins with the scheme
 * of the next challenge. Returns: bytes of the scheme's name, 0 for a parameter */
static gsize
get_scheme_length (const char *item)
{
  gsize length = strcspn (item, " \t=");
  gsize next = length + strspn (item + length, " \t");

  return item[next] == '=' ? 0 : length;
}

static GPtrArray *
parse_challenges (const char *field)
{
  GPtrArray *challenges = g_ptr_array_new_with_free_func (challenge_free);
  GSList *items = soup_header_parse_list (field);
  Challenge *challenge = NULL;

  for (GSList *item = items; item != NULL; item = item->next)
    {
      const char *text = item->data;
      gsize length = get_scheme_length (text);

      if (length > 0)
        {
          challenge = g_new0 (Challenge, 1);
          challenge->scheme = g_strndup (text, length);
          challenge->text = g_string_new (text + length);
          g_ptr_array_add (challenges, challenge);
        }
      else if (challenge != NULL)
        g_string_append_printf (challenge->text, ",%s", text);
    }
  soup_header_free_list (items);
  for (guint i = 0; i < challenges->len; i++)
    {
      challenge = g_ptr_array_index (challenges, i);
      challenge->params = soup_header_parse_param_list (challenge->text->str);
    }
  return challenges;
}

static const char *
get_param (const Challenge *self, const char *name)
{
  return g_hash_table_lookup (self->params, name);
}

static gboolean
is_param (const Challenge *self, const char *name, const char *wanted)
{
  const char *value = get_param (self, name);

  return value != NULL && g_ascii_strcasecmp (value, wanted) == 0;
}

typedef struct
{
  const char *name;
  GChecksumType type;
  gboolean session;
} Algorithm;

static const Algorithm algorithms[] = {
  { "SHA-256", G_CHECKSUM_SHA256, FALSE },
  { "SHA-256-sess", G_CHECKSUM_SHA256, TRUE },
  { "MD5", G_CHECKSUM_MD5, FALSE },
  { "MD5-sess", G_CHECKSUM_MD5, TRUE },
};

static const Algorithm *
get_algorithm (const Challenge *self)
{
  const char *name = get_param (self, "algorithm");

  for (guint i = 0; i < G_N_ELEMENTS (algorithms); i++)
    if (g_ascii_strcasecmp (name != NULL ? name : "MD5", algorithms[i].name) == 0)
      return &algorithms[i];
  return NULL;
}

/* How much a challenge is worth to answer; 0 for one that cannot be. */
static int
get_strength (const Challenge *self)
{
  const char *qop = get_param (self, "qop");
  const Algorithm *algorithm;

  if (g_ascii_strcasecmp (self->scheme, "Basic") == 0)
    return 1;
  if (g_ascii_strcasecmp (self->scheme, "Digest") != 0 || get_param (self, "realm") == NULL
      || get_param (self, "nonce") == NULL || (qop != NULL && !soup_header_contains (qop, "auth")))
    return 0;
  algorithm = get_algorithm (self);
  if (algorithm == NULL)
    return 0;
  return algorithm->type == G_CHECKSUM_MD5 ? 2 : 3;
}

/* What is quoted goes back to the server as it came, and a header of ours must
 * not end where the server wants it to.
 */
static gboolean
has_line_break (const char *challenges)
{
  return strpbrk (challenges, "\r\n") != NULL;
}

static const Challenge *
find_strongest (GPtrArray *challenges)
{
  const Challenge *strongest = NULL;

  for (guint i = 0; i < challenges->len; i++)
    {
      const Challenge *challenge = g_ptr_array_index (challenges, i);

      if (get_strength (challenge) > (strongest != NULL ? get_strength (strongest) : 0))
        strongest = challenge;
    }
  return strongest;
}

static char *
answer_basic (const char *user, const char *password)
{
  g_autofree char *both = g_strdup_printf ("%s:%s", user, password);
  g_autofree char *encoded = g_base64_encode ((const guchar *) both, strlen (both));

  return g_strdup_printf ("Basic %s", encoded);
}

/* Returns: (transfer full): the digest of the texts with colons in between, in
 *   hexadecimal */
static char *
digest (GChecksumType type, const char *const *texts)
{
  g_autofree char *joined = g_strjoinv (":", (char **) texts);

  return g_compute_checksum_for_string (type, joined, -1);
}

#define DIGEST(type, ...) digest (type, (const char *const[]){ __VA_ARGS__, NULL })

/* RFC 7616, 3.4.1 to 3.4.3, with a nonce used once. */
static char *
compute_response (
    const Challenge *self, const char *target, const char *user, const char *password, const char *cnonce)
{
  const Algorithm *algorithm = get_algorithm (self);
  const char *nonce = get_param (self, "nonce");
  g_autofree char *a1 = DIGEST (algorithm->type, user, get_param (self, "realm"), password);
  g_autofree char *a2 = DIGEST (algorithm->type, "GET", target);

  if (algorithm->session)
    {
      g_autofree char *plain = g_steal_pointer (&a1);

      a1 = DIGEST (algorithm->type, plain, nonce, cnonce);
    }
  if (get_param (self, "qop") == NULL)
    return DIGEST (algorithm->type, a1, nonce, a2);
  return DIGEST (algorithm->type, a1, nonce, "00000001", cnonce, "auth", a2);
}

static void
append_quoted (GString *answer, const char *name, const char *value)
{
  if (value == NULL)
    return;
  g_string_append (answer, ", ");
  soup_header_g_string_append_param_quoted (answer, name, value);
}

static char *
answer_digest (const Challenge *self, const char *target, const char *user, const char *password)
{
  const Algorithm *algorithm = get_algorithm (self);
  g_autofree char *cnonce = g_uuid_string_random ();
  g_autofree char *response = compute_response (self, target, user, password, cnonce);
  g_autofree char *hashed_user = DIGEST (algorithm->type, user, get_param (self, "realm"));
  gboolean hash_user = is_param (self, "userhash", "true");
  GString *answer = g_string_new ("Digest algorithm=");

  g_string_append (answer, algorithm->name);
  append_quoted (answer, "username", hash_user ? hashed_user : user);
  append_quoted (answer, "realm", get_param (self, "realm"));
  append_quoted (answer, "nonce", get_param (self, "nonce"));
  append_quoted (answer, "uri", target);
  append_quoted (answer, "response", response);
  append_quoted (answer, "opaque", get_param (self, "opaque"));
  if (get_param (self, "qop") != NULL || algorithm->session)
    append_quoted (answer, "cnonce", cnonce);
  if (get_param (self, "qop") != NULL)
    g_string_append (answer, ", qop=auth, nc=00000001");
  if (hash_user)
    g_string_append (answer, ", userhash=true");
  return g_string_free (answer, FALSE);
}

/**
 * bobbin_sign_in_answer:
 * @challenges: (nullable): the WWW-Authenticate or Proxy-Authenticate fields of
 *   an answer, joined by commas
 * @target: what the request line of the GET has
 * @user: the user's name
 * @password: the password
 *
 * Answers the strongest challenge that can be: Digest with SHA-256, with MD5,
 * then Basic. Pure but for the random number in a Digest.
 *
 * Returns: (transfer full) (nullable): the value of Authorization or
 *   Proxy-Authorization, %NULL if no challenge can be answered
 */
char *
bobbin_sign_in_answer (const char *challenges, const char *target, const char *user, const char *password)
{
  g_autoptr (GPtrArray) parsed = parse_challenges (challenges != NULL ? challenges : "");
  const Challenge *challenge = find_strongest (parsed);

  if (challenge == NULL || has_line_break (challenges))
    return NULL;
  if (g_ascii_strcasecmp (challenge->scheme, "Basic") == 0)
    return answer_basic (user, password);
  return answer_digest (challenge, target, user, password);
}

/**
 * bobbin_sign_in_is_stale:
 * @challenges: (nullable): as for bobbin_sign_in_answer()
 *
 * Pure.
 *
 * Returns: whether it was not the password that was wrong, but the nonce that
 *   was too old
 */
gboolean
bobbin_sign_in_is_stale (const char *challenges)
{
  g_autoptr (GPtrArray) parsed = parse_challenges (challenges != NULL ? challenges : "");

  for (guint i = 0; i < parsed->len; i++)
    if (is_param (g_ptr_array_index (parsed, i), "stale", "true"))
      return TRUE;
  return FALSE;
}
