"""What the operating system has to bring: the shared libraries that Qt loads, and apt to fetch them."""

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from installer.trouble import Trouble, explain

# Found in a bare Debian 12 by loading Qt's platform plugins; ldd on the wheel alone misses most of them.
QT_PACKAGES = (
    "libegl1 libgl1 libxkbcommon0 libfontconfig1 libfreetype6 libglib2.0-0 libdbus-1-3 "
    "libxkbcommon-x11-0 libx11-xcb1 libxcb-cursor0 libxcb-icccm4 libxcb-image0 libxcb-keysyms1 libxcb-randr0 "
    "libxcb-render-util0 libxcb-shape0 libxcb-shm0 libxcb-sync1 libxcb-xfixes0 libxcb-xkb1 libxcb-util1 libcups2"
).split()

# PySide6 imports without the libraries of a window, so the plugins themselves are loaded.
PROBE = """
import ctypes, pathlib, sys
import PySide6, PySide6.QtWidgets
folder = pathlib.Path(PySide6.__file__).parent / "Qt" / "plugins" / "platforms"
for name in sys.argv[1:]:
    ctypes.CDLL(str(folder / f"libq{name}.so"))
"""


def ensure_qt(python: Path, plugins: list[str]) -> None:
    """See that Qt loads with these platform plugins; install what is missing, or say how."""
    missing = qt_complaint(python, plugins)
    if missing and can_install():
        install(QT_PACKAGES)
        missing = qt_complaint(python, plugins)
    if missing:
        raise Trouble(
            qt_advice(missing, shutil.which("apt-get") is not None, sys.platform)
        )


def qt_complaint(python: Path, plugins: list[str], platform: str = sys.platform) -> str:
    """Why Qt cannot load, in its own last words; empty when it can."""
    names = plugins if platform.startswith("linux") else []
    command = [str(python), "-X", "utf8", "-c", PROBE, *names]
    done = subprocess.run(
        command, capture_output=True, encoding="utf-8", errors="replace"
    )
    if done.returncode == 0:
        return ""
    return (done.stderr.strip().splitlines() or ["Qt ended without a word"])[-1]


def qt_advice(missing: str, apt: bool, platform: str) -> str:
    """What to do so that Qt can open windows."""
    head = f"The window library Qt cannot start here: {missing}\n"
    if platform == "win32":
        return (
            head
            + "CBS Desktop needs 64-bit Windows 10 or newer, with its updates installed."
        )
    if apt:
        return (
            head
            + f"Run this once, then the same command again:\n{apt_line(QT_PACKAGES)}"
        )
    return (
        head
        + f"Install these libraries, by the names of your system, and try again: {' '.join(QT_PACKAGES)}"
    )


def apt_line(packages: Sequence[str]) -> str:
    """The one line that installs system packages by hand."""
    return "sudo apt-get install " + " ".join(packages)


def can_install() -> bool:
    """Whether system packages can be installed without asking anybody."""
    return shutil.which("apt-get") is not None and os.geteuid() == 0


def install(packages: Sequence[str]) -> None:
    """Install system packages with apt, which must not stop to ask questions."""
    print("Installing system packages: " + " ".join(packages), flush=True)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    options = {
        "env": environment,
        "stdout": subprocess.PIPE,
        "stderr": subprocess.STDOUT,
        "text": True,
    }
    subprocess.run(["apt-get", "update"], **options)
    done = subprocess.run(
        ["apt-get", "install", "-y", "--no-install-recommends", *packages], **options
    )
    if done.returncode != 0:
        raise explain("Installing system packages with apt-get", done.stdout)
