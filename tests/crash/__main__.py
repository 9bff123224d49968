"""A process or the power ended in the middle of what must not be lost: python -m tests.crash kill9 --rounds 1000

`kill9` while people are registered; `powercut` replays what reached the disk, cut at any point; `rekey` in the middle of a
change of the file's key; `upgrade` while an office of an older version is brought up. Each prints what is not as it should be
and a line of figures, and fails when there is something. `--unsafe` of powercut writes without waiting for the disk: then
things must be lost, or the harness sees nothing.
"""

import argparse
import os
import sys
import tempfile
from pathlib import Path

from tests.crash import kill9, powercut, rekey, upgrade


def main() -> int:
    """Run what is asked for; the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    kinds = parser.add_subparsers(required=True, metavar="WHAT")
    for name, run, rounds in (
        ("kill9", kill9.kill9, 1_000),
        ("rekey", rekey.rekey, 200),
        ("upgrade", upgrade.upgrade, 200),
    ):
        one = kinds.add_parser(name)
        one.add_argument("--rounds", type=int, default=rounds)
        one.add_argument("--seed", type=int)
        one.set_defaults(run=lambda asked, run=run: run(asked.rounds, asked.seed))
    power = kinds.add_parser("powercut")
    power.add_argument("--txns", type=int, default=300)
    power.add_argument("--cuts", type=int, default=5_000)
    power.add_argument("--seed", type=int)
    power.add_argument("--unsafe", action="store_true")
    power.set_defaults(
        run=lambda a: powercut.powercut(a.txns, a.cuts, a.seed, a.unsafe)
    )
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as home:
        os.environ["XDG_DATA_HOME"] = str(Path(home))
        return int(asked.run(asked) > 0)


if __name__ == "__main__":
    sys.exit(main())
