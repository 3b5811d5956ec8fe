"""Weighs, word by word, whether a person is named: what a word looks like, where it stands, what is around it."""
