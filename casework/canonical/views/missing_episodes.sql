SELECT m.reference AS missing_id,
       whose.reference AS child_id,
       nullif(m.care_period, '') AS care_period_id,
       nullif(m.kind, '') AS kind,
       m.started_on,
       m.started_at AT TIME ZONE 'Europe/London' AS started_at,
       m.ended_on,
       m.ended_at AT TIME ZONE 'Europe/London' AS ended_at,
       m.recorded_at AT TIME ZONE 'Europe/London' AS recorded_at,
       by.reference AS recorded_by,
       m.ended_recorded_at AT TIME ZONE 'Europe/London' AS ended_recorded_at
FROM missing_missingepisode m
JOIN {whose} whose ON whose.person = m.person_id
LEFT JOIN accounts_worker by ON by.id = m.recorded_by_id
