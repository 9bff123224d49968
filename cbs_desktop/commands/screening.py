"""Commands of screening: questionnaires from a table, and which questionnaires there are."""

from argparse import Namespace
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cbs_desktop.commands.word import Answer, this_round
from cbs_desktop.errors import Missing

if TYPE_CHECKING:
    from cbs_desktop.office import Office
    from cbs_desktop.screening.importing import SheetLine
    from cbs_desktop.screening.results import Result


def screen(office: "Office", asked: Namespace) -> Answer:
    """Questionnaires from a table, or who waits."""
    from cbs_desktop.participants.queries import numbers
    from cbs_desktop.programmes.queries import rounds
    from cbs_desktop.screening import importing, queries
    from cbs_desktop.sheets.guarded import read

    round_id = this_round(office, asked)
    if asked.table or asked.file:
        sheet = read(asked.table or asked.file)
        rules = next(one.rules for one in office.ask(rounds) if one.id == round_id)
        forms = {
            one.key: one.instrument
            for one in office.ask(queries.questionnaires)
            if one.used and one.instrument
        }
        usual = asked.instrument or rules.instrument
        lines = importing.read(
            sheet.header, sheet.rows, sheet.first_row, office.ask(numbers), forms, usual
        )
        return _recorded(office, round_id, lines)
    waiting = [
        one for one in office.ask(queries.line, round_id) if one.state != "sociotherapy"
    ]
    states = Counter(one.state for one in waiting)
    return dict(states), "\n".join(
        f"{state}: {count}" for state, count in states.items()
    ) or "Nobody waits."


def _recorded(office: "Office", round_id: int, lines: "list[SheetLine]") -> Answer:
    """Record all rows or none, and say of each row what became of it; scores only to those who may see them."""
    from cbs_desktop.problems import say_fault
    from cbs_desktop.screening import actions, results

    wrong = [line for line in lines if line.faults]
    rows: list[dict[str, Any]] = [
        {
            "row": line.row,
            "number": line.number,
            "result": _result(line, bool(wrong)),
            "why": [say_fault(fault, named=True) for fault in line.faults],
        }
        for line in lines
    ]
    if not wrong:
        sheets = [line.sheet for line in lines if line.sheet is not None]
        made = office.do(actions.record_many, round_id, sheets)
        if office.may(results.result):
            for row, assessment_id in zip(rows, made, strict=True):
                row |= _score(office.ask(results.result, assessment_id))
    told = [
        f"Row {row['row']}, {row['number']}: {row['result']} {' '.join(row['why'])}".rstrip()
        for row in rows
    ]
    count = 0 if wrong else len(rows)
    told.append(
        f"Recorded {count} questionnaires."
        if not wrong
        else "Nothing was recorded: mend the rows named first."
    )
    return {"well": not wrong, "recorded": count, "rows": rows}, "\n".join(told)


def _score(found: "Result") -> dict[str, object]:
    outcome = found.outcome
    return {
        "instrument": found.instrument.key,
        "version": found.instrument.version,
        "scores": {
            one.score.key: None if one.value is None else float(one.value)
            for one in outcome.scores
        },
        "cut-offs": [
            {
                "set": held.cutoff.basis.set,
                "operator": held.cutoff.operator,
                "value": float(held.cutoff.value),
                "reached": held.reached,
                "source": held.cutoff.basis.source,
            }
            for one in outcome.scores
            for held in one.held
        ],
        "bands": [
            {
                "set": here.bands.basis.set,
                "word": here.word,
                "counts": here.bands.counts,
            }
            for one in outcome.scores
            for here in one.bands
        ],
        "rules": [{"set": one.rule.basis.set, "met": one.met} for one in outcome.rules],
        "risk": list(outcome.risk),
        "needs": list(outcome.needs),
        "left blank": list(outcome.blank),
    }


def _print_form(office: "Office", asked: Namespace) -> None:
    """A blank form, for anybody or for one person."""
    from cbs_desktop.exports.files import write
    from cbs_desktop.exports.rules import Outgoing
    from cbs_desktop.participants.queries import numbers
    from cbs_desktop.scans import actions, papers

    person_id = 0
    if asked.whose:
        person_id = office.ask(numbers).get(asked.whose, 0)
        if not person_id:
            raise Missing(what="person", id=asked.whose)
    path = asked.out or Path(f"{asked.form}.pdf")
    form = papers.blank_form(office, asked.form, person_id)
    if form.noted:
        office.do(actions.print_forms, form.noted)
    what = Outgoing("blank form", int(bool(person_id)))
    write(office, what, {path: form.content})


def instruments(office: "Office", asked: Namespace) -> Answer:
    """The questionnaires; adding one, using one or not."""
    from cbs_desktop.problems import say
    from cbs_desktop.screening import actions, guarded, queries
    from cbs_desktop.screening.instrument import pick

    if asked.add:
        content = guarded.questionnaire(asked.add)
        office.do(actions.add_instrument, content, asked.add.name)
    if asked.use or asked.drop:
        office.do(actions.use_instrument, asked.use or asked.drop, bool(asked.use))
    if asked.form:
        _print_form(office, asked)
    found = office.ask(queries.questionnaires)
    facts = [
        {
            "key": one.key,
            "version": one.instrument.version if one.instrument else None,
            "title": pick(one.instrument.title, "en") if one.instrument else "",
            "questions": len(one.instrument.items) if one.instrument else 0,
            "own": one.own,
            "used": one.used,
            "problem": str(say(one.problem)) if one.problem else "",
        }
        for one in found
    ]
    lines = [
        f"{f['key']} {f['version'] or ''}: {f['problem'] or ('used' if f['used'] else 'not used')}"
        for f in facts
    ]
    return facts, "\n".join(lines)


def _result(line: "SheetLine", wrong: bool) -> str:
    """What became of a row: nothing is recorded while any is refused."""
    if line.faults:
        return "refused"
    if wrong:
        return "not recorded"
    return "recorded"
