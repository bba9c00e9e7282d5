"""Recognition in the demo city: medals with a run, employees of the month from nomination to certificate."""

from collections.abc import Sequence
from datetime import date, timedelta

from core.identity.actors import actor_for_employee
from core.identity.models import Account, RoleGrant
from core.organisation.models import Assignment, Employee, WorkUnit
from core.organisation.scope import holds_on
from core.plugin_api import Context, unit_of_work
from plugins.rewards.programmes.models import (
    EligibilityResult,
    EligibilityRun,
    Nomination,
    RewardProgramme,
    RewardRound,
)
from plugins.rewards.programmes.services.deciding import award_nomination, grant_award
from plugins.rewards.programmes.services.nominating import nominate, verify_nomination
from plugins.rewards.programmes.services.programmes import create_programme
from plugins.rewards.programmes.services.rounds import add_panel_member, create_round
from plugins.rewards.programmes.services.running import perform, start_run
from plugins.rewards.programmes.services.scoring import score_nomination
from plugins.rewards.programmes.terms import NominationBasis

AGENCY, HOME = "04", "04.3"
MEDAL, MONTHLY = "sks_x", "employee_of_month"
_PANEL = 2
_STATEMENT = "Menyelesaikan permohonan tepat waktu sepanjang periode dan membantu rekan di loket."
_OFFICER = "petugas"


def load(ctx: Context, _seed: int) -> None:
    """Load programmes, a run, nominations at several steps and two awards; nothing in a city without the agency."""
    units = {unit.code: unit for unit in WorkUnit.select().where(WorkUnit.code.in_([AGENCY, HOME]))}
    if set(units) != {AGENCY, HOME}:
        return
    for code in (MEDAL, MONTHLY, "innovation_award"):
        create_programme(ctx, code=code, template=code)
    _grant_role(ctx, units[AGENCY])
    _medals(ctx)
    _month(ctx, units[AGENCY])


def _grant_role(ctx: Context, agency: WorkUnit) -> None:
    account = Account.get_or_none(Account.username == _OFFICER)
    if account is not None:
        with unit_of_work(ctx) as work:
            work.create(RoleGrant, account=account.id, role="rewards.officer", unit=agency.id, valid_from=ctx.today)


def _medals(ctx: Context) -> None:
    year = ctx.today.year
    first, last = date(year, 1, 1), date(year, 12, 31)
    round_ = create_round(ctx, programme_id=_programme(MEDAL), name=f"Tahun {year}", starts_on=first, ends_on=last)
    run = perform(ctx, start_run(ctx, round_id=round_.id).id)
    for key in _eligible(run, 3):
        _nominate(ctx, round_, key, NominationBasis.RULE)


def _month(ctx: Context, agency: WorkUnit) -> None:
    """Last month's employees: two awards with certificates, one before the panel, one to be verified."""
    last = ctx.today.replace(day=1) - timedelta(days=1)
    then = _at(ctx, ctx.today - timedelta(days=12))
    round_ = create_round(
        ctx,
        programme_id=_programme(MONTHLY),
        name=f"{last:%m/%Y}",
        starts_on=last.replace(day=1),
        ends_on=last,
        nominations_until=ctx.today + timedelta(days=14),
    )
    run = perform(ctx, start_run(ctx, round_id=round_.id).id)
    inside = [key for key in _eligible(run, 500) if _works_below(key, agency, ctx.today)]
    one_of_each = list({_unit_of(key, ctx.today): key for key in inside}.values())
    panel = _panel(ctx, round_, agency)
    chosen = one_of_each[:4]
    for place, key in enumerate(chosen):
        made = _nominate(then, round_, key, NominationBasis.SUPERIOR)
        if place == 3:
            continue
        items = [item["code"] for item in round_.programme.checklist]
        made = verify_nomination(then, made.id, None, accepted=True, checked=items)
        for number, member in enumerate(panel):
            scorer = Context(actor=actor_for_employee(member, then.today), settings=ctx.settings, now=then.now)
            score_nomination(scorer, made.id, score=84 + 3 * number + place, note="Sesuai bukti.")
        if place < 2 and len(panel) == _PANEL:
            decree = f"800/{place + 11}/{last:%Y}"
            made = award_nomination(then, made.id, None, decree_number=decree)
            grant_award(ctx, made.id, None, published=True)


def _programme(code: str) -> int:
    return int(RewardProgramme.get(RewardProgramme.code == code).id)


def _at(ctx: Context, day: date) -> Context:
    """Return a call by the same actor on an earlier day."""
    return Context(
        actor=ctx.actor,
        settings=ctx.settings,
        now=ctx.now - timedelta(days=(ctx.today - day).days),
        language=ctx.language,
    )


def _nominate(ctx: Context, round_: RewardRound, employee_id: int, basis: NominationBasis) -> Nomination:
    return nominate(
        ctx,
        round_id=round_.id,
        employee_id=employee_id,
        basis=basis,
        statement=_STATEMENT,
        evidence=["Rekapitulasi layanan loket"],
    )


def _eligible(run: EligibilityRun, count: int) -> Sequence[int]:
    rows = EligibilityResult.select().where((EligibilityResult.run == run.id) & EligibilityResult.is_eligible)
    return [row.employee_id for row in rows.order_by(EligibilityResult.employee).limit(count)]


def _unit_of(employee_id: int, day: date) -> int:
    post = Assignment.get((Assignment.employee == employee_id) & Assignment.is_primary & holds_on(Assignment, day))
    return int(post.unit_id)


def _works_below(employee_id: int, agency: WorkUnit, day: date) -> bool:
    post = Assignment.get_or_none(
        (Assignment.employee == employee_id) & Assignment.is_primary & holds_on(Assignment, day)
    )
    return post is not None and str(post.unit.path).startswith(agency.path)


def _panel(ctx: Context, round_: RewardRound, agency: WorkUnit) -> list[int]:
    """Let people of other agencies score, who have no colleague among the nominees."""
    others = (
        Employee.select(Employee.id)
        .join(Assignment, on=Assignment.employee == Employee.id)
        .join(WorkUnit, on=Assignment.unit == WorkUnit.id)
        .where(
            Assignment.is_primary
            & holds_on(Assignment, ctx.today)
            & (WorkUnit.depth > 0)
            & ~WorkUnit.path.startswith(agency.path)
        )
        .order_by(Employee.id)
        .limit(_PANEL)
    )
    members = [row.id for row in others]
    for key in members:
        add_panel_member(ctx, round_id=round_.id, employee_id=key)
    return members
