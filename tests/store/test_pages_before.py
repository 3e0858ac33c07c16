"""What is known of a page is known by the tool that made it."""

from __future__ import annotations

from partnerkit.publishing.rested import Page
from partnerkit.store import pages_before
from partnerkit.store.pages_before import PagesBefore


def test_a_page_that_another_tool_made_is_not_known(tmp_path, monkeypatch):
    path = tmp_path / "own" / "site.sqlite"
    kept = PagesBefore(path)
    kept.keep("acme", Page("rests", [], "digest"))
    kept.put()
    kept.close()
    again = PagesBefore(path)
    assert again.of("acme") == Page("rests", [], "digest")
    assert again.of("other") is None
    monkeypatch.setattr(pages_before, "stamp", lambda: "another")
    assert again.of("acme") is None
    again.close()
