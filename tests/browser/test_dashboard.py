"""The start page in a real browser: charts that can be seen, figures as tables, and the lists behind them."""

import re

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.slow]

CHARTS = ("plans", "months", "predicates")


def is_drawn(picture):
    picture.scroll_into_view_if_needed()
    return picture.evaluate(
        "async image => { await image.decode(); return image.naturalWidth > 0 && image.naturalHeight > 0 }"
    )


def number(text):
    return int(re.sub(r"\D", "", text))


@pytest.mark.parametrize(("language", "width"), [("id", 1100), ("en", 390)])
def test_charts_are_seen_and_nothing_scrolls_sideways(visitor, language, width):
    someone = visitor(language, width)
    someone.enter("admin")
    pictures = someone.page.locator(".chart img")

    assert pictures.count() == len(CHARTS)
    assert [is_drawn(picture) for picture in pictures.all()] == [True] * len(CHARTS)
    assert not someone.is_wider_than_the_screen()
    assert someone.grave_faults() == []


def test_charts_are_dark_on_a_dark_page(visitor):
    someone = visitor("id", color_scheme="dark")
    someone.enter("admin")
    picture = someone.page.locator("#chart-plans img")

    assert is_drawn(picture)
    assert "theme=dark" in picture.evaluate("image => image.currentSrc")
    assert someone.grave_faults() == []


def test_a_figure_of_the_table_leads_to_as_many_rows(visitor):
    someone = visitor("id")
    someone.enter("admin")
    page = someone.page
    table = page.locator("#chart-plans table")
    assert not table.is_visible()

    page.click("#chart-plans summary")
    figure = table.locator("td a").first
    wanted = number(figure.inner_text())
    assert table.is_visible()
    figure.click()
    page.wait_for_load_state()

    assert "/admin/plan/?" in page.url
    assert number(page.locator("main p[role=status]").first.inner_text()) == wanted


def test_who_is_late_is_listed_and_reminded(visitor):
    someone = visitor("id")
    someone.enter("admin")
    page = someone.page
    first = page.locator(".late-kinds a").first
    wanted = number(first.locator("strong").inner_text())

    first.click()
    page.wait_for_load_state()

    assert page.inner_text("h1") == "Siapa yang terlambat"
    assert number(page.locator("main p[role=status]").first.inner_text()) == wanted
    assert someone.grave_faults() == []
    if wanted:
        page.locator("tbody button").first.click()
        page.wait_for_load_state()
        assert "Sudah diingatkan." in page.locator(".message--ok").inner_text()


def test_cards_of_plugins_are_absent_while_they_are_off(visitor):
    someone = visitor("en")
    someone.enter("admin")

    titles = someone.page.locator(".cards h2").all_inner_texts()

    assert titles == ["Imports"]


def test_an_employee_has_no_charts(visitor):
    someone = visitor("id")
    someone.enter("pegawai")

    assert someone.page.locator(".chart").count() == 0
    assert someone.page.locator("dl.details dt").first.inner_text() == "Peran"
    assert someone.grave_faults() == []
