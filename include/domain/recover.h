/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_DOMAIN_RECOVER_H
#define PITLANE_DOMAIN_RECOVER_H

/* When the only administrator has lost his password: whoever owns the shop's file and its key file
 * on this machine sets a new one. Nobody is signed in, so it is no operation; it is audited all the
 * same. Owning both files is what shows who may: with them everything can be read anyway. */

#include "domain/session.h"

struct recovery {
    const char *login;
    const char *password; /* the new one, by the same rules as every other */
    bool second_factor;   /* turns it off, too, with its recovery codes */
};
/* Sets the password, lifts locks, switches the user on again, ends his sessions. ERR_DENIED when
 * this account of the machine does not own the files; ERR_NOT_FOUND for an unknown name;
 * ERR_INVALID at "password". */
status user_recover(struct session *s, const struct recovery *in) MUST_USE;

#endif
