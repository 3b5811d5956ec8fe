"""A digest as whoever reads it wants it: a card in the chat, a text, a page, data, a picture."""
