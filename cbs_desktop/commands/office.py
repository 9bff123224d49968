"""Commands about the office itself: making, checking, copying it."""

from argparse import Namespace
from dataclasses import asdict
from typing import TYPE_CHECKING

from cbs_desktop.commands.word import Answer, password

if TYPE_CHECKING:
    from cbs_desktop.office import Office


def new(asked: Namespace) -> Answer:
    """A new office."""
    from cbs_desktop import founding
    from cbs_desktop.certificates import trust

    plan = founding.Plan(
        asked.name, asked.code, asked.country, tuple(asked.district), asked.account
    )
    office, code = founding.found(asked.office, plan, password())
    root = office.do(trust.make_root)
    office.close()
    told = f"The office lies in {asked.office}.\nRecovery code, shown only now; write it down and lock it away:\n{code}"
    told += f"\nRoot code of the certificates, shown only now; another paper, another place:\n{root}"
    return {"office": str(asked.office), "recovery code": code, "root code": root}, told


def practice(asked: Namespace) -> Answer:
    """The practice office."""
    from cbs_desktop.practice import build

    facts = build.build(asked.office, password())
    return facts, "\n".join(f"{key}: {value}" for key, value in facts.items())


def open_round(office: "Office", asked: Namespace) -> Answer:
    """A new round."""
    from cbs_desktop.programmes import actions, queries
    from cbs_desktop.programmes.rules import RoundPlan

    programme_id = office.ask(queries.programmes)[0][0]
    office.do(
        actions.open_round,
        programme_id,
        RoundPlan(asked.name, asked.starts, asked.ends),
    )
    return {
        "round": asked.name
    }, f"Round {asked.name} is open, {asked.starts} to {asked.ends}."


def check(office: "Office", asked: Namespace) -> Answer:
    """The whole start-up check."""
    from cbs_desktop.keeping import problems, queries

    checked = office.check()
    if not asked.act:
        return checked.as_json(), problems.told(checked)
    code = office.ask(queries.code_of_act, asked.act)
    facts = {**checked.as_json(), "code": code}
    return facts, f"{problems.told(checked)}\nAct {code}"


def journal(office: "Office", asked: Namespace) -> Answer:
    """The journal as an auditor reads it."""
    from cbs_desktop.keeping import queries

    wanted = queries.JournalFilter(asked.account, asked.room, asked.since, asked.until)
    page = office.ask(queries.acts, wanted, 0, asked.most)
    told = [
        f"{one.act:>7}  {one.at:%Y-%m-%d %H:%M}  {one.account:<16}  {one.done}"
        for one in page.lines
    ]
    told.append(f"{len(page.lines)} of {page.count}")
    return {
        "count": page.count,
        "acts": [asdict(one) for one in page.lines],
    }, "\n".join(told)


def processing_register(office: "Office", asked: Namespace) -> Answer:
    """The register of processing, in words or as PDF."""
    from cbs_desktop import words
    from cbs_desktop.exports.files import write
    from cbs_desktop.exports.rules import Outgoing
    from cbs_desktop.protection import documents, processing, processing_words
    from cbs_desktop.protection.law import of_country

    law = of_country(words.country())
    register = office.ask(processing.processing, office.now())
    parts = processing_words.parts(register, office.title, law)
    told: list[str] = []
    for part in parts:
        told += [part.head, *(f"  {line}" for line in part.lines)]
    told.append(processing_words.missing(register))
    facts = [asdict(part) for part in parts]
    if asked.out is None:
        return facts, "\n".join(told).strip()
    content = documents.processing_register(office, register, law, office.now())
    write(office, Outgoing("processing register"), {asked.out: content})
    return facts, f"The register of processing lies in {asked.out}."


def back_up(office: "Office", asked: Namespace) -> Answer:
    """A verified copy."""
    from cbs_desktop.keeping import actions

    facts = office.do(actions.back_up, asked.folder)
    return (
        facts,
        f"The backup lies in {facts['folder']}: {facts['acts']} actions, checked.",
    )


def restore(asked: Namespace) -> Answer:
    """An office from a backup."""
    from cbs_desktop.founding import restore

    facts = restore(asked.file, asked.office, asked.person, password())
    return (
        facts,
        f"The office lies in {asked.office} again: {facts['acts']} actions, checked.",
    )
