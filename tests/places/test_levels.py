"""Levels of the division are called on screen as in the country of the office."""

import pytest

from cbs_desktop import founding, resource, words
from cbs_desktop.clock import Calendar
from cbs_desktop.errors import Fault, RuleBroken
from cbs_desktop.office import Office
from cbs_desktop.problems import say, say_fault
from cbs_desktop.words import _
from tests.conftest import DAY, PASSWORD


@pytest.fixture
def burundi(tmp_path, home):
    plan = founding.Plan("Gitega", "GI", "BI", ("Gitega",), "coordinator")
    office, _code = founding.found(tmp_path / "gitega", plan, PASSWORD, Calendar(DAY))
    yield office
    if not office.closed:
        office.close()
    words.use_country("RW")


def test_an_office_in_burundi_has_communes_and_zones(burundi):
    assert [_(word) for word in ("District", "Sector", "Cell", "districts")] == [
        "Commune",
        "Zone",
        "Colline",
        "communes",
    ]
    assert (
        say_fault(Fault("place_id", "sector missing"))
        == "The zone is empty. Fill it in on every row."
    )
    assert "for a different zone, track" in say(RuleBroken(rule="other pool")).what
    folder = burundi.folder
    burundi.close()
    words.use_country("RW")
    assert _("Sector") == "Sector"
    again = Office.open(folder, "coordinator", PASSWORD, Calendar(DAY))
    assert _("Sector") == "Zone"
    again.close()


def test_every_country_names_its_levels_from_the_province_down():
    levels = resource.toml("places", "levels.toml")
    assert set(levels) == {"RW", "BI", "CD", "LR"}
    assert all(3 <= len(names) <= 6 for names in levels.values())
    assert [one for one, _more in levels["BI"]] == [
        "province",
        "commune",
        "zone",
        "colline",
    ]


def test_no_mark_is_left_for_any_country():
    for country in ("RW", "BI", "CD", "LR", ""):
        words.use_country(country)
        for mark in ("province", "districts", "sector", "cell", "villages"):
            assert "{" not in _(f"In this {{level.{mark}}}")
    words.use_country("RW")
