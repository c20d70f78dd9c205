"""Who works here: accounts, how they log in, and the list of what was done with them."""
