#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 Pitlane authors
# SPDX-License-Identifier: MIT
"""Follows “How to add a module” of CONTRIBUTING.md, step by step, in a copy of the tree.

usage: add_module.py TREE
"""
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

FENCE = re.compile(r'^( *)```\w+ (file|append|insert)=(\S+)(?: before="([^\n]*)")?\n(.*?)^ *```$',
                   re.MULTILINE | re.DOTALL)

INIT = ('{"name":"Bayside","admin_name":"Ada","admin_login":"ada",'
        '"admin_password":"correct horse battery"}')


def steps(text):
    """(verb, path, before, block) of each fenced block, without the list's indent."""
    text = text[text.index('## How to add a module'):]
    for indent, verb, path, before, block in FENCE.findall(text):
        lines = [line[len(indent):] for line in block.splitlines()]
        yield verb, path, before, '\n'.join(lines) + '\n'


def follow(tree):
    count = 0
    for verb, path, before, block in steps((tree / 'CONTRIBUTING.md').read_text()):
        file = tree / path
        if verb == 'file':
            file.write_text(block)
        elif verb == 'append':
            file.write_text(file.read_text() + block)
        else:
            text = file.read_text()
            at = text.rindex('\n' + before) + 1
            file.write_text(text[:at] + block + text[at:])
        count += 1
    return count


def call(command, **options):
    result = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                            **options)
    if result.returncode != 0:
        print(' '.join(map(str, command)))
        print(result.stdout)
        sys.exit(1)
    return result.stdout


def use(program, folder):
    environment = dict(os.environ, XDG_DATA_HOME=str(folder), XDG_STATE_HOME=str(folder))
    environment.pop('PITLANE_DB', None)

    def pitlane(*words, **options):
        return call([program, *words], env=environment, **options)

    pitlane('init', '--json', '-', input=INIT)
    pitlane('login', 'ada', '--password-file', '-', input='correct horse battery\n')
    pitlane('bay', 'add', 'Bay 3', '--lift')
    listed = pitlane('bay', 'list', '--csv')
    assert listed == 'id,name,lift\n1,Bay 3,true\n', listed
    assert 'Has a lift' in pitlane('bay', 'add', '--help')
    assert '.Ss pitlane bay add' in pitlane('manual')
    assert '"op":"bay.add"' in pitlane('audit', 'list', '--json')


def main():
    tree = pathlib.Path(sys.argv[1]).resolve()
    with tempfile.TemporaryDirectory(prefix='pitlane-module-') as folder:
        copy = pathlib.Path(folder) / 'tree'
        shutil.copytree(tree, copy, ignore=shutil.ignore_patterns('build*', '.git', '*.swp'))
        count = follow(copy)
        assert count >= 9, f'only {count} steps were found'
        build = copy / 'build'
        # Nothing is measured here: a build without optimization is the quickest.
        call(['meson', 'setup', build, copy, '-Dwerror=true', '-Doptimization=0', '-Ddebug=false'])
        call(['ninja', '-C', build, 'src/pitlane', 'tests/domain/test_bay'])
        call([build / 'tests/domain/test_bay'])
        call([sys.executable, copy / 'tests/lint/sql.py', copy, build])
        use(build / 'src/pitlane', pathlib.Path(folder))
        call([sys.executable, copy / 'tests/lint/lint.py', copy])
    print(f'{count} steps followed: the module builds, is tested and has its commands')


if __name__ == '__main__':
    main()
