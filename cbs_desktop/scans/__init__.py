"""Pages that the program prints and reads back: attendance registers and questionnaires on paper."""
