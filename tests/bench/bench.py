#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 Pitlane authors
# SPDX-License-Identifier: MIT
"""Measures Pitlane beside its limits and its peers, in one run, and judges the goals.

usage: bench.py [--customers N | --full] [--posts N] [--folder FOLDER] BUILD
  --customers N  size of the large shop (20,000); vehicles are half as many again
  --full         1,000,000 customers: the size the goals speak of
  --posts N      invoices posted (2,000)
  --folder F     where the large shop is kept between runs (BUILD/bench-shops)
Writes a table and BUILD/bench.json. Every figure comes with its N; ratios are of figures taken in
this run. Ends with 1 when a goal is missed.
"""
import argparse
import json
import os
import pathlib
import platform
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

PASSWORD = 'bayside auto care'
FIRST_SCREEN = 'Sign in to begin.'
SIGN_IN = ['type ada', 'keys Enter', f'type {PASSWORD}', 'keys Enter', 'wait Find']
# Up and down within a screen, then so far that it scrolls.
CURSOR = ['time down 30 Down', 'time up 25 Up'] * 4 + ['time scroll 100 Down']
FIRST_LETTERS = 'smjbrdcgwhklt'
NAMES = ['smith', 'johnson', 'brown', 'garcia', 'nguyen', 'martin', 'lee', 'walker', 'diaz', 'kim']


class Bench:
    def __init__(self, build, options):
        self.build = pathlib.Path(build).resolve()
        self.options = options
        self.pitlane = str(self.build / 'src/pitlane')
        self.shops = pathlib.Path(options.folder or self.build / 'bench-shops').resolve()
        self.scratch = pathlib.Path(tempfile.mkdtemp(prefix='bench-', dir=self.build))
        self.goals = []
        self.figures = {}

    # ---- what is measured ----

    def program(self, name, *args):
        command = [str(self.build / 'tests/bench' / name), *map(str, args)]
        done = subprocess.run(command, capture_output=True, text=True)
        if done.returncode != 0:
            sys.stderr.write(done.stderr)
            sys.exit(f'bench: {name} ended with {done.returncode}')
        return {row['name']: row for row in map(json.loads, done.stdout.splitlines())}

    def screen(self, label, wait, steps, program, runs=1, quiet=40, env=()):
        script = self.scratch / 'script'
        script.write_text('\n'.join(steps) + '\n')
        args = ['--runs', runs, '--quiet', quiet]
        for pair in (f'HOME={self.scratch}', *env):
            args += ['--env', pair]
        rows = self.program('bench_screen', *args, '--wait', wait, script, '--', *program)
        self.figures[label] = rows
        return rows

    def goal(self, number, what, value, limit, shown, n, better='less'):
        met = value <= limit if better == 'less' else value >= limit
        self.goals.append({'goal': number, 'what': what, 'value': round(value, 4), 'must': limit,
                           'met': met, 'n': n, 'figures': shown})

    # ---- shops ----

    def shop(self, customers):
        folder = self.shops / f'{customers}'
        database = folder / 'shop.db'
        if database.exists():
            return database
        print(f'Making a shop with {customers:,} customers', file=sys.stderr)
        making = self.shops / f'{customers}.making'
        shutil.rmtree(making, ignore_errors=True)
        making.mkdir(parents=True)
        began = time.monotonic()
        subprocess.run([self.pitlane, 'demo', str(making), '--customers', str(customers)],
                       check=True, stdout=subprocess.DEVNULL)
        print(f'… in {time.monotonic() - began:.0f} s', file=sys.stderr)
        shutil.rmtree(folder, ignore_errors=True)
        making.rename(folder)
        return database

    def history(self):
        """A repository with a long log, for the peer that shows one."""
        folder = self.scratch / 'history'
        folder.mkdir()
        lines = []
        for i in range(1, 5001):
            message = f'change {i} of the shop, as people write them\n'
            lines.append(f'commit refs/heads/main\nmark :{i}\ncommitter Ann <ann@example.com> '
                         f'{1700000000 + i * 600} +0000\ndata {len(message)}\n{message}'
                         + (f'from :{i - 1}\n' if i > 1 else ''))
        subprocess.run(['git', 'init', '-q', '-b', 'main', str(folder)], check=True)
        subprocess.run(['git', '-C', str(folder), 'fast-import', '--quiet'], check=True,
                       input='\n'.join(lines).encode())
        return folder

    # ---- the goals ----

    def posting(self):
        folder = self.scratch / 'post'
        folder.mkdir()
        rows = self.program('bench_post', folder, self.options.posts)
        self.figures['posting'] = rows
        post, bare = rows['post'], rows['bare']
        n = post['n']
        self.goal('G1', 'invoice post, of the bare post\'s rate (p50)', bare['p50'] / post['p50'],
                  0.35, f'p50 {bare["p50"]:.2f} against {post["p50"]:.2f} ms; whole run '
                  f'{1000 / post["mean"]:.0f}/s of {1000 / bare["mean"]:.0f}/s', n, 'more')
        self.goal('G3', 'p99 of a post, of its p50', post['p99'] / post['p50'], 8,
                  f'p99 {post["p99"]:.2f}, p50 {post["p50"]:.2f} ms; bare p99 is '
                  f'{bare["p99"] / bare["p50"]:.1f} times its p50', n)
        unchained = rows['unchained']
        self.goal('G22', 'a post with the audit chain, of the rate of one without (p50)',
                  unchained['p50'] / post['p50'], 0.9,
                  f'p50 {unchained["p50"]:.3f} against {post["p50"]:.3f} ms', n, 'more')

    def signing_in(self):
        folder = self.scratch / 'sign-in'
        folder.mkdir()
        rows = self.program('bench_sign_in', folder)
        self.figures['signing in'] = rows
        bare, known, unknown = rows['hash'], rows['sign_in'], rows['unknown']
        quick = rows['quick']
        self.goal('G21', 'sign-in, of one bare password hash (p10)',
                  quick['sign_in'] / quick['hash'], 1.1,
                  f'p50 {known["p50"]:.1f} against {bare["p50"]:.1f} ms; a name nobody has '
                  f'{unknown["p50"]:.1f} ms', known['n'])

    def stock(self):
        """Finding parts as they are typed, and moving them; half a million of them when --full."""
        folder = self.scratch / 'stock'
        folder.mkdir()
        parts = 500000 if self.options.full else 50000
        rows = self.program('bench_stock', folder, parts)
        self.figures['stock'] = rows
        first, later, bare = rows['find_first'], rows['find_later'], rows['find_bare']
        self.goal('part', f'first letter to 50 of {parts:,} parts: p99 ms', first['p99'], 16,
                  f'p50 {first["p50"]:.2f}; the bare range p50 {bare["p50"]:.2f}', first['n'])
        self.goal('part', 'later letters: p99 ms', later['p99'], 16,
                  f'p50 {later["p50"]:.2f}, {later["p50"] / bare["p50"]:.0f} times the bare range',
                  later['n'])
        vendor = rows['find_vendor']
        self.goal('part', 'the bare name of a vendor who sells two parts of five: p99 ms',
                  vendor['p99'], 16, f'p50 {vendor["p50"]:.2f}', vendor['n'])
        move, bare = rows['move'], rows['move_bare']
        self.goal('part', 'a movement with its entry, of the bare rows\' rate (p50)',
                  bare['p50'] / move['p50'], 0.35,
                  f'{1000 / move["mean"]:.0f}/s of {1000 / bare["mean"]:.0f}/s', move['n'], 'more')

    def warm(self, database):
        """The file is in the machine's memory, as on a counter that has been open for an hour."""
        with open(database, 'rb') as file:
            while file.read(1 << 24):
                pass

    def finding(self, database, customers):
        self.warm(database)
        dice = random.Random(60201)
        steps = list(SIGN_IN)
        for name in NAMES + list(FIRST_LETTERS):
            steps.append(f'letters box {name}')
        for _ in range(30):
            steps.append(f'letters box {dice.randrange(10000):04d}')
        steps += ['keys F9', 'type customer.search', 'keys Enter', 'wait Customers', 'keys /']
        for name in NAMES + list(FIRST_LETTERS):
            steps.append(f'letters list {name}')
        rows = self.screen('finding', FIRST_SCREEN, steps, [self.pitlane, '--db', str(database)])
        size = f'{customers:,} customers, {customers * 3 // 2:,} vehicles'
        for name, what in (('box', 'counter box'), ('list', 'list of customers')):
            for part in ('first', 'later'):
                row = rows[f'{name} {part}']
                self.goal('G4', f'{what}: {part} letter to the screen, ms p99, {size}', row['p99'],
                          16, f'p50 {row["p50"]:.2f}, p99 {row["p99"]:.2f}, max {row["max"]:.2f}',
                          row['n'])

    def starting(self, database):
        """The programs in turns, so that a busy moment of the machine is nobody's alone."""
        rounds, runs = 8, 5
        empty = self.shop(1)
        text = self.scratch / 'text'
        text.write_text('A first line.\n' + 'More.\n' * 200)
        programs = {
            'large': (FIRST_SCREEN, [self.pitlane, '--db', str(database)]),
            'empty': (FIRST_SCREEN, [self.pitlane, '--db', str(empty)]),
            'mc': ('Help', ['mc', '-d', str(self.scratch)]),
            'vim': ('A first line.', ['vim', str(text)]),
        }
        medians = {name: [] for name in programs}
        kib = 0
        for _ in range(rounds):
            for name, (wait, program) in programs.items():
                rows = self.screen(f'start {name}', wait, ['memory rss'], program, runs)
                medians[name].append(rows['start']['p50'])
                kib = rows['rss']['kib'] if name == 'mc' else kib
        ms = {name: statistics.median(values) for name, values in medians.items()}
        self.figures['start medians'] = medians
        size = database.stat().st_size / 2**20
        n = rounds * runs
        self.goal('G11', f'start to first frame on {size:,.0f} MiB, of mc\'s', ms['large'] / ms['mc'],
                  1, f'{ms["large"]:.1f} ms; mc {ms["mc"]:.1f}, vim {ms["vim"]:.1f} '
                  f'({ms["large"] / ms["vim"]:.2f} of vim\'s)', n)
        self.goal('G12', f'start on {size:,.0f} MiB, of an empty shop\'s',
                  ms['large'] / ms['empty'], 1.3,
                  f'{ms["large"]:.1f} of {ms["empty"]:.1f} ms', n)
        return kib

    def moving(self, database, mc_kib):
        steps = [*SIGN_IN, 'memory rss', 'idle idle 20000', 'keys F9', 'type customer.search',
                 'keys Enter', 'wait Customers', *CURSOR, 'time page 60 PageDown', 'memory list']
        ours = self.screen('list', FIRST_SCREEN, steps, [self.pitlane, '--db', str(database)])
        tig = self.screen('tig', '[main]', [*CURSOR, 'time page 60 PageDown'],
                          ['tig', '-C', str(self.history())])
        row, peer = ours['down'], tig['down']
        self.goal('G13', 'cursor key to the screen, of tig\'s', row['p50'] / peer['p50'], 2,
                  f'p50 {row["p50"]:.2f}, p99 {row["p99"]:.2f} ms; tig {peer["p50"]:.2f}, '
                  f'{peer["p99"]:.2f}', row['n'])
        for name, what in (('down', 'cursor key'), ('scroll', 'line scrolled'), ('page', 'page')):
            row, peer = ours[f'{name} bytes'], tig[f'{name} bytes']
            self.goal('G14', f'bytes of a {what}, of tig\'s', row['mean'] / peer['mean'], 1.5,
                      f'{row["mean"]:.0f} of {peer["mean"]:.0f} bytes', row['n'])
        kib = max(ours['rss']['kib'], ours['list']['kib'])
        self.goal('G15', 'resident memory, of mc\'s', kib / mc_kib, 2,
                  f'{kib / 1024:.1f} of {mc_kib / 1024:.1f} MiB', 1)
        idle = ours['idle']
        self.goal('G16', 'idle: processor ms a second', idle['cpu_ms_per_s'], 0.5,
                  f'{idle["cpu_ms_per_s"]:.3f} ms/s, {idle["wakeups_per_s"]:.2f} wake-ups/s over '
                  f'{idle["idle_ms"] / 1000:.0f} s', 1)
        self.goal('G16', 'idle: bytes', idle['bytes'], 0, f'{idle["bytes"]} bytes', 1)

    def run(self):
        customers = 1000000 if self.options.full else self.options.customers
        database = self.shop(customers)
        self.posting()
        self.signing_in()
        self.stock()
        self.finding(database, customers)
        self.moving(database, self.starting(database))
        shutil.rmtree(self.scratch, ignore_errors=True)

    def report(self):
        print(f'{"goal":4}  {"must":>7}  {"is":>8}  {"":6}  {"N":>5}  what')
        for goal in self.goals:
            print(f'{goal["goal"]:4}  {goal["must"]:7.2f}  {goal["value"]:8.2f}  '
                  f'{"" if goal["met"] else "MISSED":6}  {goal["n"]:5}  {goal["what"]}: '
                  f'{goal["figures"]}')
        out = self.build / 'bench.json'
        out.write_text(json.dumps({
            'at': time.strftime('%Y-%m-%dT%H:%M:%SZ', time.gmtime()),
            'machine': f'{platform.machine()}, {os.cpu_count()} processors, {platform.release()}',
            'load': os.getloadavg()[0],
            'goals': self.goals, 'figures': self.figures}, indent=1) + '\n')
        print(f'All figures: {os.path.relpath(out)}')
        return all(goal['met'] for goal in self.goals)


def main():
    parser = argparse.ArgumentParser(add_help=False)
    parser.add_argument('--customers', type=int, default=20000)
    parser.add_argument('--full', action='store_true')
    parser.add_argument('--posts', type=int, default=2000)
    parser.add_argument('--folder')
    parser.add_argument('--help', action='store_true')
    parser.add_argument('build', nargs='?')
    options = parser.parse_args()
    if options.help or options.build is None:
        print(__doc__.strip())
        return 0 if options.help else 2
    bench = Bench(options.build, options)
    bench.run()
    return 0 if bench.report() else 1


if __name__ == '__main__':
    sys.exit(main())
