"""Which column of a table is predicted, from which others, and as what."""

from collections.abc import Sequence

import numpy as np

from playground.data.dataset import LARGEST_NUMBER, Task
from playground.data.errors import DataError
from playground.data.table.columns import MOST_CLASSES, Column, alike
from playground.data.table.reading import Table, reason_to_leave_out
from playground.language import _, ngettext, sentences
from playground.registry import listed, shown
from playground.suggestions import did_you_mean

_CLASS_LIKE = 20
_CERTAINLY_NUMBERS = 1000
_NAMED_COLUMNS = 20


def find_column(read: Table, wanted: object, field: str) -> Column:
    """Return the column that a number, counted from 1, or a name stands for; `field` is the option that asks for it.

    Columns may be called by numbers, such as years: a text is a name first, a number is a place first.

    Raises
    ------
    DataError
        Where there is none; the text lists the names.
    """
    named = {column.name: column for column in read.columns}
    is_number = isinstance(wanted, int)
    text = (
        f"{wanted:d}" if isinstance(wanted, int) and wanted.bit_length() < 60 else str(wanted) if not is_number else "…"
    )
    place = int(text) if text.isdecimal() and len(text) < 10 else 0
    placed = read.columns[place - 1] if 1 <= place <= len(read.columns) else None
    found = placed or named.get(text) if is_number else named.get(text) or placed
    if found is not None:
        return found
    sentence = _("{path} has no column “{column}”; it has {n}: {known}.")
    known = _few(list(named))
    sentence = sentence.format(path=shown(read.path, 200), column=shown(text), n=len(named), known=known)
    raise _refuse_option(field, sentence + did_you_mean(text, list(named)[:1000]))


def _refuse_option(field: str, sentence: str) -> DataError:
    return DataError(f"$.data.{field}: {sentence}")


def choose_target(read: Table, wanted: object) -> Column:
    """Return the column to predict: the one asked for, else the last one that has values."""
    if wanted in (None, ""):
        return next((it for it in reversed(read.columns) if it.kind != "empty"), read.columns[-1])
    return find_column(read, wanted, "target")


def choose_inputs(
    read: Table, wanted: Sequence[object] | None, target: Column
) -> tuple[tuple[Column, ...], tuple[tuple[str, str], ...]]:
    """Return the columns to predict from, and the others' names with the reason why they are left out.

    The columns are those asked for, by name or by number from 1, else all but the target that
    `reason_to_leave_out` finds no fault with; there may be none.

    Raises
    ------
    DataError
        Where there is no such column, or it is the target.
    """
    others = [column for column in read.columns if column is not target]
    if wanted:
        found = [find_column(read, name, f"columns[{k}]") for k, name in enumerate(wanted)]
        if target in found:
            sentence = _("The column “{column}” is the target: it cannot be predicted from itself.")
            raise _refuse_option(f"columns[{found.index(target)}]", sentence.format(column=shown(target.name)))
        inputs = tuple({column.name: column for column in found}.values())
        taken = set(map(id, inputs))
        chosen = _("it is not among the columns chosen")
        return inputs, tuple((it.name, chosen) for it in others if id(it) not in taken)
    inputs = tuple(it for it in others if it.name not in read.reasons)
    return inputs, tuple((name, reason) for name, reason in read.reasons.items() if name != target.name)


def rows_with_gaps(columns: Sequence[Column]) -> list[int]:
    """Return the rows that have no value in one of some columns, in order."""
    return sorted({row for column in columns for row in column.missing})


def rows_to_use(read: Table, columns: Sequence[Column]) -> Sequence[int]:
    """Return the rows to learn from: all, or those that have a value in each column, if the table leaves out gaps.

    Raises
    ------
    DataError
        Where all but one have a gap; the text names the column with the most.
    """
    is_any_empty = any(column.kind == "empty" for column in columns)  # in every row, which is said of that column
    gaps = set(rows_with_gaps(columns)) if read.leaves_out_gaps and not is_any_empty else set()
    if not gaps:
        return range(len(read.lines))
    kept = [row for row in range(len(read.lines)) if row not in gaps]
    if len(kept) < 2:
        worst = max(columns, key=lambda column: len(column.missing))
        sentence = _(
            "{path}: {n} of {rows} rows have a value in every column that is used; it takes two or more to learn from. "
            "Do without “{column}”, which has the most gaps ({gaps})."
        )
        counts = {"n": len(kept), "rows": f"{len(read.lines):,}", "gaps": f"{len(worst.missing):,}"}
        raise DataError(sentence.format(path=shown(read.path, 200), column=shown(worst.name), **counts))
    return kept


def nothing_to_predict_from(read: Table, target: Column) -> DataError:
    """Return the sentence that no column is left, with the reason for the first that is not."""
    sentence = _("{path} has no column left to predict “{target}” from: choose one or more.")
    text = sentence.format(path=shown(read.path, 200), target=shown(target.name))
    out = [(name, reason) for name, reason in read.reasons.items() if name != target.name]
    if out:
        more = _("“{column}” is left out: {reason}.")
        text = sentences(text, more.format(column=shown(out[0][0]), reason=out[0][1]))
    return DataError(text)


def guess_task(target: Column) -> Task:
    """Return classification for texts, two whole numbers, or few that each come often; else regression.

    A text among numbers does not make classes of them: it is a cell to be mended. Few numbers of which some are
    written in two ways, such as 1.1 and 1.10, are names, such as those of versions.
    """
    if target.kind != "number":
        return "classification"
    if target.texts or target.distinct > _CERTAINLY_NUMBERS:
        return "regression"
    values = np.unique(target.numbers[~np.isnan(target.numbers)])
    whole = bool(np.all(values == np.round(values)))
    few = len(values) <= 2 or (len(values) <= _CLASS_LIKE and 2 * len(values) <= len(target.cells))
    as_texts = target.distinct > len(values) and target.distinct <= min(_CLASS_LIKE, len(target.cells) // 2)
    return "classification" if (whole or as_texts) and few and not target.unit else "regression"


def check_target(read: Table, target: Column, task: str, *, is_guessed: bool) -> None:
    """Raise `DataError` where a column cannot be predicted, with the first cell that is in the way."""
    if len(read.lines) < 2:
        sentence = _("{path} has one row only: it takes two or more to learn from.")
        raise DataError(sentence.format(path=shown(read.path, 200)))
    name = shown(target.name)
    if target.kind == "empty":
        sentence = _("The column “{column}” is empty in every row: choose another one to predict.")
        raise DataError(sentence.format(column=name), "data.target")
    if target.kind == "date" and is_guessed:
        sentence = _("The column “{column}” holds dates or times: choose another one to predict.")
        raise DataError(sentence.format(column=name), "data.target")
    if task == "regression":
        remedy = setting = ""
        if is_guessed:
            remedy = _("Correct it, or choose the task classification to predict it as a class.")
            setting = "data.task"
        _check_numbers(read, target, remedy, setting)
        low, high = target.size_range
        if low == high and target.distinct > 1:
            first, second = list(target.counts)[:2]
            sentence = _(
                "The numbers of the column “{column}” are all the same: “{first}” and “{second}” differ as texts only. "
                "Choose the task classification to tell them apart."
            )
            raise DataError(sentence.format(column=name, first=shown(first), second=shown(second)), "data.task")
    else:
        _check_present(read, target)
    if target.is_constant if task == "regression" else target.distinct < 2:
        sentence = _("The column “{column}” has the same value in every row: there is nothing to predict.")
        raise DataError(sentence.format(column=name))
    if task != "regression" and target.distinct > MOST_CLASSES:
        sentence = _(
            "The column “{column}” has {n} different values, too many for classes (at most {most}): choose the "
            "task regression for numbers, or another column to predict."
        )
        raise DataError(sentence.format(column=name, n=target.distinct_text, most=MOST_CLASSES), "data.target")


def notes_on_classes(target: Column) -> tuple[str, ...]:
    """Return as sentences which classes may be meant to be the same: Yes and yes, 7 and 007."""
    same_letters, same_numbers = alike(target.counts)
    sentences = (
        (same_letters, _("classes that differ only in upper and lower case: {names}")),
        (same_numbers, _("classes that are the same number, written in another way: {names}")),
    )
    return tuple(sentence.format(names=_few(names)) for names, sentence in sentences if names)


def _few(names: Sequence[str]) -> str:
    return listed(names[:_NAMED_COLUMNS]) + (", …" if len(names) > _NAMED_COLUMNS else "")


def check_input(read: Table, column: Column) -> None:
    """Raise `DataError` where a column cannot be learnt from, with the first cell that is in the way."""
    if column.kind == "number":
        _check_numbers(read, column)
        return
    if not column.can_be_input:
        reason = reason_to_leave_out(read, column)
        sentence = _("The column “{column}” cannot be learnt from: {reason}.")
        raise DataError(sentence.format(column=shown(column.name), reason=reason))
    _check_present(read, column)


def _check_numbers(read: Table, column: Column, remedy: str = "", setting: str = "") -> None:
    if column.doubtful is not None:
        cell = column.cells[column.doubtful]
        sentence = _(
            "“{value}” can be {whole} or {fraction}, and the table does not tell which: choose the decimal sign, "
            "point or comma."
        )
        whole, fraction = cell.replace(",", "").replace(".", ""), cell.replace(",", ".")
        what = sentence.format(value=shown(cell), whole=shown(whole), fraction=shown(fraction))
        raise read.refuse(column, column.doubtful, what, "data.decimal")
    if column.texts:
        row, others = column.texts[0], len(column.texts) - 1
        what = _("“{value}” is not a number.").format(value=shown(column.cells[row]))
        if others:
            more = ngettext("{n} more value is none either.", "{n} more values are none either.", others)
            what = sentences(what, more.format(n=f"{others:,}"))
        remedy = remedy or _("Correct it in the file, or leave out the column.")
        raise read.refuse(column, row, sentences(what, remedy), setting)
    _check_present(read, column)
    low, high = column.size_range
    if max(abs(low), abs(high)) > LARGEST_NUMBER:
        row = int(np.argmax(np.abs(column.numbers) > LARGEST_NUMBER))
        what = _("{value} is too large; numbers up to {most:g} can be used. Take another unit.")
        raise read.refuse(column, row, what.format(value=shown(column.cells[row]), most=LARGEST_NUMBER))


def _check_present(read: Table, column: Column) -> None:
    if not column.missing or read.leaves_out_gaps:
        return
    row, others = column.missing[0], len(column.missing) - 1
    cell = column.cells[row]
    if cell:
        what = _("there is no value (“{value}” stands for none).").format(value=shown(cell))
    else:
        what = _("there is no value.")
    if others:
        more = ngettext("{n} more row has none either.", "{n} more rows have none either.", others)
        what = sentences(what, more.format(n=f"{others:,}"))
    remedy = _("Fill it in, or leave out the column or the rows with gaps.")
    raise read.refuse(column, row, sentences(what, remedy), "data.leave_out_gaps=true")
