"""What authored texts can say of the data: the expressions they may call, by subject."""
