import re
from importlib import resources

import pytest

from curate.report.plots.flow import MIDDLE, flow

from .sample_arrival import INTAKE

AT_LEAST_TEXT, AT_LEAST_FILL = 4.5, 3.0
TEXT = (
    *((text, "paper") for text in ("ink", "soft", "muted", "blue", "ochre-text")),
    *(("ink", ground) for ground in ("mark", "added", "heat-1", "heat-2", "doubt-1", "doubt-2")),
    ("on-heat-3", "heat-3"), ("on-heat-4", "heat-4"),
    ("on-doubt-3", "doubt-3"), ("on-doubt-4", "doubt-4"),
    ("muted", "agree"), ("muted", "mark"),
)  # fmt: skip
FILLS = ("blue", "pale", "ochre", "ochre-deep", "muted")


def css() -> str:
    return resources.files("curate.report").joinpath("report.css").read_text(encoding="utf-8")


def colours(scheme: str) -> dict[str, str]:
    """Return the variables of a scheme; dark inherits what it does not replace."""
    light, dark = css().split("prefers-color-scheme: dark", 1)
    found = dict(re.findall(r"--([a-z0-9-]+): #([0-9a-f]{6});", light))
    if scheme == "dark":
        block = dark[: dark.index("/* Ground */")]
        found |= dict(re.findall(r"--([a-z0-9-]+): #([0-9a-f]{6});", block))
    return found


def luminance(colour: str) -> float:
    channels = (int(colour[i : i + 2], 16) / 255 for i in (0, 2, 4))
    red, green, blue = (
        channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4
        for channel in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def over(colour: str, ground: str, opacity: float) -> str:
    """Return a colour laid over a ground."""
    mixed = (
        round(int(colour[i : i + 2], 16) * opacity + int(ground[i : i + 2], 16) * (1 - opacity))
        for i in (0, 2, 4)
    )
    return "".join(f"{channel:02x}" for channel in mixed)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), TEXT)
def test_text_stands_out_from_its_ground(scheme: str, text: str, ground: str) -> None:
    known = colours(scheme)

    assert contrast(known[text], known[ground]) >= AT_LEAST_TEXT


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("fill", FILLS)
def test_data_stands_out_from_the_paper(scheme: str, fill: str) -> None:
    known = colours(scheme)

    assert contrast(known[fill], known["paper"]) >= AT_LEAST_FILL


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("fill", "flow"), [("blue", "flow-kept"), ("ochre", "flow-flagged")])
def test_labels_can_be_read_over_the_flow(scheme: str, fill: str, flow: str) -> None:
    known = colours(scheme)
    found = re.search(rf"--{flow}: (\.\d+);", css())
    assert found is not None

    band = over(known[fill], known["paper"], float(found[1]))

    assert contrast(known["ink"], band) >= AT_LEAST_TEXT


def test_both_schemes_name_the_same_colours() -> None:
    light, dark = css().split("prefers-color-scheme: dark", 1)
    block = dark[: dark.index("/* Ground */")]
    named = re.compile(r"--([a-z0-9-]+): #")

    assert sorted(named.findall(light)) == sorted(named.findall(block))


def test_every_colour_is_a_variable() -> None:
    rules = css().split("/* Ground */")[1]

    assert not re.search(r"#[0-9a-f]{3,6}\b", rules)


def test_the_style_sheet_fetches_nothing() -> None:
    assert not re.search(r"url\(|@import|@font-face|</", css())


def test_bars_of_sources_have_a_line_of_their_own_on_a_phone() -> None:
    """Beside five numbers nothing is left of a phone's width, and all bars look alike."""
    phone = css().partition("/* Phone */")[2]

    columns = re.search(r"\.by-source tr \{[^}]*grid-template-columns: ([^;]*);", phone)
    assert columns is not None
    fixed = sum(int(width) for width in re.findall(r"(\d+)px", columns[1]))
    assert 360 - 2 * 16 - 5 * 6 - fixed >= 60
    assert re.search(r"\.by-source tr > \.bars \{ grid-area: 2 / 1;", phone)


def test_outcomes_end_before_where_documents_went_on_a_phone() -> None:
    phone = css().partition("/* Phone */")[2]

    columns = re.search(r"\.flow \{ grid-template-columns: (\d+)px minmax\(0, 1fr\) (\d+)px", phone)
    assert columns is not None
    middle = 360 - 2 * 16 - int(columns[1]) - int(columns[2])
    room = middle * (1 - MIDDLE / 100) - 17
    assert room >= 7 * max(map(len, ("flagged", "100,000")))
    assert ".drawing .wide { display: none; }" in phone
    assert re.search(
        r'narrow"[^>]*><tspan[^>]*>[\d,]+</tspan><tspan[^>]*>kept</', str(flow(INTAKE))
    )
