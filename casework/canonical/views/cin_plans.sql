SELECT p.reference AS cin_plan_id,
       whose.reference AS child_id,
       r.reference AS referral_id,
       p.started_on,
       p.ended_on,
       team.name AS team,
       worker.reference AS worker_id,
       p.recorded_at AT TIME ZONE 'Europe/London' AS recorded_at,
       by.reference AS recorded_by,
       p.ended_recorded_at AT TIME ZONE 'Europe/London' AS ended_recorded_at
FROM child_in_need_childinneedplan p
JOIN {whose} whose ON whose.person = p.person_id
LEFT JOIN front_door_referral r ON r.id = p.referral_id
LEFT JOIN accounts_team team ON team.id = p.team_id
LEFT JOIN accounts_worker worker ON worker.id = p.worker_id
LEFT JOIN accounts_worker by ON by.id = p.recorded_by_id
