"""The process that query workers are forked from: it has imported all they need, so that one is there in milliseconds.

Workers are ended by hundreds when hostile queries come, and the start of a Python process with its imports takes a
quarter of a second of processor time.  The server itself cannot fork them: it has threads, and the graph open.  The
nursery has neither, and has drawn no random numbers that its children would share.  Both ends of it are in this module.

Run as `python -m server.query_nursery MEMORY ALARM` with a socket as standard input.
"""

from __future__ import annotations

import errno
import gc
import os
import socket
import struct
import subprocess
import sys
import threading
import time
import traceback
from collections.abc import Callable, Sequence
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import Final, NoReturn

_MESSAGE: Final = struct.Struct(">ci")
_FORK, _REAP, _REPLY = b"F", b"R", b"A"
#: The reply to `_REAP` while the process is still there; no exit code is so large.
_NOT_YET: Final = 1 << 20
_PATIENCE: Final = 0.002


class NurseryLost(Exception):
    """The nursery is gone, or cannot fork; the message says why."""


class Nursery:
    """The server's end; safe to use from many threads.

    Args:
        memory: bytes of address space that a worker may have.
        alarm: seconds after which a worker that works on without a server ends itself.
    """

    def __init__(self, memory: int, alarm: int) -> None:
        ours, theirs = socket.socketpair()
        code = str(Path(__file__).resolve().parent.parent)
        path = os.pathsep.join(filter(None, (code, os.environ.get("PYTHONPATH"))))
        with theirs:
            self._process = subprocess.Popen(
                # -P: a folder `kg` where the server was started is not to be imported.
                [sys.executable, "-P", "-m", "server.query_nursery", str(memory), str(alarm)],
                stdin=theirs.fileno(),
                stdout=subprocess.DEVNULL,
                env=_environment(path),
                start_new_session=True,  # Ctrl-C on the terminal is for the server, which ends its workers itself
            )
        self._socket = ours
        self._lock = threading.Lock()
        self._lost = False

    @property
    def lost(self) -> bool:
        """Whether it is gone."""
        return self._lost

    def fork(self, stdin: int, stdout: int, stderr: int) -> int:
        """Start a worker over these descriptors; its process id.

        Raises:
            NurseryLost: it cannot.
        """
        pid = self._ask(_FORK, 0, (stdin, stdout, stderr))
        if pid < 0:
            raise NurseryLost(os.strerror(-pid))
        return pid

    def reap(self, pid: int) -> int | None:
        """Wait until a worker has ended; its exit code as `subprocess` has it, or None where nobody knows.

        Until then its process id is not given to another.
        """
        try:
            while (code := self._ask(_REAP, pid)) == _NOT_YET:
                time.sleep(_PATIENCE)
        except NurseryLost:
            return None
        return code

    def close(self) -> None:
        """End it."""
        self._lost = True
        with suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)
        try:
            self._process.wait(1)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        with self._lock:
            self._socket.close()

    def _ask(self, kind: bytes, number: int, descriptors: Sequence[int] = ()) -> int:
        with self._lock:
            try:
                socket.send_fds(self._socket, [_MESSAGE.pack(kind, number)], descriptors)
                reply = self._socket.recv(_MESSAGE.size, socket.MSG_WAITALL)
            except OSError as error:
                self._lost = True
                raise NurseryLost(str(error)) from error
        if len(reply) < _MESSAGE.size:
            self._lost = True
            raise NurseryLost("the process that query workers are forked from has ended")
        found: int = _MESSAGE.unpack(reply)[1]
        return found


def _environment(path: str) -> dict[str, str]:
    """What a worker may know: no secrets; one arena, since each further one would take 64 MiB of limited memory."""
    from server.tokens import VARIABLE  # noqa: PLC0415  # the nursery itself has no need of Flask

    kept = {name: value for name, value in os.environ.items() if name != VARIABLE}
    # OpenBLAS, which numpy brings along, would start threads, that do not survive a fork.
    return {**kept, "PYTHONPATH": path, "MALLOC_ARENA_MAX": "1", "OPENBLAS_NUM_THREADS": "1"}


def main(arguments: Sequence[str]) -> None:
    """Fork workers until the server is gone."""
    from server import query_evaluation  # noqa: PLC0415  # the server imports this module too

    gc.collect()
    gc.freeze()  # so that the children share these pages for good
    # The server may be gone before it has the reply, on Ctrl-C for one.
    with socket.socket(fileno=os.dup(0)) as server, suppress(BrokenPipeError, ConnectionResetError):
        while True:
            message, descriptors, _, _ = socket.recv_fds(server, _MESSAGE.size, 3)
            if len(message) < _MESSAGE.size:
                return
            kind, number = _MESSAGE.unpack(message)
            if kind == _REAP:
                server.sendall(_MESSAGE.pack(_REPLY, _exit_code(number)))
                continue
            try:
                pid = os.fork()
            except OSError as error:
                pid = -(error.errno or errno.EAGAIN)
            if pid == 0:
                server.close()
                _work(descriptors, lambda: query_evaluation.main(arguments))
            for descriptor in descriptors:
                os.close(descriptor)
            server.sendall(_MESSAGE.pack(_REPLY, pid))
            if "numpy" not in sys.modules:  # for all but the first, which is to be there at once
                import_module("numpy")
                gc.freeze()


def _exit_code(pid: int) -> int:
    try:
        ended, status = os.waitpid(pid, os.WNOHANG)
    except ChildProcessError:
        return 0
    return os.waitstatus_to_exitcode(status) if ended else _NOT_YET


def _work(descriptors: Sequence[int], work: Callable[[], None]) -> NoReturn:
    """Be a worker over these descriptors, and nothing after that."""
    code = 1
    try:
        for target, descriptor in enumerate(descriptors):
            os.dup2(descriptor, target)
            os.close(descriptor)
        work()
        code = 0
    except BaseException:  # noqa: BLE001  # told to the server, which reads it; nothing of the nursery may go on here
        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(code)


if __name__ == "__main__":
    main(sys.argv[1:])
