"""One declaration of a participant's fields: the form, the import, the card and the faults all look there."""

import pytest

from cbs_desktop.participants import importing
from cbs_desktop.participants.fields import (
    ALL_FIELDS,
    CARD_FIELDS,
    PERSON_FIELDS,
    SHEET_FIELDS,
    TEXT_FIELDS,
)
from cbs_desktop.participants.rules import PersonDetails, person_faults
from cbs_desktop.problems import FIELDS, say_fault


def test_every_attribute_of_a_person_is_a_field_of_the_form():
    asked = {field.key for field in PERSON_FIELDS if field.kind}
    assert asked == set(PersonDetails.__slots__)


def test_no_key_and_no_header_is_declared_twice():
    keys = [field.key for field in ALL_FIELDS]
    headers = [header for field in ALL_FIELDS for header in field.headers]
    assert len(keys) == len(set(keys)) and len(headers) == len(set(headers))


def test_every_header_is_recognised_as_its_field():
    for key, field in SHEET_FIELDS.items():
        for header in field.headers:
            assert importing.guess((header.upper(),)) == {key: 0}


@pytest.mark.parametrize("field", TEXT_FIELDS, ids=lambda field: field.key)
def test_a_text_that_is_too_long_is_said_by_its_name(field, calendar):
    texts = {"own_name": "KEZA", "other_names": "", field.key: "x" * (field.most + 1)}
    details = PersonDetails(**texts, sex="F", place_id=1)
    faults = person_faults(details, calendar.day)
    (long,) = [fault for fault in faults if fault.kind == "too long"]
    assert long.field == field.key and str(field.most) in say_fault(long)
    assert FIELDS[field.key] == field.label


def test_the_card_shows_the_fields_that_say_so(office, calendar):
    from cbs_desktop.overview import queries as overview
    from cbs_desktop.participants import actions, queries
    from cbs_desktop.places import queries as places

    place = office.ask(places.find_places, "")[0].id
    details = PersonDetails("KEZA", "Aline", "F", place, phone="0788 000 000")
    person = office.do(actions.register, details)
    record = office.ask(overview.record, person)
    assert (record.certainty, record.estimated_on) == ("", None)
    found = office.ask(queries.form, person)
    assert (found.details.place_id, found.place) == (place, record.row.place)
    texts = record.texts
    assert texts.keys() == CARD_FIELDS.keys() and texts["phone"] == "0788 000 000"
