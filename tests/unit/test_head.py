from xml.etree import ElementTree

from videonotes.site.outputs.feeds import opensearch, sitemap, xml_text


def test_xml_text() -> None:
    assert xml_text('a<b> & "c" \x0b\ufffe\U0001f600') == "a&lt;b&gt; &amp; &quot;c&quot; \ufffd\ufffd\U0001f600"


def test_a_sitemap_of_many_addresses_is_an_index() -> None:
    files = dict(sitemap(((f"https://x.test/{number}/", "") for number in range(45_001)), "https://x.test/"))
    assert sorted(files) == [
        "sitemap-1.xml", "sitemap-1.xml.gz", "sitemap-2.xml", "sitemap-2.xml.gz", "sitemap.xml", "sitemap.xml.gz",
    ]  # fmt: skip
    assert files["sitemap.xml"].count(b"<loc>https://x.test/sitemap-") == 2
    assert files["sitemap-1.xml"].count(b"<url>") == 45_000


def test_opensearch() -> None:
    text = opensearch("A & B, a site of many notes", "https://x.test/", "https://x.test/search/")
    root = ElementTree.fromstring(text)
    space = {"o": "http://a9.com/-/spec/opensearch/1.1/"}
    assert root.findtext("o:ShortName", None, space) == "A & B, a site of"
    assert [url.get("template") for url in root.findall("o:Url", space)] == [
        "https://x.test/search/?q={searchTerms}",
        "https://x.test/opensearch.xml",
    ]
