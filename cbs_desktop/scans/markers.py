"""The four corner markers of a page as dark and white squares: numbers 0 to 3 of the common ArUco set 4X4_50. Pure.

They are data here so that printing needs no library that reads pictures.
"""

SIDE = 6  # squares on a side: 4 × 4 that tell the number, and a dark edge
# by layout.CORNER_IDS; # is dark
MARKERS = (
    ("######", "#.#..#", "##.#.#", "###..#", "###.##", "######"),
    ("######", "######", "#....#", "#.##.#", "#.#.##", "######"),
    ("######", "###..#", "###..#", "###.##", "#..#.#", "######"),
    ("######", "#.##.#", "#.##.#", "##.###", "##..##", "######"),
)
