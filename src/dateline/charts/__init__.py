"""Drawings (SVG, made here and not in a browser), the same in the desk, in exports, briefs and notebooks.

Each holds no script and nothing from outside, every word of a report in it is escaped, the same records give the same
bytes, and each has a text alternative.
"""
