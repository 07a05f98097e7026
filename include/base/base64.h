/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_BASE_BASE64_H
#define PITLANE_BASE_BASE64_H

/* Bytes as text: base64 with padding (RFC 4648, section 4), without line breaks. */

#include "base/buf.h"

void base64_write(struct buf *out, const void *bytes, size_t count);
/* False, with `out` as far as it came, for anything that base64_write does not write. */
bool base64_read(struct buf *out, const char *text);

#endif
