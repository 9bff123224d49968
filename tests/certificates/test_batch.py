"""Many certificates at once: one that cannot be drawn is named and stops none of the others."""

from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest
from pypdf import PdfReader

from cbs_desktop.certificates import (
    actions,
    batch,
    candidates,
    documents,
    papers,
    queries,
)
from cbs_desktop.certificates.rules import Printable, Signer
from cbs_desktop.errors import Cancelled, RuleBroken
from cbs_desktop.problems import say
from cbs_desktop.reports import queries as reports
from cbs_desktop.season import papers as season_papers
from tests.hostile_names import KEPT, REFUSED

DAY = date(2026, 3, 2)
SHEET = documents.PrintSettings("Musanze", (Signer("A", "B"),))
ONE = Printable("MU-L1-2026-0001", "KEZA Aline", "Basic", 15, 15, DAY, DAY, DAY, "Musanze", "CBS1:X")  # fmt: skip


def pages_of(*names):
    return [
        (number, replace(ONE, name=name, number=f"MU-L1-2026-{number:04}"))
        for number, name in enumerate(names, 1)
    ]


def count(content):
    return len(PdfReader(BytesIO(content)).pages)


def test_a_name_that_no_font_can_draw_is_left_out_and_named():
    made = batch.render(pages_of("KEZA", "王秀英", "MUGISHA"), SHEET)
    assert made.ids == (1, 3) and count(made.content) == 2
    told = str(say(made.problem()))
    assert "王秀英 (MU-L1-2026-0002)" in told and "replace the certificate" in told


def test_a_page_that_breaks_in_the_middle_is_left_out_and_named(monkeypatch):
    own = documents._own

    def breaks(to, one, press):
        if one.name == "MUGISHA":
            raise ZeroDivisionError()
        own(to, one, press)

    monkeypatch.setattr(documents, "_own", breaks)
    made = batch.render(pages_of("KEZA", "MUGISHA", "INEZA"), SHEET)
    assert made.ids == (1, 3) and [one.name for one in made.left_out] == ["MUGISHA"]
    assert count(made.content) == 2


def test_what_breaks_every_page_is_not_called_a_fault_of_names(monkeypatch):
    def breaks(to, one, press):
        raise ZeroDivisionError()

    monkeypatch.setattr(documents, "_own", breaks)
    with pytest.raises(ZeroDivisionError):
        batch.render(pages_of("KEZA", "INEZA"), SHEET)


def test_a_batch_of_which_nothing_can_be_drawn_is_refused():
    with pytest.raises(RuleBroken):
        batch.render(pages_of("王秀英"), SHEET)


def test_a_signatory_that_cannot_be_drawn_is_refused_for_all():
    with pytest.raises(RuleBroken):
        batch.render(pages_of("KEZA"), replace(SHEET, signers=(Signer("王", "B"),)))


def test_cancel_is_no_bad_page():
    def progress(done, total):
        raise Cancelled()

    with pytest.raises(Cancelled):
        batch.render(pages_of("KEZA", "INEZA"), SHEET, progress)


def test_every_hostile_name_is_a_page_or_is_named():
    names = [name for name in (*KEPT, *REFUSED) if "\ud800" not in name]
    made = batch.render(pages_of(*names), SHEET)
    assert len(made.ids) + len(made.left_out) == len(names)
    assert count(made.content) == len(made.ids) >= len(KEPT)
    assert {one.name for one in made.left_out} <= set(REFUSED)


@pytest.fixture
def of_before(monkeypatch):
    """Somebody has a name as offices of before may have it."""

    def rename(person_id, name="王秀英"):
        known = candidates.paper_names

        def paper_names(reading, ids):
            return {**known(reading, ids), person_id: name}

        monkeypatch.setattr(candidates, "paper_names", paper_names)
        monkeypatch.setattr(actions, "paper_names", paper_names)

    return rename


def test_no_number_is_given_to_a_name_that_cannot_be_printed(
    practice, open_again, of_before
):
    people = open_again(3)
    of_before(people[1])
    asked = {one.person_id: one for one in practice.ask(queries.candidates)}
    bad = asked[people[1]]
    assert bad.qualifies and not bad.ready and bad.undrawn == "王秀英"
    assert not bad.open_to_override
    assert bad.number in [one.number for one in practice.ask(queries.proof_list)]
    round_id = practice.ask(reports.graduation).round.id
    ready = [one for one in people if asked[one].ready]
    assert len(practice.do(actions.issue, round_id, ready)) == 2
    with pytest.raises(RuleBroken) as raised:
        practice.do(actions.issue, round_id, [bad.person_id])
    assert "王秀英" in str(say(raised.value))


def test_a_certificate_is_not_replaced_by_one_that_cannot_be_printed(
    practice, of_before
):
    one = practice.ask(queries.register)[0]
    of_before(one.person_id)
    with pytest.raises(RuleBroken):
        practice.do(actions.replace, one.id)
    assert not practice.ask(queries.register)[0].withdrawn_on


@pytest.fixture
def one_of_before(monkeypatch):
    """A certificate that was issued to such a name."""
    asked = documents.undrawable
    found = []

    def undrawable(one):
        found.append(one.number)
        return "王" if one.number == found[0] else asked(one)

    monkeypatch.setattr(documents, "undrawable", undrawable)
    return found


def test_the_papers_of_a_season_come_without_it_and_say_so(
    practice, one_of_before, tmp_path
):
    round_id = practice.ask(reports.graduation).round.id
    made = season_papers.write_season(practice, round_id, tmp_path)
    assert one_of_before[0] in made["certificates that are missing"]
    standing = [one for one in practice.ask(queries.register) if not one.withdrawn_on]
    content = (tmp_path / "certificates.pdf").read_bytes()
    assert count(content) == len(standing) - 1


def test_only_what_was_made_counts_as_printed(practice, one_of_before, tmp_path):
    round_id = practice.ask(reports.graduation).round.id
    path = tmp_path / "certificates.pdf"
    made = papers.print_certificates(practice, round_id, path, "lost")
    assert count(path.read_bytes()) == len(made.ids)
    prints = {one.number: one.prints for one in practice.ask(queries.register)}
    before = min(prints.values())
    assert prints[one_of_before[0]] == before
