/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Vendors: one of them, the one of a name, and what is owed to them. */

#include "domain/vendor.h"

#include "base/text.h"

/* clang-format off */
static const char SQL_GET[] =
    "SELECT id, name, account_number, contact, phone, email, website, street, city, state, zip,\n"
    "  note, terms_days, lead_days, owes, archived_at, revision\n"
    "FROM vendor\n"
    "WHERE id = :vendor";
static const char SQL_BY_KEY[] = "SELECT id FROM vendor WHERE name_key = :name_key ORDER BY id LIMIT 1";
static const char SQL_ADD[] = "INSERT INTO vendor (name, name_key) VALUES (:name, :name_key)";
static const char SQL_MOVE_OWES[] = "UPDATE vendor SET owes = owes + :amount WHERE id = :vendor";

static const struct field vendor_fields[] = {
    FIELD(struct vendor, id, .label = "Vendor", .flags = FIELD_FIXED),
    FIELD(struct vendor, name),
    FIELD(struct vendor, account_number, .label = "Account number", .flags = FIELD_NUMBERS_OK),
    FIELD(struct vendor, contact),
    FIELD(struct vendor, phone, .flags = FIELD_PHONE),
    FIELD(struct vendor, email, .label = "E-mail"),
    FIELD(struct vendor, website),
    FIELD(struct vendor, street),
    FIELD(struct vendor, city),
    FIELD(struct vendor, state),
    FIELD(struct vendor, zip, .label = "ZIP code"),
    FIELD(struct vendor, terms_days, .label = "Terms", .help = "Days from a bill to its due day"),
    FIELD(struct vendor, lead_days, .label = "Lead time", .help = "Days from order to delivery"),
    FIELD(struct vendor, note, .flags = FIELD_MANY_LINES),
    FIELD(struct vendor, owes, .label = "Owed to them", .right = RIGHT_BILLS_VIEW,
          .flags = FIELD_FIXED | FIELD_SIGNED),
    FIELD(struct vendor, archived_at, .label = "Archived", .flags = FIELD_FIXED),
    FIELD(struct vendor, revision, .flags = FIELD_HIDDEN),
};
/* clang-format on */
const struct shape vendor_shape = SHAPE_OF(struct vendor, "vendor", vendor_fields);

status vendor_get(struct session *s, struct vendor_id id, struct vendor *ret)
{
    return found(s,
                 store_get(s->store, SQL_GET, NO_ROW, BINDS(BIND_ID("vendor", id)), s->arena,
                           &vendor_shape, ret),
                 "There is no vendor %lld. Find it by name.", (long long)id.v);
}

status vendor_find(struct session *s, const char *name, struct vendor_id *ret)
{
    const char *key = text_fold(s->arena, name);
    int64_t id = 0;

    TRY(store_int(s->store, SQL_BY_KEY, BINDS(BIND_TEXT("name_key", key)), &id));
    *ret = (struct vendor_id){id};
    return OK;
}

status vendor_get_active(struct session *s, struct vendor_id id, struct vendor *ret)
{
    struct vendor vendor;

    TRY(vendor_get(s, id, &vendor));
    if (vendor.archived_at.seconds != 0)
        return fail_field(s, "vendor", "%s is archived. Restore the vendor, or choose another one.",
                          vendor.name);
    *ret = vendor;
    return OK;
}

status vendor_move_owes(struct session *s, struct vendor_id id, struct money amount)
{
    return store_run(s->store, SQL_MOVE_OWES, NO_ROW,
                     BINDS(BIND_ID("vendor", id), BIND_MONEY("amount", amount)));
}

status vendor_by_name(struct session *s, const char *name, struct vendor_id *ret)
{
    const char *key = text_fold(s->arena, name);
    int64_t id = 0;

    if (*key == '\0') {
        *ret = (struct vendor_id){0};
        return OK;
    }
    const status result = store_int(s->store, SQL_BY_KEY, BINDS(BIND_TEXT("name_key", key)), &id);
    if (result == ERR_NOT_FOUND) {
        TRY(store_run(s->store, SQL_ADD, NO_ROW,
                      BINDS(BIND_TEXT("name", name), BIND_TEXT("name_key", key))));
        id = store_last_id(s->store);
    } else {
        TRY(result);
    }
    *ret = (struct vendor_id){id};
    return OK;
}
