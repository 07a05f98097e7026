/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* The papers of an order or invoice and the ways out of the house. Making them is print's. */

#include "print_menu.h"

#include "base/text.h"
#include "domain/chosen_file.h"
#include "print/print.h"
#include "ui/dialog.h"
#include "ui/pages.h"

struct print_state {
    struct desk *desk;
    struct print_paper papers[PRINT_PAPERS_MAX];
    size_t count, selected;
    const char *email;
};

/* clang-format off */
static const struct {
    char letter;
    const char *label;
    const char *says;
} kinds[DOCUMENT_KIND_COUNT] = {
    [DOCUMENT_ESTIMATE]   = {'e', "Estimate", "with the customer's authorization block"},
    [DOCUMENT_WORK_ORDER] = {'w', "Work order", "the technician's copy, without prices"},
    [DOCUMENT_INVOICE]    = {'i', "Invoice", "as it was posted, with its payments"},
    [DOCUMENT_RECEIPT]    = {'r', "Receipt", "for the receipt printer, 80 mm"},
    [DOCUMENT_HISTORY]    = {'h', "Service history", "of the vehicle"},
    [DOCUMENT_LABELS]     = {'l', "Labels", "for parts and shelves"},
    [DOCUMENT_USAGE]      = {'u', "Parts usage", "of a month"},
    [DOCUMENT_PAYMENT]    = {'y', "Payment receipt", "what was paid and paid back, 80 mm"},
    [DOCUMENT_COUNT]      = {'c', "Count sheet", "to be filled in at the shelf"},
    [DOCUMENT_PURCHASE]   = {'o', "Purchase order", "for the vendor"},
    [DOCUMENT_CHECK]      = {'k', "Check", "or the remittance of another payment"},
    [DOCUMENT_CLAIM]      = {'t', "Return slip", "what goes back to the vendor"},
    [DOCUMENT_GIFT]       = {'g', "Gift certificate", "to be handed over"},
    [DOCUMENT_DAY]        = {'z', "Z report", "of the closed day"},
    [DOCUMENT_STATEMENT]  = {'a', "Statement", "what the customer owes, invoice by invoice"},
    [DOCUMENT_STATEMENTS] = {'b', "Statements", "of everybody who owes, in one run"},
    [DOCUMENT_CREDIT]     = {'m', "Credit memo", "what was taken back of an invoice"},
};
/* clang-format on */

static const struct print_paper *chosen(const struct print_state *state)
{
    return &state->papers[state->selected];
}

/* ------------------------------------------------------------------ ways out -- */

static void preview(struct view *view)
{
    const struct print_state *state = view->state;
    struct session *s = &state->desk->session;
    AUTO_BUF text = BUF_MIB(4);

    arena_reset(s->arena);
    /* A page of text has a margin, but where it is as wide as the terminal. */
    const int columns = app_columns(view->app);
    const size_t cells = (size_t)(columns < 80 ? columns - 2 : columns);
    if (print_preview(s, chosen(state)->kind, chosen(state)->subject, cells, &text) != OK)
        app_fault(view->app, &s->fault);
    else
        textpage_open(view->app, kinds[chosen(state)->kind].label, buf_str(&text));
}

static void save_answered(struct view *asker, const char *text, void *context)
{
    const struct print_state *state = asker->state;
    struct session *s = &state->desk->session;

    (void)context;
    if (chosen_file_check(s, text) != OK ||
        print_save(s, chosen(state)->kind, chosen(state)->subject, PRINT_PDF, text) != OK) {
        app_fault(asker->app, &s->fault);
        return;
    }
    app_pop(asker->app, asker);
    app_say(asker->app, "Saved as %s.", text);
}

static status path_check(void *context, const char *text, struct fault *fault)
{
    (void)context;
    if (text_is_empty(text))
        return fault_field(fault, "path", "Write where to save it.");
    return OK;
}

static void save(struct view *view)
{
    const struct print_state *state = view->state;
    struct session *s = &state->desk->session;

    arena_reset(s->arena);
    question_open(view->app, &(struct question){
                                 .title = "Save as PDF",
                                 .label = "File",
                                 .help = "A file of this name is replaced.",
                                 .initial = print_default_path(s, chosen(state)->kind,
                                                               chosen(state)->subject, PRINT_PDF),
                                 .max = 1000,
                                 .check = path_check,
                                 .answered = save_answered,
                             });
}

static void send(struct view *view)
{
    const struct print_state *state = view->state;
    struct session *s = &state->desk->session;

    arena_reset(s->arena);
    if (print_send(s, chosen(state)->kind, chosen(state)->subject, "", 1) != OK) {
        app_fault(view->app, &s->fault);
        return;
    }
    app_pop(view->app, view);
    app_say(view->app, "%s sent to the printer.", kinds[chosen(state)->kind].label);
}

static void mail_answered(struct view *asker, const char *text, void *context)
{
    const struct print_state *state = asker->state;
    struct session *s = &state->desk->session;

    (void)context;
    if (print_queue(s, chosen(state)->kind, chosen(state)->subject, text) != OK) {
        app_fault(asker->app, &s->fault);
        return;
    }
    app_pop(asker->app, asker);
    app_say(asker->app, "Queued for %s.", text);
}

static void mail(struct view *view)
{
    const struct print_state *state = view->state;

    question_open(view->app, &(struct question){
                                 .title = "Queue for e-mail",
                                 .label = "Address",
                                 .help = "It is sent when mail goes out next.",
                                 .initial = state->email,
                                 .answered = mail_answered,
                             });
}

/* ---------------------------------------------------------------------- view -- */

static void draw(struct view *view, struct area body)
{
    const struct print_state *state = view->state;
    const struct area box = area_window(body, (int)state->count + 4, 64, view->title);

    for (size_t i = 0; i < state->count; i++) {
        const int row = (int)i;
        const enum document_kind kind = state->papers[i].kind;
        area_printf(box, row, 2, INK_KEY, "%c", kinds[kind].letter);
        const int at = area_text(box, row, 4, INK_NORMAL, kinds[kind].label);
        area_fit(box, row, at + 2, box.cols - at - 3, INK_MUTED, kinds[kind].says);
        if (i != state->selected)
            continue;
        area_ink(box, row, 0, 1, box.cols, INK_SELECTED);
        area_glyph(box, row, 0, INK_SELECTED, GLYPH_CURSOR);
        area_cursor(box, row, 0);
    }
    area_fit(box, box.rows - 1, 1, box.cols - 2, INK_MUTED,
             "Enter looks at it   s saves a PDF   p prints   m e-mail");
}

static bool key(struct view *view, const struct event *event)
{
    struct print_state *state = view->state;

    if (event->kind != EVENT_KEY)
        return false;
    if (event->key == K_UP || event->key == K_DOWN) {
        if (event->key == K_UP && state->selected > 0)
            state->selected--;
        if (event->key == K_DOWN && state->selected + 1 < state->count)
            state->selected++;
        return true;
    }
    for (size_t i = 0; i < state->count; i++)
        if (event->key == (unsigned char)kinds[state->papers[i].kind].letter) {
            state->selected = i;
            return true;
        }
    return false;
}

static void press_preview(struct view *view, const struct action *action)
{
    (void)action;
    preview(view);
}

static void press_save(struct view *view, const struct action *action)
{
    (void)action;
    save(view);
}

static void press_send(struct view *view, const struct action *action)
{
    (void)action;
    send(view);
}

static void press_mail(struct view *view, const struct action *action)
{
    (void)action;
    mail(view);
}

/* clang-format off */
static const struct action actions[] = {
    {"Enter", "print.preview", "look", NEEDS_NOTHING, press_preview, "Shows the paper as a page of text."},
    {"s", "print.save", "save PDF", NEEDS_NOTHING, press_save, "Saves it as a PDF file."},
    {"p F8", "print.send", "print", NEEDS_NOTHING, press_send, "Sends it to the shop's printer; receipts to the receipt printer."},
    {"m", "print.queue", "e-mail", NEEDS_NOTHING, press_mail, "Queues it for e-mail."},
};
/* clang-format on */

static const struct view_type print_type = {
    .name = "print",
    .draw = draw,
    .key = key,
    .actions = actions,
    .action_count = COUNT_OF(actions),
    .modal = true,
};

static void add_paper(struct print_state *state, struct print_paper paper, enum document_kind first)
{
    if (paper.subject == 0)
        return;
    if (paper.kind == first)
        state->selected = state->count;
    state->papers[state->count++] = paper;
}

void print_menu_open(struct desk *desk, const struct print_menu *menu)
{
    if (!desk_holds(desk, RIGHT_DOCUMENTS_PRINT)) {
        app_error(desk->app, "Your role does not allow printing. Ask a manager.");
        return;
    }
    struct view *view = view_new(desk->app, &print_type, sizeof(struct print_state));
    struct print_state *state = view->state;
    state->desk = desk;
    state->email = arena_text(&view->arena, menu->email != NULL ? menu->email : "");
    view->title = arena_printf(&view->arena, "Print · %s", menu->title);
    for (size_t i = 0; i < PRINT_PAPERS_MAX; i++)
        add_paper(state, menu->papers[i], menu->first);
    app_push(desk->app, view);
}

void print_menu_of_row(struct view *view, enum document_kind kind, const char *what)
{
    struct subject subject;
    AUTO_ARENA arena = ARENA_EMPTY;

    if (desk_subject(view, &subject))
        print_menu_open(desk_of(view),
                        &(struct print_menu){
                            .papers = {{kind, subject.id}},
                            .title = arena_printf(&arena, "%s %lld", what, (long long)subject.id),
                        });
}
