/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Any bytes as a key file, as a recovery sheet and as a sealed value: keys that are the same after
 * a round trip, or a sentence. */

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "domain/secret.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void expect_sentence(const struct fault *fault)
{
    if (fault->text[0] == '\0')
        abort();
}

static void read_key_file(const char *text, size_t length)
{
    AUTO_BUF once = BUF(1u << 17);
    AUTO_BUF twice = BUF(1u << 17);
    AUTO_KEY_RING ring = NULL;
    AUTO_KEY_RING again = NULL;
    struct fault fault = {0};

    if (key_ring_read(text, length, NULL, &fault, &ring) != OK) {
        expect_sentence(&fault);
        return;
    }
    if (key_ring_newest(ring) < 1 || key_ring_data_count(ring) > SECRET_DATA_KEYS_MAX ||
        key_ring_write(ring, NULL, &once, NULL) != OK ||
        key_ring_read(buf_str(&once), once.length, NULL, NULL, &again) != OK ||
        key_ring_write(again, NULL, &twice, NULL) != OK ||
        strcmp(buf_str(&once), buf_str(&twice)) != 0)
        abort();
}

static void read_sheet(const char *text)
{
    AUTO_KEY_RING ring = NULL;
    struct fault fault = {0};

    /* Without the passphrase no sheet opens, whatever its lines are. */
    if (key_ring_read_sheet(text, "not the passphrase", &fault, &ring) == OK)
        abort();
    expect_sentence(&fault);
}

static void open_sealed(const char *text)
{
    AUTO_ARENA arena = ARENA_EMPTY;
    static struct key_ring *ring;
    const struct secret_place place = {"second_factor", "seed_secret", 7};
    struct fault fault = {0};
    const char *plain = "";

    if (ring == NULL)
        ring = key_ring_make();
    if (secret_unseal(ring, place, text, &arena, &plain, &fault) == OK)
        abort(); /* nobody guesses a tag */
    expect_sentence(&fault);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    AUTO_ARENA arena = ARENA_EMPTY;
    const char *text = arena_text_n(&arena, (const char *)data, size);

    read_key_file(text, size);
    read_sheet(text);
    open_sealed(text);
    return 0;
}
