"""What stands in a report: the text behind the bytes, its sections and its metadata. Opens no file."""
