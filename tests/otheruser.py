"""Runs a command as somebody else, or where namespaces are denied: `python -m tests.otheruser [--nobody] [--denied] …`.

As nobody, folders that only root may enter (Python may lie in one) are replaced, in a mount namespace of the
command's own, by such as show nothing but what the command needs.
"""

from __future__ import annotations

import errno
import os
import shlex
import sys
from pathlib import Path

from grader.rooms import seccomp
from grader.rooms.system import check, libc

NOBODY = 65534


def deny_namespaces() -> None:
    """This process and all it starts get no namespaces, as under a container's filter."""
    column, arch = seccomp.MACHINES[os.uname().machine]
    steps = [seccomp._step(seccomp.LOAD, seccomp.ARCH), seccomp._step(seccomp.EQUAL, arch, 1, 0)]
    steps += [seccomp._step(seccomp.RETURN, seccomp.ALLOW), seccomp._step(seccomp.LOAD, seccomp.NUMBER)]
    steps += seccomp._deny(seccomp.NUMBERS["unshare"][column])
    steps += seccomp._deny(seccomp.CLONE3[column], errno.ENOSYS)
    steps += seccomp._deny_unless(seccomp.CLONE[column], 0, seccomp.NEW_NAMESPACE, 0)
    check(libc.prctl(38, 1, 0, 0, 0), "no_new_privs")
    seccomp.install(b"".join([*steps, seccomp._step(seccomp.RETURN, seccomp.ALLOW)]))


def shown_to_all(paths: list[Path]) -> str:
    """Shell commands by which these paths can be reached by everyone, in a mount namespace of one's own."""
    closed = {a for path in paths for a in path.parents if not a.stat().st_mode & 0o001}
    lines = ["set -e", "stash=$(mktemp -d)"]
    for folder in sorted(closed):
        inside = [path for path in paths if path.is_relative_to(folder)]
        for number, path in enumerate(inside):
            lines += [f"mkdir $stash/{number}", f"mount --bind {shlex.quote(str(path))} $stash/{number}"]
        lines.append(f"mount -t tmpfs -o mode=755 tmpfs {shlex.quote(str(folder))}")
        for number, path in enumerate(inside):
            quoted = shlex.quote(str(path))
            lines += [
                f"mkdir -p {quoted}",
                f"mount --move $stash/{number} {quoted}",
                f"rmdir $stash/{number}",
            ]
    return "\n".join(
        [*lines, "rmdir $stash", f'exec setpriv --reuid {NOBODY} --regid {NOBODY} --clear-groups "$@"']
    )


def main(arguments: list[str]) -> None:
    """Becomes the command."""
    options = {option for option in ("--nobody", "--denied") if option in arguments[:2]}
    command = arguments[len(options) :]
    if "--nobody" in options:
        repository = Path(__file__).resolve().parents[1]
        paths = [repository, Path(sys.prefix).resolve(), Path(sys.base_prefix).resolve()]
        rest = [sys.executable, "-m", "tests.otheruser", "--denied"] if "--denied" in options else []
        os.execvp("unshare", ["unshare", "-m", "sh", "-c", shown_to_all(paths), "sh", *rest, *command])
    if "--denied" in options:
        deny_namespaces()
    os.execvp(command[0], command)


if __name__ == "__main__":
    main(sys.argv[1:])
