"""Back office: whether the installation is sound."""

from typing import Any

from flask import flash, request
from flask_admin import expose

from admin import access
from admin.system.page import SystemPage
from core.health import examine_running
from core.history.upkeep import VERIFY
from core.i18n import N_, translate
from core.platform.services import latest_runs
from core.platform.terms import RunOutcome
from core.registry import active_registry
from core.system_facts import system_facts


class HealthPage(SystemPage):
    """Questions of the doctor with their remedies, and the figures of the machine."""

    def __init__(self) -> None:
        """Stand at /admin/system/health/."""
        super().__init__(N_("Health"), "health")

    @expose("/", methods=("GET", "POST"))
    def index(self) -> Any:
        """Ask what is answered at once; a POST also reads the file of the database and the latest history."""
        is_thorough = request.method == "POST" and access.has_form_token()
        if request.method == "POST" and not is_thorough:
            flash(translate(access.FORM_TOO_OLD), "bad")
        ctx = access.context()
        findings = examine_running(active_registry(), ctx, thoroughly=is_thorough)
        verified = [run for run in latest_runs(ctx).get(VERIFY, ()) if run.outcome is not RunOutcome.RUNNING]
        page = self.page(
            "health",
            findings=findings,
            faulty=sum(bool(finding.problems) for finding in findings),
            is_thorough=is_thorough,
            facts=system_facts(ctx.settings),
            verified=verified[0] if verified else None,
        )
        return page, 403 if request.method == "POST" and not is_thorough else 200
