"""Pages as bytes: views, templates, Markdown, charts. Nothing is written here."""
