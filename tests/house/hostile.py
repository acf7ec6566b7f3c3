"""A crawler that asks every route as everybody, with what nobody in their right mind would send.

It knows the routes by their rows, and the names of fields by the forms of all pages. What it asks follows from a seed
alone, so a request that found something can be asked again.
"""

import io
import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from random import Random
from typing import Any
from urllib.parse import quote

from lxml import html
from werkzeug.datastructures import FileStorage, MultiDict
from werkzeug.test import TestResponse

from tests.house.answers import check_answer
from tests.house.conftest import House
from tests.house.kept import Kept
from tests.house.test_routes import EVERYBODY, LEAVING, ROWS, TURNED_AWAY, Row

MARK = "zq7"
"""Stands in everything that could be taken for markup; no page of ours has it."""
MARKUP = (
    f"\"'><img src=x onerror={MARK}()>",
    f"</title></textarea><script>{MARK}()</script>",
    f"javascript:{MARK}()//",
    f"{{{{7*7}}}}${{7*7}}<{MARK}>",
    f'=HYPERLINK("http://{MARK}.example","<{MARK}>")',
    f"&lt;{MARK}&gt;<{MARK}>",
)
ODD = (
    "", " ", "\x00", "a\x00b", "\ud800", "\u202e\u200b", "\r\nX-Planted: 1", "../../etc/passwd", "%00%ff", "0", "-1",
    "1e309", "NaN", "inf", "-inf", "٣", "²", "1" * 400, "99999999999999999999", "1.5", "true", "null", "[]", "{}",
    "' OR 1=1 --", "%s%n", "x" * 5000, "é" * 2100, "2026-13-40", "9999-12-31", "0001-01-01", "2026-11-29T25:61",
    "\U0001f642" * 50, "a@b", "Kari <kari@example.org>", "file:///etc/passwd", "//evil.example", "\\\\evil\\x",
    "Etc/../UTC", "Europe/Oslo\x00", "/", "UTC+99", "CON", ";=1+1", "-0", "0x10", "1_000", "\t=1",
)  # fmt: skip
FILES = (
    b"", b"PK\x03\x04", b"PK\x05\x06" + b"\0" * 18, b"\xff\xfen\0a\0m\0e\0", b'Name;E-mail\n"', b"\0" * 3000,
    b"Name,E-mail\n<b>x</b>,x@example.org\n", "Name;E-mail\n=1+1;k@example.org".encode("utf-16"), b"\xef\xbb\xbf",
    b"%PDF-1.7", b"Name\tE-mail\r\n" + b"a" * 9000 + b"\tx@example.org", b"{" * 2000, b"\r" * 2000, b"\x1f\x8b\x08\0",
)  # fmt: skip
JSON_BODIES = (
    "", "null", "[]", "1", '"x"', "{", "NaN", "[" * 3000, '{"ratings": []}', '{"ratings": {"a": NaN}}',
    '{"ratings": {"a": 1e999}, "revision": 0}', '{"ratings": {"a": true}, "revision": "0"}',
    '{"ratings": {"a": 2}, "revision": -1}', '{"ratings": {"a": 2}, "revision": 99999999999999999999}',
    '{"ratings": {"\\u0000": 2}, "revision": 0}', '{"ratings": {"a": "\\ud800"}, "revision": 0}',
    '{"ratings": {"a": 2}, "revision": null, "comments": {"a": {"b": 1}}}', '{"\\ud800": 1}',
    '{"ratings": {"a": 1' + "0" * 5000 + '}, "revision": 0}',
)  # fmt: skip
HEADERS: tuple[Mapping[str, str], ...] = (
    {}, {}, {}, {},
    {"If-None-Match": 'W/"x", *'}, {"Accept-Encoding": "gzip;q=zq, br"}, {"Range": "bytes=5-2"},
    {"Content-Type": "application/json"}, {"Content-Type": "multipart/form-data"}, {"Content-Type": "x/y; charset=zq"},
    {"Cookie": "__Host-eiassess-staff=\xff\xfe; __Host-eiassess-candidate=" + "x" * 3000}, {"Authorization": "Basic x"},
    {"Authorization": "Bearer \xff"}, {"Referer": f"http://<{MARK}>"}, {"Accept-Language": "x" * 2000},
    {"Sec-Purpose": "prefetch"}, {"X-CSRFToken": "\xff"}, {"Expect": "100-continue"}, {"If-Modified-Since": "never"},
    {"Content-Encoding": "gzip"}, {"Authentication-Token": "x.y.z"},
)  # fmt: skip
_RAW = re.compile(rf"<{MARK}>|<img src=x|<script>{MARK}|(?:href|action|src)=[\"']?\s*javascript:", re.IGNORECASE)
STAYS = frozenset({"security.logout", "candidate.submit", "candidate.withdraw_now", "candidate.erase_now"})
"""Routes after which somebody is gone until everything is put back: asked seldom."""


@dataclass(frozen=True)
class Asked:
    """A request of the crawler."""

    who: str
    method: str
    path: str
    what: Mapping[str, Any]

    def __str__(self) -> str:
        return f"{self.method} {self.path!r} by {self.who} with {self.what!r:.2000}"


@dataclass
class Crawler:
    """Asks, and sees that no answer is a failure of ours or holds markup that was sent."""

    house: House
    random: Random
    fields: dict[str, set[str]] = field(default_factory=dict)
    tokens: dict[tuple[str, str], str] = field(default_factory=dict)
    rows: tuple[Row, ...] = (*ROWS, *LEAVING)

    def __post_init__(self) -> None:
        self._kept = Kept(self.house.story.database)
        for each in ROWS:
            if each.method == "GET" and "pdf" not in each.path:
                who = next((who for who, gets in each.gets.items() if gets == 200), "anonymous")
                self._learn(self.house.ask(who, "GET", self.house.path(each.path)))
        self._kept.restore()
        self.known = sorted({value for values in self.fields.values() for value in values})

    def _learn(self, answer: TestResponse) -> None:
        """Take the names of fields and of parameters from a page, with the values that they offer."""
        if answer.mimetype != "text/html" or not answer.data:
            return
        page = html.fromstring(answer.text)
        for each in page.iter("input", "select", "textarea", "button"):
            name = each.get("name")
            if name and name != "csrf_token":
                offered = [option.get("value", "") for option in each.iter("option")]
                self.fields.setdefault(name, set()).update([each.get("value") or "", *offered][:40])
        for link in page.iter("a"):
            for part in (link.get("href") or "").partition("?")[2].split("&"):
                name, _, value = part.partition("=")
                if name:
                    self.fields.setdefault(name, set()).add(value)

    def requests(self, n: int) -> Iterator[Asked]:
        """Give so many requests, each once the one before was answered."""
        for number in range(n):
            if number % 40 == 0:
                self._kept.restore()
            yield self._request(self.random.choice(self.rows))

    def _request(self, row: Row) -> Asked:
        pick = self.random
        while row.endpoint in STAYS and pick.random() < 0.9:
            row = pick.choice(self.rows)
        welcome = [who for who, gets in row.gets.items() if gets not in TURNED_AWAY] or list(EVERYBODY)
        who = pick.choice(welcome if pick.random() < 0.8 else EVERYBODY)
        method = row.method if pick.random() < 0.97 else pick.choice(["HEAD", "OPTIONS", "PUT", "DELETE", "TRACE"])
        what: dict[str, Any] = {"headers": dict(pick.choice(HEADERS))}
        if row.method == "POST":
            what |= self._body(row, who)
        return Asked(who, method, self._path(row), what)

    def _path(self, row: Row) -> str:
        """Fill in the names of an address; sometimes one that is none, and parameters that are not asked for."""
        pick = self.random
        names = dict(self.house.names)
        used = re.findall(r"\{(\w+)\}", row.path)
        if used and pick.random() < 0.3:
            names[pick.choice(used)] = quote(self._value().encode("utf-8", "surrogatepass"), safe="")
        path = row.path.format(**names)
        if pick.random() < 0.5:
            sent = [(pick.choice(sorted(self.fields)), self._value()) for _ in range(pick.randint(1, 4))]
            asked = "&".join(f"{quote(n)}={quote(v.encode('utf-8', 'surrogatepass'))}" for n, v in sent)
            path += f"{'&' if '?' in path else '?'}{asked}"
        return path

    def _value(self) -> str:
        draw = self.random.random()
        if draw < 0.3:
            return self.random.choice(MARKUP)
        return self.random.choice(ODD) if draw < 0.65 else self.random.choice(self.known)

    def _body(self, row: Row, who: str) -> dict[str, Any]:
        pick = self.random
        token = self._token(who, row.path)
        if row.endpoint.endswith(".save") and pick.random() < 0.7:
            return {
                "data": pick.choice(JSON_BODIES),
                "content_type": "application/json",
                "headers": {"X-CSRFToken": token},
            }
        data: MultiDict[str, Any] = MultiDict({name: str(value) for name, value in (row.body or {}).items()})
        for name in list(data):
            if pick.random() < 0.5:
                data[name] = self._value()
        for _ in range(pick.randint(0, 6)):
            data.add(pick.choice(sorted(self.fields)), self._value())
        if pick.random() < 0.3 or row.endpoint == "recruiter.upload_list":
            name = pick.choice(["list.csv", "list.xlsx", "a\x00.xlsx", f"<{MARK}>.xlsx", "../../x.xls", "é" * 300])
            data.add("file", FileStorage(io.BytesIO(pick.choice(FILES)), name, "file"))
        data["csrf_token"] = token
        encoded: MultiDict[str, Any] = MultiDict()
        for name, value in data.items(multi=True):
            encoded.add(name, value.encode("utf-8", "surrogatepass") if isinstance(value, str) else value)
        return {"data": encoded}

    def _token(self, who: str, path: str) -> str:
        where = (who, path[:4] if path[:4] in {"/sit", "/rat"} else "")
        if where not in self.tokens:
            self.tokens[where] = self.house.token(who, path)
        return self.tokens[where]

    def ask(self, asked: Asked) -> TestResponse:
        """Ask, and check what comes."""
        answer = self.house.ask(asked.who, asked.method, asked.path, **_fresh(asked.what))
        check(answer, asked)
        return answer

    def close(self) -> None:
        """Put everything back."""
        self._kept.restore()
        self._kept.close()


def _fresh(what: Mapping[str, Any]) -> dict[str, Any]:
    """Give a request's parts for one sending."""
    return {name: value.copy() if isinstance(value, MultiDict) else value for name, value in what.items()}


def check(answer: TestResponse, asked: Asked) -> None:
    """See that an answer is none of our failures, and gives back nothing raw."""
    assert answer.status_code < 500, f"{answer.status_code}: {asked}"
    check_answer(answer, static="/static/" in asked.path)
    assert "X-Planted" not in answer.headers, str(asked)
    if answer.mimetype == "text/html":
        found = _RAW.search(answer.text)
        assert not found, f"raw {found and answer.text[max(0, found.start() - 200) : found.end() + 100]!r}: {asked}"
    elif answer.mimetype == "application/json" and answer.data:
        json.loads(answer.text)


def crawl(crawler: Crawler, n: int, failed: Callable[[AssertionError], None]) -> dict[int, int]:
    """Ask so many times; return how often each code was answered."""
    codes: dict[int, int] = {}
    for asked in crawler.requests(n):
        try:
            code = crawler.ask(asked).status_code
        except AssertionError as error:
            failed(error)
            code = 0
        codes[code] = codes.get(code, 0) + 1
    return dict(sorted(codes.items()))
