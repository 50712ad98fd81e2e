"""What is read is recorded, whatever way it is read, and told by its value."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from videonotes.site.incremental.dependencies import Dependencies, pack_items


@dataclass(frozen=True, slots=True)
class Inner:
    table: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Outer:
    inner: Inner
    members: frozenset[str]
    function: Callable[[str], str]
    plain: str


def outer(**changes: object) -> tuple[Dependencies, Outer]:
    dependencies = Dependencies()
    values = {"inner": Inner({"a": 1, "b": 2}), "members": frozenset({"m"}), "function": str.upper, "plain": "p"}
    return dependencies, dependencies.all("outer", Outer(**{**values, **changes}), {})  # type: ignore[arg-type]


READS: dict[str, tuple[Callable[[Outer], object], tuple[str, object]]] = {
    "[]": (lambda record: record.inner.table["a"], ("outer.inner.table", "a")),
    "get": (lambda record: record.inner.table.get("a"), ("outer.inner.table", "a")),
    "get of nothing": (lambda record: record.inner.table.get("z"), ("outer.inner.table", "z")),
    "in": (lambda record: "z" in record.inner.table, ("outer.inner.table", "z")),
    "iteration": (lambda record: list(record.inner.table), ("outer.inner.table", None)),
    "values": (lambda record: record.inner.table.values(), ("outer.inner.table", None)),
    "items": (lambda record: record.inner.table.items(), ("outer.inner.table", None)),
    "keys": (lambda record: record.inner.table.keys(), ("outer.inner.table", None)),
    "len": (lambda record: len(record.inner.table), ("outer.inner.table", None)),
    "member": (lambda record: "x" in record.members, ("outer.members", "x")),
    "members": (lambda record: sorted(record.members), ("outer.members", None)),
    "function": (lambda record: record.function("x"), ("outer.function", ("x",))),
}


@pytest.mark.parametrize(("read", "item"), READS.values(), ids=READS)
def test_every_way_of_reading_is_recorded(read: Callable[[Outer], object], item: tuple[str, object]) -> None:
    dependencies, record = outer()
    with dependencies.recording() as items:
        read(record)
    assert list(items) == [item]
    read(record)
    assert list(items) == [item]


def test_what_is_read_in_vain_counts_once_it_is_there() -> None:
    dependencies, record = outer()
    with dependencies.recording() as items:
        record.inner.table.get("z")
    same, _ = outer()
    other, _ = outer(inner=Inner({"a": 1, "b": 2, "z": 3}))
    assert dependencies.digest(items) == same.digest(items) != other.digest(items)


def test_the_digest_is_that_of_the_values_read_alone() -> None:
    dependencies, record = outer()
    with dependencies.recording() as items:
        record.inner.table.get("a")
        record.function("x")
    elsewhere, _ = outer(inner=Inner({"a": 1, "b": 9}), members=frozenset())
    changed, _ = outer(inner=Inner({"a": 5, "b": 2}))
    function, _ = outer(function=str.lower)
    assert dependencies.digest(items) == elsewhere.digest(items)
    assert len({dependencies.digest(items), changed.digest(items), function.digest(items)}) == 3


def test_what_a_function_reads_itself_is_not_recorded() -> None:
    dependencies = Dependencies()
    table = dependencies.table("table", {"a": 1})
    function = dependencies.function("function", lambda key: table[key])
    with dependencies.recording() as items:
        assert function("a") == 1
    assert list(items) == [("function", ("a",))]


def test_a_table_that_is_no_longer_there_is_a_change() -> None:
    dependencies, record = outer()
    with dependencies.recording() as items:
        record.inner.table.get("a")
    assert Dependencies().digest(items) != dependencies.digest(items)


keys = st.none() | st.text() | st.lists(st.text()).map(tuple)


@given(st.lists(st.tuples(st.sampled_from(["", "a", '],["', "b.c"]), keys)))
@example([("a", '],["'), ("a", ('],["', "")), ("b.c", None), ("", ())])
def test_packed_items_have_the_digest_of_the_items(items: list[tuple[str, object]]) -> None:
    dependencies = Dependencies()
    for name in {name for name, _ in items}:
        dependencies.table(name, {}, lambda key: repr(key).encode())
    expected = dependencies.digest(items)
    assert dependencies.digest_of_packed(pack_items(items)) == expected
    assert dependencies.digest_of_packed(pack_items(items)) == expected  # by then, all of them are known


@pytest.mark.parametrize("text", ["", "[", "[[]]", '[["a"]]', "nothing of ours", '[["a","b"],["c"]]'])
def test_text_that_is_no_items_is_told(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - whatever it says
        Dependencies().digest_of_packed(text)
