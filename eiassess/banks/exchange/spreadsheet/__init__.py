"""A bank as one workbook."""
