"""A file with errors is brought in at the browser: columns, trial, import of the valid rows, undo."""

import re

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.slow]
FILE = "kode,nama\nX-1,Dinas Percobaan\nX-2,\nX-3,<script>alert(1)</script>\n"


def test_a_file_with_errors_is_tried_imported_and_undone(visitor, tmp_path):
    path = tmp_path / "unit.csv"
    path.write_text(FILE, encoding="utf-8")
    me = visitor()
    page = me.page
    me.enter("admin")

    me.go("/admin/imports/")
    assert me.grave_faults() == []
    page.select_option("#import-kind", "units")
    page.set_input_files("#import-file", str(path))
    page.click("text=Unggah dan pilih kolom")
    assert page.input_value("#column-0") == "code"
    assert page.input_value("#column-1") == "name"
    assert me.grave_faults() == []

    page.click("text=Uji coba (tidak ada yang disimpan)")
    page.wait_for_selector("text=belum ada yang disimpan")
    assert page.locator("tbody tr").count() == 3
    assert page.locator("text=<script>alert(1)</script>").count() > 0
    assert me.grave_faults() == []
    with page.expect_download() as download:
        page.click("text=Baris bermasalah")
    assert download.value.suggested_filename == "unit - untuk diperbaiki.xlsx"

    page.check("input[value=VALID_ROWS]")
    page.fill("#reason", "Percobaan")
    page.click("text=Impor sekarang")
    page.wait_for_selector("text=Berkas sudah diimpor", timeout=90_000)
    assert me.grave_faults() == []

    page.fill("#undo-reason", "Keliru")
    page.click("button:has-text('Batalkan impor ini')")
    page.wait_for_selector("text=Impor sudah dibatalkan", timeout=90_000)
    me.go("/admin/imports/")
    assert re.search(r"unit\.csv", page.content())
    assert me.grave_faults() == []


def test_a_file_that_is_too_large_is_told_before_and_after_it_is_sent(visitor, tmp_path):
    path = tmp_path / "besar.csv"
    with path.open("wb") as file:
        file.truncate(100_000_000)
    me = visitor()
    page = me.page
    me.enter("admin")
    me.go("/admin/imports/")

    page.set_input_files("#import-file", str(path))

    assert "100 MB" in page.inner_text("[data-import-drop] .field__problem")
    page.evaluate("document.querySelector('[data-import-drop]').dataset.limit = '1e12'")
    page.click("text=Unggah dan pilih kolom")
    page.wait_for_selector("text=Berkas lebih besar dari 10 MB", timeout=60_000)
    # The browser reports the answer 413 as an error of the page.
    assert [fault for fault in me.faults if "413" not in fault] == []
    me.faults.clear()


def test_a_file_can_be_dropped_and_the_page_fits_a_phone(visitor):
    me = visitor(width=320)
    page = me.page
    me.enter("admin")
    me.go("/admin/imports/")

    page.evaluate(
        """() => {
          const data = new DataTransfer();
          data.items.add(new File(["kode,nama\\nX,Y\\n"], "jatuh.csv"));
          document.querySelector("[data-import-drop]").dispatchEvent(new DragEvent("drop", {dataTransfer: data}));
        }"""
    )

    assert page.evaluate("document.querySelector('#import-file').files[0].name") == "jatuh.csv"
    assert not me.is_wider_than_the_screen()
