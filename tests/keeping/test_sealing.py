"""An office of before: what was sealed then is sealed as now when somebody who may read it signs in."""

import pytest
from sqlalchemy import select, update

from cbs_desktop.errors import SealBroken
from cbs_desktop.keeping.sealing import seal_anew
from cbs_desktop.programmes import queries as programmes
from cbs_desktop.safe import seal
from cbs_desktop.screening import results
from cbs_desktop.screening.tables import (
    Assessment,
    Decision,
    sealed_of_assessment,
    sealed_of_decision,
)
from tests.safe.test_seal import as_before

OF = ((Assessment, sealed_of_assessment), (Decision, sealed_of_decision))


@pytest.fixture
def of_before(practice):
    """The practice office with every value sealed as version 0.3 did."""
    public = seal.public_of(practice._keys.clinical)

    def back(tx):
        for record, of in OF:
            for key, sealed in tx.rows(select(record.id, record.sealed)):
                value = as_before(public, tx.unseal(sealed, of(key)))
                tx.run(update(record).where(record.id == key).values(sealed=value))

    practice._run("screening.before", back, (), {})
    return practice


def sealed(office):
    with office._reader.connect() as link:
        found = [
            link.execute(select(record.id, record.sealed)).all() for record, _ in OF
        ]
    return found


def scores(office):
    round_id = office.ask(programmes.rounds)[0].id
    with office._reader.connect() as link:
        return list(results.measured(office._reading(link), round_id, "srq20"))


def test_all_is_sealed_anew_and_says_the_same(of_before):
    before = scores(of_before)
    assert len(before) > 900
    assert len({len(value) for _key, value in sealed(of_before)[1]}) > 1
    while of_before.do(seal_anew):
        pass
    for values in sealed(of_before):
        assert all(seal.is_bound(value) for _key, value in values)
        assert len({len(value) for _key, value in values}) == 1
    assert scores(of_before) == before
    assert of_before.check().well
    acts = of_before.check().acts
    assert of_before.do(seal_anew) == 0 and of_before.check().acts == acts


def test_two_exchanged_values_are_not_read(practice):
    (first, one), (second, other) = sealed(practice)[0][:2]

    def exchange(tx):
        for key, value in ((first, other), (second, one)):
            row = update(Assessment).where(Assessment.id == key)
            tx.run(row.values(sealed=value))

    practice._run("screening.exchange", exchange, (), {})
    with pytest.raises(SealBroken):
        practice.ask(results.result, first)
