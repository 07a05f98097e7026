/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_DOMAIN_LABOR_RATE_INNER_H
#define PITLANE_DOMAIN_LABOR_RATE_INNER_H

/* The list of labor rates, for the test that prepares its texts. */

#include "domain/list.h"

extern const struct list_source labor_rate_source;

#endif
