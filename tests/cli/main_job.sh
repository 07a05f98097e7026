#!/bin/bash
# SPDX-FileCopyrightText: 2026 Pitlane authors
# SPDX-License-Identifier: MIT

# The main job, as ./run demo --plain plays it: every command works, the cash covers the total, the
# books agree, and the invoice is a PDF that says DEMO.
# usage: main_job.sh SCRIPT PROGRAM
set -euo pipefail

folder=$(mktemp -d /tmp/pitlane-main-job-XXXXXX)
trap 'rm -rf "$folder"' EXIT

played=$(bash "$1" "$2" "$folder") || { printf '%s\n' "$played"; exit 1; }
needs() { grep -q -- "$1" <<<"$played" || { printf '%s\nThis is missing: %s\n' "$played" "$1"; exit 1; }; }
needs '^State: *approved'
needs '^State: *quality check'
needs '^Status: *paid'
needs '^Balance: *0.00'
needs '^Change:'
needs 'the books agree to the cent'
paper=$(sed -n 's/^Invoice [0-9]*: //p' <<<"$played")
[ "$(head -c 5 "$paper")" = '%PDF-' ]
pdftotext "$paper" - | grep -q DEMO
