"""Where each mark of a picture stands; the templates draw it."""
