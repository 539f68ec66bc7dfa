"""The pages: what people find on them, and that each can be read without a script."""

import re
from html import unescape
from html.parser import HTMLParser

import pytest
from flask.testing import FlaskClient

HTML = {"Accept": "text/html"}
LISTS = ["/", "/articles", "/people", "/organizations", "/documents", "/payouts", "/sparql", "/about"]


class Outline(HTMLParser):
    """Notes what assistive software goes by."""

    def __init__(self, text: str) -> None:
        """Read a page."""
        super().__init__()
        self.headings: list[int] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note one tag."""
        self.tags.append((tag, dict(attrs)))
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))


def page(client: FlaskClient, path: str) -> str:
    answer = client.get(path, headers=HTML)
    assert (answer.status_code, answer.mimetype) == (200, "text/html"), path
    return answer.text


def row(text: str, having: str) -> str:
    """Give the table row that has some words, as plain text."""
    found = [found for found in re.findall(r"<tr>.*?</tr>", text, re.DOTALL) if having in found]
    assert found, having
    return unescape(" ".join(re.sub("<[^>]*>", " ", found[0]).split()))


@pytest.fixture
def every_page(client: FlaskClient) -> dict[str, str]:
    """Each page that can be reached by links from the front page, by its path."""
    found: dict[str, str] = {}
    waiting = list(LISTS)
    while waiting:
        path = waiting.pop()
        if path in found:
            continue
        with client.get(path, headers=HTML) as answer:
            assert answer.status_code == 200, (path, answer.status_code)
            is_page = answer.mimetype == "text/html" and "format=html" not in path  # that is a file to keep
            found[path] = answer.text if is_page else ""
        waiting += [unescape(link).partition("#")[0] for link in re.findall(r'href="(/[^"]*)"', found[path])]
    return found


def test_every_link_leads_somewhere_and_every_page_is_sound(every_page: dict[str, str]) -> None:
    """Each page has its landmarks and one main heading, its headings in order, and headers in its tables."""
    assert len(every_page) > 100
    for path, text in every_page.items():
        if not text:
            continue
        outline = Outline(text)
        tags = [tag for tag, _ in outline.tags]
        assert tags.count("main") == tags.count("h1") == 1, path
        assert outline.headings[0] == 1, path
        assert all(
            later - sooner <= 1 for sooner, later in zip(outline.headings, outline.headings[1:], strict=False)
        ), path
        assert tags.count("table") == tags.count("caption"), path
        assert all("scope" in attributes for tag, attributes in outline.tags if tag == "th"), path
        identifiers = [attributes["id"] for _, attributes in outline.tags if "id" in attributes]
        assert len(identifiers) == len(set(identifiers)), path
        assert not {"script", "style", "iframe", "object"} & set(tags), path
        images = [attributes for tag, attributes in outline.tags if tag == "img"]
        assert all((image["src"] or "").startswith("/export?") and image["alt"] for image in images), path
        assert not [
            1 for _, attributes in outline.tags for name in attributes if name.startswith("on") or name == "style"
        ]


def test_the_front_page_counts_and_asks(client: FlaskClient) -> None:
    text = page(client, "/")
    counts = dict(re.findall(r"<dt>(?:<a[^>]*>)?(\w+)(?:</a>)?</dt><dd>([\d,]+)</dd>", text))
    assert counts == {
        "articles": "2",
        "claims": "6",
        "people": "3",
        "organizations": "5",
        "documents": "2",
        "payouts": "6",
    }
    assert "Who is said to say what?" in text


def test_the_lists_have_what_the_articles_name(client: FlaskClient) -> None:
    assert "2021-05-07 2" in row(page(client, "/articles"), "Ostport Wire")
    assert row(page(client, "/people"), "Jo Lind").startswith("Jo Lind person")
    assert "outlet" in row(page(client, "/organizations"), "Harbour Gazette")
    assert "spreadsheet" in row(page(client, "/documents"), "A spreadsheet")


def test_sums_keep_currencies_bounds_and_estimates_apart(client: FlaskClient) -> None:
    text = page(client, "/payouts")
    together = text[: text.index('id="each"')]
    assert row(together, "EUR, exactly") == "EUR, exactly no 2 EUR 305.50 –"
    assert row(together, "EUR, about") == "EUR, about no 1 about EUR 20 –"
    assert row(together, "EUR, more than") == "EUR, more than no 1 more than EUR 70 –"
    assert row(together, "USD, vague") == "USD, vague no 1 no number is given 1"
    assert row(together, "USD, exactly") == "USD, exactly yes 1 USD 1,250.50 –"
    assert "counted twice" in together


def test_a_payout_of_two_claims_is_listed_and_counted_once(client: FlaskClient) -> None:
    """€300 stands in the graphs of two claims of the article."""
    each = page(client, "/payouts").partition('id="each"')[2]
    assert len(re.findall(r">€300</a>", each)) == 1
    assert "alleged" in row(each, ">€300<")
    assert "alleged" not in row(each, ">€5.50<")
    assert "not named" in row(each, "$1,250.50")


def test_an_article_shows_its_words_with_every_claim_marked(client: FlaskClient, about: str) -> None:
    text = page(client, about)
    marked = re.findall(r"<mark[^>]*>(.*?)</mark>", text, re.DOTALL)
    assert "We did not lobby Senator Ann Brandt" in [re.sub("<[^>]*>", "", mark) for mark in marked]
    assert f'href="{about}/claim/115-150"' in marked[1]
    assert 'id="at-115-150"' in marked[1]
    assert 'href="#at-115-150"' in text
    assert "Kim Vale" in text
    assert "negated" in text


def test_overlapping_claims_are_cut_and_lead_to_the_innermost(client: FlaskClient, about_hostile: str) -> None:
    """The second of the two that overlap is the shorter one, and the text is whole."""
    text = page(client, about_hostile)
    links = re.findall(rf'<mark class="(depth-\d)">.*?<a href="{about_hostile}/claim/([\d-]+)"', text)
    assert links[:3] == [("depth-2", "0-25"), ("depth-3", "0-25"), ("depth-2", "20-101")]
    body = re.search(r'<div class="text">(.*?)</div>', text, re.DOTALL)
    assert body
    assert "𝔅runn <b>paid</b> €300 to a man, more than" in unescape(re.sub("<[^>]*>", "", body[1]))


def test_a_claim_shows_the_chain_outermost_first(client: FlaskClient, about: str) -> None:
    text = page(client, f"{about}/claim/115-150")
    sentence = re.search(r'<p class="sentence">(.*?)</p>', text, re.DOTALL)
    assert sentence
    assert " ".join(unescape(re.sub("<[^>]*>", "", sentence[1])).split()) == (
        "Ostport Wire reports that Harbour Gazette reported that Jo Lind wrote (in an email): "
        "We did not lobby Senator Ann Brandt"
    )
    assert "“Mayor Jo Lind”" in text


def test_a_claim_shows_its_words_in_context_and_where_they_are(client: FlaskClient, about: str) -> None:
    text = page(client, f"{about}/claim/115-150")
    assert f'href="{about}#at-115-150"' in text
    assert "https://wire.example/ostport?a=1&amp;b=2#:~:text=We%20did%20not" in text
    assert "negated" in text


def test_a_claim_shows_what_it_says_with_names(client: FlaskClient, about: str) -> None:
    text = page(client, f"{about}/claim/0-112")
    assert "Harbour Gazette" in row(text, "obtained")
    assert "payout of $1,250.50" in text
    assert row(text, 'title="https://w3id.org/averment#paid"').endswith("paid payout of $1,250.50")
    assert "USD 1,250.50" in row(text, "$1,250.50</a></th>")
    assert "2014" in row(text, "/interval/")


def test_every_cell_names_its_column_for_narrow_windows(every_page: dict[str, str]) -> None:
    for path, text in every_page.items():
        cells = re.findall(r"<td\b[^>]*>", text)
        assert all("data-label=" in cell or "colspan=" in cell for cell in cells), path


def test_hedges_are_shown(client: FlaskClient, about_hostile: str) -> None:
    claim = re.search(rf'href="({about_hostile}/claim/1\d\d-\d+)"', page(client, about_hostile))
    assert claim
    assert "“reportedly”" in page(client, claim[1])


def test_an_entity_shows_mentions_claims_and_relations(client: FlaskClient, about: str) -> None:
    text = page(client, f"{about}/entity/jo-lind")
    assert "Described as “Mayor”" in text
    assert "<mark>Jo Lind</mark>" in text
    assert "Attributed to Jo Lind" in text
    assert "lobby" in row(text, "who does it")
    city = page(client, f"{about}/entity/city-of-ostport")
    assert row(city, "USD, exactly") == "USD, exactly yes 1 USD 1,250.50 –"


def test_namesakes_are_named_and_not_merged(client: FlaskClient, about: str, about_hostile: str) -> None:
    text = page(client, f"{about}/entity/jo-lind")
    assert "Also named in (not merged)" in text
    assert f'href="{about_hostile}/entity/jo-lind"' in text
    assert "not merged" not in page(client, f"{about}/entity/ann-brandt")


def test_about_states_the_limits_in_force(client: FlaskClient) -> None:
    text = page(client, "/about")
    assert "1 second<" in text
    assert "20,000 characters" in text


def test_an_unknown_thing_is_404_with_a_page(client: FlaskClient) -> None:
    for path in ("/id/source/0", "/id/", "/id/%00", "/id/a b", "/nothing", "/id/..%2f..%2fetc/passwd", "/id/x.ttl"):
        answer = client.get(path, headers=HTML)
        assert answer.status_code == 404, path
        assert "<h1>Not found</h1>" in answer.text
    assert client.get("/id/source/0", headers={"Accept": "text/turtle"}).status_code == 404


def test_health_says_which_data(client: FlaskClient) -> None:
    answer = client.get("/readyz")
    assert (answer.status_code, answer.text) == (200, "ready, data version 1\n")
