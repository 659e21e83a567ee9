"""Typesetters beside whom our pages are measured, each at the settings that suit a novel. One that is missing is named, never passed over.

python3 -m venv ~/.cache/book-tools/peers && ~/.cache/book-tools/peers/bin/pip install typst
apt-get install texlive-luatex texlive-latex-recommended texlive-lang-english
"""

import json
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from string import Template

from fair_copy import Break, Lines, Markup, Opening, Passage, Prose
from peers import pythons

from bookbuild.writers.fonts import Family
from bookbuild.writers.page_geometry import PageGeometry
from bookbuild.writers.text_runs import FaceStyle

PEERS = ("Typst", "LuaLaTeX")
_LANGUAGES = {"en": "british", "en-US": "american", "en-GB": "british"}
"""Of books → what LaTeX's babel calls them; where it is not said, words are parted as in Britain, as pyphen does it for us."""


def find_typesetters() -> dict[str, str]:
    """Give what runs each typesetter that is installed."""
    found = {"LuaLaTeX": shutil.which("lualatex") or ""}
    for python in pythons():
        if subprocess.run([python, "-c", "import typst"], check=False, capture_output=True).returncode == 0:
            found["Typst"] = python
    return {name: found[name] for name in PEERS if found.get(name)}


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be set: a fair copy, and on what page, in which faces and language."""

    copy: tuple[Passage, ...]
    page: PageGeometry
    family: Family
    language: str


def source_of(name: str, order: Order, folder: Path) -> Path:
    """Write what a typesetter sets; gives the file."""
    write, suffix = {"Typst": (_typst, "typ"), "LuaLaTeX": (_latex, "tex")}[name]
    file = folder / f"{name}.{suffix}"
    file.write_text(write(order, _faces(order.family, folder)), "utf-8")
    return file


def command_of(name: str, program: str, source: Path) -> list[str]:
    """Give the command that makes the PDF beside its source."""
    if name == "LuaLaTeX":
        options = ["-interaction=batchmode", "-halt-on-error"]
        return [program, *options, f"-output-directory={source.parent}", str(source)]
    fonts = [str(source.parent / "faces")]
    compiled = f"typst.compile({str(source)!r}, {str(source.with_suffix('.pdf'))!r}, font_paths={fonts!r}, ignore_system_fonts=True)"
    return [program, "-c", f"import typst; {compiled}"]


def _faces(family: Family, folder: Path) -> dict[FaceStyle, Path]:
    """Copy the faces to where no other cut of the family lies."""
    faces = folder / "faces"
    faces.mkdir(exist_ok=True)
    return {style: Path(shutil.copy(family.face(style).path, faces)) for style in FaceStyle}


# ---------------------------------------------------------------- Typst

_TYPST_HEAD = """\
#set document(title: "A novel")
#set page(width: {width}pt, height: {height}pt, binding: left,
  margin: (inside: {inside}pt, outside: {outside}pt, top: {top}pt, bottom: {bottom}pt))
#set text(font: {family}, size: {size}pt, lang: {language}, fallback: false, number-type: "old-style",
  top-edge: {above}pt, bottom-edge: -{below}pt)
#set par(justify: true, leading: 0pt, spacing: 0pt, first-line-indent: (amount: 1.2em, all: true))
#let L = {leading}pt
#let opening(label, title) = {{
  pagebreak(to: "odd", weak: true)
  v(5 * L)
  set par(justify: false, first-line-indent: 0pt)
  align(center, label)
  block(width: 100%, text(size: 1.6em, top-edge: 1.4 * L, bottom-edge: -.6 * L, align(center, title)))
  v(3 * L)
}}
#let prose(body) = par(body)
#let flush(body) = par(first-line-indent: 0pt, body)
#let quoted(body) = pad(x: 2em, par(first-line-indent: 0pt, body))
#let lines(body) = block(above: L, below: L, pad(x: 2em, par(justify: false, first-line-indent: 0pt, body)))
#let scene = block(above: L, below: L, width: 100%, align(center, "*   *   *"))
"""
_TYPST = Markup(
    lambda text: "#" + json.dumps(text, ensure_ascii=False) + ";", ("#emph[", "]"), ("#strong[", "]")
)


def _typst(order: Order, _faces: dict[FaceStyle, Path]) -> str:
    page = order.page
    head = _TYPST_HEAD.format(
        width=page.width, height=page.height, inside=page.inside, outside=page.outside, top=page.top,
        bottom=page.bottom - 0.01,  # so that no line is lost to rounding
        family=json.dumps(order.family.name), size=page.size, leading=page.leading, language=json.dumps(order.language[:2]),
        above=page.leading * 0.7, below=page.leading * 0.3,
    )  # fmt: skip
    return head + "\n".join(map(_typst_passage, order.copy))


def _typst_passage(passage: Passage) -> str:
    match passage:
        case Opening(label, title):
            return f"#opening[{_TYPST.of(label)}][{_TYPST.of(title)}]"
        case Prose(children, is_flush, is_quoted):
            look = "quoted" if is_quoted else "flush" if is_flush else "prose"
            return f"#{look}[{_TYPST.of(children)}]"
        case Lines(lines):
            return f"#lines[{'#linebreak()'.join(map(_TYPST.of, lines))}]"
        case Break():
            return "#scene"


# ---------------------------------------------------------------- LuaLaTeX

_LATEX_HEAD = Template(r"""\documentclass[twoside]{book}
\usepackage[paperwidth=${width}bp,paperheight=${height}bp,inner=${inside}bp,outer=${outside}bp,top=${top}bp,textheight=${depth}bp,
  headheight=0pt,headsep=0pt,footskip=0pt]{geometry}
\usepackage[${language}]{babel}
\usepackage{fontspec}
\setmainfont{${regular}}[Path=${folder}/,ItalicFont=${slanted},BoldFont=${heavy},BoldItalicFont=${both},Numbers=OldStyle,Ligatures=TeXOff]
\usepackage{microtype}
\AtBeginDocument{\fontsize{${size}bp}{${leading}bp}\selectfont}
\pagestyle{empty}\raggedbottom\frenchspacing
\tolerance=1000 \emergencystretch=3em \hyphenpenalty=100 \clubpenalty=10000 \widowpenalty=10000
\parskip=0pt \lineskiplimit=-\maxdimen
\newcommand\opening[2]{\cleardoublepage\vspace*{4\baselineskip}{\centering#1\par
  {\fontsize{${big}bp}{${twice}bp}\selectfont#2\par}}\vskip3\baselineskip}
\newcommand\prose[1]{\par#1\par}
\newcommand\flush[1]{\par\noindent#1\par}
\newcommand\quoted[1]{{\leftskip=2em\rightskip=2em\noindent#1\par}}
\newcommand\stanza[1]{\vskip\baselineskip{\leftskip=2em\rightskip=2em plus 1fil\parindent=0pt#1\par}\vskip\baselineskip}
\newcommand\scene{\vskip\baselineskip{\centering*\quad*\quad*\par}\vskip\baselineskip}
\begin{document}\parindent=1.2em \topskip=.7\baselineskip \def\thepage{}
""")
_LATEX_CHARACTERS = str.maketrans(
    {character: f"\\{character}" for character in "#$%&_{}"}
    | {"\\": r"\textbackslash{}", "~": r"\char126{}", "^": r"\char94{}", "\u00a0": "~"}
)
_LATEX = Markup(lambda text: text.translate(_LATEX_CHARACTERS), (r"\emph{", "}"), (r"\textbf{", "}"))


def _latex(order: Order, faces: dict[FaceStyle, Path]) -> str:
    page = order.page
    if order.language not in _LANGUAGES:
        known = ", ".join(_LANGUAGES)
        sys.exit(f"LuaLaTeX is measured with books in {known}, and this one is in '{order.language}'")
    head = _LATEX_HEAD.substitute(
        width=page.width, height=page.height, inside=page.inside, outside=page.outside, top=page.top,
        depth=page.depth, size=page.size, leading=page.leading, big=page.size * 1.6, twice=page.leading * 2,
        language=_LANGUAGES[order.language], folder=faces[FaceStyle.REGULAR].parent.as_posix(),
        regular=faces[FaceStyle.REGULAR].name, slanted=faces[FaceStyle.ITALIC].name,
        heavy=faces[FaceStyle.BOLD].name, both=faces[FaceStyle.BOLD_ITALIC].name,
    )  # fmt: skip
    return head + "\n".join(map(_latex_passage, order.copy)) + "\n\\end{document}\n"


def _latex_passage(passage: Passage) -> str:
    match passage:
        case Opening(label, title):
            return f"\\opening{{{_LATEX.of(label)}}}{{{_LATEX.of(title)}}}"
        case Prose(children, is_flush, is_quoted):
            look = "quoted" if is_quoted else "flush" if is_flush else "prose"
            return f"\\{look}{{{_LATEX.of(children)}}}"
        case Lines(lines):
            return "\\stanza{" + r"\par ".join(map(_LATEX.of, lines)) + "}"
        case Break():
            return "\\scene"
