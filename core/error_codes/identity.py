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
    "ENROLMENT_OVER": N_("Setting up took too long. Begin again with a new QR code."),
    "GRANT_EXISTS": N_("The account already has this role there in that time. Take the former one away first."),
    "LAST_ADMIN": N_("This is the last system administrator. Make somebody else system administrator first."),
    "LOGIN_FAILED": N_(
        "You are not logged in: the username or the password is wrong, or there were too many wrong tries. "
        "Check both; after several tries wait some minutes. Your administrator can set a new password."
    ),
    "LOGIN_STEP_OVER": N_("The log-in took too long. Begin again with your password."),
    "OIDC_AWAY": N_("{provider} does not answer. Try again in a moment, or log in with your password."),
    "OIDC_NOT_BELIEVED": N_(
        "What {provider} says is not right. Log in with your password; your administrator finds why in the log."
    ),
    "OIDC_NO_ACCOUNT": N_(
        "You are {username} there, but no account here is open under that name. Ask your administrator for one."
    ),
    "OIDC_NO_CLAIM": N_(
        "{provider} does not tell your user name ({claim}). Your administrator has to set that up there."
    ),
    "OIDC_REFUSED": N_("{provider} did not log you in ({error}). Try again, or log in with your password."),
    "OIDC_STATE_GONE": N_("The log-in at {provider} took too long or was begun elsewhere. Begin again here."),
    "OWN_PASSWORD": N_("This is your own account. Change your password with the present one instead."),
    "OWN_SECOND_FACTOR": N_("This is your own account. Turn the second factor off with your password instead."),
    "PASSWORDS_DIFFER": N_("The two new passwords differ. Type the same one twice."),
    "PASSWORD_COMMON": N_(
        "The password is among those that are tried first. Choose another, such as four unrelated words."
    ),
    "PASSWORD_LOCKED": N_("There were too many wrong tries. Wait some minutes, then type the password again."),
    "PASSWORD_REVEALING": N_(
        "The password contains the username or the NIP. Choose one that nobody can guess from them."
    ),
    "PASSWORD_TOO_LONG": N_("The password is too long. Use at most {longest} characters."),
    "PASSWORD_TOO_SHORT": N_("The password is too short. Use at least {shortest} characters."),
    "SECOND_FACTOR_DEMANDED": N_(
        "Your role needs a second factor. For a new device, ask an administrator to reset it."
    ),
    "SECOND_FACTOR_MISSING": N_("Your role needs a second factor. Log in to the back office once and set it up there."),
    "SECOND_FACTOR_NEEDED": N_(
        "This account has a second factor. Send the code of the device, or a recovery code, as well."
    ),
    "SECOND_FACTOR_NOT_SET": N_("No second factor is set up. There is nothing to change."),
    "SECOND_FACTOR_SET": N_("The second factor is set up already. Turn it off first, then set up the new device."),
    "SECOND_FACTOR_WRONG": N_(
        "The code is wrong or was used before, or there were too many wrong tries. Wait for the next code of your "
        "device and see that its clock is right, or use a recovery code."
    ),
    "SELF_GRANT": N_("Nobody gives a role to himself. Ask another administrator."),
    "SESSION_ENDED": N_("Your session has ended. Log in again."),
    "TOO_MANY_TRIES": N_("Too many log-ins failed from your network. Wait {seconds} seconds, then try again."),
    "UNKNOWN_ROLE": N_("There is no role {role}. Choose one of those that the API lists."),
    "UNKNOWN_SCOPE": N_("There is no scope {scope}. Use read, write or the name of an act, such as {example}."),
    "USERNAME_TAKEN": N_("The username {username} is taken. Choose another."),
    "WRONG_PASSWORD": N_("The present password is not right. Type it again, or ask an administrator for a new one."),
}
