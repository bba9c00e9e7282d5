"""Webhooks: events of Kinerja, sent signed to other programs."""
