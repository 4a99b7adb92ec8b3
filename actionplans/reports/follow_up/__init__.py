"""The follow-up of a selection as files: workbook, PDF, the entity's own forms."""
