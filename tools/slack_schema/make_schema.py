"""Makes tests/slack/slack-types.schema.json: Slack's own block and view types, with the limits from their comments.

It takes the types of the npm package @slack/types (MIT licence, Copyright Slack Technologies, LLC), in the version
that package.json beside this file names. It needs npm and is run by hand when that version changes, from the root of
the repository:

    python -m tools.slack_schema.make_schema
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
SCHEMA = HERE.parents[1] / "tests" / "slack" / "slack-types.schema.json"
ROOT = """import type { HomeView, KnownBlock, ModalView } from '@slack/types';
export interface SentToSlack { block: KnownBlock; modal: ModalView; home: HomeView }
"""
OPTIONS = {"strict": True, "moduleResolution": "node", "module": "commonjs", "target": "es2020", "skipLibCheck": True}

Schema = dict[str, Any]

# What a sentence that speaks of a limit looks like, so that none is overlooked.
SPEAKS_OF_A_LIMIT = re.compile(
    r"\b(max|maximum|min|minimum|limit|up to|less than|between|at (?:most|least))\b.*\d", re.I
)
NUMBER = r"`?([\d,]+)`?"

# Slack's reference says something else than the comment in the types, and Slack does what the reference says.
# https://docs.slack.dev/reference/block-kit/composition-objects/option-object
MENDED = {("MrkdwnOption", "value"): {"maxLength": 150}, ("PlainTextOption", "value"): {"maxLength": 150}}


def main() -> None:
    """Fetch the types, make the schema and write it."""
    npm, npx = shutil.which("npm") or "", shutil.which("npx") or ""
    if not npm or not npx:
        raise SystemExit("npm is missing: install Node.js")
    with tempfile.TemporaryDirectory() as folder:
        SCHEMA.write_text(json.dumps(finished(made(Path(folder), npm, npx)), sort_keys=True) + "\n", encoding="utf8")
    print(f"Written: {SCHEMA}")


def made(folder: Path, npm: str, npx: str) -> Schema:
    """Return the schema as ts-json-schema-generator makes it, with each comment as a description."""
    shutil.copy(HERE / "package.json", folder)
    (folder / "root.ts").write_text(ROOT, encoding="utf8")
    (folder / "tsconfig.json").write_text(json.dumps({"compilerOptions": OPTIONS, "files": ["root.ts"]}))
    subprocess.run([npm, "install", "--ignore-scripts", "--no-audit", "--no-fund"], cwd=folder, check=True)  # noqa: S603
    wanted = ["--path", "root.ts", "--tsconfig", "tsconfig.json", "--type", "SentToSlack", "--expose", "all"]
    command = [npx, "ts-json-schema-generator", *wanted, "--no-type-check", "--out", "types.json"]
    subprocess.run(command, cwd=folder, check=True)  # noqa: S603
    return dict(json.loads((folder / "types.json").read_text(encoding="utf8")))


def finished(schema: Schema) -> Schema:
    """Return the schema with limits instead of comments, and with no block but those that Slack knows."""
    definitions = schema["definitions"]
    definitions["AnyBlock"] = {"$ref": "#/definitions/KnownBlock"}  # it also took any object with a `type`
    for name, definition in definitions.items():
        for key, found in _properties(definition):
            _limit(name, key, found)
    version = json.loads((HERE / "package.json").read_text(encoding="utf8"))["dependencies"]["@slack/types"]
    schema["$comment"] = f"Made from the npm package @slack/types {version} by tools/slack_schema/make_schema.py"
    schema["definitions"] = {name: definitions[name] for name in sorted(_reachable(schema["$ref"], definitions))}
    return dict(_without_comments(schema))


def limits_in(comment: str) -> Iterator[tuple[str, Schema]]:
    """Yield what each sentence of a comment limits, and how.

    What it limits is "itself" (a string, a list or a number), "text" (of a text object) or "each" (item of a list).

    Raises:
        ValueError: a sentence speaks of a limit in words that are not known here.
    """
    for sentence in sentences(comment):
        for pattern, read in PHRASES:
            if match := re.search(pattern, sentence, re.I):
                yield read(*(int(one.replace(",", "")) for one in match.groups()))
                break
        else:
            if SPEAKS_OF_A_LIMIT.search(sentence):
                raise ValueError(f"a limit in unknown words: {sentence}")


def sentences(comment: str) -> list[str]:
    """Return the sentences of a comment, without its links."""
    plain = re.sub(r"\{\s*@link\s+\S+\s*([^}]*)\}", r"\1", comment)
    return [" ".join(one.split()) for one in re.split(r"(?<=[.!])\s+", plain)]


def _length(most: int) -> tuple[str, Schema]:
    return "length", {"maxLength": most}


def _lengths(least: int, most: int) -> tuple[str, Schema]:
    return "length", {"minLength": least, "maxLength": most}


def _items(most: int) -> tuple[str, Schema]:
    return "itself", {"maxItems": most}


def _numbers(least: int, most: int) -> tuple[str, Schema]:
    return "itself", {"minimum": least, "maximum": most}


# Each wording in which the comments set a limit; the first that fits a sentence is taken.
PHRASES: list[tuple[str, Callable[..., tuple[str, Schema]]]] = [
    (rf"length for the text in each item is {NUMBER} characters", lambda most: ("each", {"maxLength": most})),
    (rf"minimum length .*is {NUMBER} and maximum length is {NUMBER} characters", _lengths),
    (rf"minimum length is {NUMBER} character", lambda least: ("length", {"minLength": least})),
    (rf"max(?:imum)? length\b.*? {NUMBER} characters", _length),
    (rf"limit {NUMBER} characters max", _length),
    (rf"must be less than {NUMBER} characters", lambda bound: _length(bound - 1)),
    (rf"maximum of {NUMBER} (?:elements|options)", _items),
    (rf"maximum number of [a-z ]+ is {NUMBER}\.", _items),
    (rf"maximum {NUMBER} (?:items|blocks|rows)", _items),
    (rf"max of {NUMBER} blocks", _items),
    (rf"up to {NUMBER} ", _items),
    (rf"max of {NUMBER} table cells", lambda most: ("each", {"maxItems": most})),
    (
        rf"minimum {NUMBER}, maximum {NUMBER} cards",
        lambda least, most: ("itself", {"minItems": least, "maxItems": most}),
    ),
    (rf"min(?:imum)?(?: of)? {NUMBER}, max(?:imum)?(?: of)? {NUMBER}\.", _numbers),
    (rf"must be between {NUMBER} and {NUMBER}", _numbers),
    (rf"minimum number is {NUMBER}", lambda least: ("itself", {"minimum": least})),
    (rf"maximum value is {NUMBER}", lambda most: ("itself", {"maximum": most})),
]


def _limit(owner: str, key: str, found: Schema) -> None:
    for what, limit in limits_in(found.get("description", "")):
        wanted = MENDED.get((owner, key), limit)
        is_text = "$ref" in found or "anyOf" in found  # a length of an object is that of its `text`
        if what == "each":
            bounds = wanted if "maxItems" in wanted else _text(wanted)
            found["items"] = {"allOf": [found["items"], bounds]}
        elif what == "length" and is_text:
            found.setdefault("allOf", []).append(_text(wanted))
        else:
            found.update(wanted)
    if "$ref" in found and "allOf" in found:  # beside a $ref nothing is read
        found["allOf"].insert(0, {"$ref": found.pop("$ref")})


def _text(limit: Schema) -> Schema:
    return {"properties": {"text": limit}}


def _properties(schema: Any) -> Iterator[tuple[str, Schema]]:
    """Yield every property below, with its name."""
    if isinstance(schema, list):
        for one in schema:
            yield from _properties(one)
    elif isinstance(schema, dict):
        for key, found in list(schema.items()):
            if key == "properties":
                yield from found.items()
            yield from _properties(found)


def _reachable(reference: str, definitions: Schema) -> set[str]:
    """Return the names of all definitions that a reference leads to."""
    found: set[str] = set()
    waiting = [reference]
    while waiting:
        name = waiting.pop().removeprefix("#/definitions/").replace("%2C", ",").replace("%3C", "<").replace("%3E", ">")
        if name not in found:
            found.add(name)
            waiting += re.findall(r'"\$ref": "([^"]+)"', json.dumps(definitions[name]))
    return found


def _without_comments(schema: Any) -> Any:
    """Return a schema without descriptions. A property may have that name too: that one is an object."""
    if isinstance(schema, list):
        return [_without_comments(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    kept = {
        key: one
        for key, one in schema.items()
        if not (key in {"description", "deprecated"} and not isinstance(one, dict))
    }
    return {key: _without_comments(one) for key, one in kept.items()}


if __name__ == "__main__":
    main()
