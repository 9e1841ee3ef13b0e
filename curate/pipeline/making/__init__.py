"""From texts to what the two products are made of."""
