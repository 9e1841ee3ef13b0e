"""What a release is refused for, and what is said of what it gives up."""
