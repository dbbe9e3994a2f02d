SELECT a.reference AS address_id,
       whose.reference AS person_id,
       nullif(a.kind, '') AS kind,
       nullif(a.lines, '') AS lines,
       nullif(a.postcode, '') AS postcode,
       nullif(a.ward, '') AS ward,
       a.started_on,
       a.ended_on,
       a.recorded_at AT TIME ZONE 'Europe/London' AS recorded_at,
       by.reference AS recorded_by
FROM people_address a
JOIN {whose} whose ON whose.person = a.person_id
LEFT JOIN accounts_worker by ON by.id = a.recorded_by_id
