"""When something was written: "3 hours ago" and dates, in many languages.

`find` finds and resolves them in a line, `page` in all lines of a page at once; `clock` reads times of day, weekdays
and zones; `words` holds the words of data/ages.toml.
"""
