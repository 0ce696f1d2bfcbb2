"""MathML to TeX: what the page's author wrote, where the page has it, otherwise its presentation written anew."""

from __future__ import annotations

from collections.abc import Callable

import turbohtml

_LONGEST = 10_000
_DEEPEST = 40
_NODES = 2_000
_NAMES = {
    "α": r"\alpha", "β": r"\beta", "γ": r"\gamma", "δ": r"\delta", "ε": r"\epsilon", "ζ": r"\zeta", "η": r"\eta",
    "θ": r"\theta", "κ": r"\kappa", "λ": r"\lambda", "μ": r"\mu", "ν": r"\nu", "ξ": r"\xi", "π": r"\pi", "ρ": r"\rho",
    "σ": r"\sigma", "τ": r"\tau", "φ": r"\phi", "χ": r"\chi", "ψ": r"\psi", "ω": r"\omega", "Γ": r"\Gamma",
    "Δ": r"\Delta", "Θ": r"\Theta", "Λ": r"\Lambda", "Π": r"\Pi", "Σ": r"\Sigma", "Φ": r"\Phi", "Ψ": r"\Psi",
    "Ω": r"\Omega", "∞": r"\infty", "∑": r"\sum", "∏": r"\prod", "∫": r"\int", "∂": r"\partial", "∇": r"\nabla",
    "≤": r"\le", "≥": r"\ge", "≠": r"\ne", "≈": r"\approx", "≡": r"\equiv", "∼": r"\sim", "∝": r"\propto",
    "±": r"\pm", "×": r"\times", "⋅": r"\cdot", "·": r"\cdot", "÷": r"\div", "→": r"\to", "←": r"\leftarrow",
    "⇒": r"\Rightarrow", "⇔": r"\Leftrightarrow", "↦": r"\mapsto", "∈": r"\in", "∉": r"\notin", "⊂": r"\subset",
    "⊆": r"\subseteq", "∪": r"\cup", "∩": r"\cap", "∅": r"\emptyset", "∀": r"\forall", "∃": r"\exists", "∧": r"\land",
    "∨": r"\lor", "¬": r"\neg", "…": r"\dots", "⋯": r"\cdots", "′": "'", "−": "-", "⟨": r"\langle", "⟩": r"\rangle",
    "\u2061": "", "\u2062": "", "\u2063": "", "\u2064": "", "{": r"\{", "}": r"\}", "%": r"\%", "#": r"\#", "&": r"\&",
}  # fmt: skip
_FUNCTIONS = frozenset(
    {"sin", "cos", "tan", "log", "ln", "exp", "lim", "max", "min", "sup", "inf", "det", "dim", "ker", "arg", "gcd"}
)
_ACCENTS = {"¯": r"\bar", "‾": r"\overline", "^": r"\hat", "ˆ": r"\hat", "~": r"\tilde", "˜": r"\tilde", "→": r"\vec",
            "˙": r"\dot", "¨": r"\ddot"}  # fmt: skip


def mathml_source(math: turbohtml.Element) -> str:
    """The TeX of a `<math>` element.

    Example:
        >>> page = turbohtml.parse("<math><mfrac><mn>1</mn><msup><mi>x</mi><mn>2</mn></msup></mfrac></math>")
        >>> mathml_source(page.select("math")[0])
        '\\\\frac{1}{x^2}'
    """
    note = math.select_one('annotation[encoding*="tex" i]')
    if note is not None and (source := _line(note.text)):
        return source
    if (said := math.attr("alttext")) and (source := _line(said)):
        return source
    return _line(_Writer().write(math, 0))


def _line(text: str) -> str:
    return " ".join(text[:_LONGEST].split())


class _Writer:
    """Writes presentation MathML as TeX; of a monstrous formula the beginning."""

    def __init__(self) -> None:
        self.left = _NODES

    def write(self, node: turbohtml.Node, depth: int) -> str:
        if self.left <= 0 or depth > _DEEPEST:
            return ""
        self.left -= 1
        tag = getattr(node, "tag", "")
        if tag in ("mi", "mn", "mo", "mtext", "ms"):
            return _token(tag, " ".join(node.text.split()))
        if tag.startswith("annotation"):
            return ""
        children = [child for child in node.children if getattr(child, "tag", None)]
        inside = [self.write(child, depth + 1) for child in children]
        shape = _SHAPES.get(tag)
        if shape is not None and len(inside) >= shape[0]:
            return shape[1](inside)
        return _joined(inside)


def _token(tag: str, text: str) -> str:
    if tag == "mtext":
        return rf"\text{{{text}}}" if text else ""
    if text in _FUNCTIONS:
        return "\\" + text
    if tag == "mi" and len(text) > 1 and text.isalpha():
        return rf"\mathrm{{{text}}}"
    return _joined([_NAMES.get(character, character) for character in text])


def _joined(parts: list[str]) -> str:
    """Pieces side by side, with a blank only where a command would swallow the letter that follows."""
    out = ""
    for part in parts:
        named = out.rpartition("\\")[2]
        out += " " + part if "\\" in out and named.isalpha() and part[:1].isalpha() else part
    return out


def _group(part: str) -> str:
    return part if len(part) == 1 else f"{{{part}}}"


def _base(part: str) -> str:
    return part if len(part) == 1 or (part.startswith("\\") and part[1:].isalpha()) else f"{{{part}}}"


def _over(parts: list[str]) -> str:
    accent = _ACCENTS.get(parts[1])
    return f"{accent}{{{parts[0]}}}" if accent else rf"\overset{{{parts[1]}}}{{{parts[0]}}}"


def _under(parts: list[str]) -> str:
    if parts[0].startswith(("\\sum", "\\prod", "\\lim", "\\max", "\\min", "\\sup", "\\inf", "\\int")):
        return f"{parts[0]}_{_group(parts[1])}"
    return rf"\underset{{{parts[1]}}}{{{parts[0]}}}"


_SHAPES: dict[str, tuple[int, Callable[[list[str]], str]]] = {
    "mfrac": (2, lambda p: rf"\frac{{{p[0]}}}{{{p[1]}}}"),
    "msqrt": (1, lambda p: rf"\sqrt{{{_joined(p)}}}"),
    "mroot": (2, lambda p: rf"\sqrt[{p[1]}]{{{p[0]}}}"),
    "msup": (2, lambda p: f"{_base(p[0])}^{_group(p[1])}"),
    "msub": (2, lambda p: f"{_base(p[0])}_{_group(p[1])}"),
    "msubsup": (3, lambda p: f"{_base(p[0])}_{_group(p[1])}^{_group(p[2])}"),
    "munderover": (3, lambda p: f"{_base(p[0])}_{_group(p[1])}^{_group(p[2])}"),
    "mover": (2, _over),
    "munder": (2, _under),
    "mfenced": (1, lambda p: f"({','.join(p)})"),
    "mtable": (1, lambda p: r"\begin{matrix}" + r" \\ ".join(p) + r"\end{matrix}"),
    "mtr": (1, " & ".join),
    "mphantom": (0, lambda _: ""),
    "mspace": (0, lambda _: r"\ "),
}  # fmt: skip
