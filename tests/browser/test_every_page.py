"""The pages of the back office in Chromium, found by their links: nothing grave for axe, nothing wider than a phone.

What can be read off a page without a browser is asked of every page, in tests/contract/test_back_office_pages.py; here
pages of one kind (the list of this table and of that) are looked at a few times.
"""

from collections import Counter

import pytest

from tests.support.crawling import crawl, shape

CASES = (("admin", "id", 390, "light"), ("sistem", "en", 1100, "dark"))


def addresses(someone):
    """One address of each shape that the links of the back office lead to."""

    def get(path):
        if "/export" in path or "/document" in path or "/charts/" in path:
            return 200, "", ""
        answer = someone.context.request.get(someone.address + path)
        kind = answer.headers.get("content-type", "")
        return answer.status, kind, answer.text() if kind.startswith("text/html") else ""

    return {shape(page.path): page.path for page in crawl(get) if page.is_html}


def some_of_each_kind(found, most=2):
    """Addresses that differ in more than the table they are about, and of the others a few."""
    seen = Counter()
    for path in found.values():
        parts = shape(path).split("/")
        # /admin/<table>/<what>?<parameters>
        seen[kind := (len(parts), *parts[3:])] += 1
        if seen[kind] <= most:
            yield path


@pytest.mark.timeout(400)
@pytest.mark.parametrize(("name", "language", "width", "scheme"), CASES, ids=["office on a phone", "system, dark"])
def test_axe_finds_nothing_grave_and_no_page_scrolls_sideways(visitor, name, language, width, scheme):
    someone = visitor(language, width, color_scheme=scheme)
    someone.enter(name)
    faults = []

    found = addresses(someone)
    for path in some_of_each_kind(found):
        someone.go(path)
        faults += someone.grave_faults()
        if someone.is_wider_than_the_screen():
            faults.append((path, "scrolls sideways"))

    assert faults == []
    assert len(found) > 30
