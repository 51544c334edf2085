"""Listening at methods of other libraries, and putting everything back afterwards."""

import functools
import logging
from collections.abc import Callable
from typing import Any


class Patches:
    """Wraps methods while its block is open."""

    def __init__(self) -> None:
        self._undo: list[Callable[[], None]] = []

    def __enter__(self) -> "Patches":
        return self

    def __exit__(self, *error: Any) -> None:
        while self._undo:
            self._undo.pop()()

    def wrap(self, owner: type, name: str, listener: Callable[..., Any]) -> None:
        """Let ``listener(call, self, *args)`` run in place of a method; `call(*args)` is the original."""
        original = owner.__dict__[name]

        @functools.wraps(original)
        def method(self: Any, *args: Any, **kwargs: Any) -> Any:
            return listener(functools.partial(original, self), self, *args, **kwargs)

        setattr(owner, name, method)
        self._undo.append(lambda: setattr(owner, name, original))

    def listen_to(self, module: Any, name: str, listener: Callable[..., None]) -> None:
        """Call ``listener(*args)`` before a function of a module is called."""
        original = getattr(module, name)

        @functools.wraps(original)
        def function(*args: Any, **kwargs: Any) -> Any:
            listener(*args)
            return original(*args, **kwargs)

        setattr(module, name, function)
        self._undo.append(lambda: setattr(module, name, original))

    def wrap_property(
        self,
        owner: type,
        name: str,
        read: Callable[..., Any] | None = None,
        written: Callable[..., Any] | None = None,
    ) -> None:
        """Like `wrap`, for reading a property (``read(call, self)``) or setting it."""
        original = owner.__dict__[name]
        getter, setter = original.fget, original.fset
        if read is not None:

            def getter(self: Any) -> Any:
                return read(functools.partial(original.fget, self), self)

        if written is not None:

            def setter(self: Any, value: Any) -> None:
                written(functools.partial(original.fset, self), self, value)

        setattr(owner, name, property(getter, setter, original.fdel, original.__doc__))
        self._undo.append(lambda: setattr(owner, name, original))

    def notice_lookups(self, owner: type, name: str, listener: Callable[[], None]) -> None:
        """Call `listener` when somebody asks for an attribute that a class doesn't have; it stays missing."""

        class Missing:
            def __get__(self, instance: Any, kind: type | None = None) -> Any:
                listener()
                raise AttributeError(name)

        if not hasattr(owner, name):
            setattr(owner, name, Missing())
            self._undo.append(lambda: delattr(owner, name))

    def attach(self, logger: logging.Logger, listener: Callable[[str], None]) -> None:
        """Pass a logger's warnings to `listener` as text."""
        handler = logging.Handler(logging.WARNING)
        handler.emit = lambda record: listener(record.getMessage())  # type: ignore[method-assign]
        logger.addHandler(handler)
        self._undo.append(lambda: logger.removeHandler(handler))
