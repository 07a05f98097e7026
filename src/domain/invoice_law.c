/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* The state's rules at posting. They are asked of the invoice's own rows, so that what is checked
 * is what is printed, whatever of an order it was made from. */

#include "invoice_law.h"

#include <string.h>
#include <strings.h>

#include "base/text.h"
#include "domain/list.h"
#include "domain/profile.h"
#include "domain/setting.h"
#include "domain/terms.h"

/* clang-format off */
static const char SQL_FACTS[] =
    "SELECT i.odometer_in_mi AS odometer_in_mi, i.vehicle AS vehicle, i.supplies AS supplies,\n"
    "  EXISTS (SELECT 1 FROM invoice_job AS j JOIN invoice_line AS l ON l.invoice_job = j.id\n"
    "          WHERE j.invoice = i.id AND l.kind = 'hazmat') AS disposal\n"
    "FROM invoice AS i\n"
    "WHERE i.id = :id";
static const char SQL_CHARGES[] =
    "SELECT j.position AS position, l.description AS name\n"
    "FROM invoice_job AS j JOIN invoice_line AS l ON l.invoice_job = j.id\n"
    "WHERE j.invoice = :id AND l.kind <> 'labor'";
static const char SQL_MECHANICS[] =
    "SELECT DISTINCT CASE WHEN u.id IS NULL THEN ij.position ELSE 0 END AS position,\n"
    "  ifnull(u.name, '') AS name, ifnull(u.certificate, '') AS certificate\n"
    "FROM invoice_job AS ij JOIN invoice_line AS il ON il.invoice_job = ij.id\n"
    "LEFT JOIN job AS j ON j.id = ij.job\n"
    "LEFT JOIN line AS l ON l.id = il.line\n"
    "LEFT JOIN user AS u ON u.id = ifnull(l.technician, j.technician)\n"
    "WHERE ij.invoice = :id AND il.kind = 'labor'\n"
    "ORDER BY position, name";
static const char SQL_WRITE[] =
    "INSERT INTO invoice_law (invoice, profile, mechanics, disclosures, completed)\n"
    "VALUES (:id, :profile, :mechanics, :disclosures, :completed)";
static const char SQL_READ[] =
    "SELECT profile, mechanics, disclosures, completed\n"
    "FROM invoice_law\n"
    "WHERE invoice = :id";

struct facts {
    int64_t odometer_in_mi;
    struct vehicle_id vehicle;
    struct money supplies;
    bool disposal;
};
static const struct field facts_fields[] = {
    FIELD(struct facts, odometer_in_mi, .flags = FIELD_OPTIONAL),
    FIELD(struct facts, vehicle),
    FIELD(struct facts, supplies),
    FIELD(struct facts, disposal),
};
static const struct shape facts_shape = SHAPE_OF(struct facts, "facts", facts_fields);

/* A charge, or a mechanic; position: the job's. */
struct named {
    int64_t position;
    const char *name, *certificate;
};
static const struct field named_fields[] = {
    FIELD(struct named, position),
    FIELD(struct named, name),
    FIELD(struct named, certificate),
};
static const struct shape named_shape = SHAPE_OF(struct named, "named", named_fields);

static const struct field law_fields[] = {
    FIELD(struct invoice_law, profile, .choices = &profile_choices),
    FIELD(struct invoice_law, mechanics),
    FIELD(struct invoice_law, disclosures),
    FIELD(struct invoice_law, completed),
};
/* clang-format on */
static const struct shape law_shape = SHAPE_OF(struct invoice_law, "invoice_law", law_fields);

/* ---------------------------------------------------------------------- checks -- */

static status check_numbers(struct session *s, const struct shop *shop, const struct facts *facts)
{
    const struct law *registration = law_find(shop->profile, LAW_REGISTRATION);
    const struct law *epa = law_find(shop->profile, LAW_EPA_ID);

    if (registration != NULL && text_is_empty(shop->registration))
        return fail(s, ERR_CONFLICT, "%s Write it in the settings, under Registration.",
                    law_text(s, registration));
    if (epa != NULL && facts->disposal && text_is_empty(shop->epa_id))
        return fail(s, ERR_CONFLICT,
                    "%s Write it in the settings, under EPA ID, or take the charge off.",
                    law_text(s, epa));
    return OK;
}

static status check_odometer(struct session *s, const struct shop *shop, const struct facts *facts)
{
    const struct law *law = law_find(shop->profile, LAW_ODOMETER);

    if (law == NULL || facts->vehicle.v == 0 || facts->odometer_in_mi >= 0)
        return OK;
    return fail(s, ERR_CONFLICT, "%s Write the miles on the order first.", law_text(s, law));
}

/* The whole description is one of the words: "Shop supplies", but not "Brake cleaner, can". */
static bool is_generic(const struct law *law, const char *description)
{
    const size_t length = strlen(description);

    for (const char *word = law->value; *word != '\0';) {
        const size_t size = strcspn(word, ",");
        if (size == length && strncasecmp(word, description, size) == 0)
            return true;
        word += size;
        word += *word == ',';
    }
    return false;
}

static status check_charges(struct session *s, const struct shop *shop, struct invoice_id id)
{
    const struct law *law = law_find(shop->profile, LAW_GENERIC);
    struct rows rows;

    if (law == NULL)
        return OK;
    TRY(store_list(s->store, SQL_CHARGES, NO_ROW, BINDS(BIND_ID("id", id)), s->arena, &named_shape,
                   &rows));
    const struct named *charges = rows.at;
    for (size_t i = 0; i < rows.count; i++)
        if (is_generic(law, charges[i].name))
            return fail(s, ERR_CONFLICT, "Job %lld charges for “%s”. %s",
                        (long long)charges[i].position, charges[i].name, law_text(s, law));
    return OK;
}

/* -------------------------------------------------------------------- mechanics -- */

static status check_mechanic(struct session *s, const struct law *law, const struct named *who)
{
    if (law == NULL)
        return OK;
    if (text_is_empty(who->name))
        return fail(s, ERR_CONFLICT, "%s Say who did the work of job %lld.", law_text(s, law),
                    (long long)who->position);
    if (text_is_empty(who->certificate))
        return fail(s, ERR_CONFLICT, "%s Write %s's number under Certificate among the users.",
                    law_text(s, law), who->name);
    return OK;
}

/* "Mo Haddad, certification M123456", a line each; only where the state asks. */
static status mechanics_text(struct session *s, const struct shop *shop, struct invoice_id id,
                             const char **ret)
{
    const struct law *law = law_find(shop->profile, LAW_MECHANIC);
    AUTO_BUF text = BUF((size_t)16 << 10);
    struct rows rows;

    *ret = "";
    if (law == NULL)
        return OK;
    TRY(store_list(s->store, SQL_MECHANICS, NO_ROW, BINDS(BIND_ID("id", id)), s->arena,
                   &named_shape, &rows));
    const struct named *mechanics = rows.at;
    for (size_t i = 0; i < rows.count; i++) {
        TRY(check_mechanic(s, law, &mechanics[i]));
        buf_printf(&text, "%s%s, certification %s", i > 0 ? "\n" : "", mechanics[i].name,
                   mechanics[i].certificate);
    }
    *ret = arena_text(s->arena, buf_str(&text));
    return OK;
}

/* ---------------------------------------------------------------------- writing -- */

/* As it is printed: the customer checks nothing with the state. */
static const char *printed(struct session *s, const struct law *law)
{
    return law != NULL ? arena_printf(s->arena, "%s (%s)", law->says, law->source) : "";
}

status invoice_write_law(struct session *s, struct invoice_id id)
{
    struct shop shop;
    struct facts facts;
    const char *mechanics = "";

    TRY(terms_keep_invoice(s, id));
    TRY(shop_get(s, &shop));
    if (shop.profile == PROFILE_PLAIN)
        return OK;
    TRY(store_get(s->store, SQL_FACTS, NO_ROW, BINDS(BIND_ID("id", id)), s->arena, &facts_shape,
                  &facts));
    TRY(check_numbers(s, &shop, &facts));
    TRY(check_odometer(s, &shop, &facts));
    TRY(check_charges(s, &shop, id));
    TRY(mechanics_text(s, &shop, id, &mechanics));
    const bool discloses = facts.supplies.cents != 0 || facts.disposal;
    return store_run(
        s->store, SQL_WRITE, NO_ROW,
        BINDS(BIND_ID("id", id), BIND_TEXT("profile", choice_word(&profile_choices, shop.profile)),
              BIND_TEXT("mechanics", mechanics),
              BIND_TEXT("disclosures",
                        discloses ? printed(s, law_find(shop.profile, LAW_SUPPLIES_TEXT)) : ""),
              BIND_TEXT("completed", printed(s, law_find(shop.profile, LAW_COMPLETED)))));
}

status invoice_read_law(struct session *s, struct invoice_id id, struct invoice_law *ret)
{
    const status result =
        store_get(s->store, SQL_READ, NO_ROW, BINDS(BIND_ID("id", id)), s->arena, &law_shape, ret);

    if (result == ERR_NOT_FOUND)
        *ret = (struct invoice_law){PROFILE_PLAIN, "", "", "", ""};
    else
        TRY(result);
    return terms_of_invoice(s, id, &ret->versions);
}
