/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */
#ifndef PITLANE_BASE_FIELD_H
#define PITLANE_BASE_FIELD_H

/* Shapes: a plain struct described once. From its table of fields come forms, lists, command-line
 * options, JSON, CSV, SQL binds and columns, validation and the manual. */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/day.h"
#include "base/money.h"
#include "base/status.h"

enum field_type {
    FIELD_TEXT,    /* const char *, UTF-8, never NULL once read; "" is none */
    FIELD_INT,     /* int64_t */
    FIELD_BOOL,    /* bool */
    FIELD_MONEY,   /* struct money */
    FIELD_QTY,     /* struct qty */
    FIELD_RATE,    /* struct rate, shown in percent */
    FIELD_DAY,     /* struct day */
    FIELD_INSTANT, /* struct instant */
    FIELD_ENUM,    /* an enum; `choices` gives its words, in order of value from 0 */
    FIELD_ID,      /* one-member struct { int64_t v; }; 0 is none */
    FIELD_ROWS,    /* struct rows of the shape in `rows` */
    FIELD_TYPE_COUNT
};

enum field_flag {
    FIELD_REQUIRED = 1u << 0,   /* must not be empty, zero-length or 0 for an id */
    FIELD_ARGUMENT = 1u << 1,   /* on the command line: a plain word, in the order of the fields */
    FIELD_MANY_LINES = 1u << 2, /* text with line breaks */
    FIELD_SECRET = 1u << 3,     /* passwords: not echoed, not audited, never an option's value */
    FIELD_HIDDEN = 1u << 4,     /* not shown in forms and lists (revision, inner ids); is in JSON */
    FIELD_SIGNED = 1u << 5,     /* a number may be negative */
    FIELD_PHONE = 1u << 6,      /* text kept as E.164, shown nationally */
    FIELD_CODE = 1u << 7,       /* text kept in upper case without blanks: VIN, plate, SKU */
    FIELD_NUMBERS_OK = 1u << 8, /* long digit strings are fine here: no card number check */
    FIELD_FIXED = 1u << 9,      /* shown in the form, but not to be changed there */
    FIELD_ONE = 1u << 10,       /* rows: at most one; in JSON an object, null when there is none */
    FIELD_WORDS = 1u << 11,     /* text of words between blanks; in JSON a list of texts */
    FIELD_OPTIONAL = 1u << 12,  /* a number that may be missing: NUMBER_NONE, in JSON null */
    FIELD_SCANNED = 1u << 13, /* text that may be words or a code: a scan in a form goes into it */
};

/* One value of an enum. `word` is stored and is JSON's and the command line's; `label` is for
 * people; `mark` is a one-cell glyph for boards ("●") with its ASCII twin. */
struct choice {
    const char *word;
    const char *label;
    const char *mark;
    const char *ascii;
};
struct choices {
    const struct choice *at;
    size_t count;
};
/* Initialises a struct choices with static storage. */
#define CHOICES(array)                                                                             \
    {                                                                                              \
        .at = (array), .count = COUNT_OF(array)                                                    \
    }

struct rows {
    void *at;
    size_t count;
};

/* What a number with FIELD_OPTIONAL holds while nobody has given one: told from a 0 that somebody
 * has. shape_init sets it. */
#define NUMBER_NONE INT64_MIN

struct shape;

struct field {
    const char *name;    /* member, column, bind, JSON key; the option has '-' for '_' */
    const char *label;   /* NULL: made from the name */
    const char *help;    /* what it means, one sentence */
    const char *example; /* shown as the format while typing */
    const char *initial; /* default, as a person would type it */
    const char *picks;   /* name of the list operation that offers values for an id or a text */
    const struct choices *choices; /* FIELD_ENUM */
    const struct shape *rows;      /* FIELD_ROWS */
    enum field_type type;
    size_t offset;
    size_t size;
    size_t max; /* longest text in bytes; 0: 200 (one line) or 4000 (many lines) */
    /* For numbers, in the type's own unit; low == high == 0: the type's range. A whole number whose
     * range leaves out 0 (a year) may still be 0, which is none, unless FIELD_REQUIRED. */
    int64_t low;
    int64_t high;
    unsigned flags;
    unsigned right; /* seen and set only by holders of this right (domain's enum right); 0 = all */
};

struct shape {
    const char *name; /* the struct's name, "customer" */
    size_t size;
    const struct field *fields;
    size_t count;
};

/* The member's C type decides; a type that is none of these is taken for an id and must be 8 bytes,
 * which shape_check and the tests assert. */
#define FIELD_TYPE_OF(member)                                                                      \
    _Generic((member),                                                                             \
        const char *: FIELD_TEXT,                                                                  \
        int64_t: FIELD_INT,                                                                        \
        bool: FIELD_BOOL,                                                                          \
        struct money: FIELD_MONEY,                                                                 \
        struct qty: FIELD_QTY,                                                                     \
        struct rate: FIELD_RATE,                                                                   \
        struct day: FIELD_DAY,                                                                     \
        struct instant: FIELD_INSTANT,                                                             \
        unsigned int: FIELD_ENUM,                                                                  \
        struct rows: FIELD_ROWS,                                                                   \
        default: FIELD_ID)

/* FIELD(struct customer, name, .label = "Name", .flags = FIELD_REQUIRED) */
#define FIELD(T, member, ...) FIELD_NAMED(T, member, #member, __VA_ARGS__)
/* For a member of an embedded struct: FIELD_NAMED(struct x, query.search, "search") */
#define FIELD_NAMED(T, member, name_, ...)                                                         \
    {                                                                                              \
        .name = name_, .type = FIELD_TYPE_OF(((T *)0)->member), .offset = offsetof(T, member),     \
        .size = sizeof(((T *)0)->member), __VA_ARGS__                                              \
    }
#define SHAPE_OF(T, name_, fields_)                                                                \
    {                                                                                              \
        .name = name_, .size = sizeof(T), .fields = fields_, .count = COUNT_OF(fields_)            \
    }
/* A shape in place: .in = SHAPE(struct invoice_void, invoice_void_fields) */
#define SHAPE(T, fields_) (&(const struct shape)SHAPE_OF(T, #T, fields_))

/* Which rights somebody holds, by number. */
struct right_set {
    uint64_t bits[4];
};
static inline bool right_set_has(const struct right_set *set, unsigned right)
{
    return right == 0 || (right < 256 && (set->bits[right / 64] >> (right % 64) & 1) != 0);
}
static inline void right_set_add(struct right_set *set, unsigned right)
{
    set->bits[right / 64] |= UINT64_C(1) << (right % 64);
}
extern const struct right_set RIGHT_SET_ALL;

/* What parsing needs to know of the world: where texts go, and what "t+3" counts from. */
struct field_context {
    struct arena *arena;
    struct instant now;
};

enum field_style {
    FIELD_PLAIN, /* for machines: "1234.50", "2026-11-24", "in_progress" */
    FIELD_SHOWN  /* for people: "1,234.50", "24 Nov 2026", "in progress", "(619) 555-0142" */
};

const struct field *shape_field(const struct shape *shape, const char *name);
/* The field a person may have meant by a name that is none; NULL when nothing is near. */
const struct field *shape_nearest(const struct shape *shape, const char *name);
/* The label, made from the name when there is none: "odometer_mi" -> "Odometer mi". */
const char *field_label(const struct field *field, struct arena *arena);
size_t field_max(const struct field *field);

void *field_at(const struct field *field, void *row);
const void *field_of(const struct field *field, const void *row);

/* True for "", no day, no instant, id 0, no rows, and a number that is none. Other amounts, answers
 * and choices are never empty. */
bool field_is_empty(const struct field *field, const void *row);
bool field_equal(const struct field *field, const void *a, const void *b);

/* Writes the value as text. FIELD_ROWS writes nothing. Text is written as it is: the caller
 * sanitises what goes to people. */
void field_format(const struct field *field, const void *row, enum field_style style,
                  struct buf *out);
const char *field_text(const struct field *field, const void *row, enum field_style style,
                       struct arena *arena);

/* Takes what a person typed or a file holds. Cleans text (text_clean), applies the flags (phone,
 * code), accepts an enum's word or label in any case, yes/no/y/n/true/false/1/0/x for bool. An
 * empty text is the empty value. ERR_INVALID names the field. Checks the field's own limits as
 * field_check does, except FIELD_REQUIRED (the form is not finished while typing). */
status field_parse(const struct field *field, const char *text, const struct field_context *context,
                   void *row, struct fault *fault) MUST_USE;

/* Limits of one value: range, length, choice, real calendar day, safe text, no card number. */
status field_check(const struct field *field, const void *row, struct fault *fault) MUST_USE;
/* Every field of a row, FIELD_REQUIRED too, and every nested row ("lines.2.price"). NULL texts are
 * refused by nobody: shape_init or shape_tidy makes them "". */
status shape_check(const struct shape *shape, const void *row, struct fault *fault) MUST_USE;

/* All zero, texts "", then every `initial`. */
void shape_init(const struct shape *shape, void *row, const struct field_context *context);
/* NULL texts become "", nested too. */
void shape_tidy(const struct shape *shape, void *row);
/* Empties the fields whose right is not in the set, nested too. */
void shape_blank(const struct shape *shape, void *row, const struct right_set *rights);
/* Copies fields of the same name and type; texts are shared, not copied. */
void shape_transfer(const struct shape *from, const void *source, const struct shape *to,
                    void *target);
/* Deep copy: texts and nested rows too. */
void *shape_clone(const struct shape *shape, const void *row, struct arena *arena);
/* The same of all rows of a shape. */
struct rows rows_clone(const struct shape *shape, struct rows rows, struct arena *arena);

/* Word of an enum value, "?" when out of range; value of a word or label, -1 when unknown. */
const char *choice_word(const struct choices *choices, unsigned value);
const char *choice_label(const struct choices *choices, unsigned value);
int choice_value(const struct choices *choices, const char *word);

#endif
