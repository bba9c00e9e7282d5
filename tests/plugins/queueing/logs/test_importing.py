"""Logs of other queue systems become tickets; what is wrong in them is told line by line and left out."""

import csv
import io
import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

import plugins.queueing
from core.exchange.report import ERROR_HEADINGS
from core.plugin_api import Refused
from plugins.queueing.logs.importing import import_log, write_faults
from plugins.queueing.logs.mapping import mapping_of, read_mapping
from plugins.queueing.models import QueueDay, Ticket, TicketEvent
from plugins.queueing.rules.states import Happened, facts_of
from plugins.queueing.terms import Channel, EventSource, TicketState
from tests.support.calls import call_as, system_context

README = Path(plugins.queueing.__file__).parent / "README.md"

LOG = """Nomor;Layanan;Tanggal;Ambil;Panggil;Mulai;Selesai;Status;Loket;NIP
A1;KTP;02/03/2026;08:00;08:07;08:08;08:20;Selesai;Loket 1;199005172015031002
A2;KTP;02/03/2026;08:01;08:20;;;Tidak hadir;Loket 2;
B1;Akta;02/03/2026;08:02;;;08:40;Pulang;;
A3;KTP;02/03/2026;09:00;08:50;09:05;09:10;Selesai;Loket 1;
A4;KTP;31/02/2026;09:00;09:01;09:05;09:10;Selesai;Loket 1;
A5;KTP;02/03/2026;09:00;09:01;;09:10;Selesai;Loket 1;
A6;Paspor;02/03/2026;09:00;09:01;09:02;09:10;Selesai;Loket 1;
A7;KTP;02/03/2026;09:00;09:01;09:02;09:10;Selesai;Loket 9;
A8;KTP;02/03/2026;09:00;9 lewat;09:02;09:10;Selesai;Loket 1;
A9;KTP;02/03/2026;09:00;09:01;09:02;09:10;Entah;Loket 1;
A1;KTP;02/03/2026;10:00;10:01;10:02;10:10;Selesai;Loket 1;
;KTP;;10:00;10:01;10:02;10:10;Selesai;Loket 1;
A10;KTP;02/03/2026;10:00;10:01;10:02;10:10;Selesai;Loket 1;123
"""
MISTAKES = {
    5: ("LOG_ORDER_WRONG", "Panggil"),
    6: ("LOG_DAY_WRONG", "Tanggal"),
    7: ("LOG_TIME_MISSING", "Mulai"),
    8: ("LOG_SERVICE_UNKNOWN", "Layanan"),
    9: ("LOG_COUNTER_UNKNOWN", "Loket"),
    10: ("LOG_TIME_WRONG", "Panggil"),
    11: ("LOG_OUTCOME_UNKNOWN", "Status"),
    12: ("LOG_TICKET_TWICE", "Tanggal"),
    13: ("LOG_TICKET_UNNAMED", "Tanggal"),
    14: ("LOG_EMPLOYEE_UNKNOWN", "NIP"),
}


@pytest.fixture
def log(tmp_path):
    """Write a log and return its path."""

    def write(text, encoding="utf-8"):
        path = tmp_path / "antrean.csv"
        path.write_bytes(text.encode(encoding))
        return path

    return write


@pytest.fixture
def mapping(tmp_path):
    """The mapping that the README shows."""
    path = tmp_path / "mapping.toml"
    path.write_text(re.search(r"```toml\n# .*?\n(.*?)```", README.read_text(encoding="utf-8"), re.DOTALL)[1])
    return read_mapping(path)


@pytest.fixture
def system(registry):
    """A call by the system."""
    return system_context(registry.settings)


def test_rows_become_tickets_and_what_is_wrong_is_left_out(office, log, mapping, system):
    report = import_log(system, point_id=office.point.id, path=log(LOG), mapping=mapping)

    assert {row.number: (row.problems[0].code, row.problems[0].path[-1]) for row in report.rejected} == MISTAKES
    assert (report.lines, report.tickets, report.events, report.is_written) == (13, 3, 9, True)
    served, missed, left = Ticket.select().order_by(Ticket.id)
    assert (served.state, served.wait_seconds, served.serve_seconds) == (TicketState.DONE, 420, 720)
    assert (served.counter_id, served.employee_id) == (office.one.id, office.city.officer.id)
    assert (served.queued_at, served.local_hour) == (datetime(2026, 3, 2, 1, 0, tzinfo=UTC), 8)
    assert (served.day, served.number, served.channel) == (office.day, 1, Channel.IMPORT)
    assert (missed.state, missed.wait_seconds, missed.counter_id) == (TicketState.NO_SHOW, 19 * 60, office.two.id)
    assert (left.state, left.wait_seconds, left.service_id) == (TicketState.LEFT, None, office.birth.id)
    assert {row.last_number for row in QueueDay.select()} == {1, 2}
    for ticket in (served, missed, left):
        events = list(TicketEvent.select().where(TicketEvent.ticket == ticket))
        facts = facts_of(Happened(e.kind, e.at, e.counter_id, e.employee_id) for e in events)
        assert (facts.state, facts.wait_seconds, facts.ended_at) == (ticket.state, ticket.wait_seconds, ticket.ended_at)
        assert {event.source for event in events} == {EventSource.IMPORT}
        assert len(ticket.token) == 43


def test_each_fault_is_a_line_of_the_report_with_its_remedy(office, log, mapping, system):
    report = import_log(system, point_id=office.point.id, path=log(LOG), mapping=mapping, is_dry_run=True)
    file = io.StringIO()

    assert write_faults(report, file, "en") == len(MISTAKES)

    rows = list(csv.DictReader(io.StringIO(file.getvalue())))
    assert tuple(rows[0]) == ERROR_HEADINGS
    assert rows[0] == {
        "line": "5",
        "column": "Panggil",
        "value": "08:50",
        "code": "LOG_ORDER_WRONG",
        "fault": "Panggil lies before Ambil",
        "remedy": "Correct one of them, or leave the row out.",
    }
    assert all(row["fault"] and row["remedy"] for row in rows)


def test_a_dry_run_and_a_bad_line_among_all_or_nothing_write_nothing(office, log, mapping, system):
    given = {"point_id": office.point.id, "path": log(LOG), "mapping": mapping}

    for options in ({"is_dry_run": True}, {"is_all_or_nothing": True}):
        report = import_log(system, **given, **options)

        assert (report.tickets, report.is_written) == (3, False)
        assert (Ticket.select().count(), QueueDay.select().count()) == (0, 0)


def test_a_longer_log_adds_only_what_is_new_and_numbers_go_on(office, log, mapping, system):
    head = "\n".join(LOG.splitlines()[:3]) + "\n"
    import_log(system, point_id=office.point.id, path=log(head), mapping=mapping)

    longer = head + "A11;KTP;02/03/2026;11:00;11:01;11:02;11:10;Selesai;Loket 1;\n"
    report = import_log(
        system, point_id=office.point.id, path=log(longer), mapping=mapping, is_all_or_nothing=True
    )  # fmt: skip

    assert (report.known, report.tickets, report.is_written) == (2, 1, True)
    assert [row.number for row in Ticket.select().order_by(Ticket.id)] == [1, 2, 3]


FULL_TIMES = {
    "columns": {"ticket": "id", "arrival": "in", "call": "called", "end": "out"},
    "service": "ktp",
    "time_format": "%Y-%m-%d %H:%M:%S",
}


def test_times_may_hold_their_date_and_lie_in_another_zone(office, log, system):
    path = log("id,in,called,out\n1,2026-03-01 23:30:00,2026-03-01 23:45:00,2026-03-02 00:10:00\n")

    import_log(system, point_id=office.point.id, path=path, mapping=mapping_of({**FULL_TIMES, "time_zone": "UTC"}))

    ticket = Ticket.get()
    assert (ticket.wait_seconds, ticket.serve_seconds) == (900, 1500)
    # Day and hour are those of the office.
    assert (ticket.day, ticket.local_hour) == (date(2026, 3, 2), 6)


TIMES_OF_DAY = {
    "columns": {"ticket": "id", "day": "day", "arrival": "in", "call": "called", "start": "start", "end": "out"},
    "service": "ktp",
}
NIGHT = "id,day,in,called,start,out\n1,2026-03-02,23:50:00,00:05:00,00:04:58,00:20:00\n"


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, "LOG_ORDER_WRONG"),
        ({"past_midnight_hours": 2}, "LOG_ORDER_WRONG"),
        ({"past_midnight_hours": 2, "tolerance_seconds": 2}, (900, 900)),
        ({"tolerance_seconds": 600}, "LOG_ORDER_WRONG"),
    ],
)
def test_midnight_and_clocks_that_differ_are_a_matter_of_the_mapping(office, log, system, changes, expected):
    mapping = mapping_of({**TIMES_OF_DAY, **changes})

    report = import_log(system, point_id=office.point.id, path=log(NIGHT), mapping=mapping)

    if isinstance(expected, str):
        assert [row.problems[0].code for row in report.rejected] == [expected]
    else:
        ticket = Ticket.get()
        assert (ticket.wait_seconds, ticket.serve_seconds, ticket.day) == (*expected, date(2026, 3, 2))


@pytest.mark.parametrize(
    ("values", "place"),
    [
        ({}, "columns"),
        ({**TIMES_OF_DAY, "outcomes": {"x": "SERVING"}}, "mapping"),
        ({**TIMES_OF_DAY, "outcomes": {"x": "FINE"}}, "x"),
        ({**TIMES_OF_DAY, "service": ""}, "mapping"),
        ({**TIMES_OF_DAY, "colums": {}}, "colums"),
        ({**FULL_TIMES, "time_format": "%H:%M"}, "mapping"),
    ],
)
def test_a_wrong_mapping_is_refused_by_its_place(values, place):
    with pytest.raises(Refused) as refused:
        mapping_of(values)

    assert {problem.code for problem in refused.value.problems} == {"LOG_MAPPING_WRONG"}
    assert place in refused.value.problems[0].path


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "FILE_EMPTY"),
        (b"PK\x03\x04rest", "LOG_NOT_CSV"),
        (b"id,in,called\n1,2,3\n", "LOG_COLUMN_MISSING"),
        (b'id,in,called,out\n1,"2,3,4\n', "BROKEN_CSV"),
    ],
)
def test_a_file_that_is_no_such_log_is_refused_before_anything(office, tmp_path, system, content, code):
    path = tmp_path / "log.csv"
    path.write_bytes(content)

    with pytest.raises(Refused) as refused:
        import_log(system, point_id=office.point.id, path=path, mapping=mapping_of(FULL_TIMES))

    assert refused.value.problems[0].code == code
    assert Ticket.select().count() == 0


def test_only_who_may_import_for_the_point_does(office, log, mapping, registry):
    with pytest.raises(Refused) as refused:
        import_log(
            call_as(registry.settings, office.city.clerk.id), point_id=office.point.id, path=log(LOG), mapping=mapping
        )

    assert refused.value.problems[0].code == "FORBIDDEN"
