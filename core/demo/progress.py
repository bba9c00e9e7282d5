"""A year of progress, feedback and dialogues in the demo city."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from core.demo.city import REGISTRY
from core.demo.plans import DemoPlan, DemoYear
from core.demo.seed import chance
from core.planning.models import Indicator
from core.planning.terms import BehaviorValue, Direction, MeasuringPattern, PlanState
from core.progress.models import Evidence, Feedback, PerformanceDialogue, ProgressRecord
from core.progress.terms import EvidenceKind, FeedbackTone, GiverRelation
from core.work import UnitOfWork

_LATE_SHARE = 0.08
_EVIDENCE_SHARE = 0.3
_MONTHS = 12
_FEEDBACK = {
    FeedbackTone.POSITIVE: (
        "Layanan kepada pemohon semakin cepat dan ramah. Pertahankan.",
        "Laporan disampaikan sebelum tenggat dan lengkap.",
        "Bersedia membantu rekan saat antrean panjang.",
    ),
    FeedbackTone.CONSTRUCTIVE: (
        "Periksa kembali kelengkapan berkas sebelum diserahkan.",
        "Mohon unggah bukti dukung setiap bulan, bukan di akhir triwulan.",
        "Koordinasi dengan bidang lain perlu dimulai lebih awal.",
    ),
}


def build(work: UnitOfWork, year: DemoYear, today: date) -> None:
    """Create progress month by month up to `today`, feedback from above, beside and below, and dialogues."""
    active = [entry for entry in year.plans if entry.plan.state is PlanState.APPROVED]
    random = chance(f"progress {year.period.code}")
    # The year before, waiting was long and stayed so.
    improves = year.period.ends_on >= today
    records = work.create_many(
        ProgressRecord, [row for entry in active for row in _records(entry, random, today, improves=improves)]
    )
    work.create_many(
        Evidence,
        [
            {
                "progress_record": record,
                "kind": EvidenceKind.LINK,
                "title": "Rekap layanan",
                "url": f"https://arsip.bandarmadani.example/{record.id}",
            }
            for record in records
            if random.random() < _EVIDENCE_SHARE
        ],
    )
    work.create_many(Feedback, [row for entry in active for row in _feedback(entry, random, today)])
    work.create_many(PerformanceDialogue, [row for entry in active for row in _dialogues(entry, random, today)])


def _month_ends(start: date, end: date) -> Iterator[date]:
    day = start
    while True:
        following = (day.replace(day=1) + timedelta(days=32)).replace(day=1)
        last = following - timedelta(days=1)
        if last > end:
            return
        yield last
        day = following


def _records(entry: DemoPlan, random: Random, today: date, *, improves: bool) -> Iterator[dict[str, Any]]:
    indicator = next((i for i in entry.indicators if i.pattern is not MeasuringPattern.RELEASE), None)
    if indicator is None:
        return
    diligence = random.uniform(0.75, 1.2)
    is_late = random.random() < _LATE_SHARE
    if entry.seat.unit.code == REGISTRY and entry.seat.post.is_head:
        diligence, is_late = 1.0, False
    for number, day in enumerate(_month_ends(entry.plan.starts_on, min(today, entry.plan.ends_on)), start=1):
        if is_late and random.random() < 0.5:
            continue
        yield {
            "plan": entry.plan,
            "work_result": indicator.__data__["work_result"],
            "indicator": indicator,
            "recorded_by": entry.seat.employee,
            "happened_on": day - timedelta(days=random.randint(0, 4)),
            "quantity": _quantity(indicator, diligence, number if improves else 1, random),
            "note": "Capaian bulan ini sesuai rencana aksi",
        }


def _quantity(indicator: Indicator, diligence: float, month: int, random: Random) -> Decimal:
    target = float(indicator.target_max)
    if indicator.pattern is MeasuringPattern.COUNT:
        return Decimal(max(0, round(target / _MONTHS * diligence * random.uniform(0.8, 1.2))))
    share = month / _MONTHS
    if indicator.direction is Direction.LOWER_IS_BETTER:
        # The story: waiting falls over the year.
        return Decimal(str(round(target * (2.4 - 1.5 * share) / diligence, 1)))
    return Decimal(str(round(min(100.0, target * (0.7 + 0.3 * share) * diligence), 1)))


def _feedback(entry: DemoPlan, random: Random, today: date) -> Iterator[dict[str, Any]]:
    superior = entry.seat.superior
    if superior is None:
        return
    last = (min(today, entry.plan.ends_on) - entry.plan.starts_on).days
    if last < 1:
        return
    givers = [(superior, GiverRelation.SUPERIOR)] if random.random() < 0.6 else []
    peers = [seat for seat in superior.staff if seat is not entry.seat]
    if random.random() < 0.2 and len(peers) > 3:
        givers += [(peer, GiverRelation.PEER) for peer in random.sample(peers, 3)]
    if entry.seat.post.is_head and len(entry.seat.staff) > 3:
        givers += [(seat, GiverRelation.SUBORDINATE) for seat in random.sample(entry.seat.staff, 3)]
    for giver, relation in givers:
        tone = FeedbackTone.POSITIVE if random.random() < 0.7 else FeedbackTone.CONSTRUCTIVE
        yield {
            "plan": entry.plan,
            "employee": entry.seat.employee,
            "giver": giver.employee,
            "relation": relation,
            "tone": tone,
            "behavior_value": random.choice((None, *BehaviorValue)),
            "text": random.choice(_FEEDBACK[tone]),
            "given_on": entry.plan.starts_on + timedelta(days=random.randint(0, last)),
        }


def _dialogues(entry: DemoPlan, random: Random, today: date) -> Iterator[dict[str, Any]]:
    if entry.seat.superior is None or random.random() > 0.15:
        return
    held_on = min(entry.plan.starts_on + timedelta(days=random.randint(10, 150)), today)
    yield {
        "plan": entry.plan,
        "leader": entry.seat.superior.employee,
        "held_on": held_on,
        "topic": "Dialog kinerja triwulan",
        "summary": "Membahas kemajuan target, kendala sarana, dan kebutuhan pelatihan.",
        "agreed_actions": "Mengikuti bimbingan teknis dan memperbarui laporan setiap bulan.",
    }
