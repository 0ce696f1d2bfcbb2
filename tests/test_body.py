"""What belongs to the body beside what the scorer says: leads, what a sure block may say, what stands in data only."""

from __future__ import annotations

import json

import scrapeclean
from scrapeclean import read_page
from scrapeclean.assemble import assemble
from scrapeclean.filters import DEFAULT, membership, score

LEAD = "Four letters of warning lay in the council's drawer, and none of them was ever read aloud"
FIRST = "The harbour wall gave way at four in the morning, and by six the lower streets stood under water."
OFFER = "Become a member today and support our reporting."
PAGE = (
    f'<head><title>Harbour wall gives way</title><meta name="description" content="{LEAD}..."></head>'
    f"<h1>Harbour wall gives way</h1><div class=x>{LEAD}</div><p>{FIRST}</p><p>{OFFER}</p>"
    f"<p><a href=/join>{OFFER}</a></p>"
)


def with_scores(html: str, **chances: float) -> scrapeclean.Document:
    """A page whose blocks have these scores, by how they begin; the others 0."""
    document = read_page(html, kind="html")
    by_start = {start.replace("_", " "): chance for start, chance in chances.items()}
    vars(document)["scores"] = tuple(
        next((chance for start, chance in by_start.items() if block.text.startswith(start)), 0.0)
        for block in document.blocks
    )
    return document


def dropped(document: scrapeclean.Document, function: object) -> list[str]:
    return [document.text[verdict.start : verdict.end] for verdict in function(document)]  # type: ignore[operator]


def test_a_lead_that_the_head_describes_stays() -> None:
    assert LEAD not in dropped(with_scores(PAGE, Four=0.1, The_harbour=0.9), score)
    assert LEAD in dropped(with_scores(PAGE, Four=0.001, The_harbour=0.9), score)
    other = PAGE.replace(f'content="{LEAD}', 'content="All the news of the coast, every day and in every street')
    assert LEAD in dropped(with_scores(other, Four=0.1, The_harbour=0.9), score)


def test_what_the_head_describes_stays_only_above_the_first_paragraph() -> None:
    below = PAGE.replace(f"<div class=x>{LEAD}</div>", "") + f"<div class=x>{LEAD}</div>"
    assert LEAD in dropped(with_scores(below, Four=0.1, The_harbour=0.9), score)


def test_an_appeal_without_a_link_stays_in_a_block_that_is_surely_body() -> None:
    assert dropped(with_scores(PAGE, Become=0.99), membership) == [OFFER]  # only the one that is a link
    assert dropped(with_scores(PAGE, Become=0.9), membership) == [OFFER, OFFER]


def test_a_body_in_rich_text() -> None:
    sentence = "The wall had stood since the flood of 1953, "
    nodes = [
        {
            "type": "paragraph",
            "content": [
                {"type": "text", "value": sentence},
                {"type": "link", "content": [{"type": "text", "value": "and nobody thought of it"}]},
                {"type": "text", "value": f" until that night. So it went on day {n}."},
            ],
        }
        for n in range(12)
    ]
    state = json.dumps({"props": {"story": {"body": {"type": "document", "content": nodes}}}})
    html = f"{PAGE}<script id=__NEXT_DATA__ type=application/json>{state}</script>"
    document = with_scores(html, Four=0.9, The_harbour=0.9)
    DEFAULT.run(document)
    article = assemble(document)
    assert article.evidence["body"].source == "__NEXT_DATA__"
    assert f"{sentence}and nobody thought of it until that night. So it went on day 3." in article.text
    assert FIRST in {removed.text for removed in article.removed}


def test_what_its_class_hides() -> None:
    plea = "As the year ends, the very future of this paper is at stake, and only its readers can save it."
    page = f"<article><p>{FIRST}</p><p>{LEAD}.</p><div class='support hidden'><p>{plea}</p></div></article>"
    assert plea in {gone.text for gone in scrapeclean.clean(page).removed if gone.rule == "class"}
    for names in ("faq-answer hidden", "hidden md:block"):
        kept = scrapeclean.clean(page.replace("support hidden", names))
        assert not [gone for gone in kept.removed if gone.rule == "class"]


def test_a_body_that_its_class_hides() -> None:
    article = scrapeclean.clean(f"<article class=hidden><p>{FIRST}</p><p>{LEAD}.</p></article>")
    assert FIRST in article.text


def test_a_summary_by_a_machine() -> None:
    point = "The harbour wall gave way in the night, and nobody was hurt."
    page = f"<article><div class=aiSummaryBox><ul><li>{point}</li></ul></div><p>{FIRST}</p><p>{LEAD}.</p></article>"
    assert point in {gone.text for gone in scrapeclean.clean(page).removed if gone.rule == "ai-summary"}
    named = scrapeclean.clean(page.replace("aiSummaryBox", "email-summary"))
    assert not [gone for gone in named.removed if gone.rule == "ai-summary"]


def test_a_quote_that_is_pulled_out_of_its_paragraph() -> None:
    said = "We had asked for repairs in spring, and the council put them off until the autumn"
    page = f"<article><p>{FIRST}</p><blockquote>“{said}”</blockquote><p>“{said}, again,” said the harbour master.</p>"
    article = scrapeclean.clean(page)
    assert "pull-quote" in {gone.rule for gone in article.removed}
    assert article.text.count(said) == 1
    alone = scrapeclean.clean(page.replace("again,” said the harbour master", "").replace(f"<p>“{said}", "<p>“Yes"))
    assert said in alone.text
