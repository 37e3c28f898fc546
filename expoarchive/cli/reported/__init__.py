"""Readers' reports: a filled form is read, understood, and drafted as a claim with its source."""
