"""Who wrote a note, where a model did, and who read it afterwards."""

from __future__ import annotations

from ...core.note import Note

MODEL_MEDIA = "https://schema.org/TrainedAlgorithmicMediaDigitalSource"
"""What schema.org calls media that a trained model made (IPTC, digital source types)."""

GENERATED = "generated"
"""The category of such notes in feeds."""


def credit(note: Note) -> str:
    """Return the sentence that says that a model wrote a note, and whether it was reviewed; `""`: none did."""
    if not note.generated:
        return ""
    model = "a model" if note.generated == "true" else note.generated
    source = " from the video" if note.video else ""
    return f"Written by {model}{source}; {f'reviewed on {note.reviewed}' if note.reviewed else 'not reviewed'}."
