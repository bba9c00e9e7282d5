"""What citizens do without an account, and what they see of the queue."""

NIK = "3174010101900001"

BOOK = """mutation($input: BookTicketInput!) { bookTicket(input: $input) { code problems { code path }
  ticket { token label state day slot position wait { halfLow } requirements service { name } point { code } } } }"""
TAKE = """mutation($input: TakeNumberInput!) { takeNumber(input: $input) { code problems { code path message }
  ticket { token label state position requirements counter service { code } } } }"""


def act(name):
    kind = "HeldTicketInput"
    return f"mutation($input: {kind}!) {{ {name}(input: $input) {{ ticket {{ label state position }} problems {{ code }} }} }}"


def service(row):
    return f"QueueService:{row.id}"


def take(ask, row):
    return ask(TAKE, input={"serviceId": service(row)})["data"]["takeNumber"]


def test_a_stranger_takes_a_number_and_follows_it_by_its_token(office, ask):
    first, second = take(ask, office.ktp), take(ask, office.ktp)

    assert second["problems"] == []
    assert len(second["code"]) == 6
    assert second["ticket"] | {"token": ""} == {
        "token": "",
        "label": "A-002",
        "state": "WAITING",
        "position": 2,
        "requirements": "",
        "counter": None,
        "service": {"code": "ktp"},
    }
    query = "query($token: String!) { queueTicket(token: $token) { label position state point { name } } }"
    seen = ask(query, token=second["ticket"]["token"])["data"]["queueTicket"]
    assert seen == {"label": "A-002", "position": 2, "state": "WAITING", "point": {"name": "Dukcapil"}}
    assert ask(query, token="nothing")["data"]["queueTicket"] is None
    assert first["ticket"]["token"] != second["ticket"]["token"]
