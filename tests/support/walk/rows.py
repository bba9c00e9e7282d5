"""Who is to see which rows and fields: the table of expectations, in plain Python, row by row.

Written from the law (issue, domain.md) and not from the policy: no query, no expression, no import of a policy. Whoever
adds a model adds a line to SEES, and one to READS for each masked field; the walk fails until then.
"""

from collections.abc import Callable
from datetime import date
from typing import Any

import peewee as pw

from core.appraisal import models as appraisal
from core.approval import models as approval
from core.bin import models as bin_models
from core.exchange import models as exchange
from core.facts import models as facts_models
from core.history import models as history
from core.identity import models as identity
from core.law import models as law
from core.live import models as live
from core.operations import models as operations
from core.organisation import models as organisation
from core.overview import models as overview
from core.planning import models as planning
from core.platform import models as platform
from core.progress import models as progress
from core.runs import models as runs
from core.webhooks import models as webhooks
from core.workdays import models as workdays
from plugins.training.models import TrainingPlanItem
from tests.support.walk.attendance import SEES_OF_ATTENDANCE
from tests.support.walk.queue import READS_OF_QUEUE, SEES_OF_QUEUE
from tests.support.walk.rewards_allowance import SEES_OF_ALLOWANCE
from tests.support.walk.rewards_compliance import SEES_OF_COMPLIANCE
from tests.support.walk.rewards_discipline import READS_OF_DISCIPLINE, SEES_OF_DISCIPLINE
from tests.support.walk.rewards_innovations import SEES_OF_INNOVATIONS
from tests.support.walk.rewards_points import READS_OF_POINTS, SEES_OF_POINTS
from tests.support.walk.rewards_programmes import READS_OF_PROGRAMMES, SEES_OF_PROGRAMMES
from tests.support.walk.world import TODAY, Caller, World

_READ = {"organisation.read", "planning.read", "progress.read", "appraisal.read"}
_OFFICE = _READ | {
    "organisation.write", "planning.manage", "progress.manage", "exchange.import", "exchange.export",
    "attendance.read", "attendance.manage", "rewards.read_innovations", "rewards.read_compliance",
    "rewards.read_nominations",
}  # fmt: skip
_REWARDS_READ = {
    "rewards.read_innovations", "rewards.read_compliance", "rewards.read_nominations", "rewards.read_points",
}  # fmt: skip
_POINTS = {"rewards.read_points", "rewards.manage_points", "rewards.manage_point_rules"}
_REWARDS_MANAGE = {
    "rewards.manage_innovations", "rewards.manage_compliance", "rewards.manage_programmes", "rewards.decide_awards",
}  # fmt: skip
_QUEUE_OFFICE = ("queueing.read", "queueing.manage", "queueing.import")
PERMITS: dict[str, set[str]] = {
    "hr_officer": _OFFICE,
    "hr_admin": _OFFICE
    | {
        "appraisal.manage", "feedback.names", "history.read", "history.restore", "workdays.manage", "law.manage",
        "identity.grant", "approval.decide", *_QUEUE_OFFICE, "queueing.serve", "rewards.keep_discipline",
        *_REWARDS_MANAGE, *_POINTS, "rewards.simulate_allowance",
    },
    "auditor": _READ | _REWARDS_READ | {"feedback.names", "history.read", "exchange.export", "attendance.read",
        "queueing.read",
    },
    "system_admin": {"identity.manage", "identity.grant", "system.manage", "operations.manage", "webhooks.manage",
        "approval.decide", *_QUEUE_OFFICE,
    },
    "integrator": {"operations.manage", "webhooks.manage"},
    "rewards.discipline": {"rewards.keep_discipline", "organisation.read"},
    "queueing.counter": {"queueing.read", "queueing.serve"},
    "queueing.manager": {*_QUEUE_OFFICE, "queueing.serve"},
    "rewards.officer": {
        *_POINTS, "organisation.read", "rewards.read_nominations", "rewards.manage_programmes", "rewards.decide_awards",
    },
    "rewards.allowance": {"rewards.simulate_allowance", "exchange.export"},
    "rewards.allowance_sanctions": {"rewards.simulate_allowance", "rewards.simulate_sanctions", "exchange.export"},
    "rewards.innovation_officer": {"rewards.read_innovations", "rewards.manage_innovations"},
    "rewards.compliance_officer": {"rewards.read_compliance", "rewards.manage_compliance"},
}  # fmt: skip
"""What each role permits, said once more."""

Sees = Callable[["Facts", Caller, Any], bool]


def holds(first: date, last: date | None) -> bool:
    """Whether a period holds on the day of the walk."""
    return first <= TODAY and (last is None or last >= TODAY)


class Facts:
    """The world as plain Python: units, lines and places on the day of the walk."""

    def __init__(self, world: World) -> None:
        self.world = world
        self._rows: dict[type[pw.Model], dict[int, Any]] = {}
        self._seen: dict[tuple[str, type[pw.Model]], set[int]] = {}
        self.paths = {unit.id: unit.path for unit in organisation.WorkUnit.select()}
        self.superior = {
            line.employee_id: line.superior_id
            for line in organisation.ReportingLine.select()
            if holds(line.valid_from, line.valid_to)
        }
        self.former = {
            (line.superior_id, line.employee_id)
            for line in organisation.ReportingLine.select()
            if line.valid_to is not None and line.valid_to < TODAY
        }
        assignments = list(organisation.Assignment.select())
        self.members = {(a.unit_id, a.employee_id) for a in assignments if holds(a.valid_from, a.valid_to)}
        self.places = {
            (a.employee_id, self.paths[a.unit_id]) for a in assignments if a.valid_to is None or a.valid_to >= TODAY
        }
        self.plans = {plan.id: plan for plan in planning.PerformancePlan.select()}
        self.spans = list(planning.PlanEvaluator.select())
        self.results = {row.id: row for row in planning.WorkResult.select()}
        self.evaluations = {row.id: row for row in appraisal.Evaluation.select()}
        self.objections = list(appraisal.Objection.select())
        self.feedback = list(progress.Feedback.select())
        self.requests = list(progress.FeedbackRequest.select())
        self.accounts = {row.id: row for row in identity.Account.select()}

    def rows(self, model: type[pw.Model]) -> dict[int, Any]:
        """Return every row of a model by id."""
        if model not in self._rows:
            self._rows[model] = {row.id: row for row in self.world.all(model)}
        return self._rows[model]

    def seen(self, who: Caller, model: type[pw.Model]) -> set[int]:
        """Return the ids of the rows that the caller is to see."""
        key = (who.name, model)
        if key not in self._seen:
            self._seen[key] = {row.id for row in self.rows(model).values() if SEES[model](self, who, row)}
        return self._seen[key]

    def role(self, who: Caller, permission: str, unit: int | None) -> bool:
        """Whether a role permits it at the unit (None: everywhere)."""
        place = "" if unit is None else self.paths[unit]
        return any(permission in PERMITS[role] and place.startswith(path) for role, path in who.roles)

    def anywhere(self, who: Caller, permission: str) -> bool:
        """Whether a role permits it somewhere."""
        return any(permission in PERMITS[role] for role, _ in who.roles)

    def heads(self, who: Caller, unit: int) -> bool:
        """Whether the caller heads the unit or one above it."""
        return any(self.paths[unit].startswith(path) for path in who.heads)

    def reads(self, who: Caller, permission: str, unit: int) -> bool:
        """Whether the caller reads of the unit, by role or as its head."""
        return self.role(who, permission, unit) or self.heads(who, unit)

    def supervises(self, who: Caller, employee: int | None) -> bool:
        """Whether the caller supervises the employee today."""
        return who.employee is not None and employee is not None and self.superior.get(employee) == who.employee

    def is_me(self, who: Caller, employee: int | None) -> bool:
        """Whether the employee is the caller."""
        return who.employee is not None and who.employee == employee

    def leads(self, who: Caller, plan: Any) -> bool:
        """Whether the caller evaluates or evaluated the plan, or supervises its holder."""
        spans = any(self.is_me(who, s.evaluator_id) for s in self.spans if s.plan_id == plan.id)
        return spans or self.is_me(who, plan.evaluator_id) or self.supervises(who, plan.employee_id)


def _known(_f: Facts, who: Caller, _row: Any) -> bool:
    return who.is_known


def _knows_details(f: Facts, who: Caller, employee: int) -> bool:
    if f.is_me(who, employee) or f.supervises(who, employee) or f.role(who, "organisation.read", None):
        return True
    return any(
        path.startswith(prefix)
        for one, path in f.places
        if one == employee
        for prefix in (*who.heads, *(p for role, p in who.roles if "organisation.read" in PERMITS[role]))
    )


def _employee(f: Facts, who: Caller, row: Any) -> bool:
    is_colleague = any((unit, row.id) in f.members for unit in who.homes)
    is_superior = who.employee is not None and f.superior.get(who.employee) == row.id
    is_former = who.employee is not None and (who.employee, row.id) in f.former
    return _knows_details(f, who, row.id) or is_colleague or is_superior or is_former


def _of_employee(f: Facts, who: Caller, row: Any) -> bool:
    return _knows_details(f, who, row.employee_id)


def _delegation(f: Facts, who: Caller, row: Any) -> bool:
    return _knows_details(f, who, row.delegator_id) or _knows_details(f, who, row.delegate_id)


def _plan(f: Facts, who: Caller, row: Any) -> bool:
    return f.is_me(who, row.employee_id) or f.leads(who, row) or f.reads(who, "planning.read", row.unit_id)


def _of_plan(f: Facts, who: Caller, row: Any) -> bool:
    return _plan(f, who, f.plans[row.plan_id])


def _result(f: Facts, who: Caller, row: Any) -> bool:
    plan = f.plans[row.plan_id]
    if _plan(f, who, plan):
        return True
    if who.employee is None:
        return False
    # What one's own results support or may support: the superior's running plan, and parents of one's own.
    is_superiors = f.superior.get(who.employee) == plan.employee_id and plan.state != "ENDED"
    is_parent = any(
        r.parent_id == row.id and f.plans[r.plan_id].employee_id == who.employee for r in f.results.values()
    )
    return is_superiors or is_parent


def _indicator(f: Facts, who: Caller, row: Any) -> bool:
    return _plan(f, who, f.plans[f.results[row.work_result_id].plan_id])


def _template(f: Facts, who: Caller, _row: Any) -> bool:
    is_superior = who.employee is not None and who.employee in f.superior.values()
    by_role = f.anywhere(who, "planning.manage") or f.anywhere(who, "planning.read")
    return by_role or bool(who.heads) or is_superior


def _progress(f: Facts, who: Caller, row: Any) -> bool:
    plan = f.plans[row.plan_id]
    return f.is_me(who, plan.employee_id) or f.leads(who, plan) or f.reads(who, "progress.read", plan.unit_id)


def _evidence(f: Facts, who: Caller, row: Any) -> bool:
    return _progress(f, who, row.progress_record)


def _runs_round(f: Facts, who: Caller, unit: int) -> bool:
    return f.role(who, "progress.manage", unit) or f.role(who, "feedback.names", unit)


def _round(f: Facts, who: Caller, row: Any) -> bool:
    is_asked = any(f.is_me(who, r.giver_id) for r in f.requests if r.round_id == row.id)
    return is_asked or _runs_round(f, who, row.unit_id)


def _request(f: Facts, who: Caller, row: Any) -> bool:
    if f.is_me(who, row.giver_id):
        return True
    return not f.is_me(who, row.employee_id) and _runs_round(f, who, row.round.unit_id)


def _request_moment(f: Facts, who: Caller, row: Any) -> bool:
    return f.is_me(who, row.giver_id) or f.role(who, "feedback.names", row.round.unit_id)


def _feedback(f: Facts, who: Caller, row: Any) -> bool:
    plan = f.plans[row.plan_id]
    if f.is_me(who, row.giver_id):
        return True
    if not f.is_me(who, row.employee_id):
        return f.leads(who, plan) or f.reads(who, "progress.read", plan.unit_id)
    givers = {r.giver_id for r in f.feedback if (r.plan_id, r.relation) == (row.plan_id, row.relation)}
    return row.relation == "SUPERIOR" or len(givers) >= 3


def _feedback_name(f: Facts, who: Caller, row: Any) -> bool:
    if f.is_me(who, row.giver_id) or row.relation == "SUPERIOR":
        return True
    if f.is_me(who, row.employee_id):
        return False
    plan = f.plans[row.plan_id]
    return f.leads(who, plan) or f.role(who, "feedback.names", plan.unit_id)


def _feedback_day(f: Facts, who: Caller, row: Any) -> bool:
    return f.is_me(who, row.giver_id) or row.relation == "SUPERIOR" or not f.is_me(who, row.employee_id)


def _dialogue(f: Facts, who: Caller, row: Any) -> bool:
    plan = f.plans[row.plan_id]
    takes_part = f.is_me(who, row.leader_id) or f.is_me(who, plan.employee_id)
    return takes_part or f.leads(who, plan) or f.role(who, "progress.read", plan.unit_id)


def _performance(f: Facts, who: Caller, row: Any) -> bool:
    is_near = row.unit_id in who.homes or f.is_me(who, row.set_by_id)
    return is_near or f.reads(who, "appraisal.read", row.unit_id)


def _evaluation(f: Facts, who: Caller, row: Any) -> bool:
    if f.is_me(who, row.employee_id):
        return row.state in {"FINAL", "ACKNOWLEDGED", "OBJECTED", "DECIDED"}
    answers = any(
        f.is_me(who, s.evaluator_id) for s in f.spans if s.plan_id == row.plan_id and holds(s.valid_from, s.valid_to)
    )
    decides = any(f.is_me(who, o.decider_id) for o in f.objections if o.evaluation_id == row.id)
    above = f.supervises(who, row.employee_id) or f.supervises(who, row.evaluator_id)
    evaluates = answers or f.is_me(who, row.evaluator_id)
    return evaluates or decides or above or f.reads(who, "appraisal.read", row.unit_id)


def _objection(f: Facts, who: Caller, row: Any) -> bool:
    evaluation = f.evaluations[row.evaluation_id]
    is_party = any(f.is_me(who, one) for one in (row.employee_id, row.decider_id, evaluation.evaluator_id))
    return is_party or f.reads(who, "appraisal.read", evaluation.unit_id)


def _credit(f: Facts, who: Caller, row: Any) -> bool:
    return _evaluation(f, who, f.evaluations[row.evaluation_id])


def _calibration(f: Facts, who: Caller, row: Any) -> bool:
    return f.heads(who, row.unit_id) or f.role(who, "appraisal.manage", row.unit_id)


def _shift(f: Facts, who: Caller, row: Any) -> bool:
    return _calibration(f, who, row.session) and _evaluation(f, who, f.evaluations[row.evaluation_id])


def _manages(f: Facts, who: Caller, account: Any, *permissions: str) -> bool:
    if any(f.role(who, permission, None) for permission in permissions):
        return True
    places = [path for one, path in f.places if one == account.employee_id]
    return any(
        path.startswith(prefix) for path in places for role, prefix in who.roles if PERMITS[role] & set(permissions)
    )


def _account(f: Facts, who: Caller, row: Any) -> bool:
    return who.account == row.id or _manages(f, who, row, "identity.manage", "identity.grant")


def _grant(f: Facts, who: Caller, row: Any) -> bool:
    is_over = f.role(who, "identity.manage", row.unit_id) or f.role(who, "identity.grant", row.unit_id)
    return who.account is not None and (who.account == row.account_id or is_over)


def _of_account(f: Facts, who: Caller, row: Any) -> bool:
    return _account_managed(f, who, f.accounts[row.account_id])


def _account_managed(f: Facts, who: Caller, account: Any) -> bool:
    return who.account == account.id or _manages(f, who, account, "identity.manage")


def _import(f: Facts, who: Caller, row: Any) -> bool:
    is_own = who.account is not None and who.account == row.account_id
    return is_own or f.role(who, "exchange.import", None)


def _system(f: Facts, who: Caller, _row: Any) -> bool:
    return f.role(who, "system.manage", None)


def _own_key(_f: Facts, who: Caller, row: Any) -> bool:
    return who.account is not None and who.account == row.account_id


def _webhook(f: Facts, who: Caller, row: Any) -> bool:
    return (who.account is not None and who.account == row.account_id) or _system(f, who, row)


def _order(f: Facts, who: Caller, row: Any) -> bool:
    return (who.account is not None and who.account == row.account_id) or _system(f, who, row)


def _delivery(f: Facts, who: Caller, row: Any) -> bool:
    return _webhook(f, who, row.webhook)


def _reminder(f: Facts, who: Caller, row: Any) -> bool:
    is_own = who.account is not None and who.account == row.account_id
    return is_own or f.is_me(who, row.employee_id) or f.reads(who, "planning.read", row.unit_id)


def _holds_at(who: Caller, path: str, *permissions: str) -> bool:
    return any(set(permissions) <= PERMITS[role] and path.startswith(prefix) for role, prefix in who.roles)


def _bin(f: Facts, who: Caller, row: Any) -> bool:
    return _own_key(f, who, row) or _holds_at(who, row.unit_path, "history.read")


def _bulk(f: Facts, who: Caller, row: Any) -> bool:
    return _own_key(f, who, row) or f.role(who, "history.read", None)


def _bulk_item(f: Facts, who: Caller, row: Any) -> bool:
    return _bulk(f, who, row.run)


def _request_to_change(f: Facts, who: Caller, row: Any) -> bool:
    seen_with = {"Employee": ("organisation.read",), "Account": ("identity.grant",), "Holiday": ()}[row.model]
    return _own_key(f, who, row) or _holds_at(who, row.unit_path, "approval.decide", *seen_with)


HISTORY: dict[str, set[str]] = {
    # Everything but what only its own people see: who gave feedback about whom is known to the auditor.
    "auditor": {
        "employee.officer", "employee.other", "plan.officer", "plan.other", "feedback.officer.clerk",
        "feedback.other.officer", "evaluation.other", "evaluation.officer", "objection.officer", "account.officer",
        "grant.hr_officer.hr_officer", "holiday", "token.chief", "request.other.officer", "gone.holiday", "gone.result",
    },
    "hr_admin": {
        "employee.officer", "employee.other", "plan.officer", "plan.other", "feedback.officer.clerk",
        "feedback.other.officer", "evaluation.other", "evaluation.officer", "objection.officer", "account.officer",
        "grant.hr_officer.hr_officer", "holiday", "token.chief", "request.other.officer", "gone.holiday", "gone.result",
        "shift.archive",
    },
    # About himself: neither the draft of his evaluation nor who said what about him.
    "other": {
        "employee.officer", "employee.other", "plan.officer", "plan.other", "feedback.officer.clerk",
        "evaluation.officer", "objection.officer", "account.officer", "grant.hr_officer.hr_officer", "holiday",
        "token.chief", "gone.holiday", "gone.result",
    },
    # Of the archive and what everybody sees.
    "hr_admin_archive": {
        "employee.other", "plan.other", "feedback.other.officer", "evaluation.other", "holiday",
        "request.other.officer", "shift.archive", "gone.holiday",
    },
}  # fmt: skip
"""Histories seen, by caller: labels of rows; nobody else sees any."""


def _history(f: Facts, who: Caller, row: Any) -> bool:
    rows = f.world.rows
    labels = HISTORY.get(who.name, set())
    for label in labels:
        if label.startswith("gone."):
            kind = {"gone.holiday": "Holiday", "gone.result": "WorkResult"}[label]
            if row.action == "delete" and row.subject_type == kind:
                return True
        elif (type(rows[label]).__name__, rows[label].id, "create") == (row.subject_type, row.subject_id, row.action):
            return True
    return False


def _with_employee(f: Facts, who: Caller, row: Any) -> bool:
    return _employee(f, who, row.employee)


SEES: dict[type[pw.Model], Sees] = {
    organisation.WorkUnit: _known,
    organisation.WorkUnitRevision: _known,
    organisation.Grade: _known,
    organisation.PositionKind: _known,
    organisation.Position: _known,
    organisation.Employee: _employee,
    organisation.EmployeeIdentifier: _of_employee,
    organisation.Assignment: _of_employee,
    organisation.ReportingLine: _of_employee,
    organisation.Delegation: _delegation,
    workdays.Holiday: _known,
    law.RuleVersion: _known,
    planning.EvaluationPeriod: _known,
    planning.EvaluationWindow: _known,
    planning.PerformancePlan: _plan,
    planning.PlanEvaluator: _of_plan,
    planning.PlanVersion: _of_plan,
    planning.BehaviorExpectation: _of_plan,
    planning.WorkResult: _result,
    planning.Indicator: _indicator,
    planning.PlanTemplate: _template,
    progress.ProgressRecord: _progress,
    progress.Evidence: _evidence,
    facts_models.FactBinding: _of_plan,
    facts_models.FactMeasurement: _of_plan,
    progress.FeedbackRound: _round,
    progress.FeedbackRequest: _request,
    progress.Feedback: _feedback,
    progress.PerformanceDialogue: _dialogue,
    appraisal.OrganizationPerformance: _performance,
    appraisal.Evaluation: _evaluation,
    appraisal.Objection: _objection,
    appraisal.CreditPoints: _credit,
    appraisal.CalibrationSession: _calibration,
    appraisal.CalibrationShift: _shift,
    identity.Account: _account,
    identity.RoleGrant: _grant,
    identity.LoginSession: _of_account,
    identity.ApiToken: _of_account,
    identity.SecondFactor: _of_account,
    identity.RecoveryCode: _of_account,
    history.HistoryRecord: _history,
    exchange.ImportRun: _import,
    exchange.ImportTask: _own_key,
    exchange.ImportMapping: _own_key,
    platform.PluginState: _system,
    platform.JobRun: _system,
    platform.OutboxEvent: _system,
    platform.IdempotencyKey: _own_key,
    operations.RegisteredOperation: _known,
    webhooks.Webhook: _webhook,
    webhooks.WebhookDelivery: _delivery,
    live.LiveEvent: _system,
    overview.Reminder: _reminder,
    overview.ReminderOrder: _order,
    bin_models.BinEntry: _bin,
    runs.BulkRun: _bulk,
    runs.BulkRunItem: _bulk_item,
    approval.ChangeRequest: _request_to_change,
    **SEES_OF_ATTENDANCE,
    **SEES_OF_QUEUE,
    **SEES_OF_INNOVATIONS,
    **SEES_OF_COMPLIANCE,
    **SEES_OF_POINTS,
    **SEES_OF_ALLOWANCE,
    **SEES_OF_DISCIPLINE,
    **SEES_OF_PROGRAMMES,
    TrainingPlanItem: _with_employee,
}
"""Who sees a row."""


def _never(_f: Facts, _who: Caller, _row: Any) -> bool:
    return False


def _details(f: Facts, who: Caller, row: Any) -> bool:
    return _knows_details(f, who, row.id)


READS: dict[tuple[type[pw.Model], str], Sees] = {
    **{(organisation.Employee, name): _details for name in ("nip", "birth_date", "phone", "email")},
    **{(progress.Feedback, name): _feedback_name for name in ("giver", "request")},
    **{(progress.Feedback, name): _feedback_day for name in ("given_on", "created_at", "updated_at")},
    **{(progress.FeedbackRequest, name): _request_moment for name in ("answered_at", "updated_at")},
    (identity.Account, "password_hash"): _never,
    (identity.LoginSession, "refresh_hash"): _never,
    (identity.ApiToken, "token_hash"): _never,
    (identity.SecondFactor, "sealed_secret"): _never,
    (identity.RecoveryCode, "code_hash"): _never,
    (platform.OutboxEvent, "payload"): _never,
    (webhooks.Webhook, "secret_salt"): _never,
    (webhooks.WebhookDelivery, "payload"): _never,
    (live.LiveEvent, "payload"): _never,
    **READS_OF_QUEUE,
    **READS_OF_POINTS,
    **READS_OF_DISCIPLINE,
    **READS_OF_PROGRAMMES,
}
"""Who reads a masked field of a row that he sees."""


def visible_ids(facts: Facts, who: Caller, model: type[pw.Model]) -> set[int]:
    """Return the ids of the rows that the caller is to see."""
    return facts.seen(who, model)
