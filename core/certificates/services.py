"""Issues certificates, revokes them, and sets them as PDF."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import segno

from core.certificates.codes import VERIFY, grouped, new_code
from core.certificates.models import Certificate
from core.context import Context
from core.documents.typesetting import as_pdf
from core.documents.words import told
from core.errors import refuse
from core.i18n import LANGUAGES, N_, long_day, translate
from core.policy import fetch
from core.work import UnitOfWork

_FOLDER = Path(__file__).parent / "templates"
_TEXTS = {
    "heading": N_("Certificate"),
    "given_to": N_("is given to"),
    "number_of": N_("Number"),
    "issued_by": N_("Issued by"),
    "on": N_("Date of issue"),
    "check": N_("Check this certificate: scan the code, or open the address and type it."),
    "qr": N_("QR code of the page that checks this certificate"),
    "revoked": N_("Revoked"),
}
Lines = Sequence[Mapping[str, str]]


def issue(
    work: UnitOfWork,
    *,
    kind: str,
    title: str,
    number: str,
    holder_name: str,
    issued_on: date,
    subject_type: str,
    subject_id: int,
    employee_id: int | None,
    lines: Lines = (),
    issuer: str = "",
) -> Certificate:
    """Issue a certificate in the caller's unit of work; whether that may be done, the caller has asked.

    `issuer` is the institution unless another one is named; `lines` are texts in both languages that stand on it.
    """
    return work.create(
        Certificate,
        code=new_code(),
        kind=kind,
        title=title,
        number=number,
        holder_name=holder_name,
        issuer=issuer or work.ctx.settings.institution_name,
        issued_on=issued_on,
        lines=[{code: line[code] for code in LANGUAGES} for line in lines],
        subject_type=subject_type,
        subject_id=subject_id,
        employee=employee_id,
    )


def revoke(work: UnitOfWork, certificate: Certificate, reason: str) -> Certificate:
    """Revoke a certificate; whoever checks it is told so from now on, but never why."""
    if certificate.revoked_at is not None:
        text = N_("This certificate was revoked already. Nothing is left to be done.")
        raise refuse("CERTIFICATE_REVOKED", text, "input", "id")
    return work.update(certificate, revoked_at=work.ctx.now, revoked_reason=reason.strip())


def verify_address(ctx: Context, code: str, host: str = "") -> str:
    """Return the address at which a certificate is checked: that of the settings, or of the `host` that was called."""
    return f"{(ctx.settings.public_address or host).rstrip('/')}{VERIFY}{code}"


def certificate_pdf(ctx: Context, certificate_id: int, language: str = "", host: str = "") -> tuple[str, bytes]:
    """Return file name and PDF of a certificate in one language (default: the caller's).

    Refused with NOT_FOUND when the caller does not see it. `host` (https://…) stands in the QR code where the settings
    name no public address.
    """
    row = fetch(Certificate, certificate_id, ctx, "input", "id")
    chosen = language if language in LANGUAGES else ctx.language
    form = {name: translate(text, chosen) for name, text in _TEXTS.items()} | _content(ctx, row, chosen, host)
    name = f"{translate(_TEXTS['heading'], chosen)} {grouped(row.code)}.pdf"
    return name, as_pdf("certificate", form, ctx.now, _FOLDER)


def _content(ctx: Context, row: Certificate, language: str, host: str) -> dict[str, Any]:
    address = verify_address(ctx, row.code, host)
    code = segno.make(address, error="m", micro=False)
    modules = [0 if module else 255 for line in code.matrix_iter(border=4) for module in line]
    return {
        "language": language,
        "title": told(row.title),
        "number": told(row.number),
        "holder": told(row.holder_name),
        "issuer": told(row.issuer),
        "issued_on": long_day(row.issued_on, language),
        "lines": [told(line[language]) for line in row.lines],
        "code": grouped(row.code),
        "address": address,
        "modules": modules,
        "width": code.symbol_size(border=4)[0],
        "is_revoked": row.revoked_at is not None,
    }
