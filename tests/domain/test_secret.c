/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* The key ring, sealed fields, keyed digests and signatures. */

#include "test.h"

#include <ctype.h>

#include "base/text.h"
#include "domain/secret.h"

static const struct secret_place SEED_OF_7 = {"second_factor", "seed_secret", 7};

static void a_sealed_value_opens_at_its_place_only(void **state)
{
    (void)state;
    AUTO_ARENA arena = ARENA_EMPTY;
    AUTO_KEY_RING ring = key_ring_make();
    const struct secret_place other_row = {"second_factor", "seed_secret", 8};
    const struct secret_place other_column = {"second_factor", "other_secret", 7};
    struct fault fault = {0};
    const char *sealed = "", *plain = "";

    assert_int_equal(secret_seal(ring, SEED_OF_7, "JBSWY3DP", &arena, &sealed, NULL), OK);
    assert_null(strstr(sealed, "JBSWY3DP"));
    assert_int_equal(secret_unseal(ring, SEED_OF_7, sealed, &arena, &plain, &fault), OK);
    assert_string_equal(plain, "JBSWY3DP");
    assert_int_equal(secret_unseal(ring, other_row, sealed, &arena, &plain, &fault), ERR_CORRUPT);
    assert_int_equal(secret_unseal(ring, other_column, sealed, &arena, &plain, &fault),
                     ERR_CORRUPT);
    assert_non_null(strstr(fault.text, "other_secret"));
}

static void any_altered_byte_of_a_sealed_value_is_noticed(void **state)
{
    (void)state;
    AUTO_ARENA arena = ARENA_EMPTY;
    AUTO_KEY_RING ring = key_ring_make();
    const char *sealed = "", *plain = "";

    assert_int_equal(secret_seal(ring, SEED_OF_7, "JBSWY3DP", &arena, &sealed, NULL), OK);
    for (size_t i = 0; sealed[i] != '\0'; i++) {
        char *altered = arena_alloc(&arena, strlen(sealed) + 1);
        memcpy(altered, sealed, strlen(sealed));
        altered[i] = altered[i] == 'A' ? 'B' : 'A';
        assert_int_equal(secret_unseal(ring, SEED_OF_7, altered, &arena, &plain, NULL),
                         ERR_CORRUPT);
    }
}

static void a_renewed_ring_opens_what_older_keys_sealed(void **state)
{
    (void)state;
    AUTO_ARENA arena = ARENA_EMPTY;
    AUTO_KEY_RING ring = key_ring_make();
    const char *old = "", *fresh = "", *plain = "";

    assert_int_equal(secret_seal(ring, SEED_OF_7, "a", &arena, &old, NULL), OK);
    assert_int_equal(key_ring_renew(ring, NULL), OK);
    assert_int_equal(secret_seal(ring, SEED_OF_7, "b", &arena, &fresh, NULL), OK);
    assert_int_equal(secret_sealed_with(old), 1);
    assert_int_equal(secret_sealed_with(fresh), 2);
    assert_int_equal(secret_unseal(ring, SEED_OF_7, old, &arena, &plain, NULL), OK);
    key_ring_retire(ring);
    assert_int_equal(secret_unseal(ring, SEED_OF_7, old, &arena, &plain, NULL), ERR_CORRUPT);
    assert_int_equal(secret_unseal(ring, SEED_OF_7, fresh, &arena, &plain, NULL), OK);
    assert_string_equal(plain, "b");
}

static void check_round_trip(const char *passphrase)
{
    AUTO_ARENA arena = ARENA_EMPTY;
    AUTO_BUF text = BUF(65536);
    AUTO_KEY_RING ring = key_ring_make();
    AUTO_KEY_RING again = NULL;
    const char *sealed = "", *plain = "";

    assert_int_equal(key_ring_renew(ring, NULL), OK);
    assert_int_equal(secret_seal(ring, SEED_OF_7, "JBSWY3DP", &arena, &sealed, NULL), OK);
    assert_int_equal(key_ring_write(ring, passphrase, &text, NULL), OK);
    assert_int_equal(key_ring_read(buf_str(&text), text.length, passphrase, NULL, &again), OK);
    assert_int_equal(secret_unseal(again, SEED_OF_7, sealed, &arena, &plain, NULL), OK);
    assert_string_equal(plain, "JBSWY3DP");
}

static void a_ring_is_written_and_read_again(void **state)
{
    (void)state;
    check_round_trip(NULL);
    check_round_trip("four words do well");
}

static void a_ring_under_a_passphrase_wants_the_right_one(void **state)
{
    (void)state;
    AUTO_BUF text = BUF(65536);
    AUTO_KEY_RING ring = key_ring_make();
    AUTO_KEY_RING again = NULL;

    assert_int_equal(key_ring_write(ring, "four words do well", &text, NULL), OK);
    assert_int_equal(key_ring_read(buf_str(&text), text.length, NULL, NULL, &again), ERR_SIGN_IN);
    assert_int_equal(key_ring_read(buf_str(&text), text.length, "five words", NULL, &again),
                     ERR_SIGN_IN);
    assert_null(again);
}

static void what_is_no_key_file_is_refused(void **state)
{
    (void)state;
    AUTO_BUF text = BUF(65536);
    AUTO_KEY_RING ring = key_ring_make();
    AUTO_KEY_RING again = NULL;
    static const char *const others[] = {
        "",
        "pitlane keys 1\n",
        "pitlane keys 2\n",
        "pitlane keys 1\naudit AAAA\n",
        "pitlane keys 1 under a passphrase\nAAAA\n",
        "SQLite format 3",
    };

    for (size_t i = 0; i < COUNT_OF(others); i++)
        assert_int_equal(key_ring_read(others[i], strlen(others[i]), "x", NULL, &again),
                         ERR_CORRUPT);
    assert_int_equal(key_ring_write(ring, NULL, &text, NULL), OK);
    for (size_t length = text.length - 2; length > 7; length -= 7)
        if (text.at[length - 1] != '\n') {
            char cut[4096];
            snprintf(cut, sizeof cut, "%.*s", (int)length, text.at);
            assert_int_equal(key_ring_read(cut, length, NULL, NULL, &again), ERR_CORRUPT);
        }
}

/* RFC 8037 appendix A: the key of RFC 8032 and its signature over a JWS. */
static void ed25519_agrees_with_rfc_8037(void **state)
{
    (void)state;
    static const char seed_text[] = "nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A";
    static const char public_text[] = "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo";
    static const char signing[] = "eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc";
    static const char signature_text[] = "hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIb"
                                         "QR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg";
    unsigned char public_key[SECRET_PUBLIC_KEY_BYTES], signature[SECRET_SIGNATURE_BYTES];
    AUTO_BUF seed = BUF(64);
    AUTO_BUF text = BUF(256);

    assert_true(secret_from_base64(seed_text, strlen(seed_text), &seed));
    AUTO_KEY_RING ring = key_ring_make_from_seed((const unsigned char *)seed.at);
    secret_public_key(ring, SECRET_KEY_TOKEN, public_key);
    secret_to_base64(&text, public_key, sizeof public_key);
    assert_string_equal(buf_str(&text), public_text);
    secret_sign(ring, SECRET_KEY_TOKEN, signing, strlen(signing), signature);
    buf_clear(&text);
    secret_to_base64(&text, signature, sizeof signature);
    assert_string_equal(buf_str(&text), signature_text);
    assert_true(secret_signature_is_good(public_key, signing, strlen(signing), signature));
    signature[10] ^= 1;
    assert_false(secret_signature_is_good(public_key, signing, strlen(signing), signature));
}

static void base64_of_other_kinds_is_refused(void **state)
{
    (void)state;
    static const char *const others[] = {"QQ==", "Q", "Q Q", "+/+/", "QR"};
    AUTO_BUF bytes = BUF(1024);

    for (size_t i = 0; i < COUNT_OF(others); i++)
        if (secret_from_base64(others[i], strlen(others[i]), &bytes))
            fail_msg("%s was taken", others[i]);
    assert_true(secret_from_base64("QQ", 2, &bytes));
    assert_string_equal(buf_str(&bytes), "A");
    for (int byte = 0; byte < 256; byte++) {
        const char text[] = {'A', 'A', 'A', (char)byte};
        const bool is_letter = byte < 128 && (isalnum(byte) || byte == '-' || byte == '_');
        if (secret_from_base64(text, sizeof text, &bytes) != is_letter)
            fail_msg("byte %d", byte);
    }
}

static void a_keyed_digest_depends_on_key_and_every_piece(void **state)
{
    (void)state;
    AUTO_KEY_RING ring = key_ring_make();
    AUTO_KEY_RING other = key_ring_make();
    char digests[4][SECRET_DIGEST_MAX];
    const struct {
        const struct key_ring *ring;
        const char *text;
    } cases[4] = {{ring, "a"}, {other, "a"}, {ring, "b"}, {ring, "a"}};

    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct secret_mac mac;
        secret_mac_begin(&mac, cases[i].ring, SECRET_KEY_AUDIT);
        secret_mac_add(&mac, cases[i].text, 1);
        secret_mac_end(&mac, digests[i]);
    }
    assert_string_not_equal(digests[0], digests[1]);
    assert_string_not_equal(digests[0], digests[2]);
    assert_string_equal(digests[0], digests[3]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_sealed_value_opens_at_its_place_only),
        cmocka_unit_test(any_altered_byte_of_a_sealed_value_is_noticed),
        cmocka_unit_test(a_renewed_ring_opens_what_older_keys_sealed),
        cmocka_unit_test(a_ring_is_written_and_read_again),
        cmocka_unit_test(a_ring_under_a_passphrase_wants_the_right_one),
        cmocka_unit_test(what_is_no_key_file_is_refused),
        cmocka_unit_test(ed25519_agrees_with_rfc_8037),
        cmocka_unit_test(base64_of_other_kinds_is_refused),
        cmocka_unit_test(a_keyed_digest_depends_on_key_and_every_piece),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
