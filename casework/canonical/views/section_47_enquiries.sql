SELECT e.reference AS section_47_id,
       whose.reference AS child_id,
       r.reference AS referral_id,
       d.reference AS strategy_discussion_id,
       e.started_on,
       e.started_at AT TIME ZONE 'Europe/London' AS started_at,
       e.child_first_seen_on,
       e.child_first_seen_at AT TIME ZONE 'Europe/London' AS child_first_seen_at,
       e.ended_on,
       nullif(e.outcome, '') AS outcome,
       e.conference_not_required,
       e.conference_target_on,
       team.name AS team,
       worker.reference AS worker_id,
       e.recorded_at AT TIME ZONE 'Europe/London' AS recorded_at,
       by.reference AS recorded_by,
       e.ended_recorded_at AT TIME ZONE 'Europe/London' AS ended_recorded_at
FROM child_protection_section47enquiry e
JOIN {whose} whose ON whose.person = e.person_id
LEFT JOIN front_door_referral r ON r.id = e.referral_id
LEFT JOIN child_protection_discussedchild d ON d.id = e.discussed_id
LEFT JOIN accounts_team team ON team.id = e.team_id
LEFT JOIN accounts_worker worker ON worker.id = e.worker_id
LEFT JOIN accounts_worker by ON by.id = e.recorded_by_id
