"""The small city with rows of every type, and everybody who may call.

Beside the people of the city: a trainee in a sub-unit without head, supervised by a deputy by delegation; `other`
worked under `chief` until last year; several rows have nobody where a person is optional, so that a caller without an
employee must not match them.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import peewee as pw

from core.actor import Actor
from core.appraisal.models import (
    CalibrationSession,
    CalibrationShift,
    CreditPoints,
    Evaluation,
    Objection,
    OrganizationPerformance,
)
from core.appraisal.terms import EvaluationKind, EvaluationState, OrganizationRating, Predicate, Rating
from core.approval.models import ChangeRequest
from core.bin.models import BinEntry
from core.context import Context
from core.exchange.models import ImportMapping, ImportRun, ImportTask
from core.exchange.terms import ImportMode, ImportState
from core.facts.models import FactBinding, FactMeasurement
from core.facts.terms import FactSubject
from core.identity.actors import actor_for_account
from core.identity.models import Account, ApiToken, LoginSession, RecoveryCode, RoleGrant, SecondFactor
from core.live.models import LiveEvent
from core.operations.models import RegisteredOperation
from core.organisation.models import (
    Assignment,
    Delegation,
    EmployeeIdentifier,
    Position,
    ReportingLine,
    WorkUnit,
)
from core.organisation.terms import SupervisionBasis
from core.overview.models import Reminder, ReminderOrder
from core.overview.terms import DutyKind
from core.planning.content import PlanContent, WorkResultContent, as_json
from core.planning.models import (
    BehaviorExpectation,
    EvaluationPeriod,
    EvaluationWindow,
    Indicator,
    PerformancePlan,
    PlanEvaluator,
    PlanTemplate,
    PlanVersion,
    WorkResult,
)
from core.planning.terms import (
    BehaviorValue,
    Frequency,
    PeriodState,
    PlanApproach,
    PlanState,
    WorkResultKind,
)
from core.platform.models import IdempotencyKey, JobRun, OutboxEvent, PluginState
from core.progress.models import (
    Evidence,
    Feedback,
    FeedbackRequest,
    FeedbackRound,
    PerformanceDialogue,
    ProgressRecord,
)
from core.progress.terms import EvidenceKind, FeedbackTone, GiverRelation
from core.runs.models import BulkRun, BulkRunItem
from core.settings import Settings
from core.webhooks.models import Webhook, WebhookDelivery
from core.webhooks.terms import DeliveryState
from core.work import unit_of_work
from core.workdays.models import Holiday
from core.workdays.terms import HolidayKind
from plugins.rewards.models import Award, AwardKind
from plugins.training.models import TrainingPlanItem
from tests.support.calls import NOON, system_context
from tests.support.city import START, City, build_city, person, post, report, unit
from tests.support.walk.attendance import add_attendance
from tests.support.walk.queue import add_queue
from tests.support.walk.rewards_allowance import add_allowance
from tests.support.walk.rewards_compliance import add_compliance
from tests.support.walk.rewards_discipline import add_discipline
from tests.support.walk.rewards_innovations import add_innovations
from tests.support.walk.rewards_points import add_points
from tests.support.walk.rewards_programmes import add_programmes

TODAY = NOON.date()
YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)
LAST_YEAR = date(2025, 1, 1)
_TEMPLATE = PlanContent(work_results=(WorkResultContent(statement="Arsip tertata"),), expectations={})

EMPLOYEES = ("secretary", "head", "chief", "officer", "clerk", "trainee", "other_chief", "other", "deputy")


@dataclass(frozen=True)
class Caller:
    """Somebody who calls, as the expectations know him: facts only, nothing of the policy."""

    name: str
    account: int | None = None
    employee: int | None = None
    roles: tuple[tuple[str, str], ...] = ()
    heads: tuple[str, ...] = ()
    homes: tuple[int, ...] = ()
    may_write: bool = True

    @property
    def is_known(self) -> bool:
        """Whether the caller has said who it is."""
        return self.account is not None


@dataclass
class World:
    """The city, its rows by label, all callers by name, and every row by model for the expectations."""

    city: City
    settings: Settings
    rows: dict[str, Any] = field(default_factory=dict)
    callers: dict[str, Caller] = field(default_factory=dict)
    actors: dict[str, Callable[[], Actor]] = field(default_factory=dict)

    def context(self, name: str) -> Context:
        """Return a call by that caller, at noon of the walk's day, in English."""
        return Context(actor=self.actors[name](), settings=self.settings, now=NOON, language="en")

    def all(self, model: type[pw.Model]) -> list[Any]:
        """Return every row of a model, whoever may see it."""
        return list(model.select().order_by(model.id))


def build_world(settings: Settings) -> World:
    """Make the world in an empty database."""
    city = build_city()
    world = World(city, settings)
    rows = world.rows
    for name in EMPLOYEES[:5] + EMPLOYEES[6:8]:
        rows[f"employee.{name}"] = getattr(city, name)
    for name in ("root", "agency", "registry", "archive"):
        rows[f"unit.{name}"] = getattr(city, name)
    _people(world)
    _plans(world)
    _progress(world)
    _appraisal(world)
    _callers(world)
    _house(world)
    _reminders(world)
    _deeds(world)
    _plugins(world)
    _history(world)
    return world


def _people(world: World) -> None:
    city, rows = world.city, world.rows
    rows["unit.counter"] = unit("13", "Loket", city.registry)
    rows["unit.empty"] = unit("14", "Kosong", city.registry)
    rows["employee.trainee"] = person("199801012022031007", "Wayan Adi")
    rows["employee.deputy"] = person("197001012000031008", "Nyoman Rai")
    city.positions["trainee"] = post(
        rows["employee.trainee"], rows["unit.counter"], "Analis", "PELAKSANA", is_head=False
    )
    city.positions["deputy"] = post(rows["employee.deputy"], city.root, "Asisten", "ADMINISTRATOR", is_head=False)
    report(rows["employee.deputy"], city.secretary)
    rows["position.vacant"] = Position.create(
        code="11-vacant", title="Kosong", kind=city.positions["clerk"].kind, unit=city.registry, valid_from=START
    )
    rows["position.spare"] = Position.create(
        code="11-spare", title="Cadangan", kind=city.positions["clerk"].kind, unit=city.registry, valid_from=START
    )
    for name in EMPLOYEES:
        rows[f"assignment.{name}"] = Assignment.get(Assignment.employee == rows[f"employee.{name}"])
        rows[f"position.{name}"] = city.positions[name]
    rows["delegation.active"] = Delegation.create(
        delegator=city.chief, delegate=rows["employee.deputy"], unit=rows["unit.counter"], valid_from=START
    )
    rows["delegation.chief"] = Delegation.create(
        delegator=city.chief, delegate=city.officer, valid_from=date(2026, 9, 1), valid_to=date(2026, 9, 30)
    )
    rows["assignment.future"] = Assignment.create(
        employee=city.clerk, position=rows["position.spare"], unit=city.registry, valid_from=date(2026, 9, 1),
        is_primary=False,
    )  # fmt: skip
    rows["delegation.future"] = Delegation.create(
        delegator=city.other_chief, delegate=city.head, valid_from=date(2026, 6, 1), valid_to=date(2026, 6, 30)
    )
    ReportingLine.create(
        employee=rows["employee.trainee"],
        superior=rows["employee.deputy"],
        basis=SupervisionBasis.DELEGATION,
        valid_from=START,
    )
    # Until last year `other` worked in the registry, under the chief.
    before = START - timedelta(days=1)
    Assignment.create(
        employee=city.other, position=city.positions["clerk"], unit=city.registry, valid_from=LAST_YEAR, valid_to=before
    )
    ReportingLine.create(
        employee=city.other, superior=city.chief, basis=SupervisionBasis.HEAD, valid_from=LAST_YEAR, valid_to=before
    )
    for name in EMPLOYEES:
        employee = rows[f"employee.{name}"]
        employee.phone, employee.email = f"08{employee.id}", f"{name}@example.id"
        employee.save()
        rows[f"identifier.{name}"] = EmployeeIdentifier.create(employee=employee, kind="NIP", number=employee.nip)


def _plans(world: World) -> None:
    city, rows = world.city, world.rows
    rows["period.old"] = EvaluationPeriod.create(
        code="2025", name="Tahun 2025", starts_on=LAST_YEAR, ends_on=date(2025, 12, 31), frequency=Frequency.QUARTERLY,
        state=PeriodState.CLOSED, plan_deadline=date(2025, 1, 31), evaluation_deadline=date(2026, 1, 31),
    )  # fmt: skip
    rows["period.next"] = EvaluationPeriod.create(
        code="2027", name="Tahun 2027", starts_on=date(2027, 1, 1), ends_on=date(2027, 12, 31),
        frequency=Frequency.QUARTERLY, plan_deadline=date(2027, 1, 31), evaluation_deadline=date(2028, 1, 31),
    )  # fmt: skip
    rows["period"] = city.period
    rows["window"] = EvaluationWindow.get((EvaluationWindow.period == city.period) & (EvaluationWindow.number == 1))
    rows["window.old"] = EvaluationWindow.create(
        period=rows["period.old"], number=1, name="Triwulan 1", starts_on=LAST_YEAR, ends_on=date(2025, 3, 31)
    )
    superiors = {
        "secretary": None, "head": "secretary", "chief": "head", "officer": "chief", "clerk": "chief",
        "trainee": "chief", "other_chief": "head", "other": "other_chief", "deputy": "secretary",
    }  # fmt: skip
    states = {"clerk": PlanState.DRAFT, "other_chief": PlanState.SUBMITTED, "trainee": PlanState.SUBMITTED}
    for name, above in superiors.items():
        _plan(world, name, name, above, states.get(name, PlanState.APPROVED), city.period)
    old = _plan(world, "old", "other", "chief", PlanState.ENDED, rows["period.old"], unit=city.registry)
    rows["evaluator.trainee.today"] = PlanEvaluator.create(
        plan=rows["plan.trainee"], evaluator=rows["employee.deputy"], valid_from=date(2026, 1, 10)
    )
    first = rows["evaluator.trainee"]
    first.valid_to = date(2026, 1, 9)
    first.save()
    rows["result.other.unlinked"] = WorkResult.create(
        plan=rows["plan.other"], kind=WorkResultKind.ADDITIONAL, statement="Tugas tambahan"
    )
    rows["template"] = PlanTemplate.create(
        code="T1", name="Templat", approach=PlanApproach.QUANTITATIVE, content=as_json(_TEMPLATE)
    )
    assert old.unit_id == city.registry.id


def _plan(
    world: World, label: str, who: str, above: str | None, state: PlanState, period: Any, **values: Any
) -> PerformancePlan:
    rows = world.rows
    employee = rows[f"employee.{who}"]
    position = world.city.positions[who]
    evaluator = rows[f"employee.{above}"] if above else None
    plan = PerformancePlan.create(
        **{
            "period": period, "employee": employee, "position": position, "unit": position.unit_id,
            "evaluator": evaluator, "approach": PlanApproach.QUANTITATIVE, "state": state,
            "starts_on": period.starts_on, "ends_on": period.ends_on, "revision": int(state is PlanState.APPROVED),
            **values,
        }
    )  # fmt: skip
    rows[f"plan.{label}"] = plan
    if evaluator is not None:
        rows[f"evaluator.{label}"] = PlanEvaluator.create(plan=plan, evaluator=evaluator, valid_from=period.starts_on)
    rows[f"version.{label}"] = PlanVersion.create(plan=plan, revision=0, content={"x": label}, created_at=NOON)
    rows[f"expectation.{label}"] = BehaviorExpectation.create(plan=plan, value=BehaviorValue.SERVICE_ORIENTED)
    result = rows[f"result.{label}"] = WorkResult.create(
        plan=plan, parent=rows.get(f"result.{above}"), kind=WorkResultKind.MAIN, statement=f"Hasil {label}"
    )
    rows[f"indicator.{label}"] = Indicator.create(
        work_result=result, statement=f"Ukuran {label}", target_min=1, target_max=2
    )
    return plan


def _progress(world: World) -> None:
    city, rows = world.city, world.rows
    for label in ("officer", "clerk", "chief", "other", "trainee", "secretary", "old"):
        record = rows[f"progress.{label}"] = ProgressRecord.create(
            plan=rows[f"plan.{label}"], work_result=rows[f"result.{label}"], indicator=rows[f"indicator.{label}"],
            recorded_by=rows["plan." + label].employee, happened_on=TODAY, quantity=1,
        )  # fmt: skip
        rows[f"evidence.{label}"] = Evidence.create(
            progress_record=record, kind=EvidenceKind.LINK, url="https://example.id/bukti", title=label
        )
    for label in ("officer", "clerk", "other", "secretary"):
        source = {
            "plan": rows[f"plan.{label}"], "indicator": rows[f"indicator.{label}"], "fact": "gone.speed",
            "subject": FactSubject.EMPLOYEE, "title": "Kecepatan layanan", "unit_of_measure": "menit",
        }  # fmt: skip
        rows[f"binding.{label}"] = FactBinding.create(**source)
        if label != "clerk":
            rows[f"measured.{label}"] = FactMeasurement.create(
                **source, starts_on=START, ends_on=TODAY, value=12, cases=40, evidence={"query": "Kecepatan layanan"},
                measured_at=NOON,
            )  # fmt: skip
    rows["round.registry"] = FeedbackRound.create(
        name="Januari", period=city.period, unit=city.registry, opens_on=START, closes_on=date(2026, 1, 31)
    )
    rows["round.archive"] = FeedbackRound.create(
        name="Arsip", period=city.period, unit=city.archive, opens_on=START, closes_on=date(2026, 1, 31)
    )
    asked = [("registry", "officer", "clerk"), ("registry", "officer", "other"), ("registry", "clerk", "officer"),
             ("archive", "other", "officer")]  # fmt: skip
    for where, about, giver in asked:
        rows[f"request.{about}.{giver}"] = FeedbackRequest.create(
            round=rows[f"round.{where}"], employee=rows[f"employee.{about}"], giver=rows[f"employee.{giver}"],
            relation=GiverRelation.PEER, answered_at=NOON,
        )  # fmt: skip
    peer, above, below = GiverRelation.PEER, GiverRelation.SUPERIOR, GiverRelation.SUBORDINATE
    given = [
        ("officer", "chief", above), ("officer", "clerk", peer), ("officer", "other", peer),
        ("officer", "deputy", peer), ("clerk", "officer", peer),
        ("other", "other_chief", above), ("other", "officer", peer),
        ("chief", "officer", below), ("chief", "clerk", below),
        ("secretary", "head", below),
    ]  # fmt: skip
    for about, giver, relation in given:
        rows[f"feedback.{about}.{giver}"] = Feedback.create(
            plan=rows[f"plan.{about}"], employee=rows[f"employee.{about}"], giver=rows[f"employee.{giver}"],
            relation=relation, tone=FeedbackTone.POSITIVE, text=f"{giver} on {about}", given_on=TODAY,
            request=rows.get(f"request.{about}.{giver}"),
        )  # fmt: skip
    for label, leader in (("officer", "chief"), ("secretary", None), ("old", "chief")):
        rows[f"dialogue.{label}"] = PerformanceDialogue.create(
            plan=rows[f"plan.{label}"], leader=rows[f"employee.{leader}"] if leader else None, held_on=TODAY,
            topic="Awal tahun", summary="Baik",
        )  # fmt: skip


def _appraisal(world: World) -> None:
    city, rows = world.city, world.rows
    window = rows["window"]
    for name, setter in (("root", None), ("registry", city.head), ("archive", city.head)):
        rows[f"performance.{name}"] = OrganizationPerformance.create(
            unit=rows[f"unit.{name}"], period=city.period, rating=OrganizationRating.GOOD, set_by=setter, set_on=TODAY
        )
    rows["performance.registry.window"] = OrganizationPerformance.create(
        unit=city.registry, period=city.period, window=window, window_number=1, rating=OrganizationRating.GOOD,
        set_by=city.head, set_on=TODAY,
    )  # fmt: skip
    final, draft = EvaluationState.FINAL, EvaluationState.DRAFT
    periodic, annual = EvaluationKind.PERIODIC, EvaluationKind.ANNUAL
    made = [
        ("officer", "officer", periodic, EvaluationState.OBJECTED), ("officer.annual", "officer", annual, draft),
        ("clerk", "clerk", periodic, EvaluationState.RATED), ("chief", "chief", periodic, final),
        ("trainee", "trainee", periodic, draft), ("other", "other", periodic, draft),
        ("secretary", "secretary", periodic, final), ("old", "old", annual, final),
    ]  # fmt: skip
    for label, plan_label, kind, state in made:
        plan = rows[f"plan.{plan_label}"]
        is_periodic = kind is periodic
        rows[f"evaluation.{label}"] = Evaluation.create(
            plan=plan, period=plan.period_id, window=window if is_periodic else None, window_number=int(is_periodic),
            employee=plan.employee_id, evaluator=plan.evaluator_id, unit=plan.unit_id, kind=kind, state=state,
            result_rating=Rating.MEETS, behavior_rating=Rating.MEETS,
            predicate=Predicate.GOOD if state is final else None, received_on=TODAY if state is final else None,
        )  # fmt: skip
    for label, evaluation in (("registry", "officer"), ("registry.clerk", "clerk"), ("archive", "other")):
        name = label.partition(".")[0]
        if f"calibration.{name}" not in rows:
            rows[f"calibration.{name}"] = CalibrationSession.create(
                unit=rows[f"unit.{name}"], period=city.period, window=window, held_on=TODAY
            )
        meets = {"result_from": Rating.ABOVE, "result_to": Rating.MEETS, "behavior_from": Rating.MEETS}
        rows[f"shift.{label}"] = CalibrationShift.create(
            session=rows[f"calibration.{name}"], evaluation=rows[f"evaluation.{evaluation}"], **meets,
            behavior_to=Rating.MEETS, reason="Perbandingan", shifted_by=city.head,
        )  # fmt: skip
    for label, decider in (("officer", city.head), ("secretary", None), ("old", city.head)):
        evaluation = rows[f"evaluation.{label}"]
        rows[f"objection.{label}"] = Objection.create(
            evaluation=evaluation, employee=evaluation.employee_id, decider=decider, filed_on=TODAY,
            due_on=date(2026, 2, 5), reason="Angka keliru",
        )  # fmt: skip
        rows[f"credit.{label}"] = CreditPoints.create(
            evaluation=evaluation, employee=evaluation.employee_id, position_kind="AHLI_PERTAMA", months=12,
            coefficient="12.5", percentage=100, points="12.5", explanation={},
        )  # fmt: skip


GRANTS: dict[str, tuple[tuple[str, str | None, date, date | None], ...]] = {
    "hr_officer": (("hr_officer", "registry", LAST_YEAR, None),),
    "hr_admin": (("hr_admin", None, LAST_YEAR, TODAY),),
    "hr_admin_archive": (("hr_admin", "archive", TODAY, None),),
    "auditor": (("auditor", None, LAST_YEAR, None),),
    "system_admin": (("system_admin", None, LAST_YEAR, None),),
    "lapsed": (("hr_admin", None, LAST_YEAR, YESTERDAY), ("auditor", None, TOMORROW, None)),
    "other": (("hr_admin", None, LAST_YEAR, None),),
    "officer": (("integrator", "registry", LAST_YEAR, None),),
    "discipline": (("rewards.discipline", None, LAST_YEAR, None),),
    "queue_clerk": (("queueing.counter", "counter", LAST_YEAR, None),),
    "queue_manager": (("queueing.manager", "registry", LAST_YEAR, None),),
    "rewards_officer": (("rewards.officer", "registry", LAST_YEAR, None),),
    "analyst": (("rewards.allowance", "registry", LAST_YEAR, None),),
    "sanctions_analyst": (("rewards.allowance_sanctions", None, LAST_YEAR, None),),
}
"""Roles by account: role, unit (None: everywhere), first and last day. `other` is an employee and HR administrator,
`officer` an employee who may have webhooks.
"""


def _callers(world: World) -> None:
    rows = world.rows
    places: dict[str, list[WorkUnit]] = {name: [] for name in EMPLOYEES}
    for name in EMPLOYEES:
        rows[f"account.{name}"] = Account.create(username=name, employee=rows[f"employee.{name}"])
        places[name].append(world.city.positions[name].unit)
    for name in GRANTS:
        if name not in EMPLOYEES:
            rows[f"account.{name}"] = Account.create(username=name)
    for name, grants in GRANTS.items():
        for role, where, first, last in grants:
            rows[f"grant.{name}.{role}"] = RoleGrant.create(
                account=rows[f"account.{name}"], role=role, unit=rows[f"unit.{where}"] if where else None,
                valid_from=first, valid_to=last,
            )  # fmt: skip
    for name in ("chief", "officer", "system_admin"):
        rows[f"session.{name}"] = LoginSession.create(
            account=rows[f"account.{name}"], refresh_hash=name, created_at=NOON, refreshed_at=NOON,
            expires_at=NOON + timedelta(days=1),
        )  # fmt: skip
        rows[f"token.{name}"] = ApiToken.create(
            account=rows[f"account.{name}"], name=name, token_hash=name, prefix="kin_12345678", scopes=["read"],
            expires_at=NOON + timedelta(days=1),
        )  # fmt: skip
        SecondFactor.create(account=rows[f"account.{name}"], sealed_secret=name, last_step=1)
        RecoveryCode.create(account=rows[f"account.{name}"], code_hash=name, created_at=NOON)
    heads = {"secretary": "root", "head": "agency", "chief": "registry", "other_chief": "archive"}
    world.callers["anonymous"] = Caller("anonymous")
    world.actors["anonymous"] = lambda: Actor(today=TODAY)
    for name in (*EMPLOYEES, *(name for name in GRANTS if name not in EMPLOYEES)):
        account = rows[f"account.{name}"]
        world.callers[name] = Caller(
            name=name,
            account=account.id,
            employee=rows[f"employee.{name}"].id if name in EMPLOYEES else None,
            roles=tuple(
                (role, rows[f"unit.{where}"].path if where else "")
                for role, where, first, last in GRANTS.get(name, ())
                if first <= TODAY and (last is None or last >= TODAY)
            ),
            heads=(rows[f"unit.{heads[name]}"].path,) if name in heads else (),
            homes=tuple(unit.id for unit in places.get(name, ())),
        )
        world.actors[name] = lambda account=account: actor_for_account(account, TODAY)
    # The chief's client, which may only read; and one that may do nothing at all.
    chief = rows["account.chief"]
    world.callers["chief_reading"] = Caller(
        **{**vars(world.callers["chief"]), "name": "chief_reading", "may_write": False}
    )
    world.actors["chief_reading"] = lambda: actor_for_account(chief, TODAY, token_scopes=frozenset({"read"}))


def _house(world: World) -> None:
    rows = world.rows
    rows["holiday"] = Holiday.create(day=date(2026, 3, 19), name="Nyepi", kind=HolidayKind.NATIONAL)
    for label, account in (("hr_officer", rows["account.hr_officer"].id), ("nobody", None)):
        rows[f"import.{label}"] = ImportRun.create(
            kind="units", file_name="a.csv", sha256="0" * 64, mode=ImportMode.VALID_ROWS, state=ImportState.DONE,
            account_id=account,
        )  # fmt: skip
    ImportTask.create(
        account=rows["account.hr_officer"], kind="units", file_name="a.csv", folder="0" * 32, size=1, headers=["kode"]
    )
    ImportMapping.create(
        account=rows["account.hr_officer"], kind="units", headers_key="0" * 64, mapping={"kode": "code"}, constants={}
    )
    PluginState.get_or_create(name="gone", defaults={"title": "Gone", "module": "gone", "changed_at": NOON})
    OutboxEvent.create(name="planning.plan_submitted", payload="{}", at=NOON, delivered_at=NOON)
    JobRun.create(name="events.deliver_pending", started_at=NOON)
    LiveEvent.create(name="planning.plan_submitted", payload="{}", at=NOON)
    IdempotencyKey.create(
        account_id=rows["account.officer"].id, operation="recordProgressBatch", key="k", request_hash="h", answer={},
        created_at=NOON,
    )  # fmt: skip
    rows["operation"] = RegisteredOperation.create(
        name="Me", kind="query", document="query Me { me { scopes } }", sha256="0" * 64, account=rows["account.officer"]
    )
    for name in ("officer", "chief"):
        hook = rows[f"webhook.{name}"] = Webhook.create(
            account=rows[f"account.{name}"], name=name, url="https://example.id/", document="{ me { scopes } }",
            events=["planning.plan_submitted"], secret_salt="s",
        )  # fmt: skip
        rows[f"delivery.{name}"] = WebhookDelivery.create(
            webhook=hook, event_id=1, event_name="planning.plan_submitted", payload="{}", occurred_at=NOON,
            state=DeliveryState.DEAD, due_at=NOON,
        )  # fmt: skip


def _deeds(world: World) -> None:
    rows = world.rows
    officer, registry = rows["account.hr_officer"], rows["unit.registry"].path
    for label, account, path in (("officer", officer.id, registry), ("nobody", None, ""), ("root", None, registry)):
        rows[f"bin.{label}"] = BinEntry.create(
            model="Employee", subject_id=1, label=label, unit_path=path, row_count=1, rows=[], emptied=[], batch=label,
            account_id=account, account_name="-",
        )  # fmt: skip
    for label, account in (("officer", officer.id), ("nobody", None)):
        run = BulkRun.create(
            verb="organisation.update_employee", model="Employee", values={}, total=1, problems=[], batch=label,
            account_id=account, account_name="-", created_at=NOON,
        )  # fmt: skip
        BulkRunItem.create(run=run, subject_id=1, problems=[])
    for model, subject, path in (
        ("Employee", rows["employee.officer"].id, registry),
        ("Employee", rows["employee.other"].id, rows["unit.archive"].path),
        ("Account", rows["account.officer"].id, registry),
        ("Account", rows["account.hr_officer"].id, ""),
        ("Holiday", None, ""),
    ):
        ChangeRequest.create(
            verb="-", model=model, subject_id=subject, unit_path=path, values={}, changes=[], account_id=officer.id,
            account_name="-",
        )  # fmt: skip


def _reminders(world: World) -> None:
    rows = world.rows
    for label, sender, to, about, where in (
        ("officer", "chief", "chief", "officer", "registry"),
        ("other", "hr_admin_archive", "other", "other", "archive"),
    ):
        rows[f"reminder.{label}"] = Reminder.create(
            employee=rows[f"employee.{to}"], about=rows[f"employee.{about}"], unit=rows[f"unit.{where}"],
            period=world.city.period, kind=DutyKind.PLAN, sent_on=TODAY, sender_name=sender,
            account_id=rows[f"account.{sender}"].id,
        )  # fmt: skip
        rows[f"order.{label}"] = ReminderOrder.create(
            account=rows[f"account.{sender}"], unit=rows[f"unit.{where}"], period=world.city.period
        )


def _plugins(world: World) -> None:
    rows = world.rows
    for name in EMPLOYEES:
        employee = rows[f"employee.{name}"]
        Award.create(employee=employee, kind=AwardKind.APPRECIATION, title=name, awarded_on=TODAY)
        TrainingPlanItem.create(employee=employee, year=2026, title=name, learning_hours=20)
    add_queue(rows)
    add_programmes(rows)
    add_innovations(rows)
    add_points(rows)
    add_allowance(rows)
    add_compliance(rows, world.city.period)
    add_discipline(rows, world.settings)
    add_attendance(rows)


RECORDED = (
    "employee.officer", "employee.other", "plan.officer", "plan.other", "feedback.officer.clerk",
    "feedback.other.officer", "evaluation.other", "evaluation.officer", "objection.officer", "account.officer",
    "grant.hr_officer.hr_officer", "holiday", "token.chief", "shift.archive", "request.other.officer",
)  # fmt: skip
"""Rows that have a history."""


def _history(world: World) -> None:
    ctx = system_context(world.settings)
    with unit_of_work(ctx) as work:
        for label in RECORDED:
            row = world.rows[label]
            work._record("create", row, None, {"id": row.id, "label": label})
        gone = Holiday.create(day=date(2026, 5, 1), name="Gone", kind=HolidayKind.NATIONAL)
        work.delete(gone)
        plan = world.rows["result.other.unlinked"]
        lost = WorkResult.create(plan=plan.plan, kind=WorkResultKind.MAIN, statement="Hilang")
        work.delete(lost)
