/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-fault-resolver.h"

/* Knows loopback by the names that end in ".test" but for "nowhere.test", and no
 * other host, so that no test asks the network for one. */

#define BOBBIN_TYPE_FAULT_RESOLVER (bobbin_fault_resolver_get_type ())
G_DECLARE_FINAL_TYPE (BobbinFaultResolver, bobbin_fault_resolver, BOBBIN, FAULT_RESOLVER, GResolver)

struct _BobbinFaultResolver
{
  GResolver parent_instance;
};

G_DEFINE_FINAL_TYPE (BobbinFaultResolver, bobbin_fault_resolver, G_TYPE_RESOLVER)

static void
free_addresses (gpointer data)
{
  g_resolver_free_addresses (data);
}

static GList *
lookup (
    GResolver *resolver, const char *name, GResolverNameLookupFlags flags, GCancellable *stop, GError **error)
{
  if (g_strcmp0 (name, "localhost") != 0
      && (!g_str_has_suffix (name, ".test") || g_str_equal (name, "nowhere.test")))
    {
      g_set_error (error, G_RESOLVER_ERROR, G_RESOLVER_ERROR_NOT_FOUND, "No host %s", name);
      return NULL;
    }
  if ((flags & G_RESOLVER_NAME_LOOKUP_FLAGS_IPV6_ONLY) != 0)
    {
      g_set_error (error, G_RESOLVER_ERROR, G_RESOLVER_ERROR_NOT_FOUND, "No such address of %s", name);
      return NULL;
    }
  return g_list_prepend (NULL, g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4));
}

static GList *
lookup_plain (GResolver *resolver, const char *name, GCancellable *stop, GError **error)
{
  return lookup (resolver, name, G_RESOLVER_NAME_LOOKUP_FLAGS_DEFAULT, stop, error);
}

static void
lookup_async (GResolver *resolver,
              const char *name,
              GResolverNameLookupFlags flags,
              GCancellable *stop,
              GAsyncReadyCallback done,
              gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (resolver, stop, done, user_data);
  GError *error = NULL;
  GList *found = lookup (resolver, name, flags, stop, &error);

  if (found != NULL)
    g_task_return_pointer (task, found, free_addresses);
  else
    g_task_return_error (task, error);
}

static void
lookup_plain_async (
    GResolver *resolver, const char *name, GCancellable *stop, GAsyncReadyCallback done, gpointer user_data)
{
  lookup_async (resolver, name, G_RESOLVER_NAME_LOOKUP_FLAGS_DEFAULT, stop, done, user_data);
}

static GList *
lookup_finish (GResolver *resolver, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
bobbin_fault_resolver_class_init (BobbinFaultResolverClass *klass)
{
  GResolverClass *resolver_class = G_RESOLVER_CLASS (klass);

  resolver_class->lookup_by_name = lookup_plain;
  resolver_class->lookup_by_name_async = lookup_plain_async;
  resolver_class->lookup_by_name_finish = lookup_finish;
  resolver_class->lookup_by_name_with_flags = lookup;
  resolver_class->lookup_by_name_with_flags_async = lookup_async;
  resolver_class->lookup_by_name_with_flags_finish = lookup_finish;
}

static void
bobbin_fault_resolver_init (BobbinFaultResolver *self)
{
}

/* Takes the place of the system's resolver for the rest of the program. */
void
bobbin_fault_resolver_install (void)
{
  g_autoptr (GResolver) resolver = g_object_new (BOBBIN_TYPE_FAULT_RESOLVER, NULL);

  g_resolver_set_default (resolver);
}
