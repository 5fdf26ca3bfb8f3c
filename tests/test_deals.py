"""Deals of a CRM: what is needed must be right, what is not needed and wrong is dropped, and the others always count."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agent.facts.deals import Deals, Unreadable, fields, read_csv, read_yaml

FULL = """\
- id: D-17
  name: Acme – Analytics rollout
  account: {name: Acme Corp, domains: [eu.acme.example, Beta.example]}
  contacts:
    - {name: Pat Lee, email: Pat@acme.example, emails: [lee@acme.example], role: decision maker}
    - {name: Sam Roy, email: sam@acme.example}
  owner: Dana+crm@northwind.example
  stage: Proposal
  status: open
  amount: 48000
  currency: usd
  opened: 2026-01-12
  stage_since: 2026-02-20
  close_date: 2026-04-30
  next_step: Send revised quote
  criteria: [SSO, EU hosting]
  products: [Analytics]
  url: https://crm.example/deals/17
  stage_history: [{stage: Demo, since: 2026-02-02}]
"""
TABLE = (
    "id;name;account;domains;contacts;owner;stage;status;amount;currency;opened;stage_since;close_date;next_step;criteria;products;url;"
    "stage_history\n"
    'D-17;Acme – Analytics rollout;Acme Corp;"eu.acme.example;Beta.example";"Pat Lee <Pat@acme.example>;Sam Roy <sam@acme.example>";'
    'Dana+crm@northwind.example;Proposal;Open;48.000,00;usd;12.01.2026;2026-02-20;2026-04-30;Send revised quote;"SSO; EU hosting";'
    "Analytics;https://crm.example/deals/17;Demo 2026-02-02\n"
)


def yaml(text: str) -> Deals:
    return read_yaml(text.encode(), "deals.yaml")


def table(text: str) -> Deals:
    return read_csv(text.encode(), "deals.csv")


def ids(found: Deals) -> list[str]:
    return [deal.id for deal in found.deals]


# ----------------------------------------------------------------------------------------------------------- YAML


def test_every_field_of_a_deal_is_read() -> None:
    (deal,) = yaml(FULL).deals
    pat = deal.contacts[0]
    assert (deal.account, deal.domains) == ("Acme Corp", ("acme.example", "beta.example"))
    assert ([a.email for a in pat.addresses], pat.name, pat.role) == (["pat@acme.example", "lee@acme.example"], "Pat Lee", "decision maker")
    assert deal.owner == "dana@northwind.example"
    assert (deal.amount, deal.currency, deal.opened, deal.close_date) == (48000, "USD", date(2026, 1, 12), date(2026, 4, 30))
    assert (deal.criteria, deal.stage_history) == (("SSO", "EU hosting"), (("Demo", date(2026, 2, 2)),))
    assert not yaml(FULL).warnings


@pytest.mark.parametrize("text", ["", "# nothing yet\n", "[]", "deals: []"])
def test_an_empty_file_is_an_empty_list(text: str) -> None:
    assert yaml(text) == Deals()


def test_an_id_is_what_was_written() -> None:
    found = yaml("- {id: 017, name: NO, stage: Demo, account: A}\n- {id: 1.10, name: x, stage: Demo, account: A}")
    assert ids(found) == ["017", "1.10"]
    assert found.deals[0].name == "NO"


@pytest.mark.parametrize(
    ("deal", "why"),
    [
        ("{name: x, stage: Demo, account: A}", "2: id is missing"),
        ("{id: x, stage: Demo, account: A}", "2: name is missing"),
        ("{id: x, name: y, account: A}", "2: stage is missing"),
        ("{id: x, name: y, stage: , account: A}", "2: stage is missing"),
        ("{id: x, name: y, stage: Demo}", "2: account and contacts are missing"),
        ("{id: x, name: y, stage: Demo, contacts: [{name: Pat}]}", "2: no contact has a usable email address"),
        ("{id: [x], name: y, stage: Demo, account: A}", "2: id must be one text"),
        ("{id: x, name: y, name: z, stage: Demo, account: A}", "2: the key 'name' stands twice"),
        ("{id: x, name: !!python/name:os.system y, stage: Demo, account: A}", "2: the tag"),
        ("just text", "2: this is no deal"),
        ("\n    id: x\n    name: y\n    account: A\n    stage: [Demo]", "6: stage must be one text"),
    ],
)
def test_a_deal_that_cannot_be_read_is_quarantined_with_its_line(deal: str, why: str) -> None:
    found = yaml(f"- {{id: A, name: a, stage: Demo, account: A}}\n- {deal}\n- {{id: B, name: b, stage: Demo, account: B}}\n")
    assert ids(found) == ["A", "B"]
    (bad,) = found.quarantined
    assert bad.why.startswith(f"deals.yaml:{why}")
    assert bad.source == "deals"


def test_quarantined_deals_name_their_people_and_domains() -> None:
    bad = yaml(
        "- {id: D-7, name: x, account: {domains: [eu.acme.example, gmail.com]}, contacts: [{email: Pat+x@acme.example}]}"
    ).quarantined[0]
    assert bad.names == {"pat@acme.example", "@acme.example"}
    assert "D-7" in bad.item


def test_both_of_two_deals_with_one_id_are_quarantined() -> None:
    same = "- {id: A, name: a, stage: Demo, account: A, contacts: [{email: p@a.example}]}\n"
    found = yaml(same + same + "- {id: B, name: b, stage: Demo, account: B}")
    assert ids(found) == ["B"]
    assert [bad.names for bad in found.quarantined] == [{"p@a.example"}] * 2


def test_a_deal_that_is_no_yaml_does_not_hide_the_others() -> None:
    found = yaml(
        FULL
        + "- id: D-18\n  name: Beta: rollout\n  contacts: [{email: kim@beta.example}\n  stage: Demo\n"
        + "- {id: D-19, name: x, stage: Demo, account: A}"
    )
    assert ids(found) == ["D-17", "D-19"]
    (bad,) = found.quarantined
    assert "D-18" in bad.item
    assert bad.why.startswith("deals.yaml:21: ")
    assert bad.names == {"kim@beta.example"}


@pytest.mark.parametrize(
    "data",
    [
        b"hello",
        b"a: 1",
        b"- [",
        b"\xff\xfe\xfa",
        b"- *x",
        b"x: " + b"[" * 5000,
        b"- &a [x]\n" + b"- *a\n" * 101,
        b"- {id: 1}\n---\n- {id: 2}",
    ],
)
def test_nothing_to_read_is_a_fault_of_the_file(data: bytes) -> None:
    with pytest.raises(Unreadable, match=r"deals\.yaml"):
        read_yaml(data, "deals.yaml")


@pytest.mark.parametrize(
    "field",
    [
        "amount: lots", "amount: .inf", "opened: soon", "opened: 03/04/2026", "close_date: 2026-02-30", "status: maybe", "url: ftp:x",
        "currency: Taler", "owner: 4711", "owner: max@",
        "contacts: 5", "criteria: [{a: b}]", "stage_history: [{since: 2026-01-01}]", "products: {a: b}",
        "contacts: [{name: Kim}]", "contacts: [{name: Kim, email: kim}]", "colour: red",
    ],
)  # fmt: skip
def test_a_fault_in_a_field_that_is_not_needed_drops_the_field_with_a_warning(field: str) -> None:
    found = yaml(f"- id: A\n  name: a\n  stage: Demo\n  account: {{domains: [acme.example]}}\n  {field}\n")
    assert ids(found) == ["A"]
    assert [warning.startswith("deals.yaml:5: ") for warning in found.warnings] == [True]


@pytest.mark.parametrize(
    ("owner", "held"),
    [
        ("Max Power", "max power"),
        ("{name: Max Power, email: ''}", "max power"),
        ("'Power, Max (max@northwind.example)'", "max@northwind.example"),
        ("N/A", ""),
        ("Unassigned", ""),
    ],
)
def test_an_owner_is_an_address_or_a_name_or_nobody(owner: str, held: str) -> None:
    found = yaml(f"- {{id: A, name: a, stage: Demo, account: {{domains: [acme.example]}}, owner: {owner}}}")
    assert (found.deals[0].owner, found.warnings) == (held, ())


def test_a_deal_that_nobody_can_ever_belong_to_is_warned_of() -> None:
    found = yaml("- {id: A, name: a, stage: Demo, account: Acme}\n- {id: B, name: b, stage: Demo, status: won, account: Acme}")
    assert ids(found) == ["A", "B"]
    assert [warning.startswith("deals.yaml:1: deal A: it has no address and no domain") for warning in found.warnings] == [True]


def test_free_mail_domains_are_taken_out_of_an_account() -> None:
    found = yaml("- {id: A, name: a, stage: Demo, account: {name: Acme, domains: [gmail.com, acme.example]}}")
    assert found.deals[0].domains == ("acme.example",)
    assert "gmail.com is a free-mail domain" in found.warnings[0]


@pytest.mark.parametrize(
    ("stage", "status", "expected"),
    [
        ("Demo", "", "open"),
        ("Closed Won", "", "won"),
        ("closedlost", "", "lost"),
        ("Demo", "Closed-Won", "won"),
        ("Closed Won", "open", "open"),
    ],
)
def test_status_takes_the_words_of_crms_and_a_closing_stage_says_it_too(stage: str, status: str, expected: str) -> None:
    assert yaml(f"- {{id: A, name: a, stage: {stage}, account: A, status: {status}}}").deals[0].status == expected


def test_an_account_may_be_a_name_and_a_contact_a_line() -> None:
    (deal,) = yaml("- {id: A, name: a, stage: Demo, account: Acme, contacts: ['Pat Lee <pat@acme.example>']}").deals
    assert (deal.account, deal.contacts[0].name) == ("Acme", "Pat Lee")


def test_names_lose_what_a_reader_cannot_see() -> None:
    (deal,) = yaml('- {id: A, name: "a\\u202eb\\u200bc\\nd", stage: Demo, account: A}').deals
    assert deal.name == "abc d"


# ------------------------------------------------------------------------------------------------------------ CSV


def test_a_table_says_what_yaml_says() -> None:
    (from_yaml,), (from_csv,) = yaml(FULL.replace(", emails: [lee@acme.example], role: decision maker", "")).deals, table(TABLE).deals
    assert from_csv == from_yaml


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_delimiter_and_encoding_are_found_out(delimiter: str, encoding: str) -> None:
    text = delimiter.join(["ID", "Name", "Account", "Stage"]) + "\r\n" + delimiter.join(["1", "Café – Größe", "Acme", "Demo"]) + "\r\n"
    (deal,) = read_csv(text.encode(encoding), "deals.csv").deals
    assert (deal.id, deal.name) == ("1", "Café – Größe")


@pytest.mark.parametrize(
    "header",
    ["id,name,stage,account.name,account.domains", "Id,Deal Name,Stage,Account Name,Account Domains", "ID,NAME,STAGE,Account,Domains"],
)
def test_columns_are_named_as_in_yaml_or_as_crms_do(header: str) -> None:
    (deal,) = table(f"{header}\n1,x,Demo,Acme,acme.example;beta.example\n").deals
    assert (deal.account, deal.domains) == ("Acme", ("acme.example", "beta.example"))


def test_a_row_that_cannot_be_read_is_quarantined_with_its_line() -> None:
    found = table('id,name,stage,account\n1,"a\nb",Demo,A\n2,b,,A\n3,c,Demo,A,B\n\n4,d,Demo,A\n')
    assert ids(found) == ["1", "4"]
    assert [bad.why for bad in found.quarantined] == [
        "deals.csv:4: stage is missing",
        "deals.csv:5: the row has more cells than the header",
    ]


def test_open_quotes_do_not_swallow_the_rows_below() -> None:
    found = table('id,name,stage,account\n1,a,Demo,A\n2,"b,Demo,A\n3,c,Demo,A\n')
    assert ids(found) == ["1", "3"]
    assert found.quarantined[0].why == "deals.csv:3: the quotes of this row do not close"


def test_a_table_without_the_needed_columns_is_a_fault_of_the_file() -> None:
    with pytest.raises(Unreadable, match=r"deals\.csv:1: the header row has no column stage"):
        table("id,name,account\n1,a,A\n")


def test_an_empty_table_is_an_empty_list() -> None:
    assert table("") == table("id,name,stage\n") == Deals()


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("48000", 48000), ("48,000.50", 48000.5), ("48.000,50", 48000.5), ("48,000", 48000), ("48.000", 48000), ("1,234,567", 1234567),
        ("1.234.567,8", 1234567.8), ("$48,000", 48000), ("48 000 EUR", 48000), ("12.5", 12.5), ("12,5", 12.5), ("1'000.50", 1000.5),
    ],
)  # fmt: skip
def test_amounts_of_both_conventions(text: str, amount: float) -> None:
    assert fields.amount(text) == amount


@pytest.mark.parametrize("text", ["abc", "1,2,3", "48.000.50", "48k", "", "1e999", "--5", "nan"])
def test_what_is_no_amount(text: str) -> None:
    with pytest.raises(ValueError, match="no amount"):
        fields.amount(text)


@pytest.mark.parametrize(
    "text",
    [
        "2026-01-25",
        "2026-1-25",
        "2026-01-25T10:00:00Z",
        "2026-01-25 10:00",
        "01/25/2026",
        "25/01/2026",
        "25.1.2026",
        "25 Jan 2026",
        "January 25, 2026",
        "20260125",
    ],
)
def test_dates_that_cannot_be_mistaken(text: str) -> None:
    assert fields.day(text) == date(2026, 1, 25)


# ----------------------------------------------------------------------------------------------------------- laws


@settings(max_examples=80, deadline=None)
@given(st.one_of(st.binary(max_size=80), st.text("-{}[]: ,idnamestgcou\n\"'&*!#\t\r", max_size=80).map(str.encode)))
def test_no_bytes_make_it_fail_otherwise(data: bytes) -> None:
    for read in (read_yaml, read_csv):
        with suppress(Unreadable):
            read(data, "deals")


@settings(max_examples=25, deadline=None)
@given(st.permutations(range(5)))
def test_the_order_of_the_file_decides_nothing(order: list[int]) -> None:
    entries = [
        "{id: A, name: a, stage: x, account: A}",
        "{id: A, name: b, stage: x, account: A}",
        "{id: B}",
        "text",
        "{id: C, name: c, stage: x, account: C}",
    ]
    found = yaml("".join(f"- {entries[n]}\n" for n in order))
    assert ids(found) == ["C"]
    assert len(found.quarantined) == 4


@pytest.mark.parametrize(
    "text",
    [
        "- id: 1\n  name: " + "x" * 200_000 + "\n  stage: a\n  contacts: ['" + "<" * 100_000 + "']\n",
        "- {id: 1, name: a, stage: b, account: {domains: [" + "a." * 50_000 + "]}}",
        "- {id: 1, name: a, stage: b, account: A, amount: '" + "1," * 50_000 + "', opened: '" + "1" * 50_000 + "'}",
        "- {id: 1: 2\n  x: " + "a@" * 50_000 + "\n- b\n",
    ],
)  # fmt: skip
def test_a_hostile_deal_costs_less_than_a_second(text: str) -> None:
    begin = process_time()
    with suppress(Unreadable):
        yaml(text)
    assert process_time() - begin < 1


def test_many_faults_make_a_file_unreadable_instead_of_slow() -> None:
    begin = process_time()
    with suppress(Unreadable):
        yaml("- {id: 1, name: 'a}\n" * 4000)
    with suppress(Unreadable):
        yaml("- {id: 1: 2}\n" * 4000)
    assert process_time() - begin < 10


@pytest.mark.parametrize(
    "data",
    [
        (
            "Opportunity ID,Opportunity Name,Stage,Opportunity Owner,Account Name,Website,Close Date,Amount,Contact: Email\n"
            "D-1,Rollout,Proposal,Max Power,Acme Corp,https://www.acme.example/,2026-04-30,48000,tara@acme.example\n"
        ),
        (
            "Record ID,Deal Name,Deal Stage,Deal owner,Associated Company,Company Domain Name,Close Date,Amount,Associated Contact\n"
            "D-1,Rollout,Proposal,Max Power,Acme Corp,acme.example,2026-04-30 10:00,48000,Tara Iyer (tara@acme.example)\n"
        ),
        (
            "Deal - ID;Deal - Title;Deal - Stage;Deal - Owner;Deal - Organization;Domain;Deal - Expected close date;Deal - Value;"
            "Contact person;Person - Email - Work\n"
            "D-1;Rollout;Proposal;Max Power;Acme Corp;acme.example;2026-04-30;48000;Tara Iyer;tara@acme.example\n"
        ),
    ],
)
def test_the_columns_of_a_crms_export_are_known(data: str) -> None:
    found = read_csv(data.encode(), "deals.csv")
    (deal,) = found.deals
    assert (deal.id, deal.name, deal.stage, deal.owner, deal.account) == ("D-1", "Rollout", "Proposal", "max power", "Acme Corp")
    assert (deal.domains, deal.close_date, deal.amount) == (("acme.example",), date(2026, 4, 30), 48000)
    assert [a.email for c in deal.contacts for a in c.addresses] == ["tara@acme.example"]


def test_columns_that_are_not_used_are_named_once() -> None:
    rows = b"1,a,Demo,x.example,50,Sir,red\n2,b,Demo,y.example,60,Sir,red"
    found = read_csv(b"id,name,stage,domain,Probability (%),Title,Colour\n" + rows, "d.csv")
    assert found.warnings == ("d.csv:1: columns that are not used: Probability (%), Title, Colour",)
    assert [deal.name for deal in found.deals] == ["a", "b"]


def test_a_header_that_names_no_deal_says_what_is_found_needed_and_understood() -> None:
    with pytest.raises(Unreadable) as fault:
        read_csv(b"Key,Deal Name,Stage,Colour\n1,a,Demo,red\n", "d.csv")
    assert str(fault.value) == (
        "d.csv:1: the header row has no column id; needed are id, name, stage, and account, domains or contacts; "
        "understood: Deal Name (name), Stage; found: Key, Deal Name, Stage, Colour"
    )
