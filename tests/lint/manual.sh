#!/bin/sh
# SPDX-FileCopyrightText: 2026 Pitlane authors
# SPDX-License-Identifier: MIT

# The manual pages are in order. Where mandoc is not there, nothing is checked.
# usage: manual.sh PAGE…
command -v mandoc >/dev/null || exit 77
# The other page is found only once both are installed.
findings=$(mandoc -T lint "$@" | grep -v 'referenced manual not found')
[ -z "$findings" ] && exit 0
printf '%s\n' "$findings"
exit 1
