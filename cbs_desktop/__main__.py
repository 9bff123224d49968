"""`python -m cbs_desktop`: with a word a command, without one the window."""

import sys

from cbs_desktop.outside.readers import FLAG


def main() -> int:
    """Run; the exit code."""
    if sys.argv[1:2] == [FLAG]:
        from cbs_desktop.outside import child

        return child.run(sys.argv[2])
    from cbs_desktop.cli import folder_alone, run

    folder = folder_alone(sys.argv[1:])
    if folder is None:
        return run(sys.argv[1:])
    from ui.app import run as open_window

    return open_window(folder)


if __name__ == "__main__":
    sys.exit(main())
