"""Tagging the same words wherever they stand: looked for, listed, ticked, tagged as one step."""
