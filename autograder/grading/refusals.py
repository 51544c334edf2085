"""System calls that a student's code is refused, by a seccomp filter: none that a notebook needs.

They are the ones by which programs have broken out of namespaces before, or
could look into other processes. A refused call fails with EPERM, as it does for
anybody without rights; `clone3` fails with ENOSYS, so that the C library falls
back on `clone`, whose flags a filter can see.
"""

import ctypes
import errno
import platform
import struct
import sys

_REFUSED = {
    "x86_64": {
        "ptrace": 101, "pivot_root": 155, "chroot": 161, "acct": 163, "mount": 165, "umount2": 166,
        "swapon": 167, "swapoff": 168, "reboot": 169, "init_module": 175, "delete_module": 176,
        "kexec_load": 246, "add_key": 248, "request_key": 249, "keyctl": 250, "unshare": 272,
        "move_pages": 279, "perf_event_open": 298, "open_by_handle_at": 304, "setns": 308,
        "process_vm_readv": 310, "process_vm_writev": 311, "finit_module": 313, "kexec_file_load": 320,
        "bpf": 321, "userfaultfd": 323, "io_uring_setup": 425, "open_tree": 428, "move_mount": 429,
        "fsopen": 430, "fsconfig": 431, "fsmount": 432, "fspick": 433, "pidfd_getfd": 438,
        "mount_setattr": 442,
    },
    "aarch64": {
        "umount2": 39, "mount": 40, "pivot_root": 41, "chroot": 51, "acct": 89, "unshare": 97,
        "kexec_load": 104, "init_module": 105, "delete_module": 106, "ptrace": 117, "reboot": 142,
        "add_key": 217, "request_key": 218, "keyctl": 219, "swapon": 224, "swapoff": 225,
        "move_pages": 239, "perf_event_open": 241, "open_by_handle_at": 265, "setns": 268,
        "process_vm_readv": 270, "process_vm_writev": 271, "finit_module": 273, "bpf": 280,
        "userfaultfd": 282, "kexec_file_load": 294, "io_uring_setup": 425, "open_tree": 428,
        "move_mount": 429, "fsopen": 430, "fsconfig": 431, "fsmount": 432, "fspick": 433,
        "pidfd_getfd": 438, "mount_setattr": 442,
    },
}  # fmt: skip
_CLONE = {"x86_64": 56, "aarch64": 220}
_CLONE3 = 435
#: As the system names them to a filter.
_ARCHITECTURE = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
#: Numbers from here on are x86-64's second set of the same calls.
_SECOND_SET = 0x40000000
#: clone's flags for new namespaces: mounts, cgroup, host name, ipc, users, processes, network.
_NEW_NAMESPACES = 0x00020000 | 0x02000000 | 0x04000000 | 0x08000000 | 0x10000000 | 0x20000000 | 0x40000000

_LOAD, _JUMP_EQUAL, _JUMP_AT_LEAST, _JUMP_BITS, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
_ALLOW, _FAIL = 0x7FFF0000, 0x00050000
_NUMBER, _MACHINE, _FIRST_ARGUMENT = 0, 4, 16
_PR_SET_SECCOMP, _FILTER = 22, 2


def program(machine: str) -> bytes:
    """The filter for a machine, such as ``x86_64``, in the system's own language."""
    refuse, unknown = _FAIL | errno.EPERM, _FAIL | errno.ENOSYS
    lines = [
        (_LOAD, 0, 0, _MACHINE),
        (_JUMP_EQUAL, 1, 0, _ARCHITECTURE[machine]),
        (_RETURN, 0, 0, refuse),  # calls of another architecture, such as 32-bit ones
        (_LOAD, 0, 0, _NUMBER),
        (_JUMP_AT_LEAST, 0, 1, _SECOND_SET),
        (_RETURN, 0, 0, refuse),
        (_JUMP_EQUAL, 0, 1, _CLONE3),
        (_RETURN, 0, 0, unknown),
    ]
    for number in sorted(_REFUSED[machine].values()):
        lines += [(_JUMP_EQUAL, 0, 1, number), (_RETURN, 0, 0, refuse)]
    lines += [
        (_JUMP_EQUAL, 0, 3, _CLONE[machine]),
        (_LOAD, 0, 0, _FIRST_ARGUMENT),
        (_JUMP_BITS, 0, 1, _NEW_NAMESPACES),
        (_RETURN, 0, 0, refuse),
        (_RETURN, 0, 0, _ALLOW),
    ]
    return b"".join(struct.pack("HBBI", *line) for line in lines)


def install() -> bool:
    """Refuse these calls to this process and all that it starts; whether that is possible here.

    The process must have `no_new_privs` set. Where the system or the machine has
    no such filter, the walls still stand: it makes them thicker.
    """
    machine = platform.machine()
    if machine not in _REFUSED or sys.byteorder != "little" or struct.calcsize("P") != 8:
        return False
    text = program(machine)
    instructions = ctypes.create_string_buffer(text, len(text))
    described = struct.pack("HxxxxxxP", len(text) // 8, ctypes.addressof(instructions))
    library = ctypes.CDLL(None, use_errno=True)
    said = library.prctl(_PR_SET_SECCOMP, _FILTER, ctypes.c_char_p(described), 0, 0)
    return bool(said == 0)
