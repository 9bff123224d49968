"""A few people of the practice season who qualify and have no certificate: their first ones were withdrawn."""

import pytest

from cbs_desktop.certificates import actions, queries
from cbs_desktop.programmes.queries import rounds


@pytest.fixture
def season(practice):
    return practice.ask(rounds)[0].id


@pytest.fixture
def open_again(practice):
    """Withdraw the last so many certificates; the people, who can be issued one again."""

    def make(count=1):
        last = [one for one in practice.ask(queries.register) if not one.withdrawn_on][
            -count:
        ]
        for one in last:
            practice.do(actions.withdraw, one.id, "issued by mistake")
        return [one.person_id for one in last]

    return make
