"""Method: what is checked and why, how blanks are treated, what the columns mean."""

from pages.ui.frame import open_page

corpus = open_page("method", needs_reports=False)
