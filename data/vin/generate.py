#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 Pitlane authors
# SPDX-License-Identifier: MIT
"""Makes vpic.bin, the VIN tables of the program, from NHTSA's vPIC data.

usage: generate.py vpic.lite.db[.gz] vpic.bin

Needs Python 3 and the zstd program. README.md beside this file says where the database comes
from; src/domain/vin_data.c reads what is written here and its header describes the layout.
The same database and the same zstd give the same bytes.
"""
import collections
import gzip
import re
import shutil
import sqlite3
import struct
import subprocess
import sys
import tempfile

BLOCK_TARGET = 96 * 1024   # of rows and keys; with the words about twice that when unpacked
PICKED_SCHEMAS = 5         # a make with fewer is not offered in pick lists
YEAR_ZERO = 1980           # years are kept as one byte counted from here; 255 is open
NEVER_IN_A_VIN = re.compile("[IOQ]")
SAYS_NOTHING = re.compile(
    r"\W*(0|n/a|tbd|none|others?|unknown|not.?(identified|applicable))\W*", re.I)

# vPIC's vehicle types, and what is kept of each. Trailers have no engine and are left out.
MOTORCYCLE, CAR, TRUCK, BUS, MPV, LOW_SPEED, INCOMPLETE, OFF_ROAD = 1, 2, 3, 5, 7, 9, 10, 13
MODEL, BODY, CYLINDERS, LITRES, CC, FUEL, FUEL_2, ENGINE, SERIES, TRIM = (
    28, 5, 9, 13, 11, 24, 66, 18, 34, 38)
BASE = {MODEL, CYLINDERS, LITRES, CC, FUEL, FUEL_2}
KEPT = {
    CAR: BASE | {BODY, ENGINE, SERIES, TRIM},
    TRUCK: BASE | {BODY, ENGINE, SERIES, TRIM},
    MPV: BASE | {BODY, ENGINE, SERIES, TRIM},
    INCOMPLETE: BASE | {BODY, ENGINE, SERIES},
    BUS: BASE | {BODY},
    LOW_SPEED: BASE | {BODY},
    OFF_ROAD: BASE | {BODY},
    MOTORCYCLE: set(),  # make and year only: their 400 models a maker would add a third
}
# Numbers of the elements in the file: enum element of vin_data.h.
NUMBER = {MODEL: 0, BODY: 1, CYLINDERS: 2, LITRES: 3, CC: 4, FUEL: 5, FUEL_2: 6, ENGINE: 7,
          SERIES: 8, TRIM: 9}
IS_MOTORCYCLE, YEAR_IS_BOUND = 1, 2  # flags of a manufacturer code

# Body classes as people at a counter say them; what is not here is cut at " (" and "/".
BODIES = {
    "Sedan/Saloon": "Sedan",
    "Hatchback/Liftback/Notchback": "Hatchback",
    "Convertible/Cabriolet": "Convertible",
    "Sport Utility Vehicle (SUV)/Multi-Purpose Vehicle (MPV)": "SUV",
    "Crossover Utility Vehicle (CUV)": "SUV",
    "Sport Utility Truck (SUT)": "Truck",
    "Cargo Van": "Van",
    "Step Van / Walk-in Van": "Step van",
    "Truck-Tractor": "Tractor",
    "Low Speed Vehicle (LSV) / Neighborhood Electric Vehicle (NEV)": "Low speed vehicle",
    "Bus - School Bus": "School bus",
    "Streetcar / Trolley": "Trolley",
}


def body_word(name):
    if name in BODIES:
        return BODIES[name]
    if name.startswith("Motorcycle"):
        return "Motorcycle"
    for prefix in ("Incomplete - ", "Off-road Vehicle - "):
        if name.startswith(prefix):
            name = name[len(prefix):]
    return re.split(r" \(|/| \[", name)[0].strip().capitalize()


def litres_of_cc(text):
    try:
        value = float(text)
    except ValueError:
        return None
    return "%.1f" % (value / 1000) if value >= 50 else None


def one_line(text):
    return " ".join(text.split())


class Source:
    """What the program needs of the database, with ids turned into words."""

    def __init__(self, path):
        self.db = sqlite3.connect(path)
        self.make = dict(self.db.execute("SELECT Id, Name FROM Make"))
        self.model = {}
        for model, name, make in self.db.execute(
                "SELECT m.Id, m.Name, k.MakeId FROM Model m JOIN Make_Model k ON k.ModelId = m.Id"):
            self.model[str(model)] = one_line(self.make[make]) + "\t" + one_line(name)
        self.body = {str(i): body_word(n) for i, n in
                     self.db.execute("SELECT Id, Name FROM BodyStyle")}
        self.fuel = {str(i): n for i, n in self.db.execute("SELECT Id, Name FROM FuelType")}
        self.schema_order = collections.defaultdict(int)  # a newer schema has a higher number
        self.patterns = self._patterns()
        self.codes = self._codes()

    def date(self):
        return self.db.execute("SELECT max(max(ifnull(UpdatedOn, ''), ifnull(CreatedOn, '')))"
                               " FROM Wmi").fetchone()[0][:10]

    def word(self, element, attribute):
        attribute = attribute.strip()
        if element == MODEL:
            return self.model.get(attribute)
        if element == BODY:
            return self.body.get(attribute)
        if element == FUEL:
            return self.fuel.get(attribute)
        if element == FUEL_2:  # kept for hybrids only
            word = self.fuel.get(attribute)
            return word if word in ("Electric", "Gasoline", "Diesel") else None
        if element == CC:
            return litres_of_cc(attribute)
        return one_line(attribute) or None

    def _patterns(self):
        """Schema -> {(key, element): value}; the newest of contradicting rows stays."""
        found = collections.defaultdict(dict)
        rows = self.db.execute(
            "SELECT VinSchemaId, Keys, ElementId, AttributeId FROM Pattern WHERE ElementId IN (%s)"
            " ORDER BY ifnull(UpdatedOn, CreatedOn), Id" % ",".join(map(str, NUMBER)))
        for number, (schema, key, element, attribute) in enumerate(rows):
            self.schema_order[schema] = number
            if NEVER_IN_A_VIN.search(re.sub(r"\[.*?\]", "", key)):
                continue
            word = self.word(element, attribute)
            if word and not SAYS_NOTHING.fullmatch(word):
                found[schema][key.rstrip("*|"), element] = word
        return found

    def _codes(self):
        makes = collections.defaultdict(list)
        for code, make in self.db.execute(
                "SELECT WmiId, MakeId FROM Wmi_Make ORDER BY WmiId, MakeId"):
            makes[code].append(one_line(self.make[make]))
        years = collections.defaultdict(list)
        for code, schema, first, last in self.db.execute(
                "SELECT WmiId, VinSchemaId, YearFrom, YearTo FROM Wmi_VinSchema"
                " ORDER BY WmiId, YearFrom, VinSchemaId"):
            years[code].append((first, last, schema))
        for links in years.values():  # of equally close rows the program takes the last
            links.sort(key=lambda link: (self.schema_order[link[2]], link[0], link[2]))
        result = []
        for row, text, kind, weight in self.db.execute(
                "SELECT Id, Wmi, VehicleTypeId, TruckTypeId FROM Wmi ORDER BY Wmi"):
            if kind in KEPT:
                bound = kind in (CAR, MPV) or (kind == TRUCK and weight == 1)
                flags = IS_MOTORCYCLE * (kind == MOTORCYCLE) | YEAR_IS_BOUND * bound
                result.append(Code(text, kind, flags, makes[row], years[row]))
        return result


class Code:
    """One world manufacturer identifier."""

    def __init__(self, text, kind, flags, makes, years):
        self.text, self.kind, self.flags, self.makes, self.years = text, kind, flags, makes, years


def schema_rows(patterns, kept):
    """A schema as sorted pairs of a key and all values it gives."""
    rows = collections.defaultdict(dict)
    for (key, element), word in patterns.items():
        if element in kept:
            rows[key][NUMBER[element]] = word
    for values in rows.values():
        if NUMBER[LITRES] in values:
            values.pop(NUMBER[CC], None)
    bundles = {key: tuple(sorted(values.items())) for key, values in rows.items() if values}
    return tuple(sorted(bundles.items(), key=lambda row: row[0]))


class Numbers(dict):
    """Gives every new thing the next number."""

    def of(self, thing):
        return self.setdefault(thing, len(self))


class Block:
    """Manufacturer codes that are unpacked together, with everything they refer to."""

    def __init__(self):
        self.codes, self.schemas, self.keys, self.bundles, self.words = (
            [], Numbers(), Numbers(), Numbers(), Numbers())
        self.counts, self.row_keys, self.row_bundles = [], [], []

    def add(self, code, schemas):
        links = []
        for first, last, rows in schemas:
            if rows not in self.schemas:
                self.counts.append(len(rows))
                for key, bundle in rows:
                    self.row_keys.append(self.keys.of(key))
                    self.row_bundles.append(self.bundles.of(bundle))
            links.append((first, last, self.schemas.of(rows)))
        self.codes.append((code, links))

    def size(self):
        return 4 * len(self.row_keys) + sum(map(len, self.keys)) + len(self.keys)

    def bytes(self):
        bundles = b"".join(
            bytes([len(bundle)]) + b"".join(struct.pack("<BH", element, self.words.of(word))
                                            for element, word in bundle)
            for bundle in self.bundles)
        codes = b"".join(self.code_bytes(code, links) for code, links in self.codes)
        words = b"".join(word.encode() + b"\0" for word in self.words)
        keys = b"".join(key.encode() + b"\0" for key in self.keys)
        rows = struct.pack("<%dH" % (2 * len(self.row_keys)), *self.row_keys, *self.row_bundles)
        counts = struct.pack("<%dH" % len(self.counts), *self.counts)
        assert max(len(self.keys), len(self.bundles), len(self.words), len(self.schemas)) < 65536
        head = struct.pack("<9I", len(self.codes), len(self.counts), len(self.row_keys),
                           len(self.keys), len(self.bundles), len(self.words),
                           len(codes), len(keys), len(bundles))
        return head + counts + rows + codes + bundles + keys + words

    def code_bytes(self, code, links):
        assert len(code.makes) < 256
        text = code.text.encode().ljust(6, b"\0")
        head = struct.pack("<6sBBH", text, code.flags, len(code.makes), len(links))
        makes = b"".join(struct.pack("<H", self.words.of(make)) for make in code.makes)
        years = b"".join(struct.pack("<BBH", year_byte(first), year_byte(last), schema)
                         for first, last, schema in links)
        return head + makes + years


def year_byte(year):
    return 255 if year is None else min(max(year - YEAR_ZERO, 0), 254)


def packed(data):
    with tempfile.NamedTemporaryFile() as raw:
        raw.write(data)
        raw.flush()
        return subprocess.run(["zstd", "-22", "--ultra", "--no-check", "-q", "-c", raw.name],
                              check=True, stdout=subprocess.PIPE).stdout


def fill_blocks(source):
    """Codes that share schemas go into one block, so that few schemas are kept twice."""
    waiting = {}
    users = collections.defaultdict(list)
    for code in sorted(source.codes, key=lambda c: (c.kind == MOTORCYCLE, c.makes[:1], c.text)):
        schemas = [(first, last, schema_rows(source.patterns[schema], KEPT[code.kind]))
                   for first, last, schema in code.years]
        waiting[code] = [s for s in schemas if s[2]]
        for rows in dict.fromkeys(rows for _, _, rows in waiting[code]):
            users[rows].append(code)
    blocks, shared = [Block()], collections.Counter()
    while waiting:
        if blocks[-1].size() > BLOCK_TARGET:
            blocks.append(Block())
            shared = collections.Counter()
        code = max(shared, key=shared.get) if shared else next(iter(waiting))
        for rows in dict.fromkeys(rows for _, _, rows in waiting[code]):
            if rows not in blocks[-1].schemas:
                shared.update({user: len(rows) for user in users[rows] if user in waiting})
        blocks[-1].add(code, waiting.pop(code))
        del shared[code]
    return blocks


def pick_list(source):
    """Make <tab> model lines of cars, trucks and multipurpose vehicles, for pick lists. Makes with
    few schemas are body builders and makers of kits: they would only be in the way."""
    pairs, schemas = set(), collections.defaultdict(set)
    for code in source.codes:
        if code.kind in (CAR, TRUCK, MPV):
            for _, _, schema in code.years:
                for (_, element), word in source.patterns[schema].items():
                    if element == MODEL:
                        pairs.add(word)
                        schemas[word.partition("\t")[0]].add(schema)
    kept = [pair for pair in pairs if len(schemas[pair.partition("\t")[0]]) >= PICKED_SCHEMAS]
    return "".join(pair + "\n" for pair in sorted(kept, key=lambda p: (p.casefold(), p))).encode()


def main(database, target):
    with tempfile.NamedTemporaryFile(suffix=".db") as plain:
        if database.endswith(".gz"):
            with gzip.open(database) as packed_database:
                shutil.copyfileobj(packed_database, plain)
            plain.flush()
            database = plain.name
        source = Source(database)
    blocks = fill_blocks(source)
    raw = [pick_list(source)] + [block.bytes() for block in blocks]
    parts = [packed(data) for data in raw]
    index = sorted((code.text.encode().ljust(6, b"\0"), number)
                   for number, block in enumerate(blocks, 1) for code, _ in block.codes)
    head = struct.pack("<8s12sHHI", b"pitvin1\0", source.date().encode(), int(source.date()[:4]),
                       len(parts), len(index))
    offset = len(head) + 12 * len(parts) + 8 * len(index)
    table = b""
    for data, part in zip(raw, parts):
        table += struct.pack("<III", offset, len(part), len(data))
        offset += len(part)
    with open(target, "wb") as out:
        out.write(head + table + b"".join(struct.pack("<6sH", *row) for row in index)
                  + b"".join(parts))
    print("data of %s: %d codes, %d rows, %d blocks of up to %d bytes, %d bytes" % (
        source.date(), len(index), sum(len(b.row_keys) for b in blocks), len(parts),
        max(map(len, raw)), offset))
    return raw, parts, blocks


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(*sys.argv[1:])
