SELECT w.reference AS worker_id,
       nullif(w.name, '') AS name,
       nullif(w.role, '') AS role,
       nullif(w.registration, '') AS registration,
       nullif(w.part_of, '') AS part_of,
       nullif(w.service, '') AS service,
       team.name AS team,
       w.agency,
       w.fte,
       w.started_on,
       w.left_on,
       w.recorded_at AT TIME ZONE 'Europe/London' AS recorded_at,
       by.reference AS recorded_by,
       w.left_recorded_at AT TIME ZONE 'Europe/London' AS left_recorded_at
FROM accounts_worker w
LEFT JOIN accounts_team team ON team.id = w.team_id
LEFT JOIN accounts_worker by ON by.id = w.recorded_by_id
