-- A relation that two merged records both had is one, and nobody becomes their own. The other's number is looked up
-- by key and not in canonical.whose, which would be worked out for everybody.
SELECT DISTINCT ON (whose.reference, coalesce(led.reference, related.reference::text), r.relationship)
       whose.reference AS person_id,
       coalesce(led.reference, related.reference::text) AS related_person_id,
       nullif(r.relationship, '') AS relationship,
       r.parental_responsibility,
       r.started_on,
       r.ended_on,
       r.recorded_at AT TIME ZONE 'Europe/London' AS recorded_at,
       by.reference AS recorded_by
FROM people_relationship r
JOIN {whose} whose ON whose.person = r.person_id
JOIN people_person related ON related.id = r.related_id
LEFT JOIN canonical.led ON led.person = r.related_id
LEFT JOIN accounts_worker by ON by.id = r.recorded_by_id
WHERE whose.reference <> coalesce(led.reference, related.reference::text)
ORDER BY whose.reference, coalesce(led.reference, related.reference::text), r.relationship, r.id
