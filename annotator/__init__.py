"""Report Annotator: labels measures, institutions and indicators in Chinese government reports."""

__version__ = "0.1.0"
