"""Editions of the codebook: guidelines of a tag in three parts, and what every corpus has now as its first edition kept."""

import django.db.models.deletion
from django.db import migrations, models
from django.utils import timezone

TEXTS = (
    "code", "label", "label_zh_hans", "label_zh_hant", "definition", "definition_zh_hans", "definition_zh_hant",
    "examples", "colour", "key", "deprecated", "order", "use_when", "not_when",
)  # fmt: skip


def keep_the_present(apps, editor):
    """The codebook of each corpus as it is, under the number that it has."""
    Corpus, Tag, TagSet, Edition = (
        apps.get_model("annotations", name) for name in ("Corpus", "Tag", "TagSet", "CodebookVersion")
    )
    for corpus in Corpus.objects.order_by("pk"):
        sets = list(TagSet.objects.filter(corpus=corpus, removed_at=None).order_by("order", "id"))
        uids = {row.pk: str(row.uid) for row in sets}
        tags = list(Tag.objects.filter(tag_set_id__in=uids).order_by("tag_set__order", "tag_set_id", "order", "id"))
        names = {row.pk: str(row.uid) for row in tags}
        content = {
            "tag_sets": [
                {"uid": str(row.uid), "name": row.name, "scope": row.scope, "many": row.many, "closed": row.closed,
                 "order": row.order} for row in sets
            ],
            "tags": [
                {"uid": names[row.pk], "tag_set": uids[row.tag_set_id], "parent": names.get(row.parent_id),
                 "merged_into": names.get(row.merged_into_id), "split_from": None,
                 **{name: getattr(row, name) for name in TEXTS}} for row in tags
            ],
        }  # fmt: skip
        Edition.objects.create(
            corpus_id=corpus.pk, number=corpus.codebook_version, at=timezone.now(), content=content
        )


class Migration(migrations.Migration):
    dependencies = [("annotations", "0013_search_numbers")]
    operations = [
        migrations.AddField(
            model_name='tag',
            name='not_when',
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name='tag',
            name='split_from',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='annotations.tag'),
        ),
        migrations.AddField(
            model_name='tag',
            name='use_when',
            field=models.TextField(blank=True),
        ),
        migrations.CreateModel(
            name='CodebookVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('at', models.DateTimeField()),
                ('op', models.CharField(blank=True, max_length=64)),
                ('note', models.CharField(blank=True, max_length=200)),
                ('content', models.JSONField()),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='annotations.member')),
                ('corpus', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='codebook_versions', to='annotations.corpus')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('corpus', 'number'), name='codebook_version_number')],
            },
        ),
        migrations.RunPython(keep_the_present, migrations.RunPython.noop),
    ]
