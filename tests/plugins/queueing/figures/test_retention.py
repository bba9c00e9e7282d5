"""Personal data leaves old tickets; the figures, their evidence and the queue of today stay as they are."""

import json
from datetime import timedelta

import pytest

from core.errors import Refused
from plugins.queueing.models import Ticket, TicketEvent
from plugins.queueing.plugin import register_jobs
from plugins.queueing.reading.metrics import queue_figures
from plugins.queueing.services import retention
from plugins.queueing.services.rebuilding import Rebuilt, rebuild
from plugins.queueing.services.retention import retention_job, strip_personal_data, without_texts
from plugins.queueing.terms import Bucket, Channel, TicketEventKind, TicketState
from tests.support.calls import call_as, on, system_context

PERSONAL = ("nik_hash", "holder_name", "phone", "code_hash")


def made(office, day, number, detail=""):
    ticket = Ticket.create(
        service=office.ktp, day=day, number=number, token=f"{day}-{number}", state=TicketState.WAITING,
        channel=Channel.ONLINE, queued_at=on(day), local_hour=12, nik_hash="a" * 64, holder_name="Ni Luh",
        phone="0812", code_hash="b" * 64,
    )  # fmt: skip
    TicketEvent.create(ticket=ticket, kind=TicketEventKind.ISSUED, at=on(day), recorded_at=on(day), detail=detail)
    return ticket


def personal(ticket):
    row = Ticket.get_by_id(ticket.id)
    return [getattr(row, name) for name in PERSONAL]


def test_figures_stay_when_personal_data_goes(office, db, monkeypatch):
    monkeypatch.setattr(retention, "BATCH", 2)
    call = system_context(db, on(office.day))
    limit = office.day - timedelta(days=90)
    note = json.dumps({"service": office.ktp.id, "reason": "swept", "note": "Ibu Ni Luh, 0812"})
    old = [made(office, limit - timedelta(days=number), number, note) for number in (1, 2, 3)]
    young = made(office, limit, 4, note)
    span = {"first": limit - timedelta(days=9), "last": office.day}
    before = [queue_figures(call, **span, bucket=bucket) for bucket in Bucket]

    assert strip_personal_data(call) == 3
    assert strip_personal_data(call) == 0

    assert [personal(ticket) for ticket in old] == [[None, "", "", ""]] * 3
    assert personal(young) == ["a" * 64, "Ni Luh", "0812", "b" * 64]
    details = [row.detail for row in TicketEvent.select().order_by(TicketEvent.id)]
    assert [json.loads(detail) for detail in details[:3]] == [{"service": office.ktp.id, "reason": "swept"}] * 3
    assert details[3] == note
    assert [queue_figures(call, **span, bucket=bucket) for bucket in Bucket] == before
    assert rebuild(call) == Rebuilt(4, 0)


def test_texts_of_any_shape_go():
    assert without_texts("Ni Luh") == ""
    assert without_texts('["Ni Luh"]') == ""
    assert without_texts('{"name": "Ni Luh", "list": ["swept"]}') == ""
    assert json.loads(without_texts('{"confirmed": true, "priority": null, "name": "x"}')) == {
        "confirmed": True,
        "priority": None,
    }


def test_it_is_a_job_of_the_plugin_and_no_persons_work(office, db):
    assert retention_job().name in [job.name for job in register_jobs()]
    with pytest.raises(Refused, match="FORBIDDEN"):
        strip_personal_data(call_as(db, office.city.chief.id))
