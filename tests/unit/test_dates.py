import pytest

from videonotes.core.dates import read_date


@pytest.mark.parametrize(
    "text", ["2024-05-31", "2024/05/31", "2024.05.31", "20240531", " 2024-05-31T10:00:00Z ", "2024-05-31 10:00"]
)
def test_days(text: str) -> None:
    assert read_date(text) == "2024-05-31"


@pytest.mark.parametrize("text", ["", "yesterday", "2024-13-01", "2024-02-30", "31.05.2024", "2024", "202405311"])
def test_what_is_no_day(text: str) -> None:
    assert read_date(text) == ""
