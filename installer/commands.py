"""The words of `bootstrap.py`, and the last stand against a traceback."""

import sys
from pathlib import Path

from installer import checks, practice
from installer.trouble import Trouble, explain


def main(root: Path, arguments: list[str], usage: str) -> int:
    """Do what was asked; every failure is told in words and ends with exit code 1 (2 for wrong usage)."""
    for stream in (sys.stdout, sys.stderr):
        # What pip and the system say may not fit the code page of a Windows console.
        stream.reconfigure(errors="replace")  # pyright: ignore[reportAttributeAccessIssue]
    try:
        return dispatch(root, arguments, usage)
    except Trouble as trouble:
        print(trouble, file=sys.stderr)
    except OSError as problem:
        print(explain("The set-up", f"{problem}"), file=sys.stderr)
    except KeyboardInterrupt:
        print("Stopped. Run the same command again to go on.", file=sys.stderr)
    return 1


def dispatch(root: Path, arguments: list[str], usage: str) -> int:
    """Choose the command by its first word."""
    match arguments:
        case ["run"]:
            return practice.run(root)
        case ["test", *options]:
            return checks.test(root, options)
        case ["-h" | "--help"]:
            print(usage)
            return 0
        case _:
            print(usage, file=sys.stderr)
            return 2
