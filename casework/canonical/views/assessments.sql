SELECT a.reference AS assessment_id,
       whose.reference AS child_id,
       r.reference AS referral_id,
       nullif(a.kind, '') AS kind,
       a.started_on,
       a.review_point_on,
       a.second_review_point_on,
       a.child_first_seen_on,
       a.child_seen,
       a.authorised_on,
       a.shared_on,
       a.support_needed,
       nullif(a.outcome, '') AS outcome,
       team.name AS team,
       worker.reference AS worker_id,
       a.recorded_at AT TIME ZONE 'Europe/London' AS recorded_at,
       by.reference AS recorded_by,
       a.child_seen_recorded_at AT TIME ZONE 'Europe/London' AS child_seen_recorded_at,
       a.authorised_recorded_at AT TIME ZONE 'Europe/London' AS authorised_recorded_at
FROM assessment_assessment a
JOIN {whose} whose ON whose.person = a.person_id
LEFT JOIN front_door_referral r ON r.id = a.referral_id
LEFT JOIN accounts_team team ON team.id = a.team_id
LEFT JOIN accounts_worker worker ON worker.id = a.worker_id
LEFT JOIN accounts_worker by ON by.id = a.recorded_by_id
