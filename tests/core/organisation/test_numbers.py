from datetime import date

import pytest

from core.organisation.rules.numbers import (
    CivilServiceNumber,
    NumberFault,
    NumberWarning,
    check_against_profile,
    format_number,
    normalise_number,
    parse_civil_service_number,
)
from core.organisation.terms import EmploymentStatus, Sex

TODAY = date(2026, 1, 15)


def parse(text):
    return parse_civil_service_number(text, TODAY)


def test_a_valid_nip_says_who_it_belongs_to():
    assert parse("199005172015031002") == CivilServiceNumber(
        digits="199005172015031002",
        status=EmploymentStatus.PNS,
        birth_date=date(1990, 5, 17),
        start_year=2015,
        start_month=3,
        contract=None,
        sex=Sex.MALE,
        serial=2,
    )


@pytest.mark.parametrize(
    "text",
    ["19900517 201503 1 002", " 199005172015031002\n", "1990 0517 2015 0310 02", "19900517\u00a0201503\t1 002"],
)
def test_white_space_is_taken_out(text):
    assert parse(text).digits == "199005172015031002"
    assert normalise_number(text) == "199005172015031002"


def test_a_number_is_shown_in_groups():
    assert parse("199005172015031002").formatted == "19900517 201503 1 002"
    assert format_number("123") == "123"


@pytest.mark.parametrize(
    ("digits", "contract", "sex"),
    [
        ("199005172023211001", 1, Sex.MALE),
        ("199005172023212001", 1, Sex.FEMALE),
        ("199005172023221001", 2, Sex.MALE),
        ("199005172023292999", 9, Sex.FEMALE),
    ],
)
def test_a_pppk_number_says_contract_and_sex(digits, contract, sex):
    number = parse(digits)

    assert (number.status, number.contract, number.sex) == (EmploymentStatus.PPPK, contract, sex)
    assert (number.start_year, number.start_month, number.warnings) == (2023, None, ())


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ("199013172015031002", ["NUMBER_BIRTH_DATE_INVALID"]),
        ("199002302015031002", ["NUMBER_BIRTH_DATE_INVALID"]),
        ("190002292015031002", ["NUMBER_BIRTH_DATE_INVALID"]),
        ("000005172015031002", ["NUMBER_BIRTH_DATE_INVALID"]),
        ("199005002015031002", ["NUMBER_BIRTH_DATE_INVALID"]),
        ("202601162026021002", ["NUMBER_BIRTH_DATE_IN_FUTURE"]),
        ("199005172015131002", ["NUMBER_MONTH_INVALID"]),
        ("199005172015001002", ["NUMBER_MONTH_INVALID"]),
        ("199005172023201001", ["NUMBER_MONTH_INVALID"]),
        ("199005172023301001", ["NUMBER_MONTH_INVALID"]),
        ("199005172015033002", ["NUMBER_SEX_INVALID"]),
        ("199005172015030002", ["NUMBER_SEX_INVALID"]),
        ("199005172015031000", ["NUMBER_SERIAL_INVALID"]),
        ("19900517201503100", ["NUMBER_NOT_18_DIGITS"]),
        ("1990051720150310022", ["NUMBER_NOT_18_DIGITS"]),
        ("19900517201503100A", ["NUMBER_NOT_18_DIGITS"]),
        ("١٩٩٠٠٥١٧٢٠١٥٠٣١٠٠٢", ["NUMBER_NOT_18_DIGITS"]),
        ("1990-0517-201503-1-2", ["NUMBER_NOT_18_DIGITS"]),
        ("", ["NUMBER_NOT_18_DIGITS"]),
        (
            "199013172015133000",
            ["NUMBER_BIRTH_DATE_INVALID", "NUMBER_MONTH_INVALID", "NUMBER_SEX_INVALID", "NUMBER_SERIAL_INVALID"],
        ),
    ],
)
def test_every_fault_is_told(text, faults):
    assert parse(text) == tuple(NumberFault(fault) for fault in faults)


@pytest.mark.parametrize("month", range(1, 13))
def test_every_month_is_a_start_of_pns(month):
    assert parse(f"199005172015{month:02}1002").start_month == month


def test_the_leap_day_is_a_birthday_in_leap_years_only():
    assert parse("199202292015031002").birth_date == date(1992, 2, 29)
    assert parse("199302292015031002") == (NumberFault.BIRTH_DATE,)


def test_somebody_born_today_is_not_in_the_future():
    assert parse("202601152050011001").birth_date == TODAY


@pytest.mark.parametrize(
    ("digits", "warnings"),
    [
        ("199005172008061001", []),  # 18 since 17 May, appointed 1 June
        ("199005172008051001", [NumberWarning.YEAR_IMPLAUSIBLE]),  # 18 only on the 17th
        ("199005171989011001", [NumberWarning.YEAR_IMPLAUSIBLE]),  # before birth
        ("199005172026011001", []),
        ("199005172026021001", [NumberWarning.START_IN_FUTURE]),
        ("199005172019211001", []),
        ("199005172018211001", [NumberWarning.YEAR_IMPLAUSIBLE]),
        ("200512312023211001", []),
        ("200601012023211001", [NumberWarning.YEAR_IMPLAUSIBLE]),
        ("199005172026211001", []),
        ("199005172027211001", [NumberWarning.START_IN_FUTURE]),
        ("202001012030021001", [NumberWarning.YEAR_IMPLAUSIBLE, NumberWarning.START_IN_FUTURE]),
    ],
)
def test_an_odd_year_only_warns(digits, warnings):
    assert list(parse(digits).warnings) == warnings


BORN = date(1990, 5, 17)


@pytest.mark.parametrize(
    ("digits", "status", "birth_date", "sex", "faults", "warnings"),
    [
        ("199005172015031002", "PNS", BORN, "MALE", [], []),
        ("199005172015031002", "CPNS", BORN, "MALE", [], []),
        ("199005172015031002", "PNS", date(1990, 5, 18), "MALE", [], [NumberWarning.BIRTH_DATE_DIFFERS]),
        ("199005172015031002", "PNS", BORN, "FEMALE", [], [NumberWarning.SEX_DIFFERS]),
        ("199005172015031002", "PPPK", BORN, "MALE", [], [NumberWarning.STATUS_DIFFERS]),
        ("199005172023211001", "PPPK", BORN, "MALE", [], []),
        ("199005172023211001", "PNS", BORN, "MALE", [NumberFault.PPPK_ON_PNS], []),
        ("199005172023211001", "CPNS", BORN, "MALE", [NumberFault.PPPK_ON_PNS], []),
        (
            "199005172023212001",
            "PNS",
            date(1991, 1, 1),
            "MALE",
            [NumberFault.PPPK_ON_PNS],
            [NumberWarning.BIRTH_DATE_DIFFERS, NumberWarning.SEX_DIFFERS],
        ),
    ],
)
def test_a_profile_that_differs_warns_and_a_pppk_number_on_pns_is_refused(
    digits, status, birth_date, sex, faults, warnings
):
    found = check_against_profile(parse(digits), EmploymentStatus(status), birth_date, Sex(sex))

    assert found == (tuple(faults), tuple(warnings))
