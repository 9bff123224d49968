"""Tables of questionnaires: every row a sheet or what is wrong with it."""

import json
from datetime import date

import pytest

from cbs_desktop import cli
from cbs_desktop.errors import Invalid
from cbs_desktop.participants import actions as participants
from cbs_desktop.participants import queries as people
from cbs_desktop.screening import importing, safety
from cbs_desktop.screening.instrument_store import instrument

HEADER = ("Number", "Date", *map(str, range(1, 21)))
FORMS = {key: instrument(key) for key in ("srq20", "phq9")}
WHO = {"MU-1": 7}


def read(row, header=HEADER):
    (line,) = importing.read(header, [row], 2, WHO, FORMS, "srq20")
    return line


def test_words_numbers_and_blanks():
    line = read(("MU-1", "02/03/2026", "yes", 1.0, "Non", "0", "9", "-", 9, *[0] * 13))
    assert (
        line.faults == ()
        and line.sheet.taken_on == date(2026, 3, 2)
        and line.sheet.instrument == "srq20"
    )
    assert [line.sheet.values[n] for n in range(1, 9)] == [
        1,
        1,
        0,
        0,
        None,
        None,
        None,
        0,
    ]


@pytest.mark.parametrize(
    ("change", "kind"),
    [
        ({0: "XX"}, "no such person"),
        ({1: "soon"}, "not a date"),
        ({5: "perhaps"}, "no such answer"),
        ({5: 2}, "no such answer"),
        ({5: ""}, "questions open"),
        ({18: 1}, "safety card needed"),
    ],
)
def test_rows_that_cannot_be_taken_are_named(change, kind):
    row = ["MU-1", "2026-03-02", *[0] * 20]
    for place, value in change.items():
        row[place] = value
    line = read(row)
    assert line.sheet is None and [
        (fault.row, fault.kind) for fault in line.faults
    ] == [(2, kind)]


def test_a_row_names_its_questionnaire_and_occasion():
    header = (
        "number",
        "date",
        "instrument",
        "occasion",
        *(f"q{n}" for n in range(1, 10)),
    )
    line = read(("MU-1", "2026-03-02", "PHQ-9", "Follow-up", *[3] * 8, 0), header)
    assert (line.sheet.instrument, line.sheet.occasion, line.sheet.values[8]) == (
        "phq9",
        "follow-up",
        3,
    )
    wrong = read(("MU-1", "2026-03-02", "XYZ", "never", *[0] * 9), header)
    assert [fault.field for fault in wrong.faults] == ["instrument", "occasion"]


CARD = ("told", "told on", "safe now", "referred to", "see again on")


def test_a_risk_row_brings_its_safety_card():
    row = [
        "MU-1",
        "2026-03-02",
        *[0] * 20,
        "Nurse",
        "2026-03-02",
        "no",
        "Health centre",
        "2026-03-04",
    ]
    row[18] = 1
    card = read(row, (*HEADER, *CARD)).sheet.card
    assert (card.told, card.safe_now, card.referred_to) == (
        "Nurse",
        False,
        "Health centre",
    )
    row[-1] = "one day"
    assert [fault.field for fault in read(row, (*HEADER, *CARD)).faults] == [
        "see_again_on"
    ]


def test_a_missing_column_is_named_before_any_row():
    with pytest.raises(Invalid) as raised:
        importing.read(
            HEADER[:-1], [["MU-1", "2026-03-02", *[0] * 19]], 2, WHO, FORMS, "srq20"
        )
    assert [(fault.kind, fault.facts["names"]) for fault in raised.value.faults] == [
        ("columns missing", "20")
    ]
    with pytest.raises(Invalid) as raised:
        importing.read(
            HEADER, [["MU-1", "2026-03-02", *[0] * 20]], 2, WHO, FORMS, "xyz"
        )
    assert [(fault.field, fault.kind) for fault in raised.value.faults] == [
        ("instrument", "not a choice")
    ]


@pytest.fixture
def command(sign_in, folder, lines, monkeypatch, capsys):
    """Two people registered; `screen --file` run on a table as a clerk or coordinator, its JSON and its answer."""
    office = sign_in("coordinator")
    office.do(participants.import_people, lines(2))
    numbers = list(office.ask(people.numbers))
    office.close()
    monkeypatch.setenv("CBS_PASSWORD", "four plain words")

    def run(rows, person="coordinator", header=HEADER):
        table = folder.parent / "answers.csv"
        table.write_text("\n".join(",".join(map(str, row)) for row in (header, *rows)))
        code = cli.run(
            [
                "screen",
                "--office",
                str(folder),
                "--person",
                person,
                "--file",
                str(table),
                "--json",
            ]
        )
        return code, json.loads(capsys.readouterr().out)

    run.numbers = numbers
    return run


def test_the_command_tells_each_row(command):
    first, second = command.numbers
    today = date.today()
    code, found = command(
        [(first, today, *[1] * 9, *[0] * 11), (second, today, *[1] * 8, *[0] * 12)]
    )
    assert code == 0 and found["recorded"] == 2
    assert [row["scores"]["total"] for row in found["rows"]] == [9, 8]
    # the first of the list is a woman (10), the second a man (8)
    assert [row["cut-offs"][0]["reached"] for row in found["rows"]] == [False, True]
    assert (
        found["rows"][0]["cut-offs"][0]["operator"] == ">="
        and "Scholte" in found["rows"][0]["cut-offs"][0]["source"]
    )


def test_one_wrong_row_and_nothing_is_recorded(command):
    first, second = command.numbers
    today = date.today()
    code, found = command([(first, today, *[0] * 20), (second, today, *[5] * 20)])
    assert code == 1 and found["recorded"] == 0
    assert [row["result"] for row in found["rows"]] == ["not recorded", "refused"]
    assert "Row 3" in found["rows"][1]["why"][0]


def test_a_clerk_records_and_reads_no_score(command):
    code, found = command(
        [(command.numbers[0], date.today(), *[0] * 20)], person="clerk"
    )
    assert code == 0 and "scores" not in found["rows"][0]


def test_a_risk_row_of_the_command_opens_a_card(command, sign_in):
    header = (*HEADER, *CARD)
    today = date.today()
    row = [command.numbers[0], today, *[0] * 20, "Nurse", today, "yes", "", today]
    row[18] = 1
    code, found = command([row], header=header)
    assert code == 0 and found["rows"][0]["risk"] == [17]
    assert len(sign_in("coordinator").ask(safety.open_cards)) == 1
