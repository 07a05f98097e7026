#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 Pitlane authors
# SPDX-License-Identifier: MIT

"""kill -9 during a receipt leaves all or nothing: a real process receives the same order again and
again and is killed at a random moment; every delivery that is there has all its lines, movements and
its entry, and the books agree.

usage: receipt_killed.py PROGRAM [KILLS]"""

import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time

LINES = 12
PASSWORD = "bayside auto care"


def run(program, environment, *words, text=None):
    done = subprocess.run([program, *words], input=text, env=environment, text=True,
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False)
    if done.returncode != 0:
        sys.exit(f"{' '.join(words)}: {done.stdout}{done.stderr}")
    return done.stdout


def prepare(program, folder, environment):
    """A demo shop, signed in, with one sent order of many lines."""
    db = environment["PITLANE_DB"]
    run(program, environment, "demo", db, "--customers", "10")
    run(program, environment, "login", "ada", "--password-file", "-", text=PASSWORD + "\n")
    order = json.loads(run(program, environment, "purchase", "start", "--vendor", "1", "--json"))["id"]
    skus = json.loads(run(program, environment, "part", "search", "--limit", str(LINES), "--json"))
    for row in skus["rows"][:LINES]:
        run(program, environment, "purchase", "add-line", str(order), row["sku"], "100000")
    sent = json.loads(run(program, environment, "purchase", "send", str(order), "--json"))
    path = os.path.join(folder, "delivery.json")
    with open(path, "w", encoding="utf-8") as file:
        json.dump({"purchase": order, "freight": "7.77",
                   "lines": [{"line": line["id"], "quantity": "1"} for line in sent["lines"]]}, file)
    return order, path


def receive(program, environment, path, killed_after):
    started = time.monotonic()
    child = subprocess.Popen([program, "purchase", "receive", "--input", path], env=environment,
                             stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    if killed_after is None:
        if child.wait() != 0:
            sys.exit("the delivery was refused")
        return time.monotonic() - started
    time.sleep(killed_after)
    child.send_signal(signal.SIGKILL)
    child.wait()
    return 0.0


def check(db, order):
    """Every delivery is whole. Returns how many there are."""
    store = sqlite3.connect(f"file:{db}?mode=ro", uri=True)
    rows = store.execute(
        "SELECT r.id, (SELECT count(*) FROM receipt_line WHERE receipt = r.id),"
        " (SELECT count(*) FROM stock_move WHERE receipt = r.id AND kind = 'receive'),"
        " (SELECT count(*) FROM entry WHERE id = r.entry AND posted = 1),"
        " r.total = (SELECT sum(amount + freight + core) FROM receipt_line WHERE receipt = r.id)"
        " FROM receipt AS r WHERE r.purchase = ?", (order,)).fetchall()
    for number, lines, moves, entries, adds_up in rows:
        if (lines, moves, entries, adds_up) != (LINES, LINES, 1, 1):
            sys.exit(f"delivery {number} is not whole: {lines} lines, {moves} movements,"
                     f" {entries} entries")
    received = store.execute("SELECT DISTINCT received FROM purchase_line WHERE purchase = ?",
                             (order,)).fetchall()
    if received != [(1000 * len(rows),)]:
        sys.exit(f"{len(rows)} deliveries, but the order's lines say {received}")
    store.close()
    return len(rows)


def main():
    program, kills = os.path.abspath(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 40
    folder = tempfile.mkdtemp(prefix="pitlane-killed-")
    environment = {"PATH": os.environ["PATH"], "HOME": folder, "LANG": "C.UTF-8",
                   "PITLANE_DB": os.path.join(folder, "shop.db")}
    dice = random.Random(20261124)
    try:
        order, path = prepare(program, folder, environment)
        took = min(receive(program, environment, path, None) for _ in range(3))
        whole = check(environment["PITLANE_DB"], order)
        nothing = killed = 0
        # Sooner when it was too late and later when it was too soon: the machine may be busier than
        # it was at first.
        while killed < kills or (nothing in (0, killed) and killed < 10 * kills):
            receive(program, environment, path, dice.uniform(0.5, 1.1) * took)
            now = check(environment["PITLANE_DB"], order)
            nothing += now == whole
            took *= 1.1 if now == whole else 0.9
            whole = now
            killed += 1
        run(program, environment, "ledger", "prove")
        print(f"{killed} killed: {nothing} left nothing, {killed - nothing} were whole")
        if nothing in (0, killed):
            sys.exit("no kill met the delivery: the test says nothing")
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
