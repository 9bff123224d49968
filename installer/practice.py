"""`run`: the practice office, its papers, and the window."""

import os
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path

from installer import environment, system
from installer.trouble import Trouble

OFFICE = "practice"
PAPERS = "practice/papers"
PASSWORD = "practice"


def run(root: Path) -> int:
    """Set up, make the practice office and its papers if there are none, and open it."""
    python = environment.prepare(root, environment.RUN_PINS)
    system.ensure_qt(python, ["offscreen", "xcb"])
    make_once(root, OFFICE, "practice", "--office", OFFICE)
    make_once(root, PAPERS, "season", "--office", OFFICE, "--out", PAPERS)
    print(f"The password of the practice office is: {PASSWORD}", flush=True)
    return open_window(root)


def make_once(root: Path, made: str, *words: str) -> None:
    """Let the program make a folder, or say what stands in it already."""
    folder = root / made
    if folder.is_dir() and any(folder.iterdir()):
        print(told(root, made), flush=True)
        return
    code = environment.call(root, "-m", "cbs_desktop", *words, CBS_PASSWORD=PASSWORD)
    if code != 0:
        shutil.rmtree(
            folder, ignore_errors=True
        )  # half a practice office would pass for a whole one next time
        raise Trouble(
            f"`python -m cbs_desktop {' '.join(words)}` stopped with exit code {code}; its own words stand above.\n"
            "Follow them and run the same command again."
        )


def told(root: Path, made: str) -> str:
    """Where a folder lies and what is in it, a line for each thing."""
    lines = [f"{root / made}"]
    for entry in sorted((root / made).iterdir()):
        if entry.is_dir():
            count = sum(1 for each in entry.rglob("*") if each.is_file())
        else:
            count = 0
        lines.append(
            f"  {entry.name}/ ({count} files)" if entry.is_dir() else f"  {entry.name}"
        )
    return "\n".join(lines)


def open_window(root: Path) -> int:
    """Open the practice office, or say how where there is no display."""
    words = ["-m", "cbs_desktop", "--office", OFFICE]
    if has_display(sys.platform, os.environ):
        return environment.call(root, *words)
    command = " ".join([*environment.command(Path(), *words)])
    print(
        f"There is no display here, so no window opens; on a desktop, in this folder: {command}",
        flush=True,
    )
    return 0


def has_display(platform: str, variables: Mapping[str, str]) -> bool:
    """Whether a window can be shown to somebody."""
    if platform.startswith("linux"):
        return bool(variables.get("DISPLAY") or variables.get("WAYLAND_DISPLAY"))
    return not variables.get("CI")
