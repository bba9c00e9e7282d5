"""What is done in programmes, each verb one transaction."""
