"""What a round that is under way is told with: the check of its forms, and who has sent what."""
