"""The cards above further articles: short lines that say where a story comes from, how old it is, what it is called.

`lines` reads what a line of a card says; `page` asks it of all lines of a page, and finds those that tell an age;
`layouts` finds lines that stand together as a card, `undated` cards whose age nobody can read; `printed` knows what a
page prints in each card alike; `threads` tells whether what stands below cards are stories at all.
"""
