"""Our isolated grading inside nbgrader: its ``Execute`` step, without a kernel.

In ``nbgrader_config.py``::

    c = get_config()
    c.Autograde.autograde_preprocessors = [
        "gdcourse.grading.nbgrader.Isolated",
        "nbgrader.preprocessors.LimitOutput",
        "nbgrader.preprocessors.SaveAutoGrades",
        "nbgrader.preprocessors.AssignLatePenalties",
        "nbgrader.preprocessors.CheckCellMetadata",
    ]
    c.Isolated.bank = "/home/teacher/mybank"

nbgrader gives the points of a cell when it ran without an error, so each graded cell
gets the verdict of the bank as its output: nothing, or an error with the message.
"""

from __future__ import annotations

from typing import Any

from nbgrader.preprocessors import NbGraderPreprocessor
from traitlets import Bool, Unicode

from gdcourse.grading import bank as banks
from gdcourse.grading import box
from gdcourse.grading.assignment import grade_id
from gdcourse.grading.verdict import Line, judge


class Isolated(NbGraderPreprocessor):
    """Grade a submission in its box, and write the verdicts where nbgrader looks."""

    bank = Unicode(help="the folder of the private bank").tag(config=True)
    trusted = Bool(False, help="run submissions without isolation").tag(config=True)

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        """Return the notebook with an output in each cell that is graded."""
        if not self.trusted and (why := box.why_not()):
            raise RuntimeError(f"Submissions cannot be isolated here: {why}.")
        bank = banks.load(self.bank)
        exercises = {grade_id(exercise): exercise for exercise in bank.exercises()}
        tasks = [banks.task(exercise) for exercise in exercises.values()]
        cells = [cell.source for cell in nb.cells if cell.cell_type == "code"]
        told = box.run(cells, tasks, not self.trusted)
        for cell in nb.cells:
            own = cell.metadata.get("nbgrader", {})
            if cell.cell_type != "code":
                continue
            cell.outputs, cell.execution_count = [], None
            exercise = exercises.get(own.get("grade_id"))
            if own.get("grade") and exercise:
                line = judge(bank, exercise, told.get(exercise.id, {}))
                cell.outputs = _outputs(line)
        return nb, resources


def _outputs(line: Line) -> list[Any]:
    """Return nothing for a right answer, else an error that tells the message."""
    from nbformat.v4 import new_output

    if line.outcome == "right":
        return []
    said = line.message or line.outcome
    return [new_output("error", ename=line.outcome, evalue=said, traceback=[said])]
