/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Lists. A page is found in two steps: first the keys and ids of its rows, in order, from an index
 * alone; then each row by its id. So paging costs the same on the last page as on the first. */

#include "domain/list.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"

#define PAGE_DEFAULT  50
#define PAGE_MAX      10000
#define STRINGIFY_(x) #x
#define STRINGIFY(x)  STRINGIFY_(x)

enum list_start { FROM_FIRST, FROM_AFTER, FROM_BEFORE };
/* SEARCH_WORDS: a key for each word, in any order. */
enum list_search { SEARCH_NONE, SEARCH_LOOKUP, SEARCH_WHERE, SEARCH_WORDS };
#define OTHER_WORDS 3 /* beside the one whose keys are walked; more words limit no further */
#define RARE_ENOUGH 400

/* Which of a source's texts is meant. */
struct list_variant {
    const struct list_sort *sort; /* not looked at with SEARCH_LOOKUP */
    bool descending;
    enum list_start start;
    enum list_search search;
};

static const struct list_sort lookup_sort = {.name = "", .sql = "k.key", .is_text = true};

/* The cursor of a row: "id|key". */
struct list_key {
    int64_t list_id;
    const char *list_key;
};
static const struct field list_key_fields[] = {
    FIELD(struct list_key, list_id),
    FIELD(struct list_key, list_key),
};
static const struct shape list_key_shape = SHAPE_OF(struct list_key, "list_key", list_key_fields);

static bool is_by_key(const struct list_variant *variant)
{
    return variant->search == SEARCH_LOOKUP || variant->search == SEARCH_WORDS;
}

static const struct list_sort *sort_of(const struct list_variant *variant)
{
    return is_by_key(variant) ? &lookup_sort : variant->sort;
}

/* With several keys of a row that match, the row comes once: at the first of them. */
static const char first_key_only[] =
    "\nAND NOT EXISTS (SELECT 1 FROM lookup AS e WHERE e.noun = k.noun AND e.id = k.id"
    " AND e.key >= :key_low AND e.key < k.key)";

static void add_from(struct buf *sql, const struct list_source *source,
                     const struct list_variant *variant, const char *once)
{
    const char *joined = "\nWHERE ";

    if (is_by_key(variant)) {
        buf_printf(sql,
                   "\nFROM lookup AS k CROSS JOIN %s"
                   "\nWHERE k.noun = '%s' AND k.key >= :key_low AND k.key < :key_high"
                   "\nAND %s = k.id%s",
                   source->from, source->lookup, source->id, once);
        for (int i = 1; variant->search == SEARCH_WORDS && i <= OTHER_WORDS; i++)
            buf_printf(sql,
                       "\nAND EXISTS (SELECT 1 FROM lookup AS w WHERE w.noun = k.noun"
                       " AND w.id = k.id AND w.key >= :word_low_%d AND w.key < :word_high_%d)",
                       i, i);
        joined = "\nAND ";
    } else {
        buf_printf(sql, "\nFROM %s", source->from);
        if (source->index != NULL)
            buf_printf(sql, " INDEXED BY %s", source->index);
    }
    if (source->where != NULL) {
        buf_printf(sql, "%s(%s)", joined, source->where);
        joined = "\nAND ";
    }
    if (variant->search == SEARCH_WHERE)
        buf_printf(sql, "%s(%s)", joined, source->search_where);
    else if (joined[1] == 'W')
        buf_text(sql, "\nWHERE 1");
}

/* Keys of one page. Backwards pages are read in reverse and turned round afterwards. */
static const char *keys_sql(const struct list_source *source, const struct list_variant *variant,
                            struct arena *arena)
{
    AUTO_BUF sql = BUF(16384);
    const struct list_sort *sort = sort_of(variant);
    const bool down = variant->descending != (variant->start == FROM_BEFORE);
    /* Equal, but only the index's own column spares sorting the rows of one key: of one name. */
    const char *id = is_by_key(variant) ? "k.id" : source->id;

    buf_printf(&sql, "SELECT %s AS list_id, CAST(%s AS TEXT) AS list_key", id, sort->sql);
    add_from(&sql, source, variant, first_key_only);
    if (variant->start != FROM_FIRST)
        buf_printf(&sql, "\nAND %s %s :after_key AND (%s, %s) %s (:after_key, :after_id)",
                   sort->sql, down ? "<=" : ">=", sort->sql, id, down ? "<" : ">");
    buf_printf(&sql, "\nORDER BY %s %s, %s %s\nLIMIT :list_limit", sort->sql, down ? "DESC" : "ASC",
               id, down ? "DESC" : "ASC");
    return arena_text(arena, buf_str(&sql));
}

static const char *count_sql(const struct list_source *source, const struct list_variant *variant,
                             struct arena *arena)
{
    AUTO_BUF sql = BUF(16384);

    /* Where the order does not matter, a set of ids costs less than a search for each row's first
     * key. The + keeps SQLite from walking all ids in their order instead of the keys that match.
     */
    buf_printf(&sql, "SELECT count(*) AS total FROM (SELECT %s",
               is_by_key(variant) ? "DISTINCT +k.id" : "1");
    add_from(&sql, source, variant, "");
    buf_text(&sql, "\nLIMIT " STRINGIFY(LIST_COUNT_MAX) " + 1)");
    return arena_text(arena, buf_str(&sql));
}

static const char *row_sql(const struct list_source *source, struct arena *arena)
{
    return arena_printf(arena, "SELECT %s\nFROM %s\nWHERE %s = :list_id", source->select,
                        source->from, source->id);
}

static const struct list_sort *find_sort(const struct list_source *source, const char *name)
{
    for (size_t i = 0; i < source->sort_count; i++)
        if (text_same(source->sorts[i].name, name))
            return &source->sorts[i];
    return NULL;
}

bool list_has_sort(const struct op *op, const char *name, bool always)
{
    size_t having = 0;

    for (size_t i = 0; i < op->list_count; i++)
        having += find_sort(&op->lists[i], name) != NULL;
    return always ? op->list_count > 0 && having == op->list_count : having > 0;
}

const char *list_sql(const struct list_source *source, size_t index, struct arena *arena)
{
    const enum list_search searched = source->lookup != NULL         ? SEARCH_LOOKUP
                                      : source->search_where != NULL ? SEARCH_WHERE
                                                                     : SEARCH_NONE;
    const size_t plain = source->sort_count * 2 * 3 * 2,
                 by_words = searched == SEARCH_LOOKUP ? 4 : 0;
    struct list_variant variant = {
        .sort = &source->sorts[index / 12 % source->sort_count],
        .descending = index / 6 % 2 == 1,
        .start = (enum list_start)(index / 2 % 3),
        .search = index % 2 == 1 ? searched : SEARCH_NONE,
    };

    if (index < plain)
        return keys_sql(source, &variant, arena);
    if (index < plain + 2)
        return count_sql(source, &variant, arena);
    index -= plain + 2;
    variant.search = SEARCH_WORDS;
    variant.start = (enum list_start)(index % 3);
    variant.descending = false;
    if (index < by_words)
        return index < 3 ? keys_sql(source, &variant, arena) : count_sql(source, &variant, arena);
    return index == by_words ? row_sql(source, arena) : NULL;
}

/* Values the composed text asks for, beside the filters of the input. */
struct list_values {
    struct bind binds[24];
    size_t count;
};

static void add_bind(struct list_values *values, struct bind bind)
{
    values->binds[values->count++] = bind;
}

static status bind_cursor(struct session *s, const struct list_query *query,
                          const struct list_variant *variant, struct list_values *values)
{
    const char *cursor = variant->start == FROM_BEFORE ? query->before : query->after;
    char *end = NULL;

    if (variant->start == FROM_FIRST)
        return OK;
    const int64_t id = strtoll(cursor, &end, 10);
    if (end == cursor || *end != '|')
        return fail_field(s, variant->start == FROM_BEFORE ? "before" : "after",
                          "This is not a place in the list. Start again without it.");
    const struct bind as_text = BIND_TEXT("after_key", end + 1);
    const struct bind as_number = BIND_INT("after_key", strtoll(end + 1, NULL, 10));
    add_bind(values, sort_of(variant)->is_text ? as_text : as_number);
    add_bind(values, (struct bind)BIND_INT("after_id", id));
    return OK;
}

/* Digits with the marks people put between them are a phone number or a document's number. */
static const char *search_key(struct session *s, const char *typed)
{
    const char *digits = text_digits(s->arena, typed);

    if (digits[0] != '\0' && strspn(typed, "0123456789 ()-+.#") == strlen(typed))
        return digits;
    return text_fold(s->arena, typed);
}

static const char *like_pattern(struct session *s, const char *key)
{
    AUTO_BUF pattern = BUF(1024);

    buf_char(&pattern, '%');
    for (; *key != '\0'; key++) {
        if (*key == '%' || *key == '_' || *key == '\\')
            buf_char(&pattern, '\\');
        buf_char(&pattern, *key);
    }
    buf_char(&pattern, '%');
    return arena_text(s->arena, buf_str(&pattern));
}

/* Behind every text that begins with the key: no character sorts behind U+10FFFF. */
const char *lookup_behind(struct session *s, const char *key)
{
    return arena_printf(s->arena, "%s\xf4\x8f\xbf\xbf", key);
}

static void bind_search(struct session *s, const struct list_query *query,
                        struct list_values *values)
{
    const char *key = search_key(s, query->search);

    add_bind(values, (struct bind)BIND_TEXT("key_low", key));
    add_bind(values, (struct bind)BIND_TEXT("key_high", lookup_behind(s, key)));
    add_bind(values, (struct bind)BIND_TEXT("like", like_pattern(s, key)));
    add_bind(values, (struct bind)BIND_TEXT("typed", like_pattern(s, query->search)));
}

static void bind_person(const struct session *s, struct list_values *values)
{
    add_bind(values, (struct bind)BIND_INT("own", s->own_only));
    add_bind(values, (struct bind)BIND_INT("own_user", s->user.v));
    add_bind(values, (struct bind)BIND_INT("own_customer", s->customer.v));
    add_bind(values, (struct bind)BIND_TEXT("today", arena_text(s->arena, session_today(s).iso)));
    add_bind(values, (struct bind)BIND_INT("now", session_now(s).seconds));
}

static status choose_variant(struct session *s, const struct list_source *source,
                             const struct list_query *query, struct list_variant *ret)
{
    struct list_variant variant = {.sort = &source->sorts[0], .descending = query->descending};

    if (!text_is_empty(query->sort)) {
        variant.sort = find_sort(source, query->sort);
        if (variant.sort == NULL)
            return fail_field(s, "sort",
                              "This list can't be sorted by “%s”. Choose another column.",
                              query->sort);
    }
    if (!text_is_empty(query->search))
        variant.search = source->lookup != NULL ? SEARCH_LOOKUP : SEARCH_WHERE;
    if (variant.search == SEARCH_WHERE && source->search_where == NULL)
        return fail_field(s, "search", "This list can't be searched. Use its filters.");
    if (variant.search == SEARCH_LOOKUP)
        variant.descending = false;
    if (!text_is_empty(query->before))
        variant.start = FROM_BEFORE;
    else if (!text_is_empty(query->after))
        variant.start = FROM_AFTER;
    *ret = variant;
    return OK;
}

static void reverse(struct list_key *keys, size_t count)
{
    for (size_t i = 0; i < count / 2; i++) {
        const struct list_key other = keys[i];
        keys[i] = keys[count - 1 - i];
        keys[count - 1 - i] = other;
    }
}

static const char *cursor_of(struct session *s, const struct list_key *key)
{
    return arena_printf(s->arena, "%lld|%s", (long long)key->list_id, key->list_key);
}

static status fetch_rows(struct session *s, const struct list_source *source, const struct op *op,
                         const struct bind_row *filters, const struct list_values *values,
                         const struct list_key *keys, size_t count, struct rows *ret)
{
    const char *sql = store_intern(s->store, row_sql(source, s->arena));
    struct list_values with_id = *values;
    char *rows = arena_array(s->arena, count, op->out->size);
    size_t kept = 0;

    add_bind(&with_id, (struct bind)BIND_INT("list_id", 0));
    add_bind(&with_id, (struct bind){.name = NULL});
    for (size_t i = 0; i < count; i++) {
        with_id.binds[with_id.count - 2].number = keys[i].list_id;
        const status result = store_get(s->store, sql, *filters, with_id.binds, s->arena, op->out,
                                        rows + kept * op->out->size);
        if (result == ERR_NOT_FOUND)
            continue;
        TRY(result);
        kept++;
    }
    *ret = (struct rows){rows, kept};
    return OK;
}

static status count_rows(struct session *s, const char *sql, const struct bind_row *filters,
                         const struct bind *binds, struct page *page)
{
    struct count_row {
        int64_t total;
    };
    static const struct field fields[] = {FIELD(struct count_row, total)};
    static const struct shape shape = SHAPE_OF(struct count_row, "count", fields);
    struct count_row row;

    TRY(store_get(s->store, sql, *filters, binds, s->arena, &shape, &row));
    page->total_is_capped = row.total > LIST_COUNT_MAX;
    page->total = page->total_is_capped ? LIST_COUNT_MAX : row.total;
    return OK;
}

static status fetch_keys(struct session *s, const char *sql, const struct bind_row *filters,
                         const struct list_values *values, int64_t limit, struct rows *ret)
{
    struct list_values with_limit = *values;

    add_bind(&with_limit, (struct bind)BIND_INT("list_limit", limit + 1));
    add_bind(&with_limit, (struct bind){.name = NULL});
    return store_list(s->store, sql, *filters, with_limit.binds, s->arena, &list_key_shape, ret);
}

/* ---- words in any order ---- */

static const char SQL_HOW_MANY[] =
    "SELECT count(*) FROM (SELECT 1 FROM lookup\n"
    "  WHERE noun = :noun AND key >= :key_low AND key < :key_high LIMIT " STRINGIFY(
        RARE_ENOUGH) ")";

static size_t split_words(struct session *s, const char *text, const char *words[1 + OTHER_WORDS])
{
    size_t count = 0;

    for (const char *at = text; *at != '\0' && count <= OTHER_WORDS;) {
        const size_t length = strcspn(at, " ");
        if (length > 0)
            words[count++] = text_fold(s->arena, arena_text_n(s->arena, at, length));
        at += length + (at[length] == ' ');
    }
    return count;
}

/* The word with the fewest keys is the one that is walked: it comes first. */
static status put_rarest_first(struct session *s, const struct list_source *source,
                               const char *words[], size_t count)
{
    int64_t least = INT64_MAX;
    size_t rarest = 0;

    for (size_t i = 0; i < count; i++) {
        int64_t keys = 0;
        TRY(store_int(s->store, SQL_HOW_MANY,
                      BINDS(BIND_TEXT("noun", source->lookup), BIND_TEXT("key_low", words[i]),
                            BIND_TEXT("key_high", lookup_behind(s, words[i]))),
                      &keys));
        if (keys < least) {
            least = keys;
            rarest = i;
        }
    }
    const char *first = words[rarest];
    words[rarest] = words[0];
    words[0] = first;
    return OK;
}

/* Words that stand in a row are what was meant; where nothing has them so, "pads accord" is what
 * has both. Whether it is so does not depend on the page: the first row decides it for all. */
static status search_by_words(struct session *s, const struct list_source *source,
                              const struct list_query *query, const struct bind_row *filters,
                              struct list_variant *variant, struct list_values *values)
{
    const struct list_variant in_a_row = {.search = SEARCH_LOOKUP, .start = FROM_FIRST};
    const char *words[1 + OTHER_WORDS] = {NULL};
    struct rows first;

    if (variant->search != SEARCH_LOOKUP || strchr(query->search, ' ') == NULL)
        return OK;
    const size_t count = split_words(s, query->search, words);
    if (count < 2)
        return OK;
    TRY(fetch_keys(s, store_intern(s->store, keys_sql(source, &in_a_row, s->arena)), filters,
                   values, 0, &first));
    if (first.count > 0)
        return OK;
    TRY(put_rarest_first(s, source, words, count));
    variant->search = SEARCH_WORDS;
    for (size_t i = 0; i < values->count; i++) {
        if (text_same(values->binds[i].name, "key_low"))
            values->binds[i].text = words[0];
        if (text_same(values->binds[i].name, "key_high"))
            values->binds[i].text = lookup_behind(s, words[0]);
    }
    for (size_t i = 1; i <= OTHER_WORDS; i++) {
        const char *word = i < count ? words[i] : "";
        add_bind(values, (struct bind)BIND_TEXT(arena_printf(s->arena, "word_low_%zu", i), word));
        add_bind(values, (struct bind)BIND_TEXT(arena_printf(s->arena, "word_high_%zu", i),
                                                lookup_behind(s, word)));
    }
    return OK;
}

static void set_cursors(struct session *s, const struct list_variant *variant,
                        const struct list_key *keys, size_t count, bool more, struct page *page)
{
    const bool back = variant->start == FROM_BEFORE;

    page->next = "";
    page->previous = "";
    if (count == 0)
        return;
    if (back || more)
        page->next = cursor_of(s, &keys[count - 1]);
    if (back ? more : variant->start == FROM_AFTER)
        page->previous = cursor_of(s, &keys[0]);
}

status list_run(struct session *s, const struct list_source *source, const struct op *op,
                const void *in, struct page *ret_page)
{
    const struct list_query *query = in;
    const struct bind_row filters = BIND_ROW(op->in, in);
    const int64_t limit = query->limit <= 0         ? PAGE_DEFAULT
                          : query->limit > PAGE_MAX ? PAGE_MAX
                                                    : query->limit;
    struct list_variant variant = {.start = FROM_FIRST};
    struct list_values values = {.count = 0};
    struct rows found_keys;
    struct page page = {.total = 0};

    TRY(choose_variant(s, source, query, &variant));
    bind_person(s, &values);
    bind_search(s, query, &values);
    TRY(search_by_words(s, source, query, &filters, &variant, &values));
    TRY(bind_cursor(s, query, &variant, &values));
    TRY(fetch_keys(s, store_intern(s->store, keys_sql(source, &variant, s->arena)), &filters,
                   &values, limit, &found_keys));

    struct list_key *keys = found_keys.at;
    const bool more = (int64_t)found_keys.count > limit;
    const size_t count = more ? (size_t)limit : found_keys.count;
    if (variant.start == FROM_BEFORE)
        reverse(keys, count);
    TRY(fetch_rows(s, source, op, &filters, &values, keys, count, &page.rows));
    set_cursors(s, &variant, keys, count, more, &page);
    add_bind(&values, (struct bind){.name = NULL});
    TRY(count_rows(s, store_intern(s->store, count_sql(source, &variant, s->arena)), &filters,
                   values.binds, &page));
    *ret_page = page;
    return OK;
}
