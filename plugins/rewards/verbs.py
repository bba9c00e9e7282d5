"""What people do by hand to rows of the plugin, that of each area together."""

from plugins.rewards.discipline.verbs import VERBS as DISCIPLINE

VERBS = [*DISCIPLINE]
