"""What one build keeps for the next. Losing it costs time, and having it never makes a page wrong."""
