-- The family's one plan, a row for each child: the first child's bears the plan's own reference, any other's is added.
SELECT p.reference || CASE WHEN c.id = first.child THEN '' ELSE '-' || c.reference END AS early_help_plan_id,
       whose.reference AS child_id,
       c.reference AS early_help_id,
       p.agreed_on,
       p.ended_on,
       p.recorded_at AT TIME ZONE 'Europe/London' AS recorded_at,
       by.reference AS recorded_by,
       p.ended_recorded_at AT TIME ZONE 'Europe/London' AS ended_recorded_at
FROM early_help_assessedchild c
JOIN {whose} whose ON whose.person = c.person_id
JOIN early_help_familyplan p ON p.assessment_id = c.assessment_id
CROSS JOIN LATERAL (
    SELECT min(one.id) AS child FROM early_help_assessedchild one WHERE one.assessment_id = c.assessment_id) first
LEFT JOIN accounts_worker by ON by.id = p.recorded_by_id
