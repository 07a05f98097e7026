/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Legal texts by version. A version is made the first time a wording is saved or used; going back
 * to an older wording makes a new version, so that numbers tell the order of days. */

#include "domain/terms.h"

#include "base/text.h"
#include "domain/list.h"
#include "domain/setting.h"

/* clang-format off */
static const struct choice kind_choice[] = {
    [TERMS_ESTIMATE] = {"estimate", "estimate terms", "", ""},
    [TERMS_CONSENT]  = {"consent", "consent", "", ""},
    [TERMS_INVOICE]  = {"invoice", "invoice terms", "", ""},
    [TERMS_WARRANTY] = {"warranty", "warranty", "", ""},
};
const struct choices terms_kind_choices = CHOICES(kind_choice);

static const char SQL_NEWEST[] =
    "SELECT id, kind, number, text, made_at\n"
    "FROM terms_version\n"
    "WHERE kind = :kind\n"
    "ORDER BY number DESC LIMIT 1";
static const char SQL_GET[] =
    "SELECT v.id, v.kind, v.number, v.text, v.made_at, ifnull(u.name, '') AS user_name\n"
    "FROM terms_version AS v LEFT JOIN user AS u ON u.id = v.user\n"
    "WHERE v.id = :version";
static const char SQL_ADD[] =
    "INSERT INTO terms_version (kind, number, text, made_at, user)\n"
    "VALUES (:kind, :number, :text, :now, :user)";
static const char SQL_INVOICE_ADD[] =
    "INSERT INTO invoice_terms (invoice, version)\n"
    "VALUES (:invoice, :version)";
static const char SQL_OF_INVOICE[] =
    "SELECT v.id, v.kind, v.number, v.text, v.made_at\n"
    "FROM invoice_terms AS i JOIN terms_version AS v ON v.id = i.version\n"
    "WHERE i.invoice = :invoice\n"
    "ORDER BY v.id";

static const struct field version_fields[] = {
    FIELD(struct terms_version, id, .label = "Number"),
    FIELD(struct terms_version, kind, .label = "Text", .choices = &terms_kind_choices),
    FIELD(struct terms_version, number, .label = "Version"),
    FIELD(struct terms_version, made_at, .label = "Since"),
    FIELD(struct terms_version, text, .label = "Wording", .flags = FIELD_MANY_LINES),
    FIELD(struct terms_version, user_name, .label = "By"),
};
/* clang-format on */
static const struct shape version_shape =
    SHAPE_OF(struct terms_version, "terms_version", version_fields);

static const char *text_of(const struct shop *shop, enum terms_kind kind)
{
    switch (kind) {
    case TERMS_ESTIMATE:
        return shop->estimate_terms;
    case TERMS_CONSENT:
        return shop->consent_text;
    case TERMS_INVOICE:
        return shop->invoice_terms;
    case TERMS_WARRANTY:
        return shop->warranty_text;
    case TERMS_KIND_COUNT:
        break;
    }
    return "";
}

static status add_version(struct session *s, enum terms_kind kind, int64_t number, const char *text,
                          struct terms_id *ret)
{
    TRY(store_run(
        s->store, SQL_ADD, NO_ROW,
        BINDS(BIND_TEXT("kind", choice_word(&terms_kind_choices, kind)), BIND_INT("number", number),
              BIND_TEXT("text", text), BIND_INSTANT("now", session_now(s)),
              s->user.v == 0 ? (struct bind)BIND_NULL("user") : BIND_ID("user", s->user))));
    ret->v = store_last_id(s->store);
    return OK;
}

static status current_of(struct session *s, const struct shop *shop, enum terms_kind kind,
                         struct terms_id *ret)
{
    const char *text = text_of(shop, kind);
    struct terms_version newest = {.text = ""};

    *ret = (struct terms_id){0};
    if (text_is_empty(text))
        return OK;
    const status result =
        store_get(s->store, SQL_NEWEST, NO_ROW,
                  BINDS(BIND_TEXT("kind", choice_word(&terms_kind_choices, kind))), s->arena,
                  &version_shape, &newest);
    if (result != ERR_NOT_FOUND)
        TRY(result);
    if (result == OK && text_same(newest.text, text)) {
        *ret = newest.id;
        return OK;
    }
    return add_version(s, kind, result == OK ? newest.number + 1 : 1, text, ret);
}

status terms_current(struct session *s, enum terms_kind kind, struct terms_id *ret)
{
    struct shop shop;

    TRY(shop_get(s, &shop));
    return current_of(s, &shop, kind, ret);
}

status terms_keep(struct session *s)
{
    struct terms_id unused;
    struct shop shop;

    TRY(shop_get(s, &shop));
    for (enum terms_kind kind = 0; kind < TERMS_KIND_COUNT; kind++)
        TRY(current_of(s, &shop, kind, &unused));
    return OK;
}

status terms_keep_invoice(struct session *s, struct invoice_id invoice)
{
    static const enum terms_kind kinds[] = {TERMS_INVOICE, TERMS_WARRANTY};

    for (size_t i = 0; i < COUNT_OF(kinds); i++) {
        struct terms_id version;
        TRY(terms_current(s, kinds[i], &version));
        if (version.v != 0)
            TRY(store_run(s->store, SQL_INVOICE_ADD, NO_ROW,
                          BINDS(BIND_ID("invoice", invoice), BIND_ID("version", version))));
    }
    return OK;
}

status terms_of_invoice(struct session *s, struct invoice_id invoice, const char **ret)
{
    const char *text = "";
    struct rows rows;

    TRY(store_list(s->store, SQL_OF_INVOICE, NO_ROW, BINDS(BIND_ID("invoice", invoice)), s->arena,
                   &version_shape, &rows));
    const struct terms_version *versions = rows.at;
    for (size_t i = 0; i < rows.count; i++)
        text = arena_printf(s->arena, "%s%s%s version %lld", text, i > 0 ? ", " : "",
                            choice_label(&terms_kind_choices, versions[i].kind),
                            (long long)versions[i].number);
    *ret = text;
    return OK;
}

/* ---------------------------------------------------------------------------- list -- */

struct terms_list {
    struct list_query query;
    const char *kind;
};
/* clang-format off */
static const struct field list_fields[] = {
    LIST_FIELDS(struct terms_list, query),
    FIELD(struct terms_list, kind, .label = "Text", .example = "warranty", .max = 20,
          .help = "Only this text's: estimate, consent, invoice or warranty"),
};
/* clang-format on */
static const struct list_sort sorts[] = {{"id", "v.id", false}};
static const struct list_source source = {
    .select = "v.id, v.kind, v.number, v.text, v.made_at, ifnull(u.name, '') AS user_name",
    .from = "terms_version AS v LEFT JOIN user AS u ON u.id = v.user",
    .where = "(:kind = '' OR v.kind = lower(:kind))",
    .id = "v.id",
    .sorts = sorts,
    .sort_count = COUNT_OF(sorts),
    .search_where = "lower(v.text) LIKE :like ESCAPE '\\'",
};

static status list(struct session *s, const void *input, void *output)
{
    return list_run(s, &source, &terms_list_op, input, output);
}

const struct op terms_list_op = {
    .name = "terms.list",
    .says = "See every wording of terms, consent and warranty, by version",
    .title = "Terms by version",
    .right = RIGHT_SETTINGS_VIEW,
    .kind = OP_READS,
    .flags = OP_LIST,
    OP_LIST_OF(source),
    .in = SHAPE(struct terms_list, list_fields),
    .out = &version_shape,
    .run = list,
};

struct terms_key {
    struct terms_id terms;
};
static const struct field key_fields[] = {
    FIELD(struct terms_key, terms, .picks = "terms.list", .flags = FIELD_REQUIRED | FIELD_ARGUMENT),
};

static status show(struct session *s, const void *input, void *output)
{
    const struct terms_key *in = input;

    return found(s,
                 store_get(s->store, SQL_GET, NO_ROW, BINDS(BIND_ID("version", in->terms)),
                           s->arena, &version_shape, output),
                 "There is no wording %lld. Look for it in the list of terms.",
                 (long long)in->terms.v);
}

const struct op terms_show_op = {
    .name = "terms.show",
    .says = "See one wording of the terms in full",
    .title = "Wording",
    .right = RIGHT_SETTINGS_VIEW,
    .kind = OP_READS,
    .in = SHAPE(struct terms_key, key_fields),
    .out = &version_shape,
    .run = show,
};

static const struct op *const terms_ops[] = {&terms_list_op, &terms_show_op};
extern const struct module terms_module;
const struct module terms_module = {
    .name = "terms",
    .title = "Terms",
    .says = "The wordings of terms, consent and warranty, each kept as it was.",
    MODULE_OPS(terms_ops),
};
