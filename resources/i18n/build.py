"""Build the translations: ``python resources/i18n/build.py`` (needs the ``dev`` extra).

Takes every text marked with ``_``, ``N_`` or ``ngettext`` out of the program, and those of the ready-made experiments
and the articles' figures (``resources/experiments.json``, ``article_figures.json``), brings the catalogues
``<language>/LC_MESSAGES/playground.po`` up to date, compiles them to ``.mo``, and cuts the Chinese font
down to the glyphs that the texts, the pages (``resources/pages``) and the lessons (``resources/lessons``)
use. Says which texts are left to translate; edit the ``.po`` file and run it again.
"""

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from fontTools import subset
from fontTools.ttLib import TTFont

HERE = Path(__file__).resolve().parent
PROGRAM = HERE.parents[1] / "playground"
TABLES = {"experiments.json": ("label", "sentence", "question", "claim"), "article_figures.json": ("what",)}
PAGES = HERE.parent / "pages"
LESSONS = HERE.parent / "lessons"
FONT = HERE.parent / "fonts" / "NotoSansSC-subset.otf"
FONT_SOURCE = Path("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc")  # Debian: fonts-noto-cjk
FAMILY = "Noto Sans SC"
KEYWORDS = {"_": None, "N_": None, "ngettext": (1, 2)}
LANGUAGES = {"zh_CN": "Simplified Chinese"}

# Letters, digits and punctuation that a Chinese text may bring from elsewhere: numbers, names, a user's own words.
ALWAYS = "".join(map(chr, range(0x20, 0x7F))) + "·×÷±−–—…‘’“”、。〈〉《》「」『』【】〔〕！（），．：；？～％￥"


def extracted() -> Catalog:
    """Return a catalogue of every text that is marked in the program."""
    template = Catalog(project="Playground", charset="utf-8")
    found = extract_from_dir(PROGRAM, [("**.py", "python")], keywords=KEYWORDS, comment_tags=("Translators:",))
    for file, _line, message, comments, context in sorted(found, key=lambda it: (it[0], it[1])):
        template.add(message, locations=[(f"playground/{file}", 0)], auto_comments=comments, context=context)
    for file, keys in TABLES.items():
        for text in texts_in(json.loads((HERE.parent / file).read_text(encoding="utf-8")), keys):
            template.add(text, locations=[(f"resources/{file}", 0)])
    return template


def texts_in(table: object, keys: tuple[str, ...]) -> Iterator[str]:
    """Return the texts under some keys of a table, at any depth."""
    for key, value in table.items() if isinstance(table, dict) else enumerate(table):
        if key in keys:
            yield value
        elif isinstance(value, dict | list):
            yield from texts_in(value, keys)


def update(language: str) -> Catalog:
    """Bring the catalogue of one language up to date, write and compile it, and return it."""
    path = HERE / language / "LC_MESSAGES" / "playground.po"
    path.parent.mkdir(parents=True, exist_ok=True)
    catalog = Catalog(locale=language, project="Playground", fuzzy=False)
    if path.exists():
        with path.open("rb") as file:
            catalog = read_po(file, locale=language)
    catalog.update(extracted(), no_fuzzy_matching=True, update_creation_date=False)
    catalog.obsolete.clear()
    catalog.header_comment = f"# {LANGUAGES[language]} texts of Playground, under the licence of the program."
    catalog.project, catalog.version, catalog.msgid_bugs_address = "Playground", "0", ""
    catalog.last_translator = catalog.language_team = "The Playground authors"
    with path.open("wb") as file:
        write_po(file, catalog, width=120, include_lineno=False, sort_by_file=True)
    with path.with_suffix(".mo").open("wb") as file:
        write_mo(file, catalog)
    return catalog


def untranslated(catalog: Catalog) -> list[str]:
    """Return the texts of a catalogue that have no translation."""
    left = []
    for message in catalog:
        forms = message.string if isinstance(message.string, tuple) else (message.string,)
        if message.id and not all(forms):
            left.append(message.id if isinstance(message.id, str) else message.id[0])
    return left


def characters(catalog: Catalog) -> set[str]:
    """Return the characters that the texts, their translations, the pages, the lessons and the languages' names use."""
    used = set(ALWAYS) | set("简体中文")
    used.update(*(page.read_text(encoding="utf-8") for page in (*PAGES.glob("*.md"), *LESSONS.glob("*/*.md"))))
    for message in catalog:
        for forms in (message.id, message.string):
            used.update(*(form for form in (forms if isinstance(forms, tuple) else (forms,)) if form))
    return {character for character in used if character.isprintable()}


def build_font(source: Path, used: set[str]) -> int:
    """Write the part of the Simplified Chinese font that holds the used characters; return its size in bytes."""
    number = 2 if source.suffix.lower() in (".ttc", ".otc") else -1  # 2: the Simplified Chinese face of the collection
    font = TTFont(source, fontNumber=number, recalcTimestamp=False)
    if "SC" not in font["name"].getDebugName(4):
        raise SystemExit(f"{source} is not the Simplified Chinese face.")
    options = subset.Options(layout_features=["kern", "locl"], name_IDs=[0, 1, 2, 3, 4, 5, 6, 13, 14], hinting=False)
    cutter = subset.Subsetter(options)
    cutter.populate(text="".join(sorted(used)))
    cutter.subset(font)
    for record in font["name"].names:
        if record.nameID in (1, 3, 4, 6):
            full = FAMILY.replace(" ", "") + "-Regular" if record.nameID == 6 else FAMILY
            record.string = full
    font.save(FONT)
    return FONT.stat().st_size


def main() -> None:
    """Build every catalogue and the font, and say what there is to do."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--font", type=Path, default=FONT_SOURCE, help="Noto Sans CJK (collection) or Noto Sans CJK SC")
    source = parser.parse_args().font
    left = []
    used: set[str] = set()
    for language in LANGUAGES:
        catalog = update(language)
        used |= characters(catalog)
        left = untranslated(catalog)
        print(f"{language}: {len(catalog)} texts, {len(left)} without a translation.")
        for text in left:
            print(f"    {text!r}")
    if source.exists():
        print(f"{FONT.name}: {len(used)} characters, {build_font(source, used):,} bytes.")
    else:
        print(f"The font was left as it is: {source} is not there (on Debian: apt-get install fonts-noto-cjk).")
    sys.exit(1 if left else 0)


if __name__ == "__main__":
    main()
