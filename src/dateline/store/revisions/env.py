"""What Alembic runs a revision in: the connection that it is given, in the transaction of that."""

from __future__ import annotations

from alembic import context

context.configure(connection=context.config.attributes["connection"])
context.run_migrations()
