"""The parts of a report as values, one file per stretch of the page.

Each part carries `commands`: what can be typed to see the lists behind it, shown in the margin
exactly as given. Counts that must add up are given once, at the finest grain, and summed by
properties, so a total on the page cannot disagree with its rows.
"""
