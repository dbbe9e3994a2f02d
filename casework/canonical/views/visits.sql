SELECT c.reference AS visit_id,
       whose.reference AS child_id,
       c.kind,
       need.reference AS cin_plan_id,
       protection.reference AS cp_plan_id,
       nullif(c.care_period, '') AS care_period_id,
       fostering.reference AS private_fostering_id,
       r.reference AS referral_id,
       v.visited_on,
       v.visited_at AT TIME ZONE 'Europe/London' AS visited_at,
       c.seen,
       c.seen_alone,
       c.bedroom_seen,
       nullif(v.purpose, '') AS purpose,
       worker.reference AS worker_id,
       c.recorded_at AT TIME ZONE 'Europe/London' AS recorded_at,
       by.reference AS recorded_by
FROM visits_childvisited c
JOIN {whose} whose ON whose.person = c.person_id
JOIN visits_visit v ON v.id = c.visit_id
LEFT JOIN child_in_need_childinneedplan need ON need.id = c.need_plan_id
LEFT JOIN child_protection_childprotectionplan protection ON protection.id = c.protection_plan_id
LEFT JOIN private_fostering_arrangement fostering ON fostering.id = c.private_fostering_id
LEFT JOIN front_door_referral r ON r.id = c.referral_id
LEFT JOIN accounts_worker worker ON worker.id = v.worker_id
LEFT JOIN accounts_worker by ON by.id = c.recorded_by_id
