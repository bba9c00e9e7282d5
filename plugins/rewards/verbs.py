"""What people do by hand to rows of the plugin, that of each area together."""

from plugins.rewards.innovations.verbs import VERBS as INNOVATIONS

VERBS = [*INNOVATIONS]
