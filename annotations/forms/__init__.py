"""Input shapes of pages. What is right is decided by the services; a form only knows types, labels and help."""

from annotations.forms.codebook import ChoiceForm, MergeTagForm, PlaceTagForm, SplitTagForm, TagForm, TagSetForm
from annotations.forms.desk import CommentForm, GiveForm, WordingForm
from annotations.forms.documents import FactsForm, PasteForm
from annotations.forms.people import AccountForm, CorpusForm, InviteForm, RoleForm
from annotations.forms.publishing import PublisherForm, PublishForm, SettingsForm
from annotations.forms.relations import RelateForm, RelationForm, SplitForm
from annotations.forms.sources import DescribedForm, SourceEditForm, SourceForm
from annotations.forms.statements import (
    BlindForm,
    CheckForm,
    EvidenceForm,
    MilestoneForm,
    ProposalForm,
    StatementForm,
    proposal_form,
)

__all__ = [
    "AccountForm",
    "BlindForm",
    "CheckForm",
    "ChoiceForm",
    "CommentForm",
    "CorpusForm",
    "DescribedForm",
    "EvidenceForm",
    "FactsForm",
    "GiveForm",
    "InviteForm",
    "MergeTagForm",
    "MilestoneForm",
    "PasteForm",
    "PlaceTagForm",
    "ProposalForm",
    "PublishForm",
    "PublisherForm",
    "SettingsForm",
    "RelateForm",
    "RelationForm",
    "RoleForm",
    "SourceEditForm",
    "SourceForm",
    "SplitForm",
    "SplitTagForm",
    "StatementForm",
    "TagForm",
    "TagSetForm",
    "WordingForm",
    "proposal_form",
]
