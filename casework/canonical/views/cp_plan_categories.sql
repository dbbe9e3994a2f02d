SELECT p.reference AS cp_plan_id,
       whose.reference AS child_id,
       k.category,
       k.started_on,
       k.recorded_at AT TIME ZONE 'Europe/London' AS recorded_at,
       by.reference AS recorded_by
FROM child_protection_plancategory k
JOIN child_protection_childprotectionplan p ON p.id = k.plan_id
JOIN {whose} whose ON whose.person = p.person_id
LEFT JOIN accounts_worker by ON by.id = k.recorded_by_id
