#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Installs a file of kinds of files for nobody else, and looks whether a file
# of links is known by it.
#
#   check-mime-type.sh FILE
set -eu

room=$(mktemp -d "${TMPDIR:-/tmp}/bobbin-mime-XXXXXX")
trap 'rm -rf "$room"' EXIT

mkdir -p "$room/mime/packages"
cp "$1" "$room/mime/packages/"
update-mime-database "$room/mime"

# Binary, so that nothing but the name can tell.
printf 'bplist00\321\001\002SURL' >"$room/harbour.webloc"
type=$(XDG_DATA_HOME="$room" gio info -a standard::content-type "$room/harbour.webloc" | sed -n 's/.*content-type: //p')
if [ "$type" != application/x-webloc ]; then
  echo "a .webloc is taken for ${type:-nothing}" >&2
  exit 1
fi
