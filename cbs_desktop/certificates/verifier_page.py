"""One HTML page that checks certificates in a browser without a network: its code, its words, the keys and lists of today."""

import base64
import hashlib
import json
from collections.abc import Sequence
from string import Template

from cbs_desktop import resource
from cbs_desktop.certificates.code import key_id
from cbs_desktop.certificates.trust_list import TrustList
from cbs_desktop.text import write_day

_FOLDER = "checking"


def page(known: Sequence[TrustList]) -> str:
    """The page for these lists. It may run its own script only, and can reach nothing."""
    style = resource.text(_FOLDER, "check.css")
    script = resource.text(_FOLDER, "check.js")
    data = {
        "lists": [_content(one) for one in known],
        "words": resource.toml(_FOLDER, "words.toml"),
    }
    return Template(resource.text(_FOLDER, "check.html")).substitute(
        style=style,
        script=script,
        style_hash=_hash(style),
        script_hash=_hash(script),
        data=json.dumps(data, default=write_day, ensure_ascii=False).replace(
            "<", "\\u003c"
        ),
    )


def _content(one: TrustList) -> dict[str, object]:
    """What the page needs of a list; the signatures on it were checked when it came in."""
    return {
        "office": one.office,
        "code": one.code,
        "made_on": one.made_on,
        "keys": [
            {
                "public": key.public,
                "id": key_id(bytes.fromhex(key.public)).hex(),
                "revoked_on": key.revoked_on,
            }
            for key in one.keys
        ],
        "withdrawn": [
            (gone.number, gone.on, gone.replaced_by) for gone in one.withdrawn
        ],
    }


def _hash(content: str) -> str:
    return base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
