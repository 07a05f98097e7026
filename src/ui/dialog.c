/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Dialogs and questions: small boxes over a view that answer by callback. */

#include "ui/dialog.h"

#include <stdio.h>
#include <string.h>

#include "app.h"
#include "base/text.h"
#include "ui/editor.h"

#define BOX_CELLS 64

/* A column of the view below stays to be seen on each side. */
static struct area window_of(struct area body, int rows, const char *title)
{
    return area_window(area_part(body, 0, 1, body.rows, body.cols - 2), rows, BOX_CELLS, title);
}

struct dialog_state {
    struct dialog dialog;
    struct view *asker;
    struct editor word;
    bool confirming; /* the dangerous answer waits for its word */
    bool wrong;
};

static int text_rows(struct area area, const char *text, int cells)
{
    const struct area nowhere = {area.on, 0, 0, 0, 0};

    return area_wrap(nowhere, 0, 0, cells, INK_NORMAL, text);
}

static void draw_buttons(const struct dialog_state *state, struct area box, int row)
{
    const struct dialog *dialog = &state->dialog;
    int at = 1;

    for (size_t i = 0; i < dialog->button_count; i++) {
        const struct dialog_button *button = &dialog->buttons[i];
        const bool is_safe = button->letter == dialog->safe;

        at = area_text(box, row, at, INK_KEY, arena_text_n(&box.on->scratch, button->label, 1));
        at = area_text(box, row, at, INK_NORMAL, button->label + 1);
        if (is_safe)
            at = area_text(box, row, at, INK_MUTED, " (Enter)");
        at += 3;
    }
}

static void dialog_draw(struct view *view, struct area body)
{
    struct dialog_state *state = view->state;
    const int cells = (BOX_CELLS < body.cols - 2 ? BOX_CELLS : body.cols - 2) - 4;
    const int rows = text_rows(body, state->dialog.text, cells);
    const struct area box = window_of(body, rows + 5, state->dialog.title);

    area_wrap(box, 0, 1, cells, INK_NORMAL, state->dialog.text);
    area_cursor(box, rows + 1, 1);
    if (!state->confirming) {
        draw_buttons(state, box, rows + 1);
        return;
    }
    const int at = area_printf(box, rows + 1, 1, state->wrong ? INK_ERROR : INK_NORMAL,
                               "Type %s and Enter to confirm: ", state->dialog.word);
    editor_draw(&state->word, box, rows + 1, at, box.cols - at - 1, INK_FIELD_FOCUS, true);
    area_text(box, rows + 2, 1, INK_MUTED, "Esc goes back.");
}

static void answer(struct view *view, char letter)
{
    const struct dialog_state *state = view->state;
    struct view *asker = state->asker;
    const struct dialog dialog = state->dialog;

    app_pop(view->app, view);
    view->app->deed = (struct deed){
        .view = asker, .answered = dialog.answered, .letter = letter, .context = dialog.context};
    if (dialog.answered != NULL)
        dialog.answered(asker, letter, dialog.context);
}

static bool confirm_key(struct view *view, const struct event *event)
{
    struct dialog_state *state = view->state;

    if (event->kind == EVENT_KEY && (event->key == K_ESCAPE || event->key == K_F12)) {
        state->confirming = state->wrong = false;
        return true;
    }
    if (event->kind == EVENT_KEY && event->key == K_ENTER) {
        state->wrong = strcmp(editor_text(&state->word), state->dialog.word) != 0;
        if (!state->wrong)
            answer(view, state->dialog.danger);
        return true;
    }
    return editor_key(&state->word, event) != EDITOR_IGNORED;
}

static void press(struct view *view, char letter)
{
    struct dialog_state *state = view->state;

    if (letter == state->dialog.danger && state->dialog.word != NULL)
        state->confirming = true;
    else
        answer(view, letter);
}

static char lower(uint32_t key)
{
    if (key >= 'A' && key <= 'Z')
        return (char)(key + 32);
    return key < 0x7f ? (char)key : '\0';
}

static bool dialog_key(struct view *view, const struct event *event)
{
    struct dialog_state *state = view->state;

    if (state->confirming)
        return confirm_key(view, event);
    if (event->kind != EVENT_KEY)
        return true; /* a paste or scan answers no question */
    if (event->key == K_ENTER || event->key == K_ESCAPE || event->key == K_F12) {
        answer(view, state->dialog.safe);
        return true;
    }
    for (size_t i = 0; i < state->dialog.button_count; i++)
        if (key_is_text(event->key) &&
            lower(event->key) == lower((unsigned char)state->dialog.buttons[i].letter)) {
            press(view, state->dialog.buttons[i].letter);
            return true;
        }
    return key_is_text(event->key);
}

static enum typing dialog_typing(const struct view *view)
{
    const struct dialog_state *state = view->state;

    return state->confirming ? TYPING_TEXT : TYPING_NONE;
}

static void dialog_close(struct view *view)
{
    struct dialog_state *state = view->state;

    editor_done(&state->word);
}

static const struct view_type dialog_type = {
    .name = "question",
    .draw = dialog_draw,
    .key = dialog_key,
    .typing = dialog_typing,
    .close = dialog_close,
    .modal = true,
};

static const char *copy_or_null(struct arena *arena, const char *text)
{
    return text != NULL ? arena_text(arena, text) : NULL;
}

static void copy_buttons(struct arena *arena, struct dialog *dialog)
{
    struct dialog_button *buttons = NEW_ARRAY(arena, struct dialog_button, dialog->button_count);

    for (size_t i = 0; i < dialog->button_count; i++)
        buttons[i] = (struct dialog_button){dialog->buttons[i].letter,
                                            arena_text(arena, dialog->buttons[i].label)};
    dialog->buttons = buttons;
}

void dialog_open(struct app *app, const struct dialog *dialog)
{
    struct view *view = view_new(app, &dialog_type, sizeof(struct dialog_state));
    struct dialog_state *state = view->state;

    state->dialog = *dialog;
    state->dialog.title = copy_or_null(&view->arena, dialog->title);
    state->dialog.text = arena_text(&view->arena, dialog->text != NULL ? dialog->text : "");
    state->dialog.word = copy_or_null(&view->arena, dialog->word);
    copy_buttons(&view->arena, &state->dialog);
    state->asker = app_top(app);
    editor_init(&state->word, 40);
    view->title = state->dialog.title;
    app_push(app, view);
}

void dialog_tell(struct app *app, const char *title, const char *text)
{
    static const struct dialog_button buttons[] = {{'o', "o OK"}};

    dialog_open(app, &(struct dialog){.title = title,
                                      .text = text,
                                      .buttons = buttons,
                                      .button_count = COUNT_OF(buttons),
                                      .safe = 'o'});
}

struct question_state {
    struct question question;
    struct view *asker;
    struct editor editor;
    struct fault fault;
};

static void question_draw(struct view *view, struct area body)
{
    struct question_state *state = view->state;
    const struct question *question = &state->question;
    const bool is_wrong = state->fault.text[0] != '\0';
    const char *words = is_wrong ? state->fault.text : question->help;
    const int cells = (BOX_CELLS < body.cols - 2 ? BOX_CELLS : body.cols - 2) - 4;
    const int more = words != NULL ? text_rows(body, words, cells) - 1 : 0;
    const struct area box = window_of(body, 6 + (more > 0 ? more : 0), question->title);
    const int at = area_text(box, 1, 1, INK_LABEL, question->label) + 1;

    editor_draw(&state->editor, box, 1, at, box.cols - at - 1, INK_FIELD_FOCUS, true);
    area_wrap(box, 2, 1, cells, is_wrong ? INK_ERROR : INK_MUTED, words);
    area_text(box, box.rows - 1, 1, INK_MUTED, "Enter goes on, Esc goes back");
}

static void question_answer(struct view *view)
{
    struct question_state *state = view->state;
    const struct question question = state->question;
    struct view *asker = state->asker;
    AUTO_ARENA arena = ARENA_EMPTY;
    const char *text = arena_text(&arena, editor_text(&state->editor));

    if (!question.secret)
        text = text_clean(&arena, text, TEXT_ONE_LINE);
    fault_clear(&state->fault);
    if (question.check != NULL && question.check(question.context, text, &state->fault) != OK)
        return;
    app_pop(view->app, view);
    view->app->deed =
        (struct deed){.view = asker, .replied = question.answered, .context = question.context};
    snprintf(view->app->deed.text, sizeof view->app->deed.text, "%s", question.secret ? "" : text);
    if (question.secret || strlen(text) >= sizeof view->app->deed.text)
        view->app->deed.replied = NULL; /* nothing that is done by halves */
    question.answered(asker, text, question.context);
}

static bool question_key(struct view *view, const struct event *event)
{
    struct question_state *state = view->state;

    if (event->kind == EVENT_KEY && (event->key == K_ENTER || event->key == K_F2)) {
        question_answer(view);
        return true;
    }
    if (event->kind == EVENT_KEY && (event->key == K_ESCAPE || event->key == K_F12)) {
        app_pop(view->app, view);
        return true;
    }
    if (event->kind == EVENT_SCAN) {
        editor_take_back(&state->editor, event->text);
        editor_insert(&state->editor, event->text);
        return true;
    }
    if (state->question.offered && event->kind == EVENT_KEY && key_is_text(event->key))
        editor_set(&state->editor, "");
    const enum editor_result result = editor_key(&state->editor, event);
    state->question.offered = state->question.offered && result == EDITOR_IGNORED;
    if (result == EDITOR_FULL)
        app_say(view->app, "No more fits here.");
    return result != EDITOR_IGNORED;
}

static enum typing question_typing(const struct view *view)
{
    const struct question_state *state = view->state;

    return state->question.secret ? TYPING_SECRET : TYPING_TEXT;
}

static void question_close(struct view *view)
{
    struct question_state *state = view->state;

    editor_done(&state->editor);
}

static const struct view_type question_type = {
    .name = "question",
    .draw = question_draw,
    .key = question_key,
    .typing = question_typing,
    .close = question_close,
    .modal = true,
};

void question_open(struct app *app, const struct question *question)
{
    struct view *view = view_new(app, &question_type, sizeof(struct question_state));
    struct question_state *state = view->state;

    state->question = *question;
    state->question.title = copy_or_null(&view->arena, question->title);
    state->question.label =
        arena_text(&view->arena, question->label != NULL ? question->label : "");
    state->question.help = copy_or_null(&view->arena, question->help);
    state->asker = app_top(app);
    editor_init(&state->editor, question->max > 0 ? question->max : 200);
    state->editor.secret = question->secret;
    editor_set(&state->editor, question->initial);
    view->title = state->question.title;
    app_push(app, view);
}
