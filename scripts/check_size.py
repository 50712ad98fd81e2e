"""Print what is too long or too complex in a folder of Python. Exit 1: there is some.

Lines of code are counted: blank lines, comments, and docstrings are not.
"""

from __future__ import annotations

import ast
import io
import sys
import tokenize
from collections.abc import Iterator
from pathlib import Path

from radon.visitors import ComplexityVisitor, Function

COMPLEXITY = 15
"""The most paths through a function, as radon counts them."""

FUNCTION_LINES = 40
MODULE_LINES = 300

_UNCOUNTED = {tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER}
_Documented = ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef


def main() -> None:
    """Look through the folders that are named."""
    found = [line for folder in sys.argv[1:] for file in sorted(Path(folder).rglob("*.py")) for line in excesses(file)]
    print(*found, sep="\n", end="\n" if found else "")
    sys.exit(bool(found))


def excesses(file: Path) -> list[str]:
    """Return a line for each thing in a file that exceeds a limit."""
    text = file.read_text("utf-8")
    tree = ast.parse(text)
    code = code_lines(text, tree)
    found = [f"{file}:1: {file.stem} has {len(code)} lines"] if len(code) > MODULE_LINES else []
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = len(code.intersection(range(node.lineno, (node.end_lineno or node.lineno) + 1)))
            if lines > FUNCTION_LINES:
                found.append(f"{file}:{node.lineno}: {node.name} has {lines} lines")
    found += (
        f"{file}:{function.lineno}: {function.name} has complexity {function.complexity}"
        for function in functions(ComplexityVisitor.from_ast(tree))
        if function.complexity > COMPLEXITY
    )
    return found


def functions(visitor: ComplexityVisitor) -> Iterator[Function]:
    """Yield the functions and methods that radon found, those inside others too."""
    waiting = [*visitor.functions]
    classes = [*visitor.classes]
    while classes:
        found = classes.pop()
        waiting += found.methods
        classes += found.inner_classes
    while waiting:
        function = waiting.pop()
        waiting += function.closures
        yield function


def code_lines(text: str, tree: ast.Module) -> set[int]:
    """Return the numbers of the lines that hold code."""
    lines: set[int] = set()
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type not in _UNCOUNTED:
            lines.update(range(token.start[0], token.end[0] + 1))
    for node in ast.walk(tree):
        lines.difference_update(docstring_lines(node))
    return lines


def docstring_lines(node: ast.AST) -> range:
    """Return the numbers of the lines of a node's docstring."""
    if isinstance(node, _Documented) and ast.get_docstring(node, clean=False) is not None:
        text = node.body[0]
        return range(text.lineno, (text.end_lineno or text.lineno) + 1)
    return range(0)


if __name__ == "__main__":
    main()
