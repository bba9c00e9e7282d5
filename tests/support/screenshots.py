"""Writes a picture of every page of the back office: both languages, on a desk and on a phone, light and dark."""

import re
import shutil
import sys
import tempfile
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser, sync_playwright

from tests.support.crawling import Page, crawl, shape
from tests.support.demo_site import ARGUMENTS, PLUGINS, demo_site
from tests.support.services import browser_path

CALLERS = ("admin", "sistem", "kepala", "pegawai")
"""Log-ins of the demo whose pages differ."""

SIZES = (("desk", 1280, "light"), ("phone", 390, "light"), ("phone-dark", 390, "dark"))


def main(folder: Path) -> None:
    """Make the pictures anew, in a folder for each language and size."""
    shutil.rmtree(folder, ignore_errors=True)
    with tempfile.TemporaryDirectory() as made, sync_playwright() as playwright:
        place = Path(made)
        (place / "site").mkdir()
        with demo_site(place, place / "site", KINERJA_PLUGINS=",".join(PLUGINS)) as (address, passwords):
            browser = playwright.chromium.launch(executable_path=browser_path(), args=list(ARGUMENTS))
            for language in ("id", "en"):
                for size, width, scheme in SIZES:
                    count = _take(browser, address, passwords, folder / language / size, (language, width, scheme))
                    print(f"{folder / language / size}: {count}", flush=True)  # noqa: T201 - a command
            browser.close()


def _take(browser: Browser, address: str, passwords: dict[str, str], folder: Path, look: tuple[str, int, str]) -> int:
    language, width, scheme = look
    seen: set[str] = set()
    for name in CALLERS:
        context = browser.new_context(
            locale=language,
            viewport={"width": width, "height": 900},
            color_scheme=scheme,  # type: ignore[arg-type]
        )
        page = context.new_page()
        page.goto(f"{address}/admin/login")
        if "/admin/login" not in seen:
            seen.add("/admin/login")
            _save(page, folder / "log-in.png")
        page.fill("#username", name)
        page.fill("#password", passwords[name])
        page.click("main button")
        page.wait_for_load_state()

        def get(path: str, context=context) -> tuple[int, str, str]:  # type: ignore[no-untyped-def]
            if "/export" in path or "/document" in path or "/charts/" in path:
                return 200, "", ""
            answer = context.request.get(address + path)
            kind = answer.headers.get("content-type", "")
            return answer.status, kind, answer.text() if kind.startswith("text/html") else ""

        for found in crawl(get):
            if found.is_html and shape(found.path) not in seen:
                seen.add(shape(found.path))
                page.goto(address + found.path)
                _save(page, folder / f"{_name(name, found)}.png")
        context.close()
    return len(seen)


def _save(page, path: Path) -> None:  # type: ignore[no-untyped-def]
    path.parent.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=path, full_page=True)


def _name(caller: str, page: Page) -> str:
    parts = urlsplit(page.path)
    words = re.sub(r"[^a-z]+", "-", f"{parts.path} {shape(page.path).partition('?')[2]}".lower()).strip("-")
    return f"{caller}-{words.removeprefix('admin-')}"[:120]


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "screenshots"))
