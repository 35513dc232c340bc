"""Search knows more numbers: 350m, 70b, 1/3, two thirds, 一半, 七成五, 廿五, 民国114年, 五点四个百分点. The terms of what holds
one of them are written anew."""

import re
from importlib import import_module

from django.db import migrations

again = import_module("annotations.migrations.0026_numbers_again")
CHANGED = re.compile(r"[0-9][mb]\b|[1-9]/[0-9]|半|\b(?:half|third|quarter|fifth)|民国|廿|卅|个百分点|成[一二三四五六七八九]")


def index(apps, editor):
    again.index(apps, editor, CHANGED)


class Migration(migrations.Migration):
    dependencies = [("annotations", "0028_folded_titles")]
    operations = [migrations.RunPython(index, migrations.RunPython.noop)]
