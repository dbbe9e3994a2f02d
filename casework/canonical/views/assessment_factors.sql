SELECT a.reference AS assessment_id,
       whose.reference AS child_id,
       nullif(f.factor, '') AS factor,
       f.recorded_at AT TIME ZONE 'Europe/London' AS recorded_at,
       by.reference AS recorded_by
FROM assessment_factor f
JOIN assessment_assessment a ON a.id = f.assessment_id
JOIN {whose} whose ON whose.person = a.person_id
LEFT JOIN accounts_worker by ON by.id = f.recorded_by_id
