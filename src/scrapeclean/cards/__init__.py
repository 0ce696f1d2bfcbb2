"""The cards above further articles: short lines that say where a story comes from, how old it is, what it is called.

`lines` reads what a line of a card says; `layouts` finds lines that stand together as a card; `threads` tells whether
what stands below cards are stories at all.
"""
