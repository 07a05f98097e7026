/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Records with tabs. The record is read with its show operation, a tab when it is looked at. */

#include "tabbed.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "ui/bars.h"

struct tab_state {
    const struct tab *tab;
    const struct op *op;
    struct op_source source;
    struct rowlist list;
    struct loading text;
    int top, lines;
    char noun[NOUN_MAX];
    bool begun;
};

struct tabbed {
    const struct tabbed_screen *screen;
    int64_t id;
    struct loading record;
    const struct op *show;
    void *key;
    struct tab_state tabs[TABS_MAX];
    const char *labels[TABS_MAX];
    size_t count, current;
    int height;
};

static struct tab_state *present(struct tabbed *tabbed)
{
    return tabbed->count > 0 ? &tabbed->tabs[tabbed->current] : NULL;
}

static bool is_list(const struct tab_state *tab)
{
    return (tab->op->flags & OP_LIST) != 0;
}

static void hide_column(struct rowlist_type *type, const char *name, struct arena *arena)
{
    struct column *columns = NEW_ARRAY(arena, struct column, type->column_count);
    size_t count = 0;

    if (name == NULL)
        return;
    for (size_t i = 0; i < type->column_count; i++)
        if (!text_same(type->columns[i].name, name))
            columns[count++] = type->columns[i];
    type->columns = columns;
    type->column_count = count;
}

static void begin_tab(struct view *view, struct tab_state *tab)
{
    const struct tabbed *tabbed = view->state;
    struct desk *desk = desk_of(view);
    const struct subject subject = {.noun = tabbed->screen->noun, .id = tabbed->id};
    const struct list_screen *screen = list_screen_of(tab->op);

    if (tab->begun)
        return;
    tab->begun = true;
    tab->source = (struct op_source){
        .desk = desk, .op = tab->op, .in = desk_input(desk, &view->arena, tab->op)};
    subject_fill(&subject, tab->op, tab->source.in);
    tab->text.stale = true;
    if (!is_list(tab))
        return;
    if (screen != NULL) {
        tab->source.newest_first = screen->newest_first;
        tab->source.sort = screen->sort;
    }
    if (tab->tab->sort != NULL) {
        tab->source.newest_first = true;
        tab->source.sort = tab->tab->sort;
    }
    snprintf(tab->noun, sizeof tab->noun, "%s", noun_of_rows(tab->op, screen, (char[NOUN_MAX]){0}));
    struct rowlist_type *type = op_list_type(tab->op, &view->arena);
    hide_column(type, tab->tab->hides, &view->arena);
    if (tab->tab->empty != NULL)
        type->empty = tab->tab->empty;
    rowlist_init(&tab->list, type, &desk_of(view)->session.rights, &tab->source);
}

static void tabbed_settle(struct view *view)
{
    struct tabbed *tabbed = view->state;
    struct desk *desk = desk_of(view);
    struct tab_state *tab = present(tabbed);

    if (tabbed->record.stale && desk_load(desk, &tabbed->record, tabbed->show, tabbed->key) == OK)
        view->title = tabbed->screen->title != NULL
                          ? tabbed->screen->title
                          : row_name(tabbed->show->out, tabbed->record.out);
    if (tab == NULL)
        return;
    begin_tab(view, tab);
    if (is_list(tab))
        rowlist_settle(&tab->list);
    else if (tab->text.stale)
        desk_load(desk, &tab->text, tab->op, tab->source.in);
}

static void tabbed_changed(struct view *view)
{
    struct tabbed *tabbed = view->state;

    tabbed->record.stale = true;
    for (size_t i = 0; i < tabbed->count; i++) {
        tabbed->tabs[i].text.stale = true;
        if (tabbed->tabs[i].begun && is_list(&tabbed->tabs[i]))
            rowlist_refresh(&tabbed->tabs[i].list);
    }
    app_redraw(view->app);
}

static void draw_text(struct view *view, struct tab_state *tab, struct area area)
{
    AUTO_BUF out = BUF(4u << 20);
    int line_number = 0;

    if (tab->text.out == NULL)
        return;
    const size_t width = area.cols > 12 ? (size_t)area.cols - 2 : 10;
    if (tab->tab->write != NULL)
        tab->tab->write(&out, tab->op->out, tab->text.out, &desk_of(view)->session.rights, width);
    else
        record_write(&out, tab->op->out, tab->text.out, &desk_of(view)->session.rights, width);
    for (const char *line = buf_str(&out); *line != '\0'; line_number++) {
        const size_t length = strcspn(line, "\n");
        if (line_number >= tab->top && line_number - tab->top < area.rows)
            record_draw_line(area_row(area, line_number - tab->top), line, length);
        line += length + (line[length] == '\n');
    }
    tab->lines = line_number;
    if (line_number == 0)
        area_text(area, 0, 1, INK_MUTED,
                  tab->tab->empty != NULL ? tab->tab->empty : "Nothing here yet.");
    area_cursor(area, 0, 0);
}

static void tabbed_draw(struct view *view, struct area body)
{
    struct tabbed *tabbed = view->state;
    struct tab_state *tab = present(tabbed);
    const int head = tabbed->screen->head_rows;

    if (tabbed->record.out == NULL) {
        area_wrap(body, 0, 1, body.cols - 2, INK_ERROR, tabbed->record.fault.text);
        return;
    }
    tabbed->screen->draw_head(view, tabbed->record.out, area_part(body, 0, 0, head, body.cols));
    area_hline(body, head, 0, body.cols, INK_MUTED);
    if (tab == NULL)
        return;
    tabs_draw(body, head + 1, tabbed->labels, tabbed->count, tabbed->current);
    const struct area area = area_below(body, head + 2);
    tabbed->height = area.rows;
    if (!tab->begun)
        return;
    if (is_list(tab))
        rowlist_draw(&tab->list, area);
    else
        draw_text(view, tab, area);
}

static bool scroll_key(const struct tabbed *tabbed, struct tab_state *tab, uint32_t key)
{
    const int last = tab->lines > tabbed->height ? tab->lines - tabbed->height : 0;
    int to = tab->top;

    if (key == K_DOWN || key == 'j')
        to++;
    else if (key == K_UP || key == 'k')
        to--;
    else if (key == K_PAGE_DOWN || key == ' ')
        to += tabbed->height;
    else if (key == K_PAGE_UP)
        to -= tabbed->height;
    else if (key == K_HOME || key == 'g')
        to = 0;
    else if (key == K_END || key == 'G')
        to = last;
    else
        return false;
    tab->top = to < 0 ? 0 : (to > last ? last : to);
    return true;
}

static bool tabbed_key(struct view *view, const struct event *event)
{
    struct tabbed *tabbed = view->state;
    struct tab_state *tab = present(tabbed);

    if (tab == NULL)
        return false;
    const bool is_typing = tab->begun && is_list(tab) && rowlist_typing(&tab->list) != TYPING_NONE;
    if (!is_typing && tabs_key(event, tabbed->count, &tabbed->current))
        return true;
    if (!tab->begun)
        return false;
    if (is_list(tab))
        return rowlist_key(&tab->list, event);
    return event->kind == EVENT_KEY && scroll_key(tabbed, tab, event->key);
}

static enum typing tabbed_typing(const struct view *view)
{
    const struct tabbed *tabbed = view->state;
    const struct tab_state *tab = &tabbed->tabs[tabbed->current];

    if (tabbed->count == 0 || !tab->begun || !is_list(tab))
        return TYPING_NONE;
    return rowlist_typing(&tab->list);
}

static unsigned tabbed_has(struct view *view)
{
    struct tabbed *tabbed = view->state;
    struct tab_state *tab = present(tabbed);
    const bool has_row =
        tab != NULL && tab->begun && is_list(tab) && rowlist_row(&tab->list) != NULL;

    return (tabbed->record.out != NULL ? (unsigned)NEEDS_RECORD : 0u) |
           (has_row ? (unsigned)NEEDS_ROW : 0u);
}

static const char *tabbed_status(struct view *view, struct arena *arena)
{
    struct tabbed *tabbed = view->state;
    struct tab_state *tab = present(tabbed);

    if (tab == NULL || !tab->begun || !is_list(tab))
        return NULL;
    return rowlist_status(&tab->list, arena);
}

static void tabbed_close(struct view *view)
{
    struct tabbed *tabbed = view->state;

    loading_done(&tabbed->record);
    for (size_t i = 0; i < tabbed->count; i++) {
        loading_done(&tabbed->tabs[i].text);
        if (tabbed->tabs[i].begun && is_list(&tabbed->tabs[i]))
            rowlist_done(&tabbed->tabs[i].list);
    }
}

static const struct view_type tabbed_type = {
    .name = "record",
    .draw = tabbed_draw,
    .key = tabbed_key,
    .settle = tabbed_settle,
    .changed = tabbed_changed,
    .resumed = tabbed_changed,
    .has = tabbed_has,
    .typing = tabbed_typing,
    .status = tabbed_status,
    .close = tabbed_close,
};

void tabbed_open(struct desk *desk, const struct tabbed_screen *screen, int64_t id)
{
    const struct op *show = noun_show_op(screen->noun);

    if (show == NULL)
        return;
    struct view *view = view_new(desk->app, &tabbed_type, sizeof(struct tabbed));
    struct tabbed *tabbed = view->state;
    struct view_type *type = arena_copy(&view->arena, &tabbed_type, sizeof tabbed_type);
    type->actions = screen->actions;
    type->action_count = screen->action_count;
    type->help = screen->help;
    type->name = screen->noun;
    view->type = type;
    *tabbed = (struct tabbed){
        .screen = screen, .id = id, .show = show, .key = desk_input(desk, &view->arena, show)};
    memcpy(field_at(op_key_field(show), tabbed->key), &id, sizeof id);
    tabbed->record.stale = true;
    for (size_t i = 0; i < screen->tab_count && tabbed->count < TABS_MAX; i++) {
        const struct op *op = op_find(screen->tabs[i].op);
        if (op == NULL || !desk_allows(desk, op))
            continue;
        tabbed->labels[tabbed->count] = screen->tabs[i].label;
        tabbed->tabs[tabbed->count++] = (struct tab_state){.tab = &screen->tabs[i], .op = op};
    }
    view->title = screen->title != NULL ? screen->title : show->says;
    app_push(desk->app, view);
}

static struct tabbed *tabbed_of(const struct view *view, const struct tabbed_screen *screen)
{
    if (view->type->draw != tabbed_draw)
        return NULL;
    struct tabbed *tabbed = view->state;
    return screen == NULL || tabbed->screen == screen ? tabbed : NULL;
}

const void *tabbed_record(const struct view *view, const struct tabbed_screen *screen)
{
    const struct tabbed *tabbed = tabbed_of(view, screen);

    return tabbed != NULL ? tabbed->record.out : NULL;
}

int64_t tabbed_id(const struct view *view)
{
    const struct tabbed *tabbed = tabbed_of(view, NULL);

    return tabbed != NULL ? tabbed->id : 0;
}

int64_t tabbed_row_id(const struct view *view, const char *noun)
{
    struct tabbed *tabbed = tabbed_of(view, NULL);

    if (tabbed == NULL || tabbed->count == 0)
        return 0;
    struct tab_state *tab = &tabbed->tabs[tabbed->current];
    if (!tab->begun || !is_list(tab) || !text_same(tab->noun, noun))
        return 0;
    return rowlist_id(&tab->list);
}

bool tabbed_subject(struct view *view, const struct tabbed_screen *screen,
                    struct subject *ret_subject)
{
    const struct tabbed *tabbed = tabbed_of(view, screen);

    if (tabbed == NULL || tabbed->record.out == NULL)
        return false;
    *ret_subject = (struct subject){
        .noun = screen->noun,
        .id = tabbed->id,
        .shape = tabbed->show->out,
        .row = tabbed->record.out,
    };
    return true;
}

void tabbed_open_row(struct view *view, const struct action *action)
{
    struct tabbed *tabbed = view->state;
    struct tab_state *tab = present(tabbed);

    (void)action;
    if (tab != NULL && tab->begun && is_list(tab))
        desk_open_record(desk_of(view), tab->noun, rowlist_id(&tab->list));
}
