"""What is left when the process dies between any two things that it does to the world."""
