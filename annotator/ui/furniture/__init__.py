"""Page furniture in the window: marking it, making it body again, moving its edges, and keeping rules about it."""
