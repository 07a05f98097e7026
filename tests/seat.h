/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_TESTS_SEAT_H
#define PITLANE_TESTS_SEAT_H

/* Somebody signed in at a terminal of a shop that is a file on disk: what programs stand on that
 * measure, or that race each other. Whatever fails here ends the program with its sentence. */

#include <stdio.h>
#include <stdlib.h>

#include "domain/opening.h"
#include "domain/secret.h"
#include "domain/user.h"

#define SEAT_PASSWORD "correct horse battery"

struct seat {
    struct arena arena;  /* results; emptied at will */
    struct arena person; /* the session's own */
    struct shop_file shop;
    struct session session;
};

static inline void seat_must(const struct seat *seat, status result, const char *what)
{
    if (result == OK)
        return;
    fprintf(stderr, "%s: %s\n", what, seat->session.fault.text);
    exit(1);
}

/* A new shop of Ada's, or the one that is there, at the terminal of this name. */
static inline void seat_open(struct seat *seat, const char *path, const char *terminal, bool create)
{
    static const struct shop_opening opening = {.name = "Bayside Auto Care",
                                                .zone = "America/Los_Angeles",
                                                .labor_rate = {14500},
                                                .tax_rate = {77500},
                                                .admin_name = "Ada",
                                                .admin_login = "ada",
                                                .admin_password = SEAT_PASSWORD};
    const struct shop_file_options options = {.create = create};

    *seat = (struct seat){0};
    seat_must(seat, zone_use(opening.zone, &seat->session.fault), "zone");
    seat_must(seat, shop_file_open(path, &options, &seat->session.fault, &seat->shop), path);
    seat->session = (struct session){.store = seat->shop.store,
                                     .keys = seat->shop.keys,
                                     .arena = &seat->person,
                                     .terminal = terminal};
    store_report_to(seat->shop.store, &seat->session.fault);
    if (create)
        seat_must(seat, shop_open_new(&seat->session, &opening), "opening");
}

static inline void seat_sign_in(struct seat *seat)
{
    const struct sign_in in = {.login = "ada", .password = SEAT_PASSWORD};
    struct signed_in out;

    seat_must(seat, op_call(&seat->session, &session_sign_in_op, &in, &out), "sign-in");
    seat_must(seat, session_resume(&seat->session, out.access), "session");
    seat->session.arena = &seat->arena;
}

static inline void seat_run(struct seat *seat, const char *sql)
{
    struct store *store = seat->shop.store;

    seat_must(seat, store_run(store, store_intern(store, sql), NO_ROW, NULL), sql);
}

static inline void seat_close(struct seat *seat)
{
    shop_file_close(&seat->shop);
    arena_done(&seat->arena);
    arena_done(&seat->person);
}

#endif
