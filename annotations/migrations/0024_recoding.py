"""Tags whose rows go over to another one in batches."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('annotations', '0023_language_model'),
    ]

    operations = [
        migrations.CreateModel(
            name='Recoding',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=10)),
                ('op', models.CharField(max_length=64)),
                ('total', models.PositiveIntegerField()),
                ('done', models.PositiveIntegerField(default=0)),
                ('batches', models.PositiveIntegerField(default=0)),
                ('part', models.PositiveIntegerField(default=0)),
                ('after', models.BigIntegerField(default=0)),
                ('begun_at', models.DateTimeField()),
                ('finished_at', models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='RecodingList',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('ids', models.JSONField()),
            ],
        ),
        migrations.AddField(
            model_name='tag',
            name='leads_to',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='annotations.tag'),
        ),
        migrations.AddIndex(
            model_name='tag',
            index=models.Index(condition=models.Q(('leads_to', None), _negated=True), fields=['corpus'], name='tag_leading'),
        ),
        migrations.AddField(
            model_name='recoding',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='annotations.member'),
        ),
        migrations.AddField(
            model_name='recoding',
            name='corpus',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='annotations.corpus'),
        ),
        migrations.AddField(
            model_name='recoding',
            name='into',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='annotations.tag'),
        ),
        migrations.AddField(
            model_name='recoding',
            name='of',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='annotations.recoding'),
        ),
        migrations.AddField(
            model_name='recoding',
            name='tag',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='annotations.tag'),
        ),
        migrations.AddField(
            model_name='recoding',
            name='undoes',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='annotations.event'),
        ),
        migrations.AddField(
            model_name='recodinglist',
            name='recoding',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='lists', to='annotations.recoding'),
        ),
        migrations.AddIndex(
            model_name='recoding',
            index=models.Index(condition=models.Q(('finished_at', None)), fields=['corpus'], name='recoding_under_way'),
        ),
        migrations.AddConstraint(
            model_name='recodinglist',
            constraint=models.UniqueConstraint(fields=('recoding', 'number'), name='recoding_list_once'),
        ),
    ]
