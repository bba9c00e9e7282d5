"""Certificates: issued, set as PDF with a code that is read back, checked by anybody, revoked."""

import io
from datetime import date

import pypdf
import pytest

from core.certificates.codes import grouped, new_code, read_code
from core.certificates.models import Certificate
from core.certificates.reading import check_certificate
from core.certificates.services import certificate_pdf, issue, revoke
from core.errors import Refused
from core.work import unit_of_work
from tests.support.apps import app_of
from tests.support.calls import call_as
from tests.support.city import build_city
from tests.support.qr import read_qr

LINES = [{"id": "Atas pengabdian 10 tahun.", "en": "For 10 years of service."}]


@pytest.fixture
def city(db):
    return build_city()


@pytest.fixture
def certificate(ctx, city):
    with unit_of_work(ctx) as work:
        return issue(
            work,
            kind="test.kind",
            title="Satyalancana Karya Satya X",
            number="12/2026",
            holder_name=city.officer.name,
            issued_on=date(2026, 1, 15),
            subject_type="Employee",
            subject_id=city.officer.id,
            employee_id=city.officer.id,
            lines=LINES,
        )


def modules_of(pdf: bytes) -> list[list[int]]:
    """Return the modules of the one picture of a PDF, 1 for dark ones, without the quiet zone."""
    (page,) = pypdf.PdfReader(io.BytesIO(pdf)).pages
    (picture,) = [each.get_object() for each in page["/Resources"]["/XObject"].values()]
    width, height, data = picture["/Width"], picture["/Height"], picture.get_data()
    step = len(data) // (width * height)
    grid = [[int(data[(row * width + column) * step] < 128) for column in range(width)] for row in range(height)]
    return [row[4:-4] for row in grid[4:-4]]


@pytest.mark.parametrize("host", ["https://kinerja.kota.example.id", "http://127.0.0.1:8000/"])
@pytest.mark.parametrize("language", ["id", "en"])
def test_the_code_of_the_pdf_leads_to_the_page_that_checks_it(ctx, certificate, language, host):
    name, pdf = certificate_pdf(ctx, certificate.id, language, host)

    assert read_qr(modules_of(pdf)) == f"{host.rstrip('/')}/-/verify/{certificate.code}"
    text = pypdf.PdfReader(io.BytesIO(pdf)).pages[0].extract_text()
    words = {"id": ("diberikan kepada", "Atas pengabdian"), "en": ("is given to", "For 10 years")}[language]
    assert all(word in text for word in (*words, "Budi Santoso", "12/2026", grouped(certificate.code)))
    assert name.endswith(f"{grouped(certificate.code)}.pdf")
    assert pypdf.PdfReader(io.BytesIO(pdf)).metadata["/Title"].endswith("Satyalancana Karya Satya X")


def test_the_public_address_of_the_settings_comes_first(ctx, certificate):
    ctx.settings = ctx.settings.model_copy(update={"public_address": "https://asn.example.id/"})

    pdf = certificate_pdf(ctx, certificate.id, "id", "http://internal:8000/")[1]

    assert read_qr(modules_of(pdf)) == f"https://asn.example.id/-/verify/{certificate.code}"


def test_codes_are_long_different_and_forgive_how_they_are_typed():
    codes = {new_code() for _ in range(1000)}

    assert len(codes) == 1000
    assert {len(code) for code in codes} == {20}
    code = "0123456789ABCDEFGHJK"
    assert grouped(code) == "01234-56789-ABCDE-FGHJK"
    assert read_code(" o1234-56789 abcde-fghjk ") == read_code("OI234-56789-ABCDE-FGHJK") == code
    assert [read_code(text) for text in ("", "U" * 20, code[:-1], code + "0", "é" * 20)] == [None] * 5


def test_the_holder_the_superior_and_hr_see_it_and_nobody_else(db, city, certificate):
    def may_see(who):
        try:
            return bool(certificate_pdf(call_as(db, who.id), certificate.id))
        except Refused:
            return False

    assert may_see(city.officer)
    assert may_see(city.chief)
    assert not may_see(city.clerk)
    assert not may_see(city.other)


def test_a_revoked_certificate_says_so_everywhere_but_never_why(ctx, certificate):
    with unit_of_work(ctx) as work:
        revoke(work, certificate, "Data tidak benar")

    found = check_certificate(ctx.settings, certificate.code)
    assert found.revoked_on == ctx.today
    assert "Data tidak benar" not in repr(found)
    text = pypdf.PdfReader(io.BytesIO(certificate_pdf(ctx, certificate.id, "id")[1])).pages[0].extract_text()
    assert "Dicabut" in text
    with pytest.raises(Refused, match="CERTIFICATE_REVOKED"), unit_of_work(ctx) as work:
        revoke(work, Certificate.get_by_id(certificate.id), "Lagi")


def test_anybody_checks_a_certificate_on_its_page(db, certificate):
    client = app_of(db).test_client()

    page = client.get(f"/-/verify/{certificate.code.lower()}?language=en")

    assert page.status_code == 200
    text = page.get_data(as_text=True)
    shown = ("This certificate is valid", "Budi Santoso", "Satyalancana Karya Satya X", "For 10 years", "12/2026")
    assert [word for word in shown if word not in text] == []
    assert "199005172015031002" not in text
    assert page.headers["Cache-Control"] == "no-store"
    assert client.get("/-/verify/?code=" + grouped(certificate.code)).headers["Location"].endswith(certificate.code)
    assert client.get("/-/verify/").status_code == 200


def test_a_revoked_one_is_told_with_its_day(ctx, db, certificate):
    with unit_of_work(ctx) as work:
        revoke(work, certificate, "Rahasia")

    text = app_of(db).test_client().get(f"/-/verify/{certificate.code}?language=en").get_data(as_text=True)

    assert "was revoked on" in text
    assert "This certificate is valid" not in text
    assert "Rahasia" not in text


def test_an_unknown_code_is_told_and_guessing_is_slowed_down(db, certificate):
    client = app_of(db, verification_tries_per_minute=3).test_client()

    answers = [client.get(f"/-/verify/{new_code()}?language=en") for _ in range(4)]

    assert [answer.status_code for answer in answers] == [404, 404, 404, 429]
    assert "There is no certificate with this code" in answers[0].get_data(as_text=True)
    assert int(answers[3].headers["Retry-After"]) > 0
    assert client.get(f"/-/verify/{certificate.code}").status_code == 429


def test_checking_real_codes_is_never_slowed_down(db, certificate):
    client = app_of(db, verification_tries_per_minute=3).test_client()

    assert {client.get(f"/-/verify/{certificate.code}").status_code for _ in range(10)} == {200}
