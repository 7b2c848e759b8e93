"""Memory of answers is kept, where the C library can be told to."""

import platform

from config.memory import keep_memory


def test_it_is_told_to_the_gnu_library_and_harmless_elsewhere():
    assert keep_memory() is (platform.libc_ver()[0] == "glibc")


def test_a_library_without_the_function_is_left_alone(monkeypatch):
    monkeypatch.setattr("ctypes.CDLL", lambda name: object())

    assert keep_memory() is False
