/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* The fields and operations of vendors. */

#include "base/text.h"
#include "domain/list.h"
#include "domain/vendor.h"
#include "record.h"

#define VENDOR_SHOW "vendor.show"

/* clang-format off */
static const char SQL_SAME_NAME[] =
    "SELECT name\n"
    "FROM vendor\n"
    "WHERE name_key = :name_key AND id <> :vendor\n"
    "LIMIT 1";
static const char SQL_ADD[] =
    "INSERT INTO vendor (name, name_key, account_number, contact, phone, email, website, street,\n"
    "  city, state, zip, terms_days, lead_days, note)\n"
    "VALUES (:name, :name_key, :account_number, :contact, :phone, :email, :website, :street,\n"
    "  :city, :state, :zip, :terms_days, :lead_days, :note)";
static const char SQL_EDIT[] =
    "UPDATE vendor\n"
    "SET name = :name, name_key = :name_key, account_number = :account_number,\n"
    "  contact = :contact, phone = :phone, email = :email, website = :website, street = :street,\n"
    "  city = :city, state = :state, zip = :zip, terms_days = :terms_days,\n"
    "  lead_days = :lead_days, note = :note, revision = revision + 1\n"
    "WHERE id = :vendor AND (:revision = 0 OR revision = :revision)";
static const char SQL_SET_ARCHIVED[] =
    "UPDATE vendor\n"
    "SET archived_at = :archived_at, revision = revision + 1\n"
    "WHERE id = :vendor";
/* What is still between the shop and the vendor, the first of it in words. */
static const char SQL_OPEN[] =
    "SELECT 'purchase order ' || id || ' is not finished'\n"
    "FROM purchase\n"
    "WHERE vendor = :vendor AND state NOT IN ('billed', 'closed', 'void')\n"
    "UNION ALL\n"
    "SELECT 'bill ' || number || ' is not paid'\n"
    "FROM bill\n"
    "WHERE vendor = :vendor AND paid <> total\n"
    "UNION ALL\n"
    "SELECT 'a claim for “' || description || '” is not credited'\n"
    "FROM claim\n"
    "WHERE vendor = :vendor AND state <> 'closed'\n"
    "LIMIT 1";

#define VENDOR_FIELDS(T)                                                                           \
    FIELD(T, name, .example = "Harbor Auto Parts", .max = 120, .flags = FIELD_REQUIRED),           \
    FIELD(T, account_number, .label = "Account number", .help = "The shop's number with them",     \
          .max = 60, .flags = FIELD_NUMBERS_OK),                                                   \
    FIELD(T, contact, .help = "Whom to ask for", .max = 120),                                      \
    FIELD(T, phone, .example = "619-555-0142", .max = 40, .flags = FIELD_PHONE),                   \
    FIELD(T, email, .label = "E-mail", .help = "Where orders go", .max = 200),                     \
    FIELD(T, website, .max = 200),                                                                 \
    FIELD(T, street, .example = "12 Harbor Dr", .max = 120),                                       \
    FIELD(T, city, .max = 80),                                                                     \
    FIELD(T, state, .example = "CA", .max = 40),                                                   \
    FIELD(T, zip, .label = "ZIP code", .max = 10),                                                 \
    FIELD(T, terms_days, .label = "Terms", .initial = "30", .high = 365,                           \
          .help = "Days from a bill to its due day"),                                              \
    FIELD(T, lead_days, .label = "Lead time", .initial = "1", .high = 365,                         \
          .help = "Days from an order to its delivery"),                                           \
    FIELD(T, note, .flags = FIELD_MANY_LINES)

static const struct field add_fields[] = {
    VENDOR_FIELDS(struct vendor_entry),
};
static const struct field edit_fields[] = {
    FIELD(struct vendor_entry, vendor, .label = "Vendor", .picks = "vendor.search",
          .flags = FIELD_REQUIRED | FIELD_ARGUMENT | FIELD_FIXED),
    VENDOR_FIELDS(struct vendor_entry),
    FIELD(struct vendor_entry, revision, .flags = FIELD_HIDDEN),
};
static const struct field key_fields[] = {
    FIELD(struct vendor_key, vendor, .label = "Vendor", .picks = "vendor.search",
          .flags = FIELD_REQUIRED | FIELD_ARGUMENT),
};
static const struct shape key_shape = SHAPE_OF(struct vendor_key, "vendor_key", key_fields);
static const struct field search_fields[] = {
    LIST_FIELDS(struct vendor_search, query),
    FIELD(struct vendor_search, archived, .label = "Archived too",
          .help = "Show archived vendors too"),
};
static const struct field row_fields[] = {
    FIELD(struct vendor_row, id, .flags = FIELD_HIDDEN),
    FIELD(struct vendor_row, name),
    FIELD(struct vendor_row, account_number, .label = "Account number", .flags = FIELD_NUMBERS_OK),
    FIELD(struct vendor_row, phone, .flags = FIELD_PHONE),
    FIELD(struct vendor_row, terms_days, .label = "Terms"),
    FIELD(struct vendor_row, owes, .label = "Owed", .right = RIGHT_BILLS_VIEW,
          .flags = FIELD_SIGNED),
    FIELD(struct vendor_row, archived),
};
/* Few: no shop has as many vendors as would need an index of words. */
static const struct list_sort sorts[] = {
    {"name", "v.name_key", true},
    {"owes", "v.owes", false},
};
static const struct list_source source = {
    .select = "v.id AS id, v.name AS name, v.account_number AS account_number, v.phone AS phone,\n"
              "  v.terms_days AS terms_days, v.owes AS owes, v.archived_at IS NOT NULL AS archived",
    .from = "vendor AS v",
    .where = ":archived OR v.archived_at IS NULL",
    .id = "v.id",
    .sorts = sorts, .sort_count = COUNT_OF(sorts),
    /* What looks like a number is searched for by its digits. */
    .search_where = "v.name_key LIKE :like ESCAPE '\\' OR lower(v.contact) LIKE :like ESCAPE '\\'\n"
                    "OR v.phone LIKE :like ESCAPE '\\'\n"
                    "OR replace(v.account_number, '-', '') LIKE :like ESCAPE '\\'\n"
                    "OR replace(v.account_number, '-', ' ') LIKE :like ESCAPE '\\'",
};
/* clang-format on */

static status search(struct session *s, const void *in, void *out)
{
    return list_run(s, &source, &vendor_search_op, in, out);
}

static status show(struct session *s, const void *in, void *out)
{
    const struct vendor_key *key = in;

    return vendor_get(s, key->vendor, out);
}

static status check_entry(struct session *s, const struct vendor_entry *entry)
{
    const char *other = "";
    const char *key = text_fold(s->arena, entry->name);

    if (*key == '\0')
        return fail_field(s, "name", "A vendor's name needs letters or digits.");
    const status result = store_text(
        s->store, SQL_SAME_NAME,
        BINDS(BIND_TEXT("name_key", key), BIND_INT("vendor", entry->vendor.v)), s->arena, &other);
    if (result == ERR_NOT_FOUND)
        return OK;
    TRY(result);
    return fail_field(s, "name", "There is a vendor “%s” already. Give another name.", other);
}

static status write(struct session *s, const char *sql, const struct op *op,
                    const struct vendor_entry *entry)
{
    return store_run(s->store, sql, BIND_ROW(op->in, entry),
                     BINDS(BIND_TEXT("name_key", text_fold(s->arena, entry->name))));
}

static status add(struct session *s, const void *in, void *out)
{
    TRY(check_entry(s, in));
    TRY(write(s, SQL_ADD, &vendor_add_op, in));
    return vendor_get(s, (struct vendor_id){store_last_id(s->store)}, out);
}

static status edit(struct session *s, const void *in, void *out)
{
    const struct vendor_entry *entry = in;
    struct vendor stored;

    TRY(vendor_get(s, entry->vendor, &stored));
    if (entry->revision != 0 && entry->revision != stored.revision)
        return record_is_stale(s, "vendor", entry->vendor.v);
    if (stored.archived_at.seconds != 0)
        return fail(s, ERR_CONFLICT, "%s is archived. Restore the vendor first.", stored.name);
    TRY(check_entry(s, entry));
    TRY(write(s, SQL_EDIT, &vendor_edit_op, entry));
    TRY(record_was_changed(s, "vendor", entry->vendor.v));
    return vendor_get(s, entry->vendor, out);
}

static status set_archived(struct session *s, struct vendor_id id, struct instant at)
{
    return store_run(s->store, SQL_SET_ARCHIVED, NO_ROW,
                     BINDS(BIND_ID("vendor", id), BIND_INSTANT("archived_at", at)));
}

static status archive(struct session *s, const void *in, void *out)
{
    const struct vendor_key *key = in;
    struct vendor vendor;
    const char *open = "";

    TRY(vendor_get(s, key->vendor, &vendor));
    const status result =
        store_text(s->store, SQL_OPEN, BINDS(BIND_ID("vendor", key->vendor)), s->arena, &open);
    if (result == OK)
        return fail(s, ERR_CONFLICT, "%s cannot be put away yet: %s.", vendor.name, open);
    if (result != ERR_NOT_FOUND)
        return result;
    if (vendor.archived_at.seconds == 0)
        TRY(set_archived(s, key->vendor, session_now(s)));
    return vendor_get(s, key->vendor, out);
}

static status restore(struct session *s, const void *in, void *out)
{
    const struct vendor_key *key = in;
    struct vendor vendor;

    TRY(vendor_get(s, key->vendor, &vendor));
    if (vendor.archived_at.seconds != 0)
        TRY(set_archived(s, key->vendor, INSTANT_NONE));
    return vendor_get(s, key->vendor, out);
}

const struct op vendor_search_op = {
    .name = "vendor.search",
    .says = "List vendors, by name, account number or phone",
    .right = RIGHT_VENDORS_VIEW,
    .flags = OP_LIST,
    OP_LIST_OF(source),
    .in = SHAPE(struct vendor_search, search_fields),
    .out = SHAPE(struct vendor_row, row_fields),
    .run = search,
};
const struct op vendor_show_op = {
    .name = VENDOR_SHOW,
    .says = "Show a vendor with terms and what is owed",
    .title = "Show a vendor",
    .right = RIGHT_VENDORS_VIEW,
    .in = &key_shape,
    .out = &vendor_shape,
    .run = show,
    .about = "vendor",
};
const struct op vendor_add_op = {
    .name = "vendor.add",
    .says = "Add a vendor",
    .right = RIGHT_VENDORS_EDIT,
    .kind = OP_WRITES,
    .in = SHAPE(struct vendor_entry, add_fields),
    .out = &vendor_shape,
    .run = add,
};
const struct op vendor_edit_op = {
    .name = "vendor.edit",
    .says = "Change a vendor's name, contacts or terms",
    .title = "Change a vendor",
    .right = RIGHT_VENDORS_EDIT,
    .kind = OP_WRITES,
    .in = SHAPE(struct vendor_entry, edit_fields),
    .out = &vendor_shape,
    .run = edit,
    .fills = VENDOR_SHOW,
    .about = "vendor",
};
const struct op vendor_archive_op = {
    .name = "vendor.archive",
    .says = "Put a vendor away of whom nothing is bought any more",
    .title = "Put a vendor away",
    .right = RIGHT_VENDORS_EDIT,
    .kind = OP_WRITES,
    .in = &key_shape,
    .out = &vendor_shape,
    .run = archive,
    .about = "vendor",
};
const struct op vendor_restore_op = {
    .name = "vendor.restore",
    .says = "Bring an archived vendor back",
    .right = RIGHT_VENDORS_EDIT,
    .kind = OP_WRITES,
    .in = &key_shape,
    .out = &vendor_shape,
    .run = restore,
    .about = "vendor",
};
static const struct op *const ops[] = {
    &vendor_search_op, &vendor_show_op,    &vendor_add_op,
    &vendor_edit_op,   &vendor_archive_op, &vendor_restore_op,
};
extern const struct module vendor_module;
const struct module vendor_module = {
    .name = "vendor",
    .title = "Vendors",
    .says = "Who sells to the shop: contacts, terms, and what is owed to them.",
    MODULE_OPS(ops),
};
