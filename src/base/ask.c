/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* A line that nobody else is to see. What it is good for is left to whoever asks. */

#include "base/ask.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

enum ask_line ask_read_line(int file, char *ret_line, size_t size)
{
    size_t used = 0;

    for (;;) {
        char byte;
        const ssize_t got = read(file, &byte, 1);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return ASK_FAILED;
        if (got == 0 && used == 0)
            return ASK_END;
        if (got == 0 || byte == '\n')
            break;
        if (used + 1 == size)
            return ASK_LONG;
        ret_line[used++] = byte;
    }
    if (used > 0 && ret_line[used - 1] == '\r')
        used--;
    ret_line[used] = '\0';
    return ASK_READ;
}

static void say(int terminal, const char *text)
{
    /* A prompt that cannot be shown is no reason to stop. */
    const ssize_t written = write(terminal, text, strlen(text));
    (void)written;
}

static status read_quietly(int terminal, const char *prompt, char *ret_line, size_t size,
                           struct fault *fault)
{
    struct termios before, quiet;

    if (tcgetattr(terminal, &before) != 0)
        return ERR_USAGE;
    quiet = before;
    quiet.c_lflag &= ~(tcflag_t)(ECHO | ECHONL);
    quiet.c_lflag |= ICANON | ISIG;
    quiet.c_iflag |= ICRNL;
    /* Quiet before the prompt: who answers it at once is not echoed, and not flushed away. */
    tcsetattr(terminal, TCSAFLUSH, &quiet);
    say(terminal, prompt);
    say(terminal, ": ");
    const enum ask_line read = ask_read_line(terminal, ret_line, size);
    const int reason = errno;
    tcsetattr(terminal, TCSAFLUSH, &before);
    say(terminal, "\n");
    switch (read) {
    case ASK_READ:
        return OK;
    case ASK_LONG:
        return fault_set(fault, ERR_INVALID, "What was typed is too long.");
    case ASK_END:
        return fault_set(fault, ERR_USAGE, "Nothing was typed.");
    case ASK_FAILED:
        break;
    }
    return fault_set(fault, ERR_IO, "What was typed cannot be read: %s.", strerror(reason));
}

status ask_secret(const char *prompt, char *ret_line, size_t size, struct fault *fault)
{
    const int terminal = open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY);

    if (terminal < 0)
        return ERR_USAGE;
    const status result = read_quietly(terminal, prompt, ret_line, size, fault);
    close(terminal);
    return result;
}
