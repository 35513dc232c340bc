"""Two tags in use of one set have two names. Where they had one until now, the later ones get a number: “Risk (2)”."""

from django.db import migrations, models
from django.db.models.functions import Lower


def key(label):
    return " ".join(label.split()).casefold()


def number_the_later(apps, editor):
    Tag = apps.get_model("annotations", "Tag")
    taken = set()
    for tag in Tag.objects.filter(deprecated=False).order_by("tag_set", "id"):
        label, number = tag.label, 2
        while (tag.tag_set_id, key(label)) in taken:
            label, number = f"{tag.label[:70]} ({number})", number + 1
        taken.add((tag.tag_set_id, key(label)))
        if label != tag.label:
            Tag.objects.filter(pk=tag.pk).update(label=label, version=tag.version + 1)


class Migration(migrations.Migration):
    dependencies = [("annotations", "0003_search_index_follows")]
    operations = [
        migrations.RunPython(number_the_later, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="tag",
            constraint=models.UniqueConstraint(
                models.F("tag_set"), Lower("label"), condition=models.Q(("deprecated", False)), name="tag_label_in_use"
            ),
        ),
    ]
