/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* The shop's settings and its taxing jurisdictions. */

#include "domain/setting.h"

#include "base/text.h"
#include "domain/letterhead.h"
#include "domain/list.h"
#include "domain/profile.h"
#include "domain/terms.h"

static const struct choice paper_choice[] = {{"letter", "Letter", "", ""}, {"a4", "A4", "", ""}};
const struct choices paper_choices = CHOICES(paper_choice);

/* clang-format off */
static const struct field shop_fields[] = {
    FIELD(struct shop, name, .label = "Shop name", .help = "As printed on documents", .flags = FIELD_REQUIRED),
    FIELD(struct shop, street, .label = "Street"),
    FIELD(struct shop, city, .label = "City"),
    FIELD(struct shop, state, .label = "State", .example = "CA", .max = 40),
    FIELD(struct shop, zip, .label = "ZIP code", .example = "92101", .max = 10),
    FIELD(struct shop, phone, .label = "Phone", .example = "(619) 555-0100", .flags = FIELD_PHONE),
    FIELD(struct shop, email, .label = "E-mail"),
    FIELD(struct shop, website, .label = "Website"),
    FIELD(struct shop, zone, .label = "Time zone", .example = "America/Los_Angeles", .initial = "America/Los_Angeles",
          .help = "The shop's time zone, as a region and a city", .flags = FIELD_REQUIRED),
    FIELD(struct shop, profile, .label = "State rules", .choices = &profile_choices,
          .help = "Whose rules estimates and invoices follow; profile.list shows them with their sources"),
    FIELD(struct shop, registration, .label = "Registration", .help = "The repair dealer's number, where the state asks for it"),
    FIELD(struct shop, epa_id, .label = "EPA ID", .help = "Printed beside disposal charges where the state asks for it"),
    FIELD(struct shop, logo, .label = "Logo", .max = 1000,
          .help = "Path of a PNG or JPEG picture for documents; it is kept with the shop"),
    FIELD(struct shop, paper, .label = "Paper", .choices = &paper_choices),
    FIELD(struct shop, printer, .label = "Printer", .help = "Name of the print queue for documents"),
    FIELD(struct shop, receipt_printer, .label = "Receipt printer", .help = "Name of the print queue for receipts"),
    FIELD(struct shop, supplies_ppm, .label = "Shop supplies %", .help = "Percent charged for shop supplies", .high = 1000000),
    FIELD(struct shop, supplies_on, .label = "Supplies are on", .choices = &supplies_on_choices),
    FIELD(struct shop, supplies_flat, .label = "Supplies flat", .help = "A fixed amount instead of a percentage"),
    FIELD(struct shop, supplies_min, .label = "Supplies at least"),
    FIELD(struct shop, supplies_cap, .label = "Supplies at most", .help = "0 for no limit"),
    FIELD(struct shop, supplies_taxable, .label = "Supplies are taxed", .initial = "yes"),
    FIELD(struct shop, supplies_text, .label = "Supplies text", .help = "Printed where supplies are charged", .max = 400),
    FIELD(struct shop, tolerance_ppm, .label = "Tolerance %", .high = 1000000,
          .help = "How far an invoice may exceed what was authorized; 0: as the state says"),
    FIELD(struct shop, tolerance_cap, .label = "Tolerance at most", .help = "The most it may exceed it by, in dollars"),
    FIELD(struct shop, negative_stock, .label = "Stock may go below zero", .initial = "yes"),
    FIELD(struct shop, gift_expires, .label = "Gifts may expire",
          .help = "Whether gift certificates may have an end; California, Florida and others allow none"),
    FIELD(struct shop, margin_floor_ppm, .label = "Margin floor %", .initial = "25", .high = 999999,
          .help = "Below it receiving warns, and selling a part needs a right and a reason"),
    FIELD(struct shop, drawer_limit, .label = "Drawer may be off by", .initial = "20.00", .high = MONEY_MAX_CENTS,
          .help = "A count that is over or short by more says why"),
    FIELD(struct shop, idle_lock_s, .label = "Lock after seconds", .initial = "300", .low = 30, .high = 43200,
          .help = "How long a terminal at the counter stays open without a key"),
    FIELD(struct shop, kiosk_lock_s, .label = "Lock a kiosk after", .initial = "90", .low = 30, .high = 43200,
          .help = "How many seconds a kiosk on the shop floor stays open without a key"),
    FIELD(struct shop, ssh_lock_s, .label = "Lock over SSH after", .initial = "900", .low = 30, .high = 43200,
          .help = "How many seconds a terminal over SSH stays open without a key"),
    FIELD(struct shop, reserve_mib, .label = "Disk reserve MiB", .initial = "16", .high = 1024,
          .help = "Kept beside the shop's file and given back when the disk is full; 0 for none"),
    FIELD(struct shop, estimate_terms, .label = "Estimate terms", .flags = FIELD_MANY_LINES),
    FIELD(struct shop, consent_text, .label = "Consent", .help = "Printed above the customer's signature on estimates", .flags = FIELD_MANY_LINES),
    FIELD(struct shop, invoice_terms, .label = "Invoice terms", .flags = FIELD_MANY_LINES),
    FIELD(struct shop, warranty_text, .label = "Warranty", .flags = FIELD_MANY_LINES),
    FIELD(struct shop, demo, .label = "Demo shop", .flags = FIELD_FIXED | FIELD_HIDDEN),
    FIELD(struct shop, opened_at, .label = "Opened", .flags = FIELD_FIXED | FIELD_HIDDEN),
    FIELD(struct shop, revision, .flags = FIELD_HIDDEN),
};
/* clang-format on */
static const struct shape shop_shape = SHAPE_OF(struct shop, "shop", shop_fields);

static const struct field tax_fields[] = {
    FIELD(struct tax, id, .label = "Number", .flags = FIELD_HIDDEN),
    FIELD(struct tax, position, .flags = FIELD_HIDDEN),
    FIELD(struct tax, name, .label = "Jurisdiction", .example = "State", .flags = FIELD_REQUIRED),
    FIELD(struct tax, rate, .label = "Rate %", .example = "6.25", .high = 1000000),
    FIELD(struct tax, classes, .label = "Taxes", .example = "part supplies",
          .help = "What it taxes: labor part core sublet fee hazmat tire_fee supplies"),
};
const struct shape tax_shape = SHAPE_OF(struct tax, "tax", tax_fields);

static const char SQL_SHOP[] =
    "SELECT name, street, city, state, zip, phone, email, website, zone, profile, registration, "
    "epa_id, logo, paper, printer, receipt_printer, supplies_ppm, supplies_on, supplies_flat, "
    "supplies_min, supplies_cap, supplies_taxable, supplies_text, tolerance_ppm, tolerance_cap, "
    "negative_stock, gift_expires, margin_floor_ppm, drawer_limit, idle_lock_s, kiosk_lock_s, "
    "ssh_lock_s, reserve_mib, estimate_terms, "
    "consent_text, invoice_terms, warranty_text, "
    "demo, opened_at, "
    "revision "
    "FROM shop";
static const char SQL_SHOP_REVISION[] = "SELECT revision FROM shop";
static const char SQL_SHOP_EDIT[] =
    "UPDATE shop SET name = :name, street = :street, city = :city, state = :state, zip = :zip, "
    "phone = :phone, email = :email, website = :website, zone = :zone, "
    "profile = :profile, registration = :registration, epa_id = :epa_id, logo = :logo, paper = "
    ":paper, "
    "printer = :printer, receipt_printer = :receipt_printer, supplies_ppm = :supplies_ppm, "
    "supplies_on = :supplies_on, supplies_flat = :supplies_flat, supplies_min = :supplies_min, "
    "supplies_cap = :supplies_cap, supplies_taxable = :supplies_taxable, "
    "supplies_text = :supplies_text, tolerance_ppm = :tolerance_ppm, "
    "tolerance_cap = :tolerance_cap, negative_stock = :negative_stock, gift_expires = "
    ":gift_expires, "
    "margin_floor_ppm = :margin_floor_ppm, drawer_limit = :drawer_limit, "
    "idle_lock_s = :idle_lock_s, kiosk_lock_s = :kiosk_lock_s, ssh_lock_s = :ssh_lock_s, "
    "reserve_mib = :reserve_mib, estimate_terms = :estimate_terms, consent_text = :consent_text, "
    "invoice_terms = :invoice_terms, warranty_text = :warranty_text, picture = :picture, "
    "revision = revision + 1 "
    "WHERE revision = :revision";
static const char SQL_TAXES[] =
    "SELECT id, position, name, rate, classes FROM tax ORDER BY position, id";
static const char SQL_TAX_CLEAR[] = "DELETE FROM tax";
static const char SQL_TAX_ADD[] = "INSERT INTO tax (position, name, rate, classes) "
                                  "VALUES (:place, :name, :rate, :classes)";

/* Prices, limits, law and texts of one invoice all come from here: the row is read once. */
status shop_get(struct session *s, struct shop *ret_shop)
{
    if (s->memo != NULL && s->memo->shop != NULL) {
        *ret_shop = *(const struct shop *)shape_clone(&shop_shape, s->memo->shop, s->arena);
        return OK;
    }
    TRY(found(s,
              store_get(s->store, SQL_SHOP, NO_ROW, BINDS(BIND_NULL("")), s->arena, &shop_shape,
                        ret_shop),
              "This file holds no shop yet. Start pitlane to set one up."));
    if (s->memo != NULL)
        s->memo->shop = shape_clone(&shop_shape, ret_shop, &s->memo->arena);
    return OK;
}

status shop_revision(struct session *s, int64_t *ret_revision)
{
    return store_int(s->store, SQL_SHOP_REVISION, NULL, ret_revision);
}

int64_t shop_lock_s(const struct shop *shop, enum terminal_kind kind)
{
    switch (kind) {
    case TERMINAL_KIOSK:
        return shop->kiosk_lock_s;
    case TERMINAL_SSH:
        return shop->ssh_lock_s;
    case TERMINAL_COUNTER:
        break;
    }
    return shop->idle_lock_s;
}

status tax_list(struct session *s, struct rows *ret_taxes)
{
    return store_list(s->store, SQL_TAXES, NO_ROW, BINDS(BIND_NULL("")), s->arena, &tax_shape,
                      ret_taxes);
}

static status setting_show(struct session *s, const void *input, void *output)
{
    (void)input;
    return shop_get(s, output);
}

static status check_settings(struct session *s, const struct shop *in)
{
    if (in->supplies_cap.cents != 0 && in->supplies_cap.cents < in->supplies_min.cents)
        return fail_field(s, "supplies_cap",
                          "The most for supplies is below the least. Raise it, or 0 for no limit.");
    if (in->supplies_flat.cents != 0 && in->supplies_ppm.ppm != 0)
        return fail_field(s, "supplies_flat",
                          "Supplies are a percentage or a fixed amount. Set one of them to 0.");
    TRY(law_check_settings(s, in));
    return zone_use(in->zone, &s->fault) == OK
               ? OK
               : fail_field(s, "zone",
                            "There is no time zone “%s”. Write one like "
                            "America/Los_Angeles.",
                            in->zone);
}

/* An unattended terminal that stays open longer is worth the password again. */
static status confirm_weaker(struct session *s, const struct shop *in, const struct shop *before)
{
    const bool is_weaker = in->idle_lock_s > before->idle_lock_s ||
                           in->kiosk_lock_s > before->kiosk_lock_s ||
                           in->ssh_lock_s > before->ssh_lock_s;
    return is_weaker ? op_must_be_confirmed(s) : OK;
}

static status setting_edit(struct session *s, const void *input, void *output)
{
    const struct shop *in = input;
    struct picture_id picture = {0};
    struct shop before;

    TRY(check_settings(s, in));
    TRY(shop_get(s, &before));
    TRY(confirm_weaker(s, in, &before));
    TRY(letterhead_take_picture(s, in->logo, before.logo, &picture));
    TRY(store_run(s->store, SQL_SHOP_EDIT, BIND_ROW(&shop_shape, in),
                  BINDS(BIND_ID("picture", picture))));
    if (store_changed_rows(s->store) == 0)
        return fail(s, ERR_STALE,
                    "Somebody else changed the settings meanwhile. Look at them again.");
    if (s->memo != NULL)
        s->memo->shop = NULL;
    TRY(terms_keep(s));
    return shop_get(s, output);
}

const struct op setting_show_op = {
    .name = "setting.show",
    .says = "See the shop's settings",
    .right = RIGHT_SETTINGS_VIEW,
    .kind = OP_READS,
    .out = &shop_shape,
    .owns = NULL,
    .run = setting_show,
};
const struct op setting_edit_op = {
    .name = "setting.edit",
    .says = "Change the shop's settings",
    .right = RIGHT_SETTINGS_EDIT,
    .kind = OP_WRITES,
    .in = &shop_shape,
    .out = &shop_shape,
    .fills = "setting.show",
    .run = setting_edit,
};

struct tax_list_in {
    struct list_query query;
};
static const struct field tax_list_fields[] = {LIST_FIELDS(struct tax_list_in, query)};
static const struct list_sort tax_sorts[] = {{"position", "t.position", false}};
static const struct list_source tax_source = {
    .select = "t.id, t.position, t.name, t.rate, t.classes",
    .from = "tax AS t",
    .id = "t.id",
    .sorts = tax_sorts,
    .sort_count = COUNT_OF(tax_sorts),
};

static status tax_list_run(struct session *s, const void *input, void *output)
{
    return list_run(s, &tax_source, &tax_list_op, input, output);
}

const struct op tax_list_op = {
    .name = "tax.list",
    .says = "See the taxing jurisdictions",
    .right = RIGHT_SETTINGS_VIEW,
    .kind = OP_READS,
    .flags = OP_LIST,
    OP_LIST_OF(tax_source),
    .in = SHAPE(struct tax_list_in, tax_list_fields),
    .out = &tax_shape,
    .run = tax_list_run,
};

struct tax_set_in {
    struct rows taxes;
};
static const struct field tax_set_fields[] = {
    FIELD(struct tax_set_in, taxes, .label = "Jurisdictions", .rows = &tax_shape),
};

static status tax_set_run(struct session *s, const void *input, void *output)
{
    const struct tax_set_in *in = input;
    const struct tax *taxes = in->taxes.at;
    (void)output;

    TRY(store_run(s->store, SQL_TAX_CLEAR, NO_ROW, NULL));
    for (size_t i = 0; i < in->taxes.count; i++) {
        unsigned classes;
        if (tax_classes_parse(taxes[i].classes, &classes, &s->fault) != OK) {
            fault_prefix(&s->fault, arena_printf(s->arena, "taxes.%zu", i + 1));
            return ERR_INVALID;
        }
        TRY(store_run(s->store, SQL_TAX_ADD, BIND_ROW(&tax_shape, &taxes[i]),
                      BINDS(BIND_INT("place", (int64_t)i + 1))));
    }
    return OK;
}

const struct op tax_set_op = {
    .name = "tax.set",
    .says = "Set the taxing jurisdictions",
    .right = RIGHT_SETTINGS_EDIT,
    .kind = OP_WRITES,
    .in = SHAPE(struct tax_set_in, tax_set_fields),
    .run = tax_set_run,
};

static const struct op *const setting_ops[] = {
    &setting_show_op,
    &setting_edit_op,
    &tax_list_op,
    &tax_set_op,
};
const struct module setting_module = {
    .name = "setting",
    .title = "Settings",
    .says = "The shop's name, address, time zone, supplies, tolerance, texts and taxes.",
    MODULE_OPS(setting_ops),
};
