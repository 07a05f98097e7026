/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

#include "program.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "domain/opening.h"
#include "domain/totp.h"
#include "environment.h"

#define WORDS_MAX 64

struct child {
    pid_t pid;
    int in, out, err;
};

/* Splits as a shell does for plain words and quotes. */
static size_t split(struct program *p, const char *command, char *words[WORDS_MAX])
{
    char *at = arena_text(&p->arena, command);
    char *to = at;
    size_t count = 0;

    while (*at != '\0') {
        char quote = '\0';
        while (*at == ' ')
            at++;
        if (*at == '\0' || count + 2 == WORDS_MAX)
            break;
        words[count++] = to;
        for (; *at != '\0' && (quote != '\0' || *at != ' '); at++) {
            if (quote == '\0' && (*at == '\'' || *at == '"'))
                quote = *at;
            else if (*at == quote)
                quote = '\0';
            else
                *to++ = *at;
        }
        if (*at != '\0')
            at++;
        *to++ = '\0';
    }
    words[count] = NULL;
    return count;
}

static void become(struct program *p, char *words[], const int pipes[3][2])
{
    const char *program = getenv("PITLANE");

    setsid(); /* no terminal to ask on */
    dup2(pipes[0][0], STDIN_FILENO);
    dup2(pipes[1][1], STDOUT_FILENO);
    dup2(pipes[2][1], STDERR_FILENO);
    for (int fd = 3; fd < 64; fd++)
        close(fd);
    setenv("XDG_DATA_HOME", path_of(p, "data"), 1);
    setenv("XDG_STATE_HOME", path_of(p, "state"), 1);
    execv(program != NULL ? program : "pitlane", words);
    _exit(127);
}

static struct child start(struct program *p, char *words[])
{
    int pipes[3][2];

    for (size_t i = 0; i < 3; i++)
        assert_int_equal(pipe2(pipes[i], O_CLOEXEC), 0);
    const pid_t pid = fork();
    if (pid == 0)
        become(p, words, (const int(*)[2])pipes);
    close(pipes[0][0]);
    close(pipes[1][1]);
    close(pipes[2][1]);
    return (struct child){pid, pipes[0][1], pipes[1][0], pipes[2][0]};
}

static bool take(int from, struct buf *into)
{
    char bytes[4096];
    const ssize_t got = read(from, bytes, sizeof bytes);

    if (got <= 0)
        return false;
    buf_add(into, bytes, (size_t)got);
    return true;
}

static void read_both(const struct child *child, struct buf *out, struct buf *err)
{
    struct pollfd polled[2] = {{child->out, POLLIN, 0}, {child->err, POLLIN, 0}};

    while (polled[0].fd >= 0 || polled[1].fd >= 0) {
        poll(polled, 2, -1);
        if (polled[0].fd >= 0 && polled[0].revents != 0 && !take(child->out, out))
            polled[0].fd = -1;
        if (polled[1].fd >= 0 && polled[1].revents != 0 && !take(child->err, err))
            polled[1].fd = -1;
    }
}

int run_with(struct program *p, const char *input, const char *command)
{
    AUTO_BUF out = BUF_MIB(64);
    AUTO_BUF err = BUF_MIB(64);
    char *words[WORDS_MAX + 1];
    char name[] = "pitlane";
    int how = 0;

    words[0] = name;
    split(p, command, words + 1);
    const struct child child = start(p, words);
    /* Inputs of tests fit the pipe. */
    if (write(child.in, input, strlen(input)) < 0)
        p->code = -1;
    close(child.in);
    read_both(&child, &out, &err);
    close(child.out);
    close(child.err);
    waitpid(child.pid, &how, 0);
    p->code = WIFEXITED(how) ? WEXITSTATUS(how) : 128 + WTERMSIG(how);
    p->out = arena_text_n(&p->arena, buf_str(&out), out.length);
    p->err = arena_text_n(&p->arena, buf_str(&err), err.length);
    return p->code;
}

int run(struct program *p, const char *command)
{
    return run_with(p, "", command);
}

void expect_code(struct program *p, int code, const char *command)
{
    if (run(p, command) != code)
        fail_msg("pitlane %s: exit code %d, not %d\n%s%s", command, p->code, code, p->out, p->err);
}

void assert_out(struct program *p, const char *part)
{
    if (strstr(p->out, part) == NULL)
        fail_msg("The output has no “%s”:\n%s%s", part, p->out, p->err);
}

void assert_not_out(struct program *p, const char *part)
{
    if (strstr(p->out, part) != NULL)
        fail_msg("The output has “%s”:\n%s", part, p->out);
}

void assert_err(struct program *p, const char *part)
{
    if (strstr(p->err, part) == NULL)
        fail_msg("It does not say “%s”:\n%s", part, p->err);
}

long json_number(struct program *p, const char *name)
{
    const char *at = strstr(p->out, arena_printf(&p->arena, "\"%s\":", name));

    if (at == NULL)
        fail_msg("There is no “%s” in:\n%s", name, p->out);
    return strtol(at + strlen(name) + 3, NULL, 10);
}

const char *path_of(struct program *p, const char *name)
{
    return arena_printf(&p->arena, "%s/%s", p->folder, name);
}

const char *shop_path(struct program *p)
{
    return path_of(p, "data/pitlane/shop.db");
}

const char *file_with(struct program *p, const char *name, const char *text)
{
    AUTO_BUF bytes = BUF_MIB(1);
    const char *path = path_of(p, name);

    buf_text(&bytes, text);
    assert_int_equal(buf_write_file(&bytes, path, 0600, NULL), OK);
    return path;
}

const char *unfit_code(struct program *p, const unsigned char *seed)
{
    char fitting[TOTP_CODE_MAX];
    int code = 0;

    for (int64_t step = -4, now = time(NULL) / TOTP_STEP_SECONDS; step <= 8; step++) {
        assert_true(totp_code(seed, TOTP_SEED_BYTES, now + step, fitting));
        if (atoi(fitting) == code) {
            code++;
            step = -5;
        }
    }
    return arena_printf(&p->arena, "%06d", code);
}

void run_sql(struct program *p, const char *sql)
{
    const struct store_options options = shop_store_options(false);
    struct fault fault = {0};
    AUTO_STORE store = NULL;

    if (store_open(shop_path(p), &options, &fault, &store) != OK ||
        store_run(store, store_intern(store, sql), NO_ROW, NULL) != OK)
        fail_msg("%s: %s", sql, fault.text);
}

int64_t ask_number(struct program *p, const char *sql)
{
    const struct store_options options = shop_store_options(false);
    struct fault fault = {0};
    AUTO_STORE store = NULL;
    int64_t number = 0;

    if (store_open(shop_path(p), &options, &fault, &store) != OK ||
        store_int(store, store_intern(store, sql), NULL, &number) != OK)
        fail_msg("%s: %s", sql, fault.text);
    return number;
}

int program_open(void **state)
{
    struct program *p = mem_alloc(sizeof *p);

    environment_clear();
    *p = (struct program){.folder = "/tmp/pitlane-cli-XXXXXX"};
    assert_non_null(mkdtemp(p->folder));
    *state = p;
    return 0;
}

int program_open_shop(void **state)
{
    program_open(state);
    struct program *p = *state;

    file_with(p, "init.json",
              "{\"name\":\"Bayside Auto Care\",\"zone\":\"America/Los_Angeles\","
              "\"tax_rate\":\"7.75\",\"labor_rate\":\"145.00\",\"admin_name\":\"Ada Admin\","
              "\"admin_login\":\"ada\",\"admin_password\":\"" PASSWORD "\"}");
    file_with(p, "password", PASSWORD "\n");
    expect_ok(p, arena_printf(&p->arena, "init --json %s", path_of(p, "init.json")));
    expect_ok(p, arena_printf(&p->arena, "login ada --password-file %s", path_of(p, "password")));
    return 0;
}

int program_close(void **state)
{
    struct program *p = *state;
    char command[128];

    snprintf(command, sizeof command, "rm -rf '%s'", p->folder);
    if (system(command) != 0)
        print_error("%s stays behind\n", p->folder);
    arena_done(&p->arena);
    mem_free(p);
    return 0;
}
