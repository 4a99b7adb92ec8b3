"""Pages as they are read: the words, wherever their lines break."""


def words_of(answer) -> str:
    return " ".join(answer.content.decode().split())


def text_of(client, address, **params) -> str:
    """The words of a page, which has to be there."""
    answer = client.get(address, params)
    assert answer.status_code == 200, address
    return words_of(answer)
