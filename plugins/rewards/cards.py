"""Cards of the plugin on the start page of the back office, those of each area together."""

from plugins.rewards.discipline.cards import CARDS as DISCIPLINE

CARDS = [*DISCIPLINE]
