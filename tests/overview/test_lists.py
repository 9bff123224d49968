"""The everyday lists: who stands on them and with what, read back from PDF and XLSX; what never is on one."""

import time
from dataclasses import replace
from datetime import date
from io import BytesIO

import openpyxl
import pypdfium2
import pytest

from cbs_desktop.action import Account
from cbs_desktop.cli import run
from cbs_desktop.errors import Invalid, Refused
from cbs_desktop.overview import list_documents, list_kinds, lists
from cbs_desktop.overview.lists import ListChoice, ListRequest
from cbs_desktop.participants import actions
from cbs_desktop.participants.rules import ConsentDetails, PersonDetails
from cbs_desktop.places import actions as places
from cbs_desktop.places.queries import covered
from cbs_desktop.safe.permissions import Role
from cbs_desktop.screening import actions as screening
from cbs_desktop.screening.actions import Decided
from ui import vocabulary

DAY = date(2026, 3, 2)
OFFICE = "Musanze office"
EVERYTHING = list_kinds.CHOOSABLE


def pages(content):
    document = pypdfium2.PdfDocument(BytesIO(content))
    return [
        " ".join(page.get_textpage().get_text_bounded().split()) for page in document
    ]


def cells(content):
    sheet = openpyxl.load_workbook(BytesIO(content)).active
    assert sheet is not None
    return [tuple(cell or "" for cell in row) for row in sheet.values]


def spread(lines, sectors):
    """Lines of an import over sectors: so many in each."""
    left = list(lines)
    found = []
    for sector, count in sectors.items():
        for line in left[:count]:
            found.append(replace(line, place=("Musanze", sector, "", "")))
        left = left[count:]
    return found


@pytest.fixture
def three(office, musanze):
    """Three people of two sectors: one shares the name, one has a phone of somebody else, one is in no list of places."""
    cyuve = office.do(places.add_path, musanze, ["Cyuve", "Rukoro", "Kabeza"])
    muhoza = office.do(places.add_path, musanze, ["Muhoza"])
    shared = ConsentDetails(DAY, purposes=("programme", "sharing"))
    people = [
        (PersonDetails("KEZA", "Aline", "F", muhoza, born_on=date(1990, 3, 3),
            phone="0788123456", phone_of="her sister", id_kind="passport",
            id_number="PC778899", categories=("widow",)), None),
        (PersonDetails("UWERA", "Rose", "F", cyuve, born_year=1980, phone="0788000111"), shared),
        (PersonDetails("MUGISHA", "Jean", "M", cyuve), ConsentDetails(DAY)),
    ]  # fmt: skip
    return [office.do(actions.register, *one) for one in people]


def listed(office, kind, **more):
    return office.ask(lists.people_list, ListRequest(kind, **more))


def test_by_sector_people_stand_under_their_sector_by_name(office, three):
    found = listed(office, "by-sector")
    assert [(one.part, one.name, one.place) for one in found.lines] == [
        ("Musanze › Cyuve", "MUGISHA Jean", "Rukoro › Kabeza"),
        ("Musanze › Cyuve", "UWERA Rose", "Rukoro › Kabeza"),
        ("Musanze › Muhoza", "KEZA Aline", ""),
    ]
    (page,) = pages(list_documents.pdf(found, OFFICE))
    for words in (
        "Musanze office · People by sector", "3 people · whole office · 02/03/2026",
        "page 1 of 1", "Received by: ____", "Musanze › Cyuve · 2", "MUGISHA Jean", "Rukoro › Kabeza", "Not yet screened",
    ):  # fmt: skip
        assert words in page
    assert page.index("Cyuve") < page.index("UWERA") < page.index("Muhoza")


@pytest.mark.parametrize(
    ("divided", "level", "expected"),
    [
        ("", 5, ("", "Musanze › Cyuve › Rukoro › Kabeza")),
        ("", 2, ("", "Musanze")),
        ("sector", 5, ("Musanze › Cyuve", "Rukoro › Kabeza")),
        ("sector", 4, ("Musanze › Cyuve", "Rukoro")),
        ("cell", 5, ("Musanze › Cyuve › Rukoro", "Kabeza")),
    ],
)
def test_a_place_says_what_its_part_does_not(office, three, divided, level, expected):
    choice = ListChoice(("name", "place"), divided, level)
    found = listed(office, "own", choice=choice)
    (line,) = [one for one in found.lines if one.name == "UWERA Rose"]
    assert (line.part, line.place) == expected


def test_what_is_sensitive_is_on_no_list(office, three):
    choice = ListChoice(EVERYTHING, "cell")
    found = listed(office, "own", choice=choice)
    text = "".join(pages(list_documents.pdf(found, OFFICE)))
    sheet = list_documents.sheet(found, OFFICE, all_names=True)
    text += str(cells(sheet))
    assert "KEZA Aline" in text and "her sister" in text
    for word in ("PC778899", "passport", "widow", "prisoner"):
        assert word not in text
    for column in ("id_number", "categories", "facility", "score", "keep_apart"):
        with pytest.raises(Invalid):
            listed(office, "own", choice=ListChoice(("name", column)))


def test_a_spreadsheet_names_only_who_agreed_unless_it_stays_in_the_office(
    office, three
):
    choice = ListChoice(("number", "name", "phone", "phone_of", "registered"), "sector")
    found = listed(office, "own", choice=choice)
    head, *rows = cells(list_documents.sheet(found, OFFICE))
    assert head == ("Sector", "Number", "Name", "Phone", "Phone belongs to", "Registered on")  # fmt: skip
    named = {row[2]: row[3:5] for row in rows[:3]}
    assert named == {"UWERA Rose": ("0788 000 111", ""), "name not shared": ("", "")}
    assert rows[0][5].date() == DAY
    said = [row[0] for row in rows[3:] if row[0]]
    assert said[:2] == [OFFICE, "Own list"]
    assert "Names and phones only of those who agreed" in said[-1]
    _head, *rows = cells(list_documents.sheet(found, OFFICE, all_names=True))
    assert {row[2] for row in rows[:3]} == {"KEZA Aline", "UWERA Rose", "MUGISHA Jean"}
    assert "only of those" not in str(rows)


def test_ages_are_without_names_and_numbers_in_the_order_of_age(office, three):
    found = listed(office, "ages")
    assert [(one.born, one.sex) for one in found.lines] == [(1990, "F"), (1980, "F"), (None, "M")]  # fmt: skip
    for content in (
        "".join(pages(list_documents.pdf(found, OFFICE))),
        str(cells(list_documents.sheet(found, OFFICE, all_names=True))),
    ):
        assert "1990" in content and "Musanze › Cyuve" in content
        assert "KEZA" not in content and "MU-L1" not in content
        assert "Rukoro" not in content  # no further down than the sector
    for column in ("name", "number", "phone", "group"):
        with pytest.raises(Invalid):
            listed(office, "ages", choice=ListChoice(("sex", column)))


def test_who_waits_stands_in_turn_with_reason_and_days(
    office, sign_in, screened, round_id, calendar
):
    ids = screened(3)
    reasons = {ids[2]: date(2026, 3, 3), ids[0]: date(2026, 3, 5)}
    for person, day in reasons.items():
        calendar.day = day
        office.do(screening.decide_many, round_id, [Decided(person, "waiting", reason="No place left")])  # fmt: skip
    calendar.day = date(2026, 3, 12)
    found = listed(office, "waiting")
    assert [(one.id, one.reason, one.days) for one in found.lines] == [
        (ids[2], "No place left", 9),
        (ids[0], "No place left", 7),
    ]
    (page,) = pages(list_documents.pdf(found, OFFICE))
    assert "Waiting since" in page and "03/03/2026" in page and "No place left" in page


def test_not_yet_screened_and_groups(office, grouped, lines):
    grouped(13)
    office.do(actions.import_people, spread(lines(15)[13:], {"Cyuve": 2}))
    assert {one.part for one in listed(office, "not-screened").lines} == {"Musanze › Cyuve"}  # fmt: skip
    in_groups = listed(office, "groups")
    assert len(in_groups.lines) == 13 and all(one.part for one in in_groups.lines)
    everybody = listed(office, "own", choice=ListChoice(("name",), "group"))
    text = "".join(pages(list_documents.pdf(everybody, OFFICE)))
    assert text.index("In no group · 2") > text.index(in_groups.lines[0].part)


def test_the_filter_and_the_ticks_decide(office, three):
    found = listed(office, "by-sector", words="uwera")
    assert [one.name for one in found.lines] == ["UWERA Rose"]
    assert list_documents.filter_words(found) == "“uwera”"
    office.do(actions.leave, three[0], DAY, "work")
    assert len(listed(office, "by-sector").lines) == 2  # who left is asked for
    assert [one.id for one in listed(office, "by-sector", state="left").lines] == [three[0]]  # fmt: skip
    ticked = listed(office, "not-screened", person_ids=(three[0], three[1]))
    assert [one.id for one in ticked.lines] == [three[1]] and ticked.missing == 1


def test_nobody_on_a_list_is_said_on_the_page(office):
    (page,) = pages(list_documents.pdf(listed(office, "by-sector"), OFFICE))
    assert "Nobody is on this list." in page and "0 people" in page


def test_long_names_are_wrapped_and_never_cut(office, musanze):
    names = "Immaculée Espérance Consolatrice Marie-Goretti Uwimana de Kigombe"
    details = PersonDetails("NYIRAMANZIBERA", names, "F", musanze)
    office.do(actions.register, details)
    choice = ListChoice(EVERYTHING)
    (page,) = pages(list_documents.pdf(listed(office, "own", choice=choice), OFFICE))
    for word in f"NYIRAMANZIBERA {names}".split():
        assert word in page


def test_a_short_part_is_not_torn_and_a_long_one_is_named_again(office, lines):
    office.do(actions.import_people, spread(lines(107), {"Cyuve": 36, "Muhoza": 11, "Remera": 60}))  # fmt: skip
    choice = ListChoice(("number", "name"), "sector")
    drawn = pages(list_documents.pdf(listed(office, "own", choice=choice), OFFICE))
    holds = [page for page in drawn if "Muhoza · 11" in page]
    assert len(holds) == 1 and "Muhoza (continued)" not in "".join(drawn)
    assert any("Musanze › Remera (continued)" in page for page in drawn)
    for number, page in enumerate(drawn, 1):
        assert f"page {number} of {len(drawn)}" in page
        assert "107 people" in page and "Received by" in page


def test_the_own_list_is_remembered_for_each_account(office, monkeypatch):
    choice = ListChoice(("name", "phone"), "group", 3)
    office.do(lists.remember_list, choice)
    assert office.ask(lists.list_choice) == choice
    act = office.last_change.act
    office.do(lists.remember_list, choice)
    assert office.last_change.act in (0, act)  # as it was: nothing to undo
    clerk = Account("clerk", frozenset({Role.CLERK}))
    monkeypatch.setattr(office, "account", clerk)
    assert office.ask(lists.list_choice).columns == list_kinds.KINDS["own"].columns
    with pytest.raises(Invalid):
        office.do(lists.remember_list, ListChoice(("id_number",)))


def test_who_may_not_print_gets_no_list(sign_in):
    auditor = sign_in("auditor")
    with pytest.raises(Refused):
        auditor.ask(lists.people_list, ListRequest("ages"))


def test_states_have_the_words_of_the_screens():
    shown = {code: words for code, (_kind, words) in vocabulary.STATES.items()}
    assert {**shown, "no consent": "In group, no consent"} == list_kinds.STATE_WORDS


def test_the_command_writes_what_the_window_saves(
    sign_in, folder, tmp_path, monkeypatch, capsys
):
    office = sign_in("coordinator")
    district = office.ask(covered)[0].id
    details = PersonDetails("KEZA", "Aline", "F", district, phone="0788123456", phone_of="her sister")  # fmt: skip
    office.do(actions.register, details)
    office.close()
    monkeypatch.setenv("CBS_PASSWORD", "four plain words")

    def write(name, *words):
        out = tmp_path / name
        code = run(["list", "--office", str(folder), *words, "--out", str(out)])
        return code, out

    code, out = write("list.pdf", "--kind", "phones")
    assert code == 0 and "1 people" in capsys.readouterr().out
    assert "her sister" in "".join(pages(out.read_bytes()))
    own = ("--kind", "own", "--by", "", "--columns")
    code, out = write("list.xlsx", *own, "name,sex")
    assert code == 0 and cells(out.read_bytes())[:2] == [("Name", "Sex"), ("name not shared", "F")]  # fmt: skip
    code, out = write("more.xlsx", *own, "name", "--all-names")
    assert cells(out.read_bytes())[1] == ("KEZA Aline",)
    code, out = write("wrong.xlsx", *own, "name,id_number")
    assert code == 1 and not out.exists()


def test_twenty_thousand_people_print_in_seconds_and_are_ticked_at_once(office, lines):
    office.do(actions.import_people, lines(20_000))
    began = time.perf_counter()
    ids = office.ask(lists.roster_ids)
    assert len(ids) == 20_000 and time.perf_counter() - began < 1
    began = time.perf_counter()
    found = listed(office, "by-sector", person_ids=tuple(ids))
    content = list_documents.pdf(found, OFFICE)
    took = time.perf_counter() - began
    assert len(pypdfium2.PdfDocument(BytesIO(content))) > 400
    assert took < 20, f"{took:.1f} s"


@pytest.mark.parametrize("kind", ["phones", "not-screened"])
def test_no_list_has_the_phone_of_whom_a_call_endangers(office, musanze, kind):
    kept = PersonDetails("KEZA", "Aline", "F", musanze, phone="0788123456")
    one = replace(kept, own_name="UWASE", safe_to_call=False, phone_of="a neighbour")
    for details in (kept, one):
        office.do(actions.register, details)
    found = {
        line.name: (line.phone, line.phone_of) for line in listed(office, kind).lines
    }
    assert found.pop("KEZA Aline") == ("0788 123 456", "")
    assert set(found.values()) <= {("", "")}


def test_what_was_searched_for_is_not_on_a_sheet_without_names(office, three):
    found = listed(office, "by-sector", words="KEZA")
    assert "KEZA" not in str(cells(list_documents.sheet(found, OFFICE)))
    assert "KEZA" in str(cells(list_documents.sheet(found, OFFICE, all_names=True)))
