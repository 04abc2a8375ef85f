"""The real Tryton server from PyPI, in an environment of its own, on SQLite and on loopback."""

import fcntl
import hashlib
import json
import os
import shutil
import socket
import subprocess
import sys
import time
from base64 import b64encode
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import urllib3

PINNED = (
    "trytond==8.2.1", "trytond_account==8.2.1", "trytond_account_invoice==8.2.0",
    "trytond_account_invoice_stock==8.2.0", "trytond_account_product==8.2.0",
    "trytond_company==8.2.0", "trytond_country==8.2.0", "trytond_currency==8.2.0",
    "trytond_party==8.2.0", "trytond_product==8.2.0", "trytond_sale==8.2.0",
    "trytond_sale_opportunity==8.2.0", "trytond_stock==8.2.1",
)  # fmt: skip
ROOT = Path(__file__).parents[4]
HOME = ROOT / "build" / "tryton" / hashlib.sha256("\n".join(PINNED).encode()).hexdigest()[:12]
PASSWORD = "only for tests"
NAME = "crm"
_PATIENCE = 120.0
_UNREACHABLE = ("Connection", "Temporary failure", "Network is unreachable", "No matching distri")


def installed() -> Path:
    """The folder with the server and an empty database, made once and kept between runs."""
    HOME.mkdir(parents=True, exist_ok=True)
    with (HOME / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        for work in (_install, _make_database):
            done = HOME / f"done{work.__name__}"
            if not done.exists():
                work()
                done.touch()
    return HOME


def _install() -> None:
    subprocess.run([sys.executable, "-m", "venv", "--clear", HOME / "env"], check=True)
    pip = [HOME / "env/bin/pip", "install", "--quiet", "--disable-pip-version-check", *PINNED]
    done = subprocess.run(pip, capture_output=True, text=True)
    if done.returncode and any(sign in done.stderr for sign in _UNREACHABLE):
        pytest.skip("PyPI cannot be reached, so the real Tryton server cannot be installed")
    assert done.returncode == 0, done.stderr


def _make_database() -> None:
    folder = HOME / "template"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    # Tryton does not make the file itself.
    (folder / f"{NAME}.sqlite").touch()
    (HOME / "password").write_text(PASSWORD + "\n")
    _configure(HOME / "template.conf", folder, 0)
    admin = [HOME / "env/bin/trytond-admin", "-c", HOME / "template.conf", "-d", NAME]
    modules = ["-u", "sale_opportunity", "--activate-dependencies", "--email", "admin@us.example"]
    own = {**os.environ, "TRYTONPASSFILE": str(HOME / "password")}
    done = subprocess.run([*admin, *modules], env=own, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def _configure(path: Path, folder: Path, port: int) -> None:
    path.write_text(
        f"[database]\nuri = sqlite://\npath = {folder}\n[web]\nlisten = 127.0.0.1:{port}\n"
        "[session]\nmax_attempt = 1000\n"
    )


@contextmanager
def running(folder: Path) -> Iterator[str]:
    """A server with a copy of the empty database in that folder; its address."""
    home = installed()
    shutil.copy(home / "template" / f"{NAME}.sqlite", folder)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
    _configure(folder / "trytond.conf", folder, port)
    command = [home / "env/bin/trytond", "-c", folder / "trytond.conf", "-d", NAME]
    with (
        (folder / "log").open("w") as log,
        subprocess.Popen(command, stdout=log, stderr=log) as server,
    ):
        try:
            _wait_for(server, port, folder / "log")
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()


def _wait_for(server: "subprocess.Popen[bytes]", port: int, log: Path) -> None:
    end = time.monotonic() + _PATIENCE
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            assert time.monotonic() < end, log.read_text()
        else:
            return
        try:
            # Until it answers; an end of it would come at once.
            server.wait(0.1)
        except subprocess.TimeoutExpired:
            continue
        raise AssertionError(log.read_text())


def tagged(amount: str) -> dict[str, str]:
    """A decimal as Tryton's interface has it."""
    return {"__class__": "Decimal", "decimal": amount}


@dataclass
class Office:
    """Somebody who works in Tryton itself, over the interface of its own clients."""

    address: str
    company: int = 0
    key: str = ""
    _session: str = ""
    _pool: urllib3.PoolManager = field(default_factory=urllib3.PoolManager)
    ids: dict[str, int] = field(default_factory=dict)

    def call(self, method: str, *arguments: Any) -> Any:
        """One call of JSON-RPC."""
        headers = {"Content-Type": "application/json", "Accept": "application/json"}
        headers |= {"Accept-Encoding": "gzip"}
        headers |= {"Authorization": f"Session {self._session}"} if self._session else {}
        body = json.dumps({"id": 1, "method": method, "params": list(arguments)})
        answer = self._pool.request(
            "POST", f"{self.address}/{NAME}/rpc/", body=body, headers=headers
        )
        said = json.loads(answer.data, parse_float=Decimal)
        assert "error" not in said, said["error"]
        return said["result"]

    def model(self, method: str, *arguments: Any) -> Any:
        """A method of a model, as a person of the company."""
        context = {"company": self.company} if self.company else {}
        return self.call(f"model.{method}", *arguments, context)

    def sign_in(self) -> None:
        """As the administrator."""
        user, session, *_rest = self.call("common.db.login", "admin", {"password": PASSWORD})
        self._session = b64encode(f"admin:{user}:{session}".encode()).decode()

    def new_key(self) -> str:
        """A key for the REST interface, as one makes it in the preferences."""
        made = self.model("res.user.application.create", [{"user": 1, "application": "rest"}])
        key: str = self.model("res.user.application.read", made, ["key"])[0]["key"]
        return key

    def furnish(self) -> None:
        """A company with a seller, two clients with a contact, and three products."""
        rate = ["create", [{"rate": tagged("1")}]]
        euro = {"name": "Euro", "code": "EUR", "symbol": "€", "rates": [rate]}
        currency = self._one("currency.currency", euro)
        us = self._one("party.party", {"name": "Us"})
        self.company = self._one("company.company", {"party": us, "currency": currency})
        companies = {"companies": [["add", [self.company]]], "company": self.company}
        self.model("res.user.write", [1], companies)
        self.key = self.new_key()
        anna = self.party("Anna Petrova", email="anna@us.example")
        employee = {"party": anna, "company": self.company}
        self.ids |= {"currency": currency, "anna": self._one("company.employee", employee)}
        self.ids["moose"] = self.party("Moose", website="https://www.moose.example/")
        self.ids["elk"] = self.party("Elk", email="ivan@elk.example")
        self.ids["unit"] = self.model("product.uom.search", [["name", "=", "Unit"]])[0]
        for number, name in enumerate(("Press", "Lathe", "Saw"), 1):
            self.ids[name] = self._product(name, f"{number}000.50")

    def party(self, name: str, **mechanisms: str) -> int:
        """A party with its ways of contact."""
        ways = [{"type": kind, "value": value} for kind, value in mechanisms.items()]
        return self._one("party.party", {"name": name, "contact_mechanisms": [["create", ways]]})

    def deals(self, *many: Mapping[str, Any]) -> list[int]:
        """Opportunities, in one transaction."""
        usual = {
            "party": self.ids["moose"],
            "company": self.company,
            "currency": self.ids["currency"],
            "employee": self.ids["anna"],
            "amount": tagged("1000.10"),
            "conversion_probability": 0.3,
        }
        made: list[int] = self.model("sale.opportunity.create", [{**usual, **one} for one in many])
        return made

    def line(self, product: str, quantity: int) -> dict[str, Any]:
        """A line of a new opportunity."""
        return {"product": self.ids[product], "quantity": quantity, "unit": self.ids["unit"]}

    def write(self, deal: int, **values: Any) -> None:
        """Edit an opportunity."""
        self.model("sale.opportunity.write", [deal], values)

    def press(self, button: str, *deals: int) -> None:
        """Press a button of opportunities: opportunity, lost, cancel, lead."""
        self.model(f"sale.opportunity.{button}", list(deals))

    def delete(self, *deals: int) -> None:
        """Delete opportunities, which must be cancelled first."""
        self.press("cancel", *deals)
        self.model("sale.opportunity.delete", list(deals))

    def all_deals(self) -> dict[str, tuple[Any, ...]]:
        """What there is, as it should be here: number → title, amount, state, probability."""
        fields = ["description", "number", "amount", "state", "conversion_probability", "lines"]
        rows = self.model("sale.opportunity.search_read", [], 0, None, None, fields)
        return {str(row["id"]): _seen(row) for row in rows}

    def _one(self, model: str, values: Mapping[str, Any]) -> int:
        made: list[int] = self.model(f"{model}.create", [values])
        return made[0]

    def _product(self, name: str, price: str) -> int:
        unit = self.ids["unit"]
        values = {"name": name, "type": "service", "default_uom": unit, "sale_uom": unit}
        more = {"salable": True, "list_price": tagged(price), "products": [["create", [{}]]]}
        template = self._one("product.template", {**values, **more})
        read = self.model("product.template.read", [template], ["products"])
        number: int = read[0]["products"][0]
        return number


def _seen(row: Mapping[str, Any]) -> tuple[Any, ...]:
    amount = row["amount"] and Decimal(row["amount"]["decimal"])
    share = Decimal(row["conversion_probability"]) * 100
    return (
        row["description"] or row["number"],
        amount,
        row["state"].title(),
        share,
        len(row["lines"]),
    )
