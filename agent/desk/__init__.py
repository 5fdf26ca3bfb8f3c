"""What the rep can do with cards and lists: the one door for the web inbox and the terminal."""

from agent.desk.acts import Changed, Desk, Terms

__all__ = ["Changed", "Desk", "Terms"]
