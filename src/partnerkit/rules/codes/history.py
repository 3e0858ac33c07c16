"""The history of a record: the codes of its findings."""

from __future__ import annotations

from partnerkit.rules.codes.code import Code, Theme

THEME = Theme(
    "The history of a record",
    "Entries: a list that only grows, each carrying the digest of the one before.",
    {
        "stage-edited": Code(
            "The stage says something else than the history. A stage is changed by `advance`, which judges it, and never by hand.",
            bad="stage: active, where the history leads to assessment",
            good="partnerkit advance acme",
            mend="write the stage back; `partnerkit gates acme` shows what the next one needs",
        ),
        "chain-broken": Code(
            "Each entry carries the digest of the one before. It no longer fits: an entry was changed, removed or put in.",
            bad="an entry changed after the next was sealed",
            good="entries as they landed",
            mend="`git restore --staged --worktree -- FILE`; where it landed: `partnerkit undo ID --correct --reason …`",
        ),
        "entry-edited": Code(
            "An entry that had landed was edited. History is corrected by a new entry, never in place.",
            bad="reason: other words, in an entry that had landed",
            good="a new entry: partnerkit undo ENTRY --reason …",
            mend="`git restore --staged --worktree -- FILE`",
        ),
        "entry-removed": Code(
            "An entry that had landed was removed. History only grows.",
            bad="the last entry deleted",
            good="partnerkit undo",
            mend="`git restore --staged --worktree -- FILE`",
        ),
        "entry-reordered": Code(
            "Entries that had landed stand in another order. History only grows.",
            bad="two entries swapped",
            good="entries in the order in which they landed",
            mend="`git restore --staged --worktree -- FILE`",
        ),
        "entry-out-of-order": Code(
            "Entries are numbered from 1 without gaps.",
            bad="seq: 4 after seq: 2",
            good="seq: 3",
            mend="let the commands write history; put back what stood there",
        ),
        "entry-repeated": Code(
            "An entry id is used twice.",
            bad="an entry copied with its id",
            good="each entry once",
            mend="put back what stood there",
        ),
        "entry-from-elsewhere": Code(
            "An entry leaves a stage in which the record did not stand.",
            bad="from: decision, in a record that stood in assessment",
            good="from: assessment",
            mend="put back what stood there, and advance by command",
        ),
        "entry-backdated": Code(
            "An entry is dated before the one that precedes it.",
            bad="at: a moment before that of the entry above",
            good="at: the moment of the move",
            mend="put back what stood there, and advance by command",
        ),
        "entry-in-future": Code(
            "An entry is dated after the moment it landed: nothing is recorded ahead of its day.",
            bad="at: tomorrow",
            good="partnerkit --today DAY advance, once the day has come",
            mend="make the move when its day has come",
        ),
        "never-created": Code(
            "A record's first entry creates or adopts it.",
            bad="a first entry of type move",
            good="a first entry of type create or adopt",
            mend="`partnerkit new KIND TITLE`",
        ),
        "created-twice": Code(
            "Only the first entry creates a record.",
            bad="a second entry of type create",
            good="one create, then moves",
            mend="void the entry: `partnerkit undo ENTRY --void --reason …`",
        ),
        "wrong-start": Code(
            "A new record stands in the first stage of its lifecycle.",
            bad="created in active",
            good="created in proposed",
            mend="void the entry, make it with `partnerkit new`, and advance; what is older than the register: `new --adopt`",
        ),
        "no-lifecycle": Code(
            "The policy has no lifecycle for this kind of record.",
            bad="a pairing under a policy without pairings",
            good="a pairing under a policy that has them",
            mend="make the record under another policy, or add the lifecycle to this one",
        ),
        "unknown-stage": Code(
            "The policy has no such stage for this kind.",
            bad="adopted in actve",
            good="adopted in active",
            mend="adopt it in a stage that the policy has: `partnerkit policy show`",
        ),
        "record-deleted": Code(
            "Record files are never deleted: an undo leaves a tombstone, which keeps the id.",
            bad="git rm records/partnerships/acme.yaml",
            good="partnerkit undo: a tombstone that keeps the id",
            mend="`git restore --staged --worktree -- FILE`",
        ),
        "record-moved": Code(
            "Record files stay where they are, so that their history stays in one place.",
            bad="git mv records/partnerships/acme.yaml records/partnerships/2026/",
            good="the file where it was made",
            mend="`git mv` it back",
        ),
        "tombstone-incomplete": Code(
            "A tombstone leads to the stage void and says why.",
            bad="a tombstone without a reason",
            good="partnerkit undo ENTRY --reason 'made twice'",
            mend="take the record back by command",
        ),
        "tombstone-changed": Code(
            "A record that was taken back keeps its id and changes no more; make a new one instead.",
            bad="a record in stage void given a new name",
            good="partnerkit new partnership …",
            mend="`git restore --staged --worktree -- FILE`, and make another record",
        ),
        "locked-field-changed": Code(
            "A gate that was passed vouches for this field. It changes again only after the record has gone back behind that gate.",
            bad="partnerkit set acme name=… after the gate that covers `name`",
            good="back behind the gate first, or a change that no gate covers",
            mend="`partnerkit gates acme` shows the way back; then set it, and pass the gate anew",
        ),
        "content-differs": Code(
            "A field that a passed gate vouches for is no longer what it was when the gate was passed. Which fields those are is what the policy said then, whatever it says now.",
            bad="a field that a passed gate vouches for, changed in a commit by hand",
            good="the field as it was sealed",
            mend="`partnerkit undo ID --correct --reason …` puts it back and says so",
        ),
        "undoes-another": Code(
            "Only the latest entry that still counts can be undone or voided, and a correction names an entry of its record.",
            bad="partnerkit undo of an entry that is not the latest",
            good="the latest first",
            mend="undo the latest entry that counts, then the next",
        ),
        "undone-elsewhere": Code(
            "An undo or a void leads back to the stage that was left.",
            bad="an undo of assessment → decision that leads to proposed",
            good="an undo that leads to assessment",
            mend="void the entry, and undo by command",
        ),
        "undone-without-reason": Code(
            "An undo, a void and a correction say why they are made.",
            bad="an undo without a reason",
            good="partnerkit undo ENTRY --reason 'wrong partner'",
            mend="say why: --reason",
        ),
        "relied-on": Code(
            "An entry of another record relies on what is to be voided, and would rest on nothing: it is taken back first.",
            bad="voiding an agreement's entry on which the partnership's move relies",
            good="the partnership taken back first",
            mend="undo the entry that relies on it, then void this one",
        ),
        "corrected-elsewhere": Code(
            "A correction says that what was altered is again as it was. It moves nothing.",
            bad="a correction that moves the record",
            good="partnerkit undo ID --correct --reason …",
            mend="correct by command: it moves nothing",
        ),
        "correction-unproven": Code(
            "A correction says that what a passed gate vouches for is again as it was, and the seal of that gate shows that it is not.",
            bad="a correction, and the field is still not what was sealed",
            good="the field put back, then corrected",
            mend="`partnerkit undo ID --correct --reason …` puts it back and corrects",
        ),
    },
)
