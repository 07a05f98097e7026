#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 Pitlane authors
# SPDX-License-Identifier: MIT

# The deployment files as the tools that will read them see them.
# usage: units.sh BUILT SOURCE PITLANE; skipped (77) without systemd's tools.
set -euo pipefail

built=$1 source=$2 pitlane=$(realpath "$3")
for tool in systemd-analyze systemd-tmpfiles systemd-sysusers; do
    command -v "$tool" >/dev/null || { echo "skipped: $tool is not installed"; exit 77; }
done
top=$(mktemp -d)
trap 'rm -rf "$top"' EXIT

# Accounts and folders, in a root of their own.
mkdir -p "$top/etc" "$top/usr/lib"
touch "$top/etc/passwd" "$top/etc/group"
systemd-sysusers --root="$top" - <"$built/pitlane.sysusers.conf"
grep -q '^shop:.*/srv/pitlane:.*/bin/pitlane$' "$top/etc/passwd"
if [ "$(id -u)" = 0 ]; then
    mkdir -p "$top/etc/tmpfiles.d" "$top/srv"
    cp "$source/pitlane.tmpfiles.conf" "$top/etc/tmpfiles.d/pitlane.conf"
    systemd-tmpfiles --root="$top" --create pitlane.conf
    for folder in data files backups; do
        [ "$(stat -c %a "$top/srv/pitlane/$folder")" = 700 ] || { echo "$folder is open to others"; exit 1; }
    done
    [ "$(stat -c '%a %u' "$top/srv/pitlane")" = '755 0' ] || { echo "the folder above is not root's"; exit 1; }
fi

# Units: every line is understood.
mkdir "$top/units"
cp "$built/pitlane-backup.service" "$source/pitlane-backup.timer" "$top/units"
cp "$built/pitlane-kiosk@.service" "$top/units/pitlane-kiosk@tty2.service"
for unit in "$top"/units/*.service; do
    sed -i "s|/[^ \"'=]*/bin/pitlane|$pitlane|g; s|^\(User\|Group\)=shop|\1=nobody|" "$unit"
done
sed -i 's/^Group=nobody/Group=nogroup/' "$top"/units/*.service
said=$(systemd-analyze verify --man=no --generators=no "$top"/units/* 2>&1 || true)
if printf '%s' "$said" | grep -E "$top|pitlane" | grep -vE 'Conflicts=getty|already active'; then
    echo "systemd does not understand a unit:"
    printf '%s\n' "$said"
    exit 1
fi

# The line of the nightly copy, as the shell of the service reads it.
shop=$top/shop
mkdir -m 700 "$shop" "$shop/backups"
"$pitlane" demo "$shop/shop.db" --customers 3 >/dev/null
for key in ExecStart ExecStartPost; do
    line=$(sed -n "s|^$key=/bin/sh -c '\(.*\)'$|\1|p" "$top/units/pitlane-backup.service")
    line=${line//\$\$/\$} line=${line//%%/%} line=${line//\/srv\/pitlane/$shop}
    PITLANE_DB=$shop/shop.db /bin/sh -c "$line" >/dev/null
done
[ "$(find "$shop/backups" -name 'shop-*T*.db' | wc -l)" = 1 ] || { echo "the nightly copy is not there"; exit 1; }
[ -z "$(find "$shop/backups" -name '*.key')" ] || { echo "keys lie with the backups"; exit 1; }
"$pitlane" doctor --db "$shop/shop.db" --backups "$shop/backups" >"$top/said" || { cat "$top/said"; exit 1; }
echo "accounts, folders, units and the nightly copy are understood"
