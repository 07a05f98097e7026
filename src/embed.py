#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 Pitlane authors
# SPDX-License-Identifier: MIT
"""Turns a file into a C array: embed.py NAME INPUT OUTPUT."""
import sys

name, source, target = sys.argv[1:4]
data = open(source, "rb").read()
with open(target, "w", encoding="ascii") as out:
    out.write("#include <stddef.h>\n")
    out.write("extern const unsigned char embed_%s[];\nextern const size_t embed_%s_size;\n" % (name, name))
    out.write("const size_t embed_%s_size = %d;\n" % (name, len(data)))
    out.write("const unsigned char embed_%s[] = {\n" % name)
    for start in range(0, len(data), 32):
        out.write(",".join(map(str, data[start:start + 32])) + ",\n")
    out.write("0};\n")
