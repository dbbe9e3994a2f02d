"""The board's packaged figures, and how they are read: README.md says what each file is and whose it is."""

from pathlib import Path

FOLDER = Path(__file__).parent
PRINTED_2019 = FOLDER / "printed_2019.yaml"
COMPARATORS = FOLDER / "comparators.csv"
COMPARATORS_ABOUT = FOLDER / "comparators.yaml"
