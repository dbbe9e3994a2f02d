"""What a search compares: names without accents and case, how they sound, postcodes in one form. Kept by the database
itself in columns that follow the row, whoever writes it; the pages never read or write them."""

from django.contrib.postgres.operations import CreateExtension
from django.db import migrations

FUNCTIONS = r"""
CREATE FUNCTION people_plain(name text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT ' ' || btrim(regexp_replace(regexp_replace(lower(public.unaccent('public.unaccent'::regdictionary, name)),
        '[''’`]', '', 'g'), '[[:space:][:punct:]]+', ' ', 'g')) || ' '
$$;
CREATE FUNCTION people_sounds(plain text) RETURNS text[] LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT coalesce(array_agg(DISTINCT code), '{}')
    FROM regexp_split_to_table(btrim(plain), ' ') word,
         unnest(ARRAY[public.dmetaphone(word), public.dmetaphone_alt(word)]) code
    WHERE length(word) > 1 AND code <> ''
$$;
CREATE FUNCTION people_postcode(written text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT regexp_replace(regexp_replace(upper(written), '\s', '', 'g'), '^(.*)(\d[A-Z]{2})$', '\1 \2')
$$;
"""
COLUMNS = """
ALTER TABLE people_person ADD COLUMN plain_name text GENERATED ALWAYS AS
    (public.people_plain(forename || ' ' || middle_names || ' ' || surname || ' ' || known_as)) STORED;
ALTER TABLE people_person ADD COLUMN sounds text[] GENERATED ALWAYS AS (public.people_sounds(public.people_plain(
    forename || ' ' || middle_names || ' ' || surname || ' ' || known_as))) STORED;
ALTER TABLE people_othername ADD COLUMN plain_name text GENERATED ALWAYS AS
    (public.people_plain(forename || ' ' || surname)) STORED;
ALTER TABLE people_othername ADD COLUMN sounds text[] GENERATED ALWAYS AS
    (public.people_sounds(public.people_plain(forename || ' ' || surname))) STORED;
ALTER TABLE people_address ADD COLUMN plain_postcode text GENERATED ALWAYS AS (public.people_postcode(postcode)) STORED;
CREATE INDEX people_person_plain ON people_person USING gin (plain_name gin_trgm_ops);
CREATE INDEX people_person_sounds ON people_person USING gin (sounds);
CREATE INDEX people_person_expected ON people_person (expected_on) WHERE expected_on IS NOT NULL;
CREATE INDEX people_person_former_upn ON people_person (former_upn) WHERE former_upn <> '';
CREATE INDEX people_othername_plain ON people_othername USING gin (plain_name gin_trgm_ops);
CREATE INDEX people_othername_sounds ON people_othername USING gin (sounds);
CREATE INDEX people_address_plain ON people_address (plain_postcode text_pattern_ops);
"""
BACK = """
ALTER TABLE people_person DROP COLUMN plain_name, DROP COLUMN sounds;
ALTER TABLE people_othername DROP COLUMN plain_name, DROP COLUMN sounds;
ALTER TABLE people_address DROP COLUMN plain_postcode;
DROP INDEX people_person_expected; DROP INDEX people_person_former_upn;
DROP FUNCTION people_plain(text); DROP FUNCTION people_sounds(text); DROP FUNCTION people_postcode(text);
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial")]
    operations = [
        CreateExtension("pg_trgm"),
        CreateExtension("fuzzystrmatch"),
        CreateExtension("unaccent"),
        migrations.RunSQL(FUNCTIONS + COLUMNS, BACK),
    ]
