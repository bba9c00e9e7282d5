"""The fields that an operation selects on a type, `__typename` among them, in the order of graphql-core."""

from collections.abc import Iterable

from graphql import FieldNode, FragmentSpreadNode, InlineFragmentNode, SelectionSetNode

from schema.as_of import ARGUMENT as AS_OF
from schema.engine.catalogue import TypeInfo
from schema.engine.planned.reasons import Declined
from schema.engine.selection import Nodes, Run

TYPENAME = "__typename"


def selected(run: Run, kind: TypeInfo, nodes: Iterable[FieldNode]) -> dict[str, Nodes]:
    """Return the fields that `nodes` select on the type, by response key."""
    return collected(run, kind, (node.selection_set for node in nodes if node.selection_set is not None))


def collected(run: Run, kind: TypeInfo, sets: Iterable[SelectionSetNode]) -> dict[str, Nodes]:
    """Return the fields of selection sets on the type, by response key."""
    found: dict[str, Nodes] = {}
    seen: set[str] = set()
    for selections in sets:
        _collect(run, kind, selections, found, seen)
    return found


def _collect(run: Run, kind: TypeInfo, selections: SelectionSetNode, found: dict[str, Nodes], seen: set[str]) -> None:
    for selection in selections.selections:
        if selection.directives and not run.is_included(selection):
            continue
        if isinstance(selection, FieldNode):
            if any(argument.name.value == AS_OF for argument in selection.arguments or ()):
                raise Declined("the state as of a day")
            found.setdefault((selection.alias or selection.name).value, []).append(selection)
        elif isinstance(selection, InlineFragmentNode):
            condition = selection.type_condition
            if condition is None or condition.name.value in kind.answers_to:
                _collect(run, kind, selection.selection_set, found, seen)
        elif isinstance(selection, FragmentSpreadNode) and selection.name.value not in seen:
            seen.add(selection.name.value)
            fragment = run.fragments[selection.name.value]
            if fragment.type_condition.name.value in kind.answers_to:
                _collect(run, kind, fragment.selection_set, found, seen)
