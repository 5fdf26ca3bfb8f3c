"""The store opens, moves up and stays private; its readers and writers do not get in one another's way; its faults can be acted on."""

from __future__ import annotations

import os
import socket
import sqlite3
import subprocess
import sys
import traceback
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from time import perf_counter
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import insert, select, text, update
from sqlalchemy.exc import IntegrityError

from agent.errors import NeedsHuman, Unavailable
from agent.store import Store, migrations, place, schema

setting = schema.setting
SECRET = "hunter" + "2"


def put(store: Store, name: str, value: str) -> None:
    with store.begin() as connection:
        connection.execute(insert(setting).values(name=name, value=value))


def values(store: Store) -> list[str]:
    with store.read() as connection:
        return list(connection.execute(select(setting.c.value).order_by(setting.c.name)).scalars())


# ------------------------------------------------------------------------------------------------------- migrations


@pytest.fixture(params=["sqlite", "postgres"])
def migrated(request: pytest.FixtureRequest, tmp_path: Path) -> Any:
    """A database brought up by the revisions themselves, not copied."""
    if request.param == "sqlite":
        made = Store.open(f"sqlite:///{tmp_path}/new/onward.db")
        yield made
        made.close()
    else:
        with request.getfixturevalue("cluster").database("template0") as url:
            made = Store.open(url)
            yield made
            made.close()


def test_the_revisions_make_exactly_the_tables_of_the_schema(migrated: Store) -> None:
    with migrated.begin() as connection:
        context = MigrationContext.configure(connection, opts={"version_table": migrations.TABLE, "compare_server_default": True})
        assert compare_metadata(context, schema.metadata) == []


def test_the_version_told_is_that_of_the_last_revision(migrated: Store) -> None:
    scripts = ScriptDirectory(str(Path(migrations.__file__).parent))
    assert scripts.get_heads() == [migrations.HEAD]
    with migrated.read() as connection:
        assert migrations.version(connection, "") == migrations.HEAD


def test_what_was_kept_is_there_when_it_is_opened_again(store: Store, store_url: str) -> None:
    put(store, "a", "kept")
    again = Store.open(store_url)
    assert values(again) == ["kept"]
    again.close()


def test_a_store_stays_where_it_was_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    made = Store.open("sqlite:///onward.db")
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    made.engine.dispose()  # the next connection is a new one
    put(made, "a", "kept")
    made.close()
    assert not list((tmp_path / "elsewhere").iterdir())


def test_a_database_of_a_newer_version_is_left_alone(store: Store, store_url: str) -> None:
    with store.begin() as connection:
        connection.execute(text(f"UPDATE {migrations.TABLE} SET version_num = '9999'"))
    with pytest.raises(NeedsHuman, match="newer version of Onward"):
        Store.open(store_url)


def test_a_database_of_something_else_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE card (number INTEGER)")
    other.close()
    path.chmod(0o600)
    with pytest.raises(NeedsHuman, match="something else"):
        Store.open(f"sqlite:///{path}")


def test_a_migration_that_fails_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(connection: Any) -> None:
        schema.metadata.create_all(connection)
        raise KeyError

    with monkeypatch.context() as patch:
        patch.setattr(migrations, "_upgrade", failing)
        with pytest.raises(KeyError):
            Store.open(f"sqlite:///{tmp_path}/a.db")
    made = Store.open(f"sqlite:///{tmp_path}/a.db")
    assert values(made) == []
    made.close()


def test_a_store_that_is_up_to_date_opens_at_once_and_without_alembic(blank: Path, tmp_path: Path) -> None:
    (tmp_path / "a.db").write_bytes(blank.read_bytes())
    (tmp_path / "a.db").chmod(0o600)
    url = f"sqlite:///{tmp_path}/a.db"
    code = f"import sys; from agent.store import Store; Store.open({url!r}).close(); assert 'alembic' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True, cwd=Path(__file__).parents[1])
    times = []
    for _ in range(5):
        began = perf_counter()
        Store.open(url).close()
        times.append(perf_counter() - began)
    assert min(times) < 0.05


@pytest.mark.parametrize(
    "url", [f"mysql://dana:{SECRET}@host/db", "onward.db", "", "sqlite://", "sqlite:///:memory:", f"postgresql:{SECRET}"]
)
def test_an_address_that_is_no_store_is_told_so_without_its_password(url: str) -> None:
    with pytest.raises(NeedsHuman) as refused:
        Store.open(url)
    assert SECRET not in "".join(traceback.format_exception(refused.value))


# ------------------------------------------------------------------------------------------------ readers and writers


def test_a_reader_sees_one_moment_and_waits_for_no_writer(store: Store) -> None:
    put(store, "a", "before")
    with store.begin() as writer:
        writer.execute(update(setting).values(value="after"))
        assert values(store) == ["before"]
        with store.read() as reader:
            assert reader.execute(select(setting.c.value)).scalars().all() == ["before"]
            writer.commit()
            assert reader.execute(select(setting.c.value)).scalars().all() == ["before"]
    assert values(store) == ["after"]


def test_a_writer_waits_for_no_reader(store: Store) -> None:
    with store.read() as reader:
        assert reader.execute(select(setting)).all() == []
        put(store, "a", "kept")
        assert reader.execute(select(setting)).all() == []
    assert values(store) == ["kept"]


def test_a_reader_cannot_write_and_the_next_writer_can(store: Store) -> None:
    with pytest.raises(NeedsHuman), store.read() as reader:
        reader.execute(insert(setting).values(name="a", value="b"))
    put(store, "a", "kept")
    assert values(store) == ["kept"]


def test_what_a_writer_has_read_stays_true_until_it_ends(store: Store) -> None:
    put(store, "a", "0")

    def count(_: int) -> None:
        with store.begin() as connection:
            value = int(connection.execute(select(setting.c.value)).scalar_one())
            connection.execute(update(setting).values(value=str(value + 1)))

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(count, range(40)))
    assert values(store) == ["40"]


def test_a_transaction_that_fails_leaves_nothing(store: Store) -> None:
    def failing() -> None:
        with store.begin() as connection:
            connection.execute(insert(setting).values(name="a", value="b"))
            raise KeyError

    with pytest.raises(KeyError):
        failing()
    assert values(store) == []


def test_what_refers_to_a_row_that_is_not_there_is_refused(store: Store) -> None:
    with pytest.raises(IntegrityError), store.begin() as connection:
        connection.execute(insert(schema.message_mark).values(message=1, mark="x"))


def test_what_is_written_is_safe_from_a_power_cut(store: Store) -> None:
    if not store.path:
        pytest.skip("the server's own setting")
    with store.begin() as connection:
        asked = ("journal_mode", "synchronous", "secure_delete", "foreign_keys")
        assert [connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in asked] == ["wal", 2, 1, 1]


# ----------------------------------------------------------------------------------------------------------- privacy


def test_the_files_are_for_their_owner_alone_whatever_the_umask(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        made = Store.open(f"sqlite:///{tmp_path}/home/data/onward.db")
        put(made, "a", "b")
        modes = {path.name: path.stat().st_mode & 0o777 for path in (tmp_path / "home" / "data").iterdir()}
    finally:
        os.umask(before)
    made.close()
    assert modes == {"onward.db": 0o600, "onward.db-wal": 0o600, "onward.db-shm": 0o600}
    assert (tmp_path / "home" / "data").stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize(("name", "mode"), [("onward.db", 0o644), ("onward.db", 0o640), ("onward.db-wal", 0o604)])
def test_a_file_that_others_can_read_is_refused_with_what_to_do(tmp_path: Path, name: str, mode: int) -> None:
    (tmp_path / name).touch(mode=mode)
    (tmp_path / name).chmod(mode)
    with pytest.raises(NeedsHuman) as refused:
        Store.open(f"sqlite:///{tmp_path}/onward.db")
    assert refused.value.hint == f"run: chmod 600 '{tmp_path / name}'"


MOUNTS = """\
22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
40 22 0:30 / /home rw,relatime - nfs4 server:/home rw
41 40 8:2 / /home/dana/my\\040disk rw - xfs /dev/sdb1 rw
42 22 0:31 / /share rw - ext4 /dev/sdc1 rw
43 22 0:32 / /share rw - cifs //server/share rw
"""


@pytest.mark.parametrize(
    ("folder", "kind"),
    [("/var/lib", "ext4"), ("/home/dana", "nfs4"), ("/home/dana/my disk/x", "xfs"), ("/homely", "ext4"), ("/share/x", "cifs")],
)
def test_the_file_system_of_a_folder_is_that_of_its_nearest_and_latest_mount(folder: str, kind: str) -> None:
    assert place.file_system(Path(folder), MOUNTS) == kind


def test_a_store_on_a_network_file_system_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mounts = tmp_path / "mountinfo"
    mounts.write_text(f"{MOUNTS}50 22 0:40 / {tmp_path.resolve()} rw - nfs server:/x rw\n")
    monkeypatch.setattr(place, "_MOUNTS", mounts)
    with pytest.raises(NeedsHuman, match=r"network file system \(nfs\)"):
        Store.open(f"sqlite:///{tmp_path}/onward.db")
    assert not (tmp_path / "onward.db").exists()


# ------------------------------------------------------------------------------------------------------------ faults


def test_a_file_that_is_no_database_is_told_so_and_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "onward.db"
    path.write_bytes(b"Dear diary, " * 1000)
    path.chmod(0o600)
    with pytest.raises(NeedsHuman, match="not a database") as refused:
        Store.open(f"sqlite:///{path}")
    assert "nothing of it was deleted" in refused.value.hint
    assert path.read_bytes() == b"Dear diary, " * 1000


def test_a_damaged_file_is_told_so_and_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "onward.db"
    made = Store.open(f"sqlite:///{path}")
    for n in range(50):
        put(made, str(n), "x" * 5000)
    made.close()
    spoiled = path.read_bytes()[:8192] + b"\xff" * (path.stat().st_size - 8192)
    path.write_bytes(spoiled)
    with pytest.raises(NeedsHuman, match="is damaged"):
        _used(path)
    assert path.read_bytes() == spoiled


def _used(path: Path) -> None:
    made = Store.open(f"sqlite:///{path}")
    try:
        values(made)
    finally:
        made.close()


def test_a_full_disk_is_told_so_and_loses_nothing(tmp_path: Path) -> None:
    made = Store.open(f"sqlite:///{tmp_path}/onward.db")
    put(made, "a", "kept")
    with made.engine.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
        connection.exec_driver_sql(f"PRAGMA max_page_count={pages + 2}")
    with pytest.raises(NeedsHuman, match="no room left") as refused:
        put(made, "b", "x" * 100_000)
    assert "make room" in refused.value.hint
    assert values(made) == ["kept"]
    put(made, "c", "small")
    assert values(made) == ["kept", "small"]
    made.close()


def test_a_place_that_is_a_file_is_told_so(tmp_path: Path) -> None:
    (tmp_path / "data").touch()
    with pytest.raises(NeedsHuman, match="there is a file where the folder"):
        Store.open(f"sqlite:///{tmp_path}/data/onward.db")


def test_a_writer_that_waits_too_long_may_try_again(blank: Path, tmp_path: Path) -> None:
    path = tmp_path / "onward.db"
    path.write_bytes(blank.read_bytes())
    path.chmod(0o600)
    one, two = Store.open(f"sqlite:///{path}"), Store.open(f"sqlite:///{path}")
    with two.read() as connection:
        connection.exec_driver_sql("PRAGMA busy_timeout=0")
    with one.begin(), pytest.raises(Unavailable, match="busy") as refused:
        put(two, "a", "b")
    assert refused.value.retry_after
    one.close()
    two.close()


def test_a_server_that_is_away_is_told_so_without_the_password() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    with pytest.raises(Unavailable, match=r"onward at 127\.0\.0\.1 does not answer") as refused:
        Store.open(f"postgresql://dana:{SECRET}@127.0.0.1:{port}/onward")
    assert SECRET not in "".join(traceback.format_exception(refused.value))


def test_a_database_that_is_not_there_is_told_so(cluster: Any) -> None:
    with pytest.raises(Unavailable, match='database "nowhere" does not exist'):
        Store.open(cluster.url("nowhere"))


def test_a_connection_that_the_server_ended_is_made_anew(store: Store, cluster: Any) -> None:
    if store.path:
        pytest.skip("a file does not go away")
    put(store, "a", "kept")
    with store.read() as connection:
        me = connection.execute(text("SELECT pg_backend_pid()")).scalar()
    cluster.run(f"SELECT pg_terminate_backend({me}, 5000)")
    assert values(store) == ["kept"]


def test_without_the_driver_of_postgresql_it_is_told_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(NeedsHuman) as refused:
        Store.open(f"postgresql://dana:{SECRET}@host/db")
    assert refused.value.told == "the driver of PostgreSQL is not installed; run: pip install 'onward[postgres]'"
    assert SECRET not in "".join(traceback.format_exception(refused.value))


def test_what_is_stored_stands_in_no_exception(store: Store) -> None:
    put(store, "pat@acme.example", "a secret")
    with pytest.raises(IntegrityError) as refused:
        put(store, "pat@acme.example", "a secret")
    told = "".join(traceback.format_exception(refused.value))
    assert "a secret" not in told.replace('"a secret")', "")
    assert "acme.example" not in told.replace('"pat@acme.example"', "")
