"""A visit to a privately fostered child names the arrangement itself, where it held the arrangement's reference as text.

The versions in the history keep their column of text as it was written, since the chain has hashed it; later versions
have the key beside it. No version is made of this: the visits say what they said.
"""

import django.db.models.deletion
from django.db import migrations, models

NAMED = """
UPDATE visits_childvisited v SET private_fostering_id = a.id
FROM private_fostering_arrangement a WHERE a.reference = v.fostering_reference
"""
VISITS, VERSIONS = "visits_childvisited", "visits_childvisitedevent"


class Migration(migrations.Migration):
    dependencies = [
        ("private_fostering", "0001_initial"),
        ("visits", "0002_what_a_visit_was_about"),
    ]

    operations = [
        migrations.RunSQL(f"ALTER TABLE {VISITS} DISABLE TRIGGER USER"),
        migrations.RenameField("childvisited", "private_fostering", "fostering_reference"),
        migrations.AddField(
            model_name="childvisited",
            name="private_fostering",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="visits",
                to="private_fostering.arrangement",
            ),
        ),
        migrations.SeparateDatabaseAndState(
            [migrations.RunSQL(f"ALTER TABLE {VERSIONS} ALTER COLUMN private_fostering DROP NOT NULL")],
            [migrations.RemoveField("childvisitedevent", "private_fostering")],
        ),
        migrations.AddField(
            model_name="childvisitedevent",
            name="private_fostering",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="private_fostering.arrangement",
            ),
        ),
        migrations.RunSQL(NAMED),
        migrations.RunSQL("SET CONSTRAINTS ALL IMMEDIATE"),
        migrations.RemoveField("childvisited", "fostering_reference"),
        migrations.RunSQL(f"ALTER TABLE {VISITS} ENABLE TRIGGER USER"),
    ]
