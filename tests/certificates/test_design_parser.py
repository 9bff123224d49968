"""Design files: what is wrong with one is named with file, part and key, and the others keep working."""

import shutil

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cbs_desktop import resource
from cbs_desktop.certificates import design_files, design_parser
from cbs_desktop.errors import Invalid, Missing, Unreadable
from cbs_desktop.problems import say


@pytest.fixture
def files(tmp_path, monkeypatch):
    """A copy of the resources that a test may change."""
    root = shutil.copytree(
        resource.ROOT / "certificates", tmp_path / "resources" / "certificates"
    ).parent
    monkeypatch.setattr(resource, "ROOT", root)
    design_files.design.cache_clear()
    yield root / "certificates" / "designs"
    design_files.design.cache_clear()


def content():
    return resource.toml("certificates", "designs", "imigongo.toml")


def faults(changed):
    with pytest.raises(Invalid) as told:
        design_parser.design(changed, "own.toml")
    return {(fault.field, fault.kind) for fault in told.value.faults}


def line(found, says):
    return next(one for one in found["line"] if one["says"] == says)


@pytest.mark.parametrize(
    ("change", "field", "kind"),
    [
        (lambda c: c.update(colour="red"), "own.toml colour", "unknown key"),
        (
            lambda c: line(c, "heading").update(font="Comic-Sans"),
            "own.toml line heading font",
            "no such font",
        ),
        (
            lambda c: line(c, "heading").update(size="big"),
            "own.toml line heading size",
            "not a number",
        ),
        (
            lambda c: line(c, "heading").update(size=900),
            "own.toml line heading size",
            "outside",
        ),
        (
            lambda c: line(c, "facts").update(colour="gold"),
            "own.toml line facts colour",
            "not one of",
        ),
        (
            lambda c: c["line"][0].update(says="crime"),
            "own.toml line 1 says",
            "not one of",
        ),
        (
            lambda c: c["line"][0].update(sized=3),
            "own.toml line office sized",
            "unknown key",
        ),
        (
            lambda c: c["palette"][0].update(main="green"),
            "own.toml palette forest main",
            "not a colour",
        ),
        (
            lambda c: c["palette"][0].pop("warm"),
            "own.toml palette forest warm",
            "needed",
        ),
        (
            lambda c: c["ornament"][0].update(kind="picture"),
            "own.toml ornament 1 kind",
            "not one of",
        ),
        (
            lambda c: c["ornament"][0].update(colours="pale, main"),
            "own.toml ornament 1 colours",
            "not these colours",
        ),
        (
            lambda c: c["ornament"][0].pop("radius"),
            "own.toml ornament 1 radius",
            "needed",
        ),
        (lambda c: c["seal"].update(kind="emblem"), "own.toml seal kind", "not one of"),
        (lambda c: c["place"].pop("left"), "own.toml place left", "needed"),
        (
            lambda c: c["place"]["left"].update(two=[[1, 2]]),
            "own.toml place left two",
            "not so many",
        ),
        (lambda c: c["name"].pop("font"), "own.toml name font", "needed"),
        (lambda c: c.pop("name"), "own.toml name", "needed"),
        (lambda c: c.update(ornament=[{}] * 400), "own.toml ornament", "too many"),
    ],
)
def test_each_fault_is_named_with_file_part_and_key(change, field, kind):
    changed = content()
    change(changed)
    assert (field, kind) in faults(changed)


KEYS = st.sampled_from(
    [
        "line",
        "palette",
        "ornament",
        "name",
        "place",
        "seal",
        "sign",
        "logo",
        "title",
        "languages",
        "key",
    ]
)
JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inside: (
        st.lists(inside, max_size=3)
        | st.dictionaries(st.text(max_size=5), inside, max_size=3)
    ),
    max_leaves=6,
)


@given(KEYS, JUNK)
def test_no_content_makes_it_fail_otherwise(key, junk):
    try:
        design_parser.design({**content(), key: junk}, "own.toml")
    except Invalid as problem:
        assert str(say(problem))


def test_a_broken_file_is_listed_with_its_problem_and_the_others_work(files):
    text = (files / "imigongo.toml").read_text("utf-8")
    (files / "broken.toml").write_text("key = ", "utf-8")
    (files / "own.toml").write_text(
        text.replace('key = "imigongo"', 'key = "own"').replace(
            "Spectral-Medium", "Arial-Bold"
        ),
        "utf-8",
    )
    (files / "named.toml").write_text(text, "utf-8")
    found = {one.key: one for one in design_files.listed()}
    assert isinstance(found["broken"].problem, Unreadable) and isinstance(
        found["own"].problem, Invalid
    )
    assert "own.toml line heading font: There is no font called “Arial-Bold”." in str(
        say(found["own"].problem)
    )
    assert "the file name" in str(say(found["named"].problem))
    assert [key for key, one in found.items() if one.design] == [
        "agaseke",
        "guilloche",
        "imigongo",
    ]
    with pytest.raises(Missing):
        design_files.design("never")


def test_a_new_file_is_a_new_design(files):
    text = (files / "agaseke.toml").read_text("utf-8")
    (files / "own.toml").write_text(
        text.replace('key = "agaseke"', 'key = "own"'), "utf-8"
    )
    assert design_files.design("own").key == "own" and len(design_files.listed()) == 4
