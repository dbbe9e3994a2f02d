"""Published figures that come with the core, and how files of figures are read with every fault named.

`population.csv`: people aged 0 to 17 in the middle of each year, 2012 to 2024, by English authority and region, as
revised; empty where the authority did not exist in its present form. Source: Office for National Statistics mid-year
estimates, as published by the Department for Education. Contains public sector information licensed under the Open
Government Licence v3.0. An authority is known by the Department's three-digit number (York is 816), which outlives
changes of the national statistics code (York's is E06000014).
"""
