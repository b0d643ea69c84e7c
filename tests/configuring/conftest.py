"""All configurations of the book, and the tools that read them, where they are installed."""

import os
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from tempfile import mkdtemp

import pytest

from vpnedu.configuring import TARGETS, Configuration, configure
from vpnedu.network.addresses import InputError
from vpnedu.simulation.designs import DESIGNS
from vpnedu.simulation.scenarios import SCENARIOS

EVERYTHING = (*SCENARIOS, *DESIGNS)


def _made(name: str, target: str) -> Configuration | None:
    try:
        return configure(name, target)
    except InputError as none:
        if none.field not in ("--for", "--gateway", "scenario"):
            raise
        return None


# Every scenario and design for every target that has something to say about it.
ALL = {
    (name, target): made
    for name in EVERYTHING
    for target in TARGETS
    if (made := _made(name, target)) is not None
}


def of(target: str) -> list[Configuration]:
    """All configurations for one target."""
    return [made for (_, asked), made in ALL.items() if asked == target]


def tool(name: str) -> str:
    """Where a program is. Without it a test is skipped; in CI it fails."""
    found = shutil.which(name) or shutil.which(name, path="/usr/sbin:/usr/lib/ipsec")
    if found is None and not os.environ.get("CI"):
        pytest.skip(f"{name} is not installed (.ci/setup gateways)")
    assert found is not None, f"{name} is not installed: .ci/setup gateways"
    return found


CHARON = """
charon {{
  load = random nonce openssl aes gcm sha1 sha2 hmac kdf kernel-netlink socket-default vici
  install_routes = no
  plugins {{
    vici {{
      socket = unix://{folder}/vici
    }}
  }}
}}
"""
# In a network of its own: what charon puts into the kernel is gone when it ends.
LOADED = """
set -u
mount -t tmpfs none /run
ip link set lo up
{charon} >/dev/null 2>&1 &
for try in $(seq 100); do
  swanctl --stats --uri unix://{folder}/vici >/dev/null 2>&1 && break
  sleep 0.05
done
swanctl --load-creds --file {file} --uri unix://{folder}/vici 2>&1
swanctl --load-conns --file {file} --uri unix://{folder}/vici 2>&1
echo ---
ip xfrm policy
kill $!
wait
"""

Loading = Callable[[str], tuple[str, str]]


@pytest.fixture
def loaded() -> Loading:
    """`loaded(text)` has a real charon load it: what swanctl said, and the kernel's policies."""
    charon, _ = tool("charon"), tool("swanctl")
    if os.geteuid() != 0:
        assert not os.environ.get("CI"), "charon needs root"
        pytest.skip("charon needs root")

    alone = ["unshare", "--net", "--mount"]
    if subprocess.run([*alone, "true"], capture_output=True, check=False).returncode:
        pytest.skip("this machine allows no network of one's own, and charon must not touch its")

    def load(text: str) -> tuple[str, str]:
        # A socket's path may have 107 bytes, and pytest's folders have long names.
        folder = Path(mkdtemp(prefix="vpnedu-"))
        try:
            settings, file = folder / "strongswan.conf", folder / "swanctl.conf"
            settings.write_text(CHARON.format(folder=folder), encoding="utf-8")
            file.write_text(text, encoding="utf-8")
            script = LOADED.format(charon=charon, folder=folder, file=file)
            done = subprocess.run(
                [*alone, "sh", "-c", script],
                env={**os.environ, "STRONGSWAN_CONF": str(settings)},
                capture_output=True, text=True, check=True, timeout=30,
            )  # fmt: skip
        finally:
            shutil.rmtree(folder)
        said, _, policies = done.stdout.partition("---\n")
        return said, policies

    return load


def with_keys(text: str) -> str:
    """A file of secrets with something in the place of each placeholder."""
    return re.sub(r"\{PSK_[A-Z0-9_]+\}", '"a key for tests"', text)
