"""Slack: the same cards and forms in its blocks and modals, over HTTP or Socket Mode."""
