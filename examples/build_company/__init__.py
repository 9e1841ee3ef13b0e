"""Builds the example company: its binary files, its tickets and the gold file.

Texts are data (texts/), plain files of the share are written by hand where they lie, and this
package adds what needs a program: office files, PDFs, archives, broken files and tickets. Every
build of the same texts gives the same bytes: no clock, no randomness without a fixed seed.
"""
