"""Codes: GraphQL over HTTP, its limits, and the pages around it."""

from core.i18n import N_

REQUESTS: dict[str, str] = {
    "BAD_BODY": N_("The body is no JSON object. Send {example}."),
    "BAD_CHARACTER": N_("The text has the invisible control character {code}. Remove it, or type the text again."),
    "BAD_CHARSET": N_("The body is not in UTF-8. Send it in UTF-8."),
    "BAD_CONTENT_TYPE": N_("The body is {given}. Send it as {wanted}."),
    "BAD_CURSOR": N_("`{argument}` is not a cursor of this list in this order. Use one that the same query gave."),
    "BAD_EXTENSIONS": N_("`extensions` is no JSON object. Send one, or leave it out."),
    "BAD_FILTER": N_("A condition of the filter contradicts itself or takes no such value. Correct the filter."),
    "BAD_ID": N_("{id} is not an id of {type}. Use the id as the API gave it, like {example}."),
    "BAD_JSON": N_("The body is not valid JSON in UTF-8: {fault}. Correct it."),
    "BAD_OPERATION_NAME": N_("`operationName` is no text. Send one, or leave it out."),
    "BAD_ORDER": N_("orderBy goes too far or names several fields in one entry. Name one near field in each entry."),
    "BAD_PAGE": N_("`first` and `last` exclude each other and are never below 0. Give one of them, 0 or more."),
    "BAD_REQUEST": N_("The request cannot be understood. Check what was sent."),
    "BAD_TEXT": N_("The text has a character that cannot be stored (NUL or half of a pair). Remove it."),
    "BAD_USER_INPUT": N_(
        "A value does not fit its type, or it is not clear which operation is meant. Check variables and operationName."
    ),
    "BAD_VARIABLES": N_("`variables` is no JSON object. Send one, or leave it out."),
    "BATCH_TOO_LARGE": N_("The body is a list of {value} operations, 1 to {limit} are allowed. Send several requests."),
    "BATCH_TOO_LONG": N_(
        "The queries of the list have {value} tokens together, {limit} are allowed. Send several requests."
    ),
    "BODY_TOO_LARGE": N_("The body has more than {limit} bytes. Send less at once, in several requests."),
    "COST_TOO_HIGH": N_(
        "The request costs {value}, {limit} are allowed; most of it is {field}. Give `first` a smaller "
        "number there and in the lists around it, or ask in several requests."
    ),
    "DATABASE_UNAVAILABLE": N_("The database does not answer. Try again in a moment; administrators see the log."),
    "DATE_OUT_OF_RANGE": N_("{day} is no usable date. Give a day between {earliest} and {latest}."),
    "EMPTY_SELECTION": N_("A pair of braces selects nothing. Name a field in it."),
    "FILTER_TOO_DEEP": N_("The filter is nested deeper than {limit} levels. Make it flatter."),
    "FILTER_TOO_LARGE": N_("The filter has more than {limit} parts. Use fewer, or `in` with a list."),
    "FORBIDDEN": N_("You are not allowed to do this. Ask your HR office for the right role."),
    "FRAGMENT_CYCLE": N_("The fragment {name} spreads itself. Remove the cycle."),
    "GRAPHQL_PARSE_FAILED": N_("The document cannot be read. Correct its syntax at the place named."),
    "GRAPHQL_VALIDATION_FAILED": N_(
        "The document does not fit the schema. Check names, types and arguments at the place named."
    ),
    "INTERNAL_ERROR": N_("Something went wrong here. Tell your administrator the number {id}."),
    "LISTS_TOO_LONG": N_("The lists of the request have {value} entries, {limit} are allowed. Send several requests."),
    "LIST_TOO_LONG": N_("A list in a filter has {value} entries, {limit} are allowed. Ask in several requests."),
    "METHOD_NOT_ALLOWED": N_("This address does not take such a request. Check the method."),
    "NOT_FOUND": N_("Nothing is found under {id}. Check the id."),
    "NO_BATCHES": N_("The body is a list. Send one operation in each request."),
    "NO_QUERY": N_("`query` is missing or no text. Send the operation in it."),
    "NULL_GIVEN": N_("This cannot be null. Leave it out, or give a value."),
    "PAGE_TOO_LARGE": N_(
        "`{argument}` is {value}, {limit} rows a page are allowed. Ask for fewer and go on with a cursor."
    ),
    "QUERIES_ONLY": N_("Only queries can be sent this way. Send mutations with POST."),
    "RATE_LIMITED": N_("You have asked for too much within a minute. Wait {retryAfter} seconds and repeat."),
    "REQUEST_ENTITY_TOO_LARGE": N_("What was sent is too large. Send less at once."),
    "STALE_VERSION": N_("Somebody changed this in the meantime. Load it again and repeat your change."),
    "STATEMENT_TOO_SLOW": N_("The database takes too long for this. Ask for less at once, or narrow the filter."),
    "TOO_DEEP": N_(
        "The query is {value} fields deep, {limit} are allowed. Ask for the deeper parts in a second query."
    ),
    "TOO_MANY_ALIASES": N_(
        "The query has {value} aliases, {limit} are allowed. Use a filter with `in`, or several requests."
    ),
    "TOO_MANY_DEFINITIONS": N_(
        "The document has {value} operations and fragments, {limit} are allowed. Send those that are used."
    ),
    "TOO_MANY_FIELDS": N_(
        "The query selects {value} fields with its fragments, {limit} are allowed. Select fewer at once."
    ),
    "TOO_MANY_MUTATIONS": N_("The request has {value} mutations, {limit} are allowed. Send several requests."),
    "TOO_MANY_REPEATS": N_(
        "The query selects {value} fields again in the same place, {limit} are allowed. Select each once."
    ),
    "TOO_MANY_ROOT_FIELDS": N_("The query has {value} root fields, {limit} are allowed. Send several requests."),
    "TOO_MANY_TOKENS": N_(
        "The query has more than {limit} tokens. Put long lists into variables, or send several requests."
    ),
    "UNAUTHENTICATED": N_("Your log-in or token is not valid (any more). Log in again, or use a new token."),
    "VALUES_TOO_DEEP": N_("The variables are nested deeper than {limit} levels. Make them flatter."),
}
