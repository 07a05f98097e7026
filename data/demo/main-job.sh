#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 Pitlane authors
# SPDX-License-Identifier: MIT

# The counter's main job, command by command: from the phone call to the paid and printed invoice,
# in a demo shop of its own that is made anew each time.
# usage: main-job.sh PROGRAM FOLDER
set -euo pipefail

program=$1
folder=$2/plain
password='bayside auto care'
export PITLANE_DB="$folder/shop.db" XDG_STATE_HOME="$folder/state"

# Shows a command as one would type it, runs it, shows and keeps its result.
step() {
    local word
    printf '\n$ pitlane'
    for word in "$@"; do
        case $word in
        *[!A-Za-z0-9_.,:/@=+-]* | '') printf " '%s'" "$word" ;;
        *) printf ' %s' "$word" ;;
        esac
    done
    printf '\n'
    result=$("$program" "$@") || { local code=$?; printf '%s\n' "$result"; exit $code; }
    printf '%s\n' "$result"
}

# The first value behind a label in the last result.
value() { sed -n "s/^ *$1: *//p" <<<"$result" | head -n 1; }
say() { printf '\n# %s\n' "$*"; }

rm -rf "$folder"
(umask 077 && mkdir -p "$folder")
say 'A demo shop with a year behind it'
step demo "$folder"

say 'The service writer signs in'
step login ann --password-file - <<<"$password"
step order today

say 'A caller: is he known?'
step customer find 'castellano'
step customer add --first-name Nora --last-name Castellano --phone 619-555-0177 \
    --email nora@example.com --preferred-contact text --text-consent
customer=$(value Customer)
step vehicle add "$customer" --vin 1HGCM82633A004352 --plate 7PLN177 --plate-state CA --color Silver
vehicle=$(value Vehicle)

say 'The car comes in: the estimate'
step estimate start "$customer" "$vehicle" --odometer-mi 112340 --promised-at 't+1 17:00' --key-tag 17 \
    --concern 'Squeals when braking'
order=$(value RO)
first=$("$program" order show "$order" --only jobs.1.id)
step canned-job search oil --limit 3
step estimate add-canned "$order" OIL --only id,state,total
step estimate add-labor "$first" 1.5 'Pads, front: replace' --only id,labor,total
step part search 'pads front ceramic honda' --limit 3
sku=$("$program" part search 'pads front ceramic honda accord' --limit 1 --only sku)
step estimate add-part "$first" "$sku" 1 --only id,parts,total
step estimate edit-job "$first" --title 'Front brakes' --only id,jobs

say 'The customer is called and says yes'
step estimate present "$order" --only id,state,labor,parts,supplies,tax,total
step estimate authorize "$order" --method phone --person 'Nora Castellano' --only id,state,total,authorized,authorizations

say 'The work'
jobs=("$("$program" order show "$order" --only jobs.1.id)" "$("$program" order show "$order" --only jobs.2.id)")
for n in 1 2; do
    job=${jobs[n - 1]}
    step job start "$job" --only id,state
    step estimate edit-job "$job" --cause 'Worn by age and miles' --correction 'Replaced, road tested' --only "jobs.$n.correction"
    step job "done" "$job" --only id,state
done
step order check "$order" --only id,state,total

say 'One command makes the invoice'
step invoice post "$order"
invoice=$(value Invoice)
due=$("$program" invoice show "$invoice" --only balance)
step payment take "$invoice" --tenders "method=cash amount=$(((${due%.*} / 50 + 1) * 50)).00"

say 'On paper'
paper=$folder/papers
mkdir -p "$paper"
step print invoice "$invoice" --output "$paper/invoice-$invoice.pdf"
step print receipt "$invoice" --output "$paper/receipt-$invoice.pdf"

say 'What it came to'
step invoice show "$invoice" --only id,status,labor,parts,supplies,tax,total,paid,balance
step ledger prove
step verify
printf '\nInvoice %s: %s\n' "$invoice" "$paper/invoice-$invoice.pdf"
