"""The daily timeliness report: what is overdue, what falls due soon, worst first, each line explained."""
