SELECT r.reference AS referral_id,
       whose.reference AS child_id,
       c.reference AS contact_id,
       r.received_on,
       r.received_at AT TIME ZONE 'Europe/London' AS received_at,
       nullif(r.source, '') AS source,
       r.decided_on,
       r.decided_at AT TIME ZONE 'Europe/London' AS decided_at,
       r.acknowledged_on,
       nullif(r.outcome, '') AS outcome,
       r.no_further_action,
       nullif(r.primary_need, '') AS primary_need,
       r.closed_on,
       nullif(r.closure_reason, '') AS closure_reason,
       team.name AS team,
       worker.reference AS worker_id,
       r.recorded_at AT TIME ZONE 'Europe/London' AS recorded_at,
       by.reference AS recorded_by,
       r.decided_recorded_at AT TIME ZONE 'Europe/London' AS decided_recorded_at,
       r.closed_recorded_at AT TIME ZONE 'Europe/London' AS closed_recorded_at
FROM front_door_referral r
JOIN {whose} whose ON whose.person = r.person_id
LEFT JOIN front_door_contactchild c ON c.id = r.contact_id
LEFT JOIN accounts_team team ON team.id = r.team_id
LEFT JOIN accounts_worker worker ON worker.id = r.worker_id
LEFT JOIN accounts_worker by ON by.id = r.recorded_by_id
