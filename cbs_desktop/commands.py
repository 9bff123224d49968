"""The words of the command line, what each does, and the table of them that `cli.py` reads."""

import getpass
import os
from argparse import BooleanOptionalAction, Namespace
from collections import Counter
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cbs_desktop import clock
from cbs_desktop.errors import Invalid, Missing, NoRound, NotACertificate, WrongPassword

if TYPE_CHECKING:
    from cbs_desktop.office import Office

Answer = tuple[Any, str]


@dataclass(frozen=True)
class Command:
    """A word of the command line. `opens`: the function gets the opened office first; `season`: it takes --round."""

    word: str
    does: str
    run: Callable[..., Answer]
    options: tuple[tuple[str, dict[str, Any]], ...] = field(default=())
    opens: bool = True
    season: bool = False


def password() -> str:
    """From CBS_PASSWORD, else asked for; never an argument, which other programs could read."""
    if "CBS_PASSWORD" in os.environ:
        return os.environ["CBS_PASSWORD"]
    try:
        return getpass.getpass("Password: ")
    except EOFError:
        raise WrongPassword(wait=0) from None


def _round(office: "Office", asked: Namespace) -> int:
    from cbs_desktop.programmes import queries

    rounds = office.ask(queries.rounds)
    found = next((one for one in rounds if asked.round in ("", one.name)), None)
    if found is None:
        raise Missing(what="round", id=asked.round) if rounds else NoRound()
    return found.id


def _new(asked: Namespace) -> Answer:
    from cbs_desktop import founding

    plan = founding.Plan(asked.name, asked.code, asked.country, tuple(asked.district), asked.account)
    office, code = founding.found(asked.office, plan, password())
    office.close()
    told = f"The office lies in {asked.office}.\nRecovery code, shown only now; write it down and lock it away:\n{code}"
    return {"office": str(asked.office), "recovery code": code}, told


def _practice(asked: Namespace) -> Answer:
    from cbs_desktop.practice import build

    facts = build.build(asked.office, password())
    return facts, "\n".join(f"{key}: {value}" for key, value in facts.items())


def _open_round(office: "Office", asked: Namespace) -> Answer:
    from cbs_desktop.programmes import actions, queries
    from cbs_desktop.programmes.rules import RoundPlan

    programme_id = office.ask(queries.programmes)[0][0]
    office.do(actions.open_round, programme_id, RoundPlan(asked.name, asked.starts, asked.ends))
    return {"round": asked.name}, f"Round {asked.name} is open, {asked.starts} to {asked.ends}."


def _season(office: "Office", asked: Namespace) -> Answer:
    from cbs_desktop import papers

    made = papers.write_season(office, _round(office, asked), asked.out)
    return made, "\n".join(f"{what}: {where}" for what, where in made.items())


def _import(office: "Office", asked: Namespace) -> Answer:
    from cbs_desktop.participants import actions, importing, queries
    from cbs_desktop.sheets.read import read

    sheet = read(asked.file)
    mapping = importing.guess(sheet.header)
    if faults := importing.mapping_faults(mapping):
        raise Invalid(faults)
    lines = importing.read(sheet.rows, mapping, sheet.first_row, clock.day_of(clock.now()))
    if asked.check:
        if wrong := office.ask(queries.import_check, lines):
            raise Invalid(wrong)
        return {"people": len(lines)}, f"{len(lines)} people can be imported."
    count = office.do(actions.import_people, lines)
    return {"imported": count}, f"Imported {count} people."


def _screen(office: "Office", asked: Namespace) -> Answer:
    from cbs_desktop.participants.queries import numbers
    from cbs_desktop.programmes.queries import rounds
    from cbs_desktop.screening import actions, importing, queries
    from cbs_desktop.screening.instruments import instrument
    from cbs_desktop.sheets.read import read

    round_id = _round(office, asked)
    if asked.file:
        sheet = read(asked.file)
        rules = next(one.rules for one in office.ask(rounds) if one.id == round_id)
        form = instrument(rules.instrument)
        answers = importing.read(sheet.header, sheet.rows, sheet.first_row, office.ask(numbers), form)
        count = office.do(actions.record_many, round_id, answers)
        return {"recorded": count}, f"Recorded {count} questionnaires."
    states = Counter(one.state for one in office.ask(queries.line, round_id))
    return dict(states), "\n".join(f"{state}: {count}" for state, count in states.items()) or "Nobody waits."


def _allocate(office: "Office", asked: Namespace) -> Answer:
    from random import Random

    from cbs_desktop.groups import actions, queries, solver

    round_id = _round(office, asked)
    problem = office.ask(queries.problem, round_id)
    result = solver.solve(problem, Random(asked.seed))
    proposal = office.do(actions.propose, round_id, problem, result, asked.seed)
    facts: dict[str, Any] = {
        "groups": [len(group.people) for group in result.groups],
        "waiting": dict(Counter(reason for _, reason in result.waiting)),
        "accepted": bool(asked.accept),
    }
    if asked.accept:
        facts["group ids"] = office.do(actions.accept, proposal, 1, asked.starts or clock.day_of(clock.now()))
    text = f"{len(result.groups)} groups of {', '.join(map(str, facts['groups'])) or 'nobody'}; {len(result.waiting)} wait."
    return facts, text


def _attendance(office: "Office", asked: Namespace) -> Answer:
    from cbs_desktop import papers
    from cbs_desktop.attendance import actions, importing, queries
    from cbs_desktop.participants.queries import numbers
    from cbs_desktop.sheets.read import read

    round_id = _round(office, asked)
    if asked.file:
        sheet, sessions = read(asked.file), office.ask(queries.session_ids, round_id)
        marks = importing.read(sheet.header, sheet.rows, sheet.first_row, sessions, office.ask(numbers))
        count = office.do(actions.mark_many, marks)
        return {"marks": count}, f"Entered {count} marks."
    if asked.out:
        asked.out.write_bytes(papers.registers(office, round_id))
        return {"registers": str(asked.out)}, f"The registers lie in {asked.out}."
    missing = office.ask(queries.unmarked, round_id)
    lines = [f"{one.group}, session {one.number}, {one.planned_on}" for one in missing]
    return [asdict(one) for one in missing], "\n".join(lines) or "No register is missing."


def _certificates(office: "Office", asked: Namespace) -> Answer:
    from cbs_desktop import papers
    from cbs_desktop.certificates import actions, queries

    round_id = _round(office, asked)
    people = office.ask(queries.candidates, round_id)
    facts: dict[str, Any] = {
        "ready": sum(one.ready for one in people),
        "issued": sum(bool(one.certificate) for one in people),
    }
    facts["states"] = dict(Counter(one.completion.state for one in people))
    if asked.issue and facts["ready"]:
        numbers = office.do(actions.issue, round_id, [one.person_id for one in people if one.ready])
        facts["new"] = [numbers[0], numbers[-1]]
    if asked.out:
        facts["certificates"] = papers.print_certificates(office, round_id, asked.out, asked.reason)
    return facts, "\n".join(f"{key}: {value}" for key, value in facts.items())


def _report(office: "Office", asked: Namespace) -> Answer:
    from cbs_desktop import papers
    from cbs_desktop.reports import queries

    found = office.ask(queries.graduation, _round(office, asked))
    if asked.out:
        papers.write_report(office, found, asked.out)
    return papers.as_document(found), papers.as_text(found)


def _verify(office: "Office", asked: Namespace) -> Answer:
    from cbs_desktop.certificates import queries, reading

    texts = reading.find(Path(asked.what)) if Path(asked.what).is_file() else [asked.what]
    if not texts:
        raise NotACertificate(file=asked.what)
    verdicts = [office.ask(queries.verdict, text) for text in texts]
    lines = [f"{one.facts.number} {one.facts.name}: {one.state}" if one.facts else one.state for one in verdicts]
    well = all(one.state == "genuine" for one in verdicts)
    return {"well": well, "certificates": [asdict(one) for one in verdicts]}, "\n".join(lines)


def _check(office: "Office", asked: Namespace) -> Answer:
    facts = office.check()
    return facts, "\n".join(f"{key}: {value}" for key, value in facts.items())


def _backup(office: "Office", asked: Namespace) -> Answer:
    facts = office.back_up(asked.folder)
    return facts, f"The backup lies in {facts['folder']}: {facts['acts']} actions, checked."


def _restore(asked: Namespace) -> Answer:
    from cbs_desktop.founding import restore

    facts = restore(asked.file, asked.office, asked.person, password())
    return facts, f"The office lies in {asked.office} again: {facts['acts']} actions, checked."


_FILE = ("--out", {"type": Path, "default": None, "help": "the file to write"})
_GIVEN = ("file", {"type": Path, "nargs": "?", "default": None, "help": "a table as XLSX or CSV"})
COMMANDS = (
    Command(
        "new",
        "make an empty office; the recovery code is shown once",
        _new,
        (
            ("--name", {"default": "", "help": "the name of the office"}),
            ("--code", {"default": "", "help": "two to four letters before every number"}),
            ("--country", {"default": "RW", "help": "RW or BI"}),
            ("--district", {"action": "append", "default": [], "required": True, "help": "may be given several times"}),
            ("--account", {"default": "coordinator", "help": "the name of the first account"}),
        ),
        opens=False,
    ),
    Command("practice", "make a practice office with a whole season in it", _practice, opens=False),
    Command(
        "round",
        "open a round",
        _open_round,
        (
            ("name", {"help": "short, as 2027A"}),
            ("--starts", {"type": date.fromisoformat, "required": True}),
            ("--ends", {"type": date.fromisoformat, "required": True}),
        ),
    ),
    Command(
        "season", "write the papers of a season", _season, (("--out", {"type": Path, "required": True}),), season=True
    ),
    Command(
        "import",
        "participants from XLSX or CSV, all or none",
        _import,
        (("file", {"type": Path}), ("--check", {"action": "store_true", "help": "only tell what would be wrong"})),
    ),
    Command("screen", "record questionnaires from a table, or tell who waits", _screen, (_GIVEN,), season=True),
    Command(
        "allocate",
        "propose groups for all who are eligible",
        _allocate,
        (
            ("--accept", {"action": "store_true", "help": "make the groups"}),
            ("--starts", {"type": date.fromisoformat, "default": None, "help": "the day of the first sessions"}),
            ("--seed", {"type": int, "default": 1}),
        ),
        season=True,
    ),
    Command(
        "attendance",
        "enter marks from a table, print registers, or tell what is missing",
        _attendance,
        (_GIVEN, _FILE),
        season=True,
    ),
    Command(
        "certificates",
        "tell who qualifies, issue, print",
        _certificates,
        (("--issue", {"action": BooleanOptionalAction, "default": False}), _FILE, ("--reason", {"default": ""})),
        season=True,
    ),
    Command(
        "report",
        "a report on screen, as JSON, PDF or XLSX",
        _report,
        (("name", {"choices": ["graduation"]}), _FILE),
        season=True,
    ),
    Command("verify", "check certificates: a code, a picture or a PDF", _verify, (("what", {}),)),
    Command("check", "check file, key, schema, journal and triggers", _check),
    Command("backup", "a verified copy in a folder", _backup, (("folder", {"type": Path}),)),
    Command("restore", "put a backup into an empty folder", _restore, (("file", {"type": Path}),), opens=False),
)
