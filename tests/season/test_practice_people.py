"""The invented people: who sits in a youth group is young, or just over the border."""

from cbs_desktop import resource
from cbs_desktop.practice.people import HEADER, everybody


def test_nobody_in_a_youth_group_is_much_older_than_the_band():
    plan = resource.toml("practice", "season.toml")
    born_in = HEADER.index("Birth date")
    estimated_in = HEADER.index("Age")
    ages = []
    for person in everybody(plan):
        if person.track == "youth":
            born = person.row[born_in]
            if born:
                ages.append((plan["starts"] - born).days // 365.25)
            else:
                ages.append(person.row[estimated_in])
    assert len(ages) > 250 and min(ages) >= 18 and max(ages) <= 34
    assert any(age > 30 for age in ages)
