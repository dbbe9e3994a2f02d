from django.db import migrations


class Migration(migrations.Migration):
    """The open tasks that outcomes gave before are answered as those given from now on: only these sentences were."""

    dependencies = [
        ("tasks", "0002_what_answers_a_task"),
    ]

    operations = [
        migrations.RunSQL(
            """
            UPDATE tasks_task SET answered_by = CASE
                WHEN what LIKE 'Hold a strategy discussion with %' THEN 'strategy_discussion'
                WHEN what LIKE 'Bring the child to an initial %' THEN 'conference'
                ELSE 'need_plan' END
            WHERE done_at IS NULL AND person_id IS NOT NULL AND what IN (
                'Agree a child in need plan with the family',
                'Hold a strategy discussion with police, health and others',
                'Bring the child to an initial child protection conference',
                'Agree with the family what help there is to be, now that the conference made no plan',
                'Agree a child in need plan with the family, now that the child protection plan has ended'
            )
            """,
            migrations.RunSQL.noop,
        ),
    ]
