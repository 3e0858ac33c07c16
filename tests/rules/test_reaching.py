"""What in a text is an e-mail address or a telephone number, and above all what is none."""

from __future__ import annotations

import time

import pytest

from partnerkit.kinds.reaching import addresses, numbers

NUMBERS = [
    "+49 301 2345678",
    "+49 (0)30 1234567",
    "0049 30 1234567",
    "+1 555 123 4567",
    "+44 20 7946 0958.",
    "+33123456789",
    "WhatsApp +254712345678",
    "call 030 1234567 please",
    "(030) 123 45 67 8",
    "0171/1234567",
    "0171-1234567",
    "01711234567",
    "020 7946 0958",
    "01 23 45 67 89",
    "01.23.45.67.89",
    "06 12345678",
    "(555) 123-4567",
    "555-123-4567",
    "555.123.4567",
    "tel. 123456",
    "Phone: 123 45 67",
    "call me\non 030 1234567,\nplease",
]

NO_NUMBERS = [
    "2026-03-01",
    "from 2026-01-01 to 2026-12-31",
    "2026-01-01/2026-12-31",
    "01.02.2026",
    "01.02.2026 - 28.02.2026",
    "01/02/2026",
    "01 02 2026",
    "2026-03-02T12:00:00Z",
    "12:30",
    "0900-1700",
    "phone 2026-03-01",
    "2024-2026",
    "1.2.3",
    "v10.12.1345678",
    "192.168.0.1",
    "52.5200, 13.4050",
    "0.123456789",
    "1 000 000",
    "100 000 000",
    "1,000,000.00 EUR",
    "10.000.000,00",
    "+10 000 000 EUR",
    "EUR 0123456789",
    "5 of 12 (41.67 %)",
    "12 mentors, 15 mentees, 27 in all",
    "sha256:" + "0123456789" * 6 + "0123",
    "c1:" + "1" * 64,
    "commit 0123456789012345",
    "e-123456789012",
    "1234567890123456",
    "978-3-16-148410-0",
    "ISBN 0306406152",
    "DE89 3704 0044 0532 0130 00",
    "§ 3.2.1/legal-review",
    "#1234567890",
    "ticket 2026-000123",
    "minutes/2026-03-01.md",
    "https://x.example/0171/1234567",
    "https://x.example/?id=01711234567",
    "port 8080",
    "RFC 3339",
]

ADDRESSES = [
    "write to robin@example.org",
    "mailto:robin@example.org",
    "<robin.l+x@mail.example.co.uk>",
    "Robin@EXAMPLE.ORG.",
    "mail from robin@lighthouse.example, minutes",
    "ünï@bücher.example",
    "robin_l@example.org;",
    "robin@example.org.pdf",
]

NO_ADDRESSES = [
    "git@github.com:org/repo.git",
    "git@github.com:org/r.git",
    "logo@2x.png",
    "icons/logo@2x.min.js",
    "logo@3x.PNG",
    "ssh://git@host.example/x",
    "https://user@host.example/x",
    "https://user:word@host.example/x",
    "https://blog.example/@robin/x.html",
    "lodash@4.17.21",
    "actions/checkout@v4",
    "npm i @scope/pkg@1.0.0",
    "@robin",
    "a@b",
    "user@localhost",
    "3 @ 5.00 EUR",
]


@pytest.mark.parametrize("text", NUMBERS)
def test_telephone_numbers(text: str) -> None:
    assert list(numbers(text))


@pytest.mark.parametrize("text", NO_NUMBERS)
def test_no_false_alarm_of_a_number(text: str) -> None:
    assert list(numbers(text)) == []


@pytest.mark.parametrize("text", ADDRESSES)
def test_addresses(text: str) -> None:
    assert list(addresses(text))


@pytest.mark.parametrize("text", NO_ADDRESSES)
def test_no_false_alarm_of_an_address(text: str) -> None:
    assert list(addresses(text)) == []


@pytest.mark.parametrize("piece", ["0171 ", "a@", "+49 ", "tel. 1", "1-2-3-", "a.b@c.d-", "(0", "00 1 ", "a@b."])
def test_it_is_quick_whatever_the_text(piece: str) -> None:
    """What nearly is one, many times over, is gone through in moments: a record holds no more than this."""
    text, began = piece * (20_000 // len(piece)), time.process_time()
    list(numbers(text))
    list(addresses(text))
    assert time.process_time() - began < 2
