/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* The keys of a form: between fields, and in each kind of field. */

#include <string.h>

#include "base/text.h"
#include "form_inner.h"

static enum form_result changed(struct form *form, struct form_field *at)
{
    at->message = NULL; /* it was about what stood there before */
    at->fresh = false;
    form->revision++;
    return FORM_CHANGED;
}

static enum form_result step(struct form *form, bool forward, bool around)
{
    size_t to = form->focus;

    for (size_t i = 0; i < form->count; i++) {
        if (!around && to == (forward ? form->count - 1 : 0))
            return FORM_USED;
        to = (to + (forward ? 1 : form->count - 1)) % form->count;
        if (form_is_open(&form->fields[to]))
            break;
    }
    if (to == form->focus)
        return FORM_USED;
    form_move(form, to);
    return FORM_LEFT;
}

/* Many fields on: the next one that is open, so far away. */
static enum form_result page(struct form *form, bool forward)
{
    enum { FIELDS = 10 };
    const size_t last = forward ? form->count - 1 : 0;
    size_t to = form->focus;

    for (size_t i = form->focus, passed = 0; i != last && passed < FIELDS;) {
        i += forward ? 1 : (size_t)-1;
        if (!form_is_open(&form->fields[i]))
            continue;
        passed++;
        to = i;
    }
    if (to == form->focus)
        return FORM_USED;
    form_move(form, to);
    return FORM_LEFT;
}

static enum form_result submit(struct form *form)
{
    return form_check(form, NULL) == OK ? FORM_SUBMIT : FORM_REFUSED;
}

static enum form_result set(struct form *form, struct form_field *at, const char *text)
{
    editor_set(&at->editor, text);
    return changed(form, at);
}

static enum form_result choose(struct form *form, struct form_field *at, int by)
{
    const struct choices *choices = at->field->choices;
    const int count = (int)choices->count;
    const int now = choice_value(choices, editor_text(&at->editor));

    if (count == 0)
        return FORM_USED;
    const int to = now < 0 ? (by > 0 ? 0 : count - 1) : (now + by + count) % count;
    return set(form, at, choice_label(choices, (unsigned)to));
}

static uint32_t plain_letter(uint32_t key)
{
    return key >= 'A' && key <= 'Z' ? key + 32 : key;
}

/* The next choice whose label starts with the letter. */
static enum form_result choose_letter(struct form *form, struct form_field *at, uint32_t key)
{
    const struct choices *choices = at->field->choices;
    const int now = choice_value(choices, editor_text(&at->editor));

    for (size_t i = 1; i <= choices->count; i++) {
        const unsigned to = (unsigned)((size_t)(now < 0 ? 0 : now) + (now < 0 ? i - 1 : i)) %
                            (unsigned)choices->count;
        const unsigned char first = (unsigned char)choice_label(choices, to)[0];
        if (plain_letter(first) == plain_letter(key))
            return set(form, at, choice_label(choices, to));
    }
    return FORM_USED;
}

static enum form_result enum_key(struct form *form, struct form_field *at, uint32_t key)
{
    if (key == K_RIGHT || key == ' ' || key == K_F4)
        return choose(form, at, 1);
    if (key == K_LEFT || key == K_BACKSPACE)
        return choose(form, at, -1);
    return key_is_text(key) ? choose_letter(form, at, key) : FORM_IGNORED;
}

static enum form_result bool_key(struct form *form, struct form_field *at, uint32_t key)
{
    const bool is_on = strcmp(editor_text(&at->editor), "yes") == 0;
    const uint32_t letter = plain_letter(key);

    if (key == ' ' || key == K_LEFT || key == K_RIGHT)
        return set(form, at, is_on ? "no" : "yes");
    if (letter == 'y' || letter == 'x' || key == '1')
        return set(form, at, "yes");
    if (letter == 'n' || key == '0')
        return set(form, at, "no");
    return key_is_text(key) ? FORM_USED : FORM_IGNORED;
}

/* "+" and "-" change the day that stands there; on an empty field they start at today. */
static enum form_result day_key(struct form *form, struct form_field *at, uint32_t key)
{
    struct day day = instant_day(form->options.now);

    if (at->editor.typing)
        return FORM_IGNORED; /* "t+3": a character of what is being typed */
    if (form_read(form, at) == OK && !editor_is_empty(&at->editor)) {
        memcpy(&day, (const char *)form->row + at->field->offset, sizeof(day));
        day = day_add(day, key == '-' ? -1 : 1);
    }
    memcpy((char *)form->row + at->field->offset, &day, sizeof(day));
    return set(form, at, form_value_text(form, at->field, form->row));
}

static enum form_result ask_pick(struct form *form, uint32_t key)
{
    size_t length = 0;

    if (key_is_text(key))
        length = text_encode(key, form->pick_text);
    form->pick_text[length] = '\0';
    return FORM_PICK;
}

static enum form_result id_key(struct form *form, struct form_field *at, uint32_t key)
{
    if (key == K_BACKSPACE || key == K_DELETE || key == K_CTRL('U')) {
        at->shown = NULL;
        return set(form, at, "");
    }
    return key_is_text(key) ? ask_pick(form, key) : FORM_IGNORED;
}

/* A text that stands there only as a proposal goes, too; what a person wrote is added to. */
static bool is_proposal(struct form_field *at)
{
    return at->field->initial != NULL && strcmp(editor_text(&at->editor), at->field->initial) == 0;
}

static bool is_replaced_by_typing(const struct field *field)
{
    switch (field->type) {
    case FIELD_INT:
    case FIELD_MONEY:
    case FIELD_QTY:
    case FIELD_RATE:
    case FIELD_DAY:
    case FIELD_INSTANT:
        return true;
    case FIELD_TEXT:
    case FIELD_BOOL:
    case FIELD_ENUM:
    case FIELD_ID:
    case FIELD_ROWS:
    case FIELD_TYPE_COUNT:
        break;
    }
    return false;
}

static enum form_result text_key(struct form *form, struct form_field *at,
                                 const struct event *event)
{
    const bool types = event->kind == EVENT_PASTE || key_is_text(event->key);

    if (types && at->fresh && (is_replaced_by_typing(at->field) || is_proposal(at))) {
        editor_set(&at->editor, "");
        at->fresh = false;
    }
    switch (editor_key(&at->editor, event)) {
    case EDITOR_CHANGED:
        return changed(form, at);
    case EDITOR_MOVED:
        at->fresh = false;
        return FORM_USED;
    case EDITOR_FULL:
        form_message(form, at, "No more fits in this field.");
        at->left = true;
        return FORM_USED;
    case EDITOR_IGNORED:
        break;
    }
    return FORM_IGNORED;
}

/* What is special about the field's type, before its text gets the key. */
static enum form_result typed_key(struct form *form, struct form_field *at, uint32_t key)
{
    const struct field *field = at->field;

    if (field->type == FIELD_ENUM && field->choices != NULL)
        return enum_key(form, at, key);
    if (field->type == FIELD_BOOL)
        return bool_key(form, at, key);
    if (field->type == FIELD_DAY && (key == '+' || key == '-'))
        return day_key(form, at, key);
    if (field->type == FIELD_ID && field->picks != NULL)
        return id_key(form, at, key);
    return FORM_IGNORED;
}

static enum form_result move_key(struct form *form, const struct form_field *at, uint32_t key)
{
    switch (key) {
    case K_F2:
        return submit(form);
    case K_TAB:
        return step(form, true, true);
    case K_BACK_TAB:
        return step(form, false, true);
    case K_DOWN:
        return step(form, true, false);
    case K_UP:
        return step(form, false, false);
    case K_PAGE_DOWN:
        return page(form, true);
    case K_PAGE_UP:
        return page(form, false);
    case K_ENTER:
        return at->field->type == FIELD_ROWS ? FORM_ROWS : step(form, true, false);
    case K_F4:
        if (at->field->type == FIELD_ROWS)
            return FORM_ROWS;
        if ((at->field->flags & FIELD_SECRET) != 0) { /* shows what is typed, or hides it again */
            struct editor *editor = &form->fields[form->focus].editor;
            editor->secret = !editor->secret;
            return FORM_USED;
        }
        return at->field->picks != NULL ? ask_pick(form, K_NONE) : FORM_IGNORED;
    default:
        return FORM_IGNORED;
    }
}

/* A code belongs into a field for codes, or for what may be one; elsewhere it is taken back and
 * handed on. */
static enum form_result scan(struct form *form, struct form_field *at, const char *code)
{
    const bool took = editor_take_back(&at->editor, code);

    if ((at->field->flags & (FIELD_CODE | FIELD_SCANNED)) != 0) {
        editor_set(&at->editor, code);
        return changed(form, at);
    }
    if (took)
        changed(form, at);
    return FORM_IGNORED;
}

static enum form_result paste(struct form *form, struct form_field *at, const struct event *event)
{
    const struct field *field = at->field;

    if (field->type == FIELD_ENUM || field->type == FIELD_BOOL || field->type == FIELD_ROWS)
        return FORM_USED;
    if (field->type == FIELD_ID && field->picks != NULL)
        return FORM_USED;
    return text_key(form, at, event);
}

enum form_result form_key(struct form *form, const struct event *event)
{
    struct form_field *at = form_focused(form);
    enum form_result result = FORM_IGNORED;

    if (at == NULL)
        return event->kind == EVENT_KEY && event->key == K_F2 ? submit(form) : FORM_IGNORED;
    if (event->kind == EVENT_SCAN)
        return scan(form, at, event->text);
    if (event->kind == EVENT_PASTE)
        return form_is_open(at) ? paste(form, at, event) : FORM_USED;
    if (event->kind != EVENT_KEY)
        return FORM_IGNORED;
    if (form_is_open(at))
        result = typed_key(form, at, event->key);
    if (result == FORM_IGNORED && form_is_open(at) && at->field->type != FIELD_ENUM &&
        at->field->type != FIELD_BOOL && at->field->type != FIELD_ROWS)
        result = text_key(form, at, event);
    if (result == FORM_IGNORED)
        result = move_key(form, at, event->key);
    return result == FORM_IGNORED && key_is_text(event->key) ? FORM_USED : result;
}
