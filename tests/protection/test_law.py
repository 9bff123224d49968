"""The rules of a country are data: read whole, or refused with the place."""

import copy

import pytest

from cbs_desktop import resource
from cbs_desktop.errors import Unreadable
from cbs_desktop.participants.rules import GUARDIAN_UNDER
from cbs_desktop.problems import say
from cbs_desktop.protection import law, problems  # noqa: F401 (the words)

RWANDA = resource.toml("law", "RW.toml")


def test_rwanda_as_the_law_has_it():
    found = law.of_country("RW")
    said = {key: figure.value for key, figure in found.figures.items()}
    assert said == {
        "notice_hours": 48, "report_hours": 72, "answer_days": 30, "appeal_days": 30, "consent_age": 16,
        "keep_answers_months": 24, "keep_identity_months": 60,
    }  # fmt: skip
    assert found.figures["notice_hours"].source == "art. 43"
    assert "058/2021" in found.name and not found.storage_abroad
    assert all(figure.source for figure in found.figures.values())


def test_the_age_of_consent_is_that_of_the_rule_in_use():
    for country in ("RW", "BI", "CD"):
        assert law.of_country(country).figures["consent_age"].value == GUARDIAN_UNDER


@pytest.mark.parametrize("country", ["BI", "CD", ""])
def test_other_countries_say_that_those_of_rwanda_are_applied(country):
    found = law.of_country(country)
    assert "Rwanda" in found.name
    assert found.figures["notice_hours"].value == 48


SPOILS = {
    "authority is missing": lambda c: c.pop("authority"),
    "autority is unknown": lambda c: c.update(autority="x"),
    "figures.notice_hours is missing": lambda c: c["figures"].pop("notice_hours"),
    "figures.answer_days.source is missing": lambda c: c["figures"]["answer_days"].pop("source"),
    "figures.consent_age: not a whole number": lambda c: c["figures"]["consent_age"].update(value="16"),
    "figures.appeal_days: not a whole number": lambda c: c["figures"]["appeal_days"].update(value=0),
    "figures.report_hours: earlier": lambda c: c["figures"]["report_hours"].update(value=24),
    "articles.abroad: no text": lambda c: c["articles"].update(abroad=" "),
    "abroad.storage: neither": lambda c: c["abroad"].update(storage="no"),
    "figures: not a table": lambda c: c.update(figures=3),
}  # fmt: skip


@pytest.mark.parametrize("told", SPOILS)
def test_a_broken_file_is_refused_with_the_place(told):
    content = copy.deepcopy(RWANDA)
    SPOILS[told](content)
    with pytest.raises(Unreadable) as problem:
        law.read("RW", "RW.toml", content)
    said = str(say(problem.value))
    assert told in said and "law/RW.toml" in said
