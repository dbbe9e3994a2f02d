"""What "the children" said goes with the words of the child where the family's early help is about one child alone.

Where it is about several nobody knows whose the words are: they stay, and are shown, where they were written.
"""

from django.db import migrations

SAID = """
INSERT INTO voice_said (reference, recorded_at, recorded_by_id, version, person_id, said_on, words, how, about,
                        heard_by_id, heard_by_other, what_changed)
SELECT md5('early help' || f.reference), f.recorded_at, f.recorded_by_id, 1, c.person_id, {day}, f.childrens_views, '',
       'Early help', f.recorded_by_id, '', ''
{of}
WHERE btrim(f.childrens_views) <> ''
    AND NOT EXISTS (SELECT FROM early_help_assessedchild o WHERE o.assessment_id = c.assessment_id AND o.id <> c.id);
INSERT INTO early_help_childheard (reference, recorded_at, recorded_by_id, version, child_id, review_id, said_id)
SELECT md5('heard' || f.reference), f.recorded_at, f.recorded_by_id, 1, c.id, {review}, w.id
{of} JOIN voice_said w ON w.reference = md5('early help' || f.reference);
UPDATE {table} f SET childrens_views = '', version = f.version + 1
FROM voice_said w WHERE w.reference = md5('early help' || f.reference);
"""
FAMILY, REVIEW = "early_help_familyassessment", "early_help_familyreview"
WORDS = SAID.format(
    table=FAMILY, day="f.started_on", review="NULL",
    of=f"FROM {FAMILY} f JOIN early_help_assessedchild c ON c.assessment_id = f.id",
) + SAID.format(
    table=REVIEW, day="f.held_on", review="f.id",
    of=f"FROM {REVIEW} f JOIN early_help_familyplan p ON p.id = f.plan_id "
    "JOIN early_help_assessedchild c ON c.assessment_id = p.assessment_id",
)  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("early_help", "0003_what_each_child_says")]
    operations = [migrations.RunSQL(WORDS)]
