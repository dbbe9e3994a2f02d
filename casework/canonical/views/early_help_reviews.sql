-- The family's one review, a row for each child, numbered as its plans are.
SELECT r.reference || CASE WHEN c.id = first.child THEN '' ELSE '-' || c.reference END AS early_help_review_id,
       whose.reference AS child_id,
       p.reference || CASE WHEN c.id = first.child THEN '' ELSE '-' || c.reference END AS early_help_plan_id,
       r.held_on,
       r.recorded_at AT TIME ZONE 'Europe/London' AS recorded_at,
       by.reference AS recorded_by
FROM early_help_assessedchild c
JOIN {whose} whose ON whose.person = c.person_id
JOIN early_help_familyplan p ON p.assessment_id = c.assessment_id
JOIN early_help_familyreview r ON r.plan_id = p.id
CROSS JOIN LATERAL (
    SELECT min(one.id) AS child FROM early_help_assessedchild one WHERE one.assessment_id = c.assessment_id) first
LEFT JOIN accounts_worker by ON by.id = r.recorded_by_id
