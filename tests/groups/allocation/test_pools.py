"""Who can share a group at all: by facility, track and sector; by the radius the office chose; small pools joined."""

from hypothesis import given
from hypothesis import strategies as st

from cbs_desktop.groups.allocation.distance import great_circle, km
from cbs_desktop.groups.allocation.people import PersonFacts, Sizes
from cbs_desktop.groups.allocation.pools import Eligible, PlaceNames, pools
from cbs_desktop.groups.rules import Preferences

SIZES = Sizes(10, 12, 15, 16, 8)
NAMES = PlaceNames(
    {n: f"Musanze › Sector {n}" for n in range(1, 9)}, {7: ("Musanze Facility", 3)}
)
NORTH = (-1.50, 29.60)
NEAR = (-1.51, 29.61)
FAR = (-1.80, 29.90)


def somebody(
    i, sector=1, track="adult", facility=None, cell=None, spot=None, district=100
):
    return Eligible(
        PersonFacts(i, "F", (), cell or sector, sector, spot=spot),
        track,
        district,
        facility,
    )


def shape(found):
    return [(pool.place, pool.track, len(pool.people)) for pool in found]


def test_sector_and_track_and_facility_stay_apart():
    people = [
        somebody(1),
        somebody(2, track="youth"),
        somebody(3, sector=2),
        somebody(4, track="facility", facility=7),
    ]
    assert shape(pools(people, SIZES, Preferences(), NAMES)) == [
        ("Musanze › Sector 1", "youth", 1), ("Musanze › Sector 1", "adult", 1), ("Musanze › Sector 2", "adult", 1),
        ("Musanze Facility", "facility", 1),
    ]  # fmt: skip


def test_a_radius_links_places_and_nobody_beyond_it():
    people = [
        somebody(1, 1, spot=NORTH),
        somebody(2, 2, spot=NEAR),
        somebody(3, 3, spot=FAR),
    ]
    found = pools(people, SIZES, Preferences(area_km=3), NAMES)
    assert sorted(len(pool.people) for pool in found) == [1, 2]
    assert great_circle(NORTH, NEAR) < 3 < great_circle(NORTH, FAR)


def test_small_pools_are_joined_to_the_nearest_of_their_track_and_district():
    people = [somebody(i, 1, spot=NORTH) for i in range(12)]
    people += [somebody(100 + i, 2, spot=NEAR) for i in range(5)]
    people += [somebody(200 + i, 3, spot=FAR) for i in range(12)]
    people += [somebody(300 + i, 4, track="youth") for i in range(5)]
    people += [somebody(400 + i, 5, district=200) for i in range(5)]
    people += [somebody(500 + i, 6, track="facility", facility=7) for i in range(5)]
    assert shape(pools(people, SIZES, Preferences(undivided="merge"), NAMES)) == [
        ("Musanze › Sector 1 + Sector 2", "adult", 17), ("Musanze › Sector 3", "adult", 12),
        ("Musanze › Sector 4", "youth", 5), ("Musanze › Sector 5", "adult", 5), ("Musanze Facility", "facility", 5),
    ]  # fmt: skip


@given(
    st.lists(
        st.tuples(st.integers(1, 8), st.sampled_from(("youth", "adult"))), max_size=60
    ),
    st.sampled_from(("stretch", "merge", "wait")),
    st.integers(0, 20),
)
def test_everybody_is_in_one_pool_of_their_own_track(seats, undivided, radius):
    people = [somebody(i, sector, track) for i, (sector, track) in enumerate(seats)]
    found = pools(
        people, SIZES, Preferences(area_km=radius, undivided=undivided), NAMES
    )
    assert sorted(one.id for pool in found for one in pool.people) == list(
        range(len(seats))
    )
    assert all(seats[one.id][1] == pool.track for pool in found for one in pool.people)
    if undivided != "merge" and not radius:
        assert all(len({one.sector for one in pool.people}) == 1 for pool in found)


def test_ways_by_position_else_by_place():
    one, other, far = (
        somebody(i, sector, cell=cell).person
        for i, sector, cell in ((1, 1, 11), (2, 1, 12), (3, 2, 21))
    )
    assert km(one, one) == 0 < km(one, other) < km(one, far)
    assert abs(great_circle((0, 0), (0, 1)) - 111.19) < 0.1
