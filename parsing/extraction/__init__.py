"""Document + templates → what a report says; `assembly.extract_report` puts the parts together."""
