"""Any table of people divided on the command line, without an office."""

import json

import pytest

from cbs_desktop import cli
from cbs_desktop.errors import Invalid
from cbs_desktop.groups.allocation.people_table import grouping_problem, people_table

HEADER = ("ID", "Sex", "Score", "Home")
ROWS = [
    ("A", "F", 3, "x"),
    ("B", "M", 5.0, "x"),
    ("C", "F", 2, "y"),
    ("D", "M", 4, "y"),
    ("E", "F", 1, "x"),
    ("F", "M", 5, "y"),
]


def people():
    return people_table(HEADER, ROWS)


def test_a_table_and_rules_become_a_case():
    rules = {
        "groups": 2, "apart": [["A", "B", "C"]], "together_by": "home", "spread": [{"column": "sex", "weight": 2, "alone": 0.5}],
        "balance": [{"column": "score"}], "near": [{"column": "Home", "weight": 0.1}],
    }  # fmt: skip
    problem = grouping_problem(people(), rules)
    assert problem.groups == ((3, 3), (3, 3)) and problem.apart == {
        (0, 1),
        (0, 2),
        (1, 2),
    }
    assert (
        problem.together == ((0, 1, 4), (2, 3, 5))
        and problem.places == (0, 0, 1, 1, 0, 1)
        and problem.scatter == 0.1
    )
    women, men, score = problem.traits
    assert (women.values, women.weight, women.alone) == (
        (1, 0, 1, 0, 1, 0),
        2,
        0.5,
    ) and men.values == (
        0,
        1,
        0,
        1,
        0,
        1,
    )
    assert (
        sum(score.values) == pytest.approx(0) and score.values[1] > 0 > score.values[4]
    )


@pytest.mark.parametrize(
    ("rules", "sizes"),
    [
        ({"size": 2}, ((2, 2),) * 3),
        ({"groups": 4}, ((1, 2),) * 4),
        ({"groups": 2, "least": 1, "most": 5}, ((1, 5),) * 2),
    ],
)
def test_how_many_and_how_large(rules, sizes):
    assert grouping_problem(people(), rules).groups == sizes


@pytest.mark.parametrize(
    ("rules", "field", "kind"),
    [
        ({}, "groups", "needed"),
        ({"groups": 0}, "groups", "not a number"),
        ({"groups": 2, "most": 2}, "groups", "does not fit"),
        ({"groups": 2, "spred": 1}, "spred", "unknown key"),
        ({"groups": 2, "spread": [{"column": "hair"}]}, "spread hair", "no column"),
        (
            {"groups": 2, "spread": [{"column": "sex", "wieght": 1}]},
            "spread wieght",
            "unknown key",
        ),
        (
            {"groups": 2, "spread": [{"column": "sex", "weight": "much"}]},
            "spread sex weight",
            "not a number",
        ),
        ({"groups": 2, "balance": [{"column": "sex"}]}, "balance sex", "not a number"),
        ({"groups": 2, "share": [{"column": "hair"}]}, "share hair", "no column"),
        (
            {"groups": 2, "same": [{"column": "home", "weight": -1}]},
            "same home weight",
            "not a number",
        ),
        (
            {"groups": 2, "same": [{"column": "home", "alone": 1}]},
            "same alone",
            "unknown key",
        ),
        ({"groups": 2, "share": "sex"}, "share", "not a table"),
        ({"groups": 2, "share": ["sex"]}, "share", "not a table"),
        ({"groups": 2, "apart": ["A"]}, "apart", "not a table"),
        ({"groups": 2, "apart": [["A", "Z"]]}, "apart Z", "no such person"),
        ({"groups": 2, "together_by": "house"}, "together_by house", "no column"),
        ({"groups": 2, "common": ["day"]}, "common day", "no column"),
    ],
)
def test_a_wrong_rule_is_named(rules, field, kind):
    with pytest.raises(Invalid) as raised:
        grouping_problem(people(), rules)
    assert (field, kind) in [(fault.field, fault.kind) for fault in raised.value.faults]


@pytest.mark.parametrize(
    ("header", "rows", "kind"),
    [
        (("Sex",), [("F",)], "no column"),
        (("id",), [], "needed"),
        (("id",), [("A",), ("A",)], "stands twice"),
    ],
)
def test_a_table_that_names_nobody(header, rows, kind):
    with pytest.raises(Invalid) as raised:
        people_table(header, rows)
    assert [fault.kind for fault in raised.value.faults] == [kind]


@pytest.fixture
def command(tmp_path, capsys):
    table = tmp_path / "people.csv"
    table.write_text("\n".join(",".join(map(str, row)) for row in (HEADER, *ROWS)))

    def run(rules, *more):
        (tmp_path / "rules.toml").write_text(rules)
        code = cli.run(
            [
                "allocate",
                "--people",
                str(table),
                "--rules",
                str(tmp_path / "rules.toml"),
                *more,
            ]
        )
        return code, capsys.readouterr()

    return run


def test_the_command_divides_and_proves(command):
    rules = 'groups = 2\napart = [["A", "B"]]\ntogether = [["C", "D"]]\nspread = [{column = "sex", weight = 2}]\n'
    code, said = command(rules, "--json")
    found = json.loads(said.out)
    assert (
        code == 0
        and found["well"]
        and found["proven"]
        and found["cost"] == pytest.approx(found["bound"])
    )
    where = {
        one: number for number, group in enumerate(found["groups"]) for one in group
    }
    assert (
        where["A"] != where["B"]
        and where["C"] == where["D"]
        and sorted(where) == list("ABCDEF")
    )


def test_violations_of_column_rules_are_counted_and_proved(command):
    rules = """groups = 2
[[same]]
column = "home"
[[share]]
column = "sex"
"""
    code, said = command(rules, "--json")
    found = json.loads(said.out)
    assert code == 0 and found["well"] and found["proven"]
    assert found["violations"] == {
        "same home": {"groups": 0, "people": 0},
        "share sex": {"groups": 0, "people": 0},
    }
    rules = rules.replace("groups = 2", 'groups = 2\ntogether = [["A", "C", "D"]]')
    code, said = command(rules)
    assert "same home: broken in 2 of 2 groups, 2 people" in said.out


def test_ids_are_looked_up_once():
    """20,000 of them: each is compared with what was seen, not with all the others."""

    class Counted(str):
        compared = 0

        def __eq__(self, other):
            Counted.compared += 1
            return str.__eq__(self, other)

        __hash__ = str.__hash__

        def strip(self, *_letters):
            return self

        def __str__(self):
            return self

    rows = [(Counted(f"p{number}"),) for number in range(20_000)]
    table = people_table(("id",), rows)
    assert len(table.ids) == 20_000 and Counted.compared < 100_000
    with pytest.raises(Invalid) as raised:
        people_table(("id",), [*rows, rows[7]])
    assert raised.value.faults[0].kind == "stands twice"


def test_rules_that_cannot_all_be_kept_are_told(command):
    code, said = command('groups = 2\napart = [["A", "B", "C"]]\n', "--json")
    found = json.loads(said.out)
    assert (
        code == 1
        and not found["well"]
        and len(found["relax"]["apart"]) == 1
        and found["relax"]["sizes"] == []
    )


def test_what_has_to_give_is_said_in_words(command):
    code, said = command(
        'groups = 2\ntogether = [["A", "B"], ["B", "C"]]\napart = [["A", "C"]]\n'
    )
    assert (
        code == 1
        and "fewest that would have to give: kept " in said.out
        and "{" not in said.out
    )


def test_an_office_in_which_nobody_waits_is_told_so(folder, capsys, monkeypatch):
    monkeypatch.setenv("CBS_PASSWORD", "four plain words")
    assert cli.run(["allocate", "--office", str(folder)]) == 0
    assert "Nobody is eligible" in capsys.readouterr().out


def test_what_a_group_has_to_share():
    days = people_table(
        ("id", "Days"),
        [("A", "Monday, friday"), ("B", ""), ("C", "Friday"), ("D", "tuesday")],
    )
    assert grouping_problem(days, {"groups": 2, "common": ["days"]}).common == (
        (frozenset({0, 1}), frozenset(), frozenset({1}), frozenset({2})),
    )


@pytest.mark.parametrize(
    ("rules", "told"),
    [("groups = \n", "rules.toml"), ("groups = 2\nhats = 1\n", "hats")],
)
def test_a_broken_file_of_rules_is_named(command, rules, told):
    code, said = command(rules)
    assert code == 1 and told in said.err and "Nothing was changed." in said.err
