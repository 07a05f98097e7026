/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_DOMAIN_LETTERHEAD_H
#define PITLANE_DOMAIN_LETTERHEAD_H

/* What stands at the top of the shop's papers: name, address, numbers, picture. The schema keeps
 * every one there was, and what is posted keeps which one it was printed with, so that a reprint is
 * the first print after the shop has moved. */

#include "domain/setting.h"

struct letterhead {
    struct letterhead_id id;
    const char *name, *street, *city, *state, *zip, *phone, *email, *registration, *epa_id;
    const char *zone;
    enum profile profile;
    enum paper paper;
    const char *picture; /* PNG or JPEG in base64url, "" none */
};
/* 0: today's. */
struct letterhead_key {
    struct letterhead_id letterhead;
};

#define LETTERHEAD_PICTURE_MAX ((size_t)512 << 10)

/* Takes the picture at `path` into the shop's file; 0 for an empty path. INVALID at the field
 * "logo" for what is no picture; where the path is the one it had `before`, the picture it had
 * stays when there is nothing to be read any more. Only while writing. */
status letterhead_take_picture(struct session *s, const char *path, const char *before,
                               struct picture_id *ret) MUST_USE;

extern const struct op letterhead_show_op; /* letterhead.show */

#endif
