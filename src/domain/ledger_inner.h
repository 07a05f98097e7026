/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_DOMAIN_LEDGER_INNER_H
#define PITLANE_DOMAIN_LEDGER_INNER_H

#include "domain/list.h"

extern const struct list_source account_source;
/* By whether an account is given. */
extern const struct list_source entry_sources[2];

#endif
