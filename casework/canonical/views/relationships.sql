-- A relation that two merged records both had is one, and nobody becomes their own.
SELECT DISTINCT ON (whose.reference, related.reference, r.relationship)
       whose.reference AS person_id,
       related.reference AS related_person_id,
       nullif(r.relationship, '') AS relationship,
       r.parental_responsibility,
       r.started_on,
       r.ended_on,
       r.recorded_at AT TIME ZONE 'Europe/London' AS recorded_at,
       by.reference AS recorded_by
FROM people_relationship r
JOIN {whose} whose ON whose.person = r.person_id
JOIN canonical.whose related ON related.person = r.related_id
LEFT JOIN accounts_worker by ON by.id = r.recorded_by_id
WHERE whose.reference <> related.reference
ORDER BY whose.reference, related.reference, r.relationship, r.id
