"""Certificates in GraphQL: what stands on them, where they are checked, and where their PDF is."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated, Any

import strawberry

from core.certificates import models
from core.certificates.codes import VERIFY
from core.context import Context
from schema.engine import (
    Connection,
    Node,
    SchemaParts,
    TypeExtension,
    batch,
    column,
    entity,
    pages,
    relation,
    root_pages,
)
from schema.scalars import JSON

if TYPE_CHECKING:
    from schema.organisation import Employee

_Employee = Annotated["Employee", strawberry.lazy("schema.organisation")]


def _verify_paths(_ctx: Context, rows: Sequence[Any]) -> list[str]:
    return [f"{VERIFY}{row.code}" for row in rows]


def _pdf_paths(_ctx: Context, rows: Sequence[Any]) -> list[str]:
    return [f"/files/certificates/{row.id}" for row in rows]


@entity(models.Certificate, order=("-issued_on", "-id"))
class Certificate(Node):
    """A certificate that anybody can check by its code (sertifikat); never changed, only revoked."""

    employee: _Employee | None = relation(models.Certificate.employee, "The holder.")
    kind: str = column(models.Certificate.kind, "What it is about, such as rewards.award.")
    title: str = column(models.Certificate.title, "Its title.")
    number: str = column(models.Certificate.number, "Its number; empty without one.")
    holder_name: str = column(models.Certificate.holder_name, "The holder's name as it stands on it.")
    issuer: str = column(models.Certificate.issuer, "Who issued it.")
    issued_on: date = column(models.Certificate.issued_on, "When it was issued.")
    lines: JSON = column(
        models.Certificate.lines, "Texts that stand on it, in both languages.", filterable=False, orderable=False
    )
    code: str = column(models.Certificate.code, "The code by which it is checked.", filterable=False, orderable=False)
    revoked_at: datetime | None = column(models.Certificate.revoked_at, "When it was revoked; null while it holds.")
    verify_path: str = batch(_verify_paths, "Path of the public page that checks it.", needs=[models.Certificate.code])
    pdf_path: str = batch(_pdf_paths, "Path of its PDF, `?language=id` or `en`; takes the same access token.")
    version: int = column(models.Certificate.version, "Version of the row.")


class EmployeeCertificates:
    """What this area adds to an employee."""

    certificates: Connection[Certificate] = pages(models.Certificate.employee, "Certificates that the employee holds.")


class Query:
    """Reading certificates."""

    certificates: Connection[Certificate] = root_pages("Certificates that the caller may see (sertifikat).")


PARTS = SchemaParts(query=Query, types=[Certificate], extensions=[TypeExtension("Employee", EmployeeCertificates)])
