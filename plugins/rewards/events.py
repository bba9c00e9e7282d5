"""What the plugin announces, that of each area together."""

from plugins.rewards.innovations.events import EVENTS as INNOVATIONS

EVENTS = [*INNOVATIONS]
