"""Numbers, signatories, reasons and pages of certificates, at every border."""

from dataclasses import replace
from datetime import date

import pytest

from cbs_desktop.certificates import looks, rules
from cbs_desktop.certificates.looks import Look


def test_a_number_names_office_laptop_and_year():
    of = rules.series("MU", "L1", "b", 2026)
    assert of == "MU-L1b-2026"
    assert rules.number(of, 7) == "MU-L1b-2026-0007"
    assert rules.number(of, 12345) == "MU-L1b-2026-12345"


@pytest.mark.parametrize(
    ("known", "year"),
    [
        ([], 2026),
        (["MU-L1-2025"], 2026),
        (["MU-L1-2027", "MU-L1-2025"], 2027),
        (["MU-L2-2030", "MU-L1b-2030", "NG-L1-2030"], 2026),
        (["MU-L1-20300", "MU-L1-next"], 2026),
    ],
)
def test_the_year_goes_on_with_the_latest_of_this_laptop(known, year):
    assert rules.year(date(2026, 7, 1), known, "MU-L1") == year


@pytest.mark.parametrize(
    ("state", "remaining", "may"),
    [("complete", 0, True), ("complete", 1, False), ("near miss", 0, False)],
)
def test_a_certificate_waits_for_the_last_session(state, remaining, may):
    assert rules.ready(state, remaining) is may


def told(faults):
    return [(fault.field, fault.kind) for fault in faults]


def test_an_override_needs_a_reason_of_the_list_and_words():
    reason = rules.OVERRIDE_REASONS[0]
    assert rules.override_faults(reason, "x" * 200) == []
    assert told(rules.override_faults(reason, "x" * 201)) == [("words", "too long")]
    assert told(rules.override_faults("", "")) == [("reason", "needed"), ("words", "needed")]  # fmt: skip
    assert told(rules.override_faults("mood", "x")) == [("reason", "not a choice")]


def test_one_to_three_sign_each_with_name_and_title():
    signer = ("K" * 60, "T" * 80)
    for count in (1, 3):
        assert rules.signatory_faults((signer,) * count) == []
    for count in (0, 4):
        faults = rules.signatory_faults((signer,) * count)
        assert told(faults) == [("signatories", "needed")]
    wrong = rules.signatory_faults((signer, ("K" * 61, "T" * 81), ("", "")))
    assert told(wrong) == [
        ("name", "too long"),
        ("title", "too long"),
        ("name", "needed"),
        ("title", "needed"),
    ]


@pytest.mark.parametrize(
    ("text", "pages"),
    [("", []), ("1", [0]), ("9", [8]), ("1-3, 5;7–8", [0, 1, 2, 4, 6, 7]), ("2,2", [1])],
)  # fmt: skip
def test_pages_as_people_write_them(text, pages):
    assert rules.pages(text, 9) == pages


@pytest.mark.parametrize("text", ["0", "10", "3-2", "1-", "-1", "a", "1234567", "1--2"])
def test_pages_that_are_not_there(text):
    with pytest.raises(ValueError, match="no such page"):
        rules.pages(text, 9)


@pytest.mark.parametrize(
    ("pages", "text"),
    [([], ""), ([0], "1"), ([0, 1], "1-2"), ([4, 0, 1, 2, 2], "1-3, 5")],
)
def test_runs_of_pages_are_told_short(pages, text):
    assert rules.pages_as_text(pages) == text


@pytest.mark.parametrize(
    "change",
    [
        {"right": 20, "up": -20},
        {"right": -20.0, "up": 20.0},
        {"funders": "x" * 160},
        {"languages": ("rw",)},
        {"languages": ("rw", "fr")},
    ],
)
def test_a_look_within_its_borders(change):
    assert looks.faults(replace(Look(), **change)) == []


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"right": 20.5}, ("right", "outside")),
        ({"up": -20.5}, ("up", "outside")),
        ({"right": True}, ("right", "not a number")),
        ({"languages": ("rw", "en", "fr")}, ("languages", "not a choice")),
    ],
)
def test_a_look_beyond_its_borders(change, fault):
    assert told(looks.faults(replace(Look(), **change))) == [fault]
