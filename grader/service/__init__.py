"""Hand-ins answered at once: one process answers the network, another owns the rooms and the gradebook."""
