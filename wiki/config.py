"""Settings: from the environment and one file, checked at start."""

import os
import secrets
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from zoneinfo import available_timezones

from wiki.errors import Refusal

PREFIX = "DOSSIER_WIKI_"
FILE_NAME = "settings.toml"


@dataclass(frozen=True)
class Settings:
    """Every setting of one instance; the name in the environment is `DOSSIER_WIKI_` + NAME."""

    home: Path = field(metadata={"help": "Folder of the instance: database, files, index"})
    database_url: str = field(
        default="", metadata={"help": "PostgreSQL address; empty means SQLite in the home folder"}
    )
    secret_key: str = field(
        default="", metadata={"help": "Signs sessions; empty means one made at the first start"}
    )
    host: str = field(default="127.0.0.1", metadata={"help": "Address the server listens on"})
    port: int = field(default=8080, metadata={"help": "Port the server listens on"})
    threads: int = field(default=8, metadata={"help": "Requests served at once"})
    public_url: str = field(
        default="",
        metadata={"help": "Address people use, for links in mail; https makes cookies secure"},
    )
    trusted_proxies: int = field(
        default=0,
        metadata={"help": "Number of reverse proxies in front whose headers are believed"},
    )
    default_language: str = field(
        default="ru", metadata={"help": "Language before a person chose one: ru or en"}
    )
    default_time_zone: str = field(
        default="Europe/Moscow", metadata={"help": "Time zone before a person chose one"}
    )
    session_days: int = field(default=30, metadata={"help": "Days a remembered sign-in lasts"})
    upload_limit_mb: int = field(default=25, metadata={"help": "Largest attachment, in megabytes"})
    import_limit_mb: int = field(
        default=200, metadata={"help": "Largest ZIP of pages, in megabytes"}
    )
    render_seconds: float = field(
        default=5.0, metadata={"help": "Longest time one page may take to render"}
    )
    file_text_seconds: float = field(
        default=20.0, metadata={"help": "Longest time the reading of one attachment may take"}
    )
    file_text_mb: int = field(
        default=512, metadata={"help": "Most memory the reading may take, in megabytes"}
    )
    smtp_host: str = field(
        default="", metadata={"help": "Mail server; empty writes letters to the console"}
    )
    smtp_port: int = field(default=587, metadata={"help": "Port of the mail server"})
    smtp_user: str = field(default="", metadata={"help": "Account at the mail server"})
    smtp_password: str = field(default="", metadata={"help": "Its password"})
    smtp_tls: bool = field(default=True, metadata={"help": "STARTTLS before signing in"})
    mail_sender: str = field(default="wiki@localhost", metadata={"help": "Sender of the letters"})
    demonstration: bool = field(
        default=False, metadata={"help": "Fill an empty instance with the demonstration company"}
    )

    @property
    def database_address(self) -> str:
        """The SQLAlchemy address of the database."""
        url = self.database_url or f"sqlite:///{self.home / 'wiki.sqlite3'}"
        return url.replace("postgresql://", "postgresql+psycopg://", 1)

    @property
    def base_url(self) -> str:
        """The address people use, without a slash at the end."""
        return self.public_url.rstrip("/") or f"http://{self.host}:{self.port}"

    @property
    def secure_cookies(self) -> bool:
        """Whether browsers may send the cookies over HTTPS only."""
        return self.public_url.startswith("https://")


def load_settings(home: Path | None = None, environ: Mapping[str, str] | None = None) -> Settings:
    """The settings of the instance in `home` (default `DOSSIER_WIKI_HOME`, else `./instance`).

    The environment wins over `settings.toml` in the home folder. Raises `Refusal` that names
    the setting and what is wrong with it.
    """
    environ = os.environ if environ is None else environ
    home = Path(home or environ.get(PREFIX + "HOME") or "instance").absolute()
    values = {**_from_file(home / FILE_NAME), **_from_environment(environ), "home": home}
    settings = Settings(**{name: _convert(name, value) for name, value in values.items()})  # type: ignore[arg-type]
    _check(settings)
    return settings


def secret_key_of(settings: Settings) -> str:
    """The signing key: the one that is set, else one kept in the home folder, made when absent."""
    if settings.secret_key:
        return settings.secret_key
    path = settings.home / "secret_key"
    if not path.exists():
        settings.home.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(48))
    return path.read_text().strip()


def _from_file(path: Path) -> dict[str, object]:
    if not path.exists():
        return {}
    try:
        values = tomllib.loads(path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise Refusal(
            "The settings file %(path)s cannot be read: %(why)s.", path=path, why=error
        ) from error
    unknown = sorted(set(values) - _names())
    if unknown:
        raise Refusal(
            "The settings file %(path)s has unknown settings: %(names)s.",
            path=path,
            names=", ".join(unknown),
        )
    return values


def _from_environment(environ: Mapping[str, str]) -> dict[str, object]:
    found = {
        name: environ[PREFIX + name.upper()]
        for name in _names()
        if PREFIX + name.upper() in environ
    }
    if "database_url" not in found and environ.get("DATABASE_URL"):
        found["database_url"] = environ["DATABASE_URL"]
    return dict(found)


def _names() -> set[str]:
    return {f.name for f in fields(Settings)} - {"home"}


_TYPES: dict[str, type] = {f.name: f.type for f in fields(Settings)}  # type: ignore[misc]


def _convert(name: str, value: object) -> object:
    kind = _TYPES[name]
    try:
        if kind is bool and isinstance(value, str):
            return {
                "1": True,
                "true": True,
                "yes": True,
                "0": False,
                "false": False,
                "no": False,
                "": False,
            }[value.lower()]
        return kind(value)
    except (ValueError, TypeError, KeyError):
        raise Refusal(
            "The setting %(name)s is %(value)s, but it must be of the kind %(kind)s.",
            name=PREFIX + name.upper(),
            value=repr(value),
            kind=kind.__name__,
        ) from None


def _check(settings: Settings) -> None:
    _must(settings.default_language in ("ru", "en"), "default_language", "ru or en")
    _must(
        settings.default_time_zone in available_timezones(),
        "default_time_zone",
        "an IANA name such as Europe/Moscow",
    )
    _must(0 <= settings.port < 65536, "port", "a number from 0 to 65535")
    _must(settings.threads > 0, "threads", "a number above 0")
    _must(settings.upload_limit_mb > 0, "upload_limit_mb", "a number above 0")
    _must(settings.render_seconds > 0, "render_seconds", "a number above 0")
    _must(settings.file_text_seconds > 0, "file_text_seconds", "a number above 0")
    _must(settings.file_text_mb >= 128, "file_text_mb", "128 or more")
    url = settings.database_url
    _must(
        not url or url.startswith(("postgresql://", "postgresql+psycopg://", "sqlite:///")),
        "database_url",
        "a postgresql:// address",
    )
    _must(
        not settings.public_url or settings.public_url.startswith(("http://", "https://")),
        "public_url",
        "an http:// or https:// address",
    )


def _must(holds: bool, name: str, expected: str) -> None:
    if not holds:
        raise Refusal(
            "The setting %(name)s must be %(expected)s.",
            name=PREFIX + name.upper(),
            expected=expected,
        )
