"""On PostgreSQL, the Spanish words of each search entry, kept beside it by the database and indexed.

A generated column, not an index on an expression: a word that most entries have is then read from the row instead
of being stemmed again for each. What an entry is stands among its words too, so that one index answers for a word,
an entity, a kind, a year and a policy together, and another entity's entries cost nothing.

The models know nothing of it. A migration that changes the type of a column named here must drop it first; it
comes back afterwards.
"""

from django.db import connections

TABLE, COLUMN, INDEX = "actionplans_searchentry", "words", "search_by_words"

# `folded` has no accents and a space after every word; «-ación» and «-ución» get theirs back, because the
# dictionary knows these endings by it.
_WORDS = """
    array_to_tsvector(ARRAY[
        '@e' || entity_id::text, '@k' || kind::text, '@y' || coalesce(year::text, ''), '@p' || policy::text
    ]) || to_tsvector(
        'spanish'::regconfig, replace(replace(folded, 'acion ', 'ación '), 'ucion ', 'ución ')
    )
"""


def install_after_migrating(using, **_signal) -> None:
    """Add the column and its index where they are missing."""
    connection = connections[using]
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        if TABLE not in connection.introspection.table_names(cursor):
            return
        cursor.execute(
            f"ALTER TABLE {TABLE} ADD COLUMN IF NOT EXISTS {COLUMN} tsvector GENERATED ALWAYS AS ({_WORDS}) STORED"
        )
        cursor.execute(f"CREATE INDEX IF NOT EXISTS {INDEX} ON {TABLE} USING gin ({COLUMN})")


def label(mark: str, value) -> str:
    """The word by which an entry says what it is, as a query writes it: `mark` is e, k, y or p."""
    quoted = f"@{mark}{value}".replace("\\", "\\\\").replace("'", "''")
    return f"'{quoted}'"
