import pytest

from wiki.accounts.devices import Device, read_device, source_of, write_device


def test_a_device_knows_those_who_signed_in_on_it_and_nobody_else() -> None:
    device = Device("x").with_person("anna@example.com")
    assert device.knows("anna@example.com")
    assert not device.knows("boris@example.com")


def test_a_cookie_brings_the_device_back_and_another_key_does_not() -> None:
    device = Device("x").with_person("anna@example.com")
    cookie = write_device(device, "key")
    assert read_device(cookie, "key") == device
    assert read_device(cookie, "another key").people == ()


@pytest.mark.parametrize("cookie", [None, "", "nonsense", "a.b.c", "\ud800", "W10.x" * 1000])
def test_a_broken_cookie_is_a_new_device(cookie: str | None) -> None:
    assert read_device(cookie, "key").people == ()


def test_a_device_remembers_the_eight_latest_people() -> None:
    device = Device("x")
    for number in range(9):
        device = device.with_person(f"{number}@example.com")
    assert not device.knows("0@example.com")
    assert device.knows("1@example.com")
    assert device.knows("8@example.com")


def test_the_cookie_holds_no_address_of_a_person() -> None:
    assert "anna" not in write_device(Device("x").with_person("anna@example.com"), "key")


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("10.1.2.3", "10.1.2.3"),
        ("2001:db8:1:2:aaaa:bbbb:cccc:dddd", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("::ffff:10.1.2.3", "10.1.2.3"),
        ("unix:", "unix:"),
        ("x" * 500, "x" * 60),
        (None, ""),
    ],
)
def test_an_attempt_is_counted_by_its_network(address: str | None, network: str) -> None:
    assert source_of(address, Device("x"), "anna@example.com").address == network
