"""Checking a certificate: every state in its own case; the root key and the lists that travel."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from cbs_desktop.certificates import (
    actions,
    code,
    queries,
    trust,
    trust_list,
    verification,
)
from cbs_desktop.errors import RuleBroken, Unreadable, WrongCode
from cbs_desktop.safe import roots, sign

ROOT = bytes(range(64, 96))
KEY = bytes(range(32))
DAY = date(2026, 3, 3)


def by(private):
    return lambda message: sign.sign(private, message)


PUBLIC = sign.public_of(KEY).hex()
OWN = trust_list.Key("Musanze office", "MU", PUBLIC, DAY).signed(by(ROOT))
GONE = (
    trust_list.Withdrawn("MU-L1-2026-0002", DAY),
    trust_list.Withdrawn("MU-L1-2026-0003", DAY, "MU-L1-2026-0009"),
)
LIST = trust_list.TrustList(
    "Musanze office", "MU", sign.public_of(ROOT).hex(), 4, DAY, (OWN,), GONE
)


def certificate(number="MU-L1-2026-0001", private=KEY):
    facts = code.CodeFacts(
        number, "KEZA", 13, 15, DAY, DAY, "sociotherapy", "Musanze", "Musanze office"
    )
    return code.make(facts, by(private), sign.public_of(private))


def judged(text, *, known=(LIST,), day=date(2026, 4, 13)):
    return verification.judge(text, known, day)


def test_each_state_has_its_case():
    found = judged(certificate())
    assert (found.state, found.issuer, found.listed_on, found.age) == (
        "genuine",
        "Musanze office",
        DAY,
        41,
    )
    gone = judged(certificate("MU-L1-2026-0002"))
    assert (gone.state, gone.withdrawn_on, gone.replaced_by, gone.by_key) == (
        "revoked",
        DAY,
        "",
        False,
    )
    assert judged(certificate("MU-L1-2026-0003")).replaced_by == "MU-L1-2026-0009"
    assert judged(certificate(private=ROOT)).state == "unknown key"
    assert judged(certificate(), known=()).state == "unknown key"
    assert judged(code.PREFIX + "ABC").state == "altered"
    assert judged("hello").state == "not a certificate"
    signed = code.read(certificate())
    payload = signed.message.removeprefix(b"CBS2:").replace(b"KEZA", b"KEZO")
    changed = judged(code.PREFIX + code.encode(payload + signed.signature))
    assert changed.state == "altered" and changed.facts.name == "KEZO"
    stolen = replace(LIST, keys=(replace(OWN, revoked_on=DAY).signed(by(ROOT)),))
    assert judged(certificate(), known=(stolen,)).by_key


def test_a_list_comes_back_and_every_change_of_it_is_refused():
    text = LIST.write(by(KEY))
    assert trust_list.read(text, "list") == LIST
    whole = json.loads(text)
    for path, value in (
        (("number",), 5), (("office",), "Ngoma"), (("withdrawn",), []), (("made_on",), "2027-01-01"),
        (("keys", 0, "public"), sign.public_of(ROOT).hex()), (("keys", 0, "revoked_on"), "2026-01-01"),
        (("root",), PUBLIC), (("keys", 0, "signature"), "00" * 64),
    ):  # fmt: skip
        changed = json.loads(text)
        part = changed["list"]
        for step in path[:-1]:
            part = part[step]
        part[path[-1]] = value
        with pytest.raises(Unreadable) as raised:
            trust_list.read(json.dumps(changed), "list")
        assert raised.value.facts["kind"] == "changed list", path
    for wrong in (
        "",
        "[]",
        "{}",
        "[" * 100_000,
        json.dumps({**whole, "kind": "x"}),
        '{"kind": "cbs check list", "format": 1}',
    ):
        with pytest.raises(Unreadable) as raised:
            trust_list.read(wrong, "list")
        assert raised.value.facts["kind"] == "not a check list"
    with pytest.raises(Unreadable) as raised:
        trust_list.read(json.dumps({**whole, "format": 2}), "list")
    assert raised.value.facts["kind"] == "newer list"
    with pytest.raises(Unreadable):
        trust_list.read(
            LIST.write(by(bytes(32))), "list"
        )  # signed by somebody who is not in it


def test_a_list_that_was_given_once_is_read_for_ever():
    golden = json.loads(Path(__file__).with_name("golden.json").read_text("utf-8"))
    found = trust_list.read(golden["list"], "list")
    root = golden["root"]
    assert (
        sign.public_of(roots.private(root["code"])).hex()
        == root["public"]
        == found.root
    )
    assert roots.fingerprint(found.root) == root["fingerprint"] and (
        found.number,
        found.made_on,
    ) == (
        3,
        date(2026, 7, 20),
    )
    states = [
        verification.judge(one["text"], [found], date(2026, 8, 1)).state
        for one in golden["CBS2"]
    ]
    assert states == [
        "genuine",
        "unknown key",
        "revoked",
        "unknown key",
        "genuine",
        "unknown key",
    ]


def test_a_root_code_is_checked_letter_by_letter():
    made = roots.new_code()
    assert len(made) == 34 and roots.private(made) == roots.private(
        made.lower().replace("-", " ")
    )
    for place in range(0, len(made), 3):
        if made[place] != "-":
            letter = "A" if made[place] != "A" else "B"
            try:
                assert roots.private(
                    made[:place] + letter + made[place + 1 :]
                ) != roots.private(made)
            except WrongCode:
                continue
    for wrong in ("", "ABC", made[:-1], made + "A"):
        with pytest.raises(WrongCode):
            roots.private(wrong)


def test_the_root_is_made_once_and_never_stored(office):
    made = office.do(trust.make_root)
    with pytest.raises(RuleBroken):
        office.do(trust.make_root)
    with pytest.raises(WrongCode):
        office.do(trust.make_root, roots.new_code())
    assert office.do(trust.make_root, made) == made
    letters = made.replace("-", "").encode()
    for file in office.folder.iterdir():
        assert (
            letters not in file.read_bytes() and made.encode() not in file.read_bytes()
        )


def test_lists_travel_between_offices(practice, office):
    with pytest.raises(RuleBroken):
        office.do(trust.give_list)  # no root yet
    practice.do(trust.make_root)
    first = practice.do(trust.give_list)
    register = practice.ask(queries.register)
    practice.do(actions.withdraw, register[0].id, "wrong person")
    second = practice.do(trust.give_list)
    with pytest.raises(RuleBroken) as raised:
        office.do(trust.take_list, first)
    print_ = raised.value.facts["fingerprint"]
    with pytest.raises(RuleBroken):
        office.do(trust.take_list, first, "file", "ABCD-EFGH-JKMN")
    assert office.do(trust.take_list, first, "file", print_.lower()).number == 1
    assert office.ask(queries.verdict, register[0].code).state == "genuine"
    assert office.do(trust.take_list, second).withdrawn == 1
    for older in (first, second):
        with pytest.raises(RuleBroken) as raised:
            office.do(trust.take_list, older)
        assert raised.value.facts["rule"] == "older list"
    assert office.ask(queries.verdict, register[0].code).state == "revoked"
    found = office.ask(queries.verdict, register[1].code)
    assert (
        found.state == "genuine"
        and found.listed_on == date(2026, 11, 20)
        and found.age == 0
    )
    assert [one.code for one in office.ask(queries.lists_here)] == [
        "MU",
        register[0].number[:2],
    ]
    with pytest.raises(RuleBroken):
        practice.do(trust.take_list, second)  # its own


def test_a_stolen_key_is_revoked_by_the_root(practice, office):
    made = practice.do(trust.make_root)
    register = practice.ask(queries.register)
    with pytest.raises(WrongCode):
        practice.do(trust.revoke_key, roots.new_code())
    practice.do(trust.revoke_key, made)
    with pytest.raises(RuleBroken):
        practice.do(trust.give_list)
    content = practice.do(trust.give_list, made)
    office.do(
        trust.take_list,
        content,
        "",
        roots.fingerprint(trust_list.read(content, "").root),
    )
    assert office.ask(queries.verdict, register[0].code).by_key
    assert (
        practice.ask(queries.verdict, register[0].code).state == "genuine"
    )  # its own register knows it


def test_the_own_register_knows_what_the_key_alone_cannot_tell(
    practice, season, open_again
):
    people = open_again(1)
    practice.do(actions.issue, season, people)
    text = practice.ask(queries.register)[-1].code
    assert practice.ask(queries.verdict, text).state == "genuine"
    practice.undo()
    found = practice.ask(queries.verdict, text)
    assert found.state == "not in the register" and found.listed_on is None


def test_old_codes_still_pass(practice):
    from sqlalchemy import text as sql

    one = practice.ask(queries.register)[0]
    import cbor2

    payload = cbor2.dumps([one.number, one.name, 13, 15, 9000, 9001])
    old = code.FIRST + code.encode(
        cbor2.dumps([payload, sign.sign(practice._keys.signing, payload)])
    )
    assert practice.ask(queries.verdict, old).state == "not in the register"
    with practice._writer.begin() as link:
        link.execute(
            sql("UPDATE certificate SET code = :code WHERE id = :id"),
            {"code": old, "id": one.id},
        )
    found = practice.ask(queries.verdict, old)
    assert found.state == "genuine" and found.facts.programme == ""
    broken = old[:-1] + ("A" if old[-1] != "A" else "B")
    assert practice.ask(queries.verdict, broken).state == "altered"


def test_a_check_costs_little(practice):
    import time

    texts = [one.code for one in practice.ask(queries.register)]
    start = time.process_time()
    assert {one.state for one in practice.ask(queries.verdicts, texts)} == {"genuine"}
    assert (time.process_time() - start) / len(texts) < 0.05


def test_a_day_before_the_list_is_no_age():
    assert judged(certificate(), day=date(2020, 1, 1)).age == 0
