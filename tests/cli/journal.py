#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 Pitlane authors
# SPDX-License-Identifier: MIT

"""The journal of a demo shop, added up by hledger: the same balance on every account, on the last day
and on days of the past, and of every customer what he owes. Names that mean something in a journal
change nothing.

usage: journal.py PROGRAM"""

import csv
import io
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile

PASSWORD = "bayside auto care"
# Names that mean something in a journal, and the payees hledger should read.
NASTY = {
    "Semi; colon  ; date:2020-01-01, amt:$5": "Semi, colon , date:2020-01-01, amt:$5",
    "[2020-01-01] * (99) | Bars | and = $1": "(2020-01-01) * (99) / Bars / and = $1",
    "; source:nothing, customer:1": ", source:nothing, customer:1",
    "Tab\there and\nbreak": "Tab here and break",
    "!  = @ {5} \"quoted\" 'x' # %": "! = @ {5} \"quoted\" 'x' # %",
}


def run(*words, text=None):
    done = subprocess.run(words, input=text, text=True, stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, check=False)
    if done.returncode != 0:
        sys.exit(f"{' '.join(words)}: {done.stdout}{done.stderr}")
    return done.stdout


def cents(text):
    """"$-1234.50" as hledger writes it."""
    return 0 if text == "0" else int(text.replace("$", "").replace(".", ""))


def hledger(journal, *words):
    out = run("hledger", "--strict", "-f", journal, "balance", "--flat", "-N", "-O", "csv", *words)
    rows = list(csv.reader(io.StringIO(out)))[1:]
    return {name: cents(balance) for name, balance in rows}


def by_account(balances):
    return {int(name.split(":")[1].split(" ")[0]): amount for name, amount in balances.items()}


def trial_balance(program, day):
    rows = json.loads(run(program, "ledger", "trial-balance", "--as-of", day, "--json"))["accounts"]
    return {row["account"]: cents(row["debit"]) - cents(row["credit"]) for row in rows}


def dress_up(db):
    """Names out of an odd import, and an account that somebody named his own way."""
    shop = sqlite3.connect(db)
    ids = [row[0] for row in shop.execute(
        "SELECT DISTINCT customer FROM invoice ORDER BY customer LIMIT ?", (len(NASTY),))]
    for customer, name in zip(ids, NASTY):
        shop.execute("UPDATE customer SET name = ? WHERE id = ?", (name, customer))
    shop.execute("UPDATE account SET name = 'Sales:  of; labor [all]' WHERE role = 'labor_sales'")
    shop.commit()
    owes = dict(shop.execute("SELECT id, owes FROM customer WHERE owes <> 0"))
    days = [row[0] for row in shop.execute("SELECT DISTINCT posted_on FROM entry ORDER BY 1")]
    entries = shop.execute("SELECT count(*) FROM entry").fetchone()[0]
    shop.close()
    return owes, days, entries


def same(what, ours, theirs):
    if ours != theirs:
        differing = {key: (ours.get(key), theirs.get(key)) for key in ours.keys() | theirs.keys()
                     if ours.get(key) != theirs.get(key)}
        sys.exit(f"{what}: ours and hledger's differ: {differing}")


def main(program):
    if shutil.which("hledger") is None:
        print("hledger is not installed (Debian package hledger).")
        sys.exit(77)
    with tempfile.TemporaryDirectory() as folder:
        for name in ("CREDENTIALS_DIRECTORY", "PITLANE_FILES", "PITLANE_KEY", "PITLANE_TOKEN"):
            os.environ.pop(name, None)
        os.environ.update(HOME=folder, PITLANE_DB=f"{folder}/shop.db", XDG_STATE_HOME=f"{folder}/state",
                          LC_ALL="C.UTF-8")
        journal = f"{folder}/books.journal"
        run(program, "demo", os.environ["PITLANE_DB"], "--customers", "60")
        run(program, "login", "ada", "--password-file", "-", text=PASSWORD + "\n")
        owes, days, entries = dress_up(os.environ["PITLANE_DB"])
        for day in (days[-1], days[len(days) // 2], days[len(days) // 7]):
            run(program, "ledger", "journal", journal, "--to-on", day)
            ours = trial_balance(program, day)
            same(f"balances of {day}", ours, by_account(hledger(journal)))
        run(program, "ledger", "journal", journal)
        if run("hledger", "-f", journal, "check", "ordereddates", "balancednoautoconversion") != "":
            sys.exit("hledger finds something to say about the journal")
        stats = run("hledger", "-f", journal, "stats")
        if f": {entries} (" not in stats:
            sys.exit(f"not {entries} entries:\n{stats}")
        payees = run("hledger", "-f", journal, "payees").splitlines()
        if missing := [name for name in NASTY.values() if name not in payees]:
            sys.exit(f"hledger does not know these payees: {missing}")
        owed = hledger(journal, "--pivot", "customer", "acct:1200")
        same("receivables by customer", owes,
             {int(name.split(" ")[0]): amount for name, amount in owed.items() if amount != 0})
        print(f"{entries} entries, {len(hledger(journal))} accounts, {len(owes)} customers: as hledger says")


main(*sys.argv[1:])
