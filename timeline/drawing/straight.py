"""Templates compiled straight: what they name is a member, what they call a function.

A page of fifty entries reads some six thousand members, calls five hundred macros and
escapes three thousand texts. As Jinja compiles templates, each of these goes through
functions that leave every way open: members that may be attributes, calls that may want
a context. The fragments need none of it: `a.b` is `a["b"]` here, and only that. What
an environment holds for good, addresses and translated words, becomes part of the text.
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
WORDS, ADDRESSES = "_", "paths"  # the globals that stay as they are


def escape(value: object) -> str:
    """A value as HTML; what is HTML already stays as it is."""
    kind = type(value)
    if kind is str:
        return escape_text(value)
    if kind is Markup or kind is SafeString:
        return value
    return str(value) if kind is int else escape_any(value)


class Straight(CodeGenerator):
    """Writes the Python of a template; set as a Jinja environment's generator."""

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:
        self.macros = {one.name for one in node.find_all(nodes.Macro)}
        for one in node.find_all(nodes.FromImport):
            self.macros |= {
                name if isinstance(name, str) else name[1] for name in one.names
            }
        taken = {*self.macros, WORDS, ADDRESSES, OF_A_LOOP}
        for one in node.find_all(nodes.Name):
            if one.ctx != "load" and one.name in taken:
                self.fail(f"“{one.name}” means something else here.", one.lineno)
        super().visit_Template(node, frame)
        self.writeline(f"from {__name__} import escape, marked")

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:
        self.visit(node.node, frame)
        self.write(
            f".{node.attr}" if is_name(node.node, OF_A_LOOP) else f"[{node.attr!r}]"
        )

    def visit_Getitem(self, node: nodes.Getitem, frame: Frame) -> None:
        self.visit(node.node, frame)
        self.write("[")
        self.visit(node.arg, frame)
        self.write("]")

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

    def _output_child_to_const(self, node: nodes.Expr, frame: Frame, finalize) -> str:
        known = self.environment.globals
        if isinstance(node, nodes.Call) and is_name(node.node, WORDS):
            return escape(known[WORDS](*(one.as_const() for one in node.args)))
        if isinstance(node, nodes.Getattr) and is_name(node.node, ADDRESSES):
            return escape(known[ADDRESSES][node.attr])
        return super()._output_child_to_const(node, frame, finalize)

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize) -> None:
        self.write("(" if self._is_html(node) else "escape(")

    def _output_child_post(self, node: nodes.Expr, frame: Frame, finalize) -> None:
        self.write(")")

    def _is_html(self, node: nodes.Expr) -> bool:
        return isinstance(node, nodes.Call) and is_name(node.node, *self.macros)


def is_name(node: nodes.Node, *names: str) -> bool:
    """Whether an expression is one of these names."""
    return isinstance(node, nodes.Name) and node.name in names
