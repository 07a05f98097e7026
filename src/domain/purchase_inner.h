/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_DOMAIN_PURCHASE_INNER_H
#define PITLANE_DOMAIN_PURCHASE_INNER_H

/* What the files of the noun purchase share. */

#include "domain/list.h"
#include "domain/part.h"
#include "domain/purchase.h"
#include "domain/vendor.h"
#include "record.h"

/* What every change looks at first. */
struct purchase_head {
    struct purchase_id id;
    struct vendor_id vendor;
    const char *vendor_name;
    enum purchase_state state;
    struct day due_on;
    int64_t lead_days;
    int64_t revision;
};
/* Reads it and refuses the change when somebody else was faster. */
status purchase_begin(struct session *s, struct purchase_id id, int64_t revision,
                      struct purchase_head *ret) MUST_USE;
/* The same by one of its lines. */
status purchase_begin_line(struct session *s, struct purchase_line_id id, int64_t revision,
                           struct purchase_head *ret, struct purchase_line *ret_line) MUST_USE;
/* … and when it is no draft any more. */
status purchase_must_be_draft(struct session *s, const struct purchase_head *head) MUST_USE;
/* New revision, state and index, the repair orders that wait for it, and its page. */
status purchase_finish(struct session *s, const struct purchase_head *head,
                       struct purchase *ret) MUST_USE;

status purchase_lines(struct session *s, struct purchase_id id, struct rows *ret) MUST_USE;
status purchase_rows(struct session *s, const int64_t *ids, size_t count,
                     struct rows *ret) MUST_USE;

/* A new order for the vendor, or the draft that is already there for it. */
status purchase_draft_for(struct session *s, struct vendor_id vendor,
                          struct purchase_id *ret) MUST_USE;

/* Asks, at the field due_on, about a day that has passed, unless that is meant. None is fine. */
status purchase_check_due(struct session *s, struct day due, bool past) MUST_USE;

/* A line to write at the end of a draft; everything must be known. */
struct purchase_line_new {
    struct purchase_id purchase;
    struct part_id part;
    const char *description, *number;
    struct qty quantity;
    struct money cost, core;
    struct day due_on;
    struct line_id line;
    struct order_id order;
};
status purchase_line_insert(struct session *s, const struct purchase_line_new *line) MUST_USE;
/* Refuses a part that is not bought any more at the field "sku", naming its successor. */
status purchase_check_part(struct session *s, const struct part *part) MUST_USE;

/* What a vendor asks for a part, and how many go into a pack; cost falls back to the last. */
struct purchase_offer {
    struct vendor_id vendor;
    const char *vendor_name, *number;
    struct money cost;
    struct qty pack;
};
/* With vendor 0: of the one asked first; NOT_FOUND silent when nobody sells it. */
status purchase_offer_get(struct session *s, const struct part *part, struct vendor_id vendor,
                          struct purchase_offer *ret) MUST_USE;

/* Rounds what a draft orders of a part up to the vendor's packs, by what is for the shelf; `like`
 * is a line of it with all but quantity and tie. What changed is added to `note` as a sentence. */
status purchase_fill_packs(struct session *s, const struct part *part,
                           const struct purchase_offer *offer, const struct purchase_line_new *like,
                           const char **note) MUST_USE;

/* The states of the repair orders that have lines on the purchase order are worked out again,
 * unless they are closed. */
status purchase_orders_follow(struct session *s, struct purchase_id id) MUST_USE;

#define PURCHASE_FIELD(T)                                                                          \
    FIELD(T, purchase, .label = "PO", .picks = "purchase.search",                                  \
          .flags = FIELD_REQUIRED | FIELD_ARGUMENT)
#define PURCHASE_LINE_FIELD(T)                                                                     \
    FIELD(T, line, .label = "Line", .flags = FIELD_REQUIRED | FIELD_ARGUMENT | FIELD_FIXED)
#define PURCHASE_REVISION(T)                                                                       \
    FIELD(T, revision, .help = "As it was read; 0 does not care", .flags = FIELD_HIDDEN)
#define COST_FIELD(T, ...) FIELD(T, cost, .right = RIGHT_COSTS_VIEW, __VA_ARGS__)

status purchase_start(struct session *s, const void *in, void *out) MUST_USE;
status purchase_edit(struct session *s, const void *in, void *out) MUST_USE;
status purchase_add_line(struct session *s, const void *in, void *out) MUST_USE;
status purchase_edit_line(struct session *s, const void *in, void *out) MUST_USE;
status purchase_remove_line(struct session *s, const void *in, void *out) MUST_USE;
status purchase_send(struct session *s, const void *in, void *out) MUST_USE;
status purchase_close(struct session *s, const void *in, void *out) MUST_USE;
status purchase_void(struct session *s, const void *in, void *out) MUST_USE;
status purchase_from_order(struct session *s, const void *in, void *out) MUST_USE;
status purchase_from_alerts(struct session *s, const void *in, void *out) MUST_USE;
status purchase_receive(struct session *s, const void *in, void *out) MUST_USE;

#endif
