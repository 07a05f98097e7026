#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 Pitlane authors
# SPDX-License-Identifier: MIT
"""No control byte from data reaches a terminal.

usage: raw_terminal.py PITLANE
Every text column of a shop is filled with control characters of every kind, behind the program's
back, as a bug or another program could leave them. Then everything is listed and shown: by the
terminal program in a pseudo-terminal, by the command line in every format, in error sentences, and
in the line behind the program's end. The same texts are given as arguments, file names and input.
"""
import json
import os
import pathlib
import pty
import re
import select
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time

# What a terminal would obey. Each stands between marks, so that it is told from the program's own
# control sequences: none of these may ever come out. The program's own red may stand before a mark
# where a line breaks, so the colour here is one that it never sends: blinking.
PAYLOADS = {
    'BEL': '\a', 'BS': '\b', 'VT': '\v', 'FF': '\f', 'CR': '\r', 'SO': '\x0e', 'SI': '\x0f',
    'ENQ': '\x05', 'CAN': '\x18', 'SUB': '\x1a', 'DEL': '\x7f', 'SOH': '\x01',
    'ESC': '\x1b', 'CSI': '\x1b[35;5m', 'cursor': '\x1b[2J\x1b[H', 'reset': '\x1bc',
    'OSC 0': '\x1b]0;title\a', 'OSC 8': '\x1b]8;;http://evil.example\x1b\\',
    'OSC 52': '\x1b]52;c;ZXZpbA==\a', 'DCS': '\x1bPq#0\x1b\\', 'APC': '\x1b_Gf=24\x1b\\',
    'PM': '\x1b^x\x1b\\', 'SOS': '\x1bXx\x1b\\', 'answerback': '\x1b[6n', 'charset': '\x1b(0',
    'C1 CSI': '\x9b31m', 'C1 OSC': '\x9d0;t\x9c', 'C1 DCS': '\x90q\x9c', 'C1 NEL': '\x85',
    'RLO': '\u202e', 'LRO': '\u202d', 'PDF': '\u202c', 'RLE': '\u202b', 'RLI': '\u2067',
    'FSI': '\u2068', 'PDI': '\u2069', 'ZWSP': '\u200b', 'BOM': '\ufeff', 'tag': '\U000e0041',
    'LRM': '\u200e',
}
MARK = 'qz'
CORPUS = ''.join(f'{MARK}{text}{MARK}' for text in PAYLOADS.values())

# In an answer without a terminal there are no control bytes but line feeds, and none of these.
FORBIDDEN = re.compile(
    '[\x00-\x09\x0b-\x1f\x7f\x80-\x9f\u202a-\u202e\u2066-\u2069\u200b\u2060\ufeff\U000e0000-\U000e007f]')
# At a terminal the program has its own; what has a mark beside it is from data, and of what the
# program never sends itself there may be none at all.
NEXT_TO_MARK = re.compile(f'{MARK}[\x00-\x08\x0b-\x0c\x0e-\x1a\x1c-\x1f\x7f]'
                          f'|[\x00-\x07\x0b-\x0c\x0e-\x1a\x1c-\x1f\x7f]{MARK}')
NEVER = re.compile('\x1b[\\]P_^Xc]|\x1b\\[6n|[\x80-\x9f]'
                   '|[\u202a-\u202e\u2066-\u2069\u200b\ufeff\U000e0000-\U000e007f]'
                   '|\x1b\\[35;5m|title\x07')

KEEP = re.compile(r'(_on|_at|_hash|_secret|_digest)$|^(uid|zone|login|mac|head|books|signature|logo'
                  r'|state|kind|password_hash|start_screen|theme|right|scope)$')


def poison(path):
    """Fills what can be filled; returns the number of columns."""
    shop = sqlite3.connect(path)
    shop.create_function('fold', 1, lambda text: text)
    for name, in shop.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'").fetchall():
        shop.execute(f'DROP TRIGGER {name}')
    shop.execute('PRAGMA foreign_keys = OFF')
    columns = 0
    tables = [name for name, sql in shop.execute(
        "SELECT name, sql FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'")
        if sql and 'VIRTUAL' not in sql and '_fts' not in name and not name.startswith('lookup')]
    for table in tables:
        for _, column, kind, _, _, key in shop.execute(f'PRAGMA table_info({table})').fetchall():
            if kind != 'TEXT' or key or KEEP.search(column):
                continue
            try:
                changed = shop.execute(f'UPDATE OR IGNORE "{table}" SET "{column}" = '
                                       f'substr("{column}", 1, 3) || ? || rowid', (CORPUS,))
            except sqlite3.Error:
                continue  # a rule of the schema stands before it: words, days
            columns += changed.rowcount > 0
    shop.commit()
    shop.close()
    return columns


class Run:
    def __init__(self, pitlane, folder):
        self.pitlane, self.folder = pitlane, folder
        self.env = {'PATH': '/usr/bin:/bin', 'HOME': folder, 'LANG': 'C.UTF-8', 'LC_ALL': 'C.UTF-8',
                    'TERM': 'xterm-256color', 'PITLANE_DB': f'{folder}/shop.db'}
        self.answers, self.marked, self.leaks = 0, 0, []

    def look(self, name, text, on_terminal):
        self.answers += 1
        self.marked += MARK in text
        found = (NEVER.search(text) or NEXT_TO_MARK.search(text)) if on_terminal else \
            FORBIDDEN.search(text)
        if found:
            near = text[max(0, found.start() - 60):found.end() + 30]
            self.leaks.append(name)
            print(f'LEAK {name}: {found.group()!r} in {near!r}')

    def command(self, *words, stdin='', check=True):
        ran = subprocess.run([self.pitlane, *words], env=self.env, input=stdin.encode(),
                             capture_output=True, timeout=60)
        out = ran.stdout.decode('utf-8', 'surrogateescape')
        err = ran.stderr.decode('utf-8', 'surrogateescape')
        if check:
            if '--csv' in words:  # its lines end so (RFC 4180)
                out = out.replace('\r\n', '\n')
            self.look(' '.join(words)[:80] + ' (out)', out, False)
            self.look(' '.join(words)[:80] + ' (err)', err, False)
        return ran.returncode, out, err

    def verbs(self):
        _, text, _ = self.command('completion', 'bash', check=False)
        for noun, verbs in re.findall(r"'([a-z-]+)'\) words='([^']*)' ;;", text):
            for verb in verbs.split():
                yield noun, verb


READS = re.compile(r'^(list|search|show|find|contacts|history|declined|moves|value|usage|today|mine'
                   r'|status|accounts|alerts|as-of|plan|check|balance|technicians|people|actions'
                   r'|prove|trial|aging|reorder)')


def ids_of(text):
    try:
        rows = json.loads(text).get('rows', [])
    except ValueError:
        return []
    return [str(row['id']) for row in rows[:2] if isinstance(row, dict) and row.get('id')]


def try_commands(run):
    """Every list and every record, in every format; what is no list refuses --csv in words."""
    ids = {}
    verbs = list(run.verbs())
    for noun, verb in verbs:
        if not READS.match(verb):
            continue
        code, out, _ = run.command(noun, verb, '--json')
        if code == 0 and verb in ('list', 'search', 'today'):
            ids[noun] = ids_of(out)
        run.command(noun, verb)
        if verb in ('list', 'search'):
            run.command(noun, verb, '--csv')
            run.command(noun, verb, '--lines')
    for noun, verb in verbs:
        if READS.match(verb):
            for number in ids.get(noun, ['1']):
                run.command(noun, verb, number)
                run.command(noun, verb, number, '--json')
    for kind, noun in (('invoice', 'invoice'), ('work_order', 'order'), ('history', 'vehicle')):
        for number in ids.get(noun, [])[:1]:
            run.command('print', kind, number, '--text', '--output', '-')


def try_sentences(run):
    """The corpus as words, options, values, input and names of files: what is said of them."""
    clean = CORPUS.replace('\x00', '')
    _, _, _ = run.command(clean)
    run.command('customer', clean)
    run.command('customer', 'search', f'--{clean}')
    run.command('--db', f'{run.folder}/{clean[:60]}', 'customer', 'search')
    run.command('--input', f'{run.folder}/{clean[:60]}', 'customer', 'add')
    run.command('import', 'customers', f'{run.folder}/{clean[:60]}')
    run.command('backup', f'{run.folder}/{clean[:60]}.db')
    run.command('key', 'restore', f'{run.folder}/{clean[:40]}')
    run.command('doctor', '--backups', f'{run.folder}/{clean[:40]}')
    fields = 0
    for noun, verb in run.verbs():
        if READS.match(verb) or noun in ('key', 'completion', 'help'):
            continue
        _, text, _ = run.command(noun, verb, '--help', check=False)
        for option in re.findall(r'^  --([a-z-]+) +"?TEXT', text, re.M):
            fields += 1
            name = option.replace('-', '_')
            run.command(noun, verb, '--json', '-', stdin=json.dumps({name: CORPUS}))
        if option_given := re.search(r'^  --([a-z-]+) +"?TEXT', text, re.M):
            run.command(noun, verb, f'--{option_given.group(1)}', clean)
    name = f'{run.folder}/{clean[:40]}.csv'
    pathlib.Path(name).write_text(f'name,phone\n{clean},{clean}\n', encoding='utf-8')
    run.command('import', 'customers', name)
    return fields


def waits(child):
    """Is it asleep or gone? If not, it is at work, or kept from it by others."""
    try:
        return pathlib.Path(f'/proc/{child}/stat').read_text().rpartition(')')[2].split()[0] not in 'RD'
    except OSError:
        return True


def read_answer(line, child, quiet=0.08):
    """What comes until the program waits and nothing has come for a while."""
    seen, since, end = b'', time.monotonic(), time.monotonic() + 60
    while (now := time.monotonic()) < end:
        if select.select([line], [], [], 0.01)[0]:
            try:
                got = os.read(line, 65536)
            except OSError:
                break
            if not got:
                break
            seen += got
            since = time.monotonic()
        elif not waits(child):
            since = now
        elif now - since >= quiet:
            break
    return seen.decode('utf-8', 'surrogateescape')


def try_screens(run, login, password):
    """Every command of the palette that opens a list or a record, and the record under its cursor."""
    child, line = pty.fork()
    if child == 0:
        os.execve(run.pitlane, [run.pitlane, '--terminal', CORPUS.replace('\x00', '')[:200]], run.env)
    seen = read_answer(line, child, 0.5)

    def press(keys, name):
        os.write(line, keys)
        text = read_answer(line, child)
        run.look(f'screen {name}', text, True)
        return text

    press(login.encode() + b'\r', 'sign-in')
    press(password.encode() + b'\r', 'sign-in')
    opened = 0
    for noun, verb in run.verbs():
        if not READS.match(verb):
            continue
        _, text, _ = run.command(noun, verb, '--help', check=False)
        says = text.strip().splitlines()[1] if len(text.strip().splitlines()) > 1 else ''
        press(b'\x10' + says.rstrip('.')[:50].encode(), f'{noun} {verb} palette')
        press(b'\r', f'{noun} {verb}')
        press(b'\r', f'{noun} {verb} record')
        press(b'\t', f'{noun} {verb} tab')
        press(b'\x1b', f'{noun} {verb} back')
        press(b'\x1b', f'{noun} {verb} back')
        press(b'\x1b', f'{noun} {verb} back')
        opened += 1
    press(b'\x11', 'leaving')
    text = press(b'y', 'leaving') if os.waitpid(child, os.WNOHANG)[0] == 0 else ''
    run.look('behind the end', read_answer(line, child, 0.5), True)
    try:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
    except (ProcessLookupError, ChildProcessError):
        pass
    os.close(line)
    return opened, seen + text


def sign_in(run, folder):
    accounts = sqlite3.connect(f'{folder}/shop.db')
    login, = accounts.execute('SELECT login FROM user WHERE role = 1 ORDER BY id LIMIT 1').fetchone()
    accounts.close()
    (pathlib.Path(folder) / 'password').write_text('pitlane demo shop\n')
    return login


def main():
    pitlane = os.path.abspath(sys.argv[1])
    with tempfile.TemporaryDirectory(prefix='pitlane-raw-') as folder:
        run = Run(pitlane, folder)
        _, said, _ = run.command('demo', f'{folder}/shop.db', '--customers', '12', check=False)
        login = sign_in(run, folder)
        password = re.search(r'password[^:“"]*[:“"]? *[“"]?([^”"\n.]+)', said)
        password = password.group(1).strip() if password else 'pitlane demo shop'
        (pathlib.Path(folder) / 'password').write_text(password + '\n')
        code, _, err = run.command('login', login, '--password-file', f'{folder}/password')
        if code != 0:
            raise SystemExit(f'no sign-in: {err} {said}')
        columns = poison(f'{folder}/shop.db')
        try_commands(run)
        listed = run.answers
        fields = try_sentences(run)
        opened, _ = try_screens(run, login, password)
        print(f'{columns} columns and {fields} fields x {len(PAYLOADS)} payloads; {listed} answers '
              f'of lists and records, {opened} screens, {run.answers} answers in all, '
              f'{run.marked} of them with data of ours: {len(run.leaks)} control bytes from data')
        if columns < 50 or run.marked < 100:
            print('too little of it came out to prove anything')
            return 1
        return 1 if run.leaks else 0


if __name__ == '__main__':
    sys.exit(main())
