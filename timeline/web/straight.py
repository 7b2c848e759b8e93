"""Templates compiled straight: what they name is a member, what they call a function.

A page of fifty entries reads some six thousand members, calls five hundred macros and
escapes three thousand texts. As Jinja compiles templates, each of these goes through
functions that leave every way open: members that may be attributes, calls that may want
a context. The fragments need none of it: `a.b` is `a["b"]` here, and only that.
"""

from functools import partial

from django.utils.safestring import SafeString
from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame, MacroRef
from markupsafe import Markup
from markupsafe import escape as escape_any

try:
    from markupsafe._speedups import _escape_inner as escape_text
except ImportError:
    from markupsafe._native import _escape_inner as escape_text

marked = partial(str.__new__, Markup)
OF_A_LOOP = "loop"


def escape(value: object) -> str:
    """A value as HTML; what is HTML already stays as it is."""
    kind = type(value)
    if kind is str:
        return escape_text(value)
    return value if kind is Markup or kind is SafeString else escape_any(value)


class Straight(CodeGenerator):
    """Writes the Python of a template; set as a Jinja environment's generator."""

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:
        super().visit_Template(node, frame)
        self.writeline(f"from {__name__} import escape, marked")

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:
        self.visit(node.node, frame)
        of_a_loop = isinstance(node.node, nodes.Name) and node.node.name == OF_A_LOOP
        self.write(f".{node.attr}" if of_a_loop else f"[{node.attr!r}]")

    def visit_Call(
        self, node: nodes.Call, frame: Frame, forward_caller: bool = False
    ) -> None:
        if forward_caller or node.kwargs or node.dyn_args or node.dyn_kwargs:
            self.fail("Only places of arguments can be given here.", node.lineno)
        self.visit(node.node, frame)
        self.write("(")
        for argument in node.args:
            self.visit(argument, frame)
            self.write(", ")
        self.write(")")

    def macro_def(self, macro_ref: MacroRef, frame: Frame) -> None:
        self.write("macro")

    def return_buffer_contents(
        self, frame: Frame, force_unescaped: bool = False
    ) -> None:
        self.writeline(f"return marked(concat({frame.buffer}))")
