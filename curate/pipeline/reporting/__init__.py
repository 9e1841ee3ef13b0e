"""What a release's page shows, collected when it is published, one file for each stretch of the page."""
