"""The gallery as a small site: its addresses, its made-up context, its views. Nothing here touches the database."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import include, path
from django.utils import timezone, translation

from annotations.rules.vocabulary import CODEBOOKS, PALETTE, PROGRESS, STATUSES, VERDICTS
from tests.browser.gallery.forms import SampleForm

NAMES = (
    "corpus_home", "document_list", "tracker", "source_list", "review_queue", "triage", "codebook", "member_list",
    "export_page", "import_page", "history", "search",
)  # fmt: skip
ROWS = (
    ("C-1", "claim", "全球人工智能相关事故在2024年飙升至233起,同比激增56.4%", "in_review", "", "quantity", 1),
    ("C-2", "claim", "发达国家垄断算力资源", "published", "supported", "property", 3),
    ("P-1", "proposal", "建議建立全球統一技術安全評測標準", "tracked", "in_the_works", "standards", 2),
    (
        "C-3",
        "claim",
        "Most frontier models were trained on fewer than a dozen clusters.",
        "changes_requested",
        "",
        "property",
        1,
    ),
    ("P-2", "proposal", "設立相應機制構建安全邊界", "set_aside", "not_trackable", "institution", 4),
    ("C-4", "claim", "该契约特别强调增加发展中国家的数字公共产品投资", "untriaged", "", "document_content", 12),
)
TEXT = (
    ("b-title", "世界人工智能合作組織的使命"),
    ("b-byline", "本報評論員"),
    ("b-paragraph", "2025年7月26日,各國代表在上海討論人工智能全球治理,提出“中國政府倡議成立世界人工智能合作組織”。"
     "與會者認為,當下的技術正以前所未有的速度發展,而規則的腳步仍然緩慢,這使得各方都需要一個能夠共同討論的場所。"),
    ("b-heading", "一、安全與標準"),
    ("b-paragraph", "對此,新的組織未來可以通過設立相應機制構建安全邊界:建議建立全球統一技術安全評測標準,明確“安全紅線”,"
     "推動安全技術共享普惠;同時建立風險預警與應急響應體系,使各國在面對 AI 系統失靈時有章可循,有人可問。"),
    ("b-list-item", "第一,公布評測方法,並由獨立機構每年複核。"),
    ("b-list-item", "第二,支持發展中國家參與標準制定,提供培訓、算力與開放數據。"),
    ("b-paragraph", "有學者指出,算力的集中使少數國家掌握了定價權;若不加以糾正,人工智能或成為富者的遊戲。"
     "The report counts 233 incidents in 2024, an increase of 56.4 per cent over the year before."),
)  # fmt: skip


def tags() -> list[SimpleNamespace]:
    """One tag of each palette name."""
    starters = CODEBOOKS["ai-governance"].tags
    labels = [starter.label_zh_hans for starter in starters] + ["Law", "Trade", "Culture"]
    return [
        SimpleNamespace(colour=term.code, label=label, label_in=lambda language, label=label: label)
        for term, label in zip(PALETTE, labels, strict=True)
    ]


def context(request: HttpRequest) -> dict[str, object]:
    """What a corpus page would get from its view."""
    now = timezone.now()
    corpus = SimpleNamespace(pk=1, name="试读", slug="trial")
    return {
        "corpus": corpus, "member": SimpleNamespace(role="annotator"), "section": request.GET.get("section", "tracker"),
        "nav_counts": {"review": 2}, "tags": tags(), "rows": ROWS, "text": TEXT,
        "statuses": STATUSES.codes, "verdicts": VERDICTS.codes, "progress": PROGRESS.codes,
        "bars": [("Supported", 12, "supported", "#"), ("Mixed", 5, "mixed", "#"), ("Refuted", 3, "refuted", "#"),
                 ("Not enough evidence", 7, "not_enough_evidence", "")],
        "moments": [now, now - timedelta(minutes=5), now - timedelta(days=2), now - timedelta(days=40),
                    now - timedelta(days=500)],
        "page": Paginator(range(230), 50).page(2), "form": SampleForm(),
        "wrong": SampleForm({"title": "", "kind": "x", "when": "soon"}),
    }  # fmt: skip


def show(request: HttpRequest, name: str = "components", slug: str = "") -> HttpResponse:
    """One gallery page; `?lang=` chooses the language."""
    translation.activate(request.GET.get("lang", "en"))
    if name == "components":
        messages.success(request, "C-2 was sent to review.")
        messages.error(request, "The file could not be read: it is encrypted.")
    return render(request, f"gallery/{name}.html", context(request))


def answer(request: HttpRequest, kind: str) -> HttpResponse:
    """What a server may say to a fragment request: a refusal in either form, a dialog, a lost session."""
    if kind == "problem":
        detail = {"status": 409, "detail": "The check is under review."}
        return JsonResponse(detail, status=409, content_type="application/problem+json")
    if kind == "told":
        messages.error(request, "Only an editor can do this.")
        return render(request, "annotations/_messages.html", {"oob": True}, status=403)
    if kind == "lost":
        return redirect("/accounts/login/")
    if kind == "closed":
        return HttpResponse("", headers={"HX-Trigger": "dialog-close"})
    return render(request, "gallery/_dialog.html")


def login(request: HttpRequest) -> HttpResponse:
    """Where a lost session leads."""
    return HttpResponse(f"next={request.GET.get('next', '')}")


urlpatterns = [
    path("accounts/login/", login, name="account_login"),
    path("answer/<slug:kind>/", answer, name="answer"),
    path("i18n/", include("django.conf.urls.i18n")),
    *(path(f"c/<slug:slug>/{name}/", show, name=name) for name in NAMES),
    path("", show, name="home"),
    path("<slug:name>/", show, name="gallery"),
]
