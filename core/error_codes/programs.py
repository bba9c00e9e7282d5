"""Codes: registered operations, views, webhooks and streams."""

from core.i18n import N_

PROGRAMS: dict[str, str] = {
    "BAD_OPERATION_ID": N_("`operationId` is no text. Send the name or the hash of an operation."),
    "BAD_PERSISTED_QUERY": N_("`extensions.persistedQuery` is not understood. Send {example}."),
    "BAD_WEBHOOK_NAME": N_(
        "A webhook needs a name of at most {longest} characters that tells what receives it. Give it one."
    ),
    "BAD_WEBHOOK_URL": N_(
        "The address {url} cannot be called. Give one like https://example.go.id/hook, in ASCII, no password."
    ),
    "DELIVERY_WAITING": N_("This delivery is still waiting for its next try. Wait, or look at its last error."),
    "DESCRIPTION_TOO_LONG": N_("The description has more than {longest} characters. Shorten it."),
    "EVENTS_MISSING": N_("No event is named. Name at least one, such as {example}."),
    "FILE_UNREADABLE": N_("The file {name} cannot be read. Check the path."),
    "MANIFEST_BROKEN": N_("The file {name} is no manifest of operations. Write one of the format {format}."),
    "NOT_A_QUERY": N_("A webhook sends the answer of a query, this is a {kind}. Give a query."),
    "OPERATION_INVALID": N_("The operation does not fit the API. Correct this: {fault}"),
    "OPERATION_NAME_INVALID": N_(
        "An operation is called by 1 to {longest} letters, digits, _ or -, first a letter. Give it such a name."
    ),
    "OPERATION_NAME_TAKEN": N_(
        "Another document is registered as {name}. Choose another name, or say that this one replaces it."
    ),
    "OPERATION_NOT_REGISTERED": N_(
        "Only registered operations run here, and this one is not. Have it registered by your integrator."
    ),
    "OPERATION_OUTDATED": N_(
        "The registered operation {name} no longer fits the API. Register a new one, or retire it: {fault}"
    ),
    "OPERATION_REGISTERED": N_("This document is registered as {name}. Use it under that name."),
    "OPERATION_UNKNOWN": N_("No operation {name} is registered. Check the name."),
    "OWNER_WITHOUT_ROLE": N_("The account {username} may have no webhooks. Give it the role {role} first."),
    "PERSISTED_QUERY_HASH_MISMATCH": N_(
        "`sha256Hash` is not the SHA-256 of `query`. Send the hash of the very text, or leave one out."
    ),
    "PERSISTED_QUERY_NOT_FOUND": N_(
        "No operation is registered as {name}. Register it first, or send the whole document in `query`."
    ),
    "REPLAY_GONE": N_(
        "What came after the event {id} is no longer kept. Read everything afresh, then subscribe without an id."
    ),
    "REPLAY_WHAT": N_("Name either a webhook or one delivery. Leave the other out."),
    "REQUEST_TIMEOUT": N_("The request did not come whole in time. Send it again, over a better line."),
    "STREAMS_ONLY": N_(
        "This process serves streams only. Send Accept: {accept}, or ask the web server (kinerja serve)."
    ),
    "STREAM_REQUIRED": N_("A subscription is answered as a stream. Send it with the header Accept: {accept}."),
    "TOO_MANY_WEBHOOKS": N_("An account has {limit} webhooks at most. Delete one that is not needed."),
    "TWO_OPERATIONS": N_(
        "The request names its operation twice. Send one of `query`, `operationId` and `persistedQuery`."
    ),
    "UNKNOWN_EVENT": N_("There is no event {event}. Did you mean {closest}? The field eventTypes lists them all."),
    "VARIABLE_INVALID": N_(
        "The value {value} of {name} does not fit its type {type}. Correct it; lists repeat the parameter."
    ),
    "VARIABLE_MISSING": N_("The parameter {name} is missing. Give it, of the type {type}."),
    "VARIABLE_UNKNOWN": N_("There is no parameter {name}. Did you mean {closest}? Known are: {known}."),
    "VIEW_FORMAT_UNKNOWN": N_("Views answer in json, csv or xlsx, not in {format}. Choose one of the three."),
    "VIEW_NOT_A_TABLE": N_(
        "The view {name} has several lists ({lists}) and is no table. Ask for json, or a view of one list."
    ),
    "VIEW_OUTDATED": N_("The view {name} no longer fits the API. Have it registered anew: {fault}"),
    "VIEW_TOO_LARGE": N_("The view has more than {limit} rows. Narrow it by its variables, or page through the API."),
    "VIEW_UNKNOWN": N_("There is no view {name}. The address /views lists those that there are."),
    "WEBHOOK_HOST_INSIDE": N_(
        "The host {host} lies inside the institution. Give a public one, or have it listed in the setting "
        "webhooks_allowed_hosts."
    ),
    "WEBHOOK_NOT_ENCRYPTED": N_("Webhooks go out encrypted only. Give an address that begins with https://."),
    "WEBHOOK_PAUSED": N_(
        "The webhook {name} of {owner} is paused: its receiver failed. Mend it. Then: kinerja webhooks resume {id}"
    ),
    "LIVE_STREAMS_FULL": N_(
        "All {limit} streams of this server are taken. Try again in {seconds} seconds; administrators can run "
        "kinerja live or raise live_max_streams."
    ),
    "LIVE_STREAMS_OF_ACCOUNT": N_(
        "Your account has {limit} streams open here, more are not allowed. Close one that nobody looks at."
    ),
    "LIVE_STREAMS_OF_ADDRESS": N_(
        "{limit} streams are open at your address, more are not allowed without an account. Close one that nobody "
        "looks at, or ask again every minute."
    ),
}
