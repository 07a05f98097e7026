#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 Pitlane authors
# SPDX-License-Identifier: MIT
"""Tries to get a shell, a file or a tunnel through the account of a shop, over a real sshd.

usage: ssh_escape.py PITLANE DEPLOY
PITLANE is the program, DEPLOY the folder of the built deployment files. Needs root and OpenSSH's
server; says why it is skipped (exit code 77) where they are not. Accounts and sshd live in a mount
namespace of their own: the machine's files are never touched.

Two ways of setting the account up are tried, each holding without the other:
  forced  the Match block of sshd_pitlane.conf, but the account's shell is an ordinary one
  key     the account's shell is Pitlane and its key restricted (authorized_keys.example); no Match
          block
(bash would read its ~/.bashrc even so, which is why the manual gives the account Pitlane as its shell.)
"""
import os
import pathlib
import pty
import re
import select
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time

MARK = 'ESCAPED-42'
ECHO = 'echo ESCAPED-$((40+2))'
PASSWORD = 'correct horse battery'


def skip(why):
    print(f'skipped: {why}')
    sys.exit(77)


def enter_namespace():
    """Starts this program again where mounts are its own."""
    if os.environ.get('IN_NAMESPACE'):
        return
    if os.geteuid() != 0:
        skip('only root can make accounts')
    for tool in ('/usr/sbin/sshd', 'ssh', 'sftp', 'scp', 'ssh-keygen', 'unshare'):
        if not shutil.which(tool):
            skip(f'{tool} is not installed')
    probe = subprocess.run(['unshare', '--mount', '--propagation', 'private', 'true'],
                           capture_output=True)
    if probe.returncode != 0:
        skip('this machine allows no mount namespaces')
    os.environ['IN_NAMESPACE'] = '1'
    os.execvp('unshare', ['unshare', '--mount', '--propagation', 'private', sys.executable,
                          *sys.argv])


class Place:
    """An account, its shop, and a sshd for it."""

    def __init__(self, top, way, pitlane, deploy):
        self.top = pathlib.Path(top)
        self.way, self.pitlane = way, pitlane
        self.home = self.top / 'home'
        self.marker = self.top / 'marker'
        self.tries, self.escapes = 0, []
        self.make_account('/bin/sh' if way == 'forced' else pitlane)
        self.make_shop()
        self.make_sshd(deploy)

    def make_account(self, shell):
        account = f'shop:x:4242:4242:shop:{self.home}:{shell}\n'
        for name, line in (('passwd', account + 'sshd:x:4243:65534::/run/sshd:/usr/sbin/nologin\n'),
                           ('group', 'shop:x:4242:\n'), ('shadow', 'shop:*:19000:0:99999:7:::\n')):
            kept = [x for x in pathlib.Path('/etc', name).read_text().splitlines(True)
                    if not x.startswith(('shop:', 'sshd:'))]
            copy = self.top / name
            copy.write_text(''.join(kept) + line)
            copy.chmod(0o600 if name == 'shadow' else 0o644)
            subprocess.run(['mount', '--bind', copy, f'/etc/{name}'], check=True)
        self.home.mkdir()
        (self.home / '.ssh').mkdir()
        # What would run if anything read it.
        trap = f'{ECHO}\necho trap >>{self.marker}\n'
        for name in ('.bashrc', '.profile', '.bash_profile', '.bash_login', '.ssh/rc'):
            (self.home / name).write_text(trap)
        (self.home / '.ssh/environment').write_text(f'BASH_ENV={self.home}/.bashrc\n')
        (self.home / '.terminfo').mkdir()
        subprocess.run(['chown', '-R', '4242:4242', self.home], check=True)
        self.home.chmod(0o700)

    def as_shop(self, *words, stdin=''):
        env = {'HOME': str(self.home), 'PATH': '/usr/bin:/bin', 'LANG': 'C.UTF-8',
               'PITLANE_DB': str(self.home / 'data/shop.db')}
        return subprocess.run(['setpriv', '--reuid=4242', '--regid=4242', '--clear-groups',
                               self.pitlane, *words], env=env, input=stdin, text=True,
                              capture_output=True, check=True)

    def make_shop(self):
        (self.home / 'init.json').write_text(
            '{"name":"Bayside Auto Care","zone":"America/Los_Angeles","tax_rate":"7.75",'
            '"labor_rate":"145.00","admin_name":"Ada Admin","admin_login":"ada",'
            f'"admin_password":"{PASSWORD}"}}')
        for name in ('data', 'files'):
            (self.home / name).mkdir(mode=0o700)
            os.chown(self.home / name, 4242, 4242)
        self.as_shop('init', '--input', str(self.home / 'init.json'))
        self.shop_before = (self.home / 'data/shop.db.key').read_bytes()

    def make_sshd(self, deploy):
        for name in ('host', 'client'):
            subprocess.run(['ssh-keygen', '-q', '-t', 'ed25519', '-N', '', '-f', self.top / name],
                           check=True)
        public = (self.top / 'client.pub').read_text()
        keys = self.top / 'keys'
        keys.mkdir(mode=0o755)
        example = (pathlib.Path(deploy) / 'authorized_keys.example').read_text().splitlines()[-1]
        line = re.sub(r'command="[^"]*"', f'command="{self.pitlane}"', example)
        line = re.sub(r'ssh-ed25519 .*', public, line)
        (keys / 'shop').write_text(public if self.way == 'forced' else line)
        (keys / 'shop').chmod(0o644)
        match = re.sub(r'/etc/ssh/authorized_keys\.d', str(keys),
                       (pathlib.Path(deploy) / 'sshd_pitlane.conf').read_text())
        match = re.sub(r'ForceCommand \S+', f'ForceCommand {self.pitlane}', match)
        match = match.replace('/srv/pitlane/files', str(self.home / 'files'))
        match = match.replace('/srv/pitlane/data', str(self.home / 'data'))
        other = (f'Match User shop\n  AuthorizedKeysFile {keys}/%u\n'
                 f'  SetEnv PITLANE_DB={self.home}/data/shop.db PITLANE_FILES={self.home}/files\n')
        config = self.top / 'sshd_config'
        rest = (f'ListenAddress 127.0.0.1\nHostKey {self.top}/host\n'
                'UsePAM no\nStrictModes no\nPidFile none\nUseDNS no\nPrintMotd no\n'
                'Subsystem sftp internal-sftp\nPermitUserEnvironment no\n' +
                (match if self.way == 'forced' else other))
        os.makedirs('/run/sshd', exist_ok=True)
        self.log = open(self.top / 'sshd.log', 'w', encoding='utf-8')
        for _ in range(5):  # somebody else may take a port that was free
            self.port = free_port()
            config.write_text(f'Port {self.port}\n{rest}')
            subprocess.run(['/usr/sbin/sshd', '-t', '-f', config], check=True)
            self.sshd = subprocess.Popen(['/usr/sbin/sshd', '-D', '-e', '-f', config],
                                         stderr=self.log)
            if self.answers():
                return
        raise SystemExit('sshd does not answer: ' + (self.top / 'sshd.log').read_text())

    def answers(self):
        for _ in range(600):
            if self.sshd.poll() is not None:
                return False
            with socket.socket() as probe:
                if probe.connect_ex(('127.0.0.1', self.port)) == 0:
                    return True
            time.sleep(0.05)
        self.sshd.kill()
        self.sshd.wait()
        return False

    def close(self):
        self.sshd.terminate()
        self.sshd.wait()
        self.log.close()
        for name in ('passwd', 'group', 'shadow'):
            subprocess.run(['umount', f'/etc/{name}'], check=True)

    def options(self):
        return ['-F', 'none', '-i', str(self.top / 'client'), '-o', 'BatchMode=yes',
                '-o', 'StrictHostKeyChecking=no', '-o', 'UserKnownHostsFile=/dev/null',
                '-o', 'LogLevel=ERROR', '-o', 'ConnectTimeout=10']

    # ---- one try each -------------------------------------------------------------------------

    def verdict(self, name, escaped, seen=''):
        self.tries += 1
        if self.marker.exists():
            escaped, seen = True, 'the marker file was written: ' + self.marker.read_text()
            self.marker.unlink()
        if escaped:
            self.escapes.append(name)
            print(f'ESCAPED by {self.way}/{name}: {str(seen)[-400:]!r}')

    def command(self, name, *words, tool='ssh', target=True, extra=(), env=None, stdin=''):
        """Without a terminal: the answer must not hold what only a shell could have said."""
        port = ['-P' if tool in ('sftp', 'scp') else '-p', str(self.port)]
        argv = [tool, *self.options(), *port, *extra, *(['shop@127.0.0.1'] if target else []),
                *words]
        try:
            ran = subprocess.run(argv, input=stdin, capture_output=True, text=True, timeout=20,
                                 env={**os.environ, **(env or {})}, errors='replace')
            seen, code = ran.stdout + ran.stderr, ran.returncode
        except subprocess.TimeoutExpired as over:
            seen, code = str(over.stdout), 124
        self.verdict(name, MARK in seen, seen)
        return code, seen

    def terminal(self, name, keys, words=(), extra=(), env=None, wait='Name', seconds=3.0):
        """At a terminal: keys are pressed once `wait` is on the screen."""
        child, line = pty.fork()
        if child == 0:
            os.environ.update({'TERM': 'xterm-256color', **(env or {})})
            os.execvp('ssh', ['ssh', '-tt', *self.options(), '-p', str(self.port), *extra,
                              'shop@127.0.0.1', *words])
        seen = read_until(line, wait, 10)
        for key in keys:
            try:
                os.write(line, key)
            except OSError:
                break
            seen += read_until(line, None, 0.25)
        seen += read_until(line, None, seconds if not keys else 0.5)
        os.kill(child, signal.SIGHUP)
        os.close(line)
        os.waitpid(child, 0)
        self.verdict(name, MARK in seen, seen)
        return seen


def free_port():
    with socket.socket() as probe:
        probe.bind(('127.0.0.1', 0))
        return probe.getsockname()[1]


def read_until(line, text, seconds):
    seen, end = '', time.monotonic() + seconds
    while time.monotonic() < end and (text is None or text not in seen):
        ready, _, _ = select.select([line], [], [], max(0, end - time.monotonic()))
        if not ready:
            break
        try:
            got = os.read(line, 65536)
        except OSError:
            break
        if not got:
            break
        seen += got.decode('utf-8', 'replace')
    return seen


# ---- the tries ----------------------------------------------------------------------------------

def try_commands(place):
    shells = [ECHO, f'sh -c "{ECHO}"', f'/bin/bash -c "{ECHO}"', f'-c "{ECHO}"', f'; {ECHO}',
              f'`{ECHO}`', f'$({ECHO})', f'\n{ECHO}\n', f'|{ECHO}', f'bash --norc -i', 'sh -i',
              f'{place.pitlane}; {ECHO}', f'env -i sh -c "{ECHO}"', 'cat /etc/passwd',
              f'{place.pitlane} manual', '--help', 'customer search --json']
    for number, words in enumerate(shells):
        code, seen = place.command(f'command {number}', words, stdin=f'{ECHO}\nexit\n')
        place.verdict(f'answered {number}', 'root:x:0:0' in seen or '.Dd' in seen or
                      '"rows"' in seen, seen)
    place.command('no terminal', extra=('-T',), stdin=f'{ECHO}\nexit\n')
    for number, words in enumerate(shells[:11]):
        place.terminal(f'terminal command {number}', [ECHO.encode() + b'\r'], words=[words])


def try_files(place):
    local = place.top / 'local'
    local.write_text('hello')
    there = place.home / 'stolen'
    batch = f'put {local} {there}\nget {place.home}/data/shop.db.key {place.top}/got\nls\n!true\n'
    for number, extra in enumerate(((), ('-s', '/usr/lib/openssh/sftp-server'),
                                    ('-s', 'sftp'), ('-s', '/bin/sh'))):
        place.command(f'sftp {number}', tool='sftp', extra=('-b', '-', *extra), stdin=batch)
        place.verdict(f'sftp {number} files', there.exists() or (place.top / 'got').exists())
    for number, extra in enumerate(((), ('-O',), ('-r',), ('-O', '-r'))):
        key = f'shop@127.0.0.1:{place.home}/data/shop.db.key'
        place.command(f'scp {number} out', key, str(place.top / 'got'), tool='scp', target=False,
                      extra=extra)
        place.command(f'scp {number} in', str(local), f'shop@127.0.0.1:{there}', tool='scp',
                      target=False, extra=extra)
        place.verdict(f'scp {number} files', there.exists() or (place.top / 'got').exists())
    place.command('subsystem', 'sftp', extra=('-s',))
    place.command('rsync', f'rsync --server . {there}')
    place.verdict('rsync file', there.exists())


def reaches(place, connect):
    """Does a connection through the tunnel reach a listener of ours?"""
    try:
        with socket.create_connection(('127.0.0.1', connect), timeout=1) as way:
            way.settimeout(1)
            return b'TUNNEL' in way.recv(100)
    except OSError:
        return False


def try_tunnels(place):
    listener = socket.socket()
    listener.bind(('127.0.0.1', 0))
    listener.listen(8)
    listener.settimeout(0.2)
    behind = listener.getsockname()[1]
    pid = os.fork()
    if pid == 0:
        while True:
            try:
                way, _ = listener.accept()
                way.sendall(b'TUNNEL')
                way.close()
            except OSError:
                continue
    for name, flag in (('local', '-L'), ('remote', '-R')):
        port = free_port()
        ssh = subprocess.Popen(['ssh', '-N', *place.options(), '-p', str(place.port), flag,
                                f'127.0.0.1:{port}:127.0.0.1:{behind}', 'shop@127.0.0.1'],
                               stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(1)
        place.verdict(f'tunnel {name}', reaches(place, port))
        ssh.kill()
        ssh.wait()
    code, seen = place.command('tunnel stdio', extra=('-W', f'127.0.0.1:{behind}'))
    place.verdict('tunnel stdio reach', 'TUNNEL' in seen, seen)
    port = free_port()
    ssh = subprocess.Popen(['ssh', '-N', *place.options(), '-p', str(place.port), '-D', str(port),
                            'shop@127.0.0.1'], stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    time.sleep(1)
    place.verdict('tunnel socks', socks_reaches(port, behind))
    ssh.kill()
    ssh.wait()
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    listener.close()
    path = place.top / 'agent'
    place.command('agent', f'ls /tmp/ssh-*', extra=('-A',), env={'SSH_AUTH_SOCK': str(path)})
    place.command('x11', ECHO, extra=('-X',), env={'DISPLAY': ':9'})


def socks_reaches(port, behind):
    try:
        with socket.create_connection(('127.0.0.1', port), timeout=1) as way:
            way.settimeout(2)
            way.sendall(b'\x04\x01' + behind.to_bytes(2, 'big') + bytes([127, 0, 0, 1]) + b'x\x00')
            return b'TUNNEL' in way.recv(8) + way.recv(100)
    except OSError:
        return False


def try_environment(place):
    trap = place.top / 'trap.sh'
    trap.write_text(f'#!/bin/sh\n{ECHO}\necho env >>{place.marker}\n')
    trap.chmod(0o755)
    for name in ('BASH_ENV', 'ENV', 'LD_PRELOAD', 'LD_AUDIT', 'TERMINFO', 'TERMINFO_DIRS', 'PAGER',
                 'EDITOR', 'LESSOPEN', 'PROMPT_COMMAND', 'PITLANE_DB', 'PITLANE_KEY', 'PATH',
                 'LC_ALL', 'LANG', 'IFS', 'SHELLOPTS', 'PS4', 'SSH_ORIGINAL_COMMAND'):
        place.command(f'environment {name}', ECHO, extra=('-o', f'SetEnv={name}={trap}'))
    place.terminal('TERM as a path', [], env={'TERM': '../../../tmp/x'}, wait='TERM', seconds=1)
    place.terminal('TERM unknown', [ECHO.encode() + b'\r'], env={'TERM': 'no-such'}, wait='known')


KEYS = [b'\x1a', b'\x03', b'\x1c', b'\x04', b'\x11', b'!', b'!sh\r', b':!sh\r', b'\x1b!', b'~.',
        b'\x1bOP', b'\x1b[20~', b'\x10', b'\x18', b'\x14', b'\x1b\x1b', b'\x16', b'\x0f', b'\x12']


def try_keys(place):
    for number, key in enumerate(KEYS):
        place.terminal(f'key {number}', [key, ECHO.encode() + b'\r', b'\x11', b'y'])
    place.terminal('all keys', [*KEYS, ECHO.encode() + b'\r'])


def sign_in(place):
    return [b'ada\r', PASSWORD.encode() + b'\r']


def palette(words):
    return [b'\x10', words.encode(), b'\r']


def try_files_inside(place):
    """Signed in: every dialog that takes the name of a file."""
    targets = [place.home / '.ssh/authorized_keys.csv', place.home / '.bashrc.csv',
               place.home / 'data/shop.db.csv', pathlib.Path('/tmp/outside.csv')]
    for target in targets:
        place.terminal(f'export to {target.name}',
                       [*sign_in(place), *palette('customers'), b'x', b'\x15',
                        str(target).encode() + b'\r', b'\r', b'\x11', b'y'])
        place.verdict(f'export wrote {target.name}', target.exists())
    # The same where it is allowed, or the tries above would prove nothing.
    good = place.home / 'files/customers.csv'
    place.terminal('export', [*sign_in(place), *palette('customers'), b'x', b'\x15',
                              str(good).encode() + b'\r', b'\x11', b'y'], seconds=1)
    if not good.exists():
        raise SystemExit('an export into the folder for files did not work either')
    key = place.home / 'data/shop.db.key'
    seen = place.terminal('import of the keys',
                          [*sign_in(place), *palette('import customers'), b'\x15',
                           str(key).encode() + b'\r', b'\r'])
    secret = place.shop_before.decode().split()[4]
    place.verdict('import showed the keys', secret[:20] in seen, seen)
    place.verdict('keys are as they were', key.read_bytes() != place.shop_before)


def try_other_ways_in(place):
    """As other programs of the machine start the account's shell."""
    if place.way != 'key':
        return
    env = {'PATH': '/usr/bin:/bin', 'LANG': 'C.UTF-8'}
    for number, argv in enumerate((['su', 'shop', '-c', ECHO], ['su', '-', 'shop', '-c', ECHO],
                                   ['su', '-', 'shop'], [place.pitlane, '-c', ECHO],
                                   [place.pitlane, '-c', 'internal-sftp'])):
        ran = subprocess.run(argv, input=f'{ECHO}\n', capture_output=True, text=True, timeout=20,
                             env=env)
        place.verdict(f'su {number}', MARK in ran.stdout + ran.stderr, ran.stdout + ran.stderr)


def run_way(way, pitlane, deploy):
    enter_namespace()
    with tempfile.TemporaryDirectory(prefix='pitlane-ssh-') as top:
        os.chmod(top, 0o755)
        program = shutil.copy(pitlane, top)  # where the account may read it
        place = Place(top, way, program, deploy)
        try:
            seen = place.terminal('sign-in', [], seconds=1)
            if 'Bayside Auto Care' not in seen:
                print((place.top / 'sshd.log').read_text())
                raise SystemExit(f'{way}: Pitlane does not come up over ssh: {seen[-2000:]!r}')
            for tries in (try_commands, try_files, try_tunnels, try_environment, try_keys,
                          try_files_inside, try_other_ways_in):
                tries(place)
        finally:
            place.close()
        print(f'{way}: {place.tries} tries, {len(place.escapes)} shells, files or tunnels obtained')
        return 1 if place.escapes else 0


def main():
    pitlane, deploy = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
    if len(sys.argv) > 3:
        return run_way(sys.argv[3], pitlane, deploy)
    runs = [subprocess.Popen([sys.executable, sys.argv[0], pitlane, deploy, way])
            for way in ('forced', 'key')]
    codes = [run.wait() for run in runs]
    return 77 if 77 in codes else max(abs(code) for code in codes)


if __name__ == '__main__':
    sys.exit(main())
