"""Which files and links may stand as evidence: the content says the kind, name and declared type must agree."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from urllib.parse import urlsplit

import puremagic

from core.errors import Problem
from core.i18n import N_

LONGEST_URL = 2_000
MEGABYTE = 1_048_576
LONGEST_NAME = 120
LONGEST_TITLE = 255
HEAD_BYTES = 4_096
"""How much of a file's beginning the kind is read from."""

_ZIP = b"PK\x03\x04"
_UNSAID = frozenset({"", "application/octet-stream"})
_BAD_IN_NAMES = re.compile(r'[<>:"|?*%]')
# Tab, line feed, form feed and carriage return are the only control characters of a text.
_BAD_IN_TEXT = re.compile(rb"[\x00-\x08\x0b\x0e-\x1f\x7f]")
_STORAGE_KEY = re.compile(r"[0-9a-f]{2}/[0-9a-f]{64}-[0-9a-f]{16}")


@dataclass(frozen=True)
class FileKind:
    """A kind of file that is taken: its content type, its extensions and the types that programs declare for it."""

    content_type: str
    extensions: tuple[str, ...]
    declared: frozenset[str]


def _kind(content_type: str, *extensions: str, also: Sequence[str] = ()) -> FileKind:
    return FileKind(content_type, extensions, frozenset({content_type, *also}))


PDF = _kind("application/pdf", ".pdf")
PNG = _kind("image/png", ".png")
JPEG = _kind("image/jpeg", ".jpg", ".jpeg", also=["image/jpg", "image/pjpeg"])
WEBP = _kind("image/webp", ".webp")
XLSX = _kind("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ".xlsx")
DOCX = _kind("application/vnd.openxmlformats-officedocument.wordprocessingml.document", ".docx")
# Windows declares CSV files as Excel's where Excel is installed.
CSV = _kind("text/csv", ".csv", also=["text/plain", "application/csv", "application/vnd.ms-excel"])
TEXT = _kind("text/plain", ".txt")

ACCEPTED = (PDF, PNG, JPEG, WEBP, XLSX, DOCX, CSV, TEXT)
_OF_HEAD = {kind.content_type: kind for kind in (PDF, PNG, JPEG, WEBP)}
# The library also answers with likely kinds (a sound file may be a WebP picture to it), so the signature must agree.
_STARTS = {
    PDF: re.compile(rb"%PDF-"),
    PNG: re.compile(rb"\x89PNG\r\n\x1a\n"),
    JPEG: re.compile(rb"\xff\xd8\xff"),
    WEBP: re.compile(rb"RIFF.{4}WEBP", re.DOTALL),
}
_MAIN_PART = {"xl/workbook.xml": XLSX, "word/document.xml": DOCX}


def is_archive(head: bytes) -> bool:
    """Whether a file begins like a ZIP archive, so that its list of parts must be read to know its kind."""
    return head.startswith(_ZIP)


def kinds_of(head: bytes, *, parts: Sequence[str] | None = None, is_text: bool = False) -> tuple[FileKind, ...]:
    """Return the kinds that a content can be; none where it is not accepted.

    `parts` are the names in an archive's directory (it is never unpacked), `is_text` whether the whole content is text.
    Only plain text has two kinds: its extension decides between CSV and TXT.
    """
    if is_archive(head):
        return _office_kinds(parts or ())
    for mime in _mime_types(head):
        kind = _OF_HEAD.get(mime)
        if kind is not None and _STARTS[kind].match(head):
            return (kind,)
    is_markup = head.lstrip(b"\xef\xbb\xbf \t\r\n\x0c").startswith(b"<")
    return (CSV, TEXT) if is_text and not is_markup else ()


def _office_kinds(parts: Sequence[str]) -> tuple[FileKind, ...]:
    names = set(parts)
    if "[Content_Types].xml" not in names or any(name.lower().endswith("vbaproject.bin") for name in names):
        return ()
    return tuple(kind for name, kind in _MAIN_PART.items() if name in names)[:1]


def _mime_types(head: bytes) -> list[str]:
    try:
        return [match.mime_type for match in puremagic.magic_string(head)]
    except (puremagic.PureError, ValueError):
        return []


def is_text_piece(piece: bytes) -> bool:
    """Whether a piece of a file holds nothing that a text does not: no control characters."""
    return _BAD_IN_TEXT.search(piece) is None


def file_problems(kinds: Sequence[FileKind], file_name: str, declared_type: str) -> list[Problem]:
    """Say why a file is refused: its content is of no accepted kind, or its name or declared type says otherwise."""
    if not kinds:
        text = N_("The content of this file is none of the accepted kinds. Give {kinds}.")
        return [Problem("FILE_TYPE_NOT_ACCEPTED", text, ("file",), {"kinds": accepted_names()})]
    problems = []
    extension = extension_of(file_name)
    allowed = [name for kind in kinds for name in kind.extensions]
    if extension not in allowed:
        text = N_("The name ends in {extension}, but the content is {kind}. Rename the file to end in {expected}.")
        params = {"extension": extension or "…", "kind": kinds[0].content_type, "expected": " / ".join(allowed)}
        problems.append(Problem("FILE_NAME_LIES", text, ("file",), params))
    declared = declared_type.partition(";")[0].strip().lower()
    if declared not in _UNSAID and not any(declared in kind.declared for kind in kinds):
        text = N_("The file was sent as {declared}, but the content is {kind}. Send it as what it is.")
        params = {"declared": declared[:LONGEST_NAME], "kind": kinds[0].content_type}
        problems.append(Problem("FILE_TYPE_LIES", text, ("file",), params))
    return problems


def kind_by_name(kinds: Sequence[FileKind], file_name: str) -> FileKind:
    """Return the kind whose extension the name has; the first where none has."""
    extension = extension_of(file_name)
    return next((kind for kind in kinds if extension in kind.extensions), kinds[0])


def accepted_names() -> str:
    """Return the accepted extensions for people: "PDF, PNG, …"."""
    return ", ".join(kind.extensions[0][1:].upper() for kind in ACCEPTED)


def extension_of(file_name: str) -> str:
    """Return the extension in lower case with its dot, empty without one."""
    return PurePosixPath(clean_name(file_name)).suffix.lower()


def clean_name(file_name: str) -> str:
    """Return a file name without folders, control and direction characters, and without what a file system forbids.

    The extension is kept when a long name is cut; nothing left becomes "evidence".
    """
    plain = unicodedata.normalize("NFC", file_name)
    plain = "".join(letter for letter in plain if unicodedata.category(letter)[0] != "C")
    plain = plain.replace("\\", "/").rsplit("/", 1)[-1]
    plain = _BAD_IN_NAMES.sub("_", plain).strip(" .")
    if not plain:
        return "evidence"
    path = PurePosixPath(plain)
    suffix = path.suffix[:16]
    return plain if len(plain) <= LONGEST_NAME else plain[: LONGEST_NAME - len(suffix)] + suffix


def size_problems(size: int, limit: int) -> list[Problem]:
    """Say why a file of `size` bytes is refused; `limit` in bytes."""
    if size == 0:
        return [Problem("FILE_EMPTY", N_("The file is empty. Choose another one."), ("file",))]
    if size > limit:
        text = N_("The file is larger than {limit} MB. Make it smaller, or give a link.")
        return [Problem("FILE_TOO_LARGE", text, ("file",), {"limit": limit // MEGABYTE})]
    return []


def archive_problems(unpacked: int, limit: int) -> list[Problem]:
    """Say why an archive that claims to unpack to `unpacked` bytes is refused; nothing here ever unpacks it."""
    if unpacked <= limit:
        return []
    text = N_("Unpacked, this file would be larger than {limit} MB. Save it again without what fills it up.")
    return [Problem("FILE_UNPACKS_TOO_LARGE", text, ("file",), {"limit": limit // MEGABYTE})]


def link_problems(url: str, title: str) -> list[Problem]:
    """Say why a link is refused: only http and https, with a host, without a user name or password."""
    problems = title_problems(title)
    if len(url) > LONGEST_URL:
        text = N_("The address has {length} characters, {limit} are allowed. Give a shorter one.")
        problems.append(Problem("URL_TOO_LONG", text, ("url",), {"length": len(url), "limit": LONGEST_URL}))
    elif not _is_web_address(url):
        text = N_("This is no web address. Give one like https://example.go.id/report, without spaces.")
        problems.append(Problem("URL_INVALID", text, ("url",)))
    elif "@" in urlsplit(url).netloc:
        text = N_("The address holds a user name or password. Remove the part before the @.")
        problems.append(Problem("URL_WITH_CREDENTIALS", text, ("url",)))
    return problems


def title_problems(title: str) -> list[Problem]:
    """Say why a title is refused."""
    if len(title) <= LONGEST_TITLE:
        return []
    text = N_("The title has {length} characters, {limit} are allowed. Shorten it.")
    return [Problem("TITLE_TOO_LONG", text, ("title",), {"length": len(title), "limit": LONGEST_TITLE})]


def _is_web_address(url: str) -> bool:
    if any(letter.isspace() or unicodedata.category(letter)[0] == "C" or letter in '<>"\\^`{|}' for letter in url):
        return False
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname)


def is_storage_key(key: str) -> bool:
    """Whether a text has the form of a key under which a file is stored, which leads nowhere else."""
    return _STORAGE_KEY.fullmatch(key) is not None
