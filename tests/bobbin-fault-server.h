/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bobbin-fault-reply.h"

G_BEGIN_DECLS

/**
 * BobbinFaultRule:
 * @request: which requests it answers, as bobbin_fault_request_matches() takes it
 * @times: how many of them, 0 for all
 * @steps: (nullable): the answer
 * @file: (nullable): or what is served
 *
 * What is answered to some requests. The first rule that fits counts.
 */
typedef struct
{
  const char *request;
  guint times;
  const BobbinFaultStep *steps;
  const BobbinFaultFile *file;
} BobbinFaultRule;

/**
 * BobbinFaultServer:
 *
 * A server on loopback that sends just the bytes that it was told to, right or
 * wrong, on a thread for each connection, and remembers what it was asked.
 */
typedef struct _BobbinFaultServer BobbinFaultServer;

BobbinFaultServer *bobbin_fault_server_new (void) G_GNUC_WARN_UNUSED_RESULT;
BobbinFaultServer *bobbin_fault_server_new_tls (GTlsCertificate *certificate) G_GNUC_WARN_UNUSED_RESULT;
void bobbin_fault_server_free (BobbinFaultServer *self);

char *bobbin_fault_server_dup_uri (BobbinFaultServer *self, const char *path) G_GNUC_WARN_UNUSED_RESULT;
char *bobbin_fault_server_expand (BobbinFaultServer *self, const char *text) G_GNUC_WARN_UNUSED_RESULT;
void bobbin_fault_server_set_other (BobbinFaultServer *self, BobbinFaultServer *other);
void bobbin_fault_server_answer (
    BobbinFaultServer *self, const char *path, const char *head, const char *body, BobbinFaultEnd end);
void bobbin_fault_server_add_rule (BobbinFaultServer *self, const BobbinFaultRule *rule);

guint bobbin_fault_server_get_n_requests (BobbinFaultServer *self);
guint bobbin_fault_server_count_requests (BobbinFaultServer *self, const char *pattern);
char *bobbin_fault_server_dup_request (BobbinFaultServer *self, guint index) G_GNUC_WARN_UNUSED_RESULT;
gint64 bobbin_fault_server_get_request_time (BobbinFaultServer *self, guint index);
guint bobbin_fault_server_get_request_connection (BobbinFaultServer *self, guint index);
guint bobbin_fault_server_get_n_connections (BobbinFaultServer *self);
guint bobbin_fault_server_get_most_connections (BobbinFaultServer *self);
guint bobbin_fault_server_get_most_answers (BobbinFaultServer *self);
goffset bobbin_fault_server_get_n_sent (BobbinFaultServer *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BobbinFaultServer, bobbin_fault_server_free)

G_END_DECLS
