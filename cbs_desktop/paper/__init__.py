"""The only makers of PDF: pages, fonts, escaped text, QR."""
