"""Plots as inline SVG, drawn at the size they are read.

Lengths across are percentages and lengths down are pixels, so that a plot fills its column at any
width while its text keeps its size. Baseline only; what matters is labelled in place, and said
as a sentence for those who do not see it.
"""
