/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-preferences.h"

#include "bobbin-choices.h"
#include "bobbin-folder-row.h"
#include "bobbin-reason-words.h"
#include "bobbin-unit.h"

#include <glib/gi18n.h>

/* The proxy of Bobbin's own, in the order of the choices. */
#define PROXY_SYSTEM 0
#define PROXY_NONE 1
#define PROXY_OWN 2

struct _BobbinPreferences
{
  AdwPreferencesWindow parent_instance;

  GSettings *settings;
  BobbinSignIns *sign_ins; /* borrowed: the parent window has it */

  GtkSpinButton *at_once;
  GtkSpinButton *per_host;
  AdwActionRow *parts_row;
  GtkSpinButton *parts;
  GtkSpinButton *part_size;
  BobbinFolderRow *folder_row;
  AdwComboRow *conflict;
  AdwComboRow *folders;
  GtkWidget *name_template;
  GtkWidget *template_fault;
  GtkSwitch *keep_time;
  GtkSwitch *keep_origin;
  GtkSwitch *offer_clipboard;
  GtkSwitch *start_at_once;
  GtkSwitch *notify_finished;
  GtkSwitch *notify_failed;
  AdwExpanderRow *limit_row;
  GtkSpinButton *speed;
  GtkSpinButton *tries;
  GtkSpinButton *retry_delay;
  GtkSpinButton *timeout;
  AdwComboRow *proxy;
  GtkWidget *proxy_address;
  GtkWidget *proxy_sign_in;
};

G_DEFINE_FINAL_TYPE (BobbinPreferences, bobbin_preferences, ADW_TYPE_PREFERENCES_WINDOW)

static const char *const conflicts[] = { "number", "skip", "overwrite", NULL };
static const char *const folders[] = { "none", "kind", "host", NULL };
static const char *const proxies[] = { "system", "none", "own", NULL };

static gboolean
nick_to_position (GValue *value, GVariant *variant, gpointer user_data)
{
  const char *const *nicks = user_data;

  for (guint i = 0; nicks[i] != NULL; i++)
    if (g_str_equal (nicks[i], g_variant_get_string (variant, NULL)))
      g_value_set_uint (value, i);
  return TRUE;
}

static GVariant *
position_to_nick (const GValue *value, const GVariantType *type, gpointer user_data)
{
  const char *const *nicks = user_data;
  const guint position = g_value_get_uint (value);

  return position < g_strv_length ((char **) nicks) ? g_variant_new_string (nicks[position]) : NULL;
}

static void
bind_choice (BobbinPreferences *self, const char *key, AdwComboRow *row, const char *const *nicks)
{
  g_settings_bind_with_mapping (self->settings, key, row, "selected", G_SETTINGS_BIND_DEFAULT,
                                nick_to_position, position_to_nick, (gpointer) nicks, NULL);
}

static void
bind_number (BobbinPreferences *self, const char *key, GtkSpinButton *spin)
{
  g_settings_bind (self->settings, key, gtk_spin_button_get_adjustment (spin), "value",
                   G_SETTINGS_BIND_DEFAULT);
}

static void
folder_cb (BobbinPreferences *self)
{
  if (self->settings != NULL)
    bobbin_choices_set_folder (self->settings, bobbin_folder_row_get_folder (self->folder_row));
}

/* "From 16 MB, where the server allows it" */
static void
update_parts (BobbinPreferences *self)
{
  g_autofree char *size
      = bobbin_unit_format (BOBBIN_UNIT_MEGABYTES, 2 * g_settings_get_int (self->settings, "part-size"));
  /* Translators: which files are fetched in parts; %s is a size */
  g_autofree char *words = g_strdup_printf (_ ("From %s, where the server allows it"), size);

  adw_action_row_set_subtitle (self->parts_row, words);
}

static void
update_proxy (BobbinPreferences *self)
{
  const guint choice = adw_combo_row_get_selected (self->proxy);
  const char *const words[] = { [PROXY_SYSTEM] = _ ("Set in the system’s network settings"),
                                [PROXY_NONE] = _ ("Straight to the servers"),
                                [PROXY_OWN] = _ ("For Bobbin alone") };

  if (choice < G_N_ELEMENTS (words))
    adw_action_row_set_subtitle (ADW_ACTION_ROW (self->proxy), words[choice]);
  gtk_widget_set_visible (self->proxy_address, choice == PROXY_OWN);
  gtk_widget_set_visible (self->proxy_sign_in, choice == PROXY_OWN);
}

static void
show_address (BobbinPreferences *self)
{
  g_autofree char *address = g_settings_get_string (self->settings, "proxy-address");

  gtk_editable_set_text (GTK_EDITABLE (self->proxy_address), address);
  gtk_widget_set_sensitive (self->proxy_sign_in, *address != '\0');
}

static void
set_invalid (GtkWidget *row, gboolean invalid)
{
  if (invalid)
    {
      gtk_widget_add_css_class (row, "error");
      gtk_accessible_update_state (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_STATE_INVALID,
                                   GTK_ACCESSIBLE_INVALID_TRUE, -1);
      return;
    }
  gtk_widget_remove_css_class (row, "error");
  gtk_accessible_reset_state (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_STATE_INVALID);
}

static void
proxy_typed_cb (BobbinPreferences *self)
{
  set_invalid (self->proxy_address, FALSE);
}

/* While a field is typed, its brace has no other half; so the fault is told when
 * it is applied, and goes with the next letter. */
static void
template_typed_cb (BobbinPreferences *self)
{
  set_invalid (self->name_template, FALSE);
  gtk_widget_set_visible (self->template_fault, FALSE);
}

static void
template_applied_cb (BobbinPreferences *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->name_template));
  g_autofree char *fault
      = *text != '\0' ? bobbin_words_for_template_fault (bobbin_name_template_check (text)) : NULL;

  if (fault == NULL)
    {
      g_settings_set_string (self->settings, "name-template", text);
      return;
    }
  set_invalid (self->name_template, TRUE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->template_fault), fault);
  gtk_widget_set_visible (self->template_fault, TRUE);
}

/* A user and a password in the address are taken as the sign-in, and not kept. */
static void
proxy_applied_cb (BobbinPreferences *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->proxy_address));
  g_autofree char *address = *text != '\0' ? bobbin_choices_read_proxy (text) : g_strdup ("");

  if (address == NULL)
    {
      set_invalid (self->proxy_address, TRUE);
      return;
    }
  bobbin_sign_ins_take_from_address (self->sign_ins, text);
  g_settings_set_string (self->settings, "proxy-address", address);
  show_address (self);
}

static void
proxy_sign_in_cb (BobbinPreferences *self)
{
  g_autofree char *address = g_settings_get_string (self->settings, "proxy-address");

  bobbin_sign_ins_ask_for_proxy (self->sign_ins, GTK_WINDOW (self), address);
}

static void
bobbin_preferences_dispose (GObject *object)
{
  g_clear_object (&BOBBIN_PREFERENCES (object)->settings);
  G_OBJECT_CLASS (bobbin_preferences_parent_class)->dispose (object);
}

static void
bobbin_preferences_class_init (BobbinPreferencesClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = bobbin_preferences_dispose;
  g_type_ensure (BOBBIN_TYPE_FOLDER_ROW);
  gtk_widget_class_set_template_from_resource (widget_class, "/app/bobbin/Bobbin/bobbin-preferences.ui");
  gtk_widget_class_bind_template_child (widget_class, BobbinPreferences, at_once);
  gtk_widget_class_bind_template_child (widget_class, BobbinPreferences, per_host);
  gtk_widget_class_bind_template_child (widget_class, BobbinPreferences, parts_row);
  gtk_widget_class_bind_template_child (widget_class, BobbinPreferences, parts);
  gtk_widget_class_bind_template_child (widget_class, BobbinPreferences, part_size);
  gtk_widget_class_bind_template_child (widget_class, BobbinPreferences, folder_row);
  gtk_widget_class_bind_template_child (widget_class, BobbinPreferences, conflict);
  gtk_widget_class_bind_template_child (widget_class, BobbinPreferences, folders);
  gtk_widget_class_bind_template_child (widget_class, BobbinPreferences, name_template);
  gtk_widget_class_bind_template_child (widget_class, BobbinPreferences, template_fault);
  gtk_widget_class_bind_template_child (widget_class, BobbinPreferences, keep_time);
  gtk_widget_class_bind_template_child (widget_class, BobbinPreferences, keep_origin);
  gtk_widget_class_bind_template_child (widget_class, BobbinPreferences, offer_clipboard);
  gtk_widget_class_bind_template_child (widget_class, BobbinPreferences, start_at_once);
  gtk_widget_class_bind_template_child (widget_class, BobbinPreferences, notify_finished);
  gtk_widget_class_bind_template_child (widget_class, BobbinPreferences, notify_failed);
  gtk_widget_class_bind_template_child (widget_class, BobbinPreferences, limit_row);
  gtk_widget_class_bind_template_child (widget_class, BobbinPreferences, speed);
  gtk_widget_class_bind_template_child (widget_class, BobbinPreferences, tries);
  gtk_widget_class_bind_template_child (widget_class, BobbinPreferences, retry_delay);
  gtk_widget_class_bind_template_child (widget_class, BobbinPreferences, timeout);
  gtk_widget_class_bind_template_child (widget_class, BobbinPreferences, proxy);
  gtk_widget_class_bind_template_child (widget_class, BobbinPreferences, proxy_address);
  gtk_widget_class_bind_template_child (widget_class, BobbinPreferences, proxy_sign_in);
  gtk_widget_class_bind_template_callback (widget_class, folder_cb);
  gtk_widget_class_bind_template_callback (widget_class, proxy_applied_cb);
  gtk_widget_class_bind_template_callback (widget_class, proxy_sign_in_cb);
  gtk_widget_class_bind_template_callback (widget_class, proxy_typed_cb);
  gtk_widget_class_bind_template_callback (widget_class, template_applied_cb);
  gtk_widget_class_bind_template_callback (widget_class, template_typed_cb);
}

static void
bobbin_preferences_init (BobbinPreferences *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  bobbin_unit_attach (BOBBIN_UNIT_CONNECTIONS, self->per_host);
  bobbin_unit_attach (BOBBIN_UNIT_MEGABYTES, self->part_size);
  bobbin_unit_attach (BOBBIN_UNIT_RATE, self->speed);
  bobbin_unit_attach (BOBBIN_UNIT_SECONDS, self->retry_delay);
  bobbin_unit_attach (BOBBIN_UNIT_SECONDS, self->timeout);
}

static void
bind_downloads (BobbinPreferences *self)
{
  g_autofree char *folder = bobbin_choices_dup_folder (self->settings);
  g_autofree char *template = g_settings_get_string (self->settings, "name-template");

  bind_number (self, "at-once", self->at_once);
  bind_number (self, "per-host", self->per_host);
  bind_number (self, "parts", self->parts);
  bind_number (self, "part-size", self->part_size);
  bobbin_folder_row_set_folder (self->folder_row, folder);
  bind_choice (self, "conflict", self->conflict, conflicts);
  bind_choice (self, "folders", self->folders, folders);
  gtk_editable_set_text (GTK_EDITABLE (self->name_template), template);
  g_settings_bind (self->settings, "keep-time", self->keep_time, "active", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (self->settings, "keep-origin", self->keep_origin, "active", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (self->settings, "offer-clipboard", self->offer_clipboard, "active",
                   G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (self->settings, "start-at-once", self->start_at_once, "active", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (self->settings, "notify-finished", self->notify_finished, "active",
                   G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (self->settings, "notify-failed", self->notify_failed, "active", G_SETTINGS_BIND_DEFAULT);
  g_signal_connect_object (self->settings, "changed::part-size", G_CALLBACK (update_parts), self,
                           G_CONNECT_SWAPPED);
  update_parts (self);
}

static void
bind_network (BobbinPreferences *self)
{
  g_settings_bind (self->settings, "limit-speed", self->limit_row, "enable-expansion",
                   G_SETTINGS_BIND_DEFAULT);
  adw_expander_row_set_expanded (self->limit_row, g_settings_get_boolean (self->settings, "limit-speed"));
  bind_number (self, "speed-limit", self->speed);
  bind_number (self, "tries", self->tries);
  bind_number (self, "retry-delay", self->retry_delay);
  bind_number (self, "timeout", self->timeout);
  bind_choice (self, "proxy", self->proxy, proxies);
  g_signal_connect_object (self->proxy, "notify::selected", G_CALLBACK (update_proxy), self,
                           G_CONNECT_SWAPPED);
  update_proxy (self);
  show_address (self);
}

/**
 * bobbin_preferences_new:
 * @parent: the window that it belongs to
 * @settings: what can be chosen
 * @sign_ins: the sign-ins of @parent
 *
 * Returns: (transfer none): a window, not yet shown
 */
BobbinPreferences *
bobbin_preferences_new (GtkWindow *parent, GSettings *settings, BobbinSignIns *sign_ins)
{
  BobbinPreferences *self = g_object_new (BOBBIN_TYPE_PREFERENCES, "transient-for", parent, NULL);

  self->settings = g_object_ref (settings);
  self->sign_ins = sign_ins;
  bind_downloads (self);
  bind_network (self);
  return self;
}
