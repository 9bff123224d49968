"""The markers that are printed are those that the reader's library looks for."""

import cv2
import numpy as np

from cbs_desktop.scans.layout import CORNER_IDS
from cbs_desktop.scans.markers import MARKERS, SIDE


def test_the_markers_are_the_librarys():
    known = cv2.aruco.getPredefinedDictionary(cv2.aruco.DICT_4X4_50)
    for number in CORNER_IDS:
        theirs = cv2.aruco.generateImageMarker(known, number, SIDE, borderBits=1)
        ours = [list(row) for row in MARKERS[number]]
        assert ((theirs == 0) == (np.array(ours) == "#")).all()
