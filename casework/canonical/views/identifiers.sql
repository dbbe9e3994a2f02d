-- A number that two merged records both held is one.
SELECT DISTINCT ON (whose.reference, i.kind, i.value)
       whose.reference AS person_id,
       nullif(i.kind, '') AS kind,
       nullif(i.value, '') AS value,
       i.valid_from,
       i.valid_to,
       i.recorded_at AT TIME ZONE 'Europe/London' AS recorded_at,
       by.reference AS recorded_by
FROM people_identifier i
JOIN {whose} whose ON whose.person = i.person_id
LEFT JOIN accounts_worker by ON by.id = i.recorded_by_id
ORDER BY whose.reference, i.kind, i.value, i.id
