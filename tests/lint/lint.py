#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 Pitlane authors
# SPDX-License-Identifier: MIT
"""What a compiler does not check: layers, homes of foreign headers, licence lines, sizes, format, keys.

usage: lint.py TREE
Prints every finding as FILE:LINE: sentence, then the sizes; ends with 1 when anything was found.
"""
import pathlib
import re
import shutil
import statistics
import subprocess
import sys

# Which layers a layer may use besides itself.
ARROWS = {
    'base': set(),
    'store': {'base'},
    'domain': {'store', 'base'},
    'ui': {'base'},
    'print': {'domain', 'store', 'base'},
    'screens': {'ui', 'print', 'domain', 'store', 'base'},
    'cli': {'print', 'domain', 'store', 'base'},
    'main': {'screens', 'cli', 'ui', 'base'},
}
LAYERS = set(ARROWS) - {'main'}

# Foreign headers and the only places that know them.
HOMES = {
    'sqlite3.h': r'src/store/',
    'curses.h': r'src/ui/term_curses\.c$',
    'ncurses.h': r'src/ui/term_curses\.c$',
    'term.h': r'src/ui/term_curses\.c$',
    'hpdf.h': r'src/print/',
    'zint.h': r'src/print/',
    'png.h': r'src/print/picture\.c$',
    'jansson.h': r'src/base/json\.c$',
    'utf8proc.h': r'src/base/text[a-z_]*\.c$',
    'sodium.h': r'src/domain/secret[a-z_]*\.c$',
    'liboath/oath.h': r'src/domain/totp\.c$',
    'qrencode.h': r'src/screens/qr\.c$',
    'zstd.h': r'src/domain/vin_data\.c$',
    'vterm.h': r'tests/',
    'cmocka.h': r'tests/',
}

FUNCTION_MAX, FUNCTION_MEDIAN, FUNCTION_P90 = 100, 15, 45
FILE_MAX = 700
STATIC_LEAST = 0.60

SPDX_SUFFIXES = {'.c', '.h', '.def', '.py', '.sh', '.sql', '.build', '.1', '.7'}
SPDX_NAMES = {'run', 'meson_options.txt', '.clang-tidy'}


def tracked(tree):
    """The files of the tree as git knows them, new ones too; all of them in an exported tree."""
    try:
        listed = subprocess.run(
            ['git', 'ls-files', '-z', '--cached', '--others', '--exclude-standard'],
            cwd=tree, capture_output=True, check=True).stdout.decode()
        names = [name for name in listed.split('\0') if name]
    except (OSError, subprocess.CalledProcessError):
        names = [str(p.relative_to(tree)) for p in tree.rglob('*') if p.is_file()]
        names = [n for n in names if not re.match(r'build|\.git/', n)]
    return sorted(n for n in names if (tree / n).is_file())


def layer_of(name):
    if name == 'src/main.c':
        return 'main'
    parts = name.split('/')
    if parts[0] in ('src', 'include') and len(parts) > 2 and parts[1] in LAYERS:
        return parts[1]
    return None


def check_includes(name, lines, found):
    layer = layer_of(name)
    for number, line in enumerate(lines, 1):
        match = re.match(r'\s*#\s*include\s*([<"])([^>"]+)[>"]', line)
        if not match:
            continue
        header = match.group(2)
        home = HOMES.get(header) if match.group(1) == '<' else None
        if home and not re.match(home, name):
            found(name, number, f'<{header}> belongs into {home} only')
        target = header.split('/')[0] if '/' in header else None
        if layer and target in LAYERS and target != layer and target not in ARROWS[layer]:
            found(name, number, f'{layer} may not use {target} ("{header}")')
        if layer and header.startswith('../'):
            found(name, number, f'"{header}" reaches into another folder')


# Whoever can start a shell by way of the program has left it: programs are spawned with their words.
SHELLS = re.compile(r'\b(system|popen|wordexp|exec[lv]p?e?|fexecve)\(')


def check_shells(name, lines, found):
    if not name.startswith(('src/', 'include/')):
        return
    for number, line in enumerate(lines, 1):
        match = SHELLS.search(line)
        if match:
            found(name, number, f'{match.group(1)}() can start a shell: use posix_spawn with argv')


def check_licence(name, lines, found):
    path = pathlib.PurePath(name)
    if path.suffix not in SPDX_SUFFIXES and path.name not in SPDX_NAMES:
        return
    head = '\n'.join(lines[:6])
    for word in ('SPDX-FileCopyrightText:', 'SPDX-License-Identifier: MIT'):
        if word not in head:
            found(name, 1, f'the line “{word}” is missing')


def functions(lines):
    """(name, first line, length of the body, is static) of each function: its body stands between
    a { and a } in the first column."""
    start = None
    for index, line in enumerate(lines):
        if line == '{':
            start = index
        elif line == '}' and start is not None:
            top = start
            while top > 0 and lines[top - 1].strip() and lines[top - 1][0] not in '#}/*' \
                    and not lines[top - 1].rstrip().endswith((';', '*/')):
                top -= 1
            head = ' '.join(lines[top:start])
            match = re.search(r'(\w+)\s*\(', head)
            yield (match.group(1) if match else head, top + 1, index - start - 1,
                   head.startswith('static'))
            start = None


def check_sizes(name, lines, found, sizes):
    if not name.startswith(('src/', 'include/', 'tests/')):
        return
    if len(lines) > FILE_MAX:
        found(name, len(lines), f'{len(lines)} lines: split it (at most {FILE_MAX})')
    for function, line, length, is_static in functions(lines):
        if length > FUNCTION_MAX:
            found(name, line, f'{function} has {length} lines: split it (at most {FUNCTION_MAX})')
        if name.startswith('src/'):
            sizes.append((length, is_static, f'{name}:{function}'))


ACTIONS = re.compile(r'struct action \w+\[\] = \{(.*?)\n\};', re.DOTALL)
ACTION = re.compile(r'\{"([^"]+)",\s*"([^"]+)",\s*"[^"]*",\s*([\w| ]+),')


def check_keys(name, lines, found):
    """A key of a screen is the first row's whose needs are met: a later one must not need more."""
    text = '\n'.join(lines)
    for table in ACTIONS.finditer(text):
        before = []
        for row in ACTION.finditer(table.group(1)):
            keys, needs = set(row.group(1).split()), set(row.group(3).replace(' ', '').split('|'))
            for action, its_keys, its_needs in before:
                if keys & its_keys and its_needs - {'NEEDS_NOTHING'} <= needs:
                    line = text[:table.start(1) + row.start()].count('\n') + 1
                    found(name, line, f'{row.group(2)} is never reached: {action} has its key')
            before.append((row.group(2), keys, needs))


def check_format(tree, names, found):
    if not shutil.which('clang-format'):
        print('clang-format is not installed: the format was not checked')
        return
    for first in range(0, len(names), 50):
        some = names[first:first + 50]
        result = subprocess.run(['clang-format', '--dry-run', '-ferror-limit=0', *some], cwd=tree,
                                capture_output=True, text=True)
        told = set()
        for line in result.stderr.splitlines():
            match = re.match(r'(\S+?):(\d+):\d+: (?:warning|error): code should be', line)
            if match and match.group(1) not in told:
                told.add(match.group(1))
                found(match.group(1), int(match.group(2)), 'run clang-format -i on this file')


def report(sizes, file_sizes, found):
    lengths = sorted(length for length, _, _ in sizes)
    if not lengths:
        return
    median = statistics.median(lengths)
    p90 = lengths[int(len(lengths) * 0.9)]
    static = sum(1 for _, is_static, _ in sizes if is_static) / len(sizes)
    longest = max(sizes)
    print(f'{len(lengths)} functions in src: median {median:g} lines, 90th percentile {p90}, '
          f'longest {longest[0]} ({longest[2]}), {static:.0%} static')
    print(f'{len(file_sizes)} C files in src: median {statistics.median(file_sizes):g} lines, '
          f'longest {max(file_sizes)}')
    if median > FUNCTION_MEDIAN:
        found('src', 1, f'the median function has {median:g} lines (at most {FUNCTION_MEDIAN})')
    if p90 > FUNCTION_P90:
        found('src', 1, f'one function in ten has more than {p90} lines (at most {FUNCTION_P90})')
    if static < STATIC_LEAST:
        found('src', 1, f'{static:.0%} of the functions are static (at least {STATIC_LEAST:.0%})')


def main():
    tree = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else '.').resolve()
    findings, sizes, file_sizes = [], [], []

    def found(name, line, sentence):
        findings.append(f'{name}:{line}: {sentence}')

    names = tracked(tree)
    code = [n for n in names if n.endswith(('.c', '.h'))]
    for name in names:
        try:
            lines = (tree / name).read_text(encoding='utf-8').splitlines()
        except UnicodeDecodeError:
            continue
        check_licence(name, lines, found)
        if name in code:
            check_includes(name, lines, found)
            check_shells(name, lines, found)
            check_sizes(name, lines, found, sizes)
            check_keys(name, lines, found)
            if name.startswith('src/') and name.endswith('.c'):
                file_sizes.append(len(lines))
    check_format(tree, code, found)
    report(sizes, file_sizes, found)
    for finding in findings:
        print(finding)
    print(f'{len(names)} files looked at, {len(findings)} findings')
    return 1 if findings else 0


if __name__ == '__main__':
    sys.exit(main())
