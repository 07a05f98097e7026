/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_SCREENS_HISTORY_H
#define PITLANE_SCREENS_HISTORY_H

/* The history of a vehicle in lines of text, for its page. */

#include "base/field.h"

/* What was done to a vehicle, visit by visit, the latest first; and who owned it with the readings
 * of its odometer. `result` is what vehicle.history answers. */
void history_write_visits(struct buf *out, const struct shape *shape, const void *result,
                          const struct right_set *rights, size_t width);
void history_write_owners(struct buf *out, const struct shape *shape, const void *result,
                          const struct right_set *rights, size_t width);

#endif
