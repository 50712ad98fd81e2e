from videonotes.site.feeds import sitemap, xml_text
from videonotes.site.names import name_shards, name_words, shard_key


def test_xml_text() -> None:
    assert xml_text('a<b> & "c" \x0b\ufffe\U0001f600') == "a&lt;b&gt; &amp; &quot;c&quot; \ufffd\ufffd\U0001f600"


def test_a_sitemap_of_many_addresses_is_an_index() -> None:
    files = dict(sitemap(((f"https://x.test/{number}/", "") for number in range(45_001)), "https://x.test/"))
    assert sorted(files) == [
        "sitemap-1.xml", "sitemap-1.xml.gz", "sitemap-2.xml", "sitemap-2.xml.gz", "sitemap.xml", "sitemap.xml.gz",
    ]  # fmt: skip
    assert files["sitemap.xml"].count(b"<loc>https://x.test/sitemap-") == 2
    assert files["sitemap-1.xml"].count(b"<url>") == 45_000


def test_words_of_a_name() -> None:
    assert name_words("The Art of Łódź’s café") == ["art", "lodz", "s", "cafe"]
    assert name_words("What is it?") == ["what", "is", "it"]


def test_shards_by_the_beginning_of_each_word() -> None:
    assert [shard_key(word) for word in ("ai", "agent", "東京")] == ["ai", "age", "u6771"]
    entries = [("AI agents", "a/", "lex", 3), ("Agency", "b/", "", 9)]
    assert dict(name_shards(entries)) == {
        "age": '[["Agency","b/","",9],["AI agents","a/","lex",3]]',
        "ai": '[["AI agents","a/","lex",3]]',
    }
