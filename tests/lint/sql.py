#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 Pitlane authors
# SPDX-License-Identifier: MIT
"""Prepares every SQL text of the domain against the schema, as the program would at run time.

usage: sql.py TREE BUILD
The texts are read after the preprocessor, so that those made of macros are whole.
"""
import json
import pathlib
import re
import shlex
import sqlite3
import subprocess
import sys

TEXT = re.compile(r'static const char (SQL_\w+)\[\]\s*=\s*((?:"(?:[^"\\]|\\.)*"\s*)+);')
PIECE = re.compile(r'"((?:[^"\\]|\\.)*)"')


class Anything(dict):
    """A value for every named parameter."""

    def __missing__(self, name):
        return None


def preprocessed(command, source):
    words = [w for w in shlex.split(command['command']) if w != 'ccache']
    kept, skip = [], False
    for word in words:
        if skip:
            skip = False
        elif word in ('-o', '-MF', '-MQ', '-MT'):
            skip = True
        elif word not in ('-c', '-MD', str(source)) and not word.endswith('.c'):
            kept.append(word)
    result = subprocess.run([*kept, '-E', '-P', command['file']], cwd=command['directory'],
                            capture_output=True, encoding='utf-8', check=True)
    return result.stdout


def main():
    tree, build = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2]).resolve()
    commands = json.loads((build / 'compile_commands.json').read_text(encoding='utf-8'))
    shop = sqlite3.connect(':memory:')
    shop.executescript((tree / 'schema.sql').read_text(encoding='utf-8'))
    prepared = failed = 0
    for command in commands:
        source = (pathlib.Path(command['directory']) / command['file']).resolve()
        if source.parent != tree / 'src' / 'domain' or 'SQL_' not in source.read_text(encoding='utf-8'):
            continue
        for name, pieces in TEXT.findall(preprocessed(command, source)):
            sql = ''.join(PIECE.findall(pieces)).encode().decode('unicode_escape')
            try:
                shop.execute('EXPLAIN ' + sql, Anything())
                prepared += 1
                if sql.startswith('CREATE TEMP TABLE'):
                    shop.execute(sql)  # the texts behind it speak of the table
            except sqlite3.Error as error:
                failed += 1
                print(f'{source.relative_to(tree)}: {name}: {error}\n    {sql}')
    print(f'{prepared} SQL texts prepared, {failed} refused')
    return 1 if failed or prepared == 0 else 0


if __name__ == '__main__':
    sys.exit(main())
