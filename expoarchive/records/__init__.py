"""Typed records: editions, sources, vocabularies, articles; their claims and references, checked.

This stage must not know the addresses of pages, HTML or templates.
"""

from expoarchive.records.archive import Article, Records
from expoarchive.records.claim import EXPO, Claim, Claims, in_conflict
from expoarchive.records.read import read_records, reading_jobs

__all__ = ["EXPO", "Article", "Claim", "Claims", "Records", "in_conflict", "read_records", "reading_jobs"]
