"""The signed text of the QR: comes back whole, nothing else passes, and what was printed once is read for ever."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import cbor2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cbs_desktop.certificates import code
from cbs_desktop.errors import NotACertificate
from cbs_desktop.paper import qr
from cbs_desktop.safe import sign

GOLDEN = json.loads(Path(__file__).with_name("golden.json").read_text("utf-8"))
KEY = bytes(range(32))
PUBLIC = sign.public_of(KEY)
DAYS = (date(2026, 6, 29), date(2026, 7, 3))
TITLE = "Community-based sociotherapy (Mvura Nkuvure)"
FACTS = code.CodeFacts(
    "MU-L1-2026-0001",
    "MUKAMANA Alice",
    13,
    15,
    *DAYS,
    "sociotherapy",
    "Musanze",
    "Musanze office",
)
EVERY = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"


def signer(message):
    return sign.sign(KEY, message)


@pytest.fixture
def text():
    return code.make(FACTS, signer, PUBLIC)


def as_facts(values):
    return code.CodeFacts(
        **{
            k: date.fromisoformat(v) if k.endswith("_on") else v
            for k, v in values.items()
        }
    )


def passes(text, public):
    try:
        return code.read(text).by(public)
    except NotACertificate:
        return False


def test_it_comes_back_and_only_under_its_key(text):
    found = code.read(f" {text}\n")
    assert found.facts == FACTS and found.key == code.key_id(PUBLIC)
    assert found.by(PUBLIC) and not found.by(sign.public_of(bytes(32)))


@pytest.mark.parametrize(
    "vector", [*GOLDEN["CBS1"], *GOLDEN["CBS2"]], ids=lambda v: v["facts"]["number"]
)
def test_what_was_printed_once_is_read_for_ever(vector):
    found = code.read(vector["text"])
    facts = as_facts(vector["facts"])
    key = GOLDEN["keys"][vector["by"]]
    assert found.facts == facts and found.by(bytes.fromhex(key["public"]))
    assert not any(
        found.by(bytes.fromhex(k["public"]))
        for o, k in GOLDEN["keys"].items()
        if o != vector["by"]
    )
    if vector in GOLDEN["CBS2"]:
        assert found.key.hex() == key["id"]
        seed = bytes.fromhex(key["seed"])
        assert (
            code.make(facts, lambda m: sign.sign(seed, m), bytes.fromhex(key["public"]))
            == vector["text"]
        )


@pytest.mark.parametrize(
    "vector", [GOLDEN["CBS1"][0], GOLDEN["CBS2"][1]], ids=["CBS1", "CBS2"]
)
def test_every_change_of_a_single_letter_is_refused(vector):
    text = vector["text"]
    public = bytes.fromhex(GOLDEN["keys"][vector["by"]]["public"])
    tried = passed = 0
    for place, there in enumerate(text):
        for letter in {*EVERY, there.lower(), "é"} - {there}:
            tried += 1
            passed += passes(text[:place] + letter + text[place + 1 :], public)
    assert passed == 0 and tried > 7_000


@given(st.data())
def test_letters_left_out_doubled_or_swapped_are_refused(data):
    text = code.make(FACTS, signer, PUBLIC)
    at = data.draw(st.integers(0, len(text) - 2))
    for changed in (
        text[:at] + text[at + 1 :],
        text[:at] + text[at] + text[at:],
        text[:at],
    ):
        assert not passes(changed, PUBLIC)
    swapped = text[:at] + text[at + 1] + text[at] + text[at + 2 :]
    assert swapped == text or not passes(swapped, PUBLIC)


def spelled(values):
    payload = cbor2.dumps(values) if isinstance(values, list) else values
    return code.PREFIX + code.encode(payload + signer(code.PREFIX.encode() + payload))


def test_another_spelling_of_the_same_is_refused_though_it_is_signed(text):
    values = [
        code.key_id(PUBLIC),
        "N",
        "MUKAMANA",
        13,
        15,
        9000,
        9001,
        "s",
        "Musanze",
        "M",
    ]
    assert passes(spelled(values), PUBLIC)
    plain = cbor2.dumps(values)
    for other in (
        [*values[:3], 13.0, *values[4:]], [*values[:3], True, *values[4:]], [*values, "more"], values[:-1],
        [*values[:2], "Ne\u0301e", *values[3:]], [*values[:5], 10**9, *values[6:]], ["abcd", *values[1:]],
        b"\x9f" + plain[1:] + b"\xff", plain.replace(b"\x0d\x0f", b"\x18\x0d\x0f"), plain + b"\x00",
    ):  # fmt: skip
        assert not passes(spelled(other), PUBLIC), other
    message = code.read(text).message.removeprefix(code.PREFIX.encode())
    bare = code.PREFIX + code.encode(
        message + signer(message)
    )  # signed for another purpose
    assert not passes(bare, PUBLIC)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "CBS1:",
        "CBS2:",
        "hello",
        "CBS1:%%%",
        "CBS2:0",
        "CBS2:" + "Z" * 3000,
        "CBS3:6BFOXN",
    ],
)
def test_other_texts_are_none_of_ours(text):
    with pytest.raises(NotACertificate):
        code.read(text)


@given(st.text(max_size=300), st.sampled_from(["CBS1:", "CBS2:"]))
def test_no_text_makes_it_fail_otherwise(text, prefix):
    try:
        code.read(prefix + text)
    except NotACertificate:
        return


@given(
    st.text(st.characters(categories=["L"]), min_size=1, max_size=120),
    st.text(min_size=1, max_size=60),
)
def test_any_name_fits_a_code_and_comes_back(name, office):
    facts = code.fitted(
        replace(FACTS, name=name, office=office, programme=TITLE), "sociotherapy", "MU"
    )
    found = code.read(code.make(facts, signer, PUBLIC))
    assert (
        found.by(PUBLIC)
        and len(found.facts.name) > 0
        and code.make(found.facts, signer, PUBLIC)
    )


@pytest.mark.parametrize(
    ("name", "programme", "office", "modules"),
    [
        ("O", TITLE, "Musanze", 61),
        ("NYIRAHABIMANA Consolée", "sociotherapy", "Musanze district office", 61),
        ("NYIRAHABIMANA Marie Consolée Ange Delphine", "sociotherapy", "MU", 61),
        ("N" * 120, "sociotherapy", "MU", 73),
    ],
)
def test_the_code_stays_small_and_says_which_words_it_shortened(
    name, programme, office, modules
):
    full = replace(
        FACTS,
        name=name,
        programme=TITLE,
        office="Musanze" if name == "O" else "Musanze district office",
    )
    facts = code.fitted(full, "sociotherapy", "MU")
    assert (facts.name, facts.programme, facts.office) == (name, programme, office)
    side, _rows = qr._mask(code.make(facts, signer, PUBLIC))
    assert side <= modules


@given(st.binary(max_size=200))
def test_base45_comes_back(data):
    assert code.decode(code.encode(data)) == data


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"AB", "BB8"),
        (b"Hello!!", "%69 VD92EX0"),
        (b"base-45", "UJCLQE7W581"),
        (b"ietf!", "QED8WEX0"),
    ],
)
def test_base45_as_the_standard_has_it(data, text):
    assert code.encode(data) == text
