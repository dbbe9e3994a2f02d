"""The style sheets and scripts that the pages are made of: which versions, and what is taken from them."""
