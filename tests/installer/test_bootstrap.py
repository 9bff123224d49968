"""The way from nothing to running: the pins, the stamp, and the words when something is missing."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

from installer import bootstrap, checks, environment, practice, system, trouble

ROOT = Path(__file__).resolve().parents[2]
PINS = [environment.RUN_PINS, environment.TEST_PINS]


def pins(name):
    """Each requirement of a file with its hashes, as one line."""
    text = (ROOT / "installer" / name).read_text("ascii")
    return [
        line
        for line in text.replace("\\\n", " ").splitlines()
        if line and not line.startswith("#")
    ]


@pytest.mark.parametrize("name", PINS)
def test_every_line_is_pinned_and_hashed(name):
    loose = [
        line
        for line in pins(name)
        if not re.fullmatch(
            r"[\w.-]+==[\w.]+( ;[^-]*)?(\s+--hash=sha256:\w{64})+", line
        )
    ]
    assert not loose, f"{name}: make it again with uv, see README.md: {loose[:3]}"


@pytest.mark.parametrize("name", PINS)
def test_no_registry_is_named(name):
    assert "//" not in (ROOT / "installer" / name).read_text("ascii")


def test_checks_run_on_the_very_libraries_of_the_program():
    assert set(pins(environment.RUN_PINS)) <= set(pins(environment.TEST_PINS))


def test_what_is_wanted_is_what_is_pinned():
    wanted = (ROOT / "installer" / "requirements.in").read_text("ascii").splitlines()
    pinned = {line.split()[0] for line in pins(environment.RUN_PINS)}
    assert {line for line in wanted if not line.startswith("#")} <= pinned


@pytest.fixture
def project(tmp_path):
    """A project folder with pins, and a Python in its environment."""
    (tmp_path / "installer").mkdir()
    for name in PINS:
        (tmp_path / "installer" / name).write_text(f"{name}\n")
    python = environment.python_of(tmp_path)
    python.parent.mkdir(parents=True)
    python.symlink_to(sys.executable)
    return tmp_path


def test_stamp_of_the_checks_serves_the_program_too(project):
    environment.stamp(project, environment.TEST_PINS)
    assert all(environment.in_place(project, name) for name in PINS)


def test_stamp_of_the_program_does_not_serve_the_checks(project):
    environment.stamp(project, environment.RUN_PINS)
    assert not environment.in_place(project, environment.TEST_PINS)


def test_changed_pins_are_installed_again(project):
    environment.stamp(project, environment.RUN_PINS)
    (project / "installer" / environment.RUN_PINS).write_text("changed")
    assert not environment.in_place(project, environment.RUN_PINS)


def test_environment_without_a_working_python_is_made_again(project):
    environment.stamp(project, environment.RUN_PINS)
    environment.python_of(project).unlink()
    assert not environment.in_place(project, environment.RUN_PINS)


@pytest.mark.parametrize("version", [(3, 6, 9), (3, 10, 13), (2, 7, 18)])
def test_old_python_is_told_what_to_install(version):
    assert "needs Python 3.11 or newer" in bootstrap.too_old(version)
    assert "apt-get install python3" in bootstrap.too_old(version)


def test_new_python_is_welcome():
    assert bootstrap.too_old((3, 11, 0)) == bootstrap.too_old((3, 14, 1)) == ""


def test_front_door_parses_on_an_old_python():
    ast.parse(
        (ROOT / "installer" / "bootstrap.py").read_text("ascii"), feature_version=(3, 6)
    )


def test_apt_line_is_printed_for_who_may_not_install():
    advice = system.qt_advice(
        "libEGL.so.1: cannot open shared object file", apt=True, platform="linux"
    )
    assert advice.splitlines()[-1] == system.apt_line(system.QT_PACKAGES)
    assert advice.splitlines()[-1].startswith("sudo apt-get install libegl1 ")
    assert "libEGL.so.1" in advice


def test_missing_plugin_is_noticed_by_loading_it():
    assert "libqnosuch.so" in system.qt_complaint(
        Path(sys.executable), ["nosuch"], "linux"
    )


@pytest.mark.parametrize(
    ("output", "words"),
    [
        ("OSError: [Errno 28] No space left on device", "disk is full"),
        ("Error: [Errno 13] Permission denied: '.venv'", "cannot be written to"),
        (
            "The virtual environment was not created because ensurepip is not available.",
            "apt-get install python3-venv",
        ),
        (
            "Retrying: NewConnectionError\nERROR: No matching distribution found for cbor2==6.2.1",
            "connect and run",
        ),
        (
            "ERROR: No matching distribution found for cbor2==6.2.1",
            "64-bit Python 3.11 to 3.14",
        ),
        (
            "ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.",
            "use another network",
        ),
        ("something nobody thought of", "send these lines"),
    ],
)
def test_every_failure_says_what_to_do(output, words):
    assert words in str(trouble.explain("Installing", output))


@pytest.mark.parametrize(
    ("platform", "variables", "shown"),
    [
        ("linux", {}, False),
        ("linux", {"DISPLAY": ":0"}, True),
        ("linux", {"WAYLAND_DISPLAY": "wayland-0"}, True),
        ("win32", {}, True),
        ("darwin", {"CI": "true"}, False),
    ],
)
def test_window_opens_only_where_somebody_sees_it(platform, variables, shown):
    assert practice.has_display(platform, variables) is shown


def test_what_is_made_already_is_told_and_not_made_again(tmp_path, capsys):
    (tmp_path / "practice" / "certificates").mkdir(parents=True)
    (tmp_path / "practice" / "certificates" / "one.pdf").touch()
    practice.make_once(tmp_path, "practice", "practice")
    assert (
        capsys.readouterr().out
        == f"{tmp_path / 'practice'}\n  certificates/ (1 files)\n"
    )


def test_failed_making_leaves_nothing_and_says_which_command(project):
    with pytest.raises(
        trouble.Trouble, match=r"cbs_desktop practice --office practice"
    ):
        practice.make_once(project, "practice", "practice", "--office", "practice")
    assert not (project / "practice").exists()


def test_failed_check_says_which_and_what_to_do(project, capfd):
    assert not checks.passes(
        project, checks.Check("lint", ("-c", "raise SystemExit(1)"), "mend it")
    )
    assert "FAILED: lint. What to do: mend it" in capfd.readouterr().out


def test_unknown_word_is_answered_with_the_two_commands():
    command = [sys.executable, str(ROOT / "installer" / "bootstrap.py"), "dance"]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 2
    assert "bootstrap.py run" in done.stderr
    assert "bootstrap.py test" in done.stderr


def test_figures_say_which_packages_they_need():
    bench = ROOT / "tests" / "bench" / "run.py"
    hidden = "import runpy, sys; sys.modules['pytest'] = None; "
    code = f"{hidden}runpy.run_path({str(bench)!r}, run_name='__main__')"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.returncode == 1 and "Traceback" not in done.stderr
    assert "pytest is not in this Python" in done.stderr
    command = f"-m pip install --require-hashes --only-binary :all: -r {ROOT / 'installer' / environment.TEST_PINS}"
    assert f"{environment.python_of(ROOT)} {command}" in done.stderr
