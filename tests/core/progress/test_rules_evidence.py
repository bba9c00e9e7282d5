"""Which files and links may stand as evidence."""

import pytest

from core.progress.rules import evidence as rules
from core.progress.rules.evidence import CSV, DOCX, JPEG, PDF, PNG, TEXT, WEBP, XLSX

ZIP = b"PK\x03\x04" + b"\0" * 30
BOOK = ["[Content_Types].xml", "xl/workbook.xml"]
PAPER = ["[Content_Types].xml", "word/document.xml"]


@pytest.mark.parametrize(
    ("head", "parts", "is_text", "expected"),
    [
        (b"%PDF-1.7\n1 0 obj", None, False, (PDF,)),
        (b"%PDF-1.7\n1 0 obj", None, True, (PDF,)),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", None, False, (PNG,)),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF\0", None, False, (JPEG,)),
        (b"RIFF\x24\0\0\0WEBPVP8 ", None, False, (WEBP,)),
        (b"RIFF\x24\0\0\0WAVEfmt ", None, False, ()),
        (b"GIF89a\0\0", None, False, ()),
        (b"MZ\x90\0\3\0\0\0", None, False, ()),
        (b"\0\1\2\3\4\5\6\7", None, False, ()),
        (b"", None, False, ()),
        (ZIP, BOOK, False, (XLSX,)),
        (ZIP, PAPER, False, (DOCX,)),
        (ZIP, ["a.txt"], False, ()),
        (ZIP, ["xl/workbook.xml"], False, ()),
        (ZIP, ["[Content_Types].xml"], False, ()),
        (ZIP, [*BOOK, "xl/vbaProject.bin"], False, ()),
        (ZIP, None, False, ()),
        (b"nama;jumlah\nakta;3\n", None, True, (CSV, TEXT)),
        (b"BM 2026;3", None, True, (CSV, TEXT)),
        (b"\xef\xbb\xbf <!DOCTYPE html>", None, True, ()),
        (b"<svg xmlns='x'><script>", None, True, ()),
    ],
)
def test_the_kind_is_read_from_the_content(head, parts, is_text, expected):
    assert rules.kinds_of(head, parts=parts, is_text=is_text) == expected


@pytest.mark.parametrize(
    ("kinds", "name", "declared", "expected"),
    [
        ((PDF,), "laporan.pdf", "application/pdf", []),
        ((PDF,), "LAPORAN.PDF", "", []),
        ((PDF,), "laporan.pdf", "application/octet-stream", []),
        ((PDF,), "laporan.pdf", "Application/PDF; charset=binary", []),
        ((JPEG,), "foto.jpeg", "image/jpg", []),
        ((CSV, TEXT), "data.csv", "application/vnd.ms-excel", []),
        ((CSV, TEXT), "catatan.txt", "text/plain", []),
        ((PDF,), "foto.png", "image/png", ["FILE_NAME_LIES", "FILE_TYPE_LIES"]),
        ((PDF,), "laporan.pdf.exe", "application/pdf", ["FILE_NAME_LIES"]),
        ((PDF,), "laporan", "application/pdf", ["FILE_NAME_LIES"]),
        ((PNG,), "foto.png", "text/html", ["FILE_TYPE_LIES"]),
        ((), "virus.pdf", "application/pdf", ["FILE_TYPE_NOT_ACCEPTED"]),
    ],
)
def test_name_and_declared_type_agree_with_the_content(kinds, name, declared, expected):
    assert [problem.code for problem in rules.file_problems(kinds, name, declared)] == expected


def test_the_extension_decides_between_the_kinds_of_text():
    assert rules.kind_by_name((CSV, TEXT), "a.txt") is TEXT
    assert rules.kind_by_name((CSV, TEXT), "a.csv") is CSV
    assert rules.kind_by_name((CSV, TEXT), "a") is CSV


def test_texts_have_no_control_characters():
    assert rules.is_text_piece("nama;jumlah\r\n\tñ".encode())
    assert not rules.is_text_piece(b"a\0b")
    assert not rules.is_text_piece(b"a\x1b[31m")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("laporan akhir.pdf", "laporan akhir.pdf"),
        ("../../etc/passwd", "passwd"),
        ("..\\..\\windows\\system.ini", "system.ini"),
        ("a\0b\r\n.pdf", "ab.pdf"),
        ("foto\u202egpj.exe", "fotogpj.exe"),
        ('a"b:c%d|e?.pdf', "a_b_c_d_e_.pdf"),
        (" .hidden. ", "hidden"),
        ("", "evidence"),
        ("..", "evidence"),
        ("folder/", "evidence"),
        ("x" * 200 + ".pdf", "x" * 116 + ".pdf"),
        ("a\u0301.pdf", "\u00e1.pdf"),
    ],
)
def test_a_file_name_is_cleaned(name, expected):
    assert rules.clean_name(name) == expected


@pytest.mark.parametrize(
    ("size", "expected"), [(0, ["FILE_EMPTY"]), (1, []), (10_485_760, []), (10_485_761, ["FILE_TOO_LARGE"])]
)
def test_a_file_has_something_in_it_and_a_limit(size, expected):
    assert [problem.code for problem in rules.size_problems(size, 10 * rules.MEGABYTE)] == expected


def test_an_archive_may_not_claim_to_unpack_to_too_much():
    assert rules.archive_problems(100, 100) == []
    assert [problem.code for problem in rules.archive_problems(101, 100)] == ["FILE_UNPACKS_TOO_LARGE"]


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://denpasarkota.go.id/laporan?tahun=2026#2", []),
        ("http://127.0.0.1:8000/a", []),
        ("HTTPS://Example.go.id/a", []),
        ("javascript:alert(1)", ["URL_INVALID"]),
        ("java\tscript:alert(1)", ["URL_INVALID"]),
        ("data:text/html,<script>", ["URL_INVALID"]),
        ("ftp://example.go.id/a", ["URL_INVALID"]),
        ("//example.go.id/a", ["URL_INVALID"]),
        ("https://", ["URL_INVALID"]),
        ("https://[::1", ["URL_INVALID"]),
        ("https://example.go.id:99999/", ["URL_INVALID"]),
        ("https://example.go.id/a b", ["URL_INVALID"]),
        ("https://example.go.id\\@evil.example/", ["URL_INVALID"]),
        ("", ["URL_INVALID"]),
        ("https://siti:rahasia@example.go.id/", ["URL_WITH_CREDENTIALS"]),
        ("https://example.go.id/" + "a" * 2_000, ["URL_TOO_LONG"]),
    ],
)
def test_a_link_leads_to_a_web_page_without_a_password(url, expected):
    assert [problem.code for problem in rules.link_problems(url, "")] == expected


def test_a_title_has_a_limit():
    assert rules.title_problems("x" * 255) == []
    assert [problem.code for problem in rules.title_problems("x" * 256)] == ["TITLE_TOO_LONG"]


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("ab/" + "a" * 64 + "-" + "b" * 16, True),
        ("../" + "a" * 64 + "-" + "b" * 16, False),
        ("ab/" + "a" * 64 + "-" + "b" * 16 + "\n", False),
        ("", False),
    ],
)
def test_a_storage_key_leads_nowhere_else(key, expected):
    assert rules.is_storage_key(key) is expected
