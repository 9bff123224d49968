"""An XLSForm (xlsform.org) as the content of an instrument file. What is not understood is named, nothing is guessed.

The sheets are read and looked through first: types, depth, conditions, media. pyxform then only sees a form that is small,
shallow and without what is refused, as plain values and never as a file; it checks names, lists and translations.
"""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from cbs_desktop.errors import Fault, Invalid
from cbs_desktop.sheets.read import Cells, sheets

_BYTES_MOST = 2_000_000
_ROWS_MOST = 400
_CHOICES_MOST = 2_000
_CELL_MOST = 600
_DEPTH_MOST = 8
_TOLD_MOST = 40
_QUIET = frozenset(
    "note start end today deviceid username phonenumber simserial audit email".split()
)
_OPENS = frozenset({"begin_group", "begin group"})
_CLOSES = frozenset({"end_group", "end group"})
_REFUSED = (
    "constraint", "choice_filter", "repeat_count", "trigger", "default", "image", "audio", "video", "big-image", "media",
    "bind", "body", "instance", "parameters",
)  # fmt: skip
_CODES = {
    "english": "en",
    "french": "fr",
    "francais": "fr",
    "kinyarwanda": "rw",
    "kirundi": "rn",
    "swahili": "sw",
}
_ONE = re.compile(
    r"\$\{(\w+)\} ?= ?['\"]?(\d)['\"]?|selected\( ?\$\{(\w+)\} ?, ?['\"](\d)['\"] ?\)"
)
_NAME = re.compile(r"\$\{(\w+)\}")
Row = dict[str, str]


def read(path: Path) -> dict[str, Any]:
    """The content of an instrument file. Unreadable when it is no workbook; Invalid names each part that is not
    supported, by sheet and row."""
    book = {
        name.strip().casefold(): lines
        for name, lines in sheets(path, _CHOICES_MOST, _BYTES_MOST).items()
    }
    faults: list[Fault] = []
    survey = _rows(book, "survey", faults)
    choices = _rows(book, "choices", faults)
    settings = [row for _n, row in _rows(book, "settings", [])][:1]
    if len(survey) > _ROWS_MOST or len(choices) > _CHOICES_MOST:
        faults.append(Fault("survey", "too many", {"most": _ROWS_MOST}))
    if not faults:
        faults += _refused(survey) + _circles(survey)
    if faults:
        raise Invalid(faults[:_TOLD_MOST])
    form = _checked([row for _n, row in survey], [row for _n, row in choices], settings)
    return _content(
        form,
        {row["name"]: (n, row) for n, row in survey if row.get("name")},
        settings[0] if settings else {},
        path,
    )


def _rows(
    book: Mapping[str, Cells], name: str, faults: list[Fault]
) -> list[tuple[int, Row]]:
    """The rows under the heads of a sheet, with their number in the file; cells as text, empty ones left out."""
    lines = book.get(name, [])
    if lines:
        heads = [
            _text(cell).strip().replace(" ::", "::").replace(":: ", "::")
            for cell in lines[0]
        ]
    else:
        heads = []
    found = []
    for number, line in enumerate(lines[1:], 2):
        cells = {
            head: _text(cell)
            for head, cell in zip(heads, line, strict=False)
            if head and _text(cell)
        }
        if long := next(
            (head for head, text in cells.items() if len(text) > _CELL_MOST), None
        ):
            faults.append(
                Fault(
                    f"{name} row {number} {long[:40]}",
                    "too long",
                    {"most": _CELL_MOST, "length": len(cells[long])},
                )
            )
        elif cells:
            found.append((number, cells))
    if not found and not faults:
        faults.append(Fault(name, "no such sheet", {"name": name}))
    return found


def _text(cell: object) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if cell is None:
        return ""
    return str(cell).strip()


def _refused(survey: list[tuple[int, Row]]) -> list[Fault]:
    """Everything in the form that would have to be guessed at."""
    faults = []
    depth = 0
    for number, row in survey:
        kind = row.get("type", "").casefold()
        where = f"survey row {number} {row.get('name', '')[:40]}".strip()
        depth += (kind in _OPENS) - (kind in _CLOSES)
        if depth > _DEPTH_MOST:
            return [
                *faults,
                Fault(
                    where,
                    "not supported",
                    {"what": f"groups inside groups, {depth} deep"},
                ),
            ]
        if not (
            kind.startswith(("select_one ", "select one "))
            or kind in _QUIET | _OPENS | _CLOSES | {"calculate", ""}
        ):
            faults.append(
                Fault(where, "not supported", {"what": kind[:60] or "no type"})
            )
        if "or_other" in kind or "file" in kind:
            faults.append(Fault(where, "not supported", {"what": kind[:60]}))
        for head in row:
            if head.split("::")[0].casefold() == "label" and "${" in row[head]:
                faults.append(
                    Fault(
                        where,
                        "not supported",
                        {"what": "an answer inside the words of a question"},
                    )
                )
            if head.split("::")[0].casefold() in _REFUSED:
                faults.append(
                    Fault(where, "not supported", {"what": f"{head}: {row[head]}"[:80]})
                )
    return faults


def _circles(survey: list[tuple[int, Row]]) -> list[Fault]:
    """Questions whose conditions wait for each other."""
    after = {
        row["name"]: set(_NAME.findall(row.get("relevant", "")))
        for _n, row in survey
        if row.get("name")
    }
    for start in after:
        seen = set()
        edge = [start]
        while edge:
            here = edge.pop()
            for other in after.get(here, ()):
                if other == start:
                    return [
                        Fault(
                            f"survey {start}",
                            "cycle",
                            {"numbers": ", ".join(sorted({start, here}))},
                        )
                    ]
                if other not in seen:
                    seen.add(other)
                    edge.append(other)
    return []


def _checked(
    survey: list[Row], choices: list[Row], settings: list[Row]
) -> dict[str, Any]:
    """The form as pyxform understands it; what it finds wrong is told as it says it."""
    from pyxform.errors import PyXFormError
    from pyxform.xls2json import workbook_to_json
    from pyxform.xls2json_backends import get_xlsform

    plain = [
        {head: cell for head, cell in row.items() if not head.startswith("cbs_")}
        for row in survey
    ]
    try:
        return workbook_to_json(
            get_xlsform({"survey": plain, "choices": choices, "settings": settings}),
            warnings=[],
        )
    except (
        PyXFormError,
        RecursionError,
        KeyError,
        ValueError,
        TypeError,
        AttributeError,
    ) as problem:
        raise Invalid(
            [Fault("survey", "form", {"what": " ".join(str(problem).split())[:300]})]
        ) from problem


def _questions(children: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for child in children:
        if child.get("type") == "group":
            yield from _questions(child.get("children", []))
        elif child.get("type") in ("select one", "calculate"):
            yield child


def _content(
    form: dict[str, Any], rows: Mapping[str, tuple[int, Row]], settings: Row, path: Path
) -> dict[str, Any]:
    """The instrument file."""
    faults: list[Fault] = []
    found = [one for one in _questions(form["children"]) if one["name"] in rows]
    asked = [one for one in found if one["type"] == "select one"]
    numbers = {one["name"]: number for number, one in enumerate(asked, 1)}
    labels = [one.get("label") for one in asked] + [
        c.get("label") for one in asked for c in one.get("choices", ())
    ]
    default = _code(settings.get("default_language", "")) or "en"
    languages = list(
        dict.fromkeys(
            _code(key) or default
            for label in labels
            if isinstance(label, dict)
            for key in label
        )
    ) or [default]
    answers = {}
    items = []
    for one in asked:
        number, row = rows[one["name"]]
        where = f"survey row {number} {one['name']}"
        answers[one["list_name"]] = _answers(one, default, languages, faults)
        items.append(_item(one, row, numbers, (default, languages), where, faults))
    scores = [
        _score(one, rows, numbers, (default, languages), faults)
        for one in found
        if one["type"] == "calculate"
    ]
    if not items:
        faults.append(Fault("survey", "no such sheet", {"name": "survey"}))
    version = settings.get("version", "1")
    if not version.isascii() or not version.isdigit():
        faults.append(Fault("settings version", "not a number"))
    if faults:
        raise Invalid(faults[:_TOLD_MOST])
    key = re.sub(
        r"[^a-z0-9_-]+", "-", (settings.get("form_id") or path.stem).casefold()
    ).strip("-")[:40]
    return {
        "key": key,
        "version": int(version),
        "languages": languages,
        "title": _words(settings.get("form_title") or path.stem, default, languages),
        "recall": _words(
            settings.get("cbs_recall") or "As on the paper", default, languages
        ),
        "licence": settings.get("cbs_licence")
        or "The office is answerable for the right to use this questionnaire.",
        "answers": answers,
        "item": items,
        **({"score": scores} if scores else {}),
    }


def _code(language: str) -> str:
    """The two letters of a language as XLSForm writes them: French (fr)."""
    inside = re.search(r"\(([a-z]{2})\)", language)
    if inside:
        return inside[1]
    return _CODES.get(language.casefold().replace("ç", "c"), "")


def _words(label: Any, default: str, languages: list[str]) -> Any:
    """A label in the languages of the form; one text stands for all."""
    if not isinstance(label, dict):
        text = str(label or "")
        if len(languages) == 1:
            return text
        return dict.fromkeys(languages, text)
    texts = {_code(key) or default: text for key, text in label.items()}
    if len(languages) == 1:
        return next(iter(texts.values()), "")
    return texts


def _answers(
    one: dict[str, Any], default: str, languages: list[str], faults: list[Fault]
) -> list[list[Any]]:
    found = []
    for choice in one.get("choices", ()):
        value = str(choice.get("name", ""))
        if len(value) == 1 and value in "012345678":
            found.append([int(value), _words(choice.get("label"), default, languages)])
        else:
            fault = Fault(
                f"choices {one['list_name'][:40]}",
                "not a choice value",
                {"value": value[:20]},
            )
            faults += [fault] if fault not in faults else []
    return found


def _item(
    one: dict[str, Any],
    row: Row,
    numbers: Mapping[str, int],
    spoken: tuple[str, list[str]],
    where: str,
    faults: list[Fault],
) -> dict[str, Any]:
    item: dict[str, Any] = {
        "number": numbers[one["name"]],
        "topic": _words(one.get("label"), *spoken),
        "answers": one["list_name"],
    }
    if relevant := row.get("relevant"):
        item |= {
            "ask_if": _condition(relevant, numbers, where, faults),
            "scored": False,
        }
    if row.get("cbs_scored", "").casefold() in ("no", "false", "0"):
        item["scored"] = False
    if row.get("cbs_reversed", "").casefold() in ("yes", "true", "1"):
        item["reversed"] = True
    if risk := row.get("cbs_risk"):
        item["risk"] = _words(risk, *spoken)
    if need := row.get("cbs_need"):
        item["need"] = need
    return item


def _condition(
    relevant: str, numbers: Mapping[str, int], where: str, faults: list[Fault]
) -> dict[str, Any]:
    """One or several answers to one earlier question."""
    found = [
        _ONE.fullmatch(" ".join(part.split())) for part in re.split(r"\bor\b", relevant)
    ]
    names = {match[1] or match[3] for match in found if match}
    if None in found or len(names) != 1 or not names <= numbers.keys():
        faults.append(Fault(where, "condition", {"what": relevant[:80]}))
        return {}
    return {
        "item": numbers[names.pop()],
        "is": sorted({int(match[2] or match[4]) for match in found if match}),
    }


def _score(
    one: dict[str, Any],
    rows: Mapping[str, tuple[int, Row]],
    numbers: Mapping[str, int],
    spoken: tuple[str, list[str]],
    faults: list[Fault],
) -> dict[str, Any]:
    number, row = rows[one["name"]]
    parts = [
        _NAME.fullmatch(part.strip()) for part in row.get("calculation", "").split("+")
    ]
    if not all(match and match[1] in numbers for match in parts):
        faults.append(
            Fault(
                f"survey row {number} {one['name']}",
                "calculation",
                {"what": row.get("calculation", "")[:80]},
            )
        )
        return {}
    title = _words(one.get("label") or one["name"], *spoken)
    items = [numbers[match[1]] for match in parts if match]
    return {
        "key": one["name"].casefold()[:40],
        "title": title,
        "kind": "sum",
        "items": items,
    }
