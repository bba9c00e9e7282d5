"""Back office: certificates that were issued."""

from admin.columns import STAMPS
from admin.readable import listed
from admin.views import ScopedView, Shown
from core.certificates.codes import grouped
from core.certificates.models import Certificate
from core.organisation.models import Employee
from core.plugin_api import N_, AdminView


class CertificateView(ScopedView):
    """Certificates with the codes by which they are checked; a row's page gives them as PDF."""

    group = N_("Performance")
    order = ("issued_on", True)
    columns = (
        Shown("title", N_("Title"), is_searched=True),
        Shown("holder_name", N_("Holder"), is_searched=True),
        Shown("number", N_("Number"), is_searched=True),
        Shown("issued_on", N_("Date of issue")),
        Shown("revoked_at", N_("Revoked at")),
        Shown("employee", N_("Employee"), label=Employee.name, is_listed=False),
        Shown("issuer", N_("Issued by"), is_listed=False),
        Shown("code", N_("Code"), is_listed=False, write=grouped),
        Shown("kind", N_("What it is about"), is_listed=False),
        Shown("revoked_reason", N_("Reason for revoking"), is_listed=False),
        Shown("lines", N_("Lines"), is_listed=False, write=listed),
        *STAMPS,
    )


VIEWS = [AdminView("certificate", lambda: CertificateView(Certificate, N_("Certificates"), "certificate"))]
