"""The parser of instrument files by bad files: each fault is named with file, part and key, and said in whole sentences."""

import ast
import copy
import json
import tomllib
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cbs_desktop import resource
from cbs_desktop.errors import Fault, Invalid
from cbs_desktop.problems import FAULTS, say_fault
from cbs_desktop.screening import instrument_parser, instrument_store, part, scoring
from cbs_desktop.screening.instrument import Instrument

SHIPPED = resource.names("instruments", ".toml")
SMALL = """
key = "small"
version = 1
languages = ["en", "fr"]
title = { en = "Small", fr = "Petit" }
recall = { en = "Now", fr = "Maintenant" }
licence = "Our own."
[answers]
yes_no = [[0, { en = "No", fr = "Non" }], [1, { en = "Yes", fr = "Oui" }]]
much = [[0, { en = "not", fr = "pas" }], [2, { en = "much", fr = "beaucoup" }]]
[[item]]
number = 1
topic = { en = "First", fr = "Un" }
answers = "yes_no"
[[item]]
number = 2
topic = { en = "Second", fr = "Deux" }
answers = "much"
[[item]]
number = 3
topic = { en = "Third", fr = "Trois" }
answers = "much"
ask_if = { item = 1, is = [1] }
[[score]]
key = "total"
title = { en = "Total", fr = "Total" }
kind = "sum"
[[cutoff]]
set = "usual"
score = "total"
operator = ">="
value = 2
source = "a study"
[[bands]]
set = "usual"
score = "total"
source = "a study"
band = [[0, 1, { en = "low", fr = "bas" }], [2, 3, { en = "high", fr = "haut" }]]
[[rule]]
set = "both"
title = { en = "Both", fr = "Les deux" }
source = "a study"
from = 1
need = [{ items = [1, 2], count = 2 }]
[[change]]
score = "total"
points = 1
source = "a study"
"""


def small(*changes):
    """The small file changed in places; each has to be there."""
    text = SMALL
    for before, after in changes:
        assert before in text, before
        text = text.replace(before, after, 1)
    return tomllib.loads(text)


def wrong(content):
    with pytest.raises(Invalid) as raised:
        instrument_parser.instrument(content, "small.toml")
    return raised.value.faults


def test_the_small_file_is_whole():
    made = instrument_parser.instrument(small(), "small.toml")
    assert [item.number for item in made.items] == [1, 2, 3] and made.scores[
        0
    ].items == (1, 2)
    assert made.bands[0].word(Decimal(1)) == {"en": "low", "fr": "bas"}


@pytest.mark.parametrize("value", [0, 3])
def test_a_cut_off_may_stand_at_the_lowest_and_the_highest_score(value):
    content = small(("value = 2", f"value = {value}"))
    made = instrument_parser.instrument(content, "small.toml")
    assert made.cutoffs[0].value == value


BAND = '[[0, 1, { en = "low", fr = "bas" }], [2, 3, { en = "high", fr = "haut" }]]'
SECOND_CUTOFF = '[[cutoff]]\nset = "usual"\nscore = "total"\noperator = "<"\nvalue = 1\nsex = "F"\nsource = "another"\n'
BAD = [  # (changes, where the fault stands, its kind)
    ([('key = "small"', "")], "key", "needed"),
    ([('key = "small"', 'key = ""')], "key", "not a short name"),
    ([('key = "small"', 'key = "Sm all"')], "key", "not a short name"),
    ([('key = "small"', "key = 3")], "key", "not a text"),
    ([("version = 1", "version = 0")], "version", "outside"),
    ([("version = 1", 'version = "1"')], "version", "not a number"),
    ([("version = 1", "version = true")], "version", "not a number"),
    ([('["en", "fr"]', "[]")], "languages", "no languages"),
    ([('["en", "fr"]', '["en", "en"]')], "languages", "no languages"),
    ([('["en", "fr"]', '"en"')], "languages", "no languages"),
    ([(', fr = "Petit"', "")], "title", "language missing"),
    ([('fr = "Petit"', 'fr = " "')], "title", "language missing"),
    ([('fr = "Petit"', 'fr = "Petit", rw = "Ntoya"')], "title.rw", "unknown key"),
    ([('{ en = "Now", fr = "Maintenant" }', '"Now"')], "recall", "language missing"),
    ([('{ en = "Now", fr = "Maintenant" }', "7")], "recall", "not a text"),
    ([('"Our own."', '""')], "licence", "needed"),
    ([('"Our own."', f'"{"a" * 601}"')], "licence", "too long"),
    ([('"Our own."', '"Our\\u200bown."')], "licence", "hidden sign"),
    ([("Petit", "Pe\\u200btit")], "title", "hidden sign"),
    ([('licence = "Our own."', 'licence = "Our own."\nlicense = "Our own."')], "license", "unknown key"),
    ([('[answers]\n', '[answer]\n')], "answers", "needed"),
    ([("[answers]", "answers = 1\n[answer]")], "answers", "not a table"),
    ([("[0, { en = \"No\"", "[9, { en = \"No\"")], "answers.yes_no", "not an answer"),
    ([('[0, { en = "No", fr = "Non" }], ', "")], "answers.yes_no", "too few answers"),
    ([("[1, { en = \"Yes\"", "[0, { en = \"Yes\"")], "answers.yes_no", "stands twice"),
    ([(', fr = "Oui"', "")], "answers.yes_no 1", "language missing"),
    ([("number = 2", "number = 1")], "item", "stands twice"),
    ([("number = 2\n", "")], "item 2 number", "needed"),
    ([("number = 2", "number = 1000")], "item 2 number", "outside"),
    ([('topic = { en = "Second", fr = "Deux" }', "")], "item 2 topic", "needed"),
    ([('answers = "much"', 'answers = "more"')], "item 2 answers", "no such answers"),
    ([('answers = "much"', "")], "item 2 answers", "needed"),  # there are two sets to choose from
    ([('answers = "much"', 'answers = "much"\nscored = "no"')], "item 2 scored", "not yes or no"),
    ([('answers = "much"', 'answers = "much"\nreversd = true')], "item 2 reversd", "unknown key"),
    ([("is = [1] }", "is = [1] }\nscored = true")], "item 3 scored", "skipped and scored"),
    ([("ask_if = { item = 1, is = [1] }", "ask_if = 1")], "item 3 ask_if", "not a table"),
    ([("is = [1]", "is = [2]")], "item 3 ask_if", "no such answer"),
    ([("is = [1]", "is = [true]")], "item 3 ask_if is", "not numbers"),
    ([("{ item = 1, is", "{ item = 4, is")], "item 3 ask_if", "not asked before"),
    ([("{ item = 1, is", "{ item = 3, is")], "item 3 ask_if", "cycle"),
    ([('answers = "much"', 'answers = "much"\nask_if = { item = 3, is = [2] }'), ("{ item = 1, is", "{ item = 2, is")],
     "item 3 ask_if", "cycle"),
    ([('kind = "sum"', 'kind = "median"')], "score total kind", "not one of"),
    ([('kind = "sum"', "")], "score total kind", "needed"),
    ([('kind = "sum"', 'kind = "sum"\nitems = [1, 7]')], "score total items", "no such question"),
    ([('kind = "sum"', 'kind = "mean"\nitems = []')], "score total items", "needed"),
    ([('kind = "sum"', 'kind = "sum"\nitems = [3]')], "score total items", "no such question"),  # never asked of all
    ([('kind = "sum"', 'kind = "sum"\nitems = [1, 1]')], "score total items", "stands twice"),
    ([('kind = "sum"', 'kind = "sum"\nitems = "all"')], "score total items", "not numbers"),
    ([('key = "total"\n', 'key = "total"\n' + 'title = { en = "x", fr = "y" }\nkind = "sum"\n[[score]]\nkey = "total"\n')],
     "score", "stands twice"),
    ([('score = "total"', 'score = "sum"')], "cutoff usual score", "no such score"),
    ([('score = "total"', 'score = ""')], "cutoff usual score", "needed"),
    ([('operator = ">="', 'operator = "=>"')], "cutoff usual operator", "not one of"),
    ([("value = 2", "value = 4")], "cutoff usual value", "outside the score"),
    ([("value = 2", "value = nan")], "cutoff usual value", "not a number"),
    ([("value = 2", "value = 2026-03-02")], "cutoff usual value", "not a number"),
    ([("value = 2\n", 'value = 2\nsex = "W"\n')], "cutoff usual sex", "not one of"),
    ([("[[bands]]", SECOND_CUTOFF + "[[bands]]")], "cutoff usual", "cut-offs overlap"),
    ([('set = "usual"\n', "")], "cutoff 1 set", "needed"),
    ([("[0, 1, {", "[0, 2, {")], "bands usual band", "bands overlap"),
    ([("[2, 3, {", "[3, 2, {")], "bands usual band", "bands overlap"),
    ([("[0, 1, {", "[0, 0, {")], "bands usual band", "bands leave a gap"),
    ([("[0, 1, {", "[1, 1, {")], "bands usual band", "bands leave a gap"),
    ([("[2, 3, {", "[2, 2, {")], "bands usual band", "bands leave a gap"),
    ([("[0, 1, {", "[0, 0.5, {"), ("[2, 3, {", "[1.5, 3, {")], "bands usual band", "finer than the score"),
    ([(BAND, "[]")], "bands usual band", "needed"),
    ([(BAND, "[[0, 3]]")], "bands usual band", "not a table"),
    ([('[0, 1, {', '["0", 1, {')], "bands usual band", "not a number"),
    ([(', fr = "bas"', "")], "bands usual band", "language missing"),
    ([("items = [1, 2], count = 2", "items = [1, 7], count = 2")], "rule both need 1 items", "no such question"),
    ([("items = [1, 2], count = 2", "items = [1, 1], count = 2")], "rule both need 1 items", "stands twice"),
    ([("count = 2", "count = 3")], "rule both need 1 count", "more than there are"),
    ([("[{ items = [1, 2], count = 2 }]", "[]")], "rule both need", "needed"),  # it would always be met
    ([("[{ items = [1, 2], count = 2 }]", "[1]")], "rule both need", "not a table"),
    ([("from = 1", "from = 9")], "rule both from", "outside"),
    ([("points = 1\n", "")], "change 1 points", "points or index"),
    ([("points = 1", "points = 1\nsd = 5.05\nalpha = 0.8")], "change 1 points", "points or index"),
    ([("points = 1", "points = 0")], "change 1 points", "not above 0"),
    ([("points = 1", "sd = -5\nalpha = 0.8")], "change 1 sd", "not above 0"),
    ([("points = 1", "sd = 5.05\nalpha = 1")], "change 1 alpha", "outside"),
    ([("points = 1", "points = 1\npoint = 1")], "change 1 point", "unknown key"),
    ([("[[change]]", "[[chance]]")], "chance", "unknown key"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "where", "kind"),
    BAD,
    ids=[f"{where}: {kind}" for _c, where, kind in BAD],
)
def test_a_fault_is_named_with_file_part_and_key(changes, where, kind):
    faults = wrong(small(*changes))
    assert (f"small.toml {where}", kind) in [
        (fault.field, fault.kind) for fault in faults
    ]
    for fault in faults:
        said = say_fault(fault, named=True)
        assert (
            said.startswith("small.toml ")
            and "…" not in said
            and FAULTS[fault.kind].split("{")[0] in said
        )


def test_too_many_questions_are_refused_at_once():
    content = small()
    content["item"] = [{**content["item"][0], "number": n} for n in range(1, 402)]
    (fault,) = wrong(content)
    assert (fault.kind, say_fault(fault)) == ("too many", "At most 400 are allowed.")


def test_every_kind_of_fault_of_the_parser_is_produced_here():
    named = {
        node.value
        for module in (instrument_parser, part)
        for node in ast.walk(ast.parse(Path(module.__file__).read_text("utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    kinds = (named & FAULTS.keys()) | {
        "too long",
        "hidden sign",
    }  # the last two of the texts
    assert len(kinds) >= 30
    assert kinds - {kind for _changes, _where, kind in BAD} == {"too many"}


def test_all_faults_of_a_part_are_told_at_once_and_none_that_follows_from_another():
    faults = wrong(
        small(
            ("number = 2\n", ""),
            ('"Our own."', '""'),
            ('topic = { en = "Third"', 'topc = { en = "Third"'),
        )
    )
    assert {(fault.field, fault.kind) for fault in faults} == {
        ("small.toml licence", "needed"),
        ("small.toml item 2 number", "needed"),
        ("small.toml item 3 topic", "needed"),
        ("small.toml item 3 topc", "unknown key"),
    }


def test_faults_are_told_in_the_same_order_each_time():
    faults = wrong({**small(), "zeta": 1, "alpha": 1, "beta": 1})
    assert [fault.field for fault in faults] == [
        "small.toml alpha",
        "small.toml beta",
        "small.toml zeta",
    ]


def test_a_long_name_is_told_short():
    faults = wrong(small(('set = "both"', f'set = "{"b" * 700}"')))
    assert all(len(fault.field) < 200 for fault in faults)
    assert all(len(fault.field) < 200 for fault in wrong({**small(), "k" * 5000: 1}))


@pytest.mark.parametrize("key", SHIPPED)
def test_every_shipped_file_is_whole(key):
    content = resource.toml("instruments", f"{key}.toml")
    made = instrument_parser.instrument(content, f"{key}.toml")
    assert made.key == key and made.items and made.licence
    _holds_together(made, content)


def _holds_together(made, content):
    """What was accepted can be stored and read back, and scored with the lowest and the highest answers."""
    assert (
        instrument_parser.instrument(json.loads(instrument_store.canonical(content)))
        == made
    )
    for end in (min, max):
        values = {item.number: end(item.values) for item in made.items}
        asked = {
            item.number: values[item.number] for item in scoring.asked(made, values)
        }
        outcome = scoring.outcome(made, asked, "F", "RW")
        assert all(one.value is not None for one in outcome.scores)
    for bands in made.bands:
        score = made.score(bands.score)
        low, high = made.span(score)
        step = Decimal(1).scaleb(-score.decimals)
        assert all(
            bands.word(low + n * step)
            for n in range(min(2000, int((high - low) / step)) + 1)
        )


def parts(content, path=()):
    """The path to every part of a content but the whole."""
    found = [path] if path else []
    if isinstance(content, dict):
        inside = content.items()
    elif isinstance(content, list):
        inside = enumerate(content)
    else:
        inside = ()
    for key, value in inside:
        found += parts(value, (*path, key))
    return found


CONTENTS = [resource.toml("instruments", f"{key}.toml") for key in SHIPPED] + [small()]
PARTS = [parts(content) for content in CONTENTS]
plain = st.one_of(
    st.none(), st.booleans(), st.integers(), st.integers(0, 9), st.floats(), st.text(max_size=12),
    st.sampled_from(["total", "", " ", "sum", "F", "\u200b", "\ud800", "a" * 700]),
)  # fmt: skip
anything = st.recursive(
    plain,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["en", "fr", "key", "item", "items"]), inner, max_size=3
        )
    ),
    max_leaves=6,
)
GONE = object()


def changed(content, path, value):
    content = copy.deepcopy(content)
    here = content
    for key in path[:-1]:
        here = here[key]
    if value is GONE:
        del here[path[-1]]
    else:
        here[path[-1]] = value
    return content


@settings(max_examples=600, deadline=None)
@given(st.integers(0, len(CONTENTS) - 1), st.data())
def test_whatever_stands_in_a_file_is_taken_or_named(which, data):
    content = CONTENTS[which]
    path = data.draw(st.sampled_from(PARTS[which]))
    content = changed(content, path, data.draw(st.just(GONE) | anything))
    try:
        made = instrument_parser.instrument(content, "x.toml")
    except Invalid as problem:
        assert problem.faults
        for fault in problem.faults:
            assert (
                isinstance(fault, Fault)
                and fault.kind in FAULTS
                and fault.field.startswith("x.toml ")
            )
            assert "…" not in FAULTS[fault.kind].format(
                **fault.facts
            )  # KeyError where a fact is missing
        return
    assert isinstance(made, Instrument)
    _holds_together(made, content)


@settings(max_examples=100, deadline=None)
@given(
    st.dictionaries(st.text(max_size=8), anything, max_size=6),
    st.sampled_from([["en"], ["en", "fr"], "en", 1, None]),
)
def test_a_file_of_something_else_is_named(content, languages):
    with pytest.raises(Invalid):
        instrument_parser.instrument({**content, "languages": languages}, "x.toml")
