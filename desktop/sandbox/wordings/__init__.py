"""The platform's refusals in words: the texts of each reason, and how an area puts them."""
