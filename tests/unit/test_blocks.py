from __future__ import annotations

from videonotes.core.block_ids import block_ids, find_block
from videonotes.core.block_parser import DEEPEST, parse_blocks
from videonotes.core.blocks import Container, Kind, Leaf
from videonotes.core.lines import is_delimiter_row


def outline(block: Container | Leaf) -> object:
    """Return a block as nested lists of words."""
    if isinstance(block, Leaf):
        return f"{block.kind.name.lower()}: {block.text}"
    return [block.kind, *map(outline, block.children)]


def test_offsets_lead_back_to_the_source() -> None:
    source = "---\n---\n> - one\n>   two **x**\n\n1. a\n   ```\n   code\n   ```\n\t- tabbed\n| a | b |\n|---|---|\n| [[c]] | d |\n"
    for leaf in parse_blocks(source, 8).root.leaves():
        for offset, text in leaf.lines:
            assert source[offset : offset + len(text)] == text


def test_offset_of_a_position() -> None:
    leaf = next(parse_blocks("> a\n> bc\n").root.leaves())
    assert leaf.text == "a\nbc"
    assert list(map(leaf.offsets(), (0, 2, 3))) == [2, 6, 7]


def test_nesting_by_two() -> None:
    assert outline(parse_blocks("*   a\n  * b\n    * c\n* d").root) == [
        "document",
        ["list", ["item", "paragraph: a", ["list", ["item", "paragraph: b", ["list", ["item", "paragraph: c"]]]]], ["item", "paragraph: d"]],
    ]  # fmt: skip


def test_siblings_by_number() -> None:
    assert outline(parse_blocks("1. a\n  2. b").root) == [
        "document",
        ["list", ["item", "paragraph: a"], ["item", "paragraph: b"]],
    ]


def test_loose_and_tight() -> None:
    tight, loose = (parse_blocks(text).root.children[0] for text in ("- a\n- b", "- a\n\n- b"))
    assert isinstance(tight, Container)
    assert isinstance(loose, Container)
    assert (tight.loose, loose.loose) == (False, True)


def test_a_quote_ends_at_a_blank_line() -> None:
    assert outline(parse_blocks("> a\n\nb").root) == ["document", ["quote", "paragraph: a"], "paragraph: b"]


def test_code_and_text_behind_four_spaces() -> None:
    kinds = [leaf.kind for leaf in parse_blocks("    code\n\ntext\n    more\n\n- a\n\n      b\n").root.leaves()]
    assert kinds == [Kind.CODE, Kind.PARAGRAPH, Kind.PARAGRAPH, Kind.CODE]


def test_nothing_is_too_deep() -> None:
    depth = 0
    block: Container | Leaf = parse_blocks(">" * 5000 + " x").root
    while isinstance(block, Container):
        block, depth = block.children[0], depth + 1
    assert depth <= DEEPEST + 1


def test_delimiter_rows() -> None:
    assert all(map(is_delimiter_row, ("|---|", "---|---", "> |:-:|--:|", "| - | - |")))
    assert not any(map(is_delimiter_row, ("---", "|", "| a |", "|---||", "|:|")))


def test_definitions_must_be_addresses() -> None:
    document = parse_blocks("[a]: https://x.y/z\n[Music]: laughing\n")
    assert document.definitions == {"a": ("https://x.y/z", "")}
    assert outline(document.root) == ["document", "paragraph: [Music]: laughing"]


def test_definitions_over_lines_with_titles() -> None:
    text = "- See [docs] and [two\n  words].\n\n  [docs]: readme\n  [Two words]:\n   <x y>\n  'A &amp; \\*'\n  rest\n"
    document = parse_blocks(text)
    assert document.definitions == {"docs": ("readme", ""), "two words": ("x y", "A & *")}
    assert outline(document.root) == [
        "document",
        ["list", ["item", "paragraph: See [docs] and [two\nwords].", "paragraph: rest"]],
    ]


def test_a_marked_block_alone_is_found() -> None:
    text = "1. a\n2. b ^b1\n   - c\n3. d ^d1\n\n> q\n\n^q1\n\n| h |\n|---|\n| x ^x1 |\n| y |\n"
    root = parse_blocks(text).root
    assert block_ids(root) == {"b1", "d1", "q1", "x1"}
    found = {name: find_block(root, name) for name in ("b1", "q1", "x1", "none")}
    assert [outline(block) if block else None for block in found.values()] == [
        ["list", ["item", "paragraph: b", ["list", ["item", "paragraph: c"]]]],
        ["quote", "paragraph: q"],
        "table: | h |\n|---|\n| x     |",
        None,
    ]
    assert getattr(found["b1"], "number", None) == 2


def test_the_end_of_preformatted_text_may_be_in_capitals() -> None:
    for end in ("</pre>", "</PRE>"):
        pre, after = parse_blocks(f"<pre>İ\na\n\n  b{end}\nafter").root.children
        assert outline(pre) == f"pre: <pre>İ\na\n\n  b{end}"
        assert outline(after) == "paragraph: after"
    one_line, behind = parse_blocks("<PRE>İİ</PRE>\nafter").root.children
    assert (outline(one_line), outline(behind)) == ("pre: <PRE>İİ</PRE>", "paragraph: after")


def test_a_comment_that_its_container_ends_is_text() -> None:
    assert outline(parse_blocks("- %% a\n\nshown\n\nb %% c").root) == [
        "document", ["list", ["item", "paragraph: %% a\n"]], "paragraph: shown", "paragraph: b %% c",
    ]  # fmt: skip
