"""Joins all parts into one: the only room that knows them all."""
