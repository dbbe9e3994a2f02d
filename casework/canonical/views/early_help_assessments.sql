-- The family's one assessment, a row for each child it is about; two records of a child that were merged are one.
SELECT c.reference AS early_help_id,
       whose.reference AS child_id,
       f.started_on,
       f.completed_on,
       f.closed_on,
       nullif(f.organisation, '') AS organisation,
       nullif(f.lead_practitioner, '') AS lead_practitioner,
       f.consent_given,
       nullif(f.level_of_need, '') AS level_of_need,
       nullif(f.outcome, '') AS outcome,
       f.recorded_at AT TIME ZONE 'Europe/London' AS recorded_at,
       by.reference AS recorded_by,
       f.completed_recorded_at AT TIME ZONE 'Europe/London' AS completed_recorded_at,
       f.closed_recorded_at AT TIME ZONE 'Europe/London' AS closed_recorded_at
FROM early_help_assessedchild c
JOIN {whose} whose ON whose.person = c.person_id
JOIN early_help_familyassessment f ON f.id = c.assessment_id
LEFT JOIN accounts_worker by ON by.id = f.recorded_by_id
WHERE NOT (whose.former <> whose.reference AND EXISTS (
    SELECT FROM early_help_assessedchild same JOIN people_person stays ON stays.id = same.person_id
    WHERE same.assessment_id = c.assessment_id AND stays.reference = whose.reference))
