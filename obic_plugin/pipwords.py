"""What pip says when it fails, and what to do about it."""

from __future__ import annotations

import os
import re
import signal
import sys
from pathlib import Path

OFFLINE = (
    "This computer does not reach the package index. Without a network: on another computer with the same "
    "system and Python {python}, run 'pip download {requirements}', copy the files here, set the variables "
    "PIP_NO_INDEX=1 and PIP_FIND_LINKS=<that folder>, start QGIS from there and install again. "
    "Behind a proxy: set HTTPS_PROXY=http://host:port, with user:password@ before the host where it asks for them."
)
NO_PIP = "This Python has no pip. On Debian and Ubuntu: sudo apt install python3-pip; then install again."
PROXY = (
    "Set HTTPS_PROXY=http://host:port in the environment before QGIS starts, with user:password@ before the host where "
    "the proxy asks for them."
)
SOCKS = (
    "pip needs the package PySocks for a SOCKS proxy, and this Python lacks it: choose an HTTP proxy in QGIS's "
    "network settings, or install PySocks into QGIS's Python."
)
CERTIFICATE = "Set PIP_CERT=<file with your organization's certificates> before QGIS starts."
NO_HTTPS = (
    "This Python cannot speak https, since it does not find QGIS's OpenSSL: start QGIS from its own icon, or "
    "install from the OSGeo4W shell with 'python3 -m obic_plugin.dependencies'."
)
DISK = (
    "Free some space on the disk of {folder}, or set OBIC_PACKAGES to a folder on another; PyTorch takes "
    "1 GB, with CUDA up to 8."
)
LONG_PATH = "Windows takes no paths that long: set OBIC_PACKAGES to a short one, such as C:\\obic."
CONFLICT = (
    "QGIS's own packages stay as they are, and these do not fit them: update the one that is too old, or ask "
    "for an older PyTorch (torch==2.1.2 runs with an old typing_extensions)."
)
NO_BUILD = (
    "There is no such build for Python {python} on this system: ask for another version, or set "
    "PIP_FIND_LINKS to a folder that has its wheel."
)
NO_WHEEL = (
    "PIP_NO_INDEX is set, and the folder {shelf} lacks a wheel for Python {python} on this system: "
    "on another computer of this kind run 'pip download {requirements}' and copy the files there."
)
FORBIDDEN = "Set OBIC_PACKAGES to a folder that you may write to."
NEUTRAL = "Nothing was changed. All that pip said is in the log panel of QGIS, under OBIC."
ADVICE = (
    (r"No module named pip", NO_PIP),
    (r"Missing dependencies for SOCKS|SOCKS support", SOCKS),
    (r"ProxyError|Cannot connect to proxy|407 Proxy", PROXY),
    (r"ssl module in Python is not available|SSL module is not available", NO_HTTPS),
    (r"CERTIFICATE_VERIFY_FAILED|SSLError", CERTIFICATE),
    (r"No space left|Errno 28|WinError 112", DISK),
    (r"WinError 206|Long Path support", LONG_PATH),
    (
        r"NewConnectionError|NameResolutionError|name resolution|getaddrinfo|timed out|Network is unreachable",
        OFFLINE,
    ),
    (r"ResolutionImpossible|conflicting dependencies", CONFLICT),
    (r"No matching distribution", NO_BUILD),
    (r"Permission denied|WinError 5\b", FORBIDDEN),
)


def failure(lines: list[str], code: int, requirements: list[str], folder: Path, place: str = "") -> str:
    """pip's last words, and what to do about them; ``code`` is its exit status, ``place`` where it was to look too."""
    text = "\n".join(lines)
    conflict = re.search(r"The conflict is caused by:\n(.*?)\nTo fix this", text, re.DOTALL)
    words = [line for line in lines if re.match("error", line, re.IGNORECASE)][-3:] or lines[-3:]
    if conflict:
        words = list(dict.fromkeys(line.strip() for line in conflict[1].split("\n")))
    if code < 0:
        words = [f"It was ended by signal {ended_by(code)}, as happens where memory is short."]
    advice = next((advice for pattern, advice in ADVICE if re.search(pattern, text, re.IGNORECASE)), NEUTRAL)
    if advice == NO_BUILD and os.environ.get("PIP_NO_INDEX"):
        advice = NO_WHEEL
    advice = advice.format(
        python=f"{sys.version_info.major}.{sys.version_info.minor}",
        folder=folder,
        requirements=" ".join([*requirements, *(["--extra-index-url", place] if place else [])]),
        shelf=os.environ.get("PIP_FIND_LINKS") or "(PIP_FIND_LINKS names none)",
    )
    return f"pip could not install {', '.join(requirements)}. {'; '.join(words)}\n{NEUTRAL if code < 0 else advice}"


def ended_by(code: int) -> str:
    """The signal of a negative exit status.

    >>> ended_by(-9)
    '9 (SIGKILL)'
    """
    try:
        return f"{-code} ({signal.Signals(-code).name})"
    except ValueError:
        return str(-code)
