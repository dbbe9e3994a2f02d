-- Of two records that were merged, each with a worker, the one that stays says who holds the case.
SELECT a.reference AS allocation_id,
       whose.reference AS child_id,
       worker.reference AS worker_id,
       team.name AS team,
       nullif(a.service, '') AS service,
       a.started_on,
       a.ended_on,
       nullif(a.change_reason, '') AS change_reason,
       a.recorded_at AT TIME ZONE 'Europe/London' AS recorded_at,
       by.reference AS recorded_by,
       a.ended_recorded_at AT TIME ZONE 'Europe/London' AS ended_recorded_at
FROM allocation_allocation a
JOIN {whose} whose ON whose.person = a.person_id
LEFT JOIN accounts_worker worker ON worker.id = a.worker_id
LEFT JOIN accounts_team team ON team.id = a.team_id
LEFT JOIN accounts_worker by ON by.id = a.recorded_by_id
WHERE NOT (a.ended_on IS NULL AND whose.former <> whose.reference)
