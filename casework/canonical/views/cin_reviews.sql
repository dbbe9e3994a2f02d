-- One meeting, a row for each child it was about, once that child's own part is written.
SELECT c.reference AS cin_review_id,
       whose.reference AS child_id,
       p.reference AS cin_plan_id,
       m.held_on,
       coalesce(c.written_at, c.recorded_at) AT TIME ZONE 'Europe/London' AS recorded_at,
       coalesce(writer.reference, by.reference) AS recorded_by
FROM meetings_childatmeeting c
JOIN {whose} whose ON whose.person = c.person_id
JOIN meetings_meeting m ON m.id = c.meeting_id
LEFT JOIN child_in_need_childinneedplan p ON p.id = c.need_plan_id
LEFT JOIN accounts_worker writer ON writer.id = c.written_by_id
LEFT JOIN accounts_worker by ON by.id = c.recorded_by_id
WHERE m.kind = 'cin_review' AND m.held_on IS NOT NULL AND c.written
