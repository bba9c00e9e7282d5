"""`kinerja user`, `token` and `schema`."""

import io
import json

import pytest

from core.commands import schema as schema_command
from core.commands.shared import connected
from core.history.models import HistoryRecord
from core.identity.models import Account, ApiToken, SecondFactor
from core.identity.passwords import is_password
from tests.support.cli import answer


def in_database(question):
    with connected():
        return question()


def password_hash(username):
    return in_database(lambda: Account.get(Account.username == username).password_hash)


def test_an_account_with_a_made_up_password_can_log_in(deployed, capsys):
    code, out, _ = answer(
        capsys, "user", "create", "budi", "--name", "Budi", "--role", "auditor", "--generate", "--json"
    )

    made = json.loads(out)
    assert (code, made["username"]) == (0, "budi")
    assert is_password(made["password"], password_hash("budi"))
    [row] = json.loads(answer(capsys, "user", "list", "--json")[1])
    assert (row["username"], row["name"], row["active"]) == ("budi", "Budi", True)
    assert [(grant["role"], grant["unit"]) for grant in row["roles"]] == [("auditor", None)]
    assert "budi" in answer(capsys, "user", "list")[1]


def test_the_second_factor_of_a_lost_device_is_reset_for_a_reason(deployed, capsys):
    answer(capsys, "user", "create", "budi", "--generate")

    def with_device():
        account = Account.get(Account.username == "budi")
        SecondFactor.create(account=account, sealed_secret="sealed", last_step=1)

    in_database(with_device)
    reset = ("user", "reset-second-factor", "budi", "--lang", "en", "--reason")

    assert "REASON_REQUIRED" in answer(capsys, *reset, " ")[2]
    assert in_database(lambda: SecondFactor.select().count()) == 1
    assert answer(capsys, *reset, "Ponsel hilang")[:2] == (0, "Account budi has no second factor any more.\n")
    assert in_database(lambda: SecondFactor.select().count()) == 0
    assert "SECOND_FACTOR_NOT_SET" in answer(capsys, *reset, "Ponsel hilang")[2]


def test_a_password_comes_from_standard_input_for_scripts(deployed, capsys, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO("kuda-laut-menari-9\n"))

    code, out, _ = answer(capsys, "user", "create", "siti", "--password-stdin", "--lang", "en")

    assert (code, out) == (0, "Account siti is open.\n")
    assert is_password("kuda-laut-menari-9", password_hash("siti"))


def test_a_wrong_role_leaves_no_account(deployed, capsys):
    code, _, err = answer(capsys, "user", "create", "budi", "--role", "king", "--generate", "--lang", "en")

    assert code == 1
    assert "UNKNOWN_ROLE" in err
    assert in_database(lambda: Account.select().count()) == 0
    assert in_database(lambda: HistoryRecord.select().count()) == 0


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (["create", "budi", "--generate"], "USERNAME_TAKEN"),
        (["create", "wati", "--nip", "199001012015011001", "--generate"], "EMPLOYEE_UNKNOWN"),
        (["password", "nobody", "--generate"], "ACCOUNT_UNKNOWN"),
        (["grant", "budi", "auditor", "--unit", "X-1"], "UNIT_UNKNOWN"),
        (["grant", "budi", "auditor", "--from", "2026-02-01", "--to", "2026-01-01"], "BAD_GRANT_END"),
        (["revoke", "budi", "auditor"], "GRANT_UNKNOWN"),
    ],
)
def test_refusals_end_with_1_and_change_nothing(deployed, capsys, arguments, problem):
    answer(capsys, "user", "create", "budi", "--generate")
    before = in_database(lambda: HistoryRecord.select().count())

    code, _, err = answer(capsys, "user", *arguments)

    assert code == 1
    assert problem in err
    assert in_database(lambda: HistoryRecord.select().count()) == before


def test_a_day_that_is_none_is_wrong_usage(deployed, capsys):
    code, _, err = answer(capsys, "user", "grant", "budi", "auditor", "--from", "tomorrow", "--lang", "en")

    assert code == 2
    assert "--from cannot be used: write the day as 2026-01-31" in err


def test_roles_are_given_and_taken(deployed, capsys):
    answer(capsys, "user", "create", "budi", "--generate")

    assert answer(capsys, "user", "grant", "budi", "auditor")[0] == 0
    assert [grant["role"] for grant in json.loads(answer(capsys, "user", "list", "--json")[1])[0]["roles"]] == [
        "auditor"
    ]
    assert answer(capsys, "user", "revoke", "budi", "auditor")[0] == 0
    assert json.loads(answer(capsys, "user", "list", "--json")[1])[0]["roles"] == []


def test_a_new_password_replaces_the_old(deployed, capsys):
    first = json.loads(answer(capsys, "user", "create", "budi", "--generate", "--json")[1])["password"]

    second = json.loads(answer(capsys, "user", "password", "budi", "--generate", "--json")[1])["password"]

    assert is_password(second, password_hash("budi"))
    assert not is_password(first, password_hash("budi"))


def test_an_account_is_closed_and_opened(deployed, capsys):
    answer(capsys, "user", "create", "budi", "--generate")

    assert answer(capsys, "user", "close", "budi")[0] == 0
    assert json.loads(answer(capsys, "user", "list", "--json")[1])[0]["active"] is False
    assert answer(capsys, "user", "open", "budi")[0] == 0
    assert json.loads(answer(capsys, "user", "list", "--json")[1])[0]["active"] is True


def test_what_an_operator_does_is_recorded_under_his_name(deployed, capsys):
    answer(capsys, "user", "create", "budi", "--generate")

    names = in_database(lambda: {record.actor_name for record in HistoryRecord.select()})

    assert len(names) == 1
    assert next(iter(names)).startswith("cli:")


def test_a_token_is_shown_once_and_ended(deployed, capsys):
    answer(capsys, "user", "create", "budi", "--generate")

    code, out, _ = answer(capsys, "token", "create", "budi", "Aplikasi absensi", "--days", "30", "--json")

    made = json.loads(out)
    assert code == 0
    assert made["scopes"] == ["read"]
    [listed] = json.loads(answer(capsys, "token", "list", "budi", "--json")[1])
    assert made["token"].startswith(listed["begins_with"])
    assert made["token"] not in json.dumps(listed)
    assert made["token"] not in in_database(lambda: ApiToken.get().token_hash)

    assert answer(capsys, "token", "revoke", str(made["id"]))[0] == 0
    assert json.loads(answer(capsys, "token", "list", "--json")[1])[0]["revoked_at"] is not None


def test_a_token_with_an_unknown_scope_is_refused(deployed, capsys):
    answer(capsys, "user", "create", "budi", "--generate")

    code, _, err = answer(capsys, "token", "create", "budi", "x", "--scope", "everything")

    assert code == 1
    assert "UNKNOWN_SCOPE" in err
    assert in_database(lambda: ApiToken.select().count()) == 0


def test_the_committed_schema_is_the_declared_one(folder, capsys):
    code, out, err = answer(capsys, "schema", "--check", "--lang", "en")

    assert code == 0, out + err


def test_a_drifted_schema_is_shown_and_can_be_written(folder, capsys, monkeypatch):
    monkeypatch.setattr(schema_command, "COMMITTED", folder / "schema" / "schema.graphql")
    (folder / "schema").mkdir()
    for name in ("rewards", "training", "queueing"):
        (folder / "plugins" / name).mkdir(parents=True)

    code, out, _ = answer(capsys, "schema", "--check", "--json")
    assert (code, json.loads(out)["same"]) == (1, False)

    assert answer(capsys, "schema", "--write")[0] == 0
    assert answer(capsys, "schema", "--check")[0] == 0
