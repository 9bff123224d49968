"""Pages as they come back: printed, marked by pens, copied, folded, stamped and photographed. It knows nothing of the reader."""
