-- One meeting, a row for each child it was about, once it has been held. Word that a child on a plan has moved in starts
-- a clock of its own, so a transfer-in conference is here from the day it was asked for, without a day it was held.
SELECT c.reference AS conference_id,
       whose.reference AS child_id,
       r.reference AS referral_id,
       e.reference AS section_47_id,
       p.reference AS cp_plan_id,
       nullif(c.kind, '') AS kind,
       c.requested_on,
       m.held_on,
       c.due_on,
       nullif(c.outcome, '') AS outcome,
       m.quorate,
       nullif(c.participation, '') AS participation,
       coalesce(m.held_recorded_at, c.recorded_at) AT TIME ZONE 'Europe/London' AS recorded_at,
       by.reference AS recorded_by
FROM child_protection_childatconference c
JOIN {whose} whose ON whose.person = c.person_id
JOIN child_protection_conference m ON m.id = c.conference_id
LEFT JOIN front_door_referral r ON r.id = c.referral_id
LEFT JOIN child_protection_section47enquiry e ON e.id = c.enquiry_id
LEFT JOIN child_protection_childprotectionplan p ON p.id = c.plan_id
LEFT JOIN accounts_worker by ON by.id = c.recorded_by_id
WHERE m.held_on IS NOT NULL OR (c.kind = 'transfer_in' AND m.cancelled_on IS NULL)
