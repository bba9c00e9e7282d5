"""Codes: import and export."""

from core.i18n import N_

EXCHANGE: dict[str, str] = {
    "AMBIGUOUS_NUMBER": N_("{value} can mean {whole} or {part}. Write {whole}, or {part_with_comma}."),
    "BAD_AMOUNT": N_("{value} is not a number. Write it like 88.5 or 88,5."),
    "BAD_DATE": N_("{value} is not a date. Write it like 2026-01-31 or 31/01/2026."),
    "BAD_NUMBER": N_("{value} is not a whole number. Write digits only."),
    "BAD_TRUTH": N_("{value} is neither yes nor no. Write ya or tidak."),
    "BROKEN_CSV": N_("Line {line} is not valid CSV ({fault}). Check its quotation marks."),
    "CELL_EMPTY": N_("The column {column} is empty. Fill it in."),
    "CELL_TOO_LONG": N_("A cell in line {line} has more than {limit} characters. Shorten it."),
    "COLUMN_MISSING": N_(
        "The file has no column for {column}. Name one with --map HEADER={column}; the file has: {headers}."
    ),
    "COLUMN_UNKNOWN": N_("Imports of {kind} know no column {column}. Use one of: {known}."),
    "COLUMN_TWICE": N_(
        "The column {column} would be filled from {headers}. Keep one of them, and leave the others out."
    ),
    "DUPLICATE_COLUMN": N_("The column {column} is there twice. Rename or remove one."),
    "DUPLICATE_ROW": N_("Line {line} already holds {key}. Keep one of the two."),
    "FILE_NOT_FOUND": N_("There is no file {name}. Check the path."),
    "FILE_TOO_LARGE_UNPACKED": N_("The file unpacks to {size} bytes, more than the limit of {limit}. Save it as CSV."),
    "FORMAT_UNKNOWN": N_("Files end in .csv or .xlsx, not in {ending}. Choose one of the two."),
    "GRADE_UNKNOWN": N_("{employment} have no grade {grade}. PNS: I/a to IV/e; PPPK: I to XVII."),
    "IMPORT_BAD_ROWS": N_(
        "{count} rows have problems, so nothing was written. Correct them and upload the file again, or import the "
        "valid rows only."
    ),
    "IMPORT_BROKEN": N_("Something went wrong here, and nothing was written. Tell your administrator the number {id}."),
    "IMPORT_INTERRUPTED": N_("The work was interrupted, and nothing of it was written. Start it again."),
    "IMPORT_STEP_WRONG": N_(
        "This file is at another step now, perhaps in another window. Open it again from the list of imports."
    ),
    "IMPORT_UNDONE": N_("This import was undone before. There is nothing left to undo."),
    "NOT_A_TABLE": N_("The file is neither CSV nor XLSX. Save it as one of the two."),
    "NO_SUPERIOR": N_(
        "Nobody supervises the holder of this plan, so its results support none. Name a head of the unit."
    ),
    "PARENT_CIRCLE": N_("The unit {code} stands below itself. Correct the parents of these rows."),
    "PARENT_REJECTED": N_(
        "The row of the parent {parent} was left out. The unit stands at the top until you name another."
    ),
    "PARENT_UNKNOWN": N_("No unit has the code {parent}. Add it to the file, or correct the cell."),
    "PERIOD_UNKNOWN": N_("No period has the code {code}. Create the period first, or correct the cell."),
    "POSITION_AMBIGUOUS": N_("Several positions have the title {text}. Write the position's code."),
    "POSITION_KIND_UNKNOWN": N_(
        "The kind of the position {title} is not clear. Fill in the column kind with one of: {known}."
    ),
    "POSITION_SHARED": N_("Several people hold the position {title}. Fill in the column nip."),
    "POSITION_UNKNOWN": N_(
        "No position has the code or title {text}. Import the positions first, or correct the cell."
    ),
    "POSITION_VACANT": N_(
        "Nobody holds the position {title} on {day}. Import the assignments first, or fill in the column nip."
    ),
    "SELF_PARENT": N_("The unit {code} is its own parent. Name the unit above it, or leave the cell empty."),
    "SUPERIOR_RESULT_ADDED": N_(
        "The superior's plan did not hold {statement}, so it was added there. Complete its indicators."
    ),
    "SUPPORT_ASSUMED": N_("{statement} was linked to {parent}, which the rest of that plan supports. Check the link."),
    "TOO_MANY_COLUMNS": N_("The file has more than {limit} columns. Remove those not needed."),
    "TOO_MANY_DOCUMENTS": N_(
        "{count} documents are too many at once. Choose at most {limit}, for example one unit after the other."
    ),
    "TOO_MANY_ROWS": N_(
        "There are more than {limit} rows. Ask for smaller pages and fewer lists inside lists, or split the file."
    ),
    "UPLOAD_GONE": N_("The uploaded file is no longer kept. Upload it again."),
    "UNKNOWN_WORD": N_("{value} is not known here. Use one of: {known}."),
}
