/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* A credit memo in the making: what of an invoice is left to be credited, how much of it goes back
 * and what becomes of each part. Nothing is given before F2. */

#include "domain/credit.h"

#include "amounts.h"
#include "base/text.h"
#include "figures.h"
#include "screens/order_page.h"
#include "ui/dialog.h"

struct giving {
    struct invoice_line_id id;
    const char *kind, *description, *sku;
    struct qty left;
    struct money net; /* of what is left */
    bool is_stock, is_core;
    struct qty gives; /* of it */
    enum credit_back back;
    struct money amount; /* about what it comes to, before tax */
};
struct credit_page {
    struct amounts amounts; /* of struct giving */
    struct desk *desk;
    struct loading load; /* of struct credit_left */
    struct invoice_id invoice;
    struct money supplies; /* of them: to be given back */
};

/* clang-format off */
static const struct field giving_fields[] = {
    FIELD(struct giving, id, .label = "Line"),
    FIELD(struct giving, kind),
    FIELD(struct giving, description),
    FIELD(struct giving, sku, .label = "SKU"),
    FIELD(struct giving, left, .label = "Left"),
    FIELD(struct giving, net, .label = "Worth"),
    FIELD(struct giving, gives, .label = "Credit"),
    FIELD(struct giving, back, .label = "Part", .choices = &credit_back_choices),
    FIELD(struct giving, amount),
};
static const struct shape giving_shape = SHAPE_OF(struct giving, "giving", giving_fields);
static const struct column columns[] = {
    {.name = "kind", .width = 6},
    {.name = "description", .width = 12, .grow = 2},
    {.name = "sku", .width = 10, .below = 100},
    {.name = "left", .width = 5},
    {.name = "net", .width = 9, .below = 90},
    {.name = "gives", .width = 6},
    {.name = "back", .width = 15},
    {.name = "amount", .width = 9},
};
/* clang-format on */

/* ---- rows ---- */

static const struct credit_left *shown(const struct credit_page *page)
{
    return page->load.out;
}

static const char *cell(void *context, const void *row, const char *column, struct arena *scratch,
                        enum ink *ink)
{
    const struct giving *giving = row;
    const bool is_empty = giving->gives.thousandths == 0;

    (void)context;
    (void)scratch;
    if (text_same(column, "gives") || text_same(column, "amount")) {
        *ink = INK_OK;
        return is_empty ? "" : NULL;
    }
    if (text_same(column, "back") && (is_empty || !(giving->is_stock || giving->is_core)))
        return "";
    return NULL;
}

static const struct rowlist_type rows_type = {
    .shape = &giving_shape,
    .columns = columns,
    .column_count = COUNT_OF(columns),
    .cell = cell,
    .empty = "All of this invoice is credited.",
};

/* What was chosen before stays chosen, as far as it is still there. */
static void arrange(struct credit_page *page)
{
    const struct credit_left *left = shown(page);
    const struct credit_left_line *line = left->lines.at;
    struct arena fresh = ARENA_EMPTY;
    struct giving *rows = NEW_ARRAY(&fresh, struct giving, left->lines.count + 1);

    for (size_t i = 0; i < left->lines.count; i++) {
        const struct giving *kept = amounts_find(&page->amounts, line[i].id.v);
        rows[i] = (struct giving){
            .id = line[i].id,
            .kind = choice_label(&line_kind_choices, line[i].kind),
            .description = arena_text(&fresh, line[i].description),
            .sku = arena_text(&fresh, line[i].sku),
            .left = line[i].quantity,
            .net = line[i].net,
            .is_stock = line[i].is_stock,
            .is_core = line[i].kind == LINE_CORE,
        };
        if (kept != NULL && kept->gives.thousandths <= rows[i].left.thousandths) {
            rows[i].gives = kept->gives;
            rows[i].back = kept->back;
            rows[i].amount = kept->amount;
        }
    }
    amounts_take(&page->amounts, (struct rows){rows, left->lines.count}, &fresh);
}

/* ---- choosing ---- */

/* A part of the catalog goes back on the shelf unless somebody says otherwise. */
static void gave(struct view *view, void *row, int64_t before)
{
    struct giving *giving = row;

    (void)view;
    if (before == 0 && giving->gives.thousandths > 0)
        giving->back = giving->is_stock ? CREDIT_RESTOCK : CREDIT_KEPT;
    giving->amount = MONEY_ZERO;
    if (giving->gives.thousandths > 0 &&
        money_share(giving->net, giving->gives.thousandths, giving->left.thousandths,
                    &giving->amount) != OK)
        giving->amount = MONEY_ZERO;
}

static const char *quantity_title(const void *row, struct arena *arena)
{
    const struct giving *giving = row;

    (void)arena;
    return giving->description;
}

static status quantity_check(const void *row, int64_t amount, struct fault *fault)
{
    const struct giving *giving = row;
    char left[NUMBER_TEXT_MAX];

    if (amount < 0)
        return fault_field(fault, "quantity", "Write how much of it is credited, like 1.");
    if (amount > giving->left.thousandths)
        return fault_field(fault, "quantity", "Only %s is left. Credit that much at most.",
                           qty_text(giving->left, left));
    return OK;
}

static const struct amounts_type quantities = {
    .most = "left",
    .given = "gives",
    .label = "Credit",
    .help = "How much of it; empty leaves it out",
    .title = quantity_title,
    .check = quantity_check,
    .gave = gave,
    .leave_title = "Nothing was credited yet",
    .leave_text = "What was chosen here is forgotten. F2 gives the credit memo.",
};

static struct money chosen_sum(const struct credit_page *page)
{
    const struct giving *giving = page->amounts.rows.at;
    struct money sum = page->supplies;

    for (size_t i = 0; i < page->amounts.rows.count; i++)
        sum.cents += giving[i].amount.cents;
    return sum;
}

static void choose_all(struct view *view, const struct action *action)
{
    struct credit_page *page = view->state;

    amounts_choose_all(view, action);
    page->supplies = shown(page)->supplies;
}

static void choose_none(struct view *view, const struct action *action)
{
    struct credit_page *page = view->state;

    amounts_choose_none(view, action);
    page->supplies = MONEY_ZERO;
}

static void change_back(struct view *view, const struct action *action)
{
    struct credit_page *page = view->state;
    struct giving *giving = amounts_current(&page->amounts);

    (void)action;
    if (giving == NULL || !(giving->is_stock || giving->is_core)) {
        app_error(view->app, "Put the cursor on a part of the catalog or a core first.");
        return;
    }
    if (giving->gives.thousandths == 0)
        amounts_give(view, giving, giving->left.thousandths);
    else
        giving->back = giving->back == CREDIT_SCRAP ? CREDIT_KEPT : giving->back + 1;
    rowlist_refresh(&page->amounts.list);
    app_redraw(view->app);
}

/* ---- the shop supplies ---- */

static status supplies_check(void *context, const char *text, struct fault *fault)
{
    const struct credit_page *page = context;
    struct money money;
    char left[NUMBER_TEXT_MAX];

    TRY(money_parse(text_is_empty(text) ? "0" : text, &money, fault));
    if (money.cents < 0 || money.cents > shown(page)->supplies.cents)
        return fault_field(fault, "supplies", "Of the supplies %s is left. Credit that at most.",
                           money_show(shown(page)->supplies, left));
    return OK;
}

static void supplies_given(struct view *asker, const char *text, void *context)
{
    struct credit_page *page = asker->state;

    (void)context;
    if (money_parse(text_is_empty(text) ? "0" : text, &page->supplies, NULL) == OK)
        app_redraw(asker->app);
}

static void ask_supplies(struct view *view, const struct action *action)
{
    struct credit_page *page = view->state;
    char text[NUMBER_TEXT_MAX];

    (void)action;
    question_open(view->app, &(struct question){
                                 .title = "Shop supplies",
                                 .label = "Credit",
                                 .help = "How much of them goes back",
                                 .initial = money_text(shown(page)->supplies, text),
                                 .offered = true,
                                 .max = 16,
                                 .check = supplies_check,
                                 .answered = supplies_given,
                                 .context = page,
                             });
}

/* ---- giving it ---- */

static void given(struct view *asker, const void *out, void *context)
{
    const struct credit *credit = out;
    struct desk *desk = desk_of(asker);
    const struct credit_id id = credit->id;
    char total[NUMBER_TEXT_MAX], rest[NUMBER_TEXT_MAX];
    AUTO_ARENA arena = ARENA_EMPTY;
    const char *words =
        arena_printf(&arena, "Credit memo %lld of %s is given%s%s. F8 prints it.", (long long)id.v,
                     money_show(credit->total, total),
                     credit->credit.cents == 0 ? ""
                     : text_is_empty(credit->certificate)
                         ? "; the customer's credit: "
                         : arena_printf(&arena, "; store credit %s: ", credit->certificate),
                     credit->credit.cents > 0 ? money_show(credit->credit, rest) : "");

    (void)context;
    app_pop(desk->app, asker);
    desk_open_record(desk, "credit", id.v);
    app_say(desk->app, "%s", words);
}

static struct rows chosen_lines(const struct credit_page *page, struct arena *arena)
{
    const struct rows *rows = &page->amounts.rows;
    const struct giving *giving = rows->at;
    struct credit_line_input *lines = NEW_ARRAY(arena, struct credit_line_input, rows->count + 1);
    size_t count = 0;

    for (size_t i = 0; i < rows->count; i++)
        if (giving[i].gives.thousandths > 0)
            lines[count++] =
                (struct credit_line_input){giving[i].id, giving[i].gives, giving[i].back};
    return (struct rows){lines, count};
}

static void issue(struct view *view, const struct action *action)
{
    static const char *const skip[] = {"invoice", "all", "back", "lines", "supplies", NULL};
    const struct credit_page *page = view->state;
    AUTO_ARENA arena = ARENA_EMPTY;
    struct credit_issue *in = desk_input(page->desk, &arena, &credit_issue_op);

    (void)action;
    in->invoice = page->invoice;
    in->lines = chosen_lines(page, &arena);
    in->supplies = page->supplies;
    if (in->lines.count == 0 && in->supplies.cents == 0) {
        app_error(view->app, "Nothing is chosen: Space chooses a line, * all of them.");
        return;
    }
    char sum[NUMBER_TEXT_MAX];
    op_form_open(page->desk, &(struct op_form){
                                 .op = &credit_issue_op,
                                 .final = arena_printf(&arena,
                                                       "%s and the tax on it go back on invoice "
                                                       "%lld.",
                                                       money_show(chosen_sum(page), sum),
                                                       (long long)page->invoice.v),
                                 .title = arena_printf(&arena, "Credit memo on invoice %lld",
                                                       (long long)page->invoice.v),
                                 .in = in,
                                 .skip = skip,
                                 .focus = "reason",
                                 .small = true,
                                 .saved = given,
                             });
}

/* ---- the view ---- */

static void draw(struct view *view, struct area body)
{
    struct credit_page *page = view->state;
    const struct area first = area_row(body, 0);

    if (shown(page) == NULL) {
        area_wrap(body, 1, 1, body.cols - 2, INK_ERROR, page->load.fault.text);
        return;
    }
    int at =
        figure_word(first, 1, INK_STRONG,
                    arena_printf(&body.on->scratch, "Invoice %lld", (long long)page->invoice.v));
    at = figure_inline(first, at + 3, "Supplies left", shown(page)->supplies, false);
    figure_inline(first, at, "of them", page->supplies, false);
    figure_sum(first, "Before tax", chosen_sum(page), INK_STRONG);
    area_hline(body, 1, 0, body.cols, INK_MUTED);
    rowlist_draw(&page->amounts.list, area_below(body, 2));
}

static void settle(struct view *view)
{
    struct credit_page *page = view->state;
    const struct invoice_query in = {page->invoice};

    if (page->load.stale && desk_load(page->desk, &page->load, &credit_left_op, &in) == OK)
        arrange(page);
    rowlist_view_settle(view);
}

static void changed(struct view *view)
{
    struct credit_page *page = view->state;

    page->load.stale = true;
    app_redraw(view->app);
}

/* Supplies may be left where no line is. */
static unsigned has(struct view *view)
{
    return amounts_has(view) | (shown(view->state) != NULL ? (unsigned)NEEDS_RECORD : 0u);
}

static bool is_dirty(struct view *view)
{
    return chosen_sum(view->state).cents > 0;
}

static bool leaves(struct view *view)
{
    return amounts_leaves_if(view, is_dirty(view));
}

static void on_close(struct view *view)
{
    struct credit_page *page = view->state;

    amounts_done(&page->amounts);
    loading_done(&page->load);
}

/* clang-format off */
static const struct action actions[] = {
    {"F2", "credit.issue", "give credit", NEEDS_RECORD, issue, "Asks why, then gives the credit memo over all that is chosen."},
    {"Space", "credit.choose", "choose", NEEDS_ROW, amounts_choose, "Credits this line, or leaves it out again."},
    {"Enter", "credit.quantity", "how much", NEEDS_ROW, amounts_ask, "Credits a part of this line; typing digits does, too."},
    {"b", "credit.back", "part", NEEDS_ROW, change_back, "What becomes of the part: back to stock, scrapped, or it stays."},
    {"s", "credit.supplies", "supplies", NEEDS_RECORD, ask_supplies, "How much of the shop supplies goes back."},
    {"*", "credit.choose-all", "all", NEEDS_RECORD, choose_all, "Credits all that is left."},
    {"n", "credit.choose-none", "none", NEEDS_RECORD, choose_none, "Leaves all of them out.", ACTION_QUIET},
};
/* clang-format on */

static const struct view_type credit_type = {
    .name = "credit-memo",
    .help = "Space chooses a line of the invoice, digits say how much of it is credited, b what "
            "becomes of the part. F2 asks why and gives the credit memo, with the tax that was "
            "charged. It settles the invoice first; what is left is the customer's credit.",
    .draw = draw,
    .key = amounts_key,
    .settle = settle,
    .changed = changed,
    .resumed = changed,
    .has = has,
    .status = rowlist_view_status,
    .dirty = is_dirty,
    .leaves = leaves,
    .close = on_close,
    .actions = actions,
    .action_count = COUNT_OF(actions),
};

void credit_page_open(struct desk *desk, struct invoice_id invoice)
{
    struct view *view = view_new(desk->app, &credit_type, sizeof(struct credit_page));
    struct credit_page *page = view->state;

    *page = (struct credit_page){
        .desk = desk,
        .invoice = invoice,
        .load.stale = true,
    };
    amounts_init(&page->amounts, &quantities, &rows_type, &desk->session.rights);
    view->title = "Credit memo";
    app_push(desk->app, view);
}

static void invoice_picked(struct view *asker, const struct shape *shape, const void *row,
                           void *context)
{
    (void)context;
    credit_page_open(desk_of(asker), (struct invoice_id){row_id(shape, row)});
}

void credit_page_open_any(struct desk *desk)
{
    op_pick_open(desk, &(struct op_pick){
                           .op = &invoice_search_op,
                           .title = "Credit memo on which invoice?",
                           .picked = invoice_picked,
                       });
}
