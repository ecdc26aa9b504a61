"""Where a tool's repository, state and restored files are: a file system made anew for each tool.

ext4 does not use the inodes of deleted files again for a while and searches past them for every file it creates, so
whoever comes after a large `rm -rf` is two to five times slower than it should be. A new file system has no past.
"""

import os
import shutil
import subprocess
from pathlib import Path

from .measure import must

SIZE = 24 << 30
INODES = 3_000_000


class Volume:
    """An empty directory `path`, on a file system of its own if we are root."""

    def __init__(self, work: Path):
        self._image = work / "volume.img"
        self.path = work / "volume"
        self.own_file_system = os.geteuid() == 0 and shutil.which("mkfs.ext4") is not None

    def renew(self) -> None:
        """Empties it."""
        self.remove()
        self.path.mkdir(parents=True)
        if self.own_file_system:
            with open(self._image, "wb") as image:
                image.truncate(SIZE)
            must(["mkfs.ext4", "-q", "-F", "-m", "0", "-N", str(INODES), str(self._image)])
            # Otherwise a thread of the kernel fills the inode tables while the tools run.
            must(["mount", "-o", "loop,noinit_itable", str(self._image), str(self.path)])

    def remove(self) -> None:
        """Takes it away."""
        if os.path.ismount(self.path):
            must(["umount", str(self.path)])
        subprocess.run(["chmod", "-R", "u+w", str(self.path)], stderr=subprocess.DEVNULL, check=False)
        shutil.rmtree(self.path, ignore_errors=True)
        self._image.unlink(missing_ok=True)

    @property
    def remark(self) -> str:
        """What a reader of the results must know about it."""
        if self.own_file_system:
            return "a new ext4 for each tool (loop device)"
        return "a plain directory, as only root can mount: what creates many files may suffer from the runs before"
