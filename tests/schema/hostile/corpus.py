"""Bodies that nobody means well with: what is sent, and the status and code that it is refused with."""

import json
from collections.abc import Iterator
from typing import Any, NamedTuple

JSON = "application/json"
PAGE = "employees(first: 200) { nodes { "


class Hostile(NamedTuple):
    """A body, what it is refused with, and how it calls itself."""

    name: str
    body: bytes
    status: int
    code: str
    kind: str = JSON


def corpus() -> list[Hostile]:
    """Return all of them, each under a name of its own."""
    found = [
        *_no_json(),
        *_no_requests(),
        *_batches(),
        *_broken_documents(),
        *_deep(),
        *_wide(),
        *_fragments(),
        *_costly(),
        *_introspection(),
        *_values(),
        *_changes(),
    ]
    names = [one.name for one in found]
    assert len(set(names)) == len(names), sorted(name for name in names if names.count(name) > 1)
    return found


def sent(name: str, query: Any, code: str, status: int = 400, **more: Any) -> Hostile:
    """Return a body that is a request at least in form."""
    return Hostile(name, json.dumps({"query": query, **more}, ensure_ascii=False).encode(), status, code)


def _no_json() -> Iterator[Hostile]:
    query = b'{"query": "{ __typename }"'
    for name, body in {
        "nothing": b"",
        "a brace": b"{",
        "half a word": b"tru",
        "two objects": query + b"}" + query + b"}",
        "a comma too many": query + b",}",
        "single quotes": b"{'query': '{ __typename }'}",
        "a comment": query + b"} // hello",
        "not a number": query + b', "variables": {"a": NaN}}',
        "without end": query + b', "variables": {"a": Infinity}}',
        "a byte that is no UTF-8": b'{"query": "\xff"}',
        "overlong UTF-8": b'{"query": "\xc0\x80"}',
        "half of a UTF-8 letter": b'{"query": "\xe2\x82"}',
        "a surrogate in UTF-8": b'{"query": "\xed\xa0\x80"}',
        "half of a pair, escaped": b'{"query": "\\ud800"}',
        "a pair turned round": b'{"query": "\\udc00\\ud800"}',
        "a raw NUL": b'{"query": "\x00"}',
        "UTF-16": '{"query": "{ __typename }"}'.encode("utf-16"),
        "UTF-32": '{"query": "{ __typename }"}'.encode("utf-32"),
        "a byte order mark": b"\xef\xbb\xbf" + query + b"}",
        "an open list in a list in a list": b"[" * 100_000,
        "open objects": b'{"a":' * 100_000,
        "closed lists": b"[" * 100_000 + b"]" * 100_000,
        "closed objects": b'{"a":' * 50_000 + b"1" + b"}" * 50_000,
        "blanks": b" " * 1_000_000,
        "a million quotes": b'"' * 1_000_000,
        "gzip": b"\x1f\x8b\x08" + b"\x00" * 1_000,
        "four thousand digits": b"1" * 4_000,
        "5,000 digits": query + b', "variables": {"n": ' + b"9" * 5_000 + b"}}",
        "an exponent": query + b', "variables": {"a": 1e999999999}}',
    }.items():
        yield Hostile(f"JSON: {name}", body, 400, "BAD_JSON")
    forms = ("application/x-www-form-urlencoded", "multipart/form-data")
    for kind in (*forms, "text/plain", "text/xml", "", "application/graphql"):
        yield Hostile(f"content type: {kind!r}", query + b"}", 415, "BAD_CONTENT_TYPE", kind)
    yield Hostile("content type: UTF-7", query + b"}", 415, "BAD_CHARSET", "application/json; charset=utf-7")
    yield Hostile("too many bytes", query + b" " * 1_048_576 + b"}", 413, "BODY_TOO_LARGE")


def _no_requests() -> Iterator[Hostile]:
    for body in (b"null", b"42", b'"text"', b"true", b"-0.0"):
        yield Hostile(f"body: {body[:20]!r}", body, 400, "BAD_BODY")
    for query in (None, 7, True, [], {}, "", " \n\t", "\ufeff "):
        yield sent(f"query: {query!r}", query, "GRAPHQL_PARSE_FAILED" if query == "\ufeff " else "NO_QUERY")
    yield Hostile("sixty thousand keys", json.dumps({str(n): n for n in range(60_000)}).encode(), 400, "NO_QUERY")
    for variables in ([], "text", 7, True):
        yield sent(f"variables: {variables!r}", "{ __typename }", "BAD_VARIABLES", variables=variables)
    yield sent("operationName: a number", "{ __typename }", "BAD_OPERATION_NAME", operationName=7)
    yield sent("operationName: unknown", "query A { __typename }", "BAD_USER_INPUT", operationName="B" * 900_000)
    yield sent("extensions: a list", "{ __typename }", "BAD_EXTENSIONS", extensions=[])


def _batches() -> Iterator[Hostile]:
    one = {"query": "{ __typename }"}
    for name, batch, code in (
        ("empty", [], "BATCH_TOO_LARGE"),
        ("eleven", [one] * 11, "BATCH_TOO_LARGE"),
        ("thousands", [one] * 30_000, "BATCH_TOO_LARGE"),
        ("of batches", [[one] * 10] * 10, "BAD_BODY"),
        ("of nothing", [None] * 10, "BAD_BODY"),
        ("of numbers", [42] * 10, "BAD_BODY"),
        ("of empty objects", [{}] * 10, "NO_QUERY"),
        ("with one bad", [*[one] * 9, {"query": "{", "variables": 7}], "BAD_VARIABLES"),
    ):
        yield Hostile(f"batch: {name}", json.dumps(batch).encode(), 400, code)
    for name, query, code in (
        ("of deep ones", "{ a " * 150 + "}" * 150, "TOO_DEEP"),
        ("of wide ones", "{ " + PAGE + "x " * 400 + "} } }", "TOO_MANY_REPEATS"),
        ("of bombs", _bomb(16, "a: {} b: {}"), "TOO_DEEP"),
        ("of costly ones", _pages(["employees", "plans", "workResults", "indicators"], 200), "COST_TOO_HIGH"),
        ("of more than one could read", "{ " + "a " * 2_100 + "}", "BATCH_TOO_LONG"),
        ("of nonsense", "{ nonsense }", "GRAPHQL_VALIDATION_FAILED"),
    ):
        yield Hostile(
            f"batch: {name}", json.dumps([{"query": query}] * 10).encode(), 400 if "LONG" in code else 200, code
        )


def _broken_documents() -> Iterator[Hostile]:
    for name, query in {
        "an open brace": "{",
        "a NUL": "\0",
        "a NUL inside": "{ a\0b }",
        "emoji": "💣" * 1_000,
        "commas": "{" + "," * 900_000,
        "byte order marks": "\ufeff" * 300_000,
        "blanks": "{" + " " * 900_000,
        "new lines": "{" + "\n" * 400_000,
        "an open text": '{ employee(nip: "' + "x" * 900_000,
        "an open block text": '{ employee(nip: """' + "x\n" * 300_000,
        "quotes": "{ a(b: " + '"' * 100_001 + ") }",
        "an escape beyond Unicode": r'{ employee(nip: "\u{110000}") { id } }',
        "half of a pair, escaped": r'{ employee(nip: "\uD800") { id } }',
        "an unknown escape": r'{ employee(nip: "\q") { id } }',
        "a number with a zero before": "{ employees(first: 007) { totalCount } }",
        "a number that ends in a letter": "{ employees(first: 7e) { totalCount } }",
        "dots": "{ " + "." * 100_000 + " }",
        "a selection of nothing": "query A",
        "brackets": "(" * 100_000,
        "control characters": "\x07" * 1_000,
    }.items():
        yield sent(f"syntax: {name}", query, "GRAPHQL_PARSE_FAILED")
    for name, query in {
        "an unknown field": "{ nonsense }",
        "a field without selection": "{ employees }",
        "a subscription": "subscription { nonsense }",
        "type definitions": "type A { a: Int } " * 100,
        "a schema": "{ __typename } schema { query: Query }",
        "a long name": "{ " + "x" * 900_000 + " }",
        "a long alias of nothing": "{ " + "x" * 400_000 + ": " + "y" * 400_000 + " }",
        "an unknown fragment": "{ ...A }",
        "an argument many times": "{ employees(" + "first: 1 " * 1_000 + ") { totalCount } }",
        "unknown arguments": "{ employees(" + " ".join(f"a{n}: 1" for n in range(1_200)) + ") { totalCount } }",
        "an unknown variable": "{ employees(first: $n) { totalCount } }",
        "unused variables": "query (" + " ".join(f"$v{n}: Int" for n in range(1_200)) + ") { __typename }",
        "the same variable": "query (" + "$v: Int " * 1_200 + ") { __typename }",
        "nested types of a variable": "query ($v: " + "[" * 200 + "Int" + "]" * 200 + ") { __typename }",
        "a default that does not fit": "query ($v: Int = ["
        + "1 " * 4_000
        + "]) { employees(first: $v) { totalCount } }",
        "5,000 digits": "{ employees(first: " + "9" * 5_000 + ") { totalCount } }",
        "500,000 digits": "{ employees(first: " + "9" * 500_000 + ") { totalCount } }",
        "a float with a great exponent": "{ employees(first: 1e99999999) { totalCount } }",
        "a text for a number": '{ employees(first: "' + "9" * 900_000 + '") { totalCount } }',
        "an enum for a number": "{ employees(first: " + "E" * 900_000 + ") { totalCount } }",
        "operations without a name": "{ __typename } " * 100,
        "operations of one name": "query A { __typename } " * 100,
        "fragments that nobody uses": "{ __typename } "
        + " ".join(f"fragment F{n} on Query {{ __typename }}" for n in range(99)),
        "fragments of one name": "{ __typename } " + "fragment F on Query { __typename } " * 99,
        "a fragment on a number": "{ ...A } fragment A on Int { a }",
        "directives that are unknown": "{ __typename " + "@a " * 2_000 + "}",
        "directives of one name": "{ __typename " + "@skip(if: false) " * 600 + "}",
        "directives in the wrong place": "query @skip(if: true) { __typename }",
        "fields that contradict each other": "{ " + "x: employees { totalCount } x: units { totalCount } " * 9 + "}",
    }.items():
        yield sent(f"validation: {name}", query, "GRAPHQL_VALIDATION_FAILED")
    yield sent("several operations, none named", "query A { __typename } query B { __typename }", "BAD_USER_INPUT")


def _deep() -> Iterator[Hostile]:
    for name, query in {
        "fields": f"{{ {PAGE}" + "superior { " * 14 + "id" + " }" * 14 + " } } }",
        "fields, a thousand": f"{{ {PAGE}" + "superior { " * 1_000 + "id" + " }" * 1_000 + " } } }",
        "fields, left open": "{ a " * 2_000,
        "inline fragments": "{ " + "... { " * 1_500 + "__typename" + " }" * 1_500 + " }",
        "inline fragments on types": "{ " + "... on Query { " * 900 + "__typename" + " }" * 900 + " }",
        "lists": "{ employees(filter: {and: " + "[" * 1_500 + "]" * 1_500 + "}) { totalCount } }",
        "lists, left open": "{ employees(filter: " + "[" * 4_000,
        "objects": "{ employees(filter: " + "{not: " * 900 + "{}" + "}" * 900 + ") { totalCount } }",
        "types": "query ($v: " + "[" * 2_000 + "Int" + "]" * 2_000 + ") { __typename }",
        "introspection": '{ __type(name: "Employee") { ' + "ofType { " * 20 + "name" + " }" * 20 + " } }",
    }.items():
        yield sent(f"deep: {name}", query, "TOO_DEEP")


def _wide() -> Iterator[Hostile]:
    for name, query, code in (
        ("tokens", "{ " + "a " * 5_001 + "}", "TOO_MANY_TOKENS"),
        ("comments", "#\n" * 5_001 + "{ __typename }", "TOO_MANY_TOKENS"),
        ("directives", "{ __typename " + "@a " * 2_600 + "}", "TOO_MANY_TOKENS"),
        ("variables", "query (" + "$v: Int " * 1_700 + ") { __typename }", "TOO_MANY_TOKENS"),
        ("a list", "{ employees(filter: {id: {in: [" + "1 " * 6_000 + "]}}) { totalCount } }", "TOO_MANY_TOKENS"),
        ("operations", "query A { a } " * 2_000, "TOO_MANY_TOKENS"),
        ("operations with names", " ".join(f"query Q{n} {{ a }}" for n in range(900)), "TOO_MANY_DEFINITIONS"),
        ("operations without names", "{ a } " * 1_200, "TOO_MANY_DEFINITIONS"),
        (
            "fragments",
            "{ __typename } " + " ".join(f"fragment F{n} on Query {{ a }}" for n in range(600)),
            "TOO_MANY_DEFINITIONS",
        ),
        ("nothing selected", "{ employees { } }", "EMPTY_SELECTION"),
        ("nothing at all selected", "{ ,,, }", "EMPTY_SELECTION"),
        ("fields", "{ " + PAGE + " ".join(f"f{n}" for n in range(2_001)) + " } } }", "TOO_MANY_FIELDS"),
        ("the same field", "{ " + PAGE + "id " * 1_500 + "} } }", "TOO_MANY_REPEATS"),
        ("the same list", "{ " + PAGE + "superior { superior { id } } " * 250 + "} } }", "TOO_MANY_REPEATS"),
        ("aliases", "{ " + PAGE + " ".join(f"a{n}: id" for n in range(61)) + " } } }", "TOO_MANY_ALIASES"),
        ("aliases of the root", "{ " + " ".join(f"a{n}: __typename" for n in range(1_500)) + " }", "TOO_MANY_ALIASES"),
        ("root fields", "{ " + _again("employees { totalCount }", 21) + " }", "TOO_MANY_ROOT_FIELDS"),
        (
            "root fields in fragments",
            "{ ...A ...B ...C } " + " ".join(
                f"fragment {name} on Query {{ {_again('__typename', 9, name)} }}" for name in "ABC"
            ),
            "TOO_MANY_ROOT_FIELDS",
        ),
    ):  # fmt: skip
        yield sent(f"wide: {name}", query, code)


def _again(field: str, times: int, name: str = "a") -> str:
    return " ".join(f"{name}{n}: {field}" for n in range(times))


def _bomb(levels: int, both: str) -> str:
    fragments = " ".join(
        f"fragment F{n} on Employee {{ {both.replace('{}', f'superior {{ ...F{n + 1} }}')} }}" for n in range(levels)
    )
    return f"{{ {PAGE} ...F0 }} }} }} {fragments} fragment F{levels} on Employee {{ id }}"


def _fragments() -> Iterator[Hostile]:
    for length in (1, 2, 3, 99):
        names = [f"F{n}" for n in range(length)]
        circle = " ".join(
            f"fragment {name} on Query {{ ...{after} }}" for name, after in zip(names, [*names[1:], "F0"], strict=True)
        )
        yield sent(f"fragments: a circle of {length}", f"{{ ...F0 }} {circle}", "FRAGMENT_CYCLE")
    yield sent(
        "fragments: a circle through fields",
        f"{{ {PAGE} ...A }} }} }} fragment A on Employee {{ superior {{ ...B }} }} "
        "fragment B on Employee { superior { ...A } }",
        "FRAGMENT_CYCLE",
    )
    yield sent(
        "fragments: a circle that nobody uses",
        "{ __typename } fragment A on Query { ...B } fragment B on Query { ...A }",
        "GRAPHQL_VALIDATION_FAILED",
    )
    yield sent("fragments: twice as many at each level, deep", _bomb(60, "a: {} b: {}"), "TOO_DEEP")
    for wide, levels in ((2, 40), (3, 30), (10, 12), (100, 3)):
        spread = " ".join(
            f"fragment F{n} on Employee {{ " + f"...F{n + 1} " * wide + "}" for n in range(levels)
        )  # fmt: skip
        yield sent(
            f"fragments: {wide} to the {levels}",
            f"{{ {PAGE} ...F0 }} }} }} {spread} fragment F{levels} on Employee {{ id }}",
            "TOO_MANY_FIELDS",
        )
    both = "...F{} ...G{}"
    pairs = " ".join(
        f"fragment F{n} on Employee {{ {both.replace('{}', str(n + 1))} }} "
        f"fragment G{n} on Employee {{ {both.replace('{}', str(n + 1))} }}"
        for n in range(40)
    )
    last = "fragment F40 on Employee { id } fragment G40 on Employee { id }"
    yield sent("fragments: pairs", f"{{ {PAGE} ...F0 }} }} }} {pairs} {last}", "TOO_MANY_FIELDS")


def _pages(names: list[str], first: int | str) -> str:
    query = "id"
    for name in reversed(names):
        query = f"{name}(first: {first}) {{ nodes {{ {query} }} }}"
    return f"{{ {query} }}"


CHAIN = ["employees", "plans", "workResults", "indicators"]


def _costly() -> Iterator[Hostile]:
    yield sent("cost: pages in pages", _pages(CHAIN, 200), "COST_TOO_HIGH")
    yield sent("cost: pages in pages from the end", _pages(CHAIN, 200).replace("first", "last"), "COST_TOO_HIGH")
    yield sent("cost: pages of the usual size", _pages(CHAIN, "null"), "COST_TOO_HIGH")
    yield sent("cost: pages larger than they can be", _pages(CHAIN, 2_000_000_000), "COST_TOO_HIGH")
    named = _pages(CHAIN, "$n")
    yield sent("cost: the number in a variable", f"query ($n: Int) {named}", "COST_TOO_HIGH", variables={"n": 150})
    yield sent("cost: the number in a default", f"query ($n: Int = 150) {named}", "COST_TOO_HIGH")
    yield sent("cost: no number", f"query ($n: Int) {named}", "COST_TOO_HIGH", variables={"n": None})
    yield sent(
        "cost: pages in a fragment",
        "{ employees(first: 200) { nodes { ...A } } } fragment A on Employee { plans(first: 200) { nodes { ...B } } } "
        "fragment B on PerformancePlan { workResults(first: 200) { nodes { id } } }",
        "COST_TOO_HIGH",
    )
    beside = "employees(first: 200) { nodes { plans(first: 200) { nodes { id version } } } }"
    yield sent(
        "cost: many pages beside each other",
        f"{{ {_again(beside, 19)} }}",
        "COST_TOO_HIGH",
    )
    yield sent(
        "cost: edges",
        "{ employees(first: 200) { edges { cursor node { plans(first: 200) { edges { cursor node { "
        "workResults(first: 200) { edges { cursor } } } } } } } } }",
        "COST_TOO_HIGH",
    )


def _introspection() -> Iterator[Hostile]:
    inner = "name"
    for _ in range(4):
        inner = f"fields {{ type {{ {inner} }} }}"
    for name, query, code in (
        ("fields of types of fields", f"{{ __schema {{ types {{ {inner} }} }} }}", "GRAPHQL_VALIDATION_FAILED"),
        (
            "fields of types of fields, in fragments",
            (
                "{ __schema { types { ...A } } } fragment A on __Type { fields { type { ...B } } } "
                "fragment B on __Type { fields { type { ...C } } } "
                "fragment C on __Type { fields { type { fields { name } } } }"
            ),
            "GRAPHQL_VALIDATION_FAILED",
        ),
        (
            "possible types of interfaces",
            "{ __schema { types { " + "interfaces { possibleTypes { " * 3 + "name" + " } }" * 3 + " } } }",
            "GRAPHQL_VALIDATION_FAILED",
        ),
        ("all, many times", "{ " + _again("__schema { types { name } }", 21) + " }", "TOO_MANY_ROOT_FIELDS"),
    ):  # fmt: skip
        yield sent(f"introspection: {name}", query, code)


def _values() -> Iterator[Hostile]:
    query = "query ($f: EmployeeFilter, $n: Int) { employees(filter: $f, first: $n) { totalCount } }"
    nested: Any = {}
    for _ in range(300):
        nested = {"not": nested}
    shallow: Any = {}
    for _ in range(15):
        shallow = {"not": shallow}
    for name, variables, code in (
        ("objects in objects", {"f": nested}, "VALUES_TOO_DEEP"),
        ("lists in lists", {"f": {"and": [[[[[]]] * 3_000] * 2]}}, "LISTS_TOO_LONG"),
        ("a long list", {"f": {"id": {"in": ["Employee:1"] * 6_000}}}, "LISTS_TOO_LONG"),
        ("long lists in a list", {"f": {"or": [{"id": {"in": ["Employee:1"] * 600}}] * 10}}, "LISTS_TOO_LONG"),
        ("a long list that nobody asks for", {"x": list(range(100_000))}, "LISTS_TOO_LONG"),
        ("a long text for a number", {"n": "9" * 900_000}, "BAD_USER_INPUT"),
        ("a great number", {"n": 2**63}, "BAD_USER_INPUT"),
        ("a fraction", {"n": 1e300}, "BAD_USER_INPUT"),
        ("a truth for a number", {"n": True}, "BAD_USER_INPUT"),
        ("an object for a number", {"n": {"x": "y" * 500_000}}, "BAD_USER_INPUT"),
        ("a filter that is none", {"f": {f"x{n}": n for n in range(20_000)}}, "BAD_USER_INPUT"),
        ("half a filter", {"f": [[]] * 100}, "BAD_USER_INPUT"),
    ):
        yield sent(f"values: {name}", query, code, variables=variables)
    yield sent(
        "values: a required one is not there", "query ($n: String!) { employee(nip: $n) { id } }", "BAD_USER_INPUT"
    )
    # Read and refused by the engine itself: `data` is null, since something has run.
    for name, variables, code in (
        ("a filter in a filter", {"f": shallow}, "FILTER_TOO_DEEP"),
        ("a filter of many parts", {"f": {"or": [{}] * 300}}, "FILTER_TOO_LARGE"),
        ("a list for one condition", {"f": {"id": {"in": ["Employee:1"] * 1_001}}}, "LIST_TOO_LONG"),
        ("a page of a million", {"n": 1_000_000}, "PAGE_TOO_LARGE"),
        ("a page of less than nothing", {"n": -1}, "BAD_PAGE"),
        ("an id that is none", {"f": {"id": {"eq": "x" * 900_000}}}, "BAD_ID"),
    ):
        yield sent(f"engine: {name}", query, code, 200, variables=variables)
    order = "query ($o: [EmployeeOrder!]) { employees(orderBy: $o) { totalCount } }"
    yield sent("engine: an order of many", order, "BAD_ORDER", 200, variables={"o": [{"id": "ASC"}] * 100})
    nip = "query ($n: String!) { employee(nip: $n) { id } }"
    yield sent("engine: a NUL in a text", nip, "BAD_TEXT", 200, variables={"n": "\0"})
    cursor = "query ($c: String) { employees(after: $c) { nodes { id } } }"
    yield sent("engine: a cursor of noise", cursor, "BAD_CURSOR", 200, variables={"c": "A" * 900_000})


def _changes() -> Iterator[Hostile]:
    one = "logout { problems { code } }"
    for name, query, code in (
        ("eleven", "mutation { " + " ".join(f"a{n}: {one}" for n in range(11)) + " }", "TOO_MANY_MUTATIONS"),
        ("twenty-one", "mutation { " + " ".join(f"a{n}: {one}" for n in range(21)) + " }", "TOO_MANY_ROOT_FIELDS"),
        (
            "in fragments",
            "mutation { ...A ...B } "
            + " ".join(
                f"fragment {name} on Mutation {{ " + " ".join(f"{name}{n}: {one}" for n in range(6)) + " }"
                for name in "AB"
            ),
            "TOO_MANY_MUTATIONS",
        ),
    ):
        yield sent(f"changes: {name}", query, code)
