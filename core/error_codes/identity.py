"""Codes: log-ins, accounts, roles and tokens."""

from core.i18n import N_

IDENTITY: dict[str, str] = {
    "ACCOUNT_CLOSED": N_("This account is closed. Open it again first."),
    "BAD_GRANT_END": N_("The role would end before it begins or before today. Choose a later last day."),
    "BAD_LANGUAGE": N_("The language {language} is not spoken here. Use id or en."),
    "BAD_TOKEN_LIFE": N_("A token lives 1 to {longest} days here. Choose a number in that range."),
    "BAD_TOKEN_NAME": N_("A token needs a name of at most {longest} characters that tells what uses it. Give it one."),
    "BAD_USERNAME": N_(
        "The username does not fit. Use 3 to 64 letters, digits, dots, hyphens, underscores or @; no blanks."
    ),
    "EMPLOYEE_HAS_ACCOUNT": N_("This employee already has an account. Use that one, or set a new password for it."),
    "GRANT_EXISTS": N_("The account already has this role there in that time. Take the former one away first."),
    "LAST_ADMIN": N_("This is the last system administrator. Make somebody else system administrator first."),
    "LOGIN_FAILED": N_(
        "You are not logged in: the username or the password is wrong, or there were too many wrong tries. "
        "Check both; after several tries wait some minutes. Your administrator can set a new password."
    ),
    "OWN_PASSWORD": N_("This is your own account. Change your password with the present one instead."),
    "PASSWORD_COMMON": N_(
        "The password is among those that are tried first. Choose another, such as four unrelated words."
    ),
    "PASSWORD_REVEALING": N_(
        "The password contains the username or the NIP. Choose one that nobody can guess from them."
    ),
    "PASSWORD_TOO_LONG": N_("The password is too long. Use at most {longest} characters."),
    "PASSWORD_TOO_SHORT": N_("The password is too short. Use at least {shortest} characters."),
    "SELF_GRANT": N_("Nobody gives a role to himself. Ask another administrator."),
    "SESSION_ENDED": N_("Your session has ended. Log in again."),
    "UNKNOWN_ROLE": N_("There is no role {role}. Choose one of those that the API lists."),
    "UNKNOWN_SCOPE": N_("There is no scope {scope}. Use read, write or the name of an act, such as {example}."),
    "USERNAME_TAKEN": N_("The username {username} is taken. Choose another."),
    "WRONG_PASSWORD": N_("The present password is not right. Type it again, or ask an administrator for a new one."),
}
