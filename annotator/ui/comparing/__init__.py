"""Comparing two annotators, gold or a file of predictions: scores, confusions, and every difference to go to."""
