/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_DOMAIN_VENDOR_H
#define PITLANE_DOMAIN_VENDOR_H

/* Who sells to the shop. Orders are purchase.h's, what is owed to them bill.h's. */

#include "domain/op.h"

struct vendor {
    struct vendor_id id;
    const char *name, *account_number, *contact, *phone, *email, *website;
    const char *street, *city, *state, *zip, *note;
    int64_t terms_days; /* bills are due so many days after their date */
    int64_t lead_days;  /* from sending an order to its delivery */
    struct money owes;  /* open bills less credits; right bills:view */
    struct instant archived_at;
    int64_t revision;
};
extern const struct shape vendor_shape;

/* vendor.add (vendor and revision 0) and vendor.edit. */
struct vendor_entry {
    struct vendor_id vendor;
    const char *name, *account_number, *contact, *phone, *email, *website;
    const char *street, *city, *state, *zip, *note;
    int64_t terms_days, lead_days;
    int64_t revision;
};
struct vendor_key {
    struct vendor_id vendor;
};
struct vendor_search {
    struct list_query query;
    bool archived; /* these too */
};
struct vendor_row {
    struct vendor_id id;
    const char *name, *account_number, *phone;
    int64_t terms_days;
    struct money owes;
    bool archived;
};

status vendor_get(struct session *s, struct vendor_id id, struct vendor *ret) MUST_USE;
/* The same, refused at the field "vendor" once it is archived: nothing new is written for it. */
status vendor_get_active(struct session *s, struct vendor_id id, struct vendor *ret) MUST_USE;
/* What the shop owes it moves by a signed amount, with the payable account's entry. */
status vendor_move_owes(struct session *s, struct vendor_id id, struct money amount) MUST_USE;
/* The vendor of this name in any case, added when there is none yet: parts and price files name
 * their vendors. An empty name is vendor 0. */
status vendor_by_name(struct session *s, const char *name, struct vendor_id *ret) MUST_USE;

/* The same, but a name that nobody has is ERR_NOT_FOUND without a sentence. */
status vendor_find(struct session *s, const char *name, struct vendor_id *ret) MUST_USE;

/* vendor.search: list of vendor_row, by name, account number, phone; vendor.show (key → vendor);
 * vendor.add and vendor.edit (entry → vendor); vendor.archive: not while anything is open. */
extern const struct op vendor_search_op, vendor_show_op, vendor_add_op, vendor_edit_op,
    vendor_archive_op, vendor_restore_op;

#endif
