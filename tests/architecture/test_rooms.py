"""A service is a row of rooms: one folder for each capability, each table and each route with one owner."""

import re
from collections import Counter

import pytest
from support.rooms import AT_THE_TOP, SERVICES, House, Module, house

MAY_IMPORT = {
    "face": {"face", "use case", "rule"},
    "store": {"store", "use case", "rule"},
    "use case": {"use case", "rule"},
    "rule": {"rule"},
}
WHY = {
    "face": "a face takes what it needs from main.py, so that a fake may stand there",
    "store": "a store remembers, and does not know who asks",
    "use case": "a use case names what it needs as a port, and main.py gives it the real side",
    "rule": "a rule does no input or output, and calls nothing that does",
}
LONGEST_PICTURE = 10


@pytest.fixture(params=SERVICES)
def service(request: pytest.FixtureRequest) -> House:
    return house(request.param)


def test_every_module_stands_in_a_room(service: House) -> None:
    stray = [path.name for path in sorted(service.package.glob("*.py")) if path.stem not in AT_THE_TOP]
    assert not stray, f"{service.name}: move each into the room whose subject it has, or make it a room: {stray}"


def test_the_import_contract_orders_every_room(service: House) -> None:
    placed = {room for layer in service.order for room in layer}
    assert service.folders == placed, f"{service.name}: give each room its place among the layers in pyproject.toml"


def test_every_module_of_a_room_imports_only_what_its_kind_may(service: House) -> None:
    modules = {module.name: module for module in service.modules}
    wrong = [
        f"{module.place} (a {module.kind}) imports {modules[name].place} (a {modules[name].kind}): {WHY[module.kind]}"
        for module in modules.values()
        for name in sorted(module.imports & set(modules))
        if modules[name].path.stem != "__init__" and modules[name].kind not in MAY_IMPORT[module.kind]
    ]
    assert not wrong, "\n".join(wrong)


def test_only_stores_speak_sql_of_their_own_rooms_tables(service: House) -> None:
    owners = {table: room for room in service.folders for table in service.tables(room)}
    wrong = [line for module in service.modules for line in _reaching_around(module, owners, service)]
    assert not wrong, "\n".join(wrong)


def test_every_table_is_created_by_one_room(service: House) -> None:
    made = Counter(table for room in service.folders for table in service.tables(room))
    twice = [table for table, times in made.items() if times > 1]
    assert not twice, f"{service.name}: one room owns each table, these have two: {twice}"
    elsewhere = [p for p in service.package.rglob("*.sql") if p.relative_to(service.package).parts[0] == "migrations"]
    assert not elsewhere, f"put the SQL of a table into the `sql` folder of its room: {elsewhere}"


def test_every_route_belongs_to_the_face_of_one_room(service: House) -> None:
    owners = Counter(route for module in service.modules for route in module.routes)
    twice = [route for route, times in owners.items() if times > 1]
    assert not twice, f"{service.name}: one room answers each address, these have two: {twice}"
    hidden = [module.place for module in service.modules if any(module.routes) and module.kind != "face"]
    roomless = [module.place for module in service.top if any(module.routes)]
    assert not hidden + roomless, f"routes stand in http.py or pages.py of their room: {hidden + roomless}"


def test_the_readme_names_each_room_with_its_tables_and_routes(service: House) -> None:
    rows = {row["room"]: row for row in _rows(service.readme)}
    assert set(rows) == service.folders, f"{service.name}: a line for each room in the README's table, and for no other"
    for room, row in rows.items():
        assert row["for"], f"{service.name}: say in one line what {room} is for"
        assert set(re.findall(r"`(\w+)`", row["tables"])) == service.tables(room), f"{service.name}: tables of {room}"
        routes = {route for module in service.modules if module.room == room for route in module.routes}
        assert set(re.findall(r"`([A-Z]+ /[^`]*)`", row["routes"])) == routes, f"{service.name}: routes of {room}"


def test_the_readme_draws_the_rooms_in_their_order(service: House) -> None:
    picture = _rooms_section(service.readme).split("```")[1].strip("\n").splitlines()[1:]
    assert len(picture) <= LONGEST_PICTURE, f"{service.name}: a picture of at most {LONGEST_PICTURE} lines"
    for higher, lower in zip(service.order, service.order[1:], strict=False):
        lowest = max(_line_of(room, picture) for room in higher)
        assert all(_line_of(room, picture) > lowest for room in lower), f"{service.name}: {lower} stands under {higher}"


def _reaching_around(module: Module, owners: dict[str, str], service: House) -> list[str]:
    touched = (module.writes | module.reads) & set(owners)
    if touched and module.kind != "store":
        return [f"{module.place}: SQL of {sorted(touched)} belongs into a store of its room"]
    foreign = [table for table in sorted(module.writes & set(owners)) if owners[table] != module.room]
    higher = [
        table
        for table in sorted(module.reads & set(owners))
        if owners[table] not in {module.room, *service.below(module.room)}
    ]
    return [
        *(
            f"{module.place} writes {table}, which is {owners[table]}'s: let a store of {owners[table]} do it"
            for table in foreign
        ),
        *(f"{module.place} reads {table} of {owners[table]}, which is no room under it" for table in higher),
    ]


def _rooms_section(readme: str) -> str:
    return re.split(r"^## ", readme.partition("\n## Rooms\n")[2], flags=re.MULTILINE)[0]


def _rows(readme: str) -> list[dict[str, str]]:
    lines = [line.strip().strip("|").split("|") for line in _rooms_section(readme).splitlines() if line.startswith("|")]
    if not lines:
        return []
    names = [name.strip() for name in lines[0]]
    rows = [dict(zip(names, (cell.strip() for cell in cells), strict=True)) for cells in lines[2:]]
    return [{**row, "room": row["room"].strip("`")} for row in rows]


def _line_of(room: str, picture: list[str]) -> int:
    found = [number for number, line in enumerate(picture) if re.search(rf"\b{room}\b", line)]
    assert found, f"the picture lacks {room}"
    return found[0]
