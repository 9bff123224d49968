"""Commands of a season, from the import to the reports."""

from argparse import Namespace
from dataclasses import asdict
from typing import TYPE_CHECKING

from cbs_desktop.commands import marking, registers
from cbs_desktop.commands.word import Answer, recipient, this_round

if TYPE_CHECKING:
    from cbs_desktop.office import Office


def papers_of_season(office: "Office", asked: Namespace) -> Answer:
    """The papers of a season."""
    from cbs_desktop.season import papers as season_papers

    to = recipient(asked)
    made = season_papers.write_season(office, this_round(office, asked), asked.out, to)
    return made, "\n".join(f"{what}: {where}" for what, where in made.items())


def attendance(office: "Office", asked: Namespace) -> Answer:
    """Marks from a table, registers, or what is missing."""
    from cbs_desktop.attendance import calendar_documents, documents, queries
    from cbs_desktop.exports.files import write
    from cbs_desktop.exports.rules import Outgoing

    if asked.registers:
        return registers.print_registers(office, asked)
    if asked.read:
        return registers.read_registers(office, asked)
    round_id = this_round(office, asked)
    if file := asked.table or asked.file:
        return marking.enter(office, asked, file, round_id)
    if asked.calendar:
        found = calendar_documents.write_calendar(office, round_id, asked.calendar)
        told = {"calendar": str(asked.calendar), "groups": len(found.rows)}
        return told, f"The calendar lies in {asked.calendar}."
    if asked.out:
        content, people = documents.counted_registers(office, round_id)
        what = Outgoing("attendance registers", people, recipient(asked))
        write(office, what, {asked.out: content})
        return {"registers": str(asked.out)}, f"The registers lie in {asked.out}."
    missing = office.ask(queries.unmarked, round_id)
    lines = [f"{one.group}, session {one.number}, {one.planned_on}" for one in missing]
    return [asdict(one) for one in missing], "\n".join(
        lines
    ) or "No register is missing."


def report(office: "Office", asked: Namespace) -> Answer:
    """A report on screen, as JSON, PDF or XLSX."""
    from cbs_desktop.reports import graduation_words, queries

    if asked.name == "outcomes":
        return _outcomes(office, asked)
    found = office.ask(queries.graduation, this_round(office, asked))
    if asked.out:
        graduation_words.write_report(office, found, asked.out)
    return graduation_words.as_document(found), graduation_words.as_text(found)


def _outcomes(office: "Office", asked: Namespace) -> Answer:
    from cbs_desktop.exports.files import write
    from cbs_desktop.exports.rules import Outgoing
    from cbs_desktop.reports import documents, outcome_words, queries

    occasions = {"before": asked.before, "after": asked.after}
    found = office.ask(
        queries.outcomes, this_round(office, asked), asked.instrument, **occasions
    )
    if asked.out:
        report = outcome_words.report(office, found)
        content = documents.content(report, asked.out.suffix)
        write(office, Outgoing("outcome report"), {asked.out: content})
    return outcome_words.document(found), outcome_words.text(found)
