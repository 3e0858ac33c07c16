"""The search of a site, as somebody types into it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from tests.clients.site.conftest import Opened
from tests.clients.site.watched import Watched

if TYPE_CHECKING:
    from playwright.sync_api import Page


def _names(page: Page) -> list[str]:
    return [str(one) for one in page.locator("#results tbody a").all_inner_texts()]


def test_words_are_found_whatever_their_case_and_accents(many: Path, opened: Opened) -> None:
    one = opened(many)
    page = one.open("search.html")
    for words in ("größe", "GROSSE", "grosse", "große"):
        page.fill("#words", words)
        one.until("document.querySelectorAll('#results tbody tr').length === 13")
        assert all(name.startswith("Größe") for name in _names(page))
    page.fill("#words", "größe 110")
    one.until("document.querySelectorAll('#results tbody tr').length === 1")
    page.fill("#words", "nobody says this")
    one.until("document.querySelector('#found').textContent === 'Nothing was found.'")
    assert not page.locator("#results").is_visible()


def test_more_than_a_hundred_are_shown_when_they_are_asked_for(many: Path, opened: Opened) -> None:
    page = opened(many).open("search.html")
    assert page.locator("#found").inner_text() == "130 of 130 records, the first 100 shown"
    assert len(_names(page)) == 100
    page.get_by_role("button", name="Show more").click()
    assert page.locator("#found").inner_text() == "130 of 130 records"
    assert len(set(_names(page))) == 130
    assert not page.locator("#more").is_visible()
    in_focus = "document.activeElement.closest('tr')?.rowIndex"
    assert page.evaluate(in_focus) == 101  # whoever uses a keyboard goes on where the new ones begin


def test_every_filter_and_any_of_them_together(shown: Path, opened: Opened) -> None:
    one = opened(shown)
    page = one.open("search.html")
    rows = [json.loads(line.rstrip(",")) for line in _data(shown)]
    for name in ("kind", "policy", "stage", "due"):
        for value in page.locator(f"#{name} option").evaluate_all("all => all.map(one => one.value)"):
            page.select_option(f"#{name}", value)
            wanted = sum(not value or row[name] == value for row in rows)
            _demand(one, wanted, len(rows))
        page.select_option(f"#{name}", "")
    page.select_option("#kind", "case")
    page.get_by_role("button", name="Clear").click()
    _demand(one, len(rows), len(rows))
    page.select_option("#kind", "application")
    page.select_option("#stage", "waitlisted")
    page.fill("#words", "mentee")
    wanted = [
        r for r in rows if (r["kind"], r["stage"]) == ("application", "waitlisted") and "mentee" in f"{r}".lower()
    ]
    assert wanted
    _demand(one, len(wanted), len(rows))
    assert {key: page.input_value(f"#{key}") for key in ("kind", "stage")} == {
        "kind": "application",
        "stage": "waitlisted",
    }


def _data(site: Path) -> list[str]:
    return (site / "search-data.js").read_text(encoding="ascii").splitlines()[1:-1]


def _demand(one: Watched, wanted: int, every: int) -> None:
    said = f"{wanted} of {every} records" if wanted else "Nothing was found."
    one.until("said => document.querySelector('#found').textContent === said", said)
    assert one.page.locator("#results tbody tr").count() == wanted


def test_the_address_keeps_what_was_asked(shown: Path, opened: Opened) -> None:
    one = opened(shown)
    page = one.open("search.html")
    page.fill("#words", "p-0005 & co")
    page.select_option("#kind", "pairing")
    one.until("location.hash.includes('pairing') && location.hash.includes('co')")
    kept = page.evaluate("location.hash")
    again = one.open(f"search.html{kept}")
    assert (again.input_value("#words"), again.input_value("#kind")) == ("p-0005 & co", "pairing")
    page = one.open("search.html#kind=risk&nonsense=1&stage=nowhere&__proto__=x")
    assert page.locator("#found").inner_text().startswith("2 of ")
    page.evaluate("location.hash = 'kind=case'")
    one.until("document.querySelector('#kind').value === 'case'")
    one.until("document.querySelector('#found').textContent.startsWith('3 of ')")


def test_charts_lead_into_the_search_and_results_to_pages(shown: Path, opened: Opened) -> None:
    page = opened(shown).open("index.html")
    page.locator("#stage-partnership-ops-05-03 svg a").filter(has_text="active").first.click()
    page.wait_for_url("**/search.html#*")
    assert page.input_value("#stage") == "active"
    assert (page.input_value("#kind"), page.input_value("#policy")) == ("partnership", "OPS-05-03")
    name = _names(page)[0]
    page.locator("#results tbody a").first.click()
    assert page.locator("h1").inner_text() == name
    page.go_back()
    assert page.input_value("#stage") == "active"
    assert _names(page)[0] == name


def test_three_thousand_records_answer_while_one_types(shown: Path, opened: Opened, tmp_path: Path) -> None:
    shutil.copytree(shown, tmp_path / "site")
    rows = _data(shown)
    rows = [row.rstrip(",").replace('"id":"', f'"id":"{number}-', 1) for number in range(34) for row in rows][:3000]
    (tmp_path / "site" / "search-data.js").write_text(
        "window.PARTNERKIT=[\n" + ",\n".join(rows) + "\n];\n", encoding="ascii"
    )
    one = opened(tmp_path / "site")
    page = one.open("search.html")
    took = []
    for end in range(1, len("mentee waiting") + 1):
        took.append(one.ask(_TYPED, "mentee waiting"[:end]))
    print(
        f"3,000 records: a keystroke is answered in {sorted(took)[len(took) // 2]:.0f} ms, at most {max(took):.0f} ms"
    )
    assert len(_names(page)) <= 100


#: Types into the search; in how many milliseconds the page had answered and was laid out.
_TYPED = """words => new Promise(done => {
  const field = document.getElementById("words");
  const began = performance.now();
  field.value = words;
  field.dispatchEvent(new InputEvent("input", {bubbles: true}));
  requestAnimationFrame(() => setTimeout(() => done(performance.now() - began)));
})"""
