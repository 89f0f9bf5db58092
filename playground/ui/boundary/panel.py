"""What the network has learned, in the picture that suits the data: a plane, a curve, predictions, or mistakes."""

import numpy as np
from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QStackedLayout, QWidget

from playground.data.dataset import translated
from playground.engine.metrics import confusion_matrix, predicted_classes
from playground.experiment.config.traits import WELL_KNOWN
from playground.experiment.probes.probe import Curve, FittedVsTrue, OutputGrid, Part, Predictions, UnitGrid
from playground.experiment.probes.snapshot import RunInfo, Snapshot
from playground.experiment.training.layer_statistics import RANGES
from playground.language import _
from playground.ui.boundary.plane_plot import PlanePlot
from playground.ui.boundary.point_bar import PointBar
from playground.ui.boundary.sample_chart import FitPlot, Samples
from playground.ui.boundary.text import Mode, caption, colour_key, picture_title
from playground.ui.canvas.images import sample_colours, symmetric_limit, target_range
from playground.ui.canvas.legend import Legend
from playground.ui.canvas.matrix_view import ConfusionView
from playground.ui.canvas.sample_columns import Answers, sample_columns
from playground.ui.canvas.sample_table import SampleTable
from playground.ui.core import layouts, plain_text, theme
from playground.ui.core.labels import Array, axis_name, class_names, rows_of, unit_name
from playground.ui.core.panel import Panel, Probes
from playground.ui.widgets.flow_layout import FlowLayout
from playground.ui.widgets.icons import Button
from playground.ui.widgets.labels import show_text, text_label
from playground.ui.widgets.switches import SmallSwitch

GRID = OutputGrid(72)
CURVE = Curve(200)
SCATTER: dict[str, FittedVsTrue] = {"train": FittedVsTrue(400, "train"), "test": FittedVsTrue(400, "test")}
EVALUATED_ROWS = 2000
FEW_ROWS = 10
SPACING = 8
LEAST_SIDE = 126  # of the tools beside a picture that is edited; the switches alone may be narrower


class PlaneSwitches(QWidget):
    """Two switches and a button, whose tooltips explain why they are disabled; `legend` stands above them."""

    def __init__(self, legend: QWidget) -> None:
        super().__init__()
        self.discretise = SmallSwitch("discretise")
        self.test_points = SmallSwitch("show_test_points")
        self.edit = Button(name="edit_points", role="chip")
        self.edit.setCheckable(True)
        flow = FlowLayout(gap=10)
        for widget, text in (
            (self.discretise, _("Discretise")),
            (self.test_points, _("Test points")),
            (self.edit, _("Edit points")),
        ):
            widget.setText(text)
            widget.setAccessibleName(text)
            flow.addWidget(widget)
        layouts.column(legend, flow, parent=self, gap=7, margins=(0, 4, 0, 0))
        self.offer(plane=True, samples=True, classes=True, test=True, editable=True)

    def offer(self, *, plane: bool, samples: bool, classes: bool, test: bool, editable: bool) -> None:
        """Show what makes sense for a picture: whether it is a `plane` and its points are `samples`; and for its data.

        Each switch that does nothing says why: there are no `classes`, no `test` part, or no point is a whole row.
        """
        reason = _("All samples are used for training; with a smaller training share, the others are used for testing.")
        for widget, is_there, tip, excuse in (
            (
                self.discretise,
                plane,
                _("Shows only the predicted class, not how confident the network is."),
                "" if classes else _("The targets are numbers: there are no classes."),
            ),
            (
                self.test_points,
                samples,
                _("Shows the samples that are not trained on, as rings."),
                "" if test else reason,
            ),
            (
                self.edit,
                samples,
                _("Add, move and remove points with the mouse, or with the arrow keys, Enter and Delete."),
                "" if editable else _("Each sample of these data has more numbers than a point in this plot can show."),
            ),
        ):
            widget.setVisible(is_there)
            widget.setEnabled(not excuse)
            widget.setToolTip(plain_text.tip(excuse or tip))
            widget.setAccessibleDescription(widget.toolTip())


class BoundaryPanel(Panel):
    """Decision boundary, fitted curve, predicted against true values, or which classes are confused with which."""

    name = "boundary_panel"

    def build(self) -> None:
        self.plane = PlanePlot(self.session.selection)
        self.fit = FitPlot(self.session.selection)
        label = _("How often each class was predicted as each")
        self.confusion = ConfusionView("confusion_matrix", label, selectable=False)
        self.table = SampleTable("boundary_table", self.session.selection, numbered=False)
        self.table.hide()
        self.legend = Legend("boundary_legend", vertical=True)
        self.caption = text_label("boundary_caption")
        self.caption.hide()
        self.switches = PlaneSwitches(self.legend)
        self.points = PointBar(self.store, self.plane, self.fit)
        self._answers = Answers(0, 1)
        self._build()
        self.setWindowTitle(self.title())
        self.switches.discretise.toggled.connect(self.plane.set_discrete)
        self.switches.test_points.toggled.connect(self._on_test_points)
        self.switches.edit.toggled.connect(self._on_edit)
        self.session.selection.unit_changed.connect(self._on_unit_changed)

    def _build(self) -> None:
        side = layouts.column(self.switches, self.points, (self.table, 1), gap=SPACING)
        side.addStretch(0)
        self.table.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)  # it scrolls its own rows
        self._side = layouts.scroll_area(layouts.box(side), "boundary_side")
        self._pictures = QStackedLayout()
        picture = layouts.row((self._pictures, 1), self._side, gap=SPACING)
        layouts.column((picture, 1), self.caption, parent=self, gap=4)
        for view in (self.plane, self.fit, self.confusion):  # now: it shows what is on top, which must not be a window
            self._pictures.addWidget(view)

    def title(self) -> str:
        return picture_title(self.mode, is_regression=self._is_regression())

    @property
    def mode(self) -> Mode:
        """Which picture suits the data, also where those that are well known are not on this machine."""
        if self._info is None:
            return "confusion" if self.store.config.data.name in WELL_KNOWN else "plane"
        if self._info.data.raw_train.shape[1] == 2:
            return "plane"
        if not self._is_regression():
            return "confusion"
        return "curve" if self._info.data.raw_train.shape[1] == 1 else "scatter"

    def _is_regression(self) -> bool:
        return self._info is not None and self._info.data.dataset.task == "regression"

    def _has_table(self) -> bool:
        """Whether few rows stand beside the picture: there is room for them, and they are not being edited."""
        if self._info is None or self.mode != "plane" or len(self._info.data.raw_train) > FEW_ROWS:
            return False
        return self.points.isHidden() and self._side.maximumWidth() >= self.table.least_width()

    def minimumSizeHint(self) -> QSize:
        hint = super().minimumSizeHint()
        return QSize(self.plane.minimumWidth() + SPACING + theme.px(LEAST_SIDE), hint.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_room()

    def _share_room(self) -> None:
        """Set the width of the picture to what it can use; the rest is for the widgets beside it.

        Where there is a rest, what is beside it has the same width whatever it shows, so that nothing moves when
        points are edited.
        """
        self._side.setVisible(self.mode != "confusion")
        wide = self.width() - SPACING
        side = theme.px(LEAST_SIDE)
        if self.mode == "plane":
            if self.points.isHidden():
                side = min(side, self.switches.minimumSizeHint().width())
            below = self.caption.height() + 4 if self.caption.isVisible() else 0
            side = max(side, wide - self.plane.width_for(self.height() - below))
        self._side.setFixedWidth(side)
        if self.table.isHidden() is self._has_table():
            self.table.setVisible(self._has_table())
            self.refresh_requested.emit()

    def _evaluated_part(self) -> Part:
        return "test" if self._info is not None and self._info.data.x_test is not None else "train"

    def probes(self) -> Probes:
        few = (Predictions("train", 0, FEW_ROWS),) if self._has_table() else ()
        return {
            "plane": (self._unit_grid() or GRID, *few),
            "curve": (CURVE,),
            "scatter": tuple(SCATTER.values()),
            "confusion": (Predictions(self._evaluated_part(), 0, EVALUATED_ROWS),),
        }[self.mode]

    def _unit_grid(self) -> UnitGrid | None:
        unit = self.session.selection.unit
        sizes = self._info.sizes if self._info is not None else ()
        is_there = unit is not None and unit.layer < len(sizes) and unit.unit < sizes[unit.layer]
        return UnitGrid(unit.layer, unit.unit, GRID.resolution) if unit is not None and is_there else None

    def _on_unit_changed(self) -> None:
        if self.mode == "plane":
            self.refresh_requested.emit()

    def clear(self) -> None:
        self.setWindowTitle(self.title())

    def prepare(self, info: RunInfo) -> None:
        if self.mode == "plane":
            self._load_plane(info)
        elif self.mode == "confusion":
            self.confusion.set_classes(class_names(info.data))
        else:
            self._load_fit(info)
        pictures: dict[str, QWidget] = {"plane": self.plane, "confusion": self.confusion}
        self._pictures.setCurrentWidget(pictures.get(self.mode, self.fit))
        self.switches.offer(
            plane=self.mode == "plane",
            samples=self.mode in ("plane", "curve"),
            classes=not self._is_regression(),
            test=info.data.x_test is not None,
            editable=self.points.is_possible,
        )
        self._on_edit()
        self._update_text(info)
        self._share_room()

    def _load_plane(self, info: RunInfo) -> None:
        data = info.data
        spans = [high - low for low, high in data.bounds]
        x_bounds, y_bounds = data.bounds
        names = (axis_name(data, 0), axis_name(data, 1))
        self.plane.set_axes((x_bounds, y_bounds), names, square=max(spans) < 1.1 * min(spans))
        self._place_samples(info)
        rows = rows_of(data, "train")
        if rows is not None and len(rows) <= FEW_ROWS:
            self._answers = Answers(len(rows), data.n_outputs)
            columns = sample_columns(data, rows, info.config.network.output, self._answers)
            self.table.set_columns(columns, len(rows))

    def _place_samples(self, info: RunInfo) -> None:
        found = [(part, rows_of(info.data, part)) for part in self._drawn_parts()]
        drawn = [(part, rows) for part, rows in found if rows is not None]
        self.plane.show_samples(*(Samples(part, rows.raw, sample_colours(info.data, rows)) for part, rows in drawn))
        self.points.show_run(info, self._drawn_rows(info))

    @property
    def _shows_test(self) -> bool:
        return self.switches.test_points.isChecked()

    def _drawn_parts(self) -> tuple[Part, ...]:
        return ("test", "train") if self._shows_test else ("train",)

    def _drawn_rows(self, info: RunInfo) -> Array:
        parts = {"train": info.data.rows_train, "test": info.data.rows_test}
        found = [parts[part] for part in self._drawn_parts()]
        return np.concatenate([rows for rows in found if rows is not None])

    def _load_fit(self, info: RunInfo) -> None:
        data = info.data
        if self.mode == "scatter":
            self.fit.show_scatter(*target_range(data))
            return
        places: dict[Part, Array] = {}
        for part in ("test", "train"):
            rows = rows_of(data, part)
            if rows is not None:
                places[part] = np.column_stack([rows.raw[:, 0], data.targets_in_units(rows.targets)[:, 0]])
        names = (axis_name(data, 0), translated(data.output_names[0]))
        drawn = [Samples(part, places[part]) for part in self._drawn_parts() if part in places]
        self.fit.show_curve(names, np.concatenate(list(places.values())), *drawn)
        self.points.show_run(info, self._drawn_rows(info))

    def show_snapshot(self, snapshot: Snapshot) -> None:
        if self.mode == "plane":
            self._show_plane(snapshot)
        elif self.mode == "curve":
            found = snapshot.answer(CURVE)
            if found is not None:
                self.fit.set_data("curve", found[0], found[1][:, 0])
        elif self.mode == "scatter":
            for key, probe in SCATTER.items():
                pairs = snapshot.answer(probe)
                if pairs is not None:
                    self.fit.set_scatter(key, pairs[0][:, 0], pairs[1][:, 0])
        else:
            self._show_confusion(snapshot)

    def _show_plane(self, snapshot: Snapshot) -> None:
        grid, probe = snapshot.answer(GRID), self._unit_grid()
        unit = snapshot.answer(probe) if probe is not None else None
        if probe is not None and unit is not None:
            self._show_unit(probe, unit)
        elif grid is not None:
            self.plane.set_heading("")
            self._show_grid(grid)
        outputs = snapshot.answer(Predictions("train", 0, FEW_ROWS)) if self._has_table() else None
        if outputs is not None:
            self._answers.put(slice(None), outputs)
            self.table.viewport().update()

    def _show_grid(self, grid: Array) -> None:
        """Show outputs (h, w, n_out): one number as it is, two classes as the share of the second, more mixed."""
        data, output = self.info.data, self.info.config.network.output
        if self._is_regression():
            self.plane.set_values(data.targets_in_units(grid)[..., 0], *target_range(data))
        elif grid.shape[2] > 2:
            shares = (grid + 1) / 2 if output == "tanh" else grid
            self.plane.set_classes(shares, class_names(data))
        else:
            low, high = RANGES.get(output, (0.0, 1.0))
            self.plane.set_values(grid[..., -1], low, high, class_names(data))

    def _show_unit(self, probe: UnitGrid, grid: Array) -> None:
        """Show what one unit outputs (h, w), on the scale of its activation function."""
        network = self.info.config.network
        functions = ("linear", *network.activations, network.output)
        limit = symmetric_limit(grid)
        low, high = RANGES.get(functions[probe.layer], (-limit, limit))
        self.plane.set_heading(unit_name(self.info, probe.layer, probe.unit))
        self.plane.set_values(grid, low, high, signed=probe.layer < len(self.info.sizes) - 1)

    def _show_confusion(self, snapshot: Snapshot) -> None:
        part = self._evaluated_part()
        outputs = snapshot.answer(Predictions(part, 0, EVALUATED_ROWS))
        rows = rows_of(self.info.data, part)
        if outputs is None or rows is None or rows.labels is None:
            return
        found = predicted_classes(outputs, self.info.config.network.output)
        count = len(self.info.data.dataset.class_names)
        self.confusion.set_counts(confusion_matrix(found, rows.labels[: len(found)], count))

    def _on_test_points(self) -> None:
        if self._info is None:
            return
        if self.mode == "plane":
            self._place_samples(self._info)
        elif self.mode == "curve":
            self._load_fit(self._info)
            self.refresh_requested.emit()
        self._update_text(self._info)

    def _on_edit(self) -> None:
        plot = None
        if self.switches.edit.isChecked() and self.points.is_possible and self.mode in ("plane", "curve"):
            plot = self.plane if self.mode == "plane" else self.fit
            self.table.hide()
        self.points.set_editing(plot)
        self._share_room()
        self.table.setVisible(self._has_table())

    def apply_theme(self) -> None:
        if self._info is None:
            return
        if self.mode == "plane":
            self._place_samples(self._info)
        self._update_text(self._info)  # the legend has the theme's colours in it

    def _update_text(self, info: RunInfo) -> None:
        entries = colour_key(info.data, self.mode, shows_test=self._shows_test)
        tip = _("The colour of a point is its class or target; the colour behind it is what the network answers there.")
        self.legend.set_entries(entries, tip)
        self.plane.legend = self.fit.legend = colour_key(info.data, self.mode, shows_test=self._shows_test, whole=True)
        self.legend.setVisible(bool(entries))  # with nothing in it, its heading takes no room
        rows = rows_of(info.data, self._evaluated_part())
        counted = min(len(rows), EVALUATED_ROWS) if rows is not None else 0
        show_text(self.caption, caption(self.mode, info.data.raw_train.shape[1], counted, self._evaluated_part()))
