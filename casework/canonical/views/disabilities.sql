-- A disability that two merged records both named is one.
SELECT DISTINCT ON (whose.reference, d.disability)
       whose.reference AS child_id,
       nullif(d.disability, '') AS disability,
       d.recorded_at AT TIME ZONE 'Europe/London' AS recorded_at,
       by.reference AS recorded_by
FROM people_disability d
JOIN {whose} whose ON whose.person = d.person_id
LEFT JOIN accounts_worker by ON by.id = d.recorded_by_id
ORDER BY whose.reference, d.disability, d.id
