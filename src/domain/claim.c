/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* What goes back to vendors, until every cent of it is credited or written off. */

#include "base/text.h"
#include "claim_inner.h"
#include "domain/bill.h"
#include "domain/part.h"
#include "domain/stock.h"
#include "domain/vendor.h"
#include "record.h"

/* clang-format off */
static const char SQL_GET[] =
    "SELECT c.id AS id, c.vendor AS vendor, v.name AS vendor_name, c.kind AS kind,\n"
    "  c.state AS state, c.part AS part, ifnull(p.sku, '') AS sku, c.description AS description,\n"
    "  c.quantity AS quantity, c.expected AS expected, c.credited AS credited,\n"
    "  c.written_off AS written_off, c.expected - c.credited - c.written_off AS open,\n"
    "  c.opened_on AS opened_on, c.sent_on AS sent_on, c.closed_on AS closed_on, c.rma AS rma,\n"
    "  c.reason AS reason, c.job AS job, c.revision AS revision,\n"
    "  CASE WHEN j.id IS NULL THEN ''\n"
    "    ELSE 'RO ' || j.repair_order || ', job ' || j.position || ': ' || j.title END AS job_text\n"
    "FROM claim AS c\n"
    "JOIN vendor AS v ON v.id = c.vendor\n"
    "LEFT JOIN part AS p ON p.id = c.part\n"
    "LEFT JOIN job AS j ON j.id = c.job\n"
    "WHERE c.id = :claim";
static const char SQL_FIRST_VENDOR[] =
    "SELECT vendor FROM part_vendor WHERE part = :part ORDER BY position LIMIT 1";
static const char SQL_VENDOR_COST[] =
    "SELECT cost FROM part_vendor WHERE part = :part AND vendor = :vendor";
static const char SQL_USED_ON_JOB[] =
    "SELECT count(*) FROM line WHERE job = :job AND part = :part";
static const char SQL_JOB_THERE[] = "SELECT count(*) FROM job WHERE id = :job";
static const char SQL_ADD[] =
    "INSERT INTO claim (vendor, kind, state, part, description, quantity, expected, opened_on,\n"
    "  reason, job)\n"
    "VALUES (:vendor, :kind, 'here', :part, :description, :quantity, :expected, :opened_on,\n"
    "  :reason, :job)";
static const char SQL_EXPECTED[] = "UPDATE claim SET expected = :expected WHERE id = :claim";
static const char SQL_STATE[] =
    "UPDATE claim\n"
    "SET state = :state, sent_on = ifnull(:sent_on, sent_on),\n"
    "  rma = CASE WHEN :rma <> '' THEN :rma ELSE rma END, revision = revision + 1\n"
    "WHERE id = :claim";
static const char SQL_CREDITED[] =
    "UPDATE claim\n"
    "SET credited = credited + :credited, written_off = written_off + :written_off,\n"
    "  state = CASE WHEN credited + written_off + :credited + :written_off = expected\n"
    "          THEN 'closed' ELSE state END,\n"
    "  closed_on = CASE WHEN credited + written_off + :credited + :written_off = expected\n"
    "          THEN :today ELSE closed_on END,\n"
    "  reason = CASE WHEN :reason <> '' THEN :reason ELSE reason END, revision = revision + 1\n"
    "WHERE id = :claim";
static const char SQL_CREDIT_ADD[] =
    "INSERT INTO claim_credit (claim, bill, amount) VALUES (:claim, :bill, :amount)";
static const char SQL_OWED[] =
    "SELECT id, quantity, expected\n"
    "FROM claim\n"
    "WHERE part = :part AND kind = 'core' AND state = 'owed' AND credited + written_off = 0\n"
    "ORDER BY opened_on, id";
/* Of several old parts one has come: it goes its own way from here. */
static const char SQL_SPLIT[] =
    "INSERT INTO claim (vendor, kind, state, part, description, quantity, expected, opened_on,\n"
    "  receipt_line)\n"
    "SELECT vendor, kind, 'here', part, description, :quantity, :share, opened_on, receipt_line\n"
    "FROM claim\n"
    "WHERE id = :claim";
static const char SQL_SPLIT_REST[] =
    "UPDATE claim\n"
    "SET quantity = quantity - :quantity, expected = expected - :share, revision = revision + 1\n"
    "WHERE id = :claim";
/* clang-format on */

struct owed {
    struct claim_id id;
    struct qty quantity;
    struct money expected;
};
static const struct field owed_fields[] = {
    FIELD(struct owed, id),
    FIELD(struct owed, quantity),
    FIELD(struct owed, expected),
};
static const struct shape owed_shape = SHAPE_OF(struct owed, "owed", owed_fields);

status claim_get(struct session *s, struct claim_id id, struct claim *ret)
{
    TRY(found(s,
              store_get(s->store, SQL_GET, NO_ROW, BINDS(BIND_ID("claim", id)), s->arena,
                        &claim_shape, ret),
              "There is no claim %lld.", (long long)id.v));
    const struct day until = ret->closed_on.iso[0] != '\0' ? ret->closed_on : session_today(s);
    ret->age_days = day_distance(ret->opened_on, until);
    return OK;
}

/* ---------------------------------------------------------------------- returns -- */

struct returning {
    const struct claim_open_return *in;
    struct part part;
    struct vendor vendor;
    struct money expected;
    struct claim_id id;
};

static status choose_vendor(struct session *s, struct returning *r)
{
    struct vendor_id id = r->in->vendor;

    if (id.v == 0) {
        const status result =
            store_int(s->store, SQL_FIRST_VENDOR, BINDS(BIND_ID("part", r->part.id)), &id.v);
        if (result == ERR_NOT_FOUND)
            return fail_field(s, "vendor", "Nobody is named who sells %s. Choose the vendor.",
                              r->part.sku);
        TRY(result);
    }
    return vendor_get_active(s, id, &r->vendor);
}

static status check_job(struct session *s, const struct returning *r)
{
    const struct bind job = BIND_ID("job", r->in->job);
    int64_t count = 0;

    if (r->in->job.v == 0)
        return OK;
    TRY(store_int(s->store, SQL_JOB_THERE, BINDS(job), &count));
    if (count == 0)
        return fail_field(s, "job", "There is no job %lld.", (long long)r->in->job.v);
    TRY(store_int(s->store, SQL_USED_ON_JOB, BINDS(job, BIND_ID("part", r->part.id)), &count));
    if (count == 0)
        return fail_field(s, "job",
                          "Part %s was not used on this job. Choose the job it failed on.",
                          r->part.sku);
    return OK;
}

static status check_quantity(struct session *s, const struct returning *r)
{
    char there[NUMBER_TEXT_MAX], asked[NUMBER_TEXT_MAX];

    TRY(part_check_quantity(s, &r->part, r->in->quantity, "quantity"));
    if (r->in->job.v != 0 || r->in->quantity.thousandths <= r->part.on_hand.thousandths)
        return OK;
    return fail_field(s, "quantity", "%s of %s are on hand; %s cannot go back.",
                      qty_text(r->part.on_hand, there), r->part.sku,
                      qty_text(r->in->quantity, asked));
}

static status add_claim(struct session *s, struct returning *r)
{
    TRY(store_run(s->store, SQL_ADD, NO_ROW,
                  BINDS(BIND_ID("vendor", r->vendor.id),
                        BIND_TEXT("kind", r->in->job.v != 0 ? "warranty" : "return"),
                        BIND_ID("part", r->part.id), BIND_TEXT("description", r->part.name),
                        BIND_INT("quantity", r->in->quantity.thousandths),
                        BIND_MONEY("expected", r->expected),
                        BIND_DAY("opened_on", session_today(s)), BIND_TEXT("reason", r->in->reason),
                        BIND_ID("job", r->in->job))));
    r->id.v = store_last_id(s->store);
    return OK;
}

static status post(struct session *s, const struct returning *r, const struct ledger_line *lines,
                   size_t count)
{
    struct entry_id entry;

    return ledger_post(
        s, session_today(s), "claim", r->id.v,
        arena_printf(s->arena, "Part %s goes back to %s", r->part.sku, r->vendor.name), lines,
        count, &entry);
}

/* Off the shelf at what it is worth there; what the vendor gives more or less is a correction. */
static status return_from_shelf(struct session *s, struct returning *r)
{
    const struct stock_change change = {.part = r->part.id,
                                        .kind = STOCK_RETURN,
                                        .quantity = {-r->in->quantity.thousandths},
                                        .claim = r->id};
    struct stock_effect effect;

    TRY(stock_move(s, &change, &effect));
    if (r->in->expected.cents == NUMBER_NONE) {
        r->expected = money_negate(effect.moved);
        TRY(store_run(s->store, SQL_EXPECTED, NO_ROW,
                      BINDS(BIND_ID("claim", r->id), BIND_MONEY("expected", r->expected))));
    }
    const struct ledger_line lines[] = {
        {.account = ACCOUNT_VENDOR_CREDIT, .amount = r->expected},
        {.account = ACCOUNT_INVENTORY, .amount = effect.moved},
        {.account = ACCOUNT_STOCK_ADJUSTMENT, .amount = {-r->expected.cents - effect.moved.cents}},
    };
    return post(s, r, lines, COUNT_OF(lines));
}

static status return_from_job(struct session *s, struct returning *r)
{
    const struct ledger_line lines[] = {
        {.account = ACCOUNT_VENDOR_CREDIT, .amount = r->expected},
        {.account = ACCOUNT_PART_COST, .amount = money_negate(r->expected)},
    };

    return post(s, r, lines, COUNT_OF(lines));
}

/* What the vendor asks for such a part. */
static status cost_of(struct session *s, const struct returning *r, struct money *ret)
{
    struct money each = r->part.cost;

    TRY(record_find_number(s, SQL_VENDOR_COST,
                           BINDS(BIND_ID("part", r->part.id), BIND_ID("vendor", r->vendor.id)),
                           &each.cents));
    if (money_times_qty(each, r->in->quantity, ret) != OK)
        return fail_field(s, "quantity", "This comes to more than can be counted.");
    return OK;
}

status claim_return(struct session *s, const void *input, void *out)
{
    struct returning r = {.in = input, .expected = MONEY_ZERO};

    TRY(part_get(s, r.in->part, &r.part));
    TRY(choose_vendor(s, &r));
    TRY(check_job(s, &r));
    TRY(check_quantity(s, &r));
    if (r.in->expected.cents != NUMBER_NONE)
        r.expected = r.in->expected;
    else if (r.in->job.v != 0)
        TRY(cost_of(s, &r, &r.expected));
    TRY(add_claim(s, &r));
    TRY(r.in->job.v != 0 ? return_from_job(s, &r) : return_from_shelf(s, &r));
    return claim_get(s, r.id, out);
}

/* ------------------------------------------------------------------------- steps -- */

static status begin(struct session *s, struct claim_id id, int64_t revision, struct claim *ret)
{
    struct claim claim;

    TRY(claim_get(s, id, &claim));
    if (revision != 0 && revision != claim.revision)
        return record_is_stale(s, "claim", id.v);
    if (claim.state == CLAIM_CLOSED)
        return fail(s, ERR_CONFLICT, "This claim is closed: all of it is credited or written off.");
    *ret = claim;
    return OK;
}

static status set_state(struct session *s, struct claim_id id, enum claim_state state,
                        struct day sent_on, const char *rma)
{
    return store_run(s->store, SQL_STATE, NO_ROW,
                     BINDS(BIND_ID("claim", id),
                           BIND_TEXT("state", choice_word(&claim_state_choices, state)),
                           BIND_DAY("sent_on", sent_on), BIND_TEXT("rma", rma)));
}

static status split(struct session *s, const struct owed *owed, int64_t quantity)
{
    struct money share;

    TRY(money_share(owed->expected, quantity, owed->quantity.thousandths, &share));
    const struct bind *binds = BINDS(BIND_ID("claim", owed->id), BIND_INT("quantity", quantity),
                                     BIND_MONEY("share", share));
    TRY(store_run(s->store, SQL_SPLIT, NO_ROW, binds));
    return store_run(s->store, SQL_SPLIT_REST, NO_ROW, binds);
}

status claim_core_came(struct session *s, struct part_id part, struct qty quantity)
{
    struct rows rows;
    int64_t left = quantity.thousandths;

    TRY(store_list(s->store, SQL_OWED, NO_ROW, BINDS(BIND_ID("part", part)), s->arena, &owed_shape,
                   &rows));
    const struct owed *owed = rows.at;
    for (size_t i = 0; i < rows.count && left > 0; i++) {
        if (owed[i].quantity.thousandths > left)
            return split(s, &owed[i], left);
        TRY(set_state(s, owed[i].id, CLAIM_HERE, DAY_NONE, ""));
        left -= owed[i].quantity.thousandths;
    }
    return OK;
}

status claim_core_here(struct session *s, const void *input, void *out)
{
    const struct claim_key *in = input;
    struct claim claim;

    TRY(begin(s, in->claim, in->revision, &claim));
    if (claim.state != CLAIM_OWED)
        return fail(s, ERR_CONFLICT, "The part of this claim is here already.");
    TRY(set_state(s, in->claim, CLAIM_HERE, DAY_NONE, ""));
    return claim_get(s, in->claim, out);
}

status claim_send(struct session *s, const void *input, void *out)
{
    const struct claim_send *in = input;
    struct claim claim;
    char day[DAY_TEXT_MAX];

    TRY(begin(s, in->claim, in->revision, &claim));
    if (claim.state == CLAIM_OWED)
        return fail(s, ERR_CONFLICT,
                    "The old part of “%s” is not here yet. Note that it came, then send it.",
                    claim.description);
    if (claim.state == CLAIM_SENT)
        return fail(s, ERR_CONFLICT, "“%s” was sent back on %s.", claim.description,
                    day_show(claim.sent_on, day));
    TRY(set_state(s, in->claim, CLAIM_SENT, session_today(s), in->rma));
    return claim_get(s, in->claim, out);
}

/* ----------------------------------------------------------------------- credit -- */

static status add_credit(struct session *s, const struct claim *claim, struct money credited,
                         struct money written_off, const char *reason)
{
    return store_run(s->store, SQL_CREDITED, NO_ROW,
                     BINDS(BIND_ID("claim", claim->id), BIND_MONEY("credited", credited),
                           BIND_MONEY("written_off", written_off), BIND_TEXT("reason", reason),
                           BIND_DAY("today", session_today(s))));
}

static status check_credit(struct session *s, const struct claim *claim, struct money amount)
{
    char open[NUMBER_TEXT_MAX], more[NUMBER_TEXT_MAX];

    if (amount.cents <= 0)
        return fail_field(s, "amount", "Enter what %s credited.", claim->vendor_name);
    if (amount.cents > claim->open.cents)
        return fail_field(s, "amount",
                          "%s is open on this claim; %s is more. Credit that much at most, and "
                          "enter the rest as a credit memo of its own.",
                          money_show(claim->open, open), money_show(amount, more));
    return OK;
}

status claim_credit(struct session *s, const void *input, void *out)
{
    const struct claim_credit *in = input;
    const struct day today = session_today(s);
    struct claim claim;
    struct bill_id bill;
    struct entry_id entry;

    TRY(begin(s, in->claim, in->revision, &claim));
    TRY(check_credit(s, &claim, in->amount));
    TRY(bill_check_number(s, claim.vendor, in->number));
    const struct bill_new memo = {
        .vendor = claim.vendor,
        .number = in->number,
        .reason = "",
        .note = arena_printf(s->arena, "For “%s”", claim.description),
        .billed_on = today,
        .due_on = today,
        .total = money_negate(in->amount),
    };
    TRY(bill_write(s, &memo, &bill));
    const struct ledger_line lines[] = {
        {.account = ACCOUNT_PAYABLE, .amount = in->amount},
        {.account = ACCOUNT_VENDOR_CREDIT, .amount = money_negate(in->amount)},
    };
    TRY(ledger_post(s, today, "claim", claim.id.v,
                    arena_printf(s->arena, "Credit memo %s, %s", in->number, claim.vendor_name),
                    lines, COUNT_OF(lines), &entry));
    TRY(bill_set_entry(s, bill, entry));
    TRY(store_run(s->store, SQL_CREDIT_ADD, NO_ROW,
                  BINDS(BIND_ID("claim", claim.id), BIND_ID("bill", bill),
                        BIND_MONEY("amount", in->amount))));
    TRY(add_credit(s, &claim, in->amount, MONEY_ZERO, ""));
    return claim_get(s, in->claim, out);
}

status claim_write_off(struct session *s, const void *input, void *out)
{
    const struct claim_write_off *in = input;
    struct claim claim;
    struct entry_id entry;

    TRY(begin(s, in->claim, in->revision, &claim));
    const struct ledger_line lines[] = {
        {.account = ACCOUNT_STOCK_ADJUSTMENT, .amount = claim.open},
        {.account = ACCOUNT_VENDOR_CREDIT, .amount = money_negate(claim.open)},
    };
    TRY(ledger_post(s, session_today(s), "claim", claim.id.v,
                    arena_printf(s->arena, "Claim %lld written off, %s", (long long)claim.id.v,
                                 claim.vendor_name),
                    lines, COUNT_OF(lines), &entry));
    TRY(add_credit(s, &claim, MONEY_ZERO, claim.open, in->reason));
    return claim_get(s, in->claim, out);
}
