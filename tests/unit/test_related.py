from videonotes.core.collection import build_collection
from videonotes.core.related import MOST, build_relations, related
from videonotes.core.scan import scan


def find(texts: dict[str, str], path: str) -> list[tuple[str, tuple[str, ...]]]:
    collection = build_collection([scan(name, text) for name, text in texts.items()])
    relations = build_relations(collection)
    return [(found.path, found.reasons) for found in related(collection, relations, collection.index.notes[path])]


def test_shared_targets_the_rarest_first() -> None:
    texts = {
        "c/a.md": "[[common]] [[rare]]",
        "c/b.md": "[[common]]",
        "c/d.md": "[[common]] [[rare]]",
        "c/e.md": "[[nothing shared]]",
        "c/common.md": "x",
    }
    assert find(texts, "c/a.md") == [("c/d.md", ("rare", "common")), ("c/b.md", ("common",))]


def test_shared_labels_count_too() -> None:
    texts = {"c/a.md": "[[one | the same words]]", "c/b.md": "[[two | The Same Words]]"}
    assert find(texts, "c/a.md") == [("c/b.md", ("the same words",))]


def test_what_the_page_leads_to_anyway_is_left_out() -> None:
    video = "---\nvideoId: qNPPoj1qUG0\n---\n"
    texts = {
        "c/a.md": f"{video}[[x]] [[linked]]",
        "c/linked.md": "[[x]]",
        "c/links.md": "[[x]] [[a]]",
        "c/sibling.md": f"{video}[[x]]",
        "c/hidden.md": "---\nunlisted: true\n---\n[[x]]",
        "c/c.md": "[[x]]",
    }
    assert find(texts, "c/a.md") == []


def test_there_are_few() -> None:
    texts = {f"c/n{number}.md": "[[x]]" for number in range(20)}
    assert len(find(texts, "c/n0.md")) == MOST


def test_what_everybody_mentions_says_nothing() -> None:
    texts = {f"c/n{number}.md": "[[x]]" for number in range(60)}
    assert find(texts, "c/n0.md") == []
