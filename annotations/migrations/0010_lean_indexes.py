"""Foreign keys whose column another index begins with have none of their own: every row written pays for each index."""

from typing import Any

from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

#: Field: models.
LEAN = {
    "actor": "event",
    "annotation": "anchor annotationtag",
    "corpus": (
        "agent annotation annotationtag answer batch capture comment correction document event evidence "
        "invitation milestone occurrence question relation review round savedview sentence snapshot source "
        "statement statementtag storedfile tag tagset verification version"
    ),
    "document": "annotation readingstate version",
    "member": "notice",
    "statement": "occurrence statementtag",
    "version": "anchor sentence",
}


class LeaveIndex(Operation):
    """`db_index=False` without writing the table anew, as AlterField would on SQLite (and lose its triggers)."""

    def __init__(self, model: str, name: str) -> None:
        self.model, self.name = model, name

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        field = state.models[app_label, self.model].fields[self.name].clone()
        field.db_index = False
        state.alter_field(app_label, self.model, self.name, field, preserve_default=True)

    def database_forwards(self, app_label: str, editor: Any, before: Any, after: Any) -> None:
        model = before.apps.get_model(app_label, self.model)
        columns = [model._meta.get_field(self.name).column]
        for name in editor._constraint_names(model, columns, index=True, unique=False, primary_key=False):
            editor.execute(editor._delete_index_sql(model, name))

    def database_backwards(self, app_label: str, editor: BaseDatabaseSchemaEditor, before: Any, after: Any) -> None:
        model = after.apps.get_model(app_label, self.model)
        editor.execute(editor._create_index_sql(model, fields=[model._meta.get_field(self.name)]))


class Migration(migrations.Migration):
    dependencies = [("annotations", "0009_evidence_place")]
    operations = [
        *(LeaveIndex(model, name) for name, models_of in LEAN.items() for model in models_of.split()),
        migrations.RemoveIndex("annotationtag", "documents_by_tag"),
        migrations.AddIndex(
            "annotationtag",
            models.Index(fields=["corpus", "tag", "document", "annotation"], name="passages_by_tag"),
        ),
        migrations.AddIndex(
            "occurrence",
            models.Index(fields=["statement", "removed_at", "annotation"], name="passages_of_statement"),
        ),
    ]
