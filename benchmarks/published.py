"""The published method, plainly: Chen, He, Wang, Zhu, Liao, Zhang, *A Superpixel-Guided Unsupervised Fast Semantic
Segmentation Method of Remote Sensing Images*, IEEE GRSL 2022, written from the paper's description.

Felzenszwalb superpixels of the whole image; a small fully convolutional network with 32 classes at first; windows
of 512 px, one a step, in random order, ten times; the target of a pixel is the commonest label in its
superpixel in that window. Then the windows again, shares summed where they overlap, argmax, small regions sieved.
The values of the last epoch are taken, as published.

Slow: minutes for each megapixel. Results are kept in build/benchmarks/published.json, the maps beside it.

    python -m benchmarks.published loveda_01 dubai_01_crop
"""

from __future__ import annotations

import argparse
import json
import time
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import torch
from osgeo import gdal
from torch import nn
from torch.nn import functional

from obic_plugin.engine.raster.reader import Patch
from obic_plugin.engine.training.adam import Adam

from . import BUILD
from .scenes import Pixels, Scene, scenes
from .scores import score


@dataclass(frozen=True)
class Settings:
    """The published ones."""

    scale: float = 32
    sigma: float = 0.5
    min_size: int = 64
    classes: int = 32
    width: int = 64
    window_px: int = 512
    stride_px: int = 448
    epochs: int = 10
    learning_rate: float = 1e-3
    sieve_px: int = 20


class SuperpixelFCN(nn.Module):
    """Image (N, B, h, w) to scores (N, K, h, w); h and w are multiples of 4.

    Two poolings down and two nearest upsamplings back, five 3x3 convolutions of ``width`` channels,
    each with batch normalization and ReLU, then a 1x1 convolution to the classes, normalized too: so no
    class can win everywhere by its bias alone.
    """

    def __init__(self, n_bands: int, n_classes: int, width: int = 64):
        super().__init__()
        self.layers = nn.Sequential(
            *_convolution(n_bands, width),
            nn.MaxPool2d(2),
            *_convolution(width, width),
            nn.MaxPool2d(2),
            *_convolution(width, width),
            nn.Upsample(scale_factor=2, mode="nearest"),
            *_convolution(width, width),
            nn.Upsample(scale_factor=2, mode="nearest"),
            *_convolution(width, width),
            nn.Conv2d(width, n_classes, 1),
            nn.BatchNorm2d(n_classes),
        )

    def forward(self, image: torch.Tensor) -> torch.Tensor:
        return self.layers(image.contiguous(memory_format=torch.channels_last))


def _convolution(n_in: int, n_out: int) -> list:
    return [nn.Conv2d(n_in, n_out, 3, padding=1), nn.BatchNorm2d(n_out), nn.ReLU(inplace=True)]


def window_starts(size_px: int, window_px: int, stride_px: int) -> list:
    """Where windows start along one axis; the last one is shifted inside."""
    last = max(size_px - window_px, 0)
    return [*range(0, last, stride_px), last]


def published_map(image: np.ndarray, seed: int, settings: Settings, say=lambda text: None) -> np.ndarray:
    """(h, w) uint8 labels from 0 of an image (B, h, w) float32 in 0..1."""
    from skimage.segmentation import felzenszwalb

    height, width = image.shape[1:]
    image = np.pad(image, ((0, 0), (0, -height % 4), (0, -width % 4)), "edge")
    options = {"scale": settings.scale, "sigma": settings.sigma, "min_size": settings.min_size}
    regions = felzenszwalb(np.moveaxis(image, 0, -1), channel_axis=-1, **options)
    torch.manual_seed(seed)
    network = SuperpixelFCN(len(image), settings.classes, settings.width).to(
        memory_format=torch.channels_last
    )
    windows = _windows(regions.shape, settings)
    _train(network, image, regions, windows, seed, settings, say)
    labels = _predict(network, image, windows, settings)
    return sieved(labels[:height, :width], settings.sieve_px)


def _windows(shape: tuple, settings: Settings) -> list:
    rows, cols = (window_starts(size, settings.window_px, settings.stride_px) for size in shape)
    size = settings.window_px
    return [np.s_[row : row + size, col : col + size] for row in rows for col in cols]


def _train(network, image, regions, windows, seed, settings, say) -> None:
    random = np.random.default_rng(seed)
    optimizer = Adam(network.parameters(), settings.learning_rate)
    network.train()
    for epoch in range(settings.epochs):
        losses = []
        for index in random.permutation(len(windows)):
            scores = network(_part(image, windows[index]))
            labels = scores.detach()[0].argmax(0).numpy()
            target = majority(labels, regions[windows[index]], settings.classes)
            loss = functional.cross_entropy(scores, torch.from_numpy(target)[None])
            loss.backward()
            optimizer.step()
            losses.append(float(loss.detach()))
        say(f"epoch {epoch + 1}: loss {np.mean(losses):.3f}")


def _predict(network, image, windows, settings) -> np.ndarray:
    network.eval()
    shares = np.zeros((settings.classes, *image.shape[1:]), np.float32)
    with torch.inference_mode():
        for here in windows:
            shares[(slice(None), *here)] += network(_part(image, here)).softmax(1)[0].numpy()
    return shares.argmax(0).astype(np.uint8)


def _part(image: np.ndarray, here: tuple) -> torch.Tensor:
    return torch.from_numpy(image[(slice(None), *here)].copy())[None]


def majority(labels: np.ndarray, regions: np.ndarray, n_classes: int) -> np.ndarray:
    """(h, w) int64: the commonest label in each pixel's region; of equally common ones the lowest."""
    names, numbers = np.unique(regions, return_inverse=True)
    numbers = numbers.reshape(regions.shape)
    votes = np.bincount((numbers * n_classes + labels).ravel(), minlength=len(names) * n_classes)
    return votes.reshape(len(names), n_classes).argmax(1)[numbers]


def sieved(labels: np.ndarray, least_px: int) -> np.ndarray:
    """Labels without regions smaller than ``least_px``, as GDAL's sieve merges them."""
    dataset = gdal.GetDriverByName("MEM").Create("", *labels.shape[::-1], 1, gdal.GDT_Byte)
    band = dataset.GetRasterBand(1)
    band.WriteArray(labels)
    gdal.SieveFilter(band, None, band, least_px, 4)
    return band.ReadAsArray()


def zero_to_one(pixels: Pixels) -> np.ndarray:
    """(B, h, w) float32: bytes divided by 255 as published, anything else by the plugin's own scaling."""
    if pixels.data_type == "Byte":
        return pixels.varying / 255
    return pixels.scaling(Patch(pixels.values, pixels.valid)).values


class Cache:
    """What has been measured, by scene, settings and seed."""

    def __init__(self, path: Path = BUILD / "published.json"):
        self.path = path

    def __call__(self, scene: Scene, seed: int, settings: Settings = Settings()) -> dict | None:
        """{"ami", "classes", "seconds"}, or None where it has not been run."""
        return self._read().get(self._key(scene, seed, settings))

    def keep(self, scene: Scene, seed: int, settings: Settings, result: dict) -> None:
        known = {**self._read(), self._key(scene, seed, settings): result}
        self.path.parent.mkdir(parents=True, exist_ok=True)
        written = self.path.with_suffix(".new")
        written.write_text(json.dumps(known, indent=1))
        written.replace(self.path)

    def _read(self) -> dict:
        return json.loads(self.path.read_text()) if self.path.exists() else {}

    @staticmethod
    def _key(scene: Scene, seed: int, settings: Settings) -> str:
        return json.dumps({"scene": scene.name, "seed": seed, **asdict(settings)})


def measure(scene: Scene, seed: int, settings: Settings, cache: Cache) -> dict:
    """Run the method on one scene and keep the result."""
    pixels, started = scene.read(), time.monotonic()
    labels = published_map(zero_to_one(pixels), seed, settings, lambda text: print(f"  {text}", flush=True))
    seconds = time.monotonic() - started
    ami, n_classes = score(labels + 1, pixels)
    result = {"ami": ami, "classes": n_classes, "seconds": seconds, "threads": torch.get_num_threads()}
    path = cache.path.parent / "published" / f"{scene.name}_{seed}_{settings.epochs}.tif"
    path.parent.mkdir(parents=True, exist_ok=True)
    gdal.Translate(str(path), _in_memory(labels), creationOptions=["COMPRESS=DEFLATE"])
    cache.keep(scene, seed, settings, result)
    return result


def _in_memory(labels: np.ndarray):
    dataset = gdal.GetDriverByName("MEM").Create("", *labels.shape[::-1], 1, gdal.GDT_Byte)
    dataset.GetRasterBand(1).WriteArray(labels)
    return dataset


def main() -> None:
    parser = argparse.ArgumentParser(description="Run the published method where it has not been run yet.")
    parser.add_argument(
        "scenes", nargs="*", help="names; NAME_crop is the center of a scene; without one, all"
    )
    parser.add_argument("--seeds", type=int, nargs="+", default=[0])
    parser.add_argument("--epochs", type=int, default=Settings.epochs)
    parser.add_argument("--threads", type=int, default=0, help="of PyTorch; 0 is as many as there are cores")
    arguments = parser.parse_args()
    if arguments.threads:
        torch.set_num_threads(arguments.threads)
    settings, cache = Settings(epochs=arguments.epochs), Cache()
    for scene in scenes(arguments.scenes):
        for seed in arguments.seeds:
            if cache(scene, seed, settings) is None:
                print(f"{scene.name}, seed {seed}", flush=True)
                result = measure(scene, seed, settings, cache)
                print(
                    f"  AMI {result['ami']:.3f}, {result['classes']} classes, {result['seconds']:.0f} s",
                    flush=True,
                )


if __name__ == "__main__":
    main()
