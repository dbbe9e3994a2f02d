SELECT held.reference AS police_protection_id,
       whose.reference AS child_id,
       held.started_on,
       held.started_at AT TIME ZONE 'Europe/London' AS started_at,
       held.ended_on,
       held.ended_at AT TIME ZONE 'Europe/London' AS ended_at,
       nullif(held.outcome, '') AS outcome,
       held.recorded_at AT TIME ZONE 'Europe/London' AS recorded_at,
       by.reference AS recorded_by,
       held.ended_recorded_at AT TIME ZONE 'Europe/London' AS ended_recorded_at
FROM court_policeprotection held
JOIN {whose} whose ON whose.person = held.person_id
LEFT JOIN accounts_worker by ON by.id = held.recorded_by_id
