SELECT a.reference AS private_fostering_id,
       whose.reference AS child_id,
       a.notified_on,
       a.started_on,
       a.ended_on,
       a.recorded_at AT TIME ZONE 'Europe/London' AS recorded_at,
       by.reference AS recorded_by,
       a.ended_recorded_at AT TIME ZONE 'Europe/London' AS ended_recorded_at
FROM private_fostering_arrangement a
JOIN {whose} whose ON whose.person = a.person_id
LEFT JOIN accounts_worker by ON by.id = a.recorded_by_id
