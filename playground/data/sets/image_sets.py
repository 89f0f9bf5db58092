"""What MNIST and Fashion-MNIST are: files, checksums, where they can be fetched, classes."""

from dataclasses import dataclass

from playground.language import N_


@dataclass(frozen=True)
class ImageFile:
    """One of the four files; `md5` is of its unpacked bytes, `size` of what is downloaded (about)."""

    name: str
    md5: str
    size: int


@dataclass(frozen=True)
class ImageSet:
    """A data set of four IDX files.

    Attributes
    ----------
    files
        Training images, training labels, test images, test labels.
    mirrors
        Addresses of folders, in the order in which they are tried.
    folders
        Where other programs keep it, below a data folder (torchvision first); "" is the folder itself.
    archive
        Its name among Keras's files, if it has one there.
    first_labels
        The first ten training labels: they tell two sets with the same file names apart.
    """

    name: str
    label: str
    files: tuple[ImageFile, ImageFile, ImageFile, ImageFile]
    mirrors: tuple[str, ...]
    folders: tuple[str, ...]
    archive: str
    first_labels: bytes
    class_names: tuple[str, ...]
    target: str
    source: str


TRAIN_IMAGES, TRAIN_LABELS = "train-images-idx3-ubyte", "train-labels-idx1-ubyte"
TEST_IMAGES, TEST_LABELS = "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte"

MNIST = ImageSet(
    name="mnist",
    label="MNIST",
    files=(
        ImageFile(TRAIN_IMAGES, "6bbc9ace898e44ae57da46a324031adb", 9_912_422),
        ImageFile(TRAIN_LABELS, "a25bea736e30d166cdddb491f175f624", 28_881),
        ImageFile(TEST_IMAGES, "2646ac647ad5339dbf082846283269ea", 1_648_877),
        ImageFile(TEST_LABELS, "27ae3e4e09519cfbb04c329615203637", 4_542),
    ),
    mirrors=(
        "https://ossci-datasets.s3.amazonaws.com/mnist/",
        "https://storage.googleapis.com/cvdf-datasets/mnist/",
    ),
    folders=("", "MNIST/raw", "mnist"),
    archive="mnist.npz",
    first_labels=bytes([5, 0, 4, 1, 9, 2, 1, 3, 1, 4]),
    class_names=tuple("0123456789"),
    target=N_("digit"),
    source=N_("Y. LeCun, C. Cortes and C. J. C. Burges, The MNIST database of handwritten digits, CC BY-SA 3.0."),
)

FASHION = ImageSet(
    name="fashion-mnist",
    label="Fashion-MNIST",
    files=(
        ImageFile(TRAIN_IMAGES, "f4a8712d7a061bf5bd6d2ca38dc4d50a", 26_421_880),
        ImageFile(TRAIN_LABELS, "9018921c3c673c538a1fc5bad174d6f9", 29_515),
        ImageFile(TEST_IMAGES, "8181f5470baa50b63fa0f6fddb340f0a", 4_422_102),
        ImageFile(TEST_LABELS, "15d484375f8d13e6eb1aabb0c3f46965", 5_148),
    ),
    mirrors=(
        "https://raw.githubusercontent.com/zalandoresearch/fashion-mnist/master/data/fashion/",
        "http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/",
        "https://storage.googleapis.com/tensorflow/tf-keras-datasets/",
    ),
    folders=("FashionMNIST/raw", "fashion-mnist", "fashion", "fashion_mnist", ""),
    archive="",
    first_labels=bytes([9, 0, 0, 3, 0, 2, 7, 2, 5, 5]),
    class_names=(
        N_("T-shirt/top"),
        N_("Trouser"),
        N_("Pullover"),
        N_("Dress"),
        N_("Coat"),
        N_("Sandal"),
        N_("Shirt"),
        N_("Sneaker"),
        N_("Bag"),
        N_("Ankle boot"),
    ),
    target=N_("article"),
    source=N_("H. Xiao, K. Rasul and R. Vollgraf (2017), Fashion-MNIST, arXiv 1708.07747, MIT licence, Zalando SE."),
)

IMAGE_SETS = {MNIST.name: MNIST, FASHION.name: FASHION}
