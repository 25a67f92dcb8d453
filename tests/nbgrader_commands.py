"""Run nbgrader's own commands, many in one process, because importing it costs seconds.

    python -m tests.nbgrader_commands < steps.json

A step is {"cwd", "env", "argv"} for `nbgrader ARGV`, or {"copy": [from, to]}. Prints the exit codes as JSON.
"""

import json
import os
import shutil
import sys
from pathlib import Path


def nbgrader(argv):
    """One command, from a clean slate; returns its exit status."""
    from nbgrader.apps import NbGraderApp
    from traitlets.config import SingletonConfigurable

    try:
        NbGraderApp.launch_instance(argv)
    except SystemExit as stop:
        return stop.code or 0
    finally:
        classes = [SingletonConfigurable]
        for kind in classes:
            kind._instance = None
            classes.extend(kind.__subclasses__())
    return 0


def main():
    """Take the steps in order; a failing command does not stop the next."""
    codes, output = [], os.dup(1)
    os.dup2(2, 1)
    for step in json.load(sys.stdin):
        if "copy" in step:
            source, target = map(Path, step["copy"])
            target.parent.mkdir(parents=True, exist_ok=True)
            target.unlink(missing_ok=True)
            shutil.copyfile(source, target)
            continue
        os.environ.update(step["env"])
        os.chdir(step["cwd"])
        codes.append(nbgrader(step["argv"]))
    os.write(output, json.dumps(codes).encode())


if __name__ == "__main__":
    main()
