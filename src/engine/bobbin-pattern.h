/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BOBBIN_PATTERN_ASK:
 *
 * Patterns that make more links than this are better confirmed by a person.
 */
#define BOBBIN_PATTERN_ASK 1000

/**
 * BOBBIN_PATTERN_MAX:
 *
 * Patterns that make more links than this are a mistake.
 */
#define BOBBIN_PATTERN_MAX 1000000

/**
 * BobbinPattern:
 *
 * A text that stands for many: "img[01-12].jpg", "{front,back}.png". Holds the
 * rules, not the texts, so that any number of them costs nothing until each is
 * asked for. A plain value, never changed: any thread may read it.
 */
typedef struct _BobbinPattern BobbinPattern;

BobbinPattern *bobbin_pattern_new (const char *text) G_GNUC_WARN_UNUSED_RESULT;
void bobbin_pattern_free (BobbinPattern *self);

guint64 bobbin_pattern_get_count (const BobbinPattern *self);
char *bobbin_pattern_dup_text (const BobbinPattern *self, guint64 index) G_GNUC_WARN_UNUSED_RESULT;
char *bobbin_pattern_dup_name (const BobbinPattern *self, guint64 index, const char *name)
    G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BobbinPattern, bobbin_pattern_free)

G_END_DECLS
