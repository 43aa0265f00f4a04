"""What is asked, who is asked and which round: typed, and checked when it is loaded."""
