/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* The shop's keys for paper: packed, sealed under a passphrase, and written in the 32 letters and
 * digits of Crockford's base32, of which none looks like another. Whatever is typed back wrong is
 * found in its line. */

#include <sodium.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "secret_inner.h"

#define SHEET_HEAD "PITLANE KEYS 1 LINES "
#define PACK_MARK  1 /* first byte of what is sealed: how it is packed */
#define PACK_MAX                                                                                   \
    (1 + SECRET_KEY_COUNT * SECRET_KEY_BYTES + SECRET_DATA_KEYS_MAX * (2 + SECRET_KEY_BYTES))
#define LINE_BYTES 20 /* eight groups of four characters */
#define LINES_MAX  500
#define CHECK      2 /* characters */

static const char letters[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/* --- Packing --- */

static void pack(const struct key_ring *ring, struct buf *out)
{
    buf_char(out, PACK_MARK);
    buf_add(out, ring->keys, sizeof ring->keys);
    for (int i = 0; i < ring->data_count; i++) {
        const int number = ring->data[i].number;
        buf_char(out, (char)(number >> 8));
        buf_char(out, (char)(number & 0xff));
        buf_add(out, ring->data[i].bytes, SECRET_KEY_BYTES);
    }
}

static bool unpack(const struct buf *packed, struct key_ring *ring)
{
    const unsigned char *at = (const unsigned char *)packed->at + 1;
    const size_t fixed = 1 + sizeof ring->keys;
    const size_t each = 2 + SECRET_KEY_BYTES;

    if (packed->length < fixed + each || packed->at[0] != PACK_MARK ||
        (packed->length - fixed) % each != 0 ||
        (packed->length - fixed) / each > SECRET_DATA_KEYS_MAX)
        return false;
    memcpy(ring->keys, at, sizeof ring->keys);
    at += sizeof ring->keys;
    for (size_t i = 0; i < (packed->length - fixed) / each; i++, at += each) {
        struct data_key *key = &ring->data[ring->data_count];
        key->number = at[0] << 8 | at[1];
        memcpy(key->bytes, at + 2, SECRET_KEY_BYTES);
        if (key->number < 1 || (i > 0 && key->number <= key[-1].number))
            return false;
        ring->data_count++;
    }
    return key_ring_is_complete(ring);
}

/* --- Lines --- */

/* Two characters that depend on the line's place and all of its bytes. */
static void check_of(int line, const unsigned char *bytes, size_t length, char ret[CHECK + 1])
{
    unsigned char input[1 + LINE_BYTES] = {(unsigned char)(line & 0xff)};
    unsigned char digest[crypto_generichash_BYTES_MIN];

    memcpy(input + 1, bytes, length);
    crypto_generichash(digest, sizeof digest, input, 1 + length, NULL, 0);
    ret[0] = letters[digest[0] & 31];
    ret[1] = letters[digest[1] & 31];
    ret[2] = '\0';
}

static void write_line(struct buf *out, int line, const unsigned char *bytes, size_t length)
{
    char check[CHECK + 1];
    unsigned bits = 0, held = 0, written = 0;

    buf_printf(out, "%02d ", line);
    for (size_t i = 0; i < length || held > 0;) {
        while (held < 5 && i < length) {
            bits = bits << 8 | bytes[i++];
            held += 8;
        }
        if (held < 5) { /* the last few, filled up with zeros */
            bits <<= 5 - held;
            held = 5;
        }
        buf_char(out, letters[bits >> (held - 5) & 31]);
        held -= 5;
        bits &= (1u << held) - 1;
        if (++written % 4 == 0)
            buf_char(out, ' ');
    }
    check_of(line, bytes, length, check);
    buf_printf(out, "%s%s\n", written % 4 == 0 ? "" : " ", check);
}

status key_ring_write_sheet(const struct key_ring *ring, const char *passphrase, struct buf *out,
                            struct fault *fault)
{
    struct buf packed = BUF(PACK_MAX);
    AUTO_BUF box = BUF(PACK_MAX + SECRET_BOX_OVER);

    pack(ring, &packed);
    const status result = secret_box(packed.at, packed.length, passphrase, &box, fault);
    sodium_memzero(packed.at, packed.length);
    buf_done(&packed);
    TRY(result);
    const int lines = (int)((box.length + LINE_BYTES - 1) / LINE_BYTES);
    buf_printf(out, SHEET_HEAD "%d\n", lines);
    for (int line = 1; line <= lines; line++) {
        const size_t at = (size_t)(line - 1) * LINE_BYTES;
        const size_t rest = box.length - at;
        write_line(out, line, (const unsigned char *)box.at + at,
                   rest < LINE_BYTES ? rest : LINE_BYTES);
    }
    return OK;
}

/* --- Reading --- */

/* -1 for what is none. */
static int value_of(char letter)
{
    if (letter >= 'a' && letter <= 'z')
        letter = (char)(letter - 'a' + 'A');
    if (letter == 'O')
        letter = '0';
    if (letter == 'I' || letter == 'L')
        letter = '1';
    const char *at = letter != '\0' ? strchr(letters, letter) : NULL;
    return at != NULL ? (int)(at - letters) : -1;
}

/* The characters of a line behind its number, without blanks and dashes; -1 when one is none. */
static int read_values(const char *text, size_t length, unsigned char ret[64])
{
    int count = 0;

    for (size_t i = 0; i < length; i++) {
        if (text[i] == ' ' || text[i] == '-' || text[i] == '\t' || text[i] == '\r')
            continue;
        const int value = value_of(text[i]);
        if (value < 0 || count == 64)
            return -1;
        ret[count++] = (unsigned char)value;
    }
    return count;
}

static bool read_line(const char *text, size_t length, int *ret_line, struct buf *ret_bytes)
{
    unsigned char values[64];
    unsigned char bytes[LINE_BYTES];
    char check[CHECK + 1];
    unsigned bits = 0, held = 0;
    size_t used = 0;
    int line = 0, digits = 0;

    if (length > 120 || sscanf(text, "%3d%n", &line, &digits) != 1 || line < 1 ||
        line > LINES_MAX || (size_t)digits >= length)
        return false;
    *ret_line = line;
    const int count = read_values(text + digits, length - (size_t)digits, values) - CHECK;
    if (count < 2 || count > LINE_BYTES * 8 / 5)
        return false;
    for (int i = 0; i < count; i++) {
        bits = (bits << 5 | values[i]) & 0xfff;
        held += 5;
        if (held >= 8) {
            held -= 8;
            bytes[used++] = (unsigned char)(bits >> held & 0xff);
        }
    }
    check_of(line, bytes, used, check);
    buf_add(ret_bytes, bytes, used);
    return (bits & ((1u << held) - 1)) == 0 && check[0] == letters[values[count]] &&
           check[1] == letters[values[count + 1]];
}

static status wrong_line(struct fault *fault, int line)
{
    return fault_set(fault, ERR_INVALID,
                     "Line %d is not as it was printed. Compare it with the sheet, character by "
                     "character.",
                     line);
}

/* What is printed around the lines, and blank ones, is passed over. */
static bool is_of_the_sheet(const char *text, size_t length)
{
    while (length > 0 && (*text == ' ' || *text == '\t')) {
        text++;
        length--;
    }
    return length > 0 && *text >= '0' && *text <= '9';
}

static status read_lines(const char *text, struct buf *box, struct fault *fault)
{
    const char *head = strcasestr(text, SHEET_HEAD);
    int lines = 0, next = 1;

    if (head == NULL || sscanf(head + strlen(SHEET_HEAD), "%4d", &lines) != 1 || lines < 1 ||
        lines > LINES_MAX)
        return fault_set(fault, ERR_INVALID,
                         "This is not a recovery sheet. It begins with the line " SHEET_HEAD
                         "and a number.");
    for (const char *at = strchr(head, '\n'); at != NULL && next <= lines; at = strchr(at, '\n')) {
        const size_t length = strcspn(++at, "\n");
        int line = next;
        if (!is_of_the_sheet(at, length))
            continue;
        const bool good = read_line(at, length, &line, box);
        if (!good && line == next)
            return wrong_line(fault, line);
        if (line != next)
            break;
        next++;
    }
    if (next <= lines)
        return fault_set(fault, ERR_INVALID, "Line %d of %d is missing, or not in its place.", next,
                         lines);
    return OK;
}

status key_ring_read_sheet(const char *text, const char *passphrase, struct fault *fault,
                           struct key_ring **ret_ring)
{
    AUTO_BUF box = BUF(PACK_MAX + SECRET_BOX_OVER);
    struct buf packed = BUF(PACK_MAX);
    AUTO_KEY_RING ring = key_ring_new();

    TRY(read_lines(text, &box, fault));
    status result = secret_unbox(&box, passphrase, &packed, fault);
    if (result == OK && !unpack(&packed, ring))
        result = fault_set(fault, ERR_CORRUPT,
                           "The sheet was made by a newer Pitlane. Install the newer program.");
    if (packed.at != NULL)
        sodium_memzero(packed.at, packed.length);
    buf_done(&packed);
    TRY(result);
    *ret_ring = ring;
    ring = NULL;
    return OK;
}
