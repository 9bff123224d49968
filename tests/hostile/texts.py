"""Hostile text files: tables, web pages under the name of a workbook, TOML and JSON."""

import json
from functools import cache

from cbs_desktop import resource

GOOD_CSV = (
    "Own name;Sex;Birth year;District;Sector\nKEZA Béatrice;F;1980;Musanze;Muhoza\n"
)
_HEAD = "Own name;Sex;Birth year;District;Sector\n"
_MEGABYTE = 1_000_000


@cache
def good_toml():
    return resource.text("instruments", "phq9.toml")


def page(inside):
    return f"<html><body><table>{inside}</table></body></html>"


TABLES = {
    "quote-open": lambda: _HEAD + '"' + "a;b\n" * 5 * _MEGABYTE,
    "quotes-nested": lambda: _HEAD + '"' * 5_000_001 + ";F\n",
    "quotes-many": lambda: _HEAD + ('"a""b"";";' * 5 + "\n") * 30_000,
    "nul": lambda: _HEAD.encode() + b"KEZA\0;F\0;\0\n" * 1000,
    "nul-late": lambda: _HEAD.encode() + b"KEZA;F;1980\n" * 1000 + b"\0" * 100_000,
    "utf-16-odd": lambda: GOOD_CSV.encode("utf-16")[:-1],
    "utf-16-no-mark": lambda: GOOD_CSV.encode("utf-16-be"),
    "utf-7": lambda: GOOD_CSV.encode("utf-7"),
    "half-letters": lambda: GOOD_CSV.encode("utf-16-le").replace(b"K\0", b"\0\xd8"),
    "all-bytes": lambda: bytes(range(1, 256)) * 4000,
    "wide": lambda: ";".join(f"Head {n}" for n in range(_MEGABYTE)) + "\na;b\n",
    "wide-rows": lambda: _HEAD + (";" * 1_000_000 + "\n") * 50,
    "wide-everywhere": lambda: (";".join(f"Head {n}" for n in range(20_000)) + "\n") + ("a;" * 20_000 + "\n") * 900,
    "one-line": lambda: "a" * 59 * _MEGABYTE,
    "rows-many": lambda: _HEAD + "KEZA;F;1980;Musanze;Muhoza\n" * 100_001,
    "rows-empty": lambda: _HEAD + "\n" * 50 * _MEGABYTE,
    "separators": lambda: "sep=;\n" * 200_000,
    "returns": lambda: _HEAD.replace("\n", "\r") + "KEZA;F\r" * 30_000,
    "too-big": lambda: "a;b\n" * 16 * _MEGABYTE,
    "twice-broken": lambda: _HEAD + "Ã©Ã©Ã©Ã©Ã¢â‚¬â„¢;F\n" * 30_000,
    "long-digits": lambda: _HEAD + f"KEZA;F;{'1' * 100_000};Musanze;Muhoza\n",
    "formulas": lambda: _HEAD + "=cmd|' /C calc'!A0;F;1980;Musanze;Muhoza\n",
    "markup": lambda: _HEAD + "<img src=x onerror=a>;F;1980;Musanze;Muhoza\n",
}  # fmt: skip

PAGES = {
    "colspan": lambda: page("<tr>" + "<td colspan=999999999>a</td>" * 300 + "</tr>"),
    "colspan-many": lambda: page(("<tr>" + "<td colspan=1000>a</td>" * 20 + "</tr>") * 2000),
    "rowspan": lambda: page("<tr>" + "<td rowspan=999999999>a</td>" * 500 + "</tr>" + "<tr></tr>" * 100_000),
    "digits": lambda: page(f"<tr><td colspan={'9' * 100_000}>a</td></tr>"),
    "index": lambda: '<Workbook><Worksheet><Row><Cell ss:Index="999999999">a</Cell></Row></Worksheet></Workbook>',
    "across": lambda: '<Workbook><Worksheet><Row>' + '<Cell ss:MergeAcross="999">a</Cell>' * 5000 + "</Row></Worksheet></Workbook>",
    "tables-in-tables": lambda: "<table><tr><td>" * 300_000,
    "open-tags": lambda: "<table>" + "<tr><td" * 500_000,
    "open-comment": lambda: "<table><!--" + "-" * 10 * _MEGABYTE,
    "open-entity": lambda: page("<tr><td>" + "&" * 5 * _MEGABYTE + "</td></tr>"),
    "open-attribute": lambda: '<table a="' + "'" * 5 * _MEGABYTE,
    "attributes": lambda: "<table><tr " + "a=1 " * _MEGABYTE + "><td>a</td></tr>",
    "marks": lambda: "<![" * _MEGABYTE,
    "questions": lambda: "<?" * _MEGABYTE,
    "long-cell": lambda: page(f"<tr><td>{'a ' * 10 * _MEGABYTE}</td></tr>"),
}  # fmt: skip

TOML = {
    "deep-lists": lambda: "a = " + "[" * 10_000 + "]" * 10_000,
    "deep-tables": lambda: "a = " + "{b = " * 10_000 + "1" + "}" * 10_000,
    "deep-700": lambda: "a = " + "[" * 300 + "]" * 300,
    "deep-names": lambda: ".".join(["a"] * 10_000) + " = 1",
    "deep-heads": lambda: "".join(f"[{'.'.join(['a'] * n)}]\n" for n in range(1, 900)),
    "100-mb": lambda: "# " + "a" * 100 * _MEGABYTE,
    "below-limit": lambda: "a = [" + "[]," * 330_000 + "]",
    "names-many": lambda: "".join(f"a{n} = 1\n" for n in range(80_000)),
    "names-same": lambda: "a.b.c = 1\n" * 50_000,
    "digits": lambda: "a = " + "9" * 900_000,
    "float": lambda: "a = 1" + "0" * 900_000 + ".5",
    "string-open": lambda: 'a = """' + '\\"' * 400_000,
    "escapes": lambda: 'a = "' + "\\U0010FFFF" * 90_000 + '"',
    "half-letter": lambda: 'a = "\\uD800"',
    "nul": lambda: "a = 1\0\n" * 100,
    "days": lambda: "a = 0000-00-00\nb = 9999-99-99T99:99:99Z",
    "utf-16": lambda: good_toml().encode("utf-16"),
    "latin": lambda: good_toml().encode() + b"# \xe9\n",
    "marks": lambda: good_toml().replace("version = 1", 'version = {"$day" = "x"}'),
    "marked-day": lambda: '"$day" = "2026-01-01"',
    "version-huge": lambda: good_toml().replace("version = ", "version = 9" + "9" * 4000),
    "title-huge": lambda: good_toml().replace("title = ", f'title = "{"a" * 500_000}" #'),
    "items-many": lambda: good_toml() + '\n[[item]]\nnumber = 1\ntopic = "a"\n' * 20_000,
    "conditions": lambda: good_toml().replace("number = 2", "number = 2\nask_if = {item = 2, is = [1]}"),
}  # fmt: skip


def _key(n):
    return {
        "office": "A",
        "code": "A",
        "public": f"{n:064x}",
        "since": "2026-01-01",
        "revoked_on": None,
        "signature": "00" * 64,
    }


def check_list(**more):
    inside = {
        "office": "A",
        "code": "A",
        "root": "00" * 32,
        "number": 1,
        "made_on": "2026-01-01",
        "keys": [_key(1)],
        "withdrawn": [],
    }
    whole = {"kind": "cbs check list", "format": 1, "signature": "00" * 64}
    return json.dumps({**whole, "list": {**inside, **more}})


JSON = {
    "deep-lists": lambda: "[" * 1_000_000,
    "deep-closed": lambda: "[" * 100_000 + "]" * 100_000,
    "deep-objects": lambda: '{"a":' * 500_000,
    "lists-many": lambda: "[" + "[]," * 1_600_000 + "[]]",
    "objects-many": lambda: "[" + '{"a":{}},' * 500_000 + "{}]",
    "digits": lambda: '{"kind":' + "9" * 4_000_000 + "}",
    "infinite": lambda: check_list(number=float("inf")),
    "number-text": lambda: check_list(number="1"),
    "day": lambda: check_list(made_on="9999-99-99"),
    "keys-many": lambda: check_list(keys=[_key(n) for n in range(15_000)]),
    "keys-none": lambda: check_list(keys=[]),
    "key-none": lambda: check_list(keys=[None, 1, "a", []]),
    "withdrawn-many": lambda: check_list(withdrawn=[{"number": str(n), "on": "2026-01-01", "replaced_by": ""} for n in range(60_000)]),
    "100-mb": lambda: '{"a":"' + "a" * 100 * _MEGABYTE + '"}',
    "latin": lambda: check_list().encode() + b"\xe9",
    "utf-16": lambda: check_list().encode("utf-16"),
    "half-letter": lambda: check_list(office="\ud800"),
    "nul": lambda: check_list() + "\0",
    "twice": lambda: '{"kind":"cbs check list","kind":[],"format":1,"list":{},"signature":""}',
}  # fmt: skip
GOOD_JSON = check_list()
