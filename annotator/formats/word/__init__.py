"""Word documents: what a person who opens one sees of it, as text. Nothing here opens a file."""
