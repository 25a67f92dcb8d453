"""A real PostgreSQL server of the tests' own, on a socket in a temporary folder."""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def binaries() -> Path | None:
    """Where initdb and pg_ctl lie, or None if PostgreSQL's server is not installed."""
    if found := shutil.which("initdb"):
        return Path(found).resolve().parent
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    return versions[-1].parent if versions else None


class Server:
    """A server with one empty database after another; `restart` and `kill` are the faults a test can cause."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = _free_port()
        self._bin = binaries()
        self._count = 0

    def _as_owner(self, *command: str) -> None:
        """PostgreSQL refuses to run as root, so root hands over to its own user."""
        prefix = (
            ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"] if os.geteuid() == 0 else []
        )
        done = subprocess.run(
            [*prefix, f"{self._bin}/{command[0]}", *command[1:]], capture_output=True, text=True, cwd="/"
        )
        if done.returncode:
            raise RuntimeError(f"{' '.join(command)}: {done.stdout}{done.stderr}")

    def create(self) -> None:
        self._as_owner(
            "initdb", "-D", f"{self.folder}/data", "-A", "trust", "-U", "grader", "-E", "UTF8", "--no-sync"
        )
        self.start()

    def start(self) -> None:
        options = f"-p {self.port} -k {self.folder} -h 127.0.0.1 -c fsync=off -c max_connections=50"
        self._as_owner(
            "pg_ctl", "-D", f"{self.folder}/data", "-l", f"{self.folder}/log", "-w", "-o", options, "start"
        )

    def stop(self, mode: str = "fast") -> None:
        self._as_owner("pg_ctl", "-D", f"{self.folder}/data", "-m", mode, "-w", "stop")

    def restart(self, mode: str = "immediate") -> None:
        """Stops without a word to its clients, as a crash would, and starts again."""
        self.stop(mode)
        self.start()

    def new_database(self) -> str:
        """The SQLAlchemy URL of a fresh, empty database."""
        self._count += 1
        name = f"course_{self._count}"
        self._as_owner("createdb", "-h", "127.0.0.1", "-p", str(self.port), "-U", "grader", name)
        return f"postgresql+psycopg://grader@127.0.0.1:{self.port}/{name}"


@contextmanager
def server() -> Iterator[Server]:
    """A running server that is gone afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="postgres-", dir="/tmp"))
    if os.geteuid() == 0:
        owner = pwd.getpwnam("postgres")
        os.chown(folder, owner.pw_uid, owner.pw_gid)
    running = Server(folder)
    try:
        running.create()
        yield running
    finally:
        if (folder / "data" / "postmaster.pid").exists():
            running.stop("immediate")
        shutil.rmtree(folder, ignore_errors=True)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
