"""Numbers as the page writes them: commas, thin spaces, true minus signs, plurals, plain words.

One file, so that 91.4 % looks the same in a gate, a table and a sentence. A share is never
rounded to all or nothing: 9,999 of 10,000 is 99.9 %, 1 of a million is < 0.01 %.
"""

import math

THIN = "\u202f"
MINUS = "\u2212"
SMALL = (
    "no", "one", "two", "three", "four", "five", "six",
    "seven", "eight", "nine", "ten", "eleven", "twelve",
)  # fmt: skip
TENTHS_BELOW = 10.0
HUNDREDTHS_BELOW = 0.1
LEAST = 0.01
ALMOST_ALL = 99.5
MINUTE = 60
HOUR = 3600


def number(count: int) -> str:
    """Write a count with commas."""
    return f"{count:,}".replace("-", MINUS)


def cell(count: int) -> str:
    """Write a count in a table, where zero is a dot."""
    return number(count) if count else "·"


def spelled(count: int) -> str:
    """Write a small count as a word, a larger one in digits."""
    return SMALL[count] if 0 <= count < len(SMALL) else number(count)


def plural(count: int, one: str, many: str = "") -> str:
    """Write a count and its noun."""
    return f"{number(count)} {noun(count, one, many)}"


def noun(count: int, one: str, many: str = "") -> str:
    """Return a noun in the number of its count."""
    return one if count == 1 else (many or f"{one}s")


def signed(count: int) -> str:
    """Write a difference with its sign; zero is a dot."""
    return f"+{number(count)}" if count > 0 else cell(count)


def percent(fraction: float, *, decimals: int | None = None) -> str:
    """Write a fraction as a percentage, never rounded to all or nothing."""
    value = fraction * 100
    if value <= 0 or not math.isfinite(value):
        return f"0{THIN}%" if value <= 0 else f"∞{THIN}%"
    if value < LEAST:
        return f"<{THIN}{LEAST}{THIN}%"
    if ALMOST_ALL <= value < 100:  # noqa: PLR2004  a hundred per cent
        return f"{math.floor(value * 10) / 10:.1f}{THIN}%"
    return f"{value:.{_decimals(value) if decimals is None else decimals}f}{THIN}%"


def _decimals(value: float) -> int:
    if value < HUNDREDTHS_BELOW:
        return 2
    return 1 if value < TENTHS_BELOW else 0


def share(part: int, whole: int) -> str:
    """Write a part of a whole as a percentage; of nothing, a dot."""
    return percent(part / whole) if whole else "·"


def score(value: float) -> str:
    """Write a score from 0 to 1 without its zero: .91."""
    return f"{value:.2f}".removeprefix("0") if 0 <= value < 1 else f"{value:.2f}"


def clock(seconds: float) -> str:
    """Write a time as minutes and seconds: 7:52; from an hour, 1:07:52."""
    minutes, rest = divmod(round(seconds), MINUTE)
    hours, minutes = divmod(minutes, MINUTE)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def duration(seconds: float) -> str:
    """Write a time in the unit one would say it in."""
    if seconds < TENTHS_BELOW:
        return f"{seconds:.1f} s"
    if seconds < 2 * MINUTE:
        return f"{seconds:.0f} s"
    if seconds < 2 * HOUR:
        return f"{seconds / MINUTE:.0f} min"
    return f"{seconds / HOUR:.1f} h"


def listed(items: tuple[str, ...]) -> str:
    """Write items as one would say them: a, b and c."""
    return " and ".join(filter(None, (", ".join(items[:-1]), *items[-1:])))


def clipped(text: str, limit: int) -> str:
    """Cut text that is longer than a page can bear."""
    return text if len(text) <= limit else f"{text[:limit].rstrip()} …"


def width(part: float, whole: float) -> str:
    """Write a part of a whole as a CSS length in percent."""
    value = min(max(part / whole, 0.0), 1.0) * 100 if whole > 0 else 0.0
    return f"{value:.2f}".rstrip("0").rstrip(".") + "%"
