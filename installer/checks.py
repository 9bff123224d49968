"""`test`: lint, format, types, floors and the tests, in one go."""

import time
from dataclasses import dataclass
from pathlib import Path

from installer import environment, system

# import-linter has no `-m` door, and its script breaks when the project's folder is moved
LINT_IMPORTS = (
    "from importlinter.cli import lint_imports_command; lint_imports_command()"
)


@dataclass(frozen=True)
class Check:
    """One thing that is looked at before the tests, and what to do when it fails."""

    name: str
    words: tuple[str, ...]
    cure: str


def checks(python: Path) -> list[Check]:
    """All checks but the tests, the quick ones first."""
    ruff = f"{python} -m ruff"
    types = ("-m", "basedpyright", "--pythonpath", str(python))
    return [
        Check(
            "ruff check",
            ("-m", "ruff", "check"),
            f"many go away with: {ruff} check --fix",
        ),
        Check(
            "ruff format", ("-m", "ruff", "format", "--check"), f"run: {ruff} format"
        ),
        Check("basedpyright", types, "mend the types named above"),
        Check(
            "lint-imports",
            ("-c", LINT_IMPORTS, "--no-logo"),
            "a file imports what its floor must not know; the floors stand in pyproject.toml",
        ),
    ]


def test(root: Path, options: list[str]) -> int:
    """Set up and run every check, then the tests last, so that their closing line is the last one printed."""
    python = environment.prepare(root, environment.TEST_PINS)
    system.ensure_qt(python, ["offscreen"])
    failed = [check.name for check in checks(python) if not passes(root, check)]
    print(
        f"FAILED before the tests: {', '.join(failed)}"
        if failed
        else "All checks before the tests passed."
    )
    print(
        "Now the tests; to repeat one: python3 installer/bootstrap.py test -n 0 PATH::NAME",
        flush=True,
    )
    code = environment.call(
        root, "-m", "pytest", "-n", "2", *options, QT_QPA_PLATFORM="offscreen"
    )
    return code or int(bool(failed))


def passes(root: Path, check: Check) -> bool:
    """Run one check and say how it went."""
    print(f"== {check.name}", flush=True)
    start = time.monotonic()
    passed = environment.call(root, *check.words) == 0
    if passed:
        verdict = "passed"
    else:
        verdict = f"FAILED: {check.name}. What to do: {check.cure}"
    print(f"{verdict} ({time.monotonic() - start:.1f} s)", flush=True)
    return passed
