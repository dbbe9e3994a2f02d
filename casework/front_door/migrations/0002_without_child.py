"""Which contacts are about no child yet, kept by the database itself whoever writes a contact or a child of one."""

import django.db.models.deletion
from django.db import migrations, models

FOLLOW = """
CREATE FUNCTION front_door_no_child_yet() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO front_door_withoutchild (contact_id) VALUES (NEW.id) ON CONFLICT DO NOTHING;
    RETURN NULL;
END $$;
CREATE FUNCTION front_door_child_or_not() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'DELETE' THEN
        DELETE FROM front_door_withoutchild WHERE contact_id = NEW.contact_id;
    END IF;
    IF TG_OP <> 'INSERT' THEN
        INSERT INTO front_door_withoutchild (contact_id)
        SELECT c.id FROM front_door_contact c WHERE c.id = OLD.contact_id
            AND NOT EXISTS (SELECT FROM front_door_contactchild o WHERE o.contact_id = OLD.contact_id)
        ON CONFLICT DO NOTHING;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER front_door_no_child_yet AFTER INSERT ON front_door_contact
    FOR EACH ROW EXECUTE FUNCTION front_door_no_child_yet();
CREATE TRIGGER front_door_child_or_not AFTER INSERT OR DELETE OR UPDATE OF contact_id ON front_door_contactchild
    FOR EACH ROW EXECUTE FUNCTION front_door_child_or_not();
INSERT INTO front_door_withoutchild (contact_id) SELECT c.id FROM front_door_contact c
    WHERE NOT EXISTS (SELECT FROM front_door_contactchild o WHERE o.contact_id = c.id);
"""
BACK = """
DROP TRIGGER front_door_no_child_yet ON front_door_contact;
DROP TRIGGER front_door_child_or_not ON front_door_contactchild;
DROP FUNCTION front_door_no_child_yet(); DROP FUNCTION front_door_child_or_not();
"""


class Migration(migrations.Migration):
    dependencies = [("front_door", "0001_initial")]
    operations = [
        migrations.CreateModel(
            name="WithoutChild",
            fields=[
                (
                    "contact",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="front_door.contact",
                    ),
                ),
            ],
        ),
        migrations.RunSQL(FOLLOW, BACK),
    ]
