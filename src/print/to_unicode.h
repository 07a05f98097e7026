/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_PRINT_TO_UNICODE_H
#define PITLANE_PRINT_TO_UNICODE_H

/* Writes the map from the codes of a libharu font of its UTF-8 encoder to Unicode anew. A font of
 * its own kind is a handle here, because libharu's own headers disagree about it. Returns libharu's
 * error, 0 for none. */
unsigned long to_unicode_mend(void *font);

#endif
