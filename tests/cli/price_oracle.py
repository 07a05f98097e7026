#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 Pitlane authors
# SPDX-License-Identifier: MIT

"""Prices random orders with the program and with a second model of the rules, in exact fractions.

The model is written from the rules of pricing alone and shares nothing with the program, so that an
error would have to be made twice. usage: price_oracle.py PROGRAM [CASES] [SEED]
"""

import json
import random
import subprocess
import sys
from fractions import Fraction

CLASS_OF = {"labor": "labor", "part": "parts", "sublet": "sublet"}
REDUCED = {"labor": {"labor"}, "parts": {"part"}, "all": {"labor", "part", "sublet"}}
KINDS = ["labor", "part", "core", "sublet", "fee", "hazmat", "tire_fee"]


class Refused(Exception):
    """What the order asks for cannot be had; the text is the field."""


# ---- the model ---------------------------------------------------------------------------------


def cents(amount):
    """Half away from zero; every amount here is zero or more."""
    return (Fraction(amount) * 2 + 1) // 2


def dollars(amount):
    return f"{amount // 100}.{amount % 100:02d}"


def spread(amount, weights):
    total = sum(weights)
    if total == 0:
        return [0] * len(weights)
    exact = [Fraction(amount * weight, total) for weight in weights]
    shares = [int(share) for share in exact]
    by_remainder = sorted(range(len(weights)), key=lambda i: (shares[i] - exact[i], i))
    for i in by_remainder[: amount - sum(shares)]:
        shares[i] += 1
    return shares


def discount_of(discount, total, field):
    if "percent" in discount:
        return cents(total * Fraction(discount["percent"]) / 100)
    amount = int(Fraction(discount["amount"]) * 100)
    if amount > total:
        raise Refused(field + "amount")
    return amount


def reduce_lines(lines, discounts, field):
    for n, discount in enumerate(discounts, 1):
        reached = [line for line in lines if line["kind"] in REDUCED[discount["on"]]]
        weights = [line["net"] for line in reached]
        amount = discount_of(discount, sum(weights), f"{field}discounts.{n}.")
        for line, share in zip(reached, spread(amount, weights)):
            line["net"] -= share


def line_of(line, field):
    price = line["rate"] if line["kind"] == "labor" else line["price"]
    count = line.get("hours", line.get("qty", "1"))
    gross = cents(Fraction(price) * Fraction(count) * 100)
    row = {"kind": line["kind"], "gross": gross, "net": gross, "taxable": line.get("taxable", True)}
    if "discount" in line:
        row["net"] -= discount_of(line["discount"], gross, field + "discount.")
    return row


def supplies_of(rule, sums):
    base = {"labor": sums["labor"], "parts": sums["parts"], "all": sums["labor"] + sums["parts"]}[rule["on"]]
    if base == 0:
        return 0
    amount = cents(base * Fraction(rule["percent"]) / 100)
    amount = max(amount, int(Fraction(rule.get("min", "0")) * 100))
    cap = int(Fraction(rule.get("cap", "0")) * 100)
    return min(amount, cap) if cap > 0 else amount


def price(order):
    jobs = []
    for j, job in enumerate(order.get("jobs", []), 1):
        jobs.append([line_of(line, f"jobs.{j}.lines.{n}.") for n, line in enumerate(job.get("lines", []), 1)])
    for j, (job, lines) in enumerate(zip(order.get("jobs", []), jobs), 1):
        reduce_lines(lines, job.get("discounts", []), f"jobs.{j}.")
    lines = [line for job in jobs for line in job]
    reduce_lines(lines, order.get("discounts", []), "")

    sums = {"labor": 0, "parts": 0, "sublet": 0, "fees": 0}
    for line in lines:
        sums[CLASS_OF.get(line["kind"], "fees")] += line["net"]
    rule = order.get("supplies")
    supplies = supplies_of(rule, sums) if rule else 0
    taxes = []
    for tax in order.get("taxes", []):
        base = sum(line["net"] for line in lines if line["taxable"] and line["kind"] in tax["classes"])
        if rule and rule.get("taxable", True) and "supplies" in tax["classes"]:
            base += supplies
        base = 0 if order.get("exempt") else base
        taxes.append((tax["name"], base, cents(base * Fraction(tax["rate"]) / 100)))
    tax = sum(amount for _, _, amount in taxes)
    return {
        **{name: dollars(amount) for name, amount in sums.items()},
        "supplies": dollars(supplies),
        "discount": dollars(sum(line["gross"] - line["net"] for line in lines)),
        "taxes": [{"name": name, "base": dollars(base), "amount": dollars(amount)} for name, base, amount in taxes],
        "tax": dollars(tax),
        "total": dollars(sum(sums.values()) + supplies + tax),
    }


# ---- random orders -----------------------------------------------------------------------------


def decimal(rng, high, places):
    """A number as people write it: with some of its decimals, or none."""
    kept = rng.randint(0, places)
    whole = rng.randint(0, int(high) * 10**kept)
    return f"{whole // 10**kept}.{whole % 10**kept:0{kept}d}" if kept else str(whole)


def money(rng):
    return decimal(rng, rng.choice([0, 1, 9, 200, 5000, 999999999]), 2)


def random_discount(rng, on=True):
    if rng.random() < 0.6:
        discount = {"percent": rng.choice(["0", "100", "10", "33.3333", decimal(rng, 100, 4)])}
    else:
        discount = {"amount": rng.choice(["0", "0.01", decimal(rng, 3, 2), decimal(rng, 60, 2)])}
    if on:
        discount["on"] = rng.choice(["labor", "parts", "all"])
    return discount


def random_line(rng):
    kind = rng.choice(KINDS + ["labor", "part", "part"])
    line = {"kind": kind}
    if kind == "labor":
        line |= {"hours": decimal(rng, 12, 3), "rate": money(rng)}
    else:
        line |= {"price": money(rng)}
        if kind in ("part", "core"):
            line["qty"] = decimal(rng, rng.choice([1, 6, 99]), 3)
        if rng.random() < 0.5:
            line["cost"] = money(rng)
    if rng.random() < 0.4:
        line["taxable"] = rng.random() < 0.5
    if kind in REDUCED["all"] and rng.random() < 0.3:
        line["discount"] = random_discount(rng, on=False)
    return line


def random_job(rng):
    job = {"title": "Räder & brakes", "lines": [random_line(rng) for _ in range(rng.choice([0, 1, 2, 3, 5, 12]))]}
    if rng.random() < 0.4:
        job["discounts"] = [random_discount(rng) for _ in range(rng.randint(1, 2))]
    return job


def random_order(rng):
    order = {"jobs": [random_job(rng) for _ in range(rng.choice([0, 1, 2, 4]))]}
    if rng.random() < 0.5:
        order["discounts"] = [random_discount(rng) for _ in range(rng.randint(1, 3))]
    if rng.random() < 0.7:
        supplies = {"percent": decimal(rng, 20, 4), "on": rng.choice(["labor", "parts", "all"])}
        for name in ("min", "cap"):
            if rng.random() < 0.6:
                supplies[name] = rng.choice(["0", money(rng)])
        if rng.random() < 0.5:
            supplies["taxable"] = rng.random() < 0.5
        order["supplies"] = supplies
    if rng.random() < 0.9:
        order["taxes"] = [
            {"name": name, "rate": decimal(rng, 12, 4), "classes": rng.sample(KINDS + ["supplies"], rng.randint(1, 8))}
            for name in ["State", "County", "City"][: rng.randint(1, 3)]
        ]
    if rng.random() < 0.3:
        order["exempt"] = rng.random() < 0.5
    return order


# ---- both at once ------------------------------------------------------------------------------


def run(program, order):
    # No shop is needed, and whoever runs this may have one.
    done = subprocess.run([program, "estimate", "price", "--json", "-"], input=json.dumps(order).encode(),
                          capture_output=True, check=False, env={"HOME": "/nonexistent", "LANG": "C.UTF-8"})
    return done.returncode, json.loads(done.stdout)


def check(program, order):
    try:
        expected = (0, price(order))
    except Refused as refused:
        expected = (2, str(refused))
    code, answer = run(program, order)
    got = (code, answer["error"]["field"] if code == 2 else answer)
    if got != expected or (code == 0 and list(answer) != list(expected[1])):
        sys.exit(f"The order\n{json.dumps(order)}\nis priced as\n{got}\nand should be\n{expected}")
    return code == 0


def main():
    program = sys.argv[1]
    cases = int(sys.argv[2]) if len(sys.argv) > 2 else 400
    rng = random.Random(int(sys.argv[3]) if len(sys.argv) > 3 else 602)
    priced = sum(check(program, random_order(rng)) for _ in range(cases))
    print(f"{cases} orders agree: {priced} priced, {cases - priced} refused at the same field.")


if __name__ == "__main__":
    main()
