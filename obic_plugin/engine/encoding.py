"""How an encoder looks at an image: which channels it sees, and at what resolution."""

from __future__ import annotations

from .nets.imagefeatures import LAST, ImageFeatures
from .nets.imagenet import lacking, pretrained_encoder
from .progress import Progress
from .raster.display import Display
from .raster.reader import RasterReader
from .raster.scaling import Scaling

SMALL_PX = 750_000  # images of fewer pixels are enlarged for the encoder


def image_features(
    encoder: str,
    loss: str,
    reader: RasterReader,
    display: Display,
    scaling: Scaling,
    progress: Progress,
    n_px: int | None = None,
    block: int | None = None,
    views: int = 1,
) -> ImageFeatures:
    """What looks at an image; without the weights of its encoder it says what is lost: ``loss``. ``n_px`` is how many
    pixels will be looked at, where that is not the image alone; ``block`` that of `block_px`, if it is another; of
    ``views`` there may be several (see `ImageFeatures`)."""
    lost = lacking(loss) if encoder == "imagenet" else ""
    if lost:
        progress.say(lost)
    sees = encoder == "imagenet" and not lost
    block = block or block_px(reader, n_px)
    features = ImageFeatures(scaling.n_channels, seen_channels(display, scaling), sees, block, views)
    if sees:
        features.encoder = pretrained_encoder(3, features.stride_px).fold()
    return features.eval()


def seen_channels(display: Display, scaling: Scaling) -> list:
    """The channels that an encoder sees as red, green and blue: those of the bands that are shown so, where they are
    channels; else the first three, or the last one again."""
    if scaling.components is None and set(display.bands) <= set(scaling.keep):
        return [scaling.keep.index(int(band)) for band in display.bands]
    return [min(i, scaling.n_channels - 1) for i in range(3)]


def all_seen(display: Display, scaling: Scaling) -> list:
    """The channels that an encoder of all of them sees: `seen_channels` first, then the others."""
    first = seen_channels(display, scaling)
    return first + [n for n in range(scaling.n_channels) if n not in first]


def block_px(reader: RasterReader, n_px: int | None = None) -> int:
    """How many pixels are 16 of the encoder's: small images (of ``n_px``) are enlarged for it.

    Large ones of 10 m are not, which would take four times as long: their maps are about as good without.
    """
    return LAST // 2 if (n_px or reader.work.size) < SMALL_PX else LAST
