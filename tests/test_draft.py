"""A draft becomes the notebook it describes, and comes back unchanged."""

import pytest

import draft

DRAFT = """%% [markdown] id=one-step
# One step

It can't go up.

%% id=first-loop tags=hide-input,remove-cell alt='It falls: "down"'
x = 4.0

print(x)
"""


def test_cells_have_their_ids_tags_and_words_for_pictures():
    prose, code = draft.read_draft(DRAFT).cells
    assert (prose.cell_type, prose.id) == ("markdown", "one-step")
    assert prose.source == "# One step\n\nIt can't go up."
    assert (code.cell_type, code.id) == ("code", "first-loop")
    assert code.source == "x = 4.0\n\nprint(x)"
    assert code.metadata.tags == ["hide-input", "remove-cell"]
    assert code.metadata.mystnb == {"image": {"alt": 'It falls: "down"'}}


def test_a_draft_comes_back_unchanged():
    assert draft.write_draft(draft.read_draft(DRAFT)) == DRAFT


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("Hello\n%% id=a\n", "Line 1: 'Hello' stands before the first cell"),
        ("%% id=a\n%% id=B2\n", "Line 2: id='B2' must be words"),
        ("%% [markdown]\n", "Line 1: id='' must be words"),
        ("%% id=a color=red\n", "Line 1: 'color' is none of"),
        ("%% id=a\n%% id=a\n", "id='a' names 2 cells"),
    ],
)
def test_a_wrong_header_is_named_with_its_line(text, message):
    with pytest.raises(ValueError, match=message):
        draft.read_draft(text)


def test_a_cell_magic_does_not_open_a_cell():
    (cell,) = draft.read_draft("%% id=timed\n%%time\nx = 1").cells
    assert cell.source == "%%time\nx = 1"
