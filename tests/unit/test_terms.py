import json

from videonotes.core.terms import name_terms, plain_spellings, telling_words
from videonotes.site.search.concept_index import MOST, Name, Target, concept_files, divide_names, file_name
from videonotes.site.search.full_text import Searched, plan


def test_telling_words() -> None:
    assert telling_words("The Art of Łódź’s café") == ["art", "lodz", "s", "cafe"]
    assert telling_words("What is it?") == ["what", "is", "it"]


def test_terms_forgive_how_words_are_joined() -> None:
    assert name_terms("ProductLed Growth") == ["productled", "growth", "product", "led"]
    assert name_terms("Product-led growth") == ["product", "led", "growth", "productled"]
    assert name_terms("Node.js") == ["node", "js", "nodejs"]
    assert name_terms("SEO and LLMs") == ["seo", "llms"]
    assert name_terms("人工知能") == ["人工知能", "人", "工", "知", "能", "人工", "工知", "知能"]


def test_letters_that_are_no_letter_with_a_mark() -> None:
    assert plain_spellings("From Łódź to Málaga, by Møller") == ["lodz", "moller"]
    assert plain_spellings("Málaga in it") == []


def names(*texts: str) -> list[Name]:
    return [Name(text, Target(f"c/{at}/", text, "note", 0, "c"), 0) for at, text in enumerate(texts)]


def test_files_of_the_concept_index() -> None:
    target = Target("c/rag/", "Retrieval", "note", 9, "c")
    files = dict(
        concept_files(
            divide_names([Name("Retrieval", target, 9), Name("RAG", target, 4)], {"augment": 2}), {"c/rag/": "en_1"}
        )
    )
    assert sorted(files) == ["r_", "words-a_", "words-r_"]
    assert json.loads(files["r_"]) == {
        "targets": [["c/rag/", "Retrieval", "note", 9, "c", "en_1"]],
        "names": [[0, 9], [0, 4, "RAG"]],
        "totals": {},
    }
    assert json.loads(files["words-a_"]) == {"augment": 2}


def test_a_common_word_has_a_file_of_bounded_size_and_no_name_is_lost() -> None:
    many = names(*(f"Product {number:04}" for number in range(4 * MOST)), "Productive", "Prose")
    files = {
        name: json.loads(text)
        for name, text in concept_files(divide_names(many, {}), {})
        if not name.startswith("words")
    }
    assert len(files["product_"]["names"]) == MOST + MOST // 2 - (MOST // 2 - 1)
    assert files["product_"]["totals"] == {"product": 4 * MOST}
    assert max(len(data["names"]) for data in files.values()) <= MOST + MOST // 2
    shown = {row[0] for data in files.values() for row in data["targets"]}
    assert shown == {name.target.url for name in many}


def test_a_longer_beginning_that_tells_nothing_more_has_no_file() -> None:
    many = names(*(f"Difference{letter} {number}" for letter in "ab" for number in range(MOST)))
    files = [name for name, _ in concept_files(divide_names(many, {}), {}) if name.startswith("d")]
    assert sorted(files) == ["d_", "differencea_", "differenceb_"]


def test_file_names_are_allowed_everywhere() -> None:
    assert file_name("con") == "con_"
    assert file_name("東") == "6771_u"


def test_bundles_are_bounded_and_stable() -> None:
    pages = [Searched(f"c/{number}/index.html", f"c/{number}/", "en", 0) for number in range(950)]
    bundles = plan([*pages, Searched("d/index.html", "d/", "de", 0)], 500)
    assert [bundle.name for bundle in bundles] == ["en-1", "en-2", "de-1"]
    assert sum(len(bundle.pages) for bundle in bundles) == 951
    assert max(len(bundle.pages) for bundle in bundles) <= 500
    others = plan(pages[1:], 500)
    assert set(others[0].pages) | set(others[1].pages) == set(pages[1:])
    assert set(others[0].pages) <= set(bundles[0].pages)
