"""Working without the mouse: which key does what, strides, edges, passes. What Qt need not know is in `domain`."""
