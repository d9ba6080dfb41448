"""Quality of what was written and of what was marked: numbers checked against each other, lint, agreement."""
