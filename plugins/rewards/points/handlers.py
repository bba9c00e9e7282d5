"""What is done after events: points are earned, and taken back when what earned them is withdrawn."""

from functools import partial

from core.plugin_api import Context, Event, EventHandler
from plugins.rewards.points.services.earning import earn_by, take_back_of
from plugins.rewards.points.sources import SOURCES, WITHDRAWN_BY, Source


def _earn(source: Source, event: Event, ctx: Context) -> None:
    earn_by(source, event, ctx)


def _take_back(event: Event, ctx: Context) -> None:
    subject_type, id_name = WITHDRAWN_BY[event.name]
    take_back_of(ctx, subject_type, int(event.payload[id_name]), event.name)


HANDLERS: list[EventHandler] = [
    *(
        EventHandler(f"rewards.earn_{source.kind.value.lower()}", source.name, partial(_earn, source))
        for source in SOURCES
    ),
    *(EventHandler(f"rewards.take_back_{name.rpartition('.')[2]}", name, _take_back) for name in WITHDRAWN_BY),
]
