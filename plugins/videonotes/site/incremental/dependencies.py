"""What a page reads of the site, recorded while it is made, so that the next build can tell whether it is still true.

A page is a function of what it reads. It reads the records of the site through tables that note each key
that is asked for, present or not; a page whose keys all have the values of the last time need not be made again.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import fields, is_dataclass, replace
from typing import Any, Self, TypeVar

from .digests import digest_of

Item = tuple[str, Any]
"""The name of a table and a key of it: a string, a tuple of strings, or `None` for all of the table."""

Digest = Callable[[Any], bytes]
Record = TypeVar("Record")
_ABSENT = "absent"
_GONE = bytes(16)  # as long as the digests of values

_decode = json.JSONDecoder().raw_decode
_BETWEEN = '],["'
"""What stands between two items as text, and nowhere in one: keys hold no lists, and quotes in a string are escaped."""


def pack_items(items: Iterable[Item]) -> str:
    """Return items as text, for `Dependencies.digest_of_packed`."""
    return json.dumps(list(items), ensure_ascii=False, separators=(",", ":"))


class Dependencies:
    """Records as `read` which items are read. What a value is, its digest tells: by default that of its `repr`."""

    def __init__(self) -> None:
        self.read: dict[Item, None] | None = None
        self._values: dict[str, Digest] = {}
        self._known: dict[Item, bytes] = {}
        self._packed: dict[str, bytes] = {}

    def table(self, name: str, table: Mapping[Any, Any], value: Digest | None = None) -> dict[Any, Any]:
        """Return a dictionary with what is in `table`, whose reading is recorded. `value` tells the digest of a key."""
        recorded = _Table(table, name, self)
        one = value or (lambda key: repr(dict.get(recorded, key, _ABSENT)).encode())

        def digest(key: Any) -> bytes:
            if key is not None:
                return one(key)
            return b"".join(f"{other!r}".encode() + one(other) for other in sorted(dict.keys(recorded)))

        self._values[name] = digest
        return recorded

    def members(self, name: str, members: frozenset[str]) -> frozenset[str]:
        """Return a set that records which members are asked for."""
        self._values[name] = lambda key: repr(sorted(members) if key is None else key in members).encode()
        return _Members(members, lambda key: self._note((name, key)))

    def function(self, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """Return a function that records its arguments, strings, and not what it reads itself."""
        self._values[name] = lambda key: repr(self._apart(function, key)).encode()

        def recorded(*arguments: Any) -> Any:
            answer = self._apart(function, arguments)
            if self.read is not None:
                self.read[name, arguments] = None
                if (name, arguments) not in self._known:
                    self._known[name, arguments] = digest_of(repr(answer).encode())
            return answer

        return recorded

    def all(self, name: str, record: Record, values: Mapping[str, Digest]) -> Record:
        """Return `record`, a dataclass, with everything in it that can be watched, and so on in the records it holds.

        `values` gives the digests of tables by their names, which are those of the fields. What is neither a
        mapping, a set, a function nor a record stays as it is: nothing tells whether it has changed.
        """
        changes: dict[str, Any] = {}
        for field in fields(record):  # type: ignore[arg-type]
            own, value = f"{name}.{field.name}", getattr(record, field.name)
            if isinstance(value, Mapping):
                changes[field.name] = self.table(own, value, values.get(own))
            elif isinstance(value, frozenset):
                changes[field.name] = self.members(own, value)
            elif is_dataclass(value):
                changes[field.name] = self.all(own, value, values)
            elif callable(value):
                changes[field.name] = self.function(own, value)
        return replace(record, **changes)  # type: ignore[type-var]

    @contextmanager
    def recording(self) -> Iterator[dict[Item, None]]:
        """Yield the items that are read until the end of the block, each once."""
        found: dict[Item, None] = {}
        self.read = found
        try:
            yield found
        finally:
            self.read = None

    def digest(self, items: Iterable[Item]) -> bytes:
        """Return what `items` have as their values. A table that no longer is has a value of its own."""
        return digest_of(b"".join(map(self._value, items)))

    def digest_of_packed(self, text: str) -> bytes:
        """Return the `digest` of items from `pack_items`, most of which are the same for many pages.

        Raises `ValueError` where the text is none of `pack_items`.
        """
        known = self._packed
        values = []
        for part in text[3:-2].split(_BETWEEN) if text != "[]" else ():
            value = known.get(part)
            if value is None:
                name, key = _decode(f'["{part}]')[0]
                value = known[part] = self._now(name, tuple(key) if isinstance(key, list) else key)
            values.append(value)
        return digest_of(b"".join(values))

    def _value(self, item: Item) -> bytes:
        known = self._known.get(item)
        if known is None:
            known = self._known[item] = self._now(*item)
        return known

    def _now(self, name: str, key: Any) -> bytes:
        digest = self._values.get(name)
        return digest_of(digest(key)) if digest else _GONE

    def _note(self, item: Item) -> None:
        if self.read is not None:
            self.read[item] = None

    def _apart(self, function: Callable[..., Any], arguments: tuple[Any, ...]) -> Any:
        outer, self.read = self.read, None
        try:
            return function(*arguments)
        finally:
            self.read = outer


class _Table(dict[Any, Any]):
    def __init__(self, table: Mapping[Any, Any], name: str, dependencies: Dependencies) -> None:
        super().__init__(table)
        self.name = name
        self.dependencies = dependencies

    def note(self, key: Any) -> None:
        """Record that a key is read. It is done in place where tables are read most."""
        if self.dependencies.read is not None:
            self.dependencies.read[self.name, key] = None

    def __getitem__(self, key: Any) -> Any:
        read = self.dependencies.read
        if read is not None:
            read[self.name, key] = None
        return dict.__getitem__(self, key)

    def get(self, key: Any, default: Any = None) -> Any:
        read = self.dependencies.read
        if read is not None:
            read[self.name, key] = None
        return dict.get(self, key, default)

    def __contains__(self, key: object) -> bool:
        self.note(key)
        return dict.__contains__(self, key)

    def __iter__(self) -> Iterator[Any]:
        self.note(None)
        return dict.__iter__(self)

    def __len__(self) -> int:
        self.note(None)
        return dict.__len__(self)

    def keys(self) -> Any:
        self.note(None)
        return dict.keys(self)

    def values(self) -> Any:
        self.note(None)
        return dict.values(self)

    def items(self) -> Any:
        self.note(None)
        return dict.items(self)


class _Members(frozenset[str]):
    note: Callable[[Any], None]

    def __new__(cls, members: frozenset[str], note: Callable[[Any], None]) -> Self:
        own = super().__new__(cls, members)
        own.note = note
        return own

    def __contains__(self, member: object) -> bool:
        self.note(member)
        return frozenset.__contains__(self, member)

    def __iter__(self) -> Iterator[str]:
        self.note(None)
        return frozenset.__iter__(self)
