"""The letters about accounts, in the language of the person who gets them."""

from wiki.locale import _, force_locale


def password_reset(language: str, name: str, link: str) -> tuple[str, str]:
    """Subject and text of the letter with the link for a new password."""
    with force_locale(language):
        text = _(
            "Hello, %(name)s!\n\n"
            "Somebody asked for a new password for your account. Set it here within one hour:\n\n"
            "%(link)s\n\n"
            "If that was not you, do nothing: your password stays as it is.\n",
            name=name,
            link=link,
        )
        return str(_("A new password for Dossier Wiki")), str(text)


def invitation(language: str, inviter: str, link: str) -> tuple[str, str]:
    """Subject and text of an invitation; `inviter` is empty for the command line."""
    with force_locale(language):
        beginning = (
            _("%(name)s invites you to the Dossier Wiki of the sales department.", name=inviter)
            if inviter
            else _("You are invited to the Dossier Wiki of the sales department.")
        )
        rest = _(
            "Make your account here within seven days:\n\n%(link)s\n\n"
            "If you do not expect this letter, do nothing.\n",
            link=link,
        )
        return str(_("Invitation to Dossier Wiki")), f"{beginning}\n\n{rest}"
