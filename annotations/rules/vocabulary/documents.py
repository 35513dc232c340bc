"""Words about documents and the people in them: language, genre, blocks, repairs, anchors, reading, agents, dates."""

from __future__ import annotations

from annotations.rules.errors import noop
from annotations.rules.vocabulary.terms import Term, Vocabulary

LANGUAGES = Vocabulary(
    noop("language"),
    (
        Term("zh-Hans", noop("Chinese (Simplified)")),
        Term("zh-Hant", noop("Chinese (Traditional)")),
        Term("en", noop("English")),
        Term("und", noop("Undetermined")),
    ),
)

GENRES = Vocabulary(
    noop("genre"),
    (
        Term("opinion", noop("Opinion piece")),
        Term("law", noop("Law")),
        Term("resolution", noop("Resolution")),
        Term("report", noop("Report")),
        Term("speech", noop("Speech")),
        Term("news", noop("News")),
    ),
)

BLOCK_ROLES = Vocabulary(
    noop("block role"),
    (
        Term("title", noop("Title")),
        Term("heading", noop("Heading")),
        Term("paragraph", noop("Paragraph")),
        Term("list-item", noop("List item")),
        Term("quote", noop("Block quotation")),
        Term("table-cell", noop("Table cell")),
        Term("byline", noop("Byline")),
        Term("source-line", noop("Source line")),
        Term("footnote", noop("Footnote")),
        Term("page-head", noop("Page head")),
    ),
)

REPAIRS = Vocabulary(
    noop("repair"),
    (
        Term("gloss", noop("Injected reading removed"), noop("A reading in brackets that a converter put in.")),
        Term("lost-bytes", noop("Lost bytes restored"), noop("Characters that a converter swallowed.")),
        Term("broken-entity", noop("Broken character code restored")),
        Term("pdf-line", noop("Line break of the page joined")),
        Term("running-head", noop("Running head folded away")),
    ),
)

ANCHOR_STATES = Vocabulary(
    noop("state of the passage"),
    (
        Term("ok", noop("In place")),
        Term("moved", noop("Moved"), noop("Found again elsewhere in this version, word for word.")),
        Term("changed", noop("Changed, check it"), noop("The words differ in this version.")),
        Term("ambiguous", noop("Several places"), noop("The same words stand more than once.")),
        Term("orphaned", noop("Not found"), noop("This version no longer holds these words.")),
    ),
)

#: What is told of a passage in a version: the state of its place, or that a person gave it up there.
PASSAGE_STATES = Vocabulary(
    noop("state of the passage"),
    (*ANCHOR_STATES, Term("lost", noop("Lost"), noop("Somebody looked: this version no longer holds the passage."))),
)

READING_STATES = Vocabulary(
    noop("reading state"),
    (
        Term("unread", noop("Unread")),
        Term("reading", noop("Reading")),
        Term("read", noop("Read")),
        Term("nothing", noop("Read, nothing found")),
    ),
)

ASSIGNMENT_STATES = Vocabulary(
    noop("state of coding"),
    (
        Term("open", noop("To code")),
        Term("done", noop("Done")),
        Term("nothing", noop("Done, nothing found")),
    ),
)

DELIVERY_STATES = Vocabulary(
    noop("state of a message"),
    (
        Term("waiting", noop("Waiting"), noop("It is sent, or sent again, as soon as its time has come.")),
        Term("delivered", noop("Delivered"), noop("The address took it.")),
        Term("given_up", noop("Given up"), noop("The address did not take it, however often it was sent.")),
    ),
)

AGENT_TYPES = Vocabulary(
    noop("type of agent"),
    (
        Term("person", noop("Person")),
        Term("government", noop("Government")),
        Term("intergovernmental", noop("Intergovernmental body")),
        Term("company", noop("Company")),
        Term("academia", noop("Academia")),
        Term("civil_society", noop("Civil society")),
        Term("media", noop("Media")),
        Term("unknown", noop("Unknown")),
    ),
)

IMPORTS = Vocabulary(
    noop("what was imported"),
    (
        Term("csv", noop("a CSV table")),
        Term("xlsx", noop("an Excel workbook")),
        Term("web-annotation", noop("annotations of another program")),
        Term("json", noop("a complete dump of a corpus")),
        Term("file", noop("a file"), noop("Events from before the format was noted.")),
    ),
)

PRECISIONS = Vocabulary(
    noop("precision of a date"),
    (Term("day", noop("Day")), Term("month", noop("Month")), Term("year", noop("Year"))),
)
