"""Private data, and what was taken out: the codes of its findings."""

from __future__ import annotations

from partnerkit.rules.codes.code import Code, Theme

THEME = Theme(
    "Private data, and what was taken out",
    "Who is behind an id; what must never enter history; text expunged for good.",
    {
        "personal-data": Code(
            "A text holds an e-mail address, a telephone number, or a name that the private place knows. Records name people by opaque ids only: whoever may read the register reads all of its history, and nothing leaves that again without rewriting it. What two people read (a shared mailbox) goes on the roster as such.",
            bad="summary: call Ada at +49 30 1234567",
            good="summary: called p-0007",
            mend="write the id instead; where it landed: `partnerkit person forget`",
            severity="error or warning",
        ),
        "private-in-history": Code(
            "A file of the private place is staged or committed. Who is behind an id would be in every clone and for ever: names and addresses stay in a folder that git ignores, in one elsewhere, or in a repository of their own.",
            bad="private/people.yaml committed",
            good="the folder that .gitignore names",
            mend="take it out of git, and rewrite history where it was pushed: docs/privacy.md",
        ),
        "private-not-ignored": Code(
            "The private place lies inside the register, and git does not ignore it: the next `git add` of everything would take it along.",
            bad="private/ inside the register, and no line for it in .gitignore",
            good="partnerkit setup private",
            mend="`partnerkit setup private`",
        ),
        "private-absent": Code(
            "register.yaml names a private place, and it is not on this machine.",
            bad="private: ../people, and no such folder here",
            good="the folder shared with whoever works here",
            mend="`partnerkit setup private`",
            severity="warning",
        ),
        "private-unread": Code(
            "The private place is there and cannot be read, so nobody looked for the names that it holds; or a sheet that a change brings is too large or no text, so nobody looked into it.",
            bad="a private place with a file that is no YAML",
            good="one that can be read",
            mend="mend the file that the message names, or look into it yourself",
            severity="warning",
        ),
        "inline-content": Code(
            "Content above what the register may hold stands in it in words, or as a file. Git shows the whole history to whoever may read any of it, and has no permission for a part: what is confidential is kept elsewhere, and only where, with the digest of its bytes, stands here. Who may read the repository itself is set where it is hosted; register.yaml says what it may hold (`classification`).",
            bad="summary: what the lawyer advised, in a field that is confidential",
            good="ref: vault/advice.pdf, and its sha256",
            mend="keep it elsewhere, and write where and its digest",
        ),
        "feedback-of-few": Code(
            "What people said is told in sum only, over enough of them, so that nobody can tell who said what: not from one sum, nor from what is left when one is taken off another or off what was told before.",
            bad="a mean over two answers",
            good="sums over at least as many as `fewest` says",
            mend="take it out: `partnerkit set ID feedback=`",
        ),
        "expunged-by-another": Code(
            "register.yaml leaves it to those who hold a role to take text out of records for good, as it stood before. Whoever did this, or landed it, held none of them.",
            bad="partnerkit person forget, by somebody outside `expunged-by`",
            good="the same by one of them",
            mend="one of those whom the message names runs it",
        ),
        "marker-unexplained": Code(
            "Where text was expunged from a record stands a marker, and the record lists under it who took the text out, when and why. A marker that nothing explains hides something.",
            bad="text: expunged:x-0123456789ab, written by hand",
            good="partnerkit person forget names.txt --reason …",
            mend="put back what stood there; after history was rewritten: `partnerkit audit --rewritten x-…`",
        ),
        "expunging-edited": Code(
            "What was expunged from a record, by whom and why, is listed there. The list only grows.",
            bad="the reason of an expunging changed",
            good="the list as it was",
            mend="`git restore --staged --worktree -- FILE`",
        ),
        "expunging-untrue": Code(
            "An expunging may put markers in the place of words and do nothing else. This one says something else than it did.",
            bad="an expunging that also changes a field",
            good="partnerkit person forget names.txt --reason …, alone",
            mend="take text out by command, in a step of its own",
        ),
        "not-expungible": Code(
            "Text is expunged where people write it. An id, a key, a day, a number, a choice, the name of a file and what decides which demands there are stay: other things depend on it.",
            bad="a name that is part of an id",
            good="an opaque id",
            mend="a person decides what to change first: what else depends on it stays; the message says what to do",
        ),
        "signature-expunged": Code(
            "A decision was signed, text was expunged from it, and history was rewritten: nobody can verify any more whether the signature was genuine. The step that expunged was judged when it landed.",
            bad="a signed decision in which a name was expunged",
            good="the step that expunged, which was judged",
            mend="a person looks at the audit of that day: `partnerkit audit ID --rewritten x-…`",
            severity="warning",
        ),
    },
)
