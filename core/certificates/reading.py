"""What anybody is told about a certificate whose code they know: what stands on it, and whether it still holds."""

from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from core.certificates.codes import grouped, read_code
from core.certificates.models import Certificate
from core.settings import Settings


@dataclass(frozen=True)
class CheckedCertificate:
    """What stands on a certificate; `revoked_on` is the day since which it does not hold, None while it does."""

    code: str
    title: str
    number: str
    holder_name: str
    issuer: str
    issued_on: date
    lines: tuple[dict[str, str], ...]
    revoked_on: date | None


def check_certificate(settings: Settings, text: str) -> CheckedCertificate | None:
    """Return the certificate with the code that was typed; None where there is none."""
    code = read_code(text)
    row: Certificate | None = Certificate.get_or_none(Certificate.code == code) if code else None
    if row is None:
        return None
    revoked = row.revoked_at
    return CheckedCertificate(
        code=grouped(row.code),
        title=row.title,
        number=row.number,
        holder_name=row.holder_name,
        issuer=row.issuer,
        issued_on=row.issued_on,
        lines=tuple(row.lines),
        revoked_on=revoked.astimezone(ZoneInfo(settings.time_zone)).date() if revoked else None,
    )
