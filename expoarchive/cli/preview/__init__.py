"""The preview: the site in a browser as its host will show it, rebuilt and reloaded at each save."""
