"""Every system, figure and fault of the five articles, and where it is in the window.

A place is a step of a lesson, a control, or a ready-made experiment. The words of a step stand in its English text, or
are the name of a published figure that ``playground lesson check`` compares with the run.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Step:
    """A step of a lesson, and words that it must have."""

    lesson: str
    step: str
    words: str


@dataclass(frozen=True)
class Control:
    """A control of a panel, what is pressed on the way to it, and the experiment that has it."""

    panel: str
    name: str
    pressed: tuple[str, ...] = ()
    experiment: str = "and-gate"


@dataclass(frozen=True)
class Experiment:
    """A ready-made experiment, and its layers."""

    name: str
    hidden: tuple[int, ...]


@dataclass(frozen=True)
class Row:
    """What an article has, and where it is."""

    article: str
    what: str
    place: Step | Control | Experiment


def _control(where: str, *pressed: str, experiment: str = "and-gate") -> Control:
    panel, name = where.split("/")
    return Control(f"{panel}_panel", name, pressed, experiment)


def _step(where: str, words: str) -> Step:
    lesson, step = where.split("/")
    return Step(lesson, step, words)


BACKPROP, GRADIENT, LOSS = "backpropagation-by-hand", "what-a-gradient-is", "what-a-loss-is"
WEIGHTS, FAULTS, HOURS = "how-weights-start", "museum-of-faults", "seventeen-hours"

A = (
    ("sigmoid, vector form", _step(f"{BACKPROP}/sigmoid", "formula:sigmoid")),
    ("the curve of the sigmoid", _control("gradient_lab/lab_curve", "lab_page_derivative")),
    ("sigmoid or ReLU: a list that shows their curves", _control("network/activation")),
    ("softmax makes probabilities", _step(f"{LOSS}/softmax", "formula:softmax")),
    ("softmax of 0.3, 2.9, 4.0", _step(f"{LOSS}/softmax", "published:softmax")),
    ("its outputs add up to 1", _step(f"{LOSS}/batch", "published:softmax-sum")),
    ("overflow: subtract the maximum", _step(f"{LOSS}/overflow", "formula:softmax-shifted")),
    ("fault: softmax over the whole batch", _step(f"{FAULTS}/softmax", "sum_exp_a = np.sum(exp_a)")),
    ("what that fault makes of training", _step(f"{LOSS}/impossible", "its loss was NaN")),
    ("cross-entropy with 1e-7", _step(f"{LOSS}/zero", "formula:cross-entropy-safe")),
    ("cross-entropy of a batch, labels as indices", _step(f"{FAULTS}/log", "y[range(len(y)), t]")),
    ("squared error instead of entropy", _step(f"{LOSS}/confident", "once with the squared error")),
    ("numerical gradient, h = 1e-4", _step(f"{GRADIENT}/difference", "h = 0.0001")),
    ("gradient at (3, 4) is (6, 8)", _step(f"{GRADIENT}/arrow", "published:gradient")),
    ("claim: the gradient points downhill", _step(f"{GRADIENT}/arrow", "the articles say the opposite")),
    ("network 784-50-10", Experiment("mnist-two-layer", (50,))),
    ("why two layers, of three that are drawn", _step("learning-digits/hidden", "the inputs count as layer 0")),
    ("the number of hidden units is tried out", _step("learning-digits/hidden", "at most 20 hidden units")),
    ("weights 0.01 times standard normal", _step(f"{WEIGHTS}/race", "σ = 0.01, as in article A")),
    ("… and biases 0", _control("network/initial_sentence", experiment="digits")),
    ("claim: zero weights learn nothing", _step(f"{WEIGHTS}/one-unit", "Article A warns of exactly this")),
    ("zero weights on images of digits", Experiment("mnist-zeros", (50,))),
    ("predict, and count what is right", _control("predictions/predictions_table", experiment="and-gate")),
    (
        "numerical gradient of each layer",
        _control("gradient_lab/lab_numerical", "lab_page_check", "lab_check_view_gradients"),
    ),
    ("gradient by numerical differentiation", _control("training/gradient")),
    ("faults: x.shap, and gradient that is not defined", _step(f"{FAULTS}/names", "x.shap")),
    ("batches of 100 with replacement", _step("learning-digits/batch", "at random: a **mini-batch**")),
    ("learning rate 0.1", _control("training/learning_rate")),
    ("loss and both accuracies, every epoch", _step("learning-digits/whole-run", "Draw the test accuracy")),
    ("17 hours", _step(f"{HOURS}/one-step", "published:numerical-hours")),
    ("two forward passes for each parameter", _step(f"{HOURS}/passes", "published:forward-passes")),
    ("plot of the loss", _control("loss/loss_plot")),
    ("plot of both accuracies", _control("accuracy/accuracy_plot", experiment="digits")),
    ("not overfitted", _step("learning-digits/together", "the two curves lie together")),
    ("the end: loss 0.18715, accuracies 0.947, 0.9437", _step("learning-digits/together", "0.947 and 0.9437")),
    ("wish: faster, better tuned", _control("training/optimizer")),
    (
        "what each way to the gradient costs",
        _control("gradient_lab/lab_costs", "lab_page_check", "lab_check_view_cost"),
    ),
)

B = (
    ("features by hand", _control("data/features_x1*x2", "data_options", experiment="spiral")),
    ("… or learnt", _step("learning-digits/hidden", "a picture of what the unit looks for")),
    ("squared error of ten classes, 0.0975", _step(f"{LOSS}/squared", "published:squared-error")),
    ("cross-entropy of the same, 0.510825", _step(f"{LOSS}/cross-entropy", "published:cross-entropy")),
    ("only the true class counts", _step(f"{LOSS}/cross-entropy", "only the right class's output counts")),
    ("mini-batches by random choice", _step("learning-digits/batch", "an image can come twice")),
    ("numerical beside analytic derivative, x²", _control("gradient_lab/lab_function", "lab_page_derivative")),
    ("derivative of 0.01x² + 0.1x at 5 and 10", _step(f"{GRADIENT}/slope", "published:derivative")),
    ("its curve with the tangent", _control("gradient_lab/lab_x", "lab_page_derivative")),
    ("partial derivatives", _step(f"{GRADIENT}/arrow", "two slopes")),
    ("the gradient field as arrows", _control("gradient_lab/lab_field", "lab_page_descent")),
    ("arrows need not point to the minimum", _step(f"{GRADIENT}/valley", "does not always point to the lowest")),
    ("descent from (−3, 4), 100 steps", _step(f"{GRADIENT}/descent", "published:descent")),
    ("learning rate too large or too small", _step(f"{GRADIENT}/rate", "What happens at rate 1?")),
    ("fault: an array of integers", _step(f"{FAULTS}/integers", "25000 and 35000")),
    ("… as a switch", _control("gradient_lab/lab_integers", "lab_page_descent")),
    ("fault: the caller's array is changed", _step(f"{FAULTS}/caller", "x -= lr * grad")),
    ("simpleNet: 2 inputs, 3 outputs", Experiment("simple-net", ())),
    (
        "its gradient, all six numbers",
        _control("gradient_lab/lab_backprop", "lab_page_check", "lab_check_view_gradients", experiment="simple-net"),
    ),
    ("its step, number by number", _control("slow_motion/slow_formula", experiment="simple-net")),
    ("four steps: mini-batch, gradient, update, repeat", _step("learning-digits/parts", "change all weights a little")),
    ("TwoLayerNet of any size", _control("network/hidden_layer_1")),
    ("both accuracies at 17 moments: test", _step("learning-digits/whole-run", "published:mnist-accuracies-9600")),
    ("… and training", _step("learning-digits/whole-run", "0.12875, 0.76445, 0.87615")),
    ("test accuracy after 600 steps", _step("learning-digits/six-hundred", "published:mnist-accuracies-600")),
    ("plot of the loss of each mini-batch", _control("loss/loss_legend", experiment="digits")),
    ("… the published figures beside ours", _step("learning-digits/whole-run", "each beside yours")),
    ("plot of both accuracies, with a legend", _control("accuracy/accuracy_legend", experiment="digits")),
)

C = (
    ("SquareLoss", _step(f"{LOSS}/squared", "formula:squared-error")),
    ("y − t is not divided by N", _step(f"{WEIGHTS}/and-random", "does not divide by the number of rows")),
    ("… as a setting", _control("training/reduction", "training_more")),
    ("data in columns, transposed matrices", _control("slow_motion/slow_shapes")),
    ("the layer's forward pass", _step(f"{BACKPROP}/output", "published:worked-first-outputs")),
    ("fault: one bias gradient for all units", _step(f"{FAULTS}/bias", "self.db = dz.sum()")),
    ("… as a setting", _control("network/bias")),
    ("fault: update before the error is passed on", _step(f"{FAULTS}/update", "weights that line 3 has")),
    ("… as a setting", _control("training/update", "training_more")),
    ("how both faults fail a gradient check", _step(f"{BACKPROP}/red", "gradient_check")),
    ("network 2-4-1 on AND", Experiment("and-gate", (4,))),
    ("the four rows and their outputs", _control("boundary/plane_plot")),
    ("loss and outputs every 1,000 steps", _step(f"{WEIGHTS}/and-random", "published:and-gaussian-losses")),
    ("outputs after 10,000 steps", _step(f"{WEIGHTS}/and-random", "published:and-gaussian-outputs")),
    ("the loss falls further if one goes on", _control("training/stop_steps")),
    ("all weights zero", Experiment("and-gate-zeros", (4,))),
    ("… outputs", _step(f"{WEIGHTS}/and-zeros", "published:and-zeros-outputs")),
    ("… every w1 −2.49072772", _step(f"{FAULTS}/bias", "published:and-zeros-w1")),
    ("claim: that is not reasonable", _step(f"{WEIGHTS}/and-zeros", "Article C calls just this result unreasonable")),
    ("all units are alike", _step(f"{WEIGHTS}/and-zeros", "distinct_units")),
    ("first layer 1, second 0", Experiment("and-gate-constant", (4,))),
    ("… outputs", _step(f"{WEIGHTS}/ones", "published:and-constant-outputs")),
    ("open question: why that converges", _step(f"{WEIGHTS}/ones", "leaves the reason open")),
    ("the textbook's way beside it", Experiment("and-gate-textbook", (4,))),
    ("… and w1 −2.177112", _step(f"{FAULTS}/update-mended", "−2.177112")),
    ("XOR from zeros", _step(f"{WEIGHTS}/xor-zeros", "the output stays")),
    ("XOR from ones", _step(f"{WEIGHTS}/ones-xor", "the units can **never become different**")),
    ("zeros with tanh and ReLU", _step(f"{WEIGHTS}/other-units", "0.25 for everybody")),
    ("Mazur's worked example", Experiment("worked-example", (2,))),
    ("… error 0.298371109", _step(f"{BACKPROP}/error", "published:worked-first-error")),
    ("… weights after one step", _step(f"{BACKPROP}/step", "published:worked-w5-w8")),
    ("… error after one step, layer by layer", _step(f"{BACKPROP}/layer-by-layer", "published:worked-layerwise-error")),
    ("… outputs after 10,000 steps", _step(f"{BACKPROP}/long-run", "published:worked-layerwise-outputs")),
)

D = (
    ("a neuron with two inputs", _step("one-neuron/average", "formula:neuron")),
    ("four people, centred", Experiment("height-weight", ())),
    ("activations and their curves", _control("network/activation")),
    ("loss, and cost as its mean", _step("one-neuron/curve", "formula:mean-squared-error")),
    ("chain rule of three factors", _step(f"{BACKPROP}/factors", "formula:chain-rule")),
    ("the gradient of this neuron", _step("one-neuron/why-stuck", "formula:one-neuron-gradient")),
    ("how data flow forward and back", _control("slow_motion/slow_view", experiment="height-weight")),
    ("one row at a time, 100 epochs", _step("one-neuron/vectorised", "One at a time makes 400 corrections")),
    ("the mean loss, every 10 epochs", _control("loss/loss_plot", experiment="height-weight")),
    ("the loss is seen to fall", _step("one-neuron/curve", "It falls in two stages")),
    ("fault: column minus row", _step("one-neuron/broadcast", "a table of 4 × 4")),
    ("… its line of code", _step(f"{FAULTS}/broadcast", "predict(x)]")),
    ("too easy: more people, with noise", _step("one-neuron/noise", "Four people who can be parted")),
    ("… as a setting", _control("data/noise", "data_options", experiment="people")),
    ("many people", Experiment("people", ())),
    ("the vectorised version", _control("training/batch_size", experiment="height-weight")),
    ("a start that learns nothing", _step("one-neuron/stuck", "one start in fifty")),
    ("faults: epoch, ture_value, d_sigmod, x1, self.w", _step(f"{FAULTS}/names", "`d_sigmod`, `x1`")),
    ("fault: print outside the loop", _step(f"{FAULTS}/names", "`print` stands after the loop")),
)

E = (
    ("a picture of several digits is cut", _step("deeper/pieces", "the picture is cut")),
    ("784-15-10", Experiment("mnist-nielsen-15", (15,))),
    ("784-30-10, as in Nielsen's book", Experiment("mnist-nielsen", (30,))),
    ("why 784 and 10", _step("deeper/fifteen", "28 · 28 = 784")),
    ("a 5 goes in, what comes out?", _control("drawing/draw_canvas", experiment="digits")),
    ("any number of layers", _control("network/add_layer")),
    ("weights and biases from N(0, 1)", _step("deeper/fifteen", "weights *and* biases drawn at random")),
    ("feedforward", _control("network_diagram/network_view")),
    ("mini-batches, shuffled each epoch", _control("training/sampling", "training_more")),
    ("eta 3, and others", _step("deeper/rate", "eta 0.01, 3 and 100")),
    ("Epoch 0: n / 10000", _step("deeper/fifteen", "Epoch 0: {right} / 10,000")),
    ("Epochs 0 to 2 of the book, and about 95 %", _step("deeper/thirty", "9,129 / 10,000")),
    ("backprop, from the last layer to the first", _step(f"{BACKPROP}/paths", "formula:delta-hidden")),
    ("evaluate: the largest output", _step("deeper/fifteen", "the largest output is the answer")),
    (
        "what it gets wrong",
        _control("predictions/predictions_confusion", "predictions_view_confusion", experiment="digits"),
    ),
    ("cost_derivative and sigmoid_prime", _step("deeper/wrong", "formula:delta-output")),
    ("what cross-entropy does to them", _step("deeper/entropy", "formula:cross-entropy-delta")),
    ("fault: random.shuffle on an array", _step(f"{FAULTS}/shuffle", "random.shuffle(rows)")),
    ("what hidden units mean", _control("weights/mosaic_view", experiment="digits")),
    ("whether more layers help", _step("deeper/layers", "four such layers")),
    ("the gradient in deep networks", _step("deeper/vanishing", "vanishing gradient")),
    ("the link to MNIST is dead", _control("data/download_button", experiment="mnist-two-layer")),
)

ROWS = tuple(
    Row(letter, what, place)
    for letter, rows in (("A", A), ("B", B), ("C", C), ("D", D), ("E", E))
    for what, place in rows
)
