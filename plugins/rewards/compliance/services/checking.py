"""The daily check: what is owed is noted, what was done is settled, people are reminded, superiors are told.

Whatever it does is decided by what is stored, part by part, each part in a transaction of its own. Stopped in the
middle and started again it goes on, and nothing goes out twice. It opens no case and takes no points.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from core.attendance.reading import leaves
from core.organisation.models import Employee, ReportingLine, WorkUnit
from core.organisation.scope import holds_on
from core.organisation.services.changing import rows_of
from core.planning.models import EvaluationPeriod
from core.planning.terms import PeriodState
from core.plugin_api import Context, UnitOfWork, unit_of_work
from core.workdays.services import load_holidays
from plugins.rewards.compliance import events
from plugins.rewards.compliance.candidates import Candidate, candidates, met_days, spans_of
from plugins.rewards.compliance.models import ComplianceExemption, ComplianceNotice, ComplianceRule, Obligation
from plugins.rewards.compliance.rules.days import Span, Timing, days_of, next_reminder_on, note_on
from plugins.rewards.compliance.rules.standing import Debtor, Standing, standing
from plugins.rewards.compliance.terms import ComplianceDuty, ExemptReason, NoticeKind, ObligationState

_AT_ONCE = 500
"""Rows of one transaction."""

_LOOKS_ON = timedelta(days=200)
"""How far beyond a period days off are looked for: what is put off by leave is due there."""

_LOOKS_BACK = timedelta(days=92)
"""How long after its end everybody is looked at again for a span of which nothing is open."""

_UNDECIDED = (ObligationState.OPEN, ObligationState.EXEMPT)


@dataclass
class Checked:
    """How many obligations are new, settled or changed, and how many notices went out."""

    noted: int = 0
    changed: int = 0
    reminders: int = 0
    notes: int = 0


@dataclass(frozen=True)
class _People:
    """What is known of everybody in a period: statuses, leave and exemptions, by employee."""

    holidays: frozenset[date]
    first: date
    last: date
    status: Mapping[int, tuple[str, str]]
    leave: Mapping[int, Sequence[tuple[str, date, date]]]
    granted: Mapping[int, Sequence[tuple[ComplianceDuty | None, date, date]]]

    def debtor(self, employee_id: int, rule: ComplianceRule) -> Debtor:
        """Return what is known of an employee by the words of a rule."""
        away = [(first, last) for kind, first, last in self.leave.get(employee_id, ()) if kind in rule.exempt_leave]
        off = self.holidays | days_of(away, self.first, self.last) if away else self.holidays
        granted = [
            (first, last) for duty, first, last in self.granted.get(employee_id, ()) if duty in {None, rule.duty}
        ]
        has_exempt_status = bool(set(self.status.get(employee_id, ())) & set(rule.exempt))
        return Debtor(has_exempt_status, off, granted)


@dataclass
class _Rules:
    """The rules of a duty on a day by the unit: the nearest unit with one counts."""

    rules: Sequence[tuple[str, ComplianceRule]]
    paths: Mapping[int, str]
    _found: dict[int, ComplianceRule | None] = field(default_factory=dict)

    def of_unit(self, unit_id: int) -> ComplianceRule | None:
        """Return the rule that holds in a unit, None where nothing is owed."""
        if unit_id not in self._found:
            path = self.paths.get(unit_id, "")
            self._found[unit_id] = next((rule for start, rule in self.rules if path.startswith(start)), None)
        return self._found[unit_id]


def check_compliance(ctx: Context) -> Checked:
    """Note what is owed in open periods, settle what was done, and send what is due today."""
    done = Checked()
    rules = list(ComplianceRule.select(ComplianceRule, WorkUnit).join(WorkUnit))
    if not rules:
        return done
    paths = dict(rows_of(WorkUnit.select(WorkUnit.id, WorkUnit.path)))
    for period in EvaluationPeriod.select().where(EvaluationPeriod.state == PeriodState.OPEN):
        people = _people(period)
        for duty in ComplianceDuty:
            for span in spans_of(duty, period, ctx.today):
                in_force = _in_force(rules, duty, span.last, paths)
                if in_force.rules and not _is_settled(ctx, period, duty, span):
                    _check_span(ctx, done, period, duty, span, in_force, people)
    _send(ctx, done)
    return done


def _is_settled(ctx: Context, period: EvaluationPeriod, duty: ComplianceDuty, span: Span) -> bool:
    """Whether a span is long over, was noted, and nothing of it is open: then nobody need look at everybody again."""
    if span.last >= ctx.today - _LOOKS_BACK:
        return False
    mine = (Obligation.period == period.id) & (Obligation.duty == duty) & (Obligation.number == span.number)
    noted = Obligation.select().where(mine)
    return noted.exists() and not noted.where(Obligation.state == ObligationState.OPEN).exists()


def _in_force(rules: Sequence[ComplianceRule], duty: ComplianceDuty, day: date, paths: Mapping[int, str]) -> _Rules:
    holding = [
        (rule.unit.path, rule)
        for rule in rules
        if rule.duty is duty and rule.valid_from <= day and (rule.valid_to is None or rule.valid_to >= day)
    ]
    return _Rules(sorted(holding, key=lambda one: -len(one[0])), paths)


def _people(period: EvaluationPeriod) -> _People:
    first, last = period.starts_on, max(period.ends_on, period.evaluation_deadline) + _LOOKS_ON
    away: dict[int, list[tuple[str, date, date]]] = defaultdict(list)
    for row in leaves(None, first, last):
        away[row.employee_id].append((row.kind.value, row.first_day, row.last_day))
    granted: dict[int, list[tuple[ComplianceDuty | None, date, date]]] = defaultdict(list)
    for one in ComplianceExemption.select().where(ComplianceExemption.withdrawn_on.is_null()):
        granted[one.employee_id].append((one.duty, one.first_day, one.last_day))
    statuses = rows_of(Employee.select(Employee.id, Employee.status, Employee.state))
    return _People(
        load_holidays(first, last),
        first,
        last,
        {key: (status.value, state.value) for key, status, state in statuses},
        away,
        granted,
    )


def _check_span(
    ctx: Context,
    done: Checked,
    period: EvaluationPeriod,
    duty: ComplianceDuty,
    span: Span,
    rules: _Rules,
    people: _People,
) -> None:
    owed = {one.about_id: one for one in candidates(ctx, duty, period, span) if rules.of_unit(one.unit_id) is not None}
    met = met_days(ctx, duty, period, span)
    mine = (Obligation.period == period.id) & (Obligation.duty == duty) & (Obligation.number == span.number)
    known = {about_id for (about_id,) in rows_of(Obligation.select(Obligation.about).where(mine))}
    undecided = (
        Obligation.select(Obligation, ComplianceRule)
        .join(ComplianceRule)
        .where(mine & Obligation.state.in_(_UNDECIDED))
    )

    def found(one: Candidate, rule: ComplianceRule) -> Standing:
        debtor = people.debtor(one.employee_id, rule)
        return standing(span, rule.due_working_days, debtor, met.get(one.about_id))

    new: list[dict[str, Any]] = []
    for about_id in sorted(owed.keys() - known):
        one = owed[about_id]
        rule = rules.of_unit(one.unit_id)
        if rule is not None:
            new.append(_values(one, period, span, rule, found(one, rule), met.get(about_id)))
    changes: list[tuple[Obligation, dict[str, Any]]] = []
    for row in undecided.order_by(Obligation.about):
        about_id = row.about_id
        given = owed.get(about_id)
        if given is not None:
            # By the version under which it was noted, also where another one holds by now.
            values = _values(given, period, span, row.rule, found(given, row.rule), met.get(about_id))
        else:
            values = {"state": ObligationState.EXEMPT, "exempt_by": ExemptReason.NO_LONGER_OWED}
        changes.append((row, values))
    _write(ctx, done, new, changes)


def _values(
    one: Candidate,
    period: EvaluationPeriod,
    span: Span,
    rule: ComplianceRule,
    how: Standing,
    met_on: date | None,
) -> dict[str, Any]:
    return {
        "employee": one.employee_id,
        "about": one.about_id,
        "unit": one.unit_id,
        "rule": rule.id,
        "period": period.id,
        "plan": one.plan_id,
        "duty": rule.duty,
        "number": span.number,
        "first_day": span.first,
        "last_day": span.last,
        "due_on": how.due_on,
        "state": how.state,
        "met_on": met_on,
        "exempt_by": how.exempt_by,
    }


def _write(
    ctx: Context,
    done: Checked,
    new: Sequence[dict[str, Any]],
    changes: Sequence[tuple[Obligation, dict[str, Any]]],
) -> None:
    for start in range(0, len(new), _AT_ONCE):
        with unit_of_work(ctx) as work:
            done.noted += len(work.create_many(Obligation, new[start : start + _AT_ONCE]))
    for start in range(0, len(changes), _AT_ONCE):
        with unit_of_work(ctx) as work:
            for row, values in changes[start : start + _AT_ONCE]:
                version = row.version
                work.update(row, None, **values)
                done.changed += row.version != version


def _send(ctx: Context, done: Checked) -> None:
    """Send the notices that are due today, some hundred obligations at a time."""
    last = 0
    while True:
        rows = list(
            Obligation.select(Obligation, ComplianceRule)
            .join(ComplianceRule)
            .where((Obligation.state == ObligationState.OPEN) & (Obligation.id > last))
            .order_by(Obligation.id)
            .limit(_AT_ONCE)
        )
        if not rows:
            return
        last = rows[-1].id
        with unit_of_work(ctx) as work:
            _send_part(ctx, work, done, rows)


def _send_part(ctx: Context, work: UnitOfWork, done: Checked, rows: Sequence[Obligation]) -> None:
    first, last = min(row.due_on for row in rows), max(row.due_on for row in rows)
    holidays = load_holidays(first - _LOOKS_ON, max(last, ctx.today) + _LOOKS_ON)
    sent: dict[tuple[int, NoticeKind], list[date]] = defaultdict(list)
    notices = ComplianceNotice.select().where(ComplianceNotice.obligation.in_([row.id for row in rows]))
    for one in notices:
        sent[one.obligation_id, one.kind].append(one.sent_on)
    superiors = _superiors([row.employee_id for row in rows], ctx.today)
    due: list[dict[str, Any]] = []
    for row in rows:
        timing = _timing(row.rule)
        reminded = sent[row.id, NoticeKind.REMINDER]
        day = next_reminder_on(timing, row.due_on, reminded, holidays)
        if day is not None and day <= ctx.today and ctx.today not in reminded:
            due.append(_notice(ctx, row, NoticeKind.REMINDER, len(reminded) + 1, row.employee_id))
            done.reminders += 1
        superior = superiors.get(row.employee_id)
        told = sent[row.id, NoticeKind.NOTE]
        if superior is not None and not told and note_on(timing, row.due_on, holidays) <= ctx.today:
            due.append(_notice(ctx, row, NoticeKind.NOTE, 1, superior))
            done.notes += 1
    by_id = {row.id: row for row in rows}
    for made in work.create_many(ComplianceNotice, due):
        row = by_id[made.obligation_id]
        work.emit(
            events.REMINDED if made.kind is NoticeKind.REMINDER else events.NOTED,
            {
                "notice_id": made.id,
                "obligation_id": row.id,
                "employee_id": made.employee_id,
                "about_id": row.about_id,
                "duty": row.duty,
                "due_on": row.due_on,
            },
        )


def _timing(rule: ComplianceRule) -> Timing:
    return Timing(
        rule.due_working_days,
        rule.remind_working_days,
        rule.repeat_working_days,
        rule.most_reminders,
        rule.note_working_days,
    )


def _notice(ctx: Context, row: Obligation, kind: NoticeKind, number: int, employee_id: int) -> dict[str, Any]:
    return {
        "obligation": row.id,
        "kind": kind,
        "number": number,
        "employee": employee_id,
        "rule": row.rule_id,
        "rule_revision": row.rule.revision,
        "due_on": row.due_on,
        "sent_on": ctx.today,
        "sent_at": ctx.now,
    }


def _superiors(employee_ids: Sequence[int], day: date) -> dict[int, int]:
    """Return by employee who supervises it today; people without a superior are out."""
    rows: Any = ReportingLine.select(ReportingLine.employee, ReportingLine.superior).where(
        ReportingLine.employee.in_(sorted(set(employee_ids)))
        & ReportingLine.superior.is_null(False)
        & holds_on(ReportingLine, day)
    )
    return dict(rows_of(rows))
