/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* The terminal of people: ncurses' core, and the only file that knows it. It reads without losing a
 * key, writes only what changed, and leaves the terminal as it was however the program ends. */

#include "ui/term.h"

#include <curses.h>
#include <errno.h>
#include <langinfo.h>
#include <locale.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>
#include <wchar.h>

#include "base/arena.h"
#include "base/day.h"
#include "base/text.h"

/* <term.h> would declare it together with a macro for every capability, and its own struct term. */
extern int setupterm(const char *name, int fd, int *error);
extern void *cur_term;
extern int del_curterm(void *terminal);

/* Behind the eight colours on the terminal's own background. */
#define PAIR_ON_WHITE 9

#define PASTE_ON  "\033[?2004h"
#define PASTE_OFF "\033[?2004l"
/* Button and motion while it is down (1002), as text (1006). */
#define MOUSE_ON  "\033[?1002h\033[?1006h"
#define MOUSE_OFF "\033[?1006l\033[?1002l"

/* Signal handlers and the exit handler can reach nothing else. */
static struct {
    struct termios mode; /* as the shell left it */
    bool has_mode;
    bool at_exit;
    pid_t owner;
    volatile sig_atomic_t active; /* curses has the terminal */
    volatile sig_atomic_t hung_up;
    volatile sig_atomic_t stop_asked;
    char leave[128]; /* what puts the screen back, for a crash */
    size_t leave_length;
} tty;

struct curses {
    struct term term;
    SCREEN *screen;
    FILE *to;
    struct surface shown;
    bool has_shown;
    bool has_colour;
    bool gone;
};

static void write_quietly(const char *bytes, size_t length)
{
    ssize_t done = write(STDOUT_FILENO, bytes, length);

    (void)done; /* the terminal may be gone: nobody is left to tell */
}

static void mode_restore(void)
{
    if (tty.has_mode)
        tcsetattr(STDIN_FILENO, TCSADRAIN, &tty.mode);
}

static void leave_at_exit(void)
{
    if (getpid() != tty.owner)
        return;
    if (tty.active) {
        tty.active = 0;
        endwin();
        write_quietly(PASTE_OFF, sizeof(PASTE_OFF) - 1);
    }
    mode_restore();
}

void term_raw_early(void)
{
    struct termios raw;

    if (tty.has_mode || tcgetattr(STDIN_FILENO, &tty.mode) != 0)
        return;
    tty.has_mode = true;
    tty.owner = getpid();
    if (!tty.at_exit)
        tty.at_exit = atexit(leave_at_exit) == 0;
    raw = tty.mode;
    raw.c_lflag &= ~(tcflag_t)(ICANON | ECHO | ISIG | IEXTEN);
    raw.c_iflag &= ~(tcflag_t)(IXON | ICRNL | INLCR | IGNCR | ISTRIP | BRKINT);
    raw.c_cc[VMIN] = 1;
    raw.c_cc[VTIME] = 0;
    tcsetattr(STDIN_FILENO, TCSANOW, &raw); /* never flushing what was typed already */
}

void term_raw_end(void)
{
    mode_restore();
    tty.has_mode = false;
}

static void on_end_signal(int number)
{
    (void)number;
    tty.hung_up = 1;
}

static void on_stop_signal(int number)
{
    (void)number;
    tty.stop_asked = 1;
}

/* Only what is allowed in a handler: put the screen and the mode back, then die as meant. */
static void on_crash(int number)
{
    if (tty.active && getpid() == tty.owner) {
        write_quietly(tty.leave, tty.leave_length);
        if (tty.has_mode)
            tcsetattr(STDIN_FILENO, TCSANOW, &tty.mode);
    }
    raise(number); /* SA_RESETHAND has put the default back */
}

static void handle(int number, void (*handler)(int), unsigned flags)
{
    struct sigaction action = {.sa_handler = handler, .sa_flags = (int)flags};

    sigemptyset(&action.sa_mask);
    sigaction(number, &action, NULL);
}

static void handle_crash(int number)
{
    struct sigaction old;

    /* A sanitizer's own handler has more to say. */
    if (sigaction(number, NULL, &old) == 0 && old.sa_handler == SIG_DFL)
        handle(number, on_crash, (unsigned)SA_RESETHAND | SA_NODEFER);
}

static void install_handlers(void)
{
    static const int crashes[] = {SIGSEGV, SIGBUS, SIGABRT, SIGFPE, SIGILL};

    handle(SIGHUP, on_end_signal, 0);
    handle(SIGTERM, on_end_signal, 0);
    handle(SIGINT, on_end_signal, 0);
    /* The first process of a session has no shell behind it to come back from. */
    handle(SIGTSTP, getsid(0) == getpid() ? SIG_IGN : on_stop_signal, 0);
    handle(SIGPIPE, SIG_IGN, 0);
    for (size_t i = 0; i < COUNT_OF(crashes); i++)
        handle_crash(crashes[i]);
}

static void add_leave(const char *bytes)
{
    const size_t length = bytes != NULL && bytes != (const char *)-1 ? strlen(bytes) : 0;

    if (length == 0 || tty.leave_length + length >= sizeof(tty.leave))
        return;
    memcpy(tty.leave + tty.leave_length, bytes, length);
    tty.leave_length += length;
}

static void curses_size(struct term *term, int *ret_rows, int *ret_cols)
{
    (void)term;
    *ret_rows = LINES > 0 ? LINES : 1;
    *ret_cols = COLS > 0 ? COLS : 1;
}

static int64_t curses_now(struct term *term)
{
    (void)term;
    return clock_ticks_ms();
}

/* clang-format off */
static const struct key_row {
    int code;
    uint32_t key;
} key_rows[] = {
    {KEY_ENTER, K_ENTER}, {KEY_BTAB, K_BACK_TAB}, {KEY_BACKSPACE, K_BACKSPACE}, {KEY_DC, K_DELETE},
    {KEY_IC, K_INSERT}, {KEY_UP, K_UP}, {KEY_DOWN, K_DOWN}, {KEY_LEFT, K_LEFT},
    {KEY_RIGHT, K_RIGHT}, {KEY_HOME, K_HOME}, {KEY_END, K_END}, {KEY_PPAGE, K_PAGE_UP},
    {KEY_NPAGE, K_PAGE_DOWN}, {KEY_SLEFT, K_LEFT}, {KEY_SRIGHT, K_RIGHT}, {KEY_SF, K_DOWN},
    {KEY_SR, K_UP}, {KEY_FIND, K_HOME}, {KEY_SELECT, K_END}, {KEY_A1, K_HOME}, {KEY_A3, K_PAGE_UP},
    {KEY_C1, K_END}, {KEY_C3, K_PAGE_DOWN},
};
/* clang-format on */

static uint32_t key_of_code(int code)
{
    if (code >= KEY_F(1) && code <= KEY_F(12))
        return (uint32_t)K_F1 + (uint32_t)(code - KEY_F(1));
    for (size_t i = 0; i < COUNT_OF(key_rows); i++)
        if (key_rows[i].code == code)
            return key_rows[i].key;
    return K_NONE;
}

/* Everything there is, until ncurses' own queue is empty too. True when there was anything. */
static bool drain(struct curses *curses)
{
    struct key_decoder *decoder = &curses->term.decoder;
    const int64_t now_ms = clock_ticks_ms();
    bool any = false;

    for (int code; (code = getch()) != ERR; any = true) {
        if (code == KEY_RESIZE)
            decoder_event(decoder, EVENT_RESIZE, now_ms);
        else if (code < 256)
            decoder_byte(decoder, (unsigned char)code, now_ms);
        else
            decoder_unit(decoder, key_of_code(code), now_ms);
    }
    return any;
}

static void hang_up(struct curses *curses)
{
    if (!curses->gone)
        decoder_event(&curses->term.decoder, EVENT_HANGUP, clock_ticks_ms());
    curses->gone = true;
}

static void block_signals(sigset_t *ret_before)
{
    static const int watched[] = {SIGWINCH, SIGHUP, SIGTERM, SIGINT, SIGTSTP};
    sigset_t set;

    sigemptyset(&set);
    for (size_t i = 0; i < COUNT_OF(watched); i++)
        sigaddset(&set, watched[i]);
    sigprocmask(SIG_BLOCK, &set, ret_before);
}

/* Sleeps until a key, a signal or the time. With the signals blocked from before the queue was
 * looked at, none can slip in between. */
static void sleep_for_input(struct curses *curses, int timeout_ms, const sigset_t *mask)
{
    struct pollfd fd = {.fd = STDIN_FILENO, .events = POLLIN};
    const struct timespec time = {timeout_ms / 1000, (timeout_ms % 1000) * 1000000L};
    int waiting = 0;

    const int ready = ppoll(&fd, 1, timeout_ms < 0 ? NULL : &time, mask);
    /* Readable, and nothing to read: the end of input. */
    if (ready > 0 && ((fd.revents & (POLLHUP | POLLERR | POLLNVAL)) != 0 ||
                      ioctl(STDIN_FILENO, FIONREAD, &waiting) != 0 || waiting == 0))
        hang_up(curses);
}

static int shorter(int timeout_ms, const struct key_decoder *decoder)
{
    if (decoder->pasting)
        return timeout_ms < 0 || timeout_ms > PASTE_TIMEOUT_MS ? PASTE_TIMEOUT_MS : timeout_ms;
    if (decoder->byte_count > 0)
        return timeout_ms < 0 || timeout_ms > 200 ? 200 : timeout_ms;
    return timeout_ms;
}

static void take_signals(struct curses *curses)
{
    if (tty.hung_up)
        hang_up(curses);
    if (tty.stop_asked) {
        tty.stop_asked = 0;
        decoder_event(&curses->term.decoder, EVENT_SUSPEND, clock_ticks_ms());
    }
}

static void curses_read(struct term *term, int timeout_ms)
{
    struct curses *curses = (struct curses *)term;
    sigset_t before;

    block_signals(&before);
    drain(curses);
    decoder_settle(&term->decoder, clock_ticks_ms());
    take_signals(curses);
    if (term->decoder.count == 0 && !curses->gone && timeout_ms != 0) {
        sleep_for_input(curses, shorter(timeout_ms, &term->decoder), &before);
        take_signals(curses);
        drain(curses);
        decoder_settle(&term->decoder, clock_ticks_ms());
    } else if (timeout_ms == 0 && !curses->gone) {
        sleep_for_input(curses, 0, &before); /* lets signals through */
    }
    sigprocmask(SIG_SETMASK, &before, NULL);
}

static attr_t attributes_of(const struct curses *curses, const struct theme *theme, enum ink ink,
                            short *ret_pair)
{
    const struct ink_style style = theme_style(theme, ink);
    attr_t attributes = 0;

    if (style.attributes & INK_BOLD)
        attributes |= A_BOLD;
    if (style.attributes & INK_DIM)
        attributes |= A_DIM;
    if (style.attributes & INK_UNDERLINE)
        attributes |= A_UNDERLINE;
    if (style.attributes & INK_REVERSE)
        attributes |= A_REVERSE;
    *ret_pair = curses->has_colour && style.colour >= 0 ? (short)(style.colour + 1) : 0;
    if (curses->has_colour && (style.attributes & INK_ON_WHITE))
        *ret_pair = PAIR_ON_WHITE;
    return attributes;
}

/* Characters of a cell for ncurses; a width on which the C library does not agree would shift the
 * rest of the row, so it is drawn as a mark. */
static void cell_characters(const struct cell *cell, wchar_t ret_text[CCHARW_MAX + 1])
{
    const size_t length = strlen(cell->text);
    size_t count = 0;

    for (size_t at = 0; at < length && count < CCHARW_MAX;) {
        uint32_t character = 0;
        at += text_next(cell->text + at, length - at, &character);
        ret_text[count++] = (wchar_t)character;
    }
    ret_text[count] = L'\0';
    if (count == 0 || wcwidth(ret_text[0]) != cell->cells)
        wcscpy(ret_text, cell->cells == 2 ? L"??" : L"?");
    if (cell->cells == 2 && ret_text[0] == L'?')
        ret_text[1] = L'\0';
}

static void put(const struct curses *curses, const struct surface *surface, int row, int col)
{
    const struct cell *cell = surface_cell(surface, row, col);
    wchar_t text[CCHARW_MAX + 1];
    cchar_t complex;
    short pair = 0;

    if (cell->cells == 0)
        return;
    const attr_t attributes = attributes_of(curses, surface->theme, (enum ink)cell->ink, &pair);
    cell_characters(cell, text);
    setcchar(&complex, text, attributes, pair, NULL);
    mvadd_wch(row, col, &complex);
    if (cell->cells == 2 && text[0] == L'?')
        mvaddch(row, col + 1, ' ');
}

static bool same_size(const struct surface *a, const struct surface *b)
{
    return a->rows == b->rows && a->cols == b->cols;
}

static void remember(struct curses *curses, const struct surface *surface)
{
    if (!curses->has_shown || !same_size(&curses->shown, surface)) {
        curses->shown.theme = surface->theme;
        surface_resize(&curses->shown, surface->rows, surface->cols);
    }
    memcpy(curses->shown.cells, surface->cells,
           (size_t)surface->rows * (size_t)surface->cols * sizeof(struct cell));
    curses->has_shown = true;
}

static void put_changed(struct curses *curses, const struct surface *surface, bool all)
{
    for (int row = 0; row < surface->rows && row < LINES; row++) {
        const struct cell *now = surface_cell(surface, row, 0);
        const struct cell *old = all ? now : surface_cell(&curses->shown, row, 0);
        const size_t width = (size_t)surface->cols;

        if (!all && memcmp(now, old, width * sizeof(*now)) == 0)
            continue;
        for (int col = 0; col < surface->cols && col < COLS; col++)
            if (all || memcmp(now + col, old + col, sizeof(*now)) != 0 ||
                (col > 0 && old[col].cells == 0))
                put(curses, surface, row, col);
    }
}

static void place_cursor(const struct surface *surface)
{
    const bool shows =
        surface->cursor_row >= 0 && surface->cursor_row < LINES && surface->cursor_col < COLS;

    curs_set(shows ? 1 : 0);
    if (shows)
        move(surface->cursor_row, surface->cursor_col);
}

static void curses_show(struct term *term, const struct surface *surface, bool repaint)
{
    struct curses *curses = (struct curses *)term;

    if (curses->gone)
        return;
    const bool all = repaint || !curses->has_shown || !same_size(&curses->shown, surface);
    if (all)
        erase();
    put_changed(curses, surface, all);
    remember(curses, surface);
    place_cursor(surface);
    if (repaint)
        clearok(curscr, TRUE);
    refresh();
}

static void curses_suspend(struct term *term)
{
    (void)term;
    write_quietly(MOUSE_OFF PASTE_OFF, sizeof(MOUSE_OFF PASTE_OFF) - 1);
    tty.active = 0;
    endwin();
    if (tty.has_mode)
        tcsetattr(STDIN_FILENO, TCSADRAIN, &tty.mode);
}

static void curses_restore(struct term *term)
{
    struct curses *curses = (struct curses *)term;

    reset_prog_mode();
    tty.active = 1;
    curses->has_shown = false;
    clearok(curscr, TRUE);
    refresh();
    write_quietly(PASTE_ON, sizeof(PASTE_ON) - 1);
    decoder_event(&term->decoder, EVENT_RESIZE, clock_ticks_ms());
}

static void curses_mouse(struct term *term, bool on)
{
    const struct curses *curses = (const struct curses *)term;

    if (curses->gone)
        return;
    if (on)
        write_quietly(MOUSE_ON, sizeof(MOUSE_ON) - 1);
    else
        write_quietly(MOUSE_OFF, sizeof(MOUSE_OFF) - 1);
}

static void curses_close(struct term *term)
{
    struct curses *curses = (struct curses *)term;

    leave_at_exit();
    delscreen(curses->screen);
    surface_done(&curses->shown);
    decoder_done(&term->decoder);
    mem_free(curses);
}

static const struct term_type curses_type = {
    .size = curses_size,
    .read = curses_read,
    .show = curses_show,
    .suspend = curses_suspend,
    .restore = curses_restore,
    .mouse = curses_mouse,
    .now = curses_now,
    .close = curses_close,
};

static status check_terminal(struct fault *fault)
{
    const char *name = getenv("TERM");
    int error = 0;

    if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO))
        return fault_set(fault, ERR_IO,
                         "The screens need a terminal for input and output. Without one, use the "
                         "commands: pitlane --help lists them.");
    if (name == NULL || name[0] == '\0')
        return fault_set(fault, ERR_IO,
                         "TERM is not set, so the kind of terminal is not known. Set it and start "
                         "again, for example: export TERM=xterm");
    if (setupterm(name, STDOUT_FILENO, &error) != OK)
        return fault_set(
            fault, ERR_IO,
            "The terminal type \"%.60s\" is not known on this machine. Set TERM to one "
            "that is, for example: export TERM=xterm",
            name);
    const char *move_to = tigetstr("cup");
    const bool can_move = move_to != NULL && move_to != (const char *)-1;
    del_curterm(cur_term); /* newterm reads the description for itself */
    if (!can_move)
        return fault_set(
            fault, ERR_IO,
            "A terminal of type \"%.60s\" cannot place the cursor. Use another one, or "
            "the commands: pitlane --help lists them.",
            name);
    return OK;
}

/* Without a stated locale a terminal of today is UTF-8; one that states another is taken at its
 * word and gets ASCII. */
static void use_locale(struct theme *theme)
{
    const char *chosen = setlocale(LC_CTYPE, "");

    if (chosen != NULL && strcmp(nl_langinfo(CODESET), "UTF-8") == 0)
        return;
    const char *all = getenv("LC_ALL");
    const char *type = getenv("LC_CTYPE");
    const char *lang = getenv("LANG");
    const bool is_stated = (all != NULL && all[0] != '\0') || (type != NULL && type[0] != '\0') ||
                           (lang != NULL && lang[0] != '\0');
    setlocale(LC_CTYPE, "C.UTF-8");
    if (is_stated && chosen != NULL)
        theme->ascii = theme->ascii_only = true;
}

static int escape_delay(void)
{
    const char *text = getenv("ESCDELAY");
    const long wanted = text != NULL ? strtol(text, NULL, 10) : 0;

    return wanted > 0 && wanted <= 2000 ? (int)wanted : 25;
}

static void start_colours(struct curses *curses, struct theme *theme)
{
    /* Even where the looks are without: the person who signs in may want them. */
    if (has_colors()) {
        start_color();
        use_default_colors();
        for (short colour = 0; colour < 8; colour++)
            init_pair((short)(colour + 1), colour, -1);
        init_pair(PAIR_ON_WHITE, COLOR_BLACK, COLORS > 15 ? 15 : COLOR_WHITE);
        curses->has_colour = true;
    } else {
        theme->colour = false;
        theme->mono_only = true;
    }
}

static void set_modes(void)
{
    raw();
    noecho();
    nonl();
    keypad(stdscr, TRUE);
    keyok(KEY_MOUSE, FALSE); /* its reports are the decoder's */
    nodelay(stdscr, TRUE);
    meta(stdscr, TRUE);
    leaveok(stdscr, FALSE);
    typeahead(-1);
    set_escdelay(escape_delay());
}

status term_curses_open(struct theme *theme, struct term **ret_term, struct fault *fault)
{
    TRY(check_terminal(fault));
    use_locale(theme);
    term_raw_early();
    struct curses *curses = mem_alloc(sizeof(*curses));
    *curses = (struct curses){.term.type = &curses_type};
    curses->screen = newterm(NULL, stdout, stdin);
    if (curses->screen == NULL) {
        mem_free(curses);
        return fault_set(fault, ERR_IO,
                         "This terminal cannot be used for screens. Set TERM to its "
                         "real kind and start again.");
    }
    tty.active = 1;
    set_modes();
    start_colours(curses, theme);
    install_handlers();
    add_leave(tigetstr("sgr0"));
    add_leave(tigetstr("cnorm"));
    add_leave(MOUSE_OFF);
    add_leave(PASTE_OFF);
    add_leave(tigetstr("rmcup"));
    write_quietly(PASTE_ON, sizeof(PASTE_ON) - 1);
    *ret_term = &curses->term;
    return OK;
}
