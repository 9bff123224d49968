"""What can stop the set-up, and what a person does about it."""

import re

VENV_MISSING = (
    "This Python cannot make its own environment: the parts `venv` and `ensurepip` are missing.\n"
    "On Debian and Ubuntu: sudo apt-get install python3-venv\n"
    "Then run the same command again."
)

# The first pattern found decides: pip reports a missing network as "No matching distribution" too.
CURES = (
    (
        r"No space left|Errno 28|not enough space|WinError 112|Disk quota exceeded",
        "The disk is full. Make at least 1.5 GB free and run the same command again.",
    ),
    (r"ensurepip|No module named '?venv", VENV_MISSING),
    (
        r"Read-only file system|Permission denied|Errno 13\b|Errno 30\b|Access is denied|WinError 5\b",
        "This folder cannot be written to. Copy the project into a folder of your own "
        "(your home folder, not a CD or a shared drive) and run the same command there.",
    ),
    (
        r"DO NOT MATCH THE HASHES",
        "A downloaded file is not the one this project was tested with, so it was not installed.\n"
        "Run the same command again; if it happens twice, use another network and tell the maintainers.",
    ),
    (
        r"CERTIFICATE_VERIFY_FAILED|SSLError",
        "The download server's certificate was not accepted. Check the date and time of this computer; "
        "on Debian and Ubuntu: sudo apt-get install ca-certificates. Then run the same command again.",
    ),
    (
        r"NewConnectionError|NameResolutionError|name resolution|getaddrinfo|Network is unreachable|timed? ?out"
        r"|ProxyError|Connection (refused|reset|aborted|broken)|Max retries|Retrying",
        "The libraries could not be downloaded: no connection. The first start needs the internet once; "
        "connect and run the same command again. What was fetched already is kept.",
    ),
    (
        r"No matching distribution|Could not find a version|not a supported wheel",
        "There is no ready-made library for this computer. Needed: 64-bit Python 3.11 to 3.14, and "
        "Windows 10, macOS 13, Debian 12 or Ubuntu 22.04, or newer.",
    ),
)


class Trouble(Exception):
    """The set-up cannot go on; the text says what to do next."""


def cure(output: str) -> str:
    """What to do about a step that failed with this output; empty when it is not a known case."""
    return next(
        (
            words
            for pattern, words in CURES
            if re.search(pattern, output, re.IGNORECASE)
        ),
        "",
    )


def explain(step: str, output: str) -> Trouble:
    """The trouble with a step: its last lines, and the cure or where to turn."""
    tail = "\n".join("  " + line for line in output.strip().splitlines()[-6:])
    advice = (
        cure(output)
        or "Run the same command again; if it stops here twice, send these lines to the maintainers."
    )
    return Trouble(f"{step} did not work:\n{tail}\n{advice}")
