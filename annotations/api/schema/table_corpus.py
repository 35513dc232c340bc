"""Addresses of people, corpora, codebook, agents and documents."""

from __future__ import annotations

from annotations.api import bodies
from annotations.api.schema.endpoint import Endpoint, Schema
from annotations.api.schema.filters import DOCUMENT_FILTERS
from annotations.rules import vocabulary

Q: dict[str, Schema] = {"q": {"type": "string", "maxLength": 200, "description": "words it must hold"}}
TAG_QUERY: dict[str, Schema] = {
    **Q, "set": {"type": "integer"}, "scope": {"type": "string", "enum": list(vocabulary.TAG_SCOPES.codes)},
}  # fmt: skip

TABLE = (
    Endpoint("GET", "api_me", "Who asks, and where they belong", "Me"),
    Endpoint("GET", "api_tokens", "One's own tokens", "Token", many=True),
    Endpoint(
        "POST", "api_tokens", "Make a token; the answer holds its secret, once. By session only", "Token", 201,
        bodies.TOKEN, keyed=False, example={"name": "nightly export", "days": 30},
    ),
    Endpoint("DELETE", "api_token", "Revoke a token", keyed=False),
    Endpoint("GET", "api_corpora", "The corpora one belongs to", "Corpus", many=True),
    Endpoint(
        "POST", "api_corpora", "A new corpus, whose admin one is", "Corpus", 201, bodies.CORPUS_NEW,
        example={"name": "Trial", "codebook": "ai-governance"},
    ),
    Endpoint("GET", "api_corpus", "A corpus", "Corpus"),
    Endpoint("PATCH", "api_corpus", "Change a corpus (admin; its publisher: editor)", "Corpus", body=bodies.CORPUS,
             match=True),
    Endpoint("GET", "api_members", "Members, former members, authors of imported work", "Member", many=True),
    Endpoint("GET", "api_member", "A member", "Member"),
    Endpoint(
        "PATCH", "api_member", "Change role or membership (admin); a corpus keeps an admin", "Member",
        body=bodies.MEMBER, match=True,
    ),
    Endpoint("GET", "api_invitations", "Invitations (admin)", "Invitation", many=True),
    Endpoint(
        "POST", "api_invitations", "Invite somebody (admin); the answer holds the link, once", "Invitation", 201,
        bodies.INVITATION, example={"role": "annotator", "note": "for Chen"},
    ),
    Endpoint("DELETE", "api_invitation", "Take an invitation back (admin)"),
    Endpoint("GET", "api_tag_sets", "Tag sets in their order", "TagSet", many=True),
    Endpoint(
        "POST", "api_tag_sets", "A new tag set (editor)", "TagSet", 201, bodies.TAG_SET_NEW,
        example={"name": "Region", "scope": "statement", "many": False},
    ),
    Endpoint("GET", "api_tag_set", "A tag set", "TagSet"),
    Endpoint("PATCH", "api_tag_set", "Change a tag set (editor)", "TagSet", body=bodies.TAG_SET, match=True),
    Endpoint("GET", "api_tags", "Tags of the codebook, retired ones too", "Tag", many=True, query=TAG_QUERY),
    Endpoint("POST", "api_tags", "A new tag (editor)", "Tag", 201, bodies.TAG_NEW),
    Endpoint("GET", "api_tag", "A tag", "Tag"),
    Endpoint("PATCH", "api_tag", "Rename, recolour, retire a tag (editor)", "Tag", body=bodies.TAG, match=True),
    Endpoint(
        "POST", "api_tag_merge", "Everything that carries this tag carries the other one (editor)", "Tag",
        body=bodies.INTO, match=True,
    ),
    Endpoint("GET", "api_tag_reach", "What hangs on a tag: what merging, splitting or retiring it touches", "TagReach",
             query={"into": {"type": "integer", "description": "another tag: how many carry both"}}),
    Endpoint("POST", "api_tag_split", "Some of what carries a tag carries others (editor)", "Tag",
             body=bodies.TAG_SPLIT, match=True),
    Endpoint("POST", "api_tag_place", "Another set or another tag above it (editor)", "Tag", body=bodies.TAG_PLACE,
             match=True),
    Endpoint("GET", "api_editions", "Editions of the codebook, newest first", "Edition", many=True),
    Endpoint("GET", "api_edition", "The codebook as this edition of it stood; `since`: what changed from that one",
             "EditionDetail", query={"since": {"type": "integer"}}),
    Endpoint("PATCH", "api_edition", "Name an edition (editor)", "EditionDetail", body=bodies.EDITION, match=True),
    Endpoint("GET", "api_codebook_export", "The codebook as a file: json, csv or qdc", media="*/*",
             query={"edition": {"type": "integer", "description": "an earlier edition"}}),
    Endpoint("POST", "api_codebook_import", "A codebook out of a file, as multipart `file` or as the body itself with "
             "`?name=` (editor); what it changed, or with `preview=1` would change", "any", body={}, keyed=False,
             upload=True, query={"name": {"type": "string"}, "preview": {"type": "string"}}),
    Endpoint("GET", "api_agents", "Agents, found in either script as one types", "Agent", many=True, query=Q),
    Endpoint("GET", "api_agent", "An agent", "Agent"),
    Endpoint("PATCH", "api_agent", "Name and describe an agent", "Agent", body=bodies.AGENT, match=True),
    Endpoint("GET", "api_documents", "Documents, newest first", "Document", many=True, query=DOCUMENT_FILTERS),
    Endpoint(
        "POST", "api_documents", "Load a text, or a file as multipart `file`; 409 names the document that has it",
        "Document", 201, bodies.DOCUMENT_NEW, upload=True,
        example={"text": "First line\n\nWhat the example says.", "title": "Example", "language": "en"},
    ),
    Endpoint("GET", "api_document", "A document with its facts", "Document"),
    Endpoint("PATCH", "api_document", "Edit or confirm facts", "Document", body=bodies.DOCUMENT, match=True),
    Endpoint("DELETE", "api_document", "Remove a document (editor)", match=True),
    Endpoint("GET", "api_versions", "The versions of a document, newest first", "TextVersion", many=True),
    Endpoint("POST", "api_versions", "A new version of the text, as JSON or multipart `file`; passages move along",
             "LoadedVersion", 201, bodies.VERSION_NEW, upload=True, example={"text": "Another text altogether."}),
    Endpoint("GET", "api_changes", "What changed between two versions, passage by passage", "Changes",
             query={"from": {"type": "integer", "description": "number of a version; the one before `to`"},
                    "to": {"type": "integer", "description": "number of a version; the current one"}}),
    Endpoint("GET", "api_reading", "How far one has read", "Reading"),
    Endpoint("GET", "api_coverage", "Which paragraphs of a document one has read", "Coverage"),
    Endpoint("POST", "api_coverage", "These paragraphs were read, too; once noted, always noted", "Coverage",
             body=bodies.COVERAGE, keyed=False),
    Endpoint("PUT", "api_reading", "Note how far one has read", "Reading", body=bodies.READING,
             example={"state": "reading", "paragraph": 2}),
)  # fmt: skip
