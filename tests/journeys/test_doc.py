"""Documents of the records of all four policies, as the command makes them: what each says, and what is refused."""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path

import pytest

from tests.conftest import At
from tests.made import copied
from tests.place import Place
from tests.scenarios.cheat import commit, rewrite
from tests.story import ACME, DEAL

DAY = "2026-11-20"
DRAFT = "**DRAFT: this text binds nobody yet**"


@pytest.fixture(scope="module")
def register(example: Path) -> Place:
    """The example register, only looked at."""
    return Place(example, day=DAY)


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (
            ("agreement", "northwind-cloud-cooperative-2026"),
            [
                "# Cooperation agreement 2026",
                "| First day | 1 April 2026 |",
                "| Notice | 90 days |",
                "- Northwind Cloud Cooperative: 50000 build minutes a month",
                "| Northwind Cloud Cooperative | director | 20 March 2026 | signed (ink), `s-",
                "\nSigned as OPS-05-03 §5.2.1/signature-process asks",
            ],
        ),
        (
            ("agreement", "tidewater-rowing-club-2026"),
            [
                "## Governance",
                "- Structure: ",
                "## Conflict mechanism",
                "MANDALA-PCP §6/formal-agreements",
                "## Outcomes\n\n- Carers have company outside their homes\n- Carers row without help\n",
                "- Lighthouse Community: Patience with beginners\n- Tidewater Rowing Club: Word when fewer",
                "| Term | Where it is written out |\n|---|---|\n| Respect and equality | section 1 |\n",
            ],
        ),
        (
            ("mentorship-agreement", "formal-2026-april-mentee-p-0026"),
            ["| p-0026 | mentee |", "| Last day | 1 November 2026 |", "MEM-02-03 §5.2.3/agreement-signing"],
        ),
        (
            ("mentorship-agreement", "rust-together"),
            [
                "- p-lio: offers: traits; seeks: async\n",
                "## Review on\n\n- 1 February 2027\n",
                "- mutual learning\n",
                "| Mentorship | Rust together |\n| Programme | peer |\n| First day | 3 August 2026 |\n| Coordinator |",
            ],
        ),
        (
            ("thanks", "formal-2026-spring-mentee-p-0013"),
            [
                "# Thank you, p-0011 and p-0013\n",
                "You took part in the formal mentorship programme of Lighthouse Community:\n\n- p-0011 as mentor\n",
                "You met 8 times.",
            ],
        ),
        (("thanks", "group-2026-summer-mentor-p-0005"), ["# Thank you, p-0005, p-0018, p-0019 and p-0020\n"]),
        (
            ("termination", "formal-2026-spring-mentee-p-0026"),
            [
                "# Notice of termination\n\nLighthouse Community, 15 April 2026\n\nTo: p-0009 and p-0026\n",
                "p-0026 (mentee) ends this mentorship (Formal mentorship, Spring 2026):\n\n- p-0009, mentor\n",
                "| Who ended it | mentee |",
                "- p-0026, mentee",
                "For Lighthouse Community:\n\n| Name and role | Day | Signature |\n",
            ],
        ),
        (
            ("decision", "appeal-of-spring"),
            [
                "# Decision on Appeal: mentee, spring 2026\n",
                "\nTo: p-0027\n",
                "On 8 March 2026, p-rosa (Core Team) decided on the case “Appeal”: it now stands at “The application is",
            ],
        ),
        (
            ("decision", "lantern-podcast"),
            [
                "# Decision on Lantern Podcast\n",
                "\nTo: Lantern Podcast\n",
                "On 1 June 2026, p-rosa (Partnership Manager, Core Team) decided that the partnership “Lantern",
                "does not go on: it now stands at “It was not wanted”. Before that, it stood at “Somebody has proposed it”.\n",
                "## Reason\n\nIt asked for members' addresses",
                "By these clauses of the Partnership Policy:\n\n- OPS-05-03 §3.2.3/final-decision: ",
                "- Why it is taken up again (OPS-05-03 §3.2.2, OPS-05-03 §8.2.2/strategic-adjustment): Say what has to be",
                "For Lighthouse Community:\n\n| Name and role | Day | Signature |\n",
            ],
        ),
        (("decision", "winter-code-fair"), ["\nTo: Millbridge Trade Hall\n"]),
        (
            ("decision", "mentor-quill"),
            [
                "\nTo: p-quill\n",
                "On 13 July 2026, p-amir (Program Manager) decided that the application “Mentor, 2026” does not",
                "## Reason\n\nMEM-02-03 §3.1.1/experience-level (Professional Requirements: experience level)\n",
                "## What was missing\n\n- Three years in the trade (MEM-02-03 §3.1.1/experience-level, MEM-02-03 §10.1.1/el",
                "; approved on 13 July 2026 by p-amir as Program Manager",
                "## How to have it looked at again",
                "MEM-02-03 §10.2.1/appeal-process",
                "«address to write to»",
            ],
        ),
        (
            ("decision", "mentee-p-0013"),
            [
                "On 3 March 2026, p-amir (Program Manager) decided that the application “mentee, spring 2026”",
                "goes on: it now stands at “Accepted and to be matched”. Before that, it stood at “It is looked through”.\n",
                "; approved on 3 March 2026 by p-amir as Program Manager",
                "MEM-02-03 §4.1.1/active-member",
            ],
        ),
        (
            ("termination", "brightwater-labs"),
            [
                "# Termination by mutual agreement\n\nLighthouse Community, 1 March 2026\n\nTo: Brightwater Labs\n",
                "Lighthouse Community and Brightwater Labs have agreed that their partnership ends.\n",
                "|---|---|---|---|\n| Lighthouse Community | | | |\n| Brightwater Labs | | | |\n",
                "| What ends the partnership | mutual agreement |",
                "| Notice given | 1 March 2026 |",
                "| Last day | 30 June 2026 |",
                "| Notice that is due | 60 days |",
                "OPS-05-03 §10.1.1/mutual-agreement",
            ],
        ),
        (
            ("announcement", "robot-evening"),
            [
                "# Robot evening\n\nLighthouse Community, together with Harbour Robotics and Old Town Library.\n",
                "Event: Robots for beginners",
                "## Where to read more\n\n- With coaches of Lighthouse Community: `https://library.example/robots`\n",
            ],
        ),
        (("announcement", "repair-cafe-night"), ["# Repair café night", "Event: Solder your first badge"]),
        (("thanks", "northwind-cloud-cooperative"), ["- 20 July 2026: Summer school. Nine projects shown"]),
        (
            ("certificate", "formal-2026-spring-mentee-p-0013"),
            [
                "p-0013 took part as mentee in the formal mentorship programme of Lighthouse Community.",
                "| Mentorship | Formal mentorship, Spring 2026 |",
                "| Meetings attended | 8 of 8 |",
                "\n---\n",
                "Completed on 16 September 2026.",
            ],
        ),
    ],
    ids=lambda one: " ".join(one) if isinstance(one, tuple) else "",
)
def test_each_document_says_what_the_record_and_its_policy_say(
    register: Place, words: tuple[str, ...], says: list[str]
) -> None:
    said = register.do("doc", *words).out
    assert [one for one in says if one not in said] == []
    assert DRAFT not in said
    assert "None" not in said
    assert "\n\n\n" not in said


def test_nothing_is_asked_for_that_nobody_owes(register: Place) -> None:
    """Peers need no goals, and who ends a mentorship gives no notice: no empty table, and no blank."""
    assert "Goals" not in register.do("doc", "mentorship-agreement", "rust-together").out
    said = register.do("doc", "termination", "formal-2026-spring-mentee-p-0026")
    assert "Notice given" not in said.out
    assert "blank" not in said.err
    assert "without you" not in register.do("doc", "thanks", "brightwater-labs").out


def test_what_both_sides_end_together_is_nobodys_notice(example: Path, tmp_path: Path) -> None:
    """Which ends are such the policy says: no notice is owed here, so none is spoken of, and each of them signs."""
    place = _copied(example, tmp_path)
    pairing = "formal-2026-spring-mentee-p-0026"
    rewrite(place, pairing, lambda data: data["termination"].update(trigger="both"))
    said = place.do("doc", "termination", pairing).out
    assert said.startswith("# Termination by mutual agreement\n\nLighthouse Community, 15 April 2026\n")
    assert "\np-0009 and p-0026 have agreed that this mentorship ends (Formal mentorship, Spring 2026)." in said
    assert "|---|---|---|---|\n| p-0009 | | | |\n| p-0026 | | | |\n" in said
    assert "otice" not in said
    assert "\nFor " not in said


def test_nobody_is_told_of_what_we_left_undone(register: Place) -> None:
    """What lacks of a partnership may be work of ours, and so is what people in a role supply; nor are rules a ground."""
    declined = register.do("doc", "decision", "mentor-quill").out
    assert "Application review" not in declined
    assert "A mentor has" not in declined
    for record in ("lantern-podcast", "winter-code-fair"):
        assert "missing" not in register.do("doc", "decision", record).out
    assert "Nothing told here" not in register.do("doc", "decision", "appeal-of-spring").out


def test_where_nobody_signs_there_is_no_line_for_it(register: Place) -> None:
    """Peers say that they know what is expected of them: no signature is asked for, and no day but those they agreed."""
    said = register.do("doc", "mentorship-agreement", "peer-2026-spring-mentee-p-0023")
    assert "ignature" not in said.out
    assert "blank" not in said.err


def test_our_name_stands_only_where_it_may(register: Place) -> None:
    """Help that is not official: not even the announcement says who helps."""
    assert "Lighthouse Community" not in register.do("doc", "announcement", "repair-cafe-night").out


@pytest.mark.parametrize(
    ("what", "record", "why", "instead"),
    [
        (
            "certificate",
            "formal-2026-april-mentee-p-0026",
            "only what is completed is certified",
            "mentorship-agreement",
        ),
        ("agreement", "robot-evening", "it is made of agreement, and robot-evening is a partnership", "announcement"),
        ("decision", "northwind-cloud-cooperative", "nobody decided that it goes from agreement to active", "thanks"),
        ("thanks", "lantern-podcast", "nothing that was done or given is recorded yet", "decision"),
        ("announcement", "winter-code-fair", "which is nothing to be announced", "decision"),
        ("announcement", "brightwater-labs", "which is nothing to be announced", "termination"),
        ("termination", "northwind-cloud-cooperative", "says nothing of its end, neither why (", "announcement"),
        ("termination", "lantern-podcast", "and no way out of declined asks how it ends", "decision"),
        ("decision", "brightwater-labs", "nobody decided that it goes from ending to ended", "termination"),
        ("decision", "old-town-library", "by no judged change of stage: nobody decided it here", "announcement"),
    ],
)
def test_what_makes_no_sense_is_refused_with_what_does(
    register: Place, what: str, record: str, why: str, instead: str
) -> None:
    said = register.wrong("doc", what, record).err
    assert f"there is no {what} to be made of {record}: " in said
    assert why in said
    assert f"partnerkit doc {instead} {record}\n" in said


def test_an_end_that_nobody_told_is_asked_for_in_the_line_that_tells_it(register: Place) -> None:
    """Of what runs, with every key that it needs, on a line of its own; of what never began nothing is asked."""
    for record in ("northwind-cloud-cooperative", "tidewater-rowing-club", "rust-together"):
        first, *others = register.wrong("doc", "termination", record).err.splitlines()[1:]
        blanks = "termination.trigger=<termination.trigger> termination.effective=<day>"
        assert first == f"  → partnerkit set {record} {blanks}"
        assert others
        assert all(one.startswith(" or partnerkit doc ") and one.endswith(f" {record}") for one in others)
    assert "partnerkit set" not in register.wrong("doc", "termination", "lantern-podcast").err
    assert "partnerkit set" not in register.wrong("doc", "termination", "repair-cafe-night").err


def test_an_agreement_that_nobody_signed_here_says_so(register: Place, tmp_path: Path) -> None:
    said = register.do("doc", "agreement", "old-town-library-2023").out
    assert said.startswith("**DRAFT: the register took this in as it stood; what was signed lies elsewhere")
    assert "igned as" not in said
    words = ("agreement", "old-town-library-2023", "--record", "--out", str(tmp_path / "a.md"))
    assert "old-town-library-2023 was taken in as it stood" in register.wrong("doc", *words).err
    said = register.wrong("doc", *words[:2], "--check").err
    assert "--record" not in said
    assert "partnerkit show old-town-library-2023" in said


def test_a_clause_that_does_not_apply_is_not_cited(register: Place) -> None:
    assert "igned as" not in register.do("doc", "mentorship-agreement", "rust-together").out
    formal = register.do("doc", "mentorship-agreement", "formal-2026-april-mentee-p-0026").out
    assert "\nSigned as MEM-02-03 §5.2.3/agreement-signing asks" in formal


def test_thanks_come_after_something_was_done(at: At) -> None:
    said = at("proposed").wrong("doc", "thanks", ACME).err
    assert "nothing that was done or given is recorded yet" in said


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("agrement", DEAL), "no document is called 'agrement'; did you mean agreement or announcement?"),
        (("agreement",), "say of which record the agreement is made"),
        (("agreement", "nobody"), "there is no record 'nobody'"),
        (("agreement", DEAL, "--format", "pfd"), "there is no format 'pfd'; did you mean pdf?"),
        (("agreement", DEAL, "--out", "a.txt"), "there is no format 'txt'"),
        (("agreement", DEAL, "--record"), "a document that is recorded is kept in a file"),
        (("agreement", DEAL, "--check", "--record"), "--check writes nothing"),
        (("agreement", DEAL, "a.md"), "a FILE goes with --check"),
        (("agreement", DEAL, "--requirement", "x"), "--requirement with --record"),
        (("agreement", DEAL, "--dry-run"), "--dry-run and --no-verify go with --record"),
        (("agreement", DEAL, "--check", "--dry-run"), "--check changes nothing"),
        (("agreement", DEAL, "--out", "a"), "a does not say in which format"),
        (("--out", "a.md"), "--out goes with a document of a record"),
        (("agreement", "--template", "--out", "a.md"), "--out goes with a document of a record"),
        (("agreement", DEAL, "--classification", "secret"), "'secret' is no classification"),
        (("agreement", DEAL, "--fonts", "none"), "there is no folder none in which fonts could lie"),
        (("agreement", DEAL, "--names"), "a document with names lies outside the register"),
    ],
)
def test_what_is_called_wrongly_says_so(at: At, words: tuple[str, ...], why: str) -> None:
    assert why in at("drafted").wrong("doc", *words).err


KEYS = {"schema", "document", "id", "policy", "classification", "format", "draft", "digest", "text_digest", "missing"}
KEYS |= {"draft_why", "withheld", "unnamed", "unnamed_why", "unnamed_next", "as_of", "template", "file", "findings"}


def test_json_says_what_was_made(register: Place, tmp_path: Path) -> None:
    words = ("doc", "thanks", "northwind-cloud-cooperative")
    told = register.json(*words)
    assert told.keys() == KEYS | {"text"}
    assert told["schema"] == "partnerkit.document/1"
    assert told["text"] == register.do(*words).out
    assert told["digest"] == f"sha256:{hashlib.sha256(told['text'].encode()).hexdigest()}"
    file = tmp_path / "thanks.html"
    said = register.do(*words, "--out", str(file), "--json")
    assert said.err == ""
    assert said.json.keys() == KEYS
    assert said.json["digest"] == f"sha256:{hashlib.sha256(file.read_bytes()).hexdigest()}"
    assert said.json["text_digest"] == told["digest"] != said.json["digest"]


def test_no_document_holds_the_day_on_which_it_was_made(register: Place) -> None:
    for what, record in (("agreement", "northwind-cloud-cooperative-2026"), ("decision", "mentor-quill")):
        for form in ("md", "html"):
            words = ("doc", what, record, "--format", form)
            assert register.do(*words, day="2026-11-20").out == register.do(*words, day="2027-03-01").out


@pytest.mark.parametrize(("form", "needs"), [("docx", "docxtpl"), ("pdf", "typst")])
def test_what_is_not_installed_is_named(
    register: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, form: str, needs: str
) -> None:
    monkeypatch.setitem(sys.modules, needs, None)
    monkeypatch.delitem(sys.modules, f"partnerkit.reports.document_{form}", raising=False)
    said = register.run("doc", "thanks", "northwind-cloud-cooperative", "--out", str(tmp_path / f"thanks.{form}"))
    assert said.code == 3
    assert "pip install 'partnerkit[docs]'" in said.err
    assert not list(tmp_path.iterdir())
    said = register.run("doc", "thanks", "northwind-cloud-cooperative", "--format", form)
    assert said.code in {2, 3}


def test_the_list_and_the_templates(register: Place) -> None:
    listed = register.json("doc")
    assert [one["document"] for one in listed["documents"]] == [
        *("agreement", "mentorship-agreement", "decision", "termination", "announcement", "thanks", "certificate")
    ]
    said = register.do("doc").out
    for one in listed["documents"]:
        assert one["document"] in said
        assert register.do("doc", one["document"], "--template").out.startswith(("#", "{%"))


def test_until_all_have_signed_it_every_page_is_a_draft(at: At) -> None:
    """What is recorded is what is signed: the text without the mark."""
    place = at("drafted")
    said = place.do("doc", "agreement", DEAL).out.splitlines()
    assert (said[0], said[-1]) == (DRAFT, DRAFT)
    page = place.do("doc", "agreement", DEAL, "--format", "html").out
    assert page.count("DRAFT") == 3
    assert place.json("doc", "agreement", DEAL)["draft"] is True
    assert DRAFT not in at("executed").do("doc", "agreement", DEAL).out


def test_what_is_missing_is_a_blank_and_said(at: At) -> None:
    place = at("agreement")
    place.do("new", "agreement", "Second", f"partnership={ACME}")
    said = place.do("doc", "agreement", "acme-second")
    assert "| Last day | «last day» |" in said.out
    assert "left as a blank to be filled in: the parties, first day, last day, notice, objectives" in said.err
    assert place.json("doc", "agreement", "acme-second")["missing"][1:3] == ["first day", "last day"]


def test_a_name_that_is_spelt_wrong_is_a_finding(example: Path, tmp_path: Path) -> None:
    place = _copied(example, tmp_path)
    place.do("set", "robot-evening", "supporter-statement=Supported by open tech school")
    said = place.run("doc", "announcement", "robot-evening")
    assert said.code == 1
    assert "the announcement says “open tech school”: the name is written “OpenTechSchool”" in said.err
    assert "OTS-PG §requirements-towards-a-partner/name-reproduced-accurately" in said.err
    found = place.run("doc", "announcement", "robot-evening", "--json").json["findings"]
    assert [one["code"] for one in found] == ["name-misspelt"]
    place.path("repair-cafe-night").write_text(
        place.text("repair-cafe-night").replace("name: Repair", "name: OTS Repair"), encoding="utf-8"
    )
    said = place.run("doc", "announcement", "repair-cafe-night")
    assert said.code == 1
    assert "the announcement says “OTS”: that name is to be left out of what others read (name-left-out)" in said.err


def _copied(example: Path, tmp_path: Path) -> Place:
    root = tmp_path / "register"
    copied(example, root)
    return Place(root, person="rosa@lighthouse.example", day=DAY)


def test_a_level_withholds_what_its_readers_may_not_see(example: Path, tmp_path: Path) -> None:
    place = _copied(example, tmp_path)
    said = place.wrong("doc", "thanks", "northwind-cloud-cooperative", "--classification", "public").err
    assert "readers of what is public may not know of it" in said
    policy = place.root / "records" / "policies" / "OPS-05-03.yaml"
    marked = policy.read_text(encoding="utf-8").replace(
        "    co-branding:\n      type: text\n",
        "    co-branding:\n      type: text\n      classification: internal\n",
        1,
    )
    policy.write_text(marked, encoding="utf-8")
    rewrite(place, "northwind-cloud-cooperative", lambda data: data.update(classification="public"))
    template = place.root / "records" / "templates" / "OPS-05-03" / "thanks.md"
    template.parent.mkdir(parents=True)
    template.write_text("{{ fields.co_branding }}|{{ fields.website }}|{{ fields.secret }}", encoding="utf-8")
    rewrite(place, "northwind-cloud-cooperative", lambda data: data.update({"co-branding": "canary"}))
    said_ = place.run("doc", "thanks", "northwind-cloud-cooperative", "--classification", "public")
    assert said_.code == 3
    assert "records/templates/OPS-05-03/thanks.md:1: there is no 'secret' here" in said_.err
    template.write_text("{{ fields.co_branding }}|{{ fields.website }}", encoding="utf-8")
    said_ = place.do("doc", "thanks", "northwind-cloud-cooperative", "--classification", "public")
    assert said_.out == "withheld\\|«website»\n"
    assert "withheld from readers of what is public: co-branding" in said_.err


def test_a_register_has_templates_of_its_own(at: At) -> None:
    place = at("drafted")
    folder = place.root / "records" / "templates"
    (folder / "OPS-05-03").mkdir(parents=True)
    (folder / "agreement.md").write_text("# Pact: {{ agreement.title }}\n", encoding="utf-8")
    assert "# Pact: Agreement 2026" in place.do("doc", "agreement", DEAL).out
    (folder / "OPS-05-03" / "agreement.md").write_text("# Deal: {{ agreement.title }}\n", encoding="utf-8")
    assert "# Deal: Agreement 2026" in place.do("doc", "agreement", DEAL).out
    assert place.json("doc", "agreement", DEAL)["template"] == "records/templates/OPS-05-03/agreement.md"
    assert [one for one in place.findings() if one["code"].startswith("template")] == []


def test_only_what_was_committed_is_recorded(at: At, tmp_path: Path) -> None:
    place = at("drafted")
    template = place.root / "records" / "templates" / "agreement.md"
    template.parent.mkdir()
    template.write_text("# Mine\n", encoding="utf-8")
    words = ("doc", "agreement", DEAL, "--record", "--out", str(tmp_path / "a.md"))
    said = place.run(*words)
    assert said.code == 3
    assert "records/templates/agreement.md was edited here but not committed" in said.err
    assert not (tmp_path / "a.md").exists()
    commit(place)
    assert "has a document already" in place.run(*words).err


def test_a_refusal_names_who_rejected_what_and_stays_as_it_was(at: At) -> None:
    place = at("decision")
    place.do("approve", ACME, "core-team-review", "--decision", "reject", "--reason", "too dear", by="p-jonas")
    place.do("advance", ACME, "declined", "--reason", "not wanted")
    said = place.do("doc", "decision", ACME).out
    assert "## What was rejected" in said
    assert ": too dear" in said
    assert ") decided that the partnership “Acme” does not go on: it now stands at “" in said


def test_an_old_refusal_does_not_change_with_the_record(example: Path, tmp_path: Path) -> None:
    place = _copied(example, tmp_path)
    before = place.do("doc", "decision", "mentor-quill").out
    assert "- Three years in the trade" in before
    rewrite(place, "mentor-quill", lambda data: data.update({"experience-years": "4"}))
    commit(place)
    assert place.do("doc", "decision", "mentor-quill").out == before


@pytest.mark.parametrize(
    ("out", "why"),
    [
        ("nowhere/x.md", "the folder nowhere does not exist"),
        ("records/people.md", "belongs to the register: nothing but its own commands writes in records/"),
        ("records/evidence/new/a.md", "belongs to the register: nothing but its own commands writes in records/"),
        (".git/config.md", "belongs to the register: nothing but its own commands writes in git's own folder"),
    ],
)
def test_nothing_is_recorded_that_cannot_be_written(at: At, out: str, why: str) -> None:
    place = at("agreement")
    place.do("new", "agreement", "Second", f"partnership={ACME}")
    head = place.git("rev-parse", "HEAD")
    assert why in place.wrong("doc", "agreement", "acme-second", "--record", "--out", out).err
    assert place.git("rev-parse", "HEAD") == head
    assert why in place.wrong("doc", "agreement", "acme-second", "--out", out).err


def test_the_level_of_a_record_that_names_none_is_the_usual_one(at: At) -> None:
    said = at("drafted").wrong("doc", "agreement", DEAL, "--classification", "public").err
    assert f"{DEAL} is internal: readers" in said


def test_without_a_private_place_nobody_is_called_by_name(at: At, tmp_path: Path) -> None:
    out = tmp_path / "named.md"
    assert (
        "none that names anybody is here"
        in at("drafted").wrong("doc", "agreement", DEAL, "--names", "--out", str(out)).err
    )
    assert not out.exists()


def test_evidence_that_somebody_wrote_by_hand_is_no_document(at: At) -> None:
    place = at("drafted")
    summary = f"doc/agreement/exe/internal sha256:{'0' * 64}"
    rewrite(place, DEAL, lambda data: data["evidence"][0].update(summary=summary))
    assert "; doc did not make it" in place.do("doc", "agreement", DEAL, "--check").out


def test_check_looks_at_templates(at: At) -> None:
    place = at("drafted")
    folder = place.root / "records" / "templates"
    (folder / "OPS-5-03").mkdir(parents=True)
    (folder / "agrement.md").write_text("x", encoding="utf-8")
    (folder / "OPS-5-03" / "thanks.md").write_text("x", encoding="utf-8")
    (folder / "thanks.md").write_text("one\n{{ addresse }}\n{% if %}", encoding="utf-8")
    (folder / "decision.md").write_text("one\n{{ decision.dya }}\n", encoding="utf-8")
    (folder / "letterhead.docx").write_bytes(b"PK")
    (folder / "termination.md").write_bytes(b"one\ntwo \xff")
    found = {one["file"]: one for one in place.findings() if one["code"].startswith("template")}
    assert {path.removeprefix("records/templates/"): (one["code"], one["line"]) for path, one in found.items()} == {
        "agrement.md": ("template-of-nothing", 1),
        "OPS-5-03/thanks.md": ("template-of-nothing", 1),
        "thanks.md": ("template-broken", 3),
        "decision.md": ("template-broken", 2),
        "termination.md": ("template-broken", 2),
        "letterhead.docx": ("template-broken", 1),
    }
    assert "did you mean agreement" in found["records/templates/agrement.md"]["message"]
    assert "did you mean OPS-05-03" in found["records/templates/OPS-5-03/thanks.md"]["message"]
    assert "there is no 'dya' here; did you mean day?" in found["records/templates/decision.md"]["message"]
    assert "partnerkit doc decision --template" in found["records/templates/decision.md"]["mend"]
    commit(place)
    assert {one["file"] for one in place.findings() if one["code"].startswith("template")} == set(found)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("# {{ activities }}", "this is a list or has parts"),
        ("# {{ record }}", "this is a list or has parts"),
        ("{{ fields.objectives }}", "this is a list or has parts"),
        ("{% for o in fields.objectives %}{{ o.tekst }}{% endfor %}", "there is no 'tekst' here; did you mean text?"),
        ("{{ fields.websit }}", "there is no 'websit' here; did you mean website?"),
        ("{% for x in 5 %}a{% endfor %}", "`for` goes through a list"),
    ],
)
def test_what_cannot_be_filled_is_found_before_the_day(at: At, text: str, why: str) -> None:
    place = at("drafted")
    path = place.root / "records" / "templates" / "thanks.md"
    path.parent.mkdir()
    path.write_text(text, encoding="utf-8")
    assert [why in one["message"] for one in place.findings() if one["code"] == "template-broken"] == [True]


def test_what_a_record_leaves_out_is_a_blank_in_a_template_too(at: At) -> None:
    place = at("drafted")
    path = place.root / "records" / "templates" / "agreement.md"
    path.parent.mkdir()
    path.write_text(
        "{% for o in fields.objectives %}{{ o.text }} {{ o.supports|join }}{% endfor %} {{ fields.renews }}",
        encoding="utf-8",
    )
    assert [one for one in place.findings() if one["code"] == "template-broken"] == []
    assert "«" in place.do("doc", "agreement", DEAL).out


def test_only_a_template_that_changed_is_told_of_a_change(at: At) -> None:
    place = at("drafted")
    folder = place.root / "records" / "templates"
    folder.mkdir()
    (folder / "thanks.md").write_text("{{ old }}", encoding="utf-8")
    commit(place)
    (folder / "decision.md").write_text("{{ new }}", encoding="utf-8")
    found = [one["file"] for one in place.findings("--changed") if one["code"] == "template-broken"]
    assert found == ["records/templates/decision.md"]
