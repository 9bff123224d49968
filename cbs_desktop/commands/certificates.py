"""Commands of certificates: issuing, correcting, printing, checking, and what checking needs."""

from argparse import Namespace
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from cbs_desktop import clock
from cbs_desktop.commands.word import Answer, this_round
from cbs_desktop.errors import Missing, NotACertificate
from cbs_desktop.problems import say

if TYPE_CHECKING:
    from cbs_desktop.certificates.trust_list import TrustList
    from cbs_desktop.certificates.verification import Verdict
    from cbs_desktop.office import Office

_FILES = (".pdf", ".png", ".jpg", ".jpeg")


def certificates(office: "Office", asked: Namespace) -> Answer:
    """Who qualifies; issuing, replacing, withdrawing, printing, and the papers around it."""
    from cbs_desktop.certificates import numbers, queries

    round_id = this_round(office, asked)
    facts: dict[str, object] = _changed(office, round_id, asked)
    people = office.ask(queries.candidates, round_id)
    facts["ready"] = sum(one.ready for one in people)
    facts["issued"] = sum(bool(one.certificate) for one in people)
    facts["states"] = dict(Counter(one.completion.state for one in people))
    if asked.gaps:
        given = [
            one
            for each in office.ask(numbers.gaps).values()
            for one in each
            if one.state != "stands"
        ]
        facts["numbers without a standing certificate"] = [asdict(one) for one in given]
    facts |= _written(office, round_id, asked)
    return facts, "\n".join(f"{key}: {value}" for key, value in facts.items())


def _changed(office: "Office", round_id: int, asked: Namespace) -> dict[str, object]:
    """What was asked to be issued, replaced or withdrawn."""
    from cbs_desktop.certificates import actions, numbers, queries

    facts: dict[str, object] = {}
    people = office.ask(queries.candidates, round_id)
    ready = [
        one.person_id for one in people if one.ready and asked.group in ("", one.group)
    ]
    if (asked.issue and ready) or asked.override:
        found = office.ask(numbers.numbering)
        if found.behind:
            facts["the clock is behind"] = (
                f"certificates were issued on {found.behind} already; look at the date"
            )
    if asked.override:
        person = next(
            (one.person_id for one in people if one.number == asked.override), None
        )
        if person is None:
            raise Missing(what="participant of the round", id=asked.override)
        why = actions.Override(asked.reason, asked.words)
        facts["issued by decision"] = office.do(
            actions.issue, round_id, [person], {person: why}
        )[0]
    elif asked.issue and ready:
        new = office.do(actions.issue, round_id, ready)
        facts["new"] = [new[0], new[-1]]
    if asked.replace:
        facts["replaced by"] = office.do(
            actions.replace, _id(office, round_id, asked.replace)
        )
    if asked.withdraw:
        office.do(actions.withdraw, _id(office, round_id, asked.withdraw), asked.reason)
        facts["withdrawn"] = asked.withdraw
    return facts


def _id(office: "Office", round_id: int, number: str) -> int:
    from cbs_desktop.certificates import queries

    found = next(
        (
            one.id
            for one in office.ask(queries.register, round_id)
            if one.number == number
        ),
        None,
    )
    if found is None:
        raise Missing(what="certificate", id=number)
    return found


def _written(office: "Office", round_id: int, asked: Namespace) -> dict[str, object]:
    """The files that were asked for."""
    from cbs_desktop.certificates import papers

    facts: dict[str, object] = {}
    if asked.proof:
        papers.write_around(office, "proof list", round_id, asked.proof)
        facts["proof list"] = str(asked.proof)
    if asked.register:
        papers.write_around(office, "certificate register", round_id, asked.register)
        facts["register"] = str(asked.register)
    if asked.out:
        made = papers.print_certificates(
            office, round_id, asked.out, asked.reason, asked.order, asked.group
        )
        facts["certificates"] = len(made.ids)
        if problem := made.problem():
            facts["not made"] = str(say(problem))
    return facts


def verify(office: "Office", asked: Namespace) -> Answer:
    """Certificate codes, pictures or PDFs checked with this office's register and the lists it has; or the page written."""
    from cbs_desktop.certificates import queries, verifier_page
    from cbs_desktop.exports.files import write
    from cbs_desktop.exports.rules import Outgoing

    if asked.page:
        content = verifier_page.page(office.ask(queries.known)).encode()
        write(office, Outgoing("checking page"), {asked.page: content})
        return _page_lies(asked.page)
    return _answer(office.ask(queries.verdicts, _texts(asked.what)))


def alone(asked: Namespace) -> bool:
    """Whether lists were given, so that no office is needed."""
    return bool(asked.keys)


def verify_alone(asked: Namespace) -> Answer:
    """The same with lists that were given as files."""
    from cbs_desktop.certificates.verification import judge

    known = [_list(path) for path in asked.keys]
    if asked.page:
        return _write_page(known, asked.page)
    today = clock.day_of(clock.now())
    return _answer([judge(text, known, today) for text in _texts(asked.what)])


def _texts(what: str) -> list[str]:
    from cbs_desktop.certificates import code, guarded

    path = Path(what)
    if code.is_code(what) or not (
        path.suffix.lower() in _FILES or (len(what) < 250 and path.is_file())
    ):
        if not code.is_code(what):
            raise NotACertificate()
        return [what]
    if texts := guarded.codes(path):
        return texts
    raise NotACertificate(file=what)


def _answer(found: Sequence["Verdict"]) -> Answer:
    from cbs_desktop.certificates import verdict_words

    lines = []
    for one in found:
        named = f"{one.facts.number} {one.facts.name}: " if one.facts else ""
        lines.append(f"{named}{verdict_words.head(one)}. {verdict_words.meaning(one)}")
        if one.facts:
            said = one.facts
            lines.append(
                f"  completed {said.completed_on}, issued {said.issued_on}, {said.attended} of {said.held} sessions"
            )
    well = all(one.state == "genuine" for one in found)
    return {"well": well, "certificates": [asdict(one) for one in found]}, "\n".join(
        lines
    )


def _write_page(known: Sequence["TrustList"], path: Path) -> Answer:
    from cbs_desktop.certificates import verifier_page
    from cbs_desktop.paper.file import save

    save(path, verifier_page.page(known).encode())
    return _page_lies(path)


def _page_lies(path: Path) -> Answer:
    return {
        "page": str(path)
    }, f"The page lies in {path}. It opens in any browser, without a network."


def _list(path: Path) -> "TrustList":
    from cbs_desktop.certificates import guarded, trust_list

    return trust_list.read(guarded.check_list(path), path.name)


def lists(office: "Office", asked: Namespace) -> Answer:
    """The lists that are here; a new one of this office written, or another office's taken."""
    from cbs_desktop.certificates import guarded, queries, trust, verdict_words
    from cbs_desktop.exports.files import write
    from cbs_desktop.exports.rules import Outgoing

    facts: dict[str, object] = {}
    if asked.give:
        code = _root_code() if asked.with_root else ""
        content = office.do(trust.give_list, code).encode()
        write(office, Outgoing("checking list"), {asked.give: content})
        facts["given"] = str(asked.give)
    if asked.take:
        facts["taken"] = asdict(
            office.do(
                trust.take_list,
                guarded.check_list(asked.take),
                asked.take.name,
                asked.trust,
            )
        )
    here = office.ask(queries.lists_here)
    lines = [f"{key}: {value}" for key, value in facts.items()]
    lines += [
        f"{verdict_words.listed(one)}; root {one.fingerprint or '–'}; {one.withdrawn} withdrawn"
        for one in here
    ]
    return {**facts, "lists": [asdict(one) for one in here]}, "\n".join(lines)


def root(office: "Office", asked: Namespace) -> Answer:
    """The root key: made once and shown once; or one that exists signs this office's key, or revokes it."""
    from cbs_desktop.certificates import queries, trust

    if asked.revoke:
        office.do(trust.revoke_key, _root_code())
        return (
            {"revoked": True},
            "The signing key is revoked. Give a new list to all who check: lists --give FILE --with-root",
        )
    code = office.do(trust.make_root, _root_code() if asked.existing else "")
    print_ = office.ask(queries.lists_here)[0].fingerprint
    told = f"The root key signed this office's key. Fingerprint: {print_}"
    if not asked.existing:
        told += f"\nRoot code, shown only now; write it down and lock it away, apart from the recovery code:\n{code}"
    return {
        "fingerprint": print_,
        **({} if asked.existing else {"root code": code}),
    }, told


def _root_code() -> str:
    from cbs_desktop.commands.word import secret

    return secret("CBS_ROOT", "Root code: ")
