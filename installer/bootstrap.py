"""From nothing to running: `run` opens the practice office, `test` checks the program. Needs only Python.

This file must parse on Python 3.6, so that an old Python is answered in words; everything newer stands beside it.
"""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OLDEST = (3, 11)
USAGE = """What should be done?
  python3 installer/bootstrap.py run             set up, make the practice office and open it
  python3 installer/bootstrap.py test [options]  set up and check the program; options go to pytest"""


def too_old(version: tuple) -> str:
    """What to tell someone whose Python is too old; empty when it will do."""
    if tuple(version[:2]) >= OLDEST:
        return ""
    return (
        "CBS Desktop needs Python 3.11 or newer; this is Python {}.{}.\n"
        "On Debian 12 or newer and Ubuntu 24.04 or newer: sudo apt-get install python3 python3-venv\n"
        "On Windows and macOS install Python 3.13 from python.org. Then run this command again with the new Python."
    ).format(version[0], version[1])


def main(arguments: list) -> int:
    """Check the Python, then hand over; returns the exit code."""
    complaint = too_old(sys.version_info)
    if complaint:
        sys.stderr.write(complaint + "\n")
        return 1
    # The folder of this script stands first in the path; its file names must not hide the standard library.
    sys.path[0] = str(ROOT)
    from installer import commands

    return commands.main(ROOT, arguments, USAGE)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
