"""Who may do what, by address: one explicit table that tests/views/test_permissions.py holds against the URL conf.

A right is a verb of annotations/rules/roles.py. What else a deed asks for (own check, second person) is `only`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from annotations.rules import roles
from tests.api.world import World

#: Not verbs: for everybody, for whoever is signed in, for the person whose row it is, for staff of the installation.
OPEN, SIGNED, OWN, STAFF = "open", "signed in", "own", "staff"
Fill = Callable[[World], dict[str, Any]]


def nothing(world: World) -> dict[str, Any]:
    return {}


@dataclass(frozen=True)
class Ask:
    """One thing that can be asked at the address `name`: what it takes, and a body with which it is done.

    `only`: the roles that may, when it is not all that have the verb. `row`: what of the world stands behind the id.
    `rule`: the status with which a rule, not a right, refuses what was sent to everybody who may.
    """

    name: str
    method: str
    verb: str
    body: Fill = nothing
    only: tuple[str, ...] = ()
    row: str = ""
    query: str = ""
    title: str = ""
    rule: int = 0

    def may(self, role: str) -> bool:
        """Whether a member of this role may."""
        if self.verb in (OPEN, SIGNED):
            return True
        if self.only:
            return role in self.only
        return self.verb not in (OWN, STAFF) and roles.allows(role, self.verb)

    def has_verb(self, role: str) -> bool:
        return self.verb in roles.VERBS and roles.allows(role, self.verb)

    def __str__(self) -> str:
        return " ".join(filter(None, (self.method, self.name, self.title)))


def get(names: str, verb: str = "read", **more: Any) -> list[Ask]:
    return [Ask(name, "GET", verb, **more) for name in names.split()]


def send(method: str, name: str, verb: str, body: Any = None, **more: Any) -> Ask:
    """`body`: a dict, or what makes one of the world."""
    fill = body if callable(body) else lambda _: dict(body or {})
    return Ask(name, method, verb, fill, **more)


CHECKER = ("checker",)
CODERS = ("annotator", "checker", "admin")  # of the rounds of the world
OTHERS = ("reviewer", "editor", "admin")  # of whom neither wrote the check nor entered the milestone
RIGHTS: list[Ask] = [
    # --- anybody, anybody signed in
    *get("healthz robots api_docs api_schema invitation public_index public_check public_version", OPEN),
    *get("home corpus_new token_list api_me api_tokens api_corpora", SIGNED),
    send("POST", "invitation", OPEN),
    send("POST", "corpus_new", SIGNED, {"name": "Other", "codebook": "empty"}),
    send("POST", "api_corpora", SIGNED, {"name": "Other"}),
    send("POST", "preferences", SIGNED, {"single_keys": "on"}),
    send("POST", "token_list", SIGNED, {"name": "mine", "write": "1", "days": "30"}),
    send("POST", "api_tokens", SIGNED, {"name": "mine"}),
    send("POST", "token_revoke", OWN, only=("admin",)),
    send("DELETE", "api_token", OWN, only=("admin",)),
    # --- reading
    *get("corpus_home document_list document_last document_facts document_read tracker tracker_rows tracker_pane"),
    *get("statement_dossier dossier_text api_provenance api_quotation"),
    *get("statement_others relation_graph contradictions duplicates statement_biography"),
    *get("api_duplicates"),
    *get("notice_list statement_detail source_list source_detail codebook member_list search annotation_permalink"),
    *get("iri_container iri_annotation iri_document iri_version"),
    *get("api_corpus api_members api_member api_tags api_tag_sets api_tag api_tag_set api_agents api_agent"),
    *get("document_beside version_list version_changes api_versions api_changes"),
    *get("api_documents api_document api_annotations api_annotation api_statements api_statement api_occurrences"),
    *get("api_statement_events api_counts api_choices api_views api_view api_relations api_relation api_sources"),
    *get("source_snapshot api_captures api_capture api_snapshot_file"),
    *get("api_source api_snapshots api_snapshot api_evidence api_evidence_item api_verifications api_verification"),
    *get("api_milestones api_events api_reading api_coverage api_presence"),
    *get("api_annotation_comments api_statement_comments api_comment"),
    *get("api_verification_comments", only=CHECKER),
    *get("api_search api_alike", query="?q=incidents"),
    *get("api_shared api_shared_with"),
    *get("api_same", query="?annotation={annotation}"),
    *get("alike document_shared document_shared_with"),
    *get("round_list round_detail api_rounds api_round"),
    *get("watch_list api_watches"),
    *get("api_watch api_watch_hits", OWN, only=("admin",)),
    *get("webhook_list webhook_detail api_webhooks api_webhook api_deliveries", "send_webhooks"),
    *get("round_detail", row="closed_round", title="closed"),
    *get("round_new", "manage_rounds"),
    *get("round_table", "export"),
    *get("round_code api_round_document api_round_annotations", "code_round", only=CODERS),
    *get("round_places api_round_places", "adjudicate"),
    *get("api_suggestions suggestion_report"),
    send("POST", "api_suggestions", "decide_suggestion"),
    send("POST", "document_suggest", "decide_suggestion"),
    send("POST", "suggestion_report", "manage_corpus", {"action": "off"}),
    *get("history", "view_history"),
    *get("codebook_export api_codebook_export", "export"),
    *get("codebook_import", "manage_codebook"),
    *get("tracker_digest export_page api_formats api_export api_export_losses", "export"),
    # --- for some
    *get("document_add", "add_document"),
    *get("triage", "triage"),
    *get("statement_split", "split_statement"),
    *get("statement_merge", "merge_statements"),
    *get("import_page", "import_annotations"),
    *get("import_step", "import_annotations", only=("annotator",)),
    *get("tracker_bulk", "bulk_edit", query="?ids={open_claim}"),
    *get("source_new", "add_source"),
    *get("source_edit", "edit_source"),
    *get("source_describe", "add_evidence"),
    *get("check_edit quotation_judge", "verify", only=CHECKER),
    *get("review_queue", "review"),
    *get("review_blind", "review"),
    *get("tag_new tag_edit tag_merge tag_split tag_place", "manage_codebook"),
    *get("reading_table", "see_reading"),
    *get("edition_list edition_detail api_tag_reach api_editions api_edition"),
    *get("corpus_settings", "set_publisher"),
    *get("statement_publish", "publish"),
    *get("api_invitations", "manage_members"),
    # --- one's own place and views
    send("PUT", "api_reading", "mark_read", {"state": "reading", "paragraph": 1}),
    send("POST", "api_coverage", "mark_read", lambda w: {"version": w.version.pk, "ranges": [[0, 1]]}),
    send("POST", "api_presence", "read", {"tab": "one"}),
    send("POST", "notice_list", "read", {"up_to": "1"}),
    send("POST", "view_save", "save_view", {"name": "Mine", "query": "status=queued"}),
    send("POST", "view_save", "share_view", {"name": "Ours", "query": "", "shared": "1"}, title="shared"),
    send("POST", "api_views", "save_view", {"name": "Mine", "query": "status=queued"}),
    send("POST", "api_views", "share_view", {"name": "Ours", "query": "", "shared": True}, title="shared"),
    *(send("POST", "view_change", "share_view", {"action": action, "name": "New", "query": ""},
           only=("editor", "admin"), title=action) for action in ("update", "rename", "share", "remove")),
    send("POST", "view_change", "save_view", {"action": "unshare"}, only=("editor", "admin"), title="unshare"),
    send("PATCH", "api_view", "share_view", {"name": "New"}, only=("editor", "admin")),
    send("DELETE", "api_view", "save_view", only=("editor", "admin")),
    # --- documents
    send("POST", "document_add", "add_document", {"text": "Words of a new document.", "title": "New"}),
    send("POST", "api_documents", "add_document", {"text": "Words of a new document.", "title": "New"}),
    send("POST", "document_facts", "edit_document_facts", {"title": "New", "language": "en", "note": ""}),
    send("PATCH", "api_document", "edit_document_facts", {"title": "New"}),
    send("POST", "document_remove", "remove_document"),
    send("DELETE", "api_document", "remove_document"),
    send("POST", "document_beside", "edit_document_facts", {"original": ""}),
    *get("version_preview", "add_version", only=("annotator",)),
    send("POST", "version_list", "add_version", {"text": "Another text altogether."}),
    send("POST", "version_preview", "add_version", {"action": "store"}, only=("annotator",)),
    send("POST", "api_versions", "add_version", {"text": "Another text altogether."}),
    send("POST", "version_changes", "reanchor", lambda w: {
        "action": "right", "annotation": w.annotation.pk, "seen": "1",
    }),
    # --- passages
    send("POST", "api_anchor", "reanchor", {"start": 16, "end": 26, "space": "raw"}),
    send("POST", "api_annotations", "annotate", {"start": 16, "end": 26, "space": "clean", "note": "new"}),
    send("POST", "api_same", "annotate", lambda w: {"annotation": w.annotation.pk}),
    send("PATCH", "api_annotation", "edit_own_annotation", {"note": "new"}, only=("annotator", "editor", "admin")),
    send("DELETE", "api_annotation", "edit_own_annotation", {"reason": "wrong"},
         only=("annotator", "editor", "admin")),
    send("POST", "api_annotation_restore", "edit_own_annotation", only=("annotator", "editor", "admin"),
         row="removed"),
    send("POST", "api_suggestion_accept", "decide_suggestion"),
    send("POST", "api_suggestion_reject", "decide_suggestion"),
    send("PATCH", "api_occurrence", "link_occurrence", {"voice": "author"}),
    send("POST", "import_page", "import_annotations", {"file": ("quotes.csv", b"quote\nExperts agree\n")}),
    send("POST", "import_step", "import_annotations", {"action": "sheet"}, only=("annotator",)),
    send("POST", "api_import", "import_annotations", {"file": ("quotes.csv", b"quote\nExperts agree\n")}),
    send("POST", "api_import", "import_corpus", {"file": ("dump.json", b"{}"), "format": "json"}, title="dump",
         rule=400),
    # --- statements
    send("POST", "api_statements", "create_statement", {"kind": "claim", "text": "A new one"}),
    send("PATCH", "api_statement", "edit_statement", {"note": "new"}),
    send("POST", "statement_detail", "edit_statement", lambda w: {
        "action": "edit", "text": w.loose.text, "gloss_en": "", "type": "quantity", "wording": "as_quoted",
        "language": w.loose.language, "note": "new",
    }, row="loose", title="edit"),
    send("POST", "statement_detail", "edit_statement", lambda w: {"action": "tags", "tags": [w.column.pk]},
         row="loose", title="tags"),
    send("POST", "statement_detail", "edit_statement", {"action": "anatomy", "mechanism": "new_institution"},
         row="proposal", title="anatomy"),
    send("POST", "statement_detail", "set_aside", {"action": "move", "to": "set_aside", "reason": "trivial",
         "note": "of no use"}, row="loose", title="set aside"),
    send("POST", "statement_detail", "assign_others", lambda w: {"action": "assign", "assignee": w.cast["admin"].pk},
         row="open_claim", title="assign"),
    send("POST", "statement_detail", "add_evidence", lambda w: {
        "action": "evidence", "source": w.bare_source.pk, "stance": "context", "note": "new",
    }, row="loose", title="evidence"),
    send("POST", "statement_detail", "add_evidence", lambda w: {
        "action": "drop_evidence", "evidence": w.loose_evidence.pk,
    }, row="loose", title="drop evidence"),
    send("POST", "statement_detail", "milestone_propose", lambda w: {
        "action": "milestone", "status": "adopted", "date": "2026-01-01", "source": w.bare_source.pk,
    }, row="proposal", title="milestone"),
    send("POST", "statement_detail", "milestone_confirm", lambda w: {
        "action": "settle", "milestone": w.milestone.pk, "decision": "confirm",
    }, row="proposal", only=OTHERS, title="settle"),
    send("POST", "api_transitions", "set_aside", {"to": "set_aside", "reason": "trivial", "note": "of no use"}),
    send("POST", "api_transitions", "withdraw", {"to": "withdrawn", "reason": "wrong"}, title="withdraw"),
    send("POST", "api_transitions", "publish", {"to": "published"}, row="approved", title="publish"),
    send("POST", "api_transitions", "reopen", {"to": "in_progress", "reason": "new_evidence", "note": "new"},
         row="approved", title="reopen"),
    send("POST", "api_transitions", "requeue", {"to": "queued", "note": "after all"}, row="aside", title="requeue"),
    send("POST", "api_merge", "merge_statements", lambda w: {"into": w.open_claim.pk}),
    send("POST", "api_split", "split_statement", {"text": "Half", "occurrences": []}),
    send("POST", "api_bulk", "bulk_edit", lambda w: {"ids": [w.loose.pk], "action": "due", "due": "2027-01-01"}),
    send("POST", "api_cells", "bulk_edit", lambda w: {
        "cells": [{"id": w.loose.pk, "column": "due", "words": "2027-01-01"}],
    }),
    send("POST", "tracker_bulk", "bulk_edit", lambda w: {"ids": w.loose.pk, "due": "2027-01-01", "go": "1"}),
    send("POST", "triage", "triage", lambda w: {"id": w.loose.pk, "question": "q1", "answer": "yes"}),
    send("POST", "statement_merge", "merge_statements", lambda w: {"into": w.loose.label}),
    send("POST", "statement_split", "split_statement", lambda w: {
        "text": "Half", "occurrences": [w.open_claim.occurrences.get().pk],
    }),
    send("POST", "contradictions", "relate", lambda w: {
        "one": w.loose.label, "other": w.open_claim.label, "decision": "rejected",
    }),
    send("POST", "duplicates", "relate", lambda w: {
        "one": w.loose.label, "other": w.open_claim.label, "decision": "not_same",
    }),
    send("POST", "api_duplicates", "relate", lambda w: {
        "one": w.loose.pk, "other": w.open_claim.pk, "decision": "not_same",
    }),
    send("POST", "alike", "annotate", lambda w: {"highlight": f"{w.document.pk}.{w.version.pk}.0.5"}),
    send("POST", "statement_undo", "undo_own", {"op": "of nobody"}, rule=404),
    send("POST", "statement_detail", "relate", lambda w: {
        "action": "relate", "way": "supports", "other": w.loose.label,
    }, title="relate", row="open_claim"),
    send("POST", "api_relations", "relate", lambda w: {"statement": w.claim.pk, "type": "supports"}),
    send("PATCH", "api_relation", "relate", {"state": "rejected"}),
    send("DELETE", "api_relation", "relate"),
    send("POST", "api_annotation_comments", "comment", {"body": "Is it so?"}),
    send("POST", "api_statement_comments", "comment", {"body": "Is it so?"}),
    send("POST", "api_verification_comments", "comment", {"body": "Is it so?"}, only=CHECKER),
    send("PATCH", "api_comment", "comment", {"resolved": True}, title="resolve"),
    send("POST", "comment_send", "comment", lambda w: {
        "action": "say", "on": f"statement:{w.loose.pk}", "body": "Is it so?",
    }),
    send("PATCH", "api_comment", "comment", {"body": "It is."}, only=("annotator",)),
    send("DELETE", "api_comment", "comment", only=("annotator", "editor", "admin")),
    send("PATCH", "api_agent", "edit_agent", {"note": "new"}),
    send("POST", "api_undo", "undo_own", {"op": "of nobody"}, rule=404),
    send("POST", "api_redo", "undo_own", {"op": "of nobody"}, rule=409),
    # --- sources and checks
    send("POST", "source_new", "add_source", {"title": "New", "type": "news"}),
    send("POST", "api_sources", "add_source", {"title": "New", "type": "news"}),
    send("POST", "source_edit", "edit_source", {"title": "New", "type": "news"}),
    send("PATCH", "api_source", "edit_source", {"title": "New"}),
    send("DELETE", "api_source", "edit_source", row="unused"),
    send("POST", "source_detail", "edit_source", {"text": "What it says now."}),
    send("POST", "source_describe", "add_evidence", lambda w: {
        "statement": w.loose.label, "stance": "context", "medium": "image", "note": "The chart shows it.",
    }),
    send("POST", "source_capture", "add_source"),
    send("POST", "api_captures", "add_source"),
    send("POST", "api_snapshots", "edit_source", {"text": "What it says now."}),
    send("POST", "api_evidence", "add_evidence", lambda w: {"source": w.bare_source.pk, "stance": "context",
         "note": "new"}, row="loose"),
    send("PATCH", "api_evidence_item", "add_evidence", {"note": "new"}),
    send("DELETE", "api_evidence_item", "add_evidence"),
    send("POST", "api_verifications", "assign_self"),
    send("PATCH", "api_verification", "verify", {"limitations": "new"}, only=CHECKER),
    send("POST", "api_questions", "verify", {"text": "And why?"}, only=CHECKER),
    send("DELETE", "api_question", "verify", only=CHECKER),
    send("POST", "api_answers", "verify", {"type": "abstractive", "text": "So."}, only=CHECKER),
    send("POST", "quotation_judge", "verify", {"flag": "missing_context", "on": "1"}, only=CHECKER),
    send("POST", "check_edit", "verify", {"action": "ask", "text": "And why?"}, only=CHECKER),
    send("POST", "review_blind", "review", {"action": "record", "verdict": "supported", "reason": "same"}),
    send("POST", "api_reviews", "review", {"verdict": "supported", "reason": "same"}),
    send("POST", "api_decision", "review", {"decision": "changes_requested", "note": "Name the page."}),
    # --- milestones
    send("POST", "api_milestones", "milestone_propose", lambda w: {
        "status": "adopted", "date": "2026-01-01", "source": w.bare_source.pk,
    }),
    send("POST", "api_milestone_confirm", "milestone_confirm", only=OTHERS),
    send("POST", "api_milestone_refuse", "milestone_confirm", {"reason": "late"}, only=OTHERS),
    # --- codebook, members, the corpus
    send("POST", "codebook", "manage_codebook", {"name": "New", "scope": "statement"}),
    send("POST", "tag_new", "manage_codebook", {"label": "New", "colour": "grey"}),
    send("POST", "tag_edit", "manage_codebook", {"label": "New", "colour": "grey"}),
    send("POST", "api_tags", "manage_codebook", lambda w: {"set": w.tag_set.pk, "label": "New"}),
    send("PATCH", "api_tag", "manage_codebook", {"label": "New"}),
    send("POST", "api_tag_merge", "manage_codebook", lambda w: {"into": w.other_tag.pk}),
    send("POST", "codebook_import", "manage_codebook", {"file": ("tags.csv", b"label\nChips\n")}),
    send("POST", "api_codebook_import", "manage_codebook", {"file": ("tags.csv", b"label\nChips\n")}),
    send("POST", "tag_merge", "manage_codebook", lambda w: {"into": w.other_tag.pk}),
    send("POST", "tag_split", "manage_codebook", lambda w: {"ids": w.annotation.pk, "label": "New", "which": "all"}),
    send("POST", "tag_place", "manage_codebook", lambda w: {"tag_set": w.tag_set.pk, "parent": w.other_tag.pk}),
    send("POST", "edition_detail", "manage_codebook", {"note": "before the pilot"}),
    send("POST", "codebook_undo", "manage_codebook", {"op": "of nobody"}, rule=404),
    send("POST", "api_tag_split", "manage_codebook", {"parts": [{"filter": {}, "label": "New"}]}),
    send("POST", "api_tag_place", "manage_codebook", lambda w: {"set": w.tag_set.pk, "parent": w.other_tag.pk}),
    send("PATCH", "api_edition", "manage_codebook", {"note": "before the pilot"}),
    send("POST", "api_tag_sets", "manage_codebook", {"name": "New", "scope": "statement"}),
    send("PATCH", "api_tag_set", "manage_codebook", {"name": "New"}),
    send("POST", "watch_list", "watch", {"action": "add", "query": "incidents"}),
    send("POST", "watch_list", "watch", lambda w: {"action": "add", "statement": w.claim.label}, title="statement"),
    send("POST", "watch_list", OWN, lambda w: {"action": "change", "id": str(w.watch.pk), "name": "New"},
         only=("admin",), title="change"),
    send("POST", "watch_list", OWN, lambda w: {"action": "remove", "id": str(w.watch.pk)}, only=("admin",),
         title="remove"),
    send("POST", "api_watches", "watch", {"query": "incidents"}),
    send("PATCH", "api_watch", OWN, {"name": "New"}, only=("admin",)),
    send("DELETE", "api_watch", OWN, only=("admin",)),
    send("POST", "webhook_list", "manage_webhooks", {"url": "https://newsroom.example/another"}),
    *[send("POST", "webhook_detail", "manage_webhooks", {"action": action, "note": "desk"}, title=action)
      for action in ("off", "on", "note", "renew", "remove")],
    send("POST", "webhook_detail", "send_webhooks", {"action": "test"}, title="test"),
    send("POST", "webhook_detail", "send_webhooks", lambda w: {"action": "again", "delivery": str(w.delivery.pk)},
         title="again"),
    send("PATCH", "api_webhook", "manage_webhooks", {"active": False}),
    send("DELETE", "api_webhook", "manage_webhooks"),
    send("POST", "api_webhooks", "manage_webhooks", {"url": "https://newsroom.example/other"}),
    send("POST", "api_webhook_secret", "manage_webhooks"),
    send("POST", "api_deliveries", "send_webhooks"),
    send("POST", "api_deliveries", "send_webhooks", lambda w: {"again": w.delivery.pk}, title="again"),
    send("POST", "round_new", "manage_rounds", lambda w: {
        "name": "New", "documents": [w.document.pk], "coders": [w.cast["annotator"].pk], "each": "1", "blind": "on",
    }),
    send("POST", "api_rounds", "manage_rounds", lambda w: {
        "name": "New", "documents": [w.document.pk], "coders": [w.cast["annotator"].pk], "each": 1,
    }),
    send("PATCH", "api_round", "manage_rounds", {"name": "Renamed"}),
    send("POST", "round_detail", "manage_rounds", {"anyway": "on"}),
    send("POST", "api_round_close", "manage_rounds", {"anyway": True}),
    send("PUT", "api_round_document", "code_round", {"state": "nothing"}, only=CODERS),
    send("POST", "round_state", "code_round", {"state": "nothing"}, only=CODERS),
    send("POST", "api_round_annotations", "code_round", {"start": 0, "end": 6, "statements": [{"kind": "claim"}]},
         only=CODERS),
    send("POST", "api_round_agreed", "adjudicate"),
    send("POST", "round_agreed", "adjudicate"),
    send("POST", "api_round_places", "adjudicate", {"start": 0, "end": 12, "annotation": None, "reason": "no claim"}),
    send("POST", "round_places", "adjudicate", {"start": "0", "end": "12", "annotation": "", "reason": "no claim"}),
    send("POST", "member_list", "manage_members", {"role": "viewer", "note": ""}),
    send("POST", "member_change", "manage_members", {"role": "annotator"}),
    send("PATCH", "api_member", "manage_members", {"role": "annotator"}),
    send("POST", "invitation_revoke", "manage_members"),
    send("POST", "api_invitations", "manage_members", {"role": "viewer"}),
    send("DELETE", "api_invitation", "manage_members"),
    send("PATCH", "api_corpus", "manage_corpus", {"name": "New"}),
    send("PATCH", "api_corpus", "set_publisher", {"publisher_name": "The desk of all"}, title="publisher"),
    send("POST", "corpus_settings", "set_publisher", {"name": "New", "publisher_name": "The desk of many"}),
    # --- publishing
    send("POST", "statement_publish", "publish", {"do": "look"}),
]  # fmt: skip
#: Pages to which something is sent and that show nothing of their own: a GET leads back and changes nothing.
LEAD_BACK = {
    "view_save": "read", "view_change": "read", "comment_send": "read", "document_remove": "remove_document",
    "source_capture": "add_source", "statement_undo": "undo_own", "codebook_undo": "read",
    "member_change": "manage_members", "invitation_revoke": "manage_members", "round_agreed": "adjudicate",
    "round_state": "code_round",
    "document_suggest": "decide_suggestion",
}  # fmt: skip
RIGHTS += [Ask(name, "GET", verb) for name, verb in LEAD_BACK.items()]
#: Rights without an address of their own yet, or that a deed asks for besides the one it is listed with.
UNASKED = {
    "remove_others_comment", "edit_others_annotation", "remove_others_annotation",
    "merge_agents", "correct", "erase",
}  # fmt: skip
