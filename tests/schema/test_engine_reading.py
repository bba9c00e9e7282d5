"""Reading through the engine: sources, selections, policy."""

from tests.schema import toy


def test_a_page_shows_columns_relations_and_pages(ask, town):
    data = ask(
        """{ people(first: 2) { nodes { id name mood pay born seen active rank shout
             office { name parent { name } } tasks(first: 2) { totalCount nodes { title weight person { name } }
             pageInfo { hasNextPage } } } } }"""
    )

    assert data["people"]["nodes"] == [
        {
            "id": "ToyPerson:1", "name": "Ani", "mood": "GLAD", "pay": None, "born": "1980-05-01",
            "seen": "2026-01-31T08:00:00Z", "active": True, "rank": 3, "shout": "ANI",
            "office": {"name": "Head", "parent": None},
            "tasks": {
                "totalCount": 3,
                "nodes": [
                    {"title": "a1", "weight": 5, "person": {"name": "Ani"}},
                    {"title": "a2", "weight": None, "person": {"name": "Ani"}},
                ],
                "pageInfo": {"hasNextPage": True},
            },
        },
        {
            "id": "ToyPerson:2", "name": "Budi", "mood": "SAD", "pay": "7", "born": "1990-01-01", "seen": None,
            "active": True, "rank": 1, "shout": "BUDI",
            "office": {"name": "North", "parent": {"name": "Head"}},
            "tasks": {
                "totalCount": 2,
                "nodes": [
                    {"title": "b1", "weight": 2, "person": {"name": "Budi"}},
                    {"title": "b2", "weight": 2, "person": {"name": "Budi"}},
                ],
                "pageInfo": {"hasNextPage": False},
            },
        },
    ]  # fmt: skip


def test_aliases_fragments_directives_and_typename_work_on_every_level(ask, town):
    data = ask(
        """query ($yes: Boolean!, $no: Boolean!) {
             all: people(first: 1) { __typename items: nodes { __typename ...Names } other: nodes { a: name } }
             one: person(name: "Budi") {
               ...Names
               ... on ToyPerson { boss { n1: name n2: name } }
               ... on Node { id }
               skipped: name @skip(if: $yes)
               kept: name @include(if: $yes)
               ... @include(if: $no) { gone: name }
               ...Names @skip(if: $yes)
             }
           }
           fragment Names on ToyPerson { name office { ...Office } }
           fragment Office on ToyOffice { name __typename }""",
        yes=True,
        no=False,
    )

    assert data == {
        "all": {
            "__typename": "ToyPersonConnection",
            "items": [
                {"__typename": "ToyPerson", "name": "Ani", "office": {"name": "Head", "__typename": "ToyOffice"}}
            ],
            "other": [{"a": "Ani"}],
        },
        "one": {
            "name": "Budi",
            "office": {"name": "North", "__typename": "ToyOffice"},
            "boss": {"n1": "Ani", "n2": "Ani"},
            "id": "ToyPerson:2",
            "kept": "Budi",
        },
    }


def test_the_same_connection_may_be_asked_for_twice_with_other_arguments(ask, town):
    data = ask(
        """{ person(name: "Ani") { few: tasks(first: 1) { nodes { title } }
             heavy: tasks(filter: {weight: {gte: 5}}) { nodes { title weight } } } }"""
    )

    assert data["person"] == {"few": {"nodes": [{"title": "a1"}]}, "heavy": {"nodes": [{"title": "a1", "weight": 5}]}}


def test_hidden_rows_are_absent_everywhere(ask, town):
    data = ask(
        """{ people { totalCount nodes { name office { name } } }
             offices { totalCount nodes { name people { totalCount nodes { name } } } }
             person(name: "Hidden") { name }
             node(id: "ToyPerson:5") { id }
             dedi: person(name: "Dedi") { boss { name } } }"""
    )

    assert data["people"]["totalCount"] == 5
    assert [row["name"] for row in data["people"]["nodes"]] == ["Ani", "Budi", "Cici", "Dedi", "50%_\\ off"]
    assert data["people"]["nodes"][3]["office"] is None
    assert [row["name"] for row in data["offices"]["nodes"]] == ["Head", "North"]
    assert data["offices"]["nodes"][0]["people"] == {"totalCount": 1, "nodes": [{"name": "Ani"}]}
    assert (data["person"], data["node"]) == (None, None)
    assert data["dedi"] == {"boss": {"name": "Budi"}}


def test_node_finds_by_global_id_and_gives_null_for_anything_else(ask, town):
    data = ask(
        """{ a: node(id: "ToyPerson:1") { __typename id ... on ToyPerson { name } ... on ToyOffice { other: name } }
             b: node(id: "ToyOffice:1") { ... on ToyOffice { name } }
             c: node(id: "ToyPerson:99") { id } d: node(id: "Nothing:1") { id } e: node(id: "nonsense") { id }
             f: node(id: "Query:1") { id } g: node(id: "ToyPerson:99999999999999999999") { id }
             h: node(id: "") { id } }"""
    )

    assert data == {
        "a": {"__typename": "ToyPerson", "id": "ToyPerson:1", "name": "Ani"},
        "b": {"name": "Head"},
        "c": None, "d": None, "e": None, "f": None, "g": None, "h": None,
    }  # fmt: skip


def test_masked_columns_show_only_what_the_policy_leaves(ask, town):
    data = ask(
        """{ people(orderBy: [{pay: DESC}]) { nodes { name pay } }
             rich: people(filter: {pay: {gt: "0"}}) { nodes { name } } }"""
    )

    assert [row["pay"] for row in data["people"]["nodes"]] == ["7", None, None, None, None]
    assert data["people"]["nodes"][0]["name"] == "Budi"
    assert data["rich"]["nodes"] == [{"name": "Budi"}]


def test_a_masked_foreign_key_gives_nothing_away_from_the_other_side(ask, town, toy_ctx):
    query = '{ person(name: "Budi") { given { totalCount nodes { title } } } }'
    known = ask(query)

    toy_ctx.actor = type(toy_ctx.actor)(today=toy_ctx.today)
    unknown = ask(query)

    assert known["person"]["given"] == {"totalCount": 2, "nodes": [{"title": "a2"}, {"title": "c1"}]}
    assert unknown["person"]["given"] == {"totalCount": 0, "nodes": []}


def test_batch_fields_are_called_once_for_all_rows(ask, town):
    data = ask(
        """{ people(first: 3) { nodes { greeting loud: greeting(loud: true) grandBoss { name } colleagues { name }
             paySlip { words person { name } } } } }"""
    )

    assert toy.CALLS == [[1, 2, 3], [1, 2, 3]]
    assert data["people"]["nodes"][2] == {
        "greeting": "Hello Cici",
        "loud": "Hello Cici!",
        "grandBoss": {"name": "Ani"},
        "colleagues": [{"name": "Budi"}],
        "paySlip": {"words": "much", "person": {"name": "Budi"}},
    }
    assert data["people"]["nodes"][0]["grandBoss"] is None
    assert data["people"]["nodes"][0]["colleagues"] == []
    assert data["people"]["nodes"][0]["paySlip"] is None


def test_a_relation_may_be_computed(ask, town):
    assert ask("{ people(first: 2) { nodes { heaviest { title } } } }")["people"]["nodes"] == [
        {"heaviest": {"title": "a3"}},
        {"heaviest": {"title": "b2"}},
    ]


def test_plain_values_lead_back_to_entities_under_policy(ask, town):
    data = ask("{ figures(least: 3) { count head { name } lines { words who: person { name } } } }")

    assert data["figures"]["count"] == 3
    assert data["figures"]["head"] == {"name": "Ani"}
    assert [line["who"] for line in data["figures"]["lines"]] == [
        {"name": "Ani"}, {"name": "Budi"}, {"name": "Cici"}, {"name": "Dedi"}, None, {"name": "50%_\\ off"},
    ]  # fmt: skip


def test_unexpected_failures_are_masked_and_logged_once(fault, town, capture_logs):
    error = fault("{ broken }")

    assert error["message"] == "Something went wrong here. Tell your administrator the number request-1."
    assert error["extensions"] == {"code": "INTERNAL_ERROR", "requestId": "request-1"}
    assert [(entry["event"], entry["request_id"]) for entry in capture_logs] == [("a field failed", "request-1")]


def test_statements_do_not_grow_with_the_rows(ask, toy_db, count_statements):
    query = """{ offices { totalCount nodes { parent { name } people(first: 3) { totalCount pageInfo { endCursor }
                 edges { cursor node { name boss { name } tasks { nodes { title person { name } } }
                 grandBoss { name } } } }
               } } }"""
    counts = []
    for size in (5, 45):
        for number in range(size):
            office = toy.Office.create(name=f"{size}-{number}", parent=None)
            person = toy.Person.create(name=f"P{size}-{number}", office=office)
            other = toy.Person.create(name=f"Q{size}-{number}", office=office, boss=person)
            toy.Task.create(person=person, title="t")
            toy.Task.create(person=other, title="u")
        with count_statements() as statements:
            ask(query)
        counts.append(len(statements))

    assert counts == [8, 8]
