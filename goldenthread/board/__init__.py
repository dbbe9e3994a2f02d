"""The Improvement Board's dashboard: targets, benchmarks, direction of travel and control limits, in every format."""
