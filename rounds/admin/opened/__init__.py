"""A page of the admin that is open in a browser, while others may change what it shows."""
