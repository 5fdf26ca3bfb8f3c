"""What the pages and the terminal show, read from the store: pure functions of a connection, the rules and a moment."""
