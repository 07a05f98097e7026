/* SPDX-FileCopyrightText: 2026 Pitlane authors
 * SPDX-License-Identifier: MIT */

/* Access tokens: the vectors of the RFCs, and everything that must not get in. */

#include "test.h"

#include "base/text.h"
#include "domain/jwt.h"

#define NOW INT64_C(1795545720)

struct token {
    struct arena arena;
    struct key_ring *keys;
    unsigned char public_key[SECRET_PUBLIC_KEY_BYTES];
    struct jwt_claims claims;
    struct jwt_reader reader;
};

static int token_open(void **state)
{
    struct token *t = mem_alloc(sizeof *t);

    *t = (struct token){
        .keys = key_ring_make(),
        .claims =
            {
                .iss = "shop-1",
                .aud = "pitlane",
                .client_id = "pitlane",
                .sub = "7",
                .sid = "42",
                .jti = "a-b_c",
                .iat = NOW,
                .nbf = NOW,
                .exp = NOW + 600,
            },
        .reader = {.iss = "shop-1", .aud = "pitlane", .now = {NOW}},
    };
    secret_public_key(t->keys, SECRET_KEY_TOKEN, t->public_key);
    *state = t;
    return 0;
}

static int token_close(void **state)
{
    struct token *t = *state;

    key_ring_free(t->keys);
    arena_done(&t->arena);
    mem_free(t);
    return 0;
}

static enum jwt_verdict read(struct token *t, const char *text, size_t length)
{
    struct jwt_claims claims;

    return jwt_read(t->public_key, text, length, &t->reader, &t->arena, &claims);
}

static enum jwt_verdict read_claims(struct token *t, const struct jwt_claims *claims)
{
    AUTO_BUF text = BUF(JWT_MAX * 2);

    jwt_write(t->keys, claims, &text);
    return read(t, text.at, text.length);
}

/* Signed by our key, whatever it says. */
static enum jwt_verdict read_signed(struct token *t, const char *header, const char *payload)
{
    AUTO_BUF text = BUF(JWT_MAX * 8);

    jws_write(t->keys, SECRET_KEY_TOKEN, header, payload, strlen(payload), &text);
    return read(t, text.at, text.length);
}

static const char *our_header(struct token *t)
{
    AUTO_BUF kid = BUF(100);

    jwt_key_id(t->public_key, &kid);
    return arena_printf(&t->arena, "{\"alg\":\"EdDSA\",\"kid\":\"%s\",\"typ\":\"at+jwt\"}",
                        buf_str(&kid));
}

/* `more` stands behind the last claim. */
static const char *our_payload(struct token *t, const char *more)
{
    return arena_printf(&t->arena,
                        "{\"iss\":\"shop-1\",\"aud\":\"pitlane\",\"client_id\":\"pitlane\","
                        "\"sub\":\"7\",\"sid\":\"42\",\"jti\":\"x\",\"iat\":%lld,\"nbf\":%lld,"
                        "\"exp\":%lld%s}",
                        (long long)NOW, (long long)NOW, (long long)NOW + 600, more);
}

/* ---- vectors ---------------------------------------------------------------------------------
 */

static const char rfc8037_seed[] = "nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A";

static struct key_ring *ring_of_rfc8037(void)
{
    AUTO_BUF seed = BUF(40);

    assert_true(secret_from_base64(rfc8037_seed, strlen(rfc8037_seed), &seed));
    assert_int_equal(seed.length, 32);
    return key_ring_make_from_seed((const unsigned char *)seed.at);
}

static void the_key_and_its_thumbprint_are_those_of_rfc_8037(void **state)
{
    AUTO_KEY_RING ring = ring_of_rfc8037();
    unsigned char public_key[SECRET_PUBLIC_KEY_BYTES];
    AUTO_BUF x = BUF(100);
    AUTO_BUF kid = BUF(100);
    (void)state;

    secret_public_key(ring, SECRET_KEY_TOKEN, public_key);
    secret_to_base64(&x, public_key, sizeof public_key);
    assert_string_equal(buf_str(&x), "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo");
    jwt_key_id(public_key, &kid);
    assert_string_equal(buf_str(&kid), "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k");
}

static void a_signature_is_that_of_rfc_8037_appendix_4(void **state)
{
    static const char expected[] =
        "eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc.hgyY0il_MGCjP0JzlnLWG1PPOt7-"
        "09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg";
    static const char payload[] = "Example of Ed25519 signing";
    AUTO_KEY_RING ring = ring_of_rfc8037();
    unsigned char public_key[SECRET_PUBLIC_KEY_BYTES];
    AUTO_BUF text = BUF(1000);
    AUTO_BUF header = BUF(1000);
    AUTO_BUF inside = BUF(1000);
    (void)state;

    jws_write(ring, SECRET_KEY_TOKEN, "{\"alg\":\"EdDSA\"}", payload, strlen(payload), &text);
    assert_string_equal(buf_str(&text), expected);
    secret_public_key(ring, SECRET_KEY_TOKEN, public_key);
    assert_true(jws_open(public_key, expected, strlen(expected), &header, &inside));
    assert_string_equal(buf_str(&header), "{\"alg\":\"EdDSA\"}");
    assert_string_equal(buf_str(&inside), payload);
}

/* HMAC (RFC 2104) with SHA-256, for what others might send. Keys of up to 64 bytes. */
static void hs256(const void *key, size_t key_size, const char *text, struct buf *out)
{
    unsigned char pad[64] = {0}, digest[SECRET_SHA256_BYTES];
    AUTO_BUF inner = BUF(8192);
    AUTO_BUF outer = BUF(8192);

    assert_true(key_size <= sizeof pad);
    memcpy(pad, key, key_size);
    for (size_t i = 0; i < sizeof pad; i++) {
        buf_char(&inner, (char)(pad[i] ^ 0x36));
        buf_char(&outer, (char)(pad[i] ^ 0x5c));
    }
    buf_text(&inner, text);
    secret_sha256(inner.at, inner.length, digest);
    buf_add(&outer, digest, sizeof digest);
    secret_sha256(outer.at, outer.length, digest);
    secret_to_base64(out, digest, sizeof digest);
}

/* What we never accept, but must know to be sure that it is refused and not misread. */
static void hs256_of_these_tests_is_that_of_rfc_7515_appendix_1(void **state)
{
    static const char key_text[] = "AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-"
                                   "1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow";
    static const char header[] = "{\"typ\":\"JWT\",\r\n \"alg\":\"HS256\"}";
    static const char payload[] = "{\"iss\":\"joe\",\r\n \"exp\":1300819380,\r\n "
                                  "\"http://example.com/is_root\":true}";
    AUTO_BUF key = BUF(100);
    AUTO_BUF text = BUF(1000);
    AUTO_BUF mac = BUF(100);
    (void)state;

    assert_true(secret_from_base64(key_text, strlen(key_text), &key));
    secret_to_base64(&text, header, strlen(header));
    buf_char(&text, '.');
    secret_to_base64(&text, payload, strlen(payload));
    assert_string_equal(buf_str(&text),
                        "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9."
                        "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFt"
                        "cGxlLmNvbS9pc19yb290Ijp0cnVlfQ");
    hs256(key.at, key.length, buf_str(&text), &mac);
    assert_string_equal(buf_str(&mac), "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk");
}

/* ---- what is let in --------------------------------------------------------------------------
 */

static void a_token_says_what_was_put_in(void **state)
{
    struct token *t = *state;
    struct jwt_claims claims = {0};
    AUTO_BUF text = BUF(JWT_MAX);

    jwt_write(t->keys, &t->claims, &text);
    assert_int_equal(jwt_read(t->public_key, text.at, text.length, &t->reader, &t->arena, &claims),
                     JWT_GOOD);
    assert_string_equal(claims.sub, "7");
    assert_string_equal(claims.sid, "42");
    assert_string_equal(claims.jti, "a-b_c");
    assert_int_equal(claims.exp, NOW + 600);
    assert_int_equal(read_signed(t, our_header(t), our_payload(t, "")), JWT_GOOD);
}

static void clocks_may_differ_by_a_minute_and_no_more(void **state)
{
    struct token *t = *state;

    t->reader.now.seconds = NOW - 60;
    assert_int_equal(read_claims(t, &t->claims), JWT_GOOD);
    t->reader.now.seconds = NOW - 61;
    assert_int_equal(read_claims(t, &t->claims), JWT_EARLY);
    t->reader.now.seconds = NOW + 600 + 59;
    assert_int_equal(read_claims(t, &t->claims), JWT_GOOD);
    t->reader.now.seconds = NOW + 600 + 60;
    assert_int_equal(read_claims(t, &t->claims), JWT_EXPIRED);
}

/* ---- what is not -----------------------------------------------------------------------------
 */

/* Unsigned, or signed by somebody else, with the header that goes with it. */
static enum jwt_verdict read_unsigned(struct token *t, const char *header, const char *signature)
{
    const char *payload = our_payload(t, "");
    AUTO_BUF text = BUF(4096);

    secret_to_base64(&text, header, strlen(header));
    buf_char(&text, '.');
    secret_to_base64(&text, payload, strlen(payload));
    buf_char(&text, '.');
    buf_text(&text, signature);
    return read(t, text.at, text.length);
}

static void no_algorithm_is_refused(void **state)
{
    static const char *const nones[] = {"none", "None", "NONE", "nOnE", ""};
    struct token *t = *state;

    for (size_t i = 0; i < COUNT_OF(nones); i++) {
        const char *header =
            arena_printf(&t->arena, "{\"alg\":\"%s\",\"typ\":\"at+jwt\"}", nones[i]);
        assert_int_equal(read_unsigned(t, header, ""), JWT_FORGED);
        assert_int_equal(read_signed(t, header, our_payload(t, "")), JWT_OTHER);
    }
}

/* The public key is known to many: as a shared secret it is worth nothing. */
static void a_mac_made_with_the_public_key_is_refused(void **state)
{
    struct token *t = *state;
    const char *header = arena_printf(&t->arena, "{\"alg\":\"HS256\",\"typ\":\"at+jwt\"}");
    const char *payload = our_payload(t, "");
    AUTO_BUF x = BUF(100);
    AUTO_BUF text = BUF(4096);
    AUTO_BUF mac = BUF(100);
    AUTO_BUF mac_of_text = BUF(100);

    secret_to_base64(&text, header, strlen(header));
    buf_char(&text, '.');
    secret_to_base64(&text, payload, strlen(payload));
    hs256(t->public_key, sizeof t->public_key, buf_str(&text), &mac);
    assert_int_equal(read_unsigned(t, header, buf_str(&mac)), JWT_FORGED);
    secret_to_base64(&x, t->public_key, sizeof t->public_key);
    hs256(x.at, x.length, buf_str(&text), &mac_of_text);
    assert_int_equal(read_unsigned(t, header, buf_str(&mac_of_text)), JWT_FORGED);
}

static void another_key_is_refused(void **state)
{
    struct token *t = *state;
    AUTO_KEY_RING other = key_ring_make();
    AUTO_BUF text = BUF(JWT_MAX);

    jwt_write(other, &t->claims, &text);
    assert_int_equal(read(t, text.at, text.length), JWT_FORGED);
    /* Nor another key of the same shop. */
    buf_clear(&text);
    const char *payload = our_payload(t, "");
    jws_write(t->keys, SECRET_KEY_CHECKPOINT, our_header(t), payload, strlen(payload), &text);
    assert_int_equal(read(t, text.at, text.length), JWT_FORGED);
}

static void another_header_is_refused_even_when_it_is_signed(void **state)
{
    struct token *t = *state;
    const char *ours = our_header(t);
    const size_t length = strlen(ours) - 1;
    const char *const headers[] = {
        "{}",
        "",
        "[]",
        "null",
        "{\"alg\":\"EdDSA\",\"typ\":\"at+jwt\"}",
        "{\"alg\":\"EdDSA\",\"kid\":\"x\",\"typ\":\"at+jwt\"}",
        arena_printf(&t->arena, "%.*s,\"crit\":[\"exp\"]}", (int)length, ours),
        arena_printf(&t->arena, "%.*s,\"jku\":\"https://example.com\"}", (int)length, ours),
        arena_printf(&t->arena, "%.*s,\"alg\":\"EdDSA\"}", (int)length, ours),
        arena_printf(&t->arena, "%.*s,\"ALG\":\"none\"}", (int)length, ours),
        arena_printf(&t->arena, "%s x", ours),
        arena_printf(&t->arena, "%.*sJWT\"}", (int)length - 7, ours),
        arena_printf(&t->arena, "%.*sAT+JWT\"}", (int)length - 7, ours),
    };

    assert_int_equal(read_signed(t, ours, our_payload(t, "")), JWT_GOOD);
    for (size_t i = 0; i < COUNT_OF(headers); i++)
        if (read_signed(t, headers[i], our_payload(t, "")) != JWT_OTHER)
            fail_msg("%s", headers[i]);
}

static void claims_that_are_double_missing_unknown_or_of_the_wrong_kind_are_refused(void **state)
{
    struct token *t = *state;
    static const char *const payloads[] = {
        "{}", "", "[]", "7", "{\"iss\":\"shop-1\",\"aud\":\"pitlane\"}",
    };
    static const char *const more[] = {
        ",\"sub\":\"1\"",        ",\"exp\":9999999999", ",\"admin\":true", ",\"cnf\":{}", "}{",
        ",\"sub\\u0000\":\"1\"",
    };

    for (size_t i = 0; i < COUNT_OF(payloads); i++)
        if (read_signed(t, our_header(t), payloads[i]) != JWT_UNCLEAR)
            fail_msg("%s", payloads[i]);
    for (size_t i = 0; i < COUNT_OF(more); i++)
        if (read_signed(t, our_header(t), our_payload(t, more[i])) != JWT_UNCLEAR)
            fail_msg("%s", more[i]);
#define REFUSED(member, value)                                                                     \
    do {                                                                                           \
        struct jwt_claims claims = t->claims;                                                      \
        claims.member = (value);                                                                   \
        assert_int_equal(read_claims(t, &claims), JWT_UNCLEAR);                                    \
    } while (0)
    REFUSED(sub, "");
    REFUSED(sid, "");
    REFUSED(jti, "");
    REFUSED(client_id, "");
    REFUSED(iat, 0);
    REFUSED(nbf, -1);
    REFUSED(exp, NOW);
    REFUSED(exp, NOW + JWT_LIFETIME_S + 1);
    REFUSED(exp, INT64_MAX);
    assert_int_equal(read_signed(t, our_header(t),
                                 "{\"iss\":\"shop-1\",\"aud\":[\"pitlane\"],\"client_id\":\"p\","
                                 "\"sub\":\"7\",\"sid\":\"42\",\"jti\":\"x\",\"iat\":1795545720,"
                                 "\"nbf\":1795545720,\"exp\":1795545800}"),
                     JWT_UNCLEAR);
    assert_int_equal(read_signed(t, our_header(t),
                                 "{\"iss\":\"shop-1\",\"aud\":\"pitlane\",\"client_id\":\"p\","
                                 "\"sub\":\"7\",\"sid\":\"42\",\"jti\":\"x\",\"iat\":1795545720.0,"
                                 "\"nbf\":1795545720,\"exp\":1795545800}"),
                     JWT_UNCLEAR);
}

static void another_shop_or_reader_is_refused(void **state)
{
    struct token *t = *state;
    struct jwt_claims claims = t->claims;

    claims.iss = "shop-2";
    assert_int_equal(read_claims(t, &claims), JWT_ABROAD);
    claims.iss = "";
    assert_int_equal(read_claims(t, &claims), JWT_ABROAD);
    claims = t->claims;
    claims.aud = "portal";
    assert_int_equal(read_claims(t, &claims), JWT_ABROAD);
}

static void what_was_issued_in_the_future_or_is_not_valid_yet_is_refused(void **state)
{
    struct token *t = *state;
    struct jwt_claims claims = t->claims;

    claims.nbf = NOW + 61;
    assert_int_equal(read_claims(t, &claims), JWT_EARLY);
    claims = t->claims;
    claims.iat = NOW + 61;
    assert_int_equal(read_claims(t, &claims), JWT_EARLY);
    claims.iat = INT64_MAX - 700;
    claims.exp = INT64_MAX - 1;
    assert_int_equal(read_claims(t, &claims), JWT_EARLY);
}

static void every_altered_byte_is_noticed(void **state)
{
    static const char others[] = "Ax0_-9.=+/ \n\"{";
    struct token *t = *state;
    AUTO_BUF text = BUF(JWT_MAX);
    size_t tried = 0;

    jwt_write(t->keys, &t->claims, &text);
    for (size_t i = 0; i < text.length; i++) {
        const char before = text.at[i];
        for (size_t c = 0; c < sizeof others; c++) { /* the NUL, too */
            if (others[c] == before)
                continue;
            text.at[i] = others[c];
            if (read(t, text.at, text.length) != JWT_FORGED)
                fail_msg("byte %zu of %zu: %d for %d is let in", i, text.length, others[c], before);
            tried++;
        }
        for (int bit = 0; bit < 8; bit++, tried++) {
            text.at[i] = (char)(before ^ (1 << bit));
            if (read(t, text.at, text.length) != JWT_FORGED)
                fail_msg("byte %zu of %zu: bit %d is let in", i, text.length, bit);
        }
        text.at[i] = before;
    }
    assert_int_equal(read(t, text.at, text.length), JWT_GOOD);
    print_message("%zu altered tokens refused\n", tried);
}

static void a_token_of_another_length_is_refused(void **state)
{
    struct token *t = *state;
    AUTO_BUF text = BUF(JWT_MAX * 2);

    jwt_write(t->keys, &t->claims, &text);
    const size_t length = text.length;
    for (size_t i = 0; i < length; i++)
        assert_int_equal(read(t, text.at, i), JWT_FORGED);
    static const char *const tails[] = {"=", "==", ".", "A", " ", "\n", ".e30", "."};
    for (size_t i = 0; i < COUNT_OF(tails); i++) {
        buf_clear(&text);
        jwt_write(t->keys, &t->claims, &text);
        buf_text(&text, tails[i]);
        assert_int_equal(read(t, text.at, text.length), JWT_FORGED);
    }
}

static void a_huge_token_is_not_even_looked_at(void **state)
{
    struct token *t = *state;
    struct jwt_claims claims = t->claims;
    AUTO_BUF jti = BUF_MIB(2);
    AUTO_BUF text = BUF_MIB(4);

    buf_repeat(&jti, 'x', 1u << 20);
    claims.jti = buf_str(&jti);
    const char *payload = our_payload(t, arena_printf(&t->arena, ",\"x\":\"%s\"", claims.jti));
    jws_write(t->keys, SECRET_KEY_TOKEN, our_header(t), payload, strlen(payload), &text);
    assert_int_equal(read(t, text.at, text.length), JWT_FORGED);
    assert_int_equal(read(t, jti.at, jti.length), JWT_FORGED);
    buf_clear(&jti);
    buf_repeat(&jti, '.', 1u << 20);
    assert_int_equal(read(t, jti.at, jti.length), JWT_FORGED);
}

#define TOKEN_TEST(function) cmocka_unit_test_setup_teardown(function, token_open, token_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_key_and_its_thumbprint_are_those_of_rfc_8037),
        cmocka_unit_test(a_signature_is_that_of_rfc_8037_appendix_4),
        cmocka_unit_test(hs256_of_these_tests_is_that_of_rfc_7515_appendix_1),
        TOKEN_TEST(a_token_says_what_was_put_in),
        TOKEN_TEST(clocks_may_differ_by_a_minute_and_no_more),
        TOKEN_TEST(no_algorithm_is_refused),
        TOKEN_TEST(a_mac_made_with_the_public_key_is_refused),
        TOKEN_TEST(another_key_is_refused),
        TOKEN_TEST(another_header_is_refused_even_when_it_is_signed),
        TOKEN_TEST(claims_that_are_double_missing_unknown_or_of_the_wrong_kind_are_refused),
        TOKEN_TEST(another_shop_or_reader_is_refused),
        TOKEN_TEST(what_was_issued_in_the_future_or_is_not_valid_yet_is_refused),
        TOKEN_TEST(every_altered_byte_is_noticed),
        TOKEN_TEST(a_token_of_another_length_is_refused),
        TOKEN_TEST(a_huge_token_is_not_even_looked_at),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
