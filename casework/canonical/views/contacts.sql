-- One message, a row for each child it is about, with the first referral that came of it. Of two records in one
-- message that were merged undecided, the one that stays waits for the decision.
SELECT c.reference AS contact_id,
       whose.reference AS child_id,
       m.received_on,
       m.received_at AT TIME ZONE 'Europe/London' AS received_at,
       nullif(m.source, '') AS source,
       c.decided_on,
       c.decided_at AT TIME ZONE 'Europe/London' AS decided_at,
       nullif(c.outcome, '') AS outcome,
       nullif(c.level_of_need, '') AS level_of_need,
       became.reference AS referral_id,
       help.reference AS early_help_id,
       c.recorded_at AT TIME ZONE 'Europe/London' AS recorded_at,
       by.reference AS recorded_by,
       c.decided_recorded_at AT TIME ZONE 'Europe/London' AS decided_recorded_at
FROM front_door_contactchild c
JOIN {whose} whose ON whose.person = c.person_id
JOIN front_door_contact m ON m.id = c.contact_id
LEFT JOIN LATERAL (
    SELECT r.reference FROM front_door_referral r WHERE r.contact_id = c.id ORDER BY r.id LIMIT 1) became ON true
LEFT JOIN early_help_assessedchild help ON help.id = c.early_help_id
LEFT JOIN accounts_worker by ON by.id = c.recorded_by_id
WHERE NOT (c.decided_on IS NULL AND whose.former <> whose.reference AND EXISTS (
    SELECT FROM front_door_contactchild same JOIN people_person stays ON stays.id = same.person_id
    WHERE same.contact_id = c.contact_id AND stays.reference = whose.reference))
