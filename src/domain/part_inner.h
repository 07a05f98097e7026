/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_DOMAIN_PART_INNER_H
#define PITLANE_DOMAIN_PART_INNER_H

/* What the files of the noun part share. */

#include "domain/list.h"
#include "domain/part.h"
#include "record.h"

extern const struct op part_categories_op;

#define PART_CHAIN_MAX 20 /* replacements of replacements */

/* The length of a bar code number, and its check digit fits. Digits only. */
bool part_upc_is_right(const char *digits);

/* This vendor of the part, whom part_vendor has, is asked first. */
status part_vendor_first(struct session *s, struct part_id id, struct vendor_id vendor) MUST_USE;

status part_add(struct session *s, const void *in, void *out) MUST_USE;
status part_edit(struct session *s, const void *in, void *out) MUST_USE;
status part_archive(struct session *s, const void *in, void *out) MUST_USE;
status part_restore(struct session *s, const void *in, void *out) MUST_USE;

/* part_file.c: refuses, at their fields, photo and data sheet that are not there. `stored`: the
 * part so far, NULL for a new one. */
status part_check_files(struct session *s, const struct part_entry *entry,
                        const struct part *stored) MUST_USE;
/* part_tire.c: refuses, at their fields, what stands on no tire. */
status part_check_tire(struct session *s, const struct part_entry *entry) MUST_USE;

#endif
