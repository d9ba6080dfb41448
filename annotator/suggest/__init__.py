"""What machines propose: word segmentation now; the rest of pre-annotation builds on it. Knows no project file."""
