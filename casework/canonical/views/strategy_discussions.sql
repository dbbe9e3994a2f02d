-- One discussion, a row for each child it was about.
SELECT c.reference AS strategy_discussion_id,
       whose.reference AS child_id,
       r.reference AS referral_id,
       m.needed_on,
       m.held_on,
       m.held_at AT TIME ZONE 'Europe/London' AS held_at,
       m.police_took_part,
       m.health_took_part,
       nullif(c.outcome, '') AS outcome,
       c.recorded_at AT TIME ZONE 'Europe/London' AS recorded_at,
       by.reference AS recorded_by
FROM child_protection_discussedchild c
JOIN {whose} whose ON whose.person = c.person_id
JOIN child_protection_strategydiscussion m ON m.id = c.discussion_id
LEFT JOIN front_door_referral r ON r.id = c.referral_id
LEFT JOIN accounts_worker by ON by.id = c.recorded_by_id
