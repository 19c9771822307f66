#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Runs a program as if a person sat there: with a screen of its own (Xvfb on a
# free display), a session bus, accessibility and a window manager. Everything
# it starts ends with the program, and its temporary files go.
#
#   with-display.sh PROGRAM [ARGUMENT…]
set -eu

for tool in Xvfb dbus-run-session openbox xdotool; do
  if ! command -v "$tool" >/dev/null; then
    echo "1..0 # SKIP $tool is not installed"
    exit 0
  fi
done

room=$(mktemp -d "${TMPDIR:-/tmp}/bobbin-ui-XXXXXX")
screen=
session=
leave() {
  status=$?
  trap - EXIT HUP INT TERM
  [ -z "$session" ] || kill "$session" 2>/dev/null || :
  [ -z "$screen" ] || kill "$screen" 2>/dev/null || :
  wait
  rm -rf "$room"
  exit "$status"
}
trap leave EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 143' TERM

mkfifo "$room/display"
Xvfb -displayfd 3 -screen 0 1400x900x24 -nolisten tcp -noreset 3>"$room/display" >/dev/null 2>&1 &
screen=$!
read -r number <"$room/display"

mkdir -m 700 "$room/run" "$room/home" "$room/tmp"
export DISPLAY=":$number" XDG_RUNTIME_DIR="$room/run" HOME="$room/home" TMPDIR="$room/tmp"
export XDG_CONFIG_HOME="$HOME/.config" XDG_DATA_HOME="$HOME/.local/share" XDG_CACHE_HOME="$HOME/.cache"
export GDK_BACKEND=x11
unset WAYLAND_DISPLAY DBUS_SESSION_BUS_ADDRESS AT_SPI_BUS_ADDRESS

# The program speaks for itself; nobody wants to hear the others.
dbus-run-session -- sh -c '
  openbox 3>&- 4>&- &
  manager=$!
  trap "kill $manager 2>/dev/null" EXIT
  "$@" >&3 2>&4
' sh "$@" 3>&1 4>&2 >/dev/null 2>&1 &
session=$!
wait "$session"
