"""The figures of the goals, each against a floor of the same run: python tests/bench/run.py [KEY …]"""

import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests"), str(Path(__file__).parent)]

from installer import environment  # noqa: E402

try:
    import board
    import duplicates
    import entry
    import grid
    import groups
    import heartbeat
    import outside
    import paper
    import scans
    import scoring
    import start
    import store
    import tables
except ModuleNotFoundError as missing:
    sys.exit(environment.lacking(ROOT, str(missing.name)))

BENCHES = {
    "A1": start.first_paint, "A2": start.home_painted, "A3": start.memory, "B1": store.import_people, "B2": store.many_marks,
    "B3": store.one_mark, "B4": store.keystroke, "C1": paper.certificates, "C2": paper.size, "C3": paper.first_page,
    "C4": paper.spoilt, "D1": groups.small, "D2": groups.season, "D3": groups.country, "D4": groups.apart,
    "D5": groups.diverse, "D6": board.aimed, "E1": tables.shown, "E2": tables.filtered, "E3": grid.marked,
    "E4": grid.opened, "F1": duplicates.found,
    "G1": scans.read, "H1": outside.read, "F2": duplicates.met, "S1": scoring.report, "S2": entry.answered,
    "U1": heartbeat.blocks,
}  # fmt: skip


def main(keys: list[str]) -> int:
    unknown = set(keys) - BENCHES.keys()
    if unknown:
        print(
            f"no such figure: {', '.join(sorted(unknown))}; there are {' '.join(BENCHES)}"
        )
        return 2
    missed = 0
    with tempfile.TemporaryDirectory() as folder:
        for key in keys or BENCHES:
            found = BENCHES[key](Path(folder))
            missed += not found.reached
            print(found.line(key), flush=True)
    return int(missed > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
