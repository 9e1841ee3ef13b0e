"""Turn a company's raw documents into a fine-tuning set and a retrieval corpus, in one release."""
