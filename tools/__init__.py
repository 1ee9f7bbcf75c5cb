"""What developers and the demo use; nothing of it is shipped."""
