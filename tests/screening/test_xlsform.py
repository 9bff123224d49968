"""XLSForms: what is understood becomes an instrument file; what is not is named; hostile files are refused quickly."""

import time
import zipfile

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from cbs_desktop.errors import Invalid, Unreadable
from cbs_desktop.problems import say
from cbs_desktop.screening import (
    actions,
    instrument_files,
    instrument_parser,
    queries,
    xlsform,
)

SURVEY = [
    "type",
    "name",
    "label",
    "relevant",
    "calculation",
    "cbs_risk",
    "cbs_reversed",
]
CHOICES = [
    ["list_name", "name", "label"],
    ["yn", 0, "No"],
    ["yn", 1, "Yes"],
    ["much", 0, "None"],
    ["much", 1, "Some"],
    ["much", 2, "Much"],
]
SETTINGS = [["form_id", "form_title", "version"], ["Dignity_Scale", "Dignity", 3]]


def book(path, survey, choices=CHOICES, settings=SETTINGS):
    made = xlsxwriter.Workbook(
        str(path), {"strings_to_formulas": False, "strings_to_urls": False}
    )
    for name, lines in (
        ("survey", survey),
        ("choices", choices),
        ("settings", settings),
    ):
        if lines is None:
            continue
        sheet = made.add_worksheet(name)
        for place, line in enumerate(lines):
            sheet.write_row(place, 0, line)
    made.close()
    return path


@pytest.fixture
def form(tmp_path):
    """Write a form from the rows under the usual heads."""
    return lambda *rows, **more: book(tmp_path / "form.xlsx", [SURVEY, *rows], **more)


PLAIN = (
    ["note", "hello", "Welcome"],
    ["begin_group", "one", "One"],
    ["select_one yn", "q1", "Heard"],
    ["select_one much", "q2", "How much", "${q1} = '1'"],
    ["end_group"],
    ["select_one much", "q3", "Greeted", "", "", "", "yes"],
    ["select_one yn", "q4", "In danger", "", "", "Danger"],
    ["calculate", "total", "", "", "${q1} + ${q3}"],
)


def test_a_form_becomes_an_instrument_file(form):
    content = xlsform.read(form(*PLAIN))
    assert content == {
        "key": "dignity_scale", "version": 3, "languages": ["en"], "title": "Dignity", "recall": "As on the paper",
        "licence": "The office is answerable for the right to use this questionnaire.",
        "answers": {"yn": [[0, "No"], [1, "Yes"]], "much": [[0, "None"], [1, "Some"], [2, "Much"]]},
        "item": [
            {"number": 1, "topic": "Heard", "answers": "yn"},
            {"number": 2, "topic": "How much", "answers": "much", "ask_if": {"item": 1, "is": [1]}, "scored": False},
            {"number": 3, "topic": "Greeted", "answers": "much", "reversed": True},
            {"number": 4, "topic": "In danger", "answers": "yn", "risk": "Danger"},
        ],
        "score": [{"key": "total", "title": "total", "kind": "sum", "items": [1, 3]}],
    }  # fmt: skip
    assert instrument_parser.instrument(content).score("total").items == (1, 3)


def test_two_languages(tmp_path):
    survey = [
        ["type", "name", "label::English (en)", "label::French (fr)"],
        ["select_one yn", "q1", "Heard", "Écouté"],
    ]
    choices = [
        ["list_name", "name", "label::English (en)", "label::French (fr)"],
        ["yn", 0, "No", "Non"],
        ["yn", 1, "Yes", "Oui"],
    ]
    content = xlsform.read(book(tmp_path / "f.xlsx", survey, choices))
    assert content["languages"] == ["en", "fr"] and content["item"][0]["topic"] == {
        "en": "Heard",
        "fr": "Écouté",
    }
    assert instrument_parser.instrument(content).items[0].answers[1][1] == {
        "en": "Yes",
        "fr": "Oui",
    }


def test_a_language_that_is_missing_somewhere_is_named(tmp_path):
    survey = [
        ["type", "name", "label::English (en)", "label::French (fr)"],
        ["select_one yn", "q1", "Heard", ""],
    ]
    choices = [
        ["list_name", "name", "label::English (en)", "label::French (fr)"],
        ["yn", 0, "No", "Non"],
        ["yn", 1, "Yes", "Oui"],
    ]
    with pytest.raises(Invalid) as raised:
        instrument_parser.instrument(
            xlsform.read(book(tmp_path / "f.xlsx", survey, choices)), "f.xlsx"
        )
    assert [(f.field, f.kind, f.facts["languages"]) for f in raised.value.faults] == [
        ("f.xlsx item 1 topic", "language missing", "fr")
    ]


@pytest.mark.parametrize(
    ("row", "told"),
    [
        (["text", "q9", "Say more"], "text"),
        (["integer", "q9", "How many"], "integer"),
        (["date", "q9", "When"], "date"),
        (["select_multiple yn", "q9", "Which"], "select_multiple"),
        (["select_one yn or_other", "q9", "Which"], "or_other"),
        (["select_one_from_file a.csv", "q9", "Which"], "select_one_from_file"),
        (["image", "q9", "Photo"], "image"),
        (["geopoint", "q9", "Where"], "geopoint"),
        (["begin_repeat", "q9", "Children"], "begin_repeat"),
        (["select_one yn", "q9", "Why", "${q1} > 0 and ${q3} < 2"], "${q1} > 0 and"),
        (["select_one yn", "q9", "Why", "regex(${q1}, '(a+)+$')"], "regex"),
        (["calculate", "q9", "", "", "if(${q1} = 1, 2, 3)"], "if("),
    ],
)
def test_what_is_not_supported_is_named_with_its_row(form, row, told):
    with pytest.raises(Invalid) as raised:
        xlsform.read(form(*PLAIN, row))
    words = str(say(raised.value))
    assert "survey row 10 q9" in words and told in words


@pytest.mark.parametrize(
    ("head", "cell"),
    [("constraint", "regex(., '^(a+)+$')"), ("media::image", "file:///etc/passwd"), ("image", "x.png"), ("choice_filter", "a=b"),
     ("default", "1"), ("bind::odk:x", "y"), ("repeat_count", "10000")],
)  # fmt: skip
def test_columns_that_would_change_the_meaning_are_named(tmp_path, head, cell):
    path = book(
        tmp_path / "f.xlsx",
        [["type", "name", "label", head], ["select_one yn", "q1", "Heard", cell]],
    )
    with pytest.raises(Invalid) as raised:
        xlsform.read(path)
    assert raised.value.faults[0].field == "survey row 2 q1" and cell[:20] in str(
        say(raised.value)
    )


def test_conditions_in_a_circle_are_named(form):
    with pytest.raises(Invalid) as raised:
        xlsform.read(
            form(
                ["select_one yn", "a", "A", "${b} = '1'"],
                ["select_one yn", "b", "B", "${a} = '1'"],
            )
        )
    assert [(f.kind, f.facts["numbers"]) for f in raised.value.faults] == [
        ("cycle", "a, b")
    ]


@pytest.mark.parametrize(
    ("rows", "choices", "told"),
    [
        ([["select_one yn", "q1", "A"], ["select_one yn", "q1", "B"]], CHOICES, "q1"),
        ([["select_one other", "q1", "A"]], CHOICES, "other"),
        (
            [["select_one yn", "q1", "A"]],
            [["list_name", "name", "label"], ["yn", "yes", "Yes"], ["yn", "9", "No"]],
            "yes",
        ),
        ([["begin_group", "g", "G"], ["select_one yn", "q1", "A"]], CHOICES, "group"),
        ([["note", "n", "Only a note"]], CHOICES, "survey"),
    ],
)
def test_forms_that_do_not_hold_together(form, rows, choices, told):
    with pytest.raises(Invalid) as raised:
        xlsform.read(form(*rows, choices=choices))
    assert told in str(say(raised.value)) and "…" not in str(say(raised.value))


def hostile(tmp_path):
    """Names and files that are meant to hang, fill or crash a reader."""
    deep = [SURVEY, *([["begin_repeat", f"r{n}", "x"] for n in range(10_000)])]
    yield "deep repeats", book(tmp_path / "deep.xlsx", deep)
    groups = [
        SURVEY,
        *([["begin_group", f"g{n}", "x"] for n in range(390)]),
        *([["end_group"]] * 390),
    ]
    yield "deep groups", book(tmp_path / "groups.xlsx", groups)
    ring = [
        ["select_one yn", f"q{n}", "x", f"${{q{(n + 1) % 390}}} = '1'"]
        for n in range(390)
    ]
    yield "a ring of conditions", book(tmp_path / "ring.xlsx", [SURVEY, *ring])
    yield (
        "a condition made to backtrack",
        book(
            tmp_path / "re.xlsx",
            [SURVEY, ["select_one yn", "q", "x", "${" + "a" * 500 + " or " * 20]],
        ),
    )
    yield (
        "a huge cell",
        book(tmp_path / "cell.xlsx", [SURVEY, ["select_one yn", "q", "x" * 32_000]]),
    )
    yield (
        "many choices",
        book(
            tmp_path / "many.xlsx",
            [SURVEY, *PLAIN],
            [CHOICES[0], *([["yn", n, "x"] for n in range(60_000)])],
        ),
    )
    yield (
        "many markers",
        book(tmp_path / "mark.xlsx", [SURVEY, ["select_one yn", "q", "${q}" * 140]]),
    )
    empty = tmp_path / "empty.xlsx"
    empty.write_bytes(b"")
    yield "nothing in it", empty
    whole = book(tmp_path / "whole.xlsx", [SURVEY, *PLAIN])
    cut = tmp_path / "cut.xlsx"
    cut.write_bytes(whole.read_bytes()[:2000])
    yield "cut off", cut
    table = tmp_path / "table.xlsx"
    table.write_text("type,name,label\n")
    yield "a CSV called xlsx", table
    locked = tmp_path / "locked.xlsx"
    locked.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    yield "an encrypted file", locked
    bomb = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/workbook.xml", b"<a>" + b" " * 90_000_000)
    yield "a zip bomb", bomb
    laughs = tmp_path / "laughs.xlsx"
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    with zipfile.ZipFile(whole) as source, zipfile.ZipFile(laughs, "w") as packed:
        for name in source.namelist():
            content = source.read(name)
            if name.endswith("sharedStrings.xml"):
                head = (
                    f'<?xml version="1.0"?><!DOCTYPE s [<!ENTITY l0 "lol">{entities}]>'
                )
                content = f"{head}<sst><si><t>&l11;</t></si></sst>".encode()
            packed.writestr(name, content)
    yield "entities in entities", laughs
    no_survey = book(tmp_path / "none.xlsx", None)
    yield "no survey", no_survey


def test_hostile_files_are_refused_at_once(tmp_path):
    for name, path in hostile(tmp_path):
        start = time.process_time()
        try:
            instrument_parser.instrument(xlsform.read(path), path.name)
        except (Invalid, Unreadable) as problem:
            words = str(say(problem))
        else:
            pytest.fail(f"{name} was taken")
        assert time.process_time() - start < 10, name
        assert words and "mistake" not in words, name


def test_an_office_takes_a_form_over(office, form):
    office.do(
        actions.add_instrument, instrument_files.content(form(*PLAIN)), "form.xlsx"
    )
    assert "dignity_scale" in {
        one.key for one in office.ask(queries.questionnaires) if one.used
    }


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("x.pdf", "not a questionnaire"),
        ("none.toml", "missing"),
        ("bad.toml", "broken file"),
        ("utf16.toml", "not in UTF-8"),
        ("big.toml", "too big for one"),
    ],
)
def test_files_that_are_no_questionnaire(tmp_path, name, kind):
    broken = {
        "x.pdf": b"%PDF",
        "bad.toml": b"\n[[",
        "utf16.toml": b"\xff\xfe\n[[",
        "big.toml": b"#" * 1_000_001,
    }
    for made, content in broken.items():
        (tmp_path / made).write_bytes(content)
    with pytest.raises(Unreadable) as raised:
        instrument_files.content(tmp_path / name)
    assert raised.value.facts["kind"] == kind and name in str(say(raised.value))


names = st.text("abcdefgh", min_size=1, max_size=6)


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.tuples(names, st.sampled_from(("yn", "much"))),
        min_size=1,
        max_size=12,
        unique_by=lambda one: one[0],
    ),
    st.data(),
)
def test_any_plain_form_keeps_its_questions_and_answers(
    tmp_path_factory, questions, data
):
    scored = data.draw(
        st.lists(
            st.sampled_from([name for name, _kind in questions]),
            min_size=1,
            unique=True,
        )
    )
    rows = [
        [f"select_one {kind}", f"q_{name}", f"About {name}"] for name, kind in questions
    ]
    rows.append(
        ["calculate", "total", "", "", " + ".join(f"${{q_{name}}}" for name in scored)]
    )
    path = book(tmp_path_factory.mktemp("form") / "form.xlsx", [SURVEY, *rows])
    made = instrument_parser.instrument(xlsform.read(path))
    assert [item.topic["en"] for item in made.items] == [
        f"About {name}" for name, _kind in questions
    ]
    assert [item.values for item in made.items] == [
        (0, 1) if kind == "yn" else (0, 1, 2) for _name, kind in questions
    ]
    order = [name for name, _kind in questions]
    assert made.scores[0].items == tuple(order.index(name) + 1 for name in scored)
