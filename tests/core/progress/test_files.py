"""Evidence files: what is taken, where it lies, who reads it, and what is swept."""

import io
import os
import struct
import zipfile
from datetime import date, timedelta

import openpyxl
import pytest

from core.errors import Refused
from core.progress import files, services
from core.progress.models import Evidence
from core.progress.rules.evidence import MEGABYTE
from tests.support.calls import call_as, on
from tests.support.city import build_city
from tests.support.plans import approved_plan, indicators_of

MAY = on(date(2026, 5, 20))
PDF = b"%PDF-1.7\n1 0 obj <<>> endobj\n\xe2\xe3\xcf\xd3\n"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def book():
    content = io.BytesIO()
    openpyxl.Workbook().save(content)
    return content.getvalue()


def archive(**parts):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in parts.items():
            made.writestr(name, data)
    return content.getvalue()


def bomb():
    """A workbook that claims to unpack to a gigabyte."""
    parts = {"[Content_Types].xml": "x", "xl/workbook.xml": "x", "xl/sheet.xml": b"\0" * MEGABYTE}
    content = bytearray(archive(**parts))
    entry = content.rfind(b"PK\x01\x02")
    struct.pack_into("<I", content, entry + 24, 2**30)
    return bytes(content)


def huge_directory():
    """A workbook whose directory says that it is larger than any honest one."""
    content = bytearray(book())
    struct.pack_into("<I", content, content.rfind(b"PK\x05\x06") + 12, 2_000_000)
    return bytes(content)


@pytest.fixture
def city(db):
    return build_city()


@pytest.fixture
def record(db, city):
    plan = approved_plan(city, city.officer)
    new = services.NewProgress(date(2026, 5, 4), None, "Terbit", indicator_id=indicators_of(plan)[0].id)
    return services.record_progress(call_as(db, city.officer.id, MAY), new)


def send(db, who, record, content, name="laporan.pdf", declared="application/pdf", **more):
    ctx = call_as(db, who.id, MAY)
    return services.add_evidence_file(ctx, record.id, io.BytesIO(content), name, declared, **more)


def stored(db):
    return sorted(path for path in db.files_dir.rglob("*") if path.is_file())


def test_a_file_is_kept_under_a_key_without_meaning(db, city, record):
    row = send(db, city.officer, record, PDF, name="../../rahasia/laporan akhir.pdf")
    (path,) = stored(db)
    assert path.read_bytes() == PDF
    assert str(path.relative_to(db.files_dir)) == row.storage_key
    assert "laporan" not in row.storage_key
    assert (row.file_name, row.title, row.content_type) == ("laporan akhir.pdf", "laporan akhir.pdf", "application/pdf")
    assert (row.size_bytes, len(row.sha256)) == (len(PDF), 64)
    assert path.parent.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    ("content", "name", "declared", "content_type"),
    [
        (book(), "rekap.xlsx", XLSX, XLSX),
        (b"nama;jumlah\nakta;3\n", "rekap.csv", "text/csv", "text/csv"),
        ("nama;jumlah\n".encode("utf-8-sig"), "rekap.csv", "application/vnd.ms-excel", "text/csv"),
        (b"catatan\n", "catatan.txt", "text/plain", "text/plain"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "foto.png", "image/png", "image/png"),
    ],
    ids=["xlsx", "csv", "csv of Windows", "txt", "png"],
)
def test_accepted_kinds(db, city, record, content, name, declared, content_type):
    assert send(db, city.officer, record, content, name, declared).content_type == content_type


@pytest.mark.parametrize(
    ("content", "name", "declared", "expected"),
    [
        (b"MZ\x90\0\3\0\0\0", "laporan.pdf", "application/pdf", "FILE_TYPE_NOT_ACCEPTED"),
        (b"<html><script>", "laporan.txt", "text/plain", "FILE_TYPE_NOT_ACCEPTED"),
        (PDF, "foto.png", "application/pdf", "FILE_NAME_LIES"),
        (PDF, "laporan.pdf", "image/png", "FILE_TYPE_LIES"),
        (b"", "laporan.pdf", "application/pdf", "FILE_EMPTY"),
        (PDF + b"x" * MEGABYTE, "laporan.pdf", "application/pdf", "FILE_TOO_LARGE"),
        (archive(a="b"), "rekap.xlsx", XLSX, "FILE_TYPE_NOT_ACCEPTED"),
        (archive(a="b"), "arsip.zip", "application/zip", "FILE_TYPE_NOT_ACCEPTED"),
        (b"PK\x03\x04 no archive at all", "rekap.xlsx", XLSX, "FILE_TYPE_NOT_ACCEPTED"),
        (book()[:-40] + b"PK\x05\x06", "rekap.xlsx", XLSX, "FILE_TYPE_NOT_ACCEPTED"),
        (book()[:-22] + b"PK\x05\x06" + b"\0" * 18, "rekap.xlsx", XLSX, "FILE_TYPE_NOT_ACCEPTED"),
        (huge_directory(), "rekap.xlsx", XLSX, "FILE_TYPE_NOT_ACCEPTED"),
        (bomb(), "rekap.xlsx", XLSX, "FILE_UNPACKS_TOO_LARGE"),
    ],
    ids=[
        "program",
        "page",
        "name",
        "declared",
        "empty",
        "large",
        "zip as xlsx",
        "zip",
        "no zip",
        "cut",
        "no directory",
        "huge directory",
        "bomb",
    ],
)
def test_lying_and_oversized_files_leave_nothing_behind(db, city, record, content, name, declared, expected):
    small = db.model_copy(update={"max_upload_mb": 1})
    with pytest.raises(Refused) as caught:
        send(small, city.officer, record, content, name, declared)
    assert caught.value.problems[0].code == expected
    assert caught.value.problems[0].path == ("input", "file")
    assert (Evidence.select().count(), stored(db)) == (0, [])


def test_a_stranger_sends_nothing(db, city, record):
    for who, code in (("chief", "FORBIDDEN"), ("clerk", "NOT_FOUND"), ("other", "NOT_FOUND")):
        source = io.BytesIO(PDF)
        with pytest.raises(Refused) as caught:
            services.add_evidence_file(
                call_as(db, getattr(city, who).id, MAY), record.id, source, "laporan.pdf", "application/pdf"
            )
        assert caught.value.problems[0].code == code
        assert source.tell() == 0
    assert stored(db) == []


def test_a_failure_after_the_file_removes_it(db, city, record, monkeypatch):
    monkeypatch.setattr("core.work.append", lambda rows: (_ for _ in ()).throw(RuntimeError("disk")))
    with pytest.raises(RuntimeError):
        send(db, city.officer, record, PDF)
    assert (Evidence.select().count(), stored(db)) == (0, [])


def test_only_those_who_see_the_progress_read_the_file(db, city, record):
    row = send(db, city.officer, record, PDF)
    for who in ("officer", "chief", "head", "secretary"):
        _, path = services.evidence_file(call_as(db, getattr(city, who).id, MAY), row.id)
        assert path.read_bytes() == PDF
    for who in ("clerk", "other_chief", "other"):
        with pytest.raises(Refused):
            services.evidence_file(call_as(db, getattr(city, who).id, MAY), row.id)


def test_a_link_and_a_lost_file_are_not_found(db, city, record):
    ctx = call_as(db, city.officer.id, MAY)
    link = services.add_evidence_link(ctx, record.id, "https://a.go.id/")
    row = send(db, city.officer, record, PDF)
    stored(db)[0].unlink()
    for key in (link.id, row.id):
        with pytest.raises(Refused):
            services.evidence_file(ctx, key)


def test_a_key_that_leads_elsewhere_is_no_file(db):
    assert files.stored_path(db, "../../etc/passwd") is None


def test_orphans_are_swept_and_files_in_use_are_not(db, city, record, ctx):
    kept = send(db, city.officer, record, PDF)
    gone = send(db, city.officer, record, PDF)
    unfinished = db.files_dir / "incoming" / "abandoned"
    unfinished.write_bytes(b"x")
    services.remove_evidence(call_as(db, city.officer.id, MAY), gone.id, 1)
    assert services.sweep_files(ctx) == 0
    for path in stored(db):
        old = (ctx.now - timedelta(days=2)).timestamp()
        os.utime(path, (old, old))
    fresh = db.files_dir / "incoming" / "fresh"
    fresh.write_bytes(b"x")
    assert services.sweep_files(ctx) == 2
    assert stored(db) == sorted([db.files_dir / kept.storage_key, fresh])
