#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 Pitlane authors
# SPDX-License-Identifier: MIT
"""What failed in the last run of the tests and why, in a few lines for the end of a long record.

usage: failures.py BUILD
"""
import json
import pathlib
import re
import sys

LINES = 34  # of a screen, for all that failed
WIDTH = 240
# cmocka tells at the end again what has failed, and how many.
FOOTER = re.compile(r'\[  (PASSED|FAILED)  \] \d+ test|^ *\d+ FAILED TEST|^\[=+\]|^\s*$')
SEED = re.compile(r'seed', re.IGNORECASE)


def cut(lines, room):
    """The beginning and the end, which say the most."""
    if len(lines) <= room:
        return lines
    first = room // 3
    return lines[:first] + [f'… {len(lines) - room + 1} lines …'] + lines[first + 1 - room:]


def sanitizer(lines):
    """From the error to where in our code it is: what is behind that fills screens."""
    for number, line in enumerate(lines):
        if 'Sanitizer' in line or 'runtime error' in line:
            summary = [text for text in lines if text.startswith('SUMMARY:')]
            return lines[number:number + 10] + summary[:1]
    return None


def without_leaks(lines):
    """A test that fails in its middle frees nothing: then only its assertion counts."""
    leak = next((number for number, line in enumerate(lines) if 'LeakSanitizer' in line), len(lines))
    failed = any('[  FAILED  ]' in line for line in lines[:leak])
    return lines[:leak] if failed else lines


def reason(test, room):
    out = test.get('stdout', '').splitlines()
    err = [line for line in test.get('stderr', '').splitlines() if not FOOTER.search(line)]
    err = without_leaks(err)
    lines = sanitizer(err) or err or [line for line in out if line.strip()]
    if test['result'] == 'TIMEOUT':
        lines += [line for line in out if line.strip()][-2:]  # where it stood
    seeds = [line for line in out if SEED.search(line)][-2:]
    return cut(lines, room - len(seeds)) + seeds


def main(build):
    log = pathlib.Path(build, 'meson-logs/testlog.json')
    tests = [json.loads(line) for line in log.read_text(encoding='utf-8').splitlines()]
    failed = [test for test in tests if test['result'] not in ('OK', 'SKIP', 'EXPECTEDFAIL')]
    if not failed:
        return
    print(f'\nFailed: {len(failed)} of {len(tests)} tests in {build}')
    room = max(4, LINES // len(failed) - 1)
    for test in failed[:LINES // 3]:
        print(f"--- {test['name']}: {test['result']}, exit code {test['returncode']}, "
              f"{test['duration']:.0f} s")
        for line in reason(test, room):
            print('    ' + line[:WIDTH])
    sys.stdout.flush()


main(sys.argv[1])
