"""The project's own Python in `.venv`, holding exactly the pinned libraries."""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

from installer import system
from installer.trouble import Trouble, explain

RUN_PINS = "requirements.txt"
TEST_PINS = "requirements-dev.txt"
ROOM_NEEDED = 1_500_000_000  # bytes: the libraries of the checks and their downloads
NEW_ENOUGH = "import sys, pip; sys.exit(sys.version_info < (3, 11))"


def python_of(root: Path, platform: str = sys.platform) -> Path:
    """The Python of the project's environment."""
    return (
        root / ".venv" / ("Scripts/python.exe" if platform == "win32" else "bin/python")
    )


def prepare(root: Path, pins: str) -> Path:
    """Bring `.venv` to these pins and return its Python; quick when they are in place already."""
    if not in_place(root, pins):
        check_room(root)
        make(root)
        install(root, pins)
        stamp(root, pins)
    return python_of(root)


def in_place(root: Path, pins: str) -> bool:
    """Whether these very pins were installed to the end, and the Python still starts."""
    mark = stamp_file(root, pins)
    return (
        mark.is_file()
        and mark.read_text("ascii") == digest(root, pins)
        and starts(root, "import sys")
    )


def stamp(root: Path, pins: str) -> None:
    """Remember what was installed; the pins of the checks hold those of the program."""
    for each in {pins, RUN_PINS}:
        stamp_file(root, each).write_text(digest(root, each), "ascii")


def stamp_file(root: Path, pins: str) -> Path:
    """Where the digest of an installed requirement file is kept."""
    return root / ".venv" / f"{pins}.sha256"


def digest(root: Path, pins: str) -> str:
    """What tells one state of a requirement file from another."""
    return hashlib.sha256((root / "installer" / pins).read_bytes()).hexdigest()


def starts(root: Path, code: str) -> bool:
    """Whether the environment's Python is there and runs this line."""
    python = python_of(root)
    return (
        python.exists()
        and subprocess.run([str(python), "-c", code], capture_output=True).returncode
        == 0
    )


def check_room(root: Path) -> None:
    """Stop before a download that cannot fit."""
    free = shutil.disk_usage(root).free
    if free < ROOM_NEEDED:
        raise Trouble(
            f"Only {free / 1e9:.1f} GB are free on this disk; the libraries need 1.5 GB while they are installed.\n"
            "Make room and run the same command again."
        )


def make(root: Path) -> None:
    """Make `.venv` afresh unless a usable one stands there: an interrupted one has no pip."""
    if starts(root, NEW_ENOUGH):
        return
    print("Making the program's own Python in .venv", flush=True)
    complaint = _make(root)
    if (
        "ensurepip" in complaint and system.can_install()
    ):  # a package of its own on Debian
        system.install(["python3-venv"])
        complaint = _make(root)
    if complaint:
        raise explain("Making .venv", complaint)


def _make(root: Path) -> str:
    """Try once; returns what went wrong, in Python's own words."""
    command = [sys.executable, "-m", "venv", "--clear", str(root / ".venv")]
    done = subprocess.run(command, capture_output=True, text=True, errors="replace")
    if done.returncode == 0:
        return ""
    return done.stdout + done.stderr


def install(root: Path, pins: str) -> None:
    """Fetch and install the pinned libraries, naming each one as it comes."""
    print(
        "Fetching the libraries (about 250 MB; a few minutes the first time)",
        flush=True,
    )
    command = [
        str(python_of(root)),
        "-X",
        "utf8",
        "-m",
        "pip",
        "install",
        "--require-hashes",
        "--only-binary",
        ":all:",
    ]
    command += [
        "--no-input",
        "--disable-pip-version-check",
        "-r",
        str(root / "installer" / pins),
    ]
    options = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True}
    with subprocess.Popen(
        command, encoding="utf-8", errors="replace", **options
    ) as pip:
        assert pip.stdout is not None
        lines = [_shown(line) for line in pip.stdout]
    if pip.returncode != 0:
        raise explain("Installing the libraries", "".join(lines))


def _shown(line: str) -> str:
    """Pass a line of pip on; only the name of each library is shown."""
    if line.startswith("Collecting "):
        print("  " + line.split()[1].replace("==", " "), flush=True)
    return line


def command(root: Path, *words: str) -> list[str]:
    """The words that run something in the environment; UTF-8, because Windows prints in a code page otherwise."""
    return [str(python_of(root)), "-X", "utf8", *words]


def call(root: Path, *words: str, **variables: str) -> int:
    """Run something in the environment from the project's folder, its output going straight through."""
    return subprocess.run(
        command(root, *words), cwd=root, env={**os.environ, **variables}
    ).returncode


def lacking(root: Path, name: str) -> str:
    """What to tell a developer whose Python has not what the figures need: `run` installs what the program needs alone."""
    pins = f"installer/{TEST_PINS}"
    pip = f"{python_of(root)} -m pip install --require-hashes --only-binary :all:"
    return (
        f"The figures need the packages of {pins}; {name} is not in this Python.\n"
        "Install them, and run the figures with the same Python:\n"
        f"  {pip} -r {root / pins}\n"
        f"  {python_of(root)} {root / 'tests' / 'bench' / 'run.py'}\n"
        "Where there is no .venv yet: python3 installer/bootstrap.py test makes it with all of them."
    )
