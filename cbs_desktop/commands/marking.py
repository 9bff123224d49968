"""Marks from a spreadsheet on the command line: what would change, and entering it."""

from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from cbs_desktop.commands.word import Answer
from cbs_desktop.errors import RuleBroken

if TYPE_CHECKING:
    from cbs_desktop.attendance.sheets.matching import MarkPlan
    from cbs_desktop.office import Office

OPTIONS = (
    (
        "--import",
        {
            "type": Path,
            "default": None,
            "dest": "table",
            "metavar": "FILE",
            "help": "marks as people keep them: people down, dates or sessions across; the same as FILE",
        },
    ),
    (
        "--preview",
        {"action": "store_true", "help": "only tell what the file would change"},
    ),
    (
        "--calendar",
        {
            "type": Path,
            "default": None,
            "metavar": "PDF",
            "help": "write the calendar of the round",
        },
    ),
    (
        "--group",
        {
            "default": "",
            "help": "the group of a file that names none, or whose registers are printed",
        },
    ),
    (
        "--replace",
        {"action": "store_true", "help": "marks that differ replace what is marked"},
    ),
)


def enter(office: "Office", asked: Namespace, file: Path, round_id: int) -> Answer:
    """The marks of a file; with --preview only what they come to. RuleBroken for a file of which nothing can be taken."""
    from cbs_desktop.attendance import bulk
    from cbs_desktop.attendance.sheets.doubts import say_doubt, say_plan
    from cbs_desktop.attendance.sheets.plans import sheet_plan
    from cbs_desktop.sheets import raw

    plan = office.ask(sheet_plan, raw.read(file), round_id, asked.group)
    doubts = [say_doubt(doubt) for doubt in plan.doubts]
    taken = plan.same + len(plan.new) + len(plan.differing)
    if doubts and not taken:
        raise RuleBroken(rule="nothing to enter", why=doubts[0])
    written = 0
    if plan.marks(asked.replace) and not asked.preview:
        written = office.do(bulk.enter_sheet, plan, asked.replace)
    told = [say_plan(plan)]
    told += [f"{one.written} → {one.name}" for one in plan.spellings]
    told += doubts
    if not asked.preview:
        told.append(f"Entered {written} marks.")
    return _document(plan, doubts, written), "\n".join(told)


def _document(plan: "MarkPlan", doubts: list[str], written: int) -> dict[str, object]:
    """For --json. Nobody is named but in what a person has to look at."""
    parked: list[dict[str, object]] = []
    for doubt, words in zip(plan.doubts, doubts, strict=True):
        place = doubt.place
        parked.append(
            {
                "kind": doubt.kind,
                "sheet": place.sheet,
                "row": place.row,
                "column": place.column,
                "words": words,
            }
        )
    return {
        "marks": written,
        "new": len(plan.new),
        "differing": len(plan.differing),
        "same": plan.same,
        "people": plan.people(),
        "sessions": plan.sessions(),
        "doubts": parked,
    }
