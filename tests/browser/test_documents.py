"""The document of an evaluation is downloaded at the browser and read back."""

import pytest
from pypdf import PdfReader

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_the_document_of_an_evaluation_is_downloaded(visitor, tmp_path):
    me = visitor()
    page = me.page
    me.enter("admin")
    me.go("/admin/evaluation/")
    page.locator("tbody th a").first.click()
    page.wait_for_load_state()
    name = page.inner_text("h1")

    with page.expect_download() as download:
        page.click("text=Dokumen evaluasi sebagai PDF")

    path = tmp_path / "evaluasi.pdf"
    download.value.save_as(path)
    assert download.value.suggested_filename.startswith("Evaluasi kinerja ")
    text = " ".join(" ".join(sheet.extract_text() for sheet in PdfReader(path).pages).split())
    assert "DOKUMEN EVALUASI KINERJA PEGAWAI" in text
    assert name in text


def test_the_plan_is_downloaded_in_the_laws_language_by_an_english_reader(visitor, tmp_path):
    me = visitor("en")
    page = me.page
    me.enter("pegawai")
    me.go("/admin/plan/")
    page.locator("tbody th a").first.click()
    page.wait_for_load_state()

    with page.expect_download() as download:
        page.click("text=SKP as PDF")

    path = tmp_path / "skp.pdf"
    download.value.save_as(path)
    assert "SASARAN KINERJA PEGAWAI" in PdfReader(path).pages[0].extract_text()
