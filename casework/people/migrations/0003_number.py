"""Numbers for people's records, short enough to be said on the telephone."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("people", "0002_search")]
    operations = [
        migrations.RunSQL("CREATE SEQUENCE people_number START 10000001", "DROP SEQUENCE people_number"),
    ]
